//! The office's answer to a batch: what became of each record in it.

use super::code::coded;
use super::{BatchId, Hash, Moment, RegistrationId};

coded! {
    /// What the office did with a record.
    pub enum RecordResult {
        Accepted => "accepted",
        /// The same person was accepted already; the reason says in which registration.
        DuplicateOf => "duplicate_of",
        /// Not taken; the reason says why. It stays on the tablet until that is settled.
        Rejected => "rejected",
    }
}

impl RecordResult {
    /// Whether the office needs nothing more from the tablet about this record.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self != RecordResult::Rejected
    }
}

/// What the office did with one revision of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAnswer {
    pub id: RegistrationId,
    pub revision: u32,
    pub result: RecordResult,
    pub reason: Option<String>,
}

/// The office's answer to a batch, whose signature is checked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub batch: BatchId,
    /// Of the bytes that the office received.
    pub file_hash: Hash,
    pub answers: Vec<RecordAnswer>,
    /// Every record of the batch that has no answer here was accepted. So a receipt fits into a QR
    /// code.
    pub others_accepted: bool,
    pub at: Moment,
}

impl Receipt {
    /// What became of a revision that is in the batch; `None`: the receipt does not say.
    #[must_use]
    pub fn answer(
        &self,
        id: RegistrationId,
        revision: u32,
    ) -> Option<(RecordResult, Option<&str>)> {
        let named = self
            .answers
            .iter()
            .find(|answer| answer.id == id && answer.revision == revision);
        match named {
            Some(answer) => Some((answer.result, answer.reason.as_deref())),
            None => self
                .others_accepted
                .then_some((RecordResult::Accepted, None)),
        }
    }
}
