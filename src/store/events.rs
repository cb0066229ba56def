//! Events of this tablet and their counters. Every write of an event checks the
//! counters it started from and the writer's epoch, so two tabs can never both
//! give out a number.

use super::row::{Check, Commit, Expect, Fields, Query, Range, Row, Value, Write, fields_of};
use super::schema::StoreName;
use super::vaults::{Tries, ring_row};
use super::{Protection, Store, StoreError};
use crate::domain::{EventId, Moment};
use crate::format::event_record::{TabletEvent, read_event, write_event};
use crate::format::key_ring::KeyRing;

/// An event and where this tablet stands with it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub tablet: TabletEvent,
    pub state: EventState,
}

/// Counters of an event on this tablet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventState {
    /// Raised each time that another tab becomes the writer.
    pub epoch: u64,
    /// Numbers given out; the last counter.
    pub issued: u64,
    /// Revisions saved; the last sequence.
    pub saved: u64,
    pub voided: u64,
    /// Batches made; the last batch's sequence.
    pub batches: u64,
    /// The last sequence that is in a batch.
    pub batched: u64,
    /// When the last revision was recorded, milliseconds since 1970; 0 if none.
    pub last_at: u64,
    /// When registering ended, milliseconds since 1970; 0: it did not.
    pub closed_at: u64,
    /// Revisions that were taken off the tablet after the office had them.
    pub wiped: u64,
    /// Registrations that were.
    pub wiped_registrations: u64,
    /// Entries of the attendance list; the last one's sequence.
    pub attended: u64,
    /// Entries of it that were taken off the tablet.
    pub wiped_attendance: u64,
}

impl EventState {
    /// When the last revision was recorded, by whatever clock it had.
    pub fn last_recorded_at(&self) -> Option<Moment> {
        (self.last_at > 0).then(|| Moment::new(i64::try_from(self.last_at).unwrap_or(0), 0))
    }

    fn fields(&self) -> Fields {
        let mut numbers = vec![
            ("epoch", self.epoch),
            ("issued", self.issued),
            ("saved", self.saved),
            ("voided", self.voided),
            ("batches", self.batches),
            ("batched", self.batched),
            ("last_at", self.last_at),
        ];
        // Rows have these only once they are more than 0, as in the first versions.
        let later = [
            ("closed_at", self.closed_at),
            ("wiped", self.wiped),
            ("wiped_registrations", self.wiped_registrations),
            ("attended", self.attended),
            ("wiped_attendance", self.wiped_attendance),
        ];
        numbers.extend(later.into_iter().filter(|(_, number)| *number > 0));
        let pairs = numbers
            .into_iter()
            .map(|(name, number)| (name, Value::from(number)));
        fields_of(pairs.collect())
    }

    fn of(row: &Row) -> Self {
        EventState {
            epoch: row.number("epoch"),
            issued: row.number("issued"),
            saved: row.number("saved"),
            voided: row.number("voided"),
            batches: row.number("batches"),
            batched: row.number("batched"),
            last_at: row.number("last_at"),
            closed_at: row.number("closed_at"),
            wiped: row.number("wiped"),
            wiped_registrations: row.number("wiped_registrations"),
            attended: row.number("attended"),
            wiped_attendance: row.number("wiped_attendance"),
        }
    }
}

impl StoredEvent {
    /// The event's id.
    pub fn id(&self) -> EventId {
        self.tablet.event.id
    }

    pub(super) fn row(&self) -> Row {
        Row {
            key: self.id().to_string(),
            fields: self.state.fields(),
            body: write_event(&self.tablet),
        }
    }

    // Once in the app, and not at each call.
    #[inline(never)]
    pub(super) fn read(row: &Row) -> Option<Self> {
        Some(StoredEvent {
            tablet: read_event(&row.body).ok()?,
            state: EventState::of(row),
        })
    }

    /// The check and the write that every change of this event starts with:
    /// the row is still as it was read, and becomes as it will be.
    pub(super) fn advance(&self, next: EventState) -> Commit {
        Commit {
            checks: vec![Check {
                store: StoreName::Events,
                key: self.id().to_string(),
                expect: Expect::Fields(self.state.fields()),
            }],
            writes: vec![Write::Put(
                StoreName::Events,
                StoredEvent {
                    tablet: self.tablet.clone(),
                    state: next,
                }
                .row(),
            )],
        }
    }
}

impl Store {
    /// Every event of this tablet. A damaged one is left out and counted.
    pub async fn events(&self) -> Result<(Vec<StoredEvent>, usize), StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Events,
                range: Range::All,
            })
            .await?;
        let all = rows.len();
        let events: Vec<StoredEvent> = rows.iter().filter_map(StoredEvent::read).collect();
        let damaged = all - events.len();
        Ok((events, damaged))
    }

    /// One event, as it stands now.
    pub async fn event(&self, id: EventId) -> Result<Option<StoredEvent>, StoreError> {
        match self.row(StoreName::Events, &id.to_string()).await? {
            None => Ok(None),
            Some(row) => StoredEvent::read(&row)
                .map(Some)
                .ok_or(StoreError::Damaged {
                    store: StoreName::Events.name(),
                }),
        }
    }

    /// Adds an event that this tablet does not have yet, and opens its vault.
    pub async fn add_event(
        &self,
        tablet: TabletEvent,
        protection: Protection,
    ) -> Result<StoredEvent, StoreError> {
        let event = StoredEvent {
            tablet,
            state: EventState::default(),
        };
        let mut writes = vec![Write::Add(StoreName::Events, event.row())];
        writes.extend(protection.writes(event.id()));
        let checks = Vec::new();
        self.commit_unlocked(protection.vault, &Commit { checks, writes })
            .await?;
        Ok(event)
    }

    /// What the pack of an event says; `None`: it was made on this tablet.
    pub async fn pack(&self, id: EventId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.row(StoreName::Packs, &id.to_string()).await?;
        Ok(row.map(|row| row.body))
    }

    /// Keeps what a pack says in place of what the one before said. It is sealed.
    pub async fn keep_pack(&self, id: EventId, pack: &[u8]) -> Result<(), StoreError> {
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Packs, pack_row(id, pack))],
        })
        .await
    }

    /// Ends registering at an event, with the keys that are left of it. Whoever
    /// still holds the event as it was can no longer write it.
    pub async fn close_event(
        &self,
        event: &StoredEvent,
        ring: &KeyRing,
        closed_at: Moment,
    ) -> Result<StoredEvent, StoreError> {
        let next = EventState {
            epoch: event.state.epoch + 1,
            closed_at: u64::try_from(closed_at.unix_ms()).unwrap_or(1).max(1),
            ..event.state
        };
        let mut commit = event.advance(next);
        let tries = Tries::default();
        let row = ring_row(event.id(), ring, tries);
        commit.writes.push(Write::Put(StoreName::Vaults, row));
        self.commit_proven(&commit).await?;
        self.ask_journal_renewal();
        Ok(StoredEvent {
            tablet: event.tablet.clone(),
            state: next,
        })
    }

    /// Makes the caller the only writer of an event: what another tab began
    /// before no longer fits.
    pub async fn take_over(&self, id: EventId) -> Result<Option<StoredEvent>, StoreError> {
        let Some(event) = self.event(id).await? else {
            return Ok(None);
        };
        let next = EventState {
            epoch: event.state.epoch + 1,
            ..event.state
        };
        self.commit_proven(&event.advance(next)).await?;
        Ok(Some(StoredEvent {
            tablet: event.tablet,
            state: next,
        }))
    }
}

/// The row of what a pack says.
pub(super) fn pack_row(event: EventId, pack: &[u8]) -> Row {
    let fields = [("event_id", event.to_string().into())];
    Row::new(event.to_string(), fields, pack.to_vec())
}
