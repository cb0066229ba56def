//! An event as rows: all that a backup holds of it, and its way onto another
//! tablet. And which backups of it were made.

use std::collections::{BTreeMap, BTreeSet};

use super::batches::WIPED_AT;
use super::row::{Commit, Query, Range, Row, Value, Write, fields_of};
use super::schema::{IndexName, StoreName};
use super::sealing::opened_by;
use super::settings::officers_key;
use super::vaults::{Tries, ring_row};
use super::{EventState, Store, StoreError, StoredEvent};
use crate::domain::{Coded, DeviceId, EventId, Moment, coded};
use crate::format::backup::{BackupField, BackupRow, BackupStores};
use crate::format::key_ring::{KeyRing, read_ring};
use crate::format::registration_record::read_registration;
use crate::vault::open::Vault;

coded! {
    /// Where a backup went.
    pub enum BackupPlace {
        /// The file was given to the browser to save; where it went is unknown.
        Download => "backup_download",
        /// It was written to the folder that somebody granted, and read back.
        Folder => "backup_folder",
    }
}

/// A backup that left the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBackup {
    pub place: BackupPlace,
    pub at: Moment,
    pub file_name: String,
    /// How many revisions of the event were in it.
    pub saved: u64,
    /// How many entries of its attendance list.
    pub attended: u64,
}

/// An event as another tablet kept it, opened.
pub struct RestoredEvent {
    pub event: StoredEvent,
    pub ring: KeyRing,
    pub vault: Vault,
    /// Rows as they lie in the database, but those of event and keys.
    pub rows: Vec<(StoreName, Row)>,
}

/// Rows of an event that are found by an index.
const BY_INDEX: [(StoreName, IndexName); 9] = [
    (StoreName::Registrations, IndexName::RegistrationsByEvent),
    (StoreName::Revisions, IndexName::RevisionsBySequence),
    (StoreName::Drafts, IndexName::DraftsByEvent),
    (StoreName::Batches, IndexName::BatchesByEvent),
    (StoreName::Transport, IndexName::TransportByEvent),
    (StoreName::Audit, IndexName::AuditByEvent),
    (StoreName::Receipts, IndexName::ReceiptsByEvent),
    (StoreName::Neighbours, IndexName::NeighboursByEvent),
    (StoreName::Attendance, IndexName::AttendanceByEvent),
];

impl Store {
    /// Every row of an event as it lies in the database.
    pub(super) async fn event_rows(&self, id: &str) -> Result<Vec<(StoreName, Row)>, StoreError> {
        let officers = officers_key(id);
        let places = [
            (StoreName::Events, id),
            (StoreName::Vaults, id),
            (StoreName::Packs, id),
            (StoreName::Expected, id),
            (StoreName::Settings, officers.as_str()),
        ];
        let single = self.rows_at(&places).await?;
        let single = single.into_iter().zip(places);
        let mut rows: Vec<(StoreName, Row)> = single
            .filter_map(|(row, (store, _))| Some((store, row?)))
            .collect();
        for (store, index) in BY_INDEX {
            let prefix = vec![id.into()];
            let range = Range::Starting { index, prefix };
            let found = self.rows_as_kept(&Query { store, range }).await?;
            rows.extend(found.into_iter().map(|row| (store, row)));
        }
        Ok(rows)
    }

    /// Every row of an event, for a backup, as they stood between two writes of the
    /// event. The vault may be locked.
    pub async fn backup_rows(&self, event: EventId) -> Result<BackupStores, StoreError> {
        let id = event.to_string();
        let place = [(StoreName::Events, id.as_str())];
        let rows = loop {
            let before = self.rows_at(&place).await?;
            let rows = self.event_rows(&id).await?;
            // Each store is read by itself, and somebody may have been registered meanwhile.
            if self.rows_at(&place).await? == before {
                break rows;
            }
        };
        let mut stores = BackupStores::new();
        for (store, row) in rows {
            let rows = stores.entry(store.name().to_owned()).or_default();
            rows.push(backup_row(row));
        }
        Ok(stores)
    }

    /// Adds an event as another tablet kept it, in one proven transaction, and opens
    /// its vault. Returns how many of its rows are damaged; they stay so, and the
    /// others are readable.
    pub async fn add_restored(&self, restored: RestoredEvent) -> Result<usize, StoreError> {
        let RestoredEvent {
            event,
            ring,
            vault,
            rows,
        } = restored;
        let id = event.id();
        let mut damaged = 0;
        let mut writes = vec![
            Write::Add(StoreName::Events, event.row()),
            Write::Add(StoreName::Vaults, ring_row(id, &ring, Tries::default())),
        ];
        for (store, row) in rows {
            let row = opened_by(&vault, store, row);
            // An entry of the transport log has no body, and a wiped batch has none left.
            let is_bare = store == StoreName::Transport || row.number(WIPED_AT) > 0;
            damaged += usize::from(row.body.is_empty() && !is_bare);
            writes.push(Write::Add(store, row));
        }
        let checks = Vec::new();
        self.commit_unlocked(vault, &Commit { checks, writes })
            .await?;
        Ok(damaged)
    }

    /// Writes down that a backup left the app. The vault may be locked.
    pub async fn log_backup(&self, event: EventId, backup: &KeptBackup) -> Result<(), StoreError> {
        let at = u64::try_from(backup.at.unix_ms()).unwrap_or(0);
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(
                StoreName::Transport,
                Row::new(
                    format!("{event}/{}/{at}", backup.place.code()),
                    [
                        ("event_id", event.to_string().into()),
                        ("carrier", Value::from(backup.place.code())),
                        ("at", at.into()),
                        ("file_name", backup.file_name.clone().into()),
                        ("saved", backup.saved.into()),
                        ("attended", backup.attended.into()),
                    ],
                    Vec::new(),
                ),
            )],
        })
        .await
    }

    /// The backups of an event, oldest first.
    pub async fn backups_of(&self, event: EventId) -> Result<Vec<KeptBackup>, StoreError> {
        let rows = self.transport_of(event).await?;
        Ok(rows
            .iter()
            .filter_map(|row| {
                Some(KeptBackup {
                    place: BackupPlace::from_code(row.text("carrier"))?,
                    at: Moment::new(i64::try_from(row.number("at")).ok()?, 0),
                    file_name: row.text("file_name").to_owned(),
                    saved: row.number("saved"),
                    attended: row.number("attended"),
                })
            })
            .collect())
    }
}

/// A row in the words of files.
pub(super) fn backup_row(row: Row) -> BackupRow {
    let fields = row.fields.iter().map(|(name, value)| {
        let field = match value {
            Value::Integer(number) => BackupField::Integer(*number),
            Value::Text(text) => BackupField::Text(text.clone()),
        };
        ((*name).to_owned(), field)
    });
    BackupRow {
        fields: fields.collect(),
        key: row.key,
        body: row.body,
    }
}

/// An event of a backup, still closed.
#[derive(Clone)]
pub struct BackupEvent {
    /// As the tablet kept it that made the backup.
    pub event: StoredEvent,
    /// `None`: the event is from a version without a vault.
    pub ring: Option<KeyRing>,
    /// All other rows of the event.
    pub rows: Vec<(StoreName, Row)>,
}

/// The events of a backup, each with its rows. Rows of stores and fields that this
/// code does not know are left out, and events that cannot be read.
pub fn events_in(stores: BackupStores) -> Vec<BackupEvent> {
    let mut events = Vec::new();
    let mut rows: BTreeMap<String, Vec<(StoreName, Row)>> = BTreeMap::new();
    let mut rings: BTreeMap<String, KeyRing> = BTreeMap::new();
    for (name, kept) in stores {
        let Some(store) = StoreName::named(&name) else {
            continue;
        };
        for row in kept {
            let row = row_of(store, row);
            match store {
                StoreName::Events => events.extend(StoredEvent::read(&row)),
                StoreName::Vaults => {
                    rings.extend(read_ring(&row.body).ok().map(|ring| (row.key, ring)));
                }
                _ => {
                    let event = row.text("event_id").to_owned();
                    rows.entry(event).or_default().push((store, row));
                }
            }
        }
    }
    let closed = |event: StoredEvent| {
        let id = event.id().to_string();
        BackupEvent {
            event,
            ring: rings.remove(&id),
            rows: rows.remove(&id).unwrap_or_default(),
        }
    };
    events.into_iter().map(closed).collect()
}

impl BackupEvent {
    /// Its rows, opened where they are sealed by the event's vault; empty where the
    /// seal is broken.
    pub fn opened_rows(&self, vault: &Vault) -> impl Iterator<Item = (StoreName, Row)> {
        let rows = self.rows.iter().cloned();
        rows.map(|(store, row)| (store, opened_by(vault, store, row)))
    }

    /// Its counters. What the rescue page wrote store by store while the app was at
    /// work may have rows that its counters do not know yet: no number may be given out
    /// again.
    pub fn state(&self) -> EventState {
        let mut state = self.event.state;
        for (store, row) in &self.rows {
            let reach = |counter: &mut u64, field| *counter = (*counter).max(row.number(field));
            match store {
                StoreName::Registrations => reach(&mut state.issued, "counter"),
                StoreName::Revisions => reach(&mut state.saved, "sequence"),
                StoreName::Attendance => reach(&mut state.attended, "sequence"),
                StoreName::Batches => {
                    reach(&mut state.batches, "sequence");
                    reach(&mut state.batched, "last");
                }
                _ => {}
            }
        }
        state
    }

    /// The tablets whose registrations are in it. Events of the first builds do not
    /// say on which tablet they are, so the registrations are asked.
    pub fn tablets(&self, vault: &Vault) -> Vec<DeviceId> {
        let mut tablets = self.event.tablet.restored_from.clone();
        tablets.extend(self.event.tablet.device);
        for (store, row) in self.opened_rows(vault) {
            if store == StoreName::Registrations {
                tablets.extend(read_registration(&row.body).map(|read| read.device_id));
            }
        }
        let mut known = BTreeSet::new();
        tablets.retain(|tablet| known.insert(*tablet));
        tablets
    }
}

/// A row of a file; fields that this code does not know are left out.
pub(super) fn row_of(store: StoreName, row: BackupRow) -> Row {
    let BackupRow {
        key,
        fields: mut kept,
        body,
    } = row;
    let fields = store.fields().iter().filter_map(|name| {
        let value = match kept.remove(*name)? {
            BackupField::Integer(number) => Value::Integer(number),
            BackupField::Text(text) => Value::Text(text),
        };
        Some((*name, value))
    });
    Row {
        key,
        fields: fields_of(fields.collect()),
        body,
    }
}
