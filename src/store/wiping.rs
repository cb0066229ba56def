//! Takes records off the tablet once the office has them. What stays are the rows of
//! the batches, without their bytes, the counters and the receipts.

use std::collections::BTreeMap;

use super::batches::WIPED_AT;
use super::row::{Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::sealing::{OFFICE, SEALED_TO};
use super::transport::step_write;
use super::{EventState, Store, StoreError, StoredEvent, numbered_key};
use crate::domain::{BatchId, EventId, Moment, RegistrationId, Step, TransportEntry};

/// A registration as its row tells it while the vault is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: RegistrationId,
    /// The counter in its number.
    pub counter: u64,
    /// The newest.
    pub revision: u32,
    /// Of the newest revision.
    pub sequence: u64,
    /// Of every revision that is here.
    pub sequences: Vec<u64>,
    /// A correction of it is being typed.
    pub has_draft: bool,
}

/// What is taken off at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wipe {
    pub registrations: Vec<RegistrationId>,
    /// Batches of which no record is left afterwards.
    pub batches: Vec<BatchId>,
    /// Entries of the attendance list, by sequence.
    pub attendance: Vec<u64>,
}

impl Store {
    /// Every registration of an event. The vault may be locked.
    pub async fn kept_registrations(&self, event: EventId) -> Result<Vec<Kept>, StoreError> {
        let of = |store, index| Query {
            store,
            range: Range::Starting {
                index,
                prefix: vec![event.to_string().into()],
            },
        };
        let drafts = of(StoreName::Drafts, IndexName::DraftsByEvent);
        let drafts = self.rows_as_kept(&drafts).await?;
        let rows = of(StoreName::Registrations, IndexName::RegistrationsByEvent);
        let rows = self.rows_as_kept(&rows).await?;
        let revisions = of(StoreName::Revisions, IndexName::RevisionsBySequence);
        let mut sequences: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for row in self.rows_as_kept(&revisions).await? {
            let id = row.text("registration_id").to_owned();
            sequences
                .entry(id)
                .or_default()
                .push(row.number("sequence"));
        }
        Ok(rows
            .iter()
            .filter_map(|row| {
                Some(Kept {
                    sequences: sequences.remove(&row.key).unwrap_or_default(),
                    id: RegistrationId::parse(&row.key)?,
                    counter: row.number("counter"),
                    revision: u32::try_from(row.number("revision")).ok()?,
                    sequence: row.number("sequence"),
                    has_draft: drafts.iter().any(|draft| draft.key == row.key),
                })
            })
            .collect())
    }

    /// Takes registrations with all their revisions off the tablet, and the bytes of
    /// batches, in one proven transaction. The vault may be locked.
    pub async fn wipe(
        &self,
        event: &StoredEvent,
        wipe: &Wipe,
        now: Moment,
    ) -> Result<StoredEvent, StoreError> {
        let at = u64::try_from(now.unix_ms()).unwrap_or(1).max(1);
        let mut writes = Vec::new();
        let mut revisions = 0;
        for id in &wipe.registrations {
            let query = Query {
                store: StoreName::Revisions,
                range: Range::Starting {
                    index: IndexName::RevisionsByRegistration,
                    prefix: vec![id.to_string().into()],
                },
            };
            let found = self.rows_as_kept(&query).await?;
            revisions += found.len() as u64;
            let keys = found.into_iter().map(|row| row.key);
            writes.extend(keys.map(|key| Write::Delete(StoreName::Revisions, key)));
            writes.push(Write::Delete(StoreName::Registrations, id.to_string()));
        }
        for id in &wipe.batches {
            let key = id.to_string();
            let found = self.rows_at(&[(StoreName::Batches, &key)]).await?.pop();
            // What is plain has no office that could have received it.
            let Some(row) = found.flatten().filter(|row| row.text(SEALED_TO) == OFFICE) else {
                continue;
            };
            let mut fields = row.fields;
            fields.insert(WIPED_AT, at.into());
            let body = Vec::new();
            writes.push(Write::Put(StoreName::Batches, Row { key, fields, body }));
            let entry = TransportEntry {
                batch_id: *id,
                step: Step::Wiped,
                at: now,
                problem: None,
            };
            writes.push(step_write(event.id(), &entry));
        }
        let entry_key = |sequence| numbered_key(&event.id().to_string(), sequence);
        let entries = wipe.attendance.iter().copied().map(entry_key);
        writes.extend(entries.map(|key| Write::Delete(StoreName::Attendance, key)));
        let next = EventState {
            // Counters that were 0 are in no row, so they alone would not be missed.
            epoch: event.state.epoch + 1,
            wiped: event.state.wiped + revisions,
            wiped_registrations: event.state.wiped_registrations + wipe.registrations.len() as u64,
            wiped_attendance: event.state.wiped_attendance + wipe.attendance.len() as u64,
            ..event.state
        };
        let mut commit = event.advance(next);
        commit.writes.extend(writes);
        self.commit_proven(&commit).await?;
        self.ask_journal_renewal();
        Ok(StoredEvent {
            tablet: event.tablet.clone(),
            state: next,
        })
    }
}
