//! Who came and was not registered: entries are appended, numbered, and never changed
//! until they are wiped.

use super::row::{Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::{EventState, Store, StoreError, StoredEvent, numbered_key};
use crate::domain::{Attendance, EventId, RegistrationId};
use crate::format::attendance_record::write_attendance;

impl Store {
    /// Appends an entry and counts it; the draft that it came from is gone: all in one
    /// proven transaction. `event` is the event as the caller knows it; the result is the
    /// event after it.
    pub async fn add_attendance(
        &self,
        event: &StoredEvent,
        entry: &Attendance,
        draft: Option<RegistrationId>,
    ) -> Result<StoredEvent, StoreError> {
        if event.state.closed_at > 0 {
            return Err(StoreError::Closed);
        }
        let next = EventState {
            // A counter that was 0 is in no row, so it alone would not be missed.
            epoch: event.state.epoch + 1,
            attended: entry.sequence,
            ..event.state
        };
        let mut commit = event.advance(next);
        let row = Row::new(
            numbered_key(&event.id().to_string(), entry.sequence),
            [
                ("event_id", event.id().to_string().into()),
                ("sequence", entry.sequence.into()),
            ],
            write_attendance(entry),
        );
        commit.writes.push(Write::Add(StoreName::Attendance, row));
        let draft = draft.map(|id| Write::Delete(StoreName::Drafts, id.to_string()));
        commit.writes.extend(draft);
        self.commit_proven(&commit).await?;
        Ok(StoredEvent {
            tablet: event.tablet.clone(),
            state: next,
        })
    }

    /// The entries of an event after a sequence, as canonical bytes in their order, each with
    /// its sequence. A damaged entry is empty.
    pub async fn attendance_after(
        &self,
        event: EventId,
        sequence: u64,
    ) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let rows = self.rows(&attendance(event, sequence)).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.number("sequence"), row.body))
            .collect())
    }

    /// The sequences of an event's entries. The vault may be locked.
    pub async fn attendance_sequences(&self, event: EventId) -> Result<Vec<u64>, StoreError> {
        let rows = self.rows_as_kept(&attendance(event, 0)).await?;
        Ok(rows.iter().map(|row| row.number("sequence")).collect())
    }
}

fn attendance(event: EventId, after: u64) -> Query {
    Query {
        store: StoreName::Attendance,
        range: Range::After {
            index: IndexName::AttendanceByEvent,
            prefix: vec![event.to_string().into()],
            after,
        },
    }
}
