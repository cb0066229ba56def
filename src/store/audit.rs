//! The audit log: entries are appended, chained, and never changed.

use super::row::{Commit, Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::{Store, StoreError, numbered_key};
use crate::domain::{AuditEntry, EventId};
use crate::format::audit_record::{audit_hash, write_audit};

/// Two deeds may end at the same time; the later one looks again.
const MOST_TRIES: u32 = 4;

impl Store {
    /// Appends an entry. Its sequence and its link to the one before are filled in
    /// here. Returns its sequence.
    pub async fn append_audit(
        &self,
        event: EventId,
        mut entry: AuditEntry,
    ) -> Result<u64, StoreError> {
        let mut tries = 0;
        loop {
            let last = self.count_audit(event).await?;
            entry.sequence = last + 1;
            entry.previous = self
                .row(StoreName::Audit, &audit_key(event, last))
                .await?
                .map(|row| audit_hash(&row.body));
            let write = Write::Add(StoreName::Audit, audit_row(event, &entry));
            let written = self
                .append_proven(&Commit {
                    checks: Vec::new(),
                    writes: vec![write],
                })
                .await;
            tries += 1;
            match written {
                Ok(()) => return Ok(entry.sequence),
                Err(StoreError::Conflict { .. }) if tries < MOST_TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// How many entries the log of an event has.
    pub async fn count_audit(&self, event: EventId) -> Result<u64, StoreError> {
        self.count(&Query {
            store: StoreName::Audit,
            range: Range::Starting {
                index: IndexName::AuditByEvent,
                prefix: vec![event.to_string().into()],
            },
        })
        .await
        .map(u64::from)
    }

    /// The entries of an event after a sequence, as canonical bytes in their order.
    /// A damaged entry is empty.
    pub async fn audit_after(
        &self,
        event: EventId,
        sequence: u64,
    ) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Audit,
                range: Range::After {
                    index: IndexName::AuditByEvent,
                    prefix: vec![event.to_string().into()],
                    after: sequence,
                },
            })
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.number("sequence"), row.body))
            .collect())
    }
}

fn audit_key(event: EventId, sequence: u64) -> String {
    numbered_key(&event.to_string(), sequence)
}

/// The row of an entry.
pub(super) fn audit_row(event: EventId, entry: &AuditEntry) -> Row {
    Row::new(
        audit_key(event, entry.sequence),
        [
            ("event_id", event.to_string().into()),
            ("sequence", entry.sequence.into()),
        ],
        write_audit(entry),
    )
}
