//! What a tablet gave out, kept and handed over, as one sheet.

use crate::domain::RegistrationNumber;
use crate::format::batch_file::{ReconciledBatchRecord, ReconciliationRecord};
use crate::store::{StoredBatch, StoredEvent};

/// The counts of an event on a tablet, and its batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    pub first_number: Option<String>,
    pub last_number: Option<String>,
    /// Numbers given out.
    pub issued: u64,
    /// Revisions saved.
    pub saved: u64,
    pub voided: u64,
    /// Revisions in batches.
    pub batched: u64,
    /// Entries of the attendance list.
    pub attended: u64,
    pub batches: Vec<ReconciledBatch>,
}

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconciledBatch {
    pub sequence: u64,
    pub records: u64,
    /// The first eight digits of the file's hash, which are also in its name.
    pub code: String,
    /// Milliseconds since 1970.
    pub created_at: u64,
}

impl Reconciliation {
    /// As it stands in the last batch, which itself makes `batched` revisions of it.
    pub fn record(self, batched: u64) -> ReconciliationRecord {
        let batches = self.batches.into_iter().map(|batch| ReconciledBatchRecord {
            sequence: batch.sequence,
            records: batch.records,
            code: batch.code,
        });
        ReconciliationRecord {
            first_number: self.first_number,
            last_number: self.last_number,
            issued: self.issued,
            saved: self.saved,
            voided: self.voided,
            batched,
            attended: self.attended,
            batches: batches.collect(),
        }
    }
}

/// The sheet of an event as it stands. After a restored backup the numbers begin with
/// the letter of the tablet that gave them out; here they are told under this one's.
#[must_use]
pub fn reconciliation(event: &StoredEvent, batches: &[StoredBatch]) -> Reconciliation {
    let (tablet, state) = (&event.tablet, &event.state);
    let number = |counter: u64| {
        let code = tablet.event.code.clone();
        let counter = u32::try_from(counter).ok().filter(|counter| *counter > 0)?;
        Some(RegistrationNumber::new(code, tablet.letter, counter).to_string())
    };
    Reconciliation {
        first_number: number(state.issued.min(1)),
        last_number: number(state.issued),
        issued: state.issued,
        saved: state.saved,
        voided: state.voided,
        batched: state.batched,
        attended: state.attended,
        batches: batches
            .iter()
            .map(|batch| ReconciledBatch {
                sequence: batch.sequence,
                records: batch.records,
                code: batch.file_hash.short(),
                created_at: batch.created_at,
            })
            .collect(),
    }
}
