//! Who came and was not registered.

use super::Change::{self, CreateIndex, CreateStore};

pub(super) const CHANGES: &[Change] = &[
    CreateStore {
        store: "attendance",
    },
    CreateIndex {
        store: "attendance",
        index: "by_event",
        fields: &["event_id", "sequence"],
        unique: true,
    },
];
