//! Who is registered elsewhere: at earlier events, as the pack says, and on the other
//! tablets of the event, as they told.

use std::cell::OnceCell;

use leptos::prelude::*;

use super::sending::forever;
use super::state::AppState;
use crate::domain::*;
use crate::format::event_pack::EarlierPeople;
use crate::operations::exchange::Others;
use crate::store::Neighbour;

/// What is known of them, all by fingerprints of their NIKs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    pub earlier: Vec<EarlierPeople>,
    /// What the other tablets told, by letter.
    pub neighbours: Vec<Neighbour>,
    pub others: Others,
}

impl Elsewhere {
    /// At an event with this code.
    pub fn of(code: &EventCode, earlier: Vec<EarlierPeople>, neighbours: Vec<Neighbour>) -> Self {
        Elsewhere {
            others: Others::of(code, &neighbours),
            earlier,
            neighbours,
        }
    }
}

/// Of the open event: read with it, forgotten with it.
pub fn elsewhere(app: AppState) -> RwSignal<Elsewhere> {
    thread_local! {
        static ELSEWHERE: OnceCell<RwSignal<Elsewhere>> = const { OnceCell::new() };
    }
    ELSEWHERE.with(|elsewhere| {
        *elsewhere.get_or_init(|| {
            forever(|| {
                let known = RwSignal::new(Elsewhere::default());
                Effect::new(move |_| {
                    if !app.is_read.get() {
                        known.set(Elsewhere::default());
                    }
                });
                known
            })
        })
    })
}

/// The last earlier event at which somebody was registered; tracked.
pub fn earlier_event(app: AppState, nik: Option<&Nik>) -> Option<EarlierEvent> {
    let print = fingerprint(app, nik?)?;
    elsewhere(app).with(|known| {
        let with = known
            .earlier
            .iter()
            .filter(|people| people.fingerprints.contains(&print));
        with.map(|people| people.event.clone())
            .max_by_key(|event| event.date)
    })
}

/// Numbers on other tablets of the event with this NIK; tracked. What stands here as
/// well, since this tablet went on from a backup, is known here better.
pub fn on_other_tablets(app: AppState, nik: &Nik) -> Vec<RegistrationNumber> {
    let Some(print) = fingerprint(app, nik) else {
        return Vec::new();
    };
    let mut numbers = elsewhere(app).with(|known| known.others.with(&print).to_vec());
    app.roster.with(|roster| {
        numbers.retain(|number| roster.id_of(&number.to_string()).is_none());
    });
    numbers
}

fn fingerprint(app: AppState, nik: &Nik) -> Option<String> {
    let vault = app.store().vault_of(app.event_id()?).ok()?;
    Some(vault.fingerprint(nik))
}
