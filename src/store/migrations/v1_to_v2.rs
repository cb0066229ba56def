//! The vault: closed keys and tries for each event, the audit log, and what a pack
//! says. Rows that lie in clear are sealed when their event gets its vault, not
//! here: a step runs while everything is locked.

use super::Change::{self, CreateIndex, CreateStore};

pub(super) const CHANGES: &[Change] = &[
    CreateStore { store: "vaults" },
    CreateStore { store: "audit" },
    CreateIndex {
        store: "audit",
        index: "by_event",
        fields: &["event_id", "sequence"],
        unique: true,
    },
    CreateStore { store: "packs" },
];
