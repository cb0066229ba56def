//! The canary counters, kept in localStorage beside the database so that a
//! database that lost rows is noticed. Ids and numbers only.

use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage};

use crate::domain::EventId;
use crate::operations::canary::Canary;

const PREFIX: &str = "pendapa.canary";

/// The counters of every event that this browser remembers.
pub fn all() -> BTreeMap<EventId, Canary> {
    let kept: BTreeMap<String, String> = LocalStorage::get(PREFIX).unwrap_or_default();
    kept.into_iter()
        .filter_map(|(id, text)| Some((EventId::parse(&id)?, Canary::parse(&text)?)))
        .collect()
}

/// Whether this browser remembers any.
pub fn any() -> bool {
    LocalStorage::raw()
        .get_item(PREFIX)
        .is_ok_and(|kept| kept.is_some())
}

/// Remembers the counters of an event.
pub fn keep(event: EventId, canary: Canary) {
    let mut kept: BTreeMap<String, String> = LocalStorage::get(PREFIX).unwrap_or_default();
    kept.insert(event.to_string(), canary.text());
    // It may lag or be lost; the database is the truth.
    let _ = LocalStorage::set(PREFIX, kept);
}
