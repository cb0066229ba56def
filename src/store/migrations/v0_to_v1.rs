//! The first shape. Registrations stand twice on purpose: the newest revision
//! in `registrations`, where lists find it, and every revision, frozen, in
//! `revisions`, from which batches are made; a damaged row of one can be
//! restored from the other. What happens to a batch is appended to `transport`,
//! so that a batch's own row never changes.

use super::Change::{self, CreateIndex, CreateStore};

pub(super) const CHANGES: &[Change] = &[
    CreateStore { store: "events" },
    CreateStore {
        store: "registrations",
    },
    CreateIndex {
        store: "registrations",
        index: "by_event",
        fields: &["event_id", "counter"],
        unique: true,
    },
    CreateIndex {
        store: "registrations",
        index: "by_fingerprint",
        fields: &["event_id", "fingerprint"],
        unique: false,
    },
    CreateStore { store: "revisions" },
    CreateIndex {
        store: "revisions",
        index: "by_sequence",
        fields: &["event_id", "sequence"],
        unique: true,
    },
    CreateIndex {
        store: "revisions",
        index: "by_registration",
        fields: &["registration_id", "revision"],
        unique: true,
    },
    CreateStore { store: "drafts" },
    CreateIndex {
        store: "drafts",
        index: "by_event",
        fields: &["event_id", "saved_at"],
        unique: false,
    },
    CreateStore { store: "batches" },
    CreateIndex {
        store: "batches",
        index: "by_event",
        fields: &["event_id", "sequence"],
        unique: true,
    },
    CreateStore { store: "transport" },
    CreateIndex {
        store: "transport",
        index: "by_batch",
        fields: &["batch_id", "at"],
        unique: false,
    },
    CreateIndex {
        store: "transport",
        index: "by_event",
        fields: &["event_id", "at"],
        unique: false,
    },
    CreateStore { store: "settings" },
];
