//! Receipts, and the way from a receipt to its batch, which is by the hash of the
//! file that the office received.

use super::Change::{self, CreateIndex, CreateStore};

pub(super) const CHANGES: &[Change] = &[
    CreateStore { store: "receipts" },
    CreateIndex {
        store: "receipts",
        index: "by_event",
        fields: &["event_id", "at"],
        unique: false,
    },
    CreateIndex {
        store: "batches",
        index: "by_file",
        fields: &["file_hash"],
        unique: false,
    },
];
