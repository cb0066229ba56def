//! Batches, which never change until they are wiped.

use super::row::{Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::sealing::{OFFICE, SEALED_TO, VAULT};
use super::{EventState, Store, StoreError, StoredEvent};
use crate::domain::{BatchId, EventId, Hash};
use crate::format::batch_file::BatchFile;
use crate::format::digest::sha256;

/// A batch as it is kept, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBatch {
    pub id: BatchId,
    pub event_id: EventId,
    pub sequence: u64,
    /// First and last sequence of the revisions in it.
    pub first: u64,
    pub last: u64,
    pub records: u64,
    /// Milliseconds since 1970.
    pub created_at: u64,
    pub file_name: String,
    pub document_hash: Hash,
    pub file_hash: Hash,
    /// Bytes of the file.
    pub size: usize,
    /// Sealed to the office: it can be handed over while the vault is locked.
    pub sealed: bool,
    /// The last entry of the audit log that is in it, or in one before.
    pub audited: u64,
    /// The last entry of the attendance list that is in it, or in one before.
    pub attended: u64,
    /// Its bytes were taken off the tablet.
    pub is_wiped: bool,
}

impl Store {
    /// Adds a batch and moves the event's mark, in one proven transaction: a
    /// revision is in exactly one batch whatever happens in between.
    pub async fn add_batch(
        &self,
        event: &StoredEvent,
        batch: &StoredBatch,
        file: &BatchFile,
    ) -> Result<StoredEvent, StoreError> {
        let next = EventState {
            batches: batch.sequence,
            batched: batch.last,
            ..event.state
        };
        let mut commit = event.advance(next);
        commit.writes.push(Write::Add(
            StoreName::Batches,
            Row::new(
                batch.id.to_string(),
                [
                    ("event_id", batch.event_id.to_string().into()),
                    ("sequence", batch.sequence.into()),
                    ("first", batch.first.into()),
                    ("last", batch.last.into()),
                    ("records", batch.records.into()),
                    ("created_at", batch.created_at.into()),
                    ("file_name", batch.file_name.clone().into()),
                    ("document_hash", batch.document_hash.to_string().into()),
                    ("file_hash", batch.file_hash.to_string().into()),
                    (SEALED_TO, if batch.sealed { OFFICE } else { VAULT }.into()),
                    ("size", (batch.size as u64).into()),
                    ("audited", batch.audited.into()),
                    ("attended", batch.attended.into()),
                ],
                file.bytes.clone(),
            ),
        ));
        self.commit_proven(&commit).await?;
        Ok(StoredEvent {
            tablet: event.tablet.clone(),
            state: next,
        })
    }

    /// Every batch of an event, first made first. One whose row cannot be read is left
    /// out: the canary misses it, and the others can be handed over.
    pub async fn batches_of(&self, event: EventId) -> Result<Vec<StoredBatch>, StoreError> {
        // Their fields tell all; their bytes may be sealed by a vault that is locked.
        let rows = self
            .rows_as_kept(&Query {
                store: StoreName::Batches,
                range: Range::Starting {
                    index: IndexName::BatchesByEvent,
                    prefix: vec![event.to_string().into()],
                },
            })
            .await?;
        Ok(rows.iter().filter_map(read).collect())
    }

    /// The batch whose file has this hash, of whatever event.
    pub async fn batch_of_file(&self, file_hash: Hash) -> Result<Option<StoredBatch>, StoreError> {
        let rows = self
            .rows_as_kept(&Query {
                store: StoreName::Batches,
                range: Range::Starting {
                    index: IndexName::BatchesByFile,
                    prefix: vec![file_hash.to_string().into()],
                },
            })
            .await?;
        rows.first().map(|row| read(row).ok_or(DAMAGED)).transpose()
    }

    /// The bytes of a batch, exactly those that were made; `None`: there is no such
    /// batch, or it was wiped.
    pub async fn batch_bytes(
        &self,
        id: BatchId,
    ) -> Result<Option<(StoredBatch, Vec<u8>)>, StoreError> {
        let Some(row) = self.row(StoreName::Batches, &id.to_string()).await? else {
            return Ok(None);
        };
        let batch = read(&row).ok_or(DAMAGED)?;
        if batch.is_wiped {
            return Ok(None);
        }
        if sha256(&row.body) != batch.file_hash {
            return Err(DAMAGED);
        }
        Ok(Some((batch, row.body)))
    }
}

/// Field that says when the bytes of a batch were taken off the tablet.
pub(super) const WIPED_AT: &str = "wiped_at";
const DAMAGED: StoreError = StoreError::Damaged { store: "batches" };

fn read(row: &Row) -> Option<StoredBatch> {
    Some(StoredBatch {
        id: BatchId::parse(&row.key)?,
        event_id: EventId::parse(row.text("event_id"))?,
        sequence: row.number("sequence"),
        first: row.number("first"),
        last: row.number("last"),
        records: row.number("records"),
        created_at: row.number("created_at"),
        file_name: row.text("file_name").to_owned(),
        document_hash: Hash::parse(row.text("document_hash"))?,
        file_hash: Hash::parse(row.text("file_hash"))?,
        size: match row.number("size") {
            // Of a version that did not write it down.
            0 => row.body.len(),
            size => usize::try_from(size).ok()?,
        },
        sealed: row.text(SEALED_TO) == OFFICE,
        audited: row.number("audited"),
        attended: row.number("attended"),
        is_wiped: row.number(WIPED_AT) > 0,
    })
}
