//! Who is expected at an event: one row, written as a whole.

use super::row::{Commit, Row, Write};
use super::schema::StoreName;
use super::{Store, StoreError};
use crate::domain::EventId;
use crate::format::expected_record::{read_expected, write_expected};
use crate::format::pack_lists::Expected;

impl Store {
    /// Keeps the list in place of the one before; an empty one leaves no row.
    pub async fn keep_expected(&self, event: EventId, list: &[Expected]) -> Result<(), StoreError> {
        let write = match list {
            [] => Write::Delete(StoreName::Expected, event.to_string()),
            list => Write::Put(StoreName::Expected, expected_row(event, list)),
        };
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![write],
        })
        .await
    }

    /// The list of an event; empty where there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] says nothing about the rest of the event, which goes on without
    /// a list until there is another.
    pub async fn expected_of(&self, event: EventId) -> Result<Vec<Expected>, StoreError> {
        let row = self.row(StoreName::Expected, &event.to_string()).await?;
        let list = row.map(|row| read_expected(&row.body)).transpose();
        list.map(Option::unwrap_or_default)
            .map_err(|_| StoreError::Damaged { store: "expected" })
    }
}

/// The row of a list. It is sealed.
pub(super) fn expected_row(event: EventId, list: &[Expected]) -> Row {
    let fields = [("event_id", event.to_string().into())];
    Row::new(event.to_string(), fields, write_expected(list))
}
