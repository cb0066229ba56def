//! The office's answer to a batch that arrived.

use crate::desk::office::Received;
use crate::domain::{BatchId, Coded, Moment, Receipt, RecordAnswer, RecordResult, Registration};
use crate::format::receipt_file::{OfficeAnswer, write_receipt};
use crate::vault::sign::TabletKey;

/// Signed receipts of one batch: the same answers in two lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipts {
    /// Every record by itself, for files and servers.
    pub full: Vec<u8>,
    /// Only what was not simply accepted, so that it fits into QR codes.
    pub short: Vec<u8>,
    /// Records that are a duplicate or were rejected.
    pub exceptions: usize,
}

/// Whether an answer is about a registration, which it names by number or by id.
pub fn is_about(answer: &OfficeAnswer, registration: &Registration) -> bool {
    answer.registration == registration.number.to_string()
        || answer.registration == registration.id.to_string()
}

/// The receipts of a batch: every record in it is accepted, but for those that an
/// answer is about; a later answer about the same one counts. What was not accepted in
/// the receipt `before` stays so until an answer says otherwise: nobody is accepted
/// because a list was left out. `None`: the batch has no id of the usual form.
pub fn receipts(
    received: &Received,
    answers: &[OfficeAnswer],
    before: Option<&Receipt>,
    at: Moment,
    key: &TabletKey,
) -> Option<Receipts> {
    let batch = BatchId::parse(&received.batch.manifest.id)?;
    let answered = |registration: &Registration| {
        let said = answers
            .iter()
            .rev()
            .find(|answer| is_about(answer, registration));
        let (id, revision) = (registration.id, registration.revision);
        let (result, reason) = match said {
            Some(answer) => (answer.result.0, answer.reason.clone()),
            None => match before.and_then(|before| before.answer(id, revision)) {
                Some((result, reason)) => (result, reason.map(str::to_owned)),
                None => (RecordResult::Accepted, None),
            },
        };
        RecordAnswer {
            id,
            revision,
            result,
            reason,
        }
    };
    let all: Vec<RecordAnswer> = received.batch.registrations.iter().map(answered).collect();
    let exceptions: Vec<RecordAnswer> = all
        .iter()
        .filter(|answer| answer.result != RecordResult::Accepted)
        .cloned()
        .collect();
    let signed = |answers, others_accepted| {
        key.sign(&write_receipt(&Receipt {
            batch,
            file_hash: received.file_hash,
            answers,
            others_accepted,
            at,
        }))
    };
    Some(Receipts {
        exceptions: exceptions.len(),
        full: signed(all, false),
        short: signed(exceptions, true),
    })
}

/// What an office wrote about its answers, one by one; the text says what is wrong.
pub fn check_answers(answers: &[OfficeAnswer], received: &[Received]) -> Result<(), String> {
    for answer in answers {
        let named = &answer.registration;
        if answer.result.0 != RecordResult::Accepted && answer.reason.is_none() {
            let result = answer.result.0.code();
            return Err(format!("{named}: {result} needs a reason"));
        }
        let is_here = received
            .iter()
            .flat_map(|received| &received.batch.registrations)
            .any(|registration| is_about(answer, registration));
        if !is_here {
            return Err(format!("{named} is in none of these batches"));
        }
    }
    Ok(())
}
