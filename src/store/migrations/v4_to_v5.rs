//! Who came without registering, and photos of cards.

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
    CreateStore {
        store: "attachments",
    },
    CreateIndex {
        store: "attachments",
        index: "by_event",
        fields: &["event_id", "registration_id"],
        unique: false,
    },
];
