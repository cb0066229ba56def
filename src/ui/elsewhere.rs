//! Who is registered elsewhere: at earlier events, as the pack says, and on the other
//! tablets of the event, as they told.

use leptos::prelude::*;

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

/// The last earlier event at which somebody was registered; tracked.
pub fn earlier_event(app: AppState, nik: Option<&Nik>) -> Option<EarlierEvent> {
    let print = fingerprint(app, nik?)?;
    app.elsewhere.with(|known| {
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
    let mut numbers = app
        .elsewhere
        .with(|known| known.others.with(&print).to_vec());
    app.roster.with(|roster| {
        numbers.retain(|number| roster.id_of(&number.to_string()).is_none());
    });
    numbers
}

fn fingerprint(app: AppState, nik: &Nik) -> Option<String> {
    let vault = app.store().vault_of(app.event_id()?).ok()?;
    Some(vault.fingerprint(nik))
}
