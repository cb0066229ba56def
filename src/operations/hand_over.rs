//! Handing batches over: what left the tablet, and what did not yet.

use std::collections::HashSet;

use thiserror::Error;

use super::audit::{Doer, note};
use super::sealer::Sealer;
use crate::domain::*;
use crate::format::audit_record::read_audit;
use crate::format::batch_file::read_batch;
use crate::format::csv::write_csv;
use crate::store::{Store, StoreError, StoredBatch};

/// Notes what happened to a batch: a step on its way, or that somebody says that the
/// copy is in safe hands. While the vault is open the audit log says by whom; the
/// transport log says it in any case.
pub async fn note_step(
    store: &Store,
    event: EventId,
    entry: &TransportEntry,
    doer: &Doer,
) -> Result<(), StoreError> {
    let entry = in_order(store, event, entry).await?;
    store.log_step(event, &entry).await?;
    audit_step(store, event, &entry, doer).await
}

/// The entry at a moment after everything else that happened to its batch: the log is
/// read in order, and a tablet's clock may have been put back.
pub(super) async fn in_order(
    store: &Store,
    event: EventId,
    entry: &TransportEntry,
) -> Result<TransportEntry, StoreError> {
    let log = store.steps_of(event).await?;
    let last = log.iter().rfind(|other| other.batch_id == entry.batch_id);
    let first = last.map_or(i64::MIN, |last| last.at.unix_ms() + 1);
    let at = Moment::new(entry.at.unix_ms().max(first), 0);
    Ok(TransportEntry { at, ..*entry })
}

/// Says in the audit log what the transport log says; while the vault is locked, only
/// that one does, until [`audit_missed`].
pub(super) async fn audit_step(
    store: &Store,
    event: EventId,
    step: &TransportEntry,
    doer: &Doer,
) -> Result<(), StoreError> {
    if store.vault_of(event).is_err() {
        return Ok(());
    }
    let officer = doer.officer.clone();
    store
        .append_audit(event, audited(step, officer))
        .await
        .map(drop)
}

/// Says in the audit log what happened to batches while the vault was locked and
/// nobody could write there. Such entries have the moment of the step, and nobody who
/// did it. What is said already is not said again.
pub(super) async fn audit_missed(store: &Store, event: EventId) -> Result<(), StoreError> {
    let steps = store.steps_of(event).await?;
    if steps.is_empty() {
        return Ok(());
    }
    let told: HashSet<_> = store
        .audit_after(event, 0)
        .await?
        .iter()
        .filter_map(|(_, body)| read_audit(body).ok())
        .map(|entry| (entry.subject, entry.detail, entry.at.unix_ms()))
        .collect();
    for step in &steps {
        let entry = audited(step, String::new());
        let (subject, detail) = (entry.subject.clone(), entry.detail.clone());
        if !told.contains(&(subject, detail, entry.at.unix_ms())) {
            store.append_audit(event, entry).await?;
        }
    }
    Ok(())
}

/// A step as the audit log says it: at the moment that the transport log has.
fn audited(step: &TransportEntry, officer: String) -> AuditEntry {
    let detail = match step.problem {
        None => step.step.code().to_owned(),
        Some(problem) => format!("{}:{}", step.step.code(), problem.code()),
    };
    let doer = Doer {
        officer,
        now: step.at,
    };
    let subject = Some(step.batch_id.to_string());
    doer.entry(AuditAction::BatchCarried, subject, Some(detail))
}

/// A batch was given to a carrier, or somebody says that the copy is in safe hands.
pub async fn carried(
    store: &Store,
    event: EventId,
    batch: BatchId,
    step: Step,
    doer: &Doer,
) -> Result<(), StoreError> {
    let entry = TransportEntry {
        batch_id: batch,
        step,
        at: doer.now,
        problem: None,
    };
    note_step(store, event, &entry, doer).await
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
/// neither with the upload server or the office nor in a batch that somebody
/// confirmed as copied. `sequences` are those of the newest revisions.
pub fn not_handed_over(
    sequences: impl Iterator<Item = u64>,
    batches: &[StoredBatch],
    log: &[TransportEntry],
) -> usize {
    let out: Vec<&StoredBatch> = batches
        .iter()
        .filter(|batch| is_handed_over(batch.id, log))
        .collect();
    sequences
        .filter(|sequence| {
            !out.iter()
                .any(|batch| (batch.first..=batch.last).contains(sequence))
        })
        .count()
}

/// How many entries of the attendance list are not handed over, of `attended` that were made.
pub fn attendance_not_handed_over(
    attended: u64,
    batches: &[StoredBatch],
    log: &[TransportEntry],
) -> usize {
    let mut last = 0;
    let mut out = 0;
    for batch in batches {
        if is_handed_over(batch.id, log) {
            out += batch.attended.saturating_sub(last);
        }
        last = batch.attended;
    }
    usize::try_from(attended.saturating_sub(out)).unwrap_or(usize::MAX)
}

/// Whether the records of a batch count as handed over.
pub fn is_handed_over(batch: BatchId, log: &[TransportEntry]) -> bool {
    Standing::of(batch, log).is_handed_over()
}
