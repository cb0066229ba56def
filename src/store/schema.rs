//! The names of stores, of their plain fields and of their indexes, as the
//! current version has them. How they came about is in `migrations`.

/// An object store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoreName {
    Events,
    Registrations,
    Revisions,
    Drafts,
    Batches,
    Transport,
    Settings,
    Vaults,
    Audit,
    Packs,
    Receipts,
    Expected,
    Neighbours,
    Attendance,
}

/// An index over plain fields, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexName {
    /// `registrations`: event, counter of the number.
    RegistrationsByEvent,
    /// `registrations`: event, fingerprint of the NIK.
    RegistrationsByFingerprint,
    /// `revisions`: event, sequence.
    RevisionsBySequence,
    /// `revisions`: registration, revision.
    RevisionsByRegistration,
    /// `drafts`: event, moment of the last change.
    DraftsByEvent,
    /// `batches`: event, sequence.
    BatchesByEvent,
    /// `batches`: hash of the file.
    BatchesByFile,
    /// `transport`: batch, moment.
    TransportByBatch,
    /// `transport`: event, moment.
    TransportByEvent,
    /// `audit`: event, sequence.
    AuditByEvent,
    /// `receipts`: event, moment of the office.
    ReceiptsByEvent,
    /// `neighbours`: event, letter of the tablet.
    NeighboursByEvent,
    /// `attendance`: event, sequence.
    AttendanceByEvent,
}

impl StoreName {
    pub const ALL: [StoreName; 14] = [
        StoreName::Events,
        StoreName::Registrations,
        StoreName::Revisions,
        StoreName::Drafts,
        StoreName::Batches,
        StoreName::Transport,
        StoreName::Settings,
        StoreName::Vaults,
        StoreName::Audit,
        StoreName::Packs,
        StoreName::Receipts,
        StoreName::Expected,
        StoreName::Neighbours,
        StoreName::Attendance,
    ];

    /// The store with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|store| store.name() == name)
    }

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            StoreName::Events => "events",
            StoreName::Registrations => "registrations",
            StoreName::Revisions => "revisions",
            StoreName::Drafts => "drafts",
            StoreName::Batches => "batches",
            StoreName::Transport => "transport",
            StoreName::Settings => "settings",
            StoreName::Vaults => "vaults",
            StoreName::Audit => "audit",
            StoreName::Packs => "packs",
            StoreName::Receipts => "receipts",
            StoreName::Expected => "expected",
            StoreName::Neighbours => "neighbours",
            StoreName::Attendance => "attendance",
        }
    }

    /// The plain fields of its rows.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            StoreName::Events => &[
                "epoch",
                "issued",
                "saved",
                "voided",
                "batches",
                "batched",
                "last_at",
                "closed_at",
                "wiped",
                "wiped_registrations",
                "attended",
                "wiped_attendance",
            ],
            StoreName::Registrations => &[
                "event_id",
                "counter",
                "revision",
                "sequence",
                "voided",
                "fingerprint",
            ],
            StoreName::Revisions => &["event_id", "registration_id", "revision", "sequence"],
            StoreName::Drafts => &["event_id", "saved_at", "set_aside"],
            StoreName::Batches => &[
                "event_id",
                "sequence",
                "first",
                "last",
                "records",
                "created_at",
                "file_name",
                "document_hash",
                "file_hash",
                "sealed_to",
                "size",
                "audited",
                "attended",
                "wiped_at",
            ],
            StoreName::Transport => &[
                "event_id",
                "batch_id",
                "carrier",
                "at",
                "file_name",
                "saved",
                "attended",
                "problem",
                "address",
                "sent",
                "failed",
                "moved_at",
                "next_at",
            ],
            StoreName::Receipts => &["event_id", "batch_id", "at", "received_at"],
            StoreName::Settings | StoreName::Packs | StoreName::Expected => &["event_id"],
            StoreName::Neighbours => &["event_id", "letter", "saved", "received_at"],
            StoreName::Vaults => &["opens", "passphrase_tries", "pin_tries"],
            StoreName::Audit | StoreName::Attendance => &["event_id", "sequence"],
        }
    }

    /// The indexes over its rows.
    pub fn indexes(self) -> &'static [IndexName] {
        match self {
            StoreName::Events
            | StoreName::Settings
            | StoreName::Vaults
            | StoreName::Packs
            | StoreName::Expected => &[],
            StoreName::Neighbours => &[IndexName::NeighboursByEvent],
            StoreName::Audit => &[IndexName::AuditByEvent],
            StoreName::Attendance => &[IndexName::AttendanceByEvent],
            StoreName::Receipts => &[IndexName::ReceiptsByEvent],
            StoreName::Registrations => &[
                IndexName::RegistrationsByEvent,
                IndexName::RegistrationsByFingerprint,
            ],
            StoreName::Revisions => &[
                IndexName::RevisionsBySequence,
                IndexName::RevisionsByRegistration,
            ],
            StoreName::Drafts => &[IndexName::DraftsByEvent],
            StoreName::Batches => &[IndexName::BatchesByEvent, IndexName::BatchesByFile],
            StoreName::Transport => &[IndexName::TransportByBatch, IndexName::TransportByEvent],
        }
    }
}

impl IndexName {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            IndexName::RegistrationsByEvent => "by_event",
            IndexName::RegistrationsByFingerprint => "by_fingerprint",
            IndexName::RevisionsBySequence => "by_sequence",
            IndexName::RevisionsByRegistration => "by_registration",
            IndexName::DraftsByEvent => "by_event",
            IndexName::BatchesByEvent => "by_event",
            IndexName::BatchesByFile => "by_file",
            IndexName::TransportByBatch => "by_batch",
            IndexName::TransportByEvent => "by_event",
            IndexName::AuditByEvent => "by_event",
            IndexName::ReceiptsByEvent => "by_event",
            IndexName::NeighboursByEvent => "by_event",
            IndexName::AttendanceByEvent => "by_event",
        }
    }

    /// The fields that make its key, in order.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            IndexName::RegistrationsByEvent => &["event_id", "counter"],
            IndexName::RegistrationsByFingerprint => &["event_id", "fingerprint"],
            IndexName::RevisionsBySequence => &["event_id", "sequence"],
            IndexName::RevisionsByRegistration => &["registration_id", "revision"],
            IndexName::DraftsByEvent => &["event_id", "saved_at"],
            IndexName::BatchesByEvent => &["event_id", "sequence"],
            IndexName::BatchesByFile => &["file_hash"],
            IndexName::TransportByBatch => &["batch_id", "at"],
            IndexName::TransportByEvent => &["event_id", "at"],
            IndexName::AuditByEvent => &["event_id", "sequence"],
            IndexName::ReceiptsByEvent => &["event_id", "at"],
            IndexName::NeighboursByEvent => &["event_id", "letter"],
            IndexName::AttendanceByEvent => &["event_id", "sequence"],
        }
    }

    /// Two rows with the same key are refused.
    pub fn is_unique(self) -> bool {
        matches!(
            self,
            IndexName::RegistrationsByEvent
                | IndexName::RevisionsBySequence
                | IndexName::RevisionsByRegistration
                | IndexName::BatchesByEvent
                | IndexName::AuditByEvent
                | IndexName::AttendanceByEvent
        )
    }
}
