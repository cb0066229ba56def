//! Handing batches over: what left the tablet, and what did not yet.

use thiserror::Error;

use super::audit::{Doer, note};
use super::sealer::Sealer;
use crate::domain::{AuditAction, BatchId, Coded, EventId};
use crate::format::batch_file::read_batch;
use crate::format::csv::write_csv;
use crate::store::{Carried, Carrier, Store, StoreError, StoredBatch};

/// Notes that a batch was given to a carrier, or that somebody says that the
/// copy is in safe hands. While the vault is open the audit log says by whom; the
/// transport log says it in any case.
pub async fn carried(
    store: &Store,
    event: EventId,
    batch: BatchId,
    carrier: Carrier,
    doer: &Doer,
) -> Result<(), StoreError> {
    let entry = Carried {
        batch_id: batch,
        carrier,
        at: doer.now,
    };
    store.log_carried(event, &entry).await?;
    if store.vault_of(event).is_err() {
        return Ok(());
    }
    let (subject, detail) = (Some(batch.to_string()), Some(carrier.code().to_owned()));
    let action = AuditAction::BatchCarried;
    note(store, event, doer, action, subject, detail).await
}

/// Takes back every confirmation of a batch.
pub async fn unconfirm(store: &Store, event: EventId, batch: BatchId) -> Result<(), StoreError> {
    for entry in store.carried(event).await? {
        if entry.batch_id == batch && entry.carrier == Carrier::Confirmed {
            store.unlog_carried(&entry).await?;
        }
    }
    Ok(())
}

/// Why there is no spreadsheet of a batch.
#[derive(Debug, Error)]
pub enum SpreadsheetError {
    #[error("the batch could not be opened: {0}")]
    Sealing(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The batch as a spreadsheet: name and bytes of a CSV file. The vault must be
/// open: a spreadsheet is readable by anybody, and the audit log says who made it.
pub async fn batch_csv(
    store: &Store,
    batch: BatchId,
    doer: &Doer,
    sealer: &impl Sealer,
) -> Result<Option<(String, Vec<u8>)>, SpreadsheetError> {
    let Some((stored, bytes)) = store.batch_bytes(batch).await? else {
        return Ok(None);
    };
    let vault = store.vault_of(stored.event_id)?;
    let plain = match vault.identity() {
        Some(identity) if stored.sealed => sealer
            .open(identity, &bytes)
            .await
            .map_err(SpreadsheetError::Sealing)?,
        _ => bytes,
    };
    let read = read_batch(&plain).map_err(|_| StoreError::Damaged { store: "batches" })?;
    let (event, action) = (stored.event_id, AuditAction::SpreadsheetMade);
    note(store, event, doer, action, Some(batch.to_string()), None).await?;
    let stem = stored.file_name.trim_end_matches(".age");
    let name = stem.replace(".pendapa.json", ".csv");
    Ok(Some((name, write_csv(&read.registrations))))
}

/// How many registrations are not handed over: those whose newest revision is
/// in no batch that somebody confirmed as copied. `sequences` are those of the
/// newest revisions.
pub fn not_handed_over(
    sequences: impl Iterator<Item = u64>,
    batches: &[StoredBatch],
    log: &[Carried],
) -> usize {
    let confirmed: Vec<&StoredBatch> = batches
        .iter()
        .filter(|batch| is_confirmed(batch.id, log))
        .collect();
    sequences
        .filter(|sequence| {
            !confirmed
                .iter()
                .any(|batch| (batch.first..=batch.last).contains(sequence))
        })
        .count()
}

/// Whether somebody confirmed that a batch's copy is in safe hands.
pub fn is_confirmed(batch: BatchId, log: &[Carried]) -> bool {
    log.iter()
        .any(|entry| entry.batch_id == batch && entry.carrier == Carrier::Confirmed)
}
