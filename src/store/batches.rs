//! Batches, which never change, and what happened to them, which is appended.

use super::row::{Commit, Query, Range, Row, Value, Write};
use super::schema::{IndexName, StoreName};
use super::sealing::{OFFICE, SEALED_TO, VAULT};
use super::{EventState, Store, StoreError, StoredEvent};
use crate::domain::{BatchId, Coded, EventId, Hash, Moment, coded};
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
}

coded! {
    /// How a batch left the tablet, as far as this tablet knows.
    pub enum Carrier {
        /// The file was given to the browser to save; where it went is unknown.
        Download => "download",
        /// Given to the system's share sheet.
        Share => "share",
        /// Somebody says that the copy is in safe hands.
        Confirmed => "confirmed",
    }
}

/// An entry of the transport log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub batch_id: BatchId,
    pub carrier: Carrier,
    pub at: Moment,
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

    /// Every batch of an event, first made first.
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
        rows.iter().map(|row| read(row).ok_or(DAMAGED)).collect()
    }

    /// The bytes of a batch, exactly those that were made.
    pub async fn batch_bytes(
        &self,
        id: BatchId,
    ) -> Result<Option<(StoredBatch, Vec<u8>)>, StoreError> {
        let Some(row) = self.row(StoreName::Batches, &id.to_string()).await? else {
            return Ok(None);
        };
        let batch = read(&row).ok_or(DAMAGED)?;
        if sha256(&row.body) != batch.file_hash {
            return Err(DAMAGED);
        }
        Ok(Some((batch, row.body)))
    }

    /// Appends to the transport log.
    pub async fn log_carried(&self, event: EventId, entry: &Carried) -> Result<(), StoreError> {
        let at = u64::try_from(entry.at.unix_ms()).unwrap_or(0);
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(
                StoreName::Transport,
                Row::new(
                    format!("{}/{}/{at}", entry.batch_id, entry.carrier.code()),
                    [
                        ("event_id", event.to_string().into()),
                        ("batch_id", entry.batch_id.to_string().into()),
                        ("carrier", Value::from(entry.carrier.code())),
                        ("at", at.into()),
                    ],
                    Vec::new(),
                ),
            )],
        })
        .await
    }

    /// Takes a confirmation back that was given by mistake.
    pub async fn unlog_carried(&self, entry: &Carried) -> Result<(), StoreError> {
        let at = u64::try_from(entry.at.unix_ms()).unwrap_or(0);
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Delete(
                StoreName::Transport,
                format!("{}/{}/{at}", entry.batch_id, entry.carrier.code()),
            )],
        })
        .await
    }

    /// The transport log of an event, oldest first.
    pub async fn carried(&self, event: EventId) -> Result<Vec<Carried>, StoreError> {
        let rows = self.transport_of(event).await?;
        Ok(rows
            .iter()
            .filter_map(|row| {
                Some(Carried {
                    batch_id: BatchId::parse(row.text("batch_id"))?,
                    carrier: Carrier::from_code(row.text("carrier"))?,
                    at: Moment::new(i64::try_from(row.number("at")).ok()?, 0),
                })
            })
            .collect())
    }

    /// The rows of the transport log of an event, oldest first.
    pub(super) async fn transport_of(&self, event: EventId) -> Result<Vec<Row>, StoreError> {
        self.rows(&Query {
            store: StoreName::Transport,
            range: Range::Starting {
                index: IndexName::TransportByEvent,
                prefix: vec![event.to_string().into()],
            },
        })
        .await
    }
}

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
    })
}
