//! Who is expected at an event, and whom the other tablets of the event registered.

use super::Change::{self, CreateIndex, CreateStore};

pub(super) const CHANGES: &[Change] = &[
    CreateStore { store: "expected" },
    CreateStore {
        store: "neighbours",
    },
    CreateIndex {
        store: "neighbours",
        index: "by_event",
        fields: &["event_id", "letter"],
        unique: false,
    },
];
