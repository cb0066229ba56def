//! What pages ask about the batches of the open event on their way out.

use leptos::prelude::*;

use super::state::AppState;
use super::vault::Access;
use crate::domain::{HandOverRules, TransportEntry};
use crate::format::event_pack::HandOverRecord;
use crate::operations::hand_over::{self, is_handed_over};
use crate::store::{StoredBatch, StoredEvent};

/// How long things may take at the open event; tracked.
pub fn rules_of(app: AppState) -> HandOverRules {
    let said = app
        .vault
        .ring
        .with(|ring| ring.as_ref().and_then(|ring| ring.hand_over));
    HandOverRecord::read(said)
}

/// Whether the open event has somewhere to upload to; tracked.
pub fn has_upload(app: AppState) -> bool {
    app.vault
        .ring
        .with(|ring| ring.as_ref().is_some_and(|ring| ring.upload.is_some()))
}

/// How many registrations, and entries of the attendance list, are not handed over; tracked. While the vault is locked it is
/// reckoned from the batches: how many revisions are in none that is out.
pub fn not_handed_over(app: AppState) -> usize {
    let attended = |log: &[TransportEntry]| {
        let attended = app
            .event
            .with(|event| event.as_ref().map_or(0, |event| event.state.attended));
        app.batches
            .with(|batches| hand_over::attendance_not_handed_over(attended, batches, log))
    };
    if app.access.get() == Access::Open {
        return app.roster.with(|roster| {
            app.batches.with(|batches| {
                app.carried.with(|log| {
                    hand_over::not_handed_over(roster.sequences(), batches, log) + attended(log)
                })
            })
        });
    }
    let saved = app
        .event
        .with(|event| event.as_ref().map_or(0, |event| event.state.saved));
    let out: u64 = app.batches.with(|batches| {
        app.carried.with(|log| {
            let out = batches.iter().filter(|batch| is_handed_over(batch.id, log));
            out.map(|batch| batch.records).sum()
        })
    });
    let saved = usize::try_from(saved.saturating_sub(out)).unwrap_or(usize::MAX);
    saved + app.carried.with(|log| attended(log))
}

/// How many entries of the attendance list are in a batch; tracked.
pub fn attendance_in(app: AppState, batch: &StoredBatch) -> u64 {
    app.batches.with(|batches| {
        let before = batches
            .iter()
            .rfind(|other| other.sequence < batch.sequence);
        let told = before.map_or(0, |before| before.attended);
        batch.attended.saturating_sub(told)
    })
}

/// How many revisions and entries of the attendance list are in no batch yet; tracked.
pub fn not_in_batch(app: AppState) -> u64 {
    let told = app
        .batches
        .with(|batches| batches.last().map_or(0, |batch| batch.attended));
    app.event.with(|event| {
        event.as_ref().map_or(0, |StoredEvent { state, .. }| {
            state.saved.saturating_sub(state.batched) + state.attended.saturating_sub(told)
        })
    })
}
