//! Takes the office's receipts in, and says what became of each record.

use thiserror::Error;

use super::audit::Doer;
use super::hand_over::{audit_step, in_order};
use super::load_pack::pack_of;
use crate::domain::*;
use crate::format::receipt_file::{ReceiptError, read_receipt};
use crate::store::{KeptRegistration, Store, StoreError, StoredBatch, StoredReceipt};
use crate::vault::sign::{Signed, check_signature};

/// Why a receipt is not believed. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TakeReceiptError {
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// No batch of this tablet has the file that the receipt is for.
    #[error("a receipt for a file that is not of this tablet")]
    Foreign,
    /// The hash of the file is that of one batch, the id that of another.
    #[error("batch and file of the receipt do not belong together")]
    OtherBatch,
    /// The event has no office whose receipts could be believed.
    #[error("the event has no office")]
    NoOffice,
    /// Not signed, signed by somebody else, or changed on its way.
    #[error("not signed by the office of this event")]
    NotSigned,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A receipt that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenReceipt {
    pub batch: StoredBatch,
    /// Records that the office rejected.
    pub rejected: usize,
    /// It was here already.
    pub is_known: bool,
}

/// Reads a receipt, looks to which batch it belongs and whether the office of that
/// batch's event signed it, and keeps it. The vault may be locked, and the event need
/// not be the open one.
pub async fn take_receipt(
    store: &Store,
    bytes: &[u8],
    doer: &Doer,
) -> Result<TakenReceipt, TakeReceiptError> {
    let receipt = read_receipt(bytes)?;
    let batch = store.batch_of_file(receipt.file_hash).await?;
    let batch = batch.ok_or(TakeReceiptError::Foreign)?;
    if batch.id != receipt.batch {
        return Err(TakeReceiptError::OtherBatch);
    }
    let event = batch.event_id;
    let key = receipt_key(store, event).await?;
    match check_signature(bytes, Some(&key)) {
        Ok(Signed::By(_)) => {}
        Ok(Signed::No) | Err(_) => return Err(TakeReceiptError::NotSigned),
    }
    let rejected = receipt
        .answers
        .iter()
        .filter(|answer| !answer.result.is_settled())
        .count();
    let is_known = store.has_receipt(&receipt, bytes).await?;
    if !is_known {
        let entry = TransportEntry {
            batch_id: batch.id,
            step: Step::Acknowledged,
            at: doer.now,
            problem: None,
        };
        let entry = in_order(store, event, &entry).await?;
        store.add_receipt(event, &receipt, bytes, &entry).await?;
        audit_step(store, event, &entry, doer).await?;
    }
    Ok(TakenReceipt {
        batch,
        rejected,
        is_known,
    })
}

/// By which key receipts of an event must be signed. An event of a build that did not
/// put it among the closed keys has it in its pack, which needs the open vault.
async fn receipt_key(store: &Store, event: EventId) -> Result<String, TakeReceiptError> {
    let ring = store.ring(event).await?;
    if let Some(key) = ring.and_then(|(ring, _)| ring.receipt_key) {
        return Ok(key);
    }
    let pack = match pack_of(store, event).await {
        Err(StoreError::Locked) => None,
        pack => pack?,
    };
    pack.and_then(|pack| pack.office)
        .map(|office| office.receipt_key)
        .ok_or(TakeReceiptError::NoOffice)
}

/// How a registration stands with the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordStanding {
    /// Its newest revision is in no batch.
    NotInBatch,
    /// The batch of its newest revision has no receipt, or one that does not tell.
    NotAnswered { batch: u64 },
    Answered {
        batch: u64,
        result: RecordResult,
        reason: Option<String>,
        /// When the receipt came here.
        received_at: Moment,
    },
}

/// How a registration stands: what the office's newest receipt for the batch of its
/// newest revision says. `receipts` by the office's clock, oldest first.
#[must_use]
pub fn record_standing(
    kept: &KeptRegistration,
    batches: &[StoredBatch],
    receipts: &[StoredReceipt],
) -> RecordStanding {
    let holds = |batch: &&StoredBatch| (batch.first..=batch.last).contains(&kept.sequence);
    let Some(batch) = batches.iter().find(holds) else {
        return RecordStanding::NotInBatch;
    };
    let answer = receipts
        .iter()
        .rev()
        .filter(|stored| stored.receipt.batch == batch.id)
        .find_map(|stored| {
            let (result, reason) = stored.receipt.answer(kept.id, kept.revision)?;
            Some(RecordStanding::Answered {
                batch: batch.sequence,
                result,
                reason: reason.map(str::to_owned),
                received_at: stored.received_at,
            })
        });
    answer.unwrap_or(RecordStanding::NotAnswered {
        batch: batch.sequence,
    })
}

/// What the office said about the records of a batch: how many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BatchAnswers {
    pub accepted: u64,
    pub duplicates: u64,
    pub rejected: u64,
}

/// The newest receipt of a batch. `receipts` by the office's clock, oldest first.
#[must_use]
pub fn newest_receipt<'a>(
    batch: &StoredBatch,
    receipts: &'a [StoredReceipt],
) -> Option<&'a Receipt> {
    let of_batch = |stored: &&StoredReceipt| stored.receipt.batch == batch.id;
    receipts
        .iter()
        .rfind(of_batch)
        .map(|stored| &stored.receipt)
}

/// What a receipt of a batch says.
#[must_use]
pub fn answers_of(batch: &StoredBatch, receipt: &Receipt) -> BatchAnswers {
    let count = |result| {
        let named = receipt.answers.iter();
        named.filter(|answer| answer.result == result).count() as u64
    };
    let duplicates = count(RecordResult::DuplicateOf);
    let rejected = count(RecordResult::Rejected);
    let accepted = if receipt.others_accepted {
        batch.records.saturating_sub(duplicates + rejected)
    } else {
        count(RecordResult::Accepted)
    };
    BatchAnswers {
        accepted,
        duplicates,
        rejected,
    }
}
