//! The office's receipts, as they came. They are not sealed: they come while the
//! vault is locked, and hold ids and what the office says, nothing about people.

use super::row::{Commit, Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::transport::step_write;
use super::{Store, StoreError};
use crate::domain::{EventId, Moment, Receipt, TransportEntry};
use crate::format::digest::sha256;
use crate::format::receipt_file::read_receipt;

/// A receipt that was checked, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReceipt {
    pub receipt: Receipt,
    /// By this tablet's clock.
    pub received_at: Moment,
}

impl Store {
    /// Adds a receipt that was checked, and what it means for its batch, in one proven
    /// transaction. The same receipt again is the same row.
    pub async fn add_receipt(
        &self,
        event: EventId,
        receipt: &Receipt,
        bytes: &[u8],
        entry: &TransportEntry,
    ) -> Result<(), StoreError> {
        let number = |at: Moment| u64::try_from(at.unix_ms()).unwrap_or(0);
        let key = receipt_key(receipt, bytes);
        let row = Row::new(
            key,
            [
                ("event_id", event.to_string().into()),
                ("batch_id", receipt.batch.to_string().into()),
                ("at", number(receipt.at).into()),
                ("received_at", number(entry.at).into()),
            ],
            bytes.to_vec(),
        );
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![
                Write::Put(StoreName::Receipts, row),
                step_write(event, entry),
            ],
        })
        .await
    }

    /// Whether these very bytes are here already.
    pub async fn has_receipt(&self, receipt: &Receipt, bytes: &[u8]) -> Result<bool, StoreError> {
        self.has(StoreName::Receipts, &receipt_key(receipt, bytes))
            .await
    }

    /// The receipts of an event, by the office's clock, oldest first. One that cannot be
    /// read is left out: it lets nothing go, and can be asked for again.
    pub async fn receipts_of(&self, event: EventId) -> Result<Vec<StoredReceipt>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Receipts,
                range: Range::Starting {
                    index: IndexName::ReceiptsByEvent,
                    prefix: vec![event.to_string().into()],
                },
            })
            .await?;
        let read = rows.iter().filter_map(|row| {
            let received_at = i64::try_from(row.number("received_at")).ok()?;
            Some(StoredReceipt {
                receipt: read_receipt(&row.body).ok()?,
                received_at: Moment::new(received_at, 0),
            })
        });
        Ok(read.collect())
    }
}

/// Several receipts may come for one batch: what was rejected can be settled later.
fn receipt_key(receipt: &Receipt, bytes: &[u8]) -> String {
    format!("{}/{}", receipt.batch, sha256(bytes).short())
}
