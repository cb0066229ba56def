//! The one port: where rows are kept. Two back ends keep the same promises,
//! which `contract` states: IndexedDB in the browser, and memory for tests on
//! the host.
//!
//! A write is plain data, a [`Commit`]: checks that must hold and rows to
//! write, all or nothing. A row counts as written only when it was read back
//! and compared ([`Store::commit_proven`]).
//!
//! What tells of people is sealed on its way in and opened on its way out, by the
//! vault of its event ([`sealing`]); while that is locked there is neither.

pub mod row;
pub mod schema;

mod attendance;
mod audit;
mod backups;
mod batches;
mod drafts;
mod events;
mod expected;
mod journal;
mod neighbours;
mod receipts;
mod registrations;
mod sealing;
mod settings;
mod transport;
mod vaults;
mod wiping;

#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
#[cfg(not(target_arch = "wasm32"))]
pub mod memory;
pub mod migrations;

#[doc(hidden)]
pub mod contract;
#[doc(hidden)]
pub mod samples;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use thiserror::Error;

use crate::vault::open::Vault;
pub use backups::{BackupEvent, BackupPlace, KeptBackup, RestoredEvent, events_in};
pub use batches::StoredBatch;
pub use events::{EventState, StoredEvent};
pub use journal::BroughtBack;
pub use neighbours::Neighbour;
pub use receipts::StoredReceipt;
pub use registrations::{Damaged, Head, StoredRevision};
use row::{Commit, Key, Query, Row, Write};
use schema::StoreName;
pub use settings::BALLAST_BYTES;
pub use transport::UploadTrack;
pub use vaults::{Protection, Tries, Try};
pub use wiping::{Kept as KeptRegistration, Wipe};

/// Why the store did not do what was asked. Nothing was written in any case
/// but `NotProven`, where it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser gives this page no database (private window, policy).
    #[error("no database: {name}")]
    Unavailable { name: String },
    /// A later version of the app wrote this database.
    #[error("database version {found}, this app knows {supported}")]
    SchemaTooNew { found: u32, supported: u32 },
    /// Another tab keeps an older version open.
    #[error("another tab holds the database at an older version")]
    Blocked,
    /// No room left on the tablet for this app.
    #[error("storage is full")]
    QuotaExceeded,
    /// A check did not hold: somebody else wrote first.
    #[error("a row of {store} is not as expected")]
    Conflict { store: &'static str },
    /// The connection died, was opened again, and died again.
    #[error("connection lost: {name}")]
    ConnectionLost { name: String },
    /// Written, but what was read back is not what was written.
    #[error("row of {store} could not be proven")]
    NotProven { store: &'static str },
    /// Registering at the event ended.
    #[error("the event is closed")]
    Closed,
    /// The vault of the event is locked: its rows can be neither read nor written.
    #[error("the vault is locked")]
    Locked,
    /// A row cannot be read.
    #[error("row of {store} is damaged")]
    Damaged { store: &'static str },
    /// Anything else that the browser says.
    #[error("{name}: {message}")]
    Browser { name: String, message: String },
}

/// Where rows are, and the open vaults that seal and open them.
pub struct Store {
    rows: BackEnd,
    vaults: RefCell<BTreeMap<String, Rc<Vault>>>,
    journal: RefCell<journal::Journal>,
}

/// How rows are compared with what was written.
#[derive(Clone, Copy)]
enum Kept {
    /// As the bytes that lie in the database.
    Sealed,
    /// As what they say.
    Opened,
}

/// The back end: one for each target, so that the app carries no other.
enum BackEnd {
    #[cfg(not(target_arch = "wasm32"))]
    Memory(memory::MemoryStore),
    #[cfg(target_arch = "wasm32")]
    IndexedDb(indexed_db::IndexedDbStore),
}

impl Store {
    fn on(rows: BackEnd) -> Self {
        Store {
            rows,
            vaults: RefCell::default(),
            journal: RefCell::default(),
        }
    }

    /// An empty store that lasts as long as the value, for tests.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn in_memory() -> Self {
        Store::on(BackEnd::Memory(memory::MemoryStore::default()))
    }

    /// What tests do to the memory.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn memory(&self) -> &memory::MemoryStore {
        let BackEnd::Memory(memory) = &self.rows;
        memory
    }

    /// A store in the browser's database of this name.
    #[cfg(target_arch = "wasm32")]
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let rows = indexed_db::IndexedDbStore::open(name).await?;
        Ok(Store::on(BackEnd::IndexedDb(rows)))
    }

    /// What tests do to the connection.
    #[cfg(target_arch = "wasm32")]
    pub fn indexed_db(&self) -> &indexed_db::IndexedDbStore {
        let BackEnd::IndexedDb(indexed_db) = &self.rows;
        indexed_db
    }

    /// One row by key.
    pub async fn row(&self, store: StoreName, key: &str) -> Result<Option<Row>, StoreError> {
        match self.rows_at(&[(store, key)]).await?.pop().flatten() {
            None => Ok(None),
            Some(row) => self.opened(store, row).map(Some),
        }
    }

    /// Rows by store and key as they lie in the database, all in one transaction, in
    /// the order of the places.
    async fn rows_at(&self, places: &[(StoreName, &str)]) -> Result<Vec<Option<Row>>, StoreError> {
        match &self.rows {
            #[cfg(not(target_arch = "wasm32"))]
            BackEnd::Memory(memory) => Ok(memory.rows_at(places)),
            #[cfg(target_arch = "wasm32")]
            BackEnd::IndexedDb(indexed_db) => indexed_db.rows_at(places).await,
        }
    }

    /// Rows by index and range, in the order of the index.
    pub async fn rows(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        let rows = self.rows_as_kept(query).await?;
        rows.into_iter()
            .map(|row| self.opened(query.store, row))
            .collect()
    }

    async fn rows_as_kept(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        match &self.rows {
            #[cfg(not(target_arch = "wasm32"))]
            BackEnd::Memory(memory) => memory.rows(query),
            #[cfg(target_arch = "wasm32")]
            BackEnd::IndexedDb(indexed_db) => indexed_db.rows(query).await,
        }
    }

    /// How many rows a range holds.
    pub async fn count(&self, query: &Query) -> Result<u32, StoreError> {
        match &self.rows {
            #[cfg(not(target_arch = "wasm32"))]
            BackEnd::Memory(memory) => memory.rows(query).map(|rows| rows.len() as u32),
            #[cfg(target_arch = "wasm32")]
            BackEnd::IndexedDb(indexed_db) => indexed_db.count(query).await,
        }
    }

    /// Whether there is a row, without reading it.
    pub async fn has(&self, store: StoreName, key: &str) -> Result<bool, StoreError> {
        match &self.rows {
            #[cfg(not(target_arch = "wasm32"))]
            BackEnd::Memory(memory) => Ok(memory.rows_at(&[(store, key)])[0].is_some()),
            #[cfg(target_arch = "wasm32")]
            BackEnd::IndexedDb(indexed_db) => indexed_db.has(store, key).await,
        }
    }

    /// Writes all or nothing; returns when the transaction is complete and the
    /// browser was asked to bring it to the disk (`durability: "strict"`).
    pub async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.commit_as_kept(&*self.sealed(commit)?).await
    }

    async fn commit_as_kept(&self, commit: &Commit) -> Result<(), StoreError> {
        match &self.rows {
            #[cfg(not(target_arch = "wasm32"))]
            BackEnd::Memory(memory) => memory.commit(commit),
            #[cfg(target_arch = "wasm32")]
            BackEnd::IndexedDb(indexed_db) => indexed_db.commit(commit).await,
        }?;
        self.note(commit);
        Ok(())
    }

    /// Writes, reads every row back and compares it. Only after this may
    /// anybody be told that something was saved.
    ///
    /// A write that was repeated on a new connection after the first one died
    /// may find its own rows there: that is success, not a conflict.
    ///
    /// On a full tablet the reserve is freed and the write is tried once more.
    pub async fn commit_proven(&self, commit: &Commit) -> Result<(), StoreError> {
        self.commit_compared(commit, Kept::Opened).await
    }

    /// The same, where somebody else may have written rows that say the same: only
    /// these very bytes count as its own.
    pub(super) async fn append_proven(&self, commit: &Commit) -> Result<(), StoreError> {
        self.commit_compared(commit, Kept::Sealed).await
    }

    async fn commit_compared(&self, commit: &Commit, own: Kept) -> Result<(), StoreError> {
        // Sealed once: what is read back must be the same bytes.
        let sealed = &*self.sealed(commit)?;
        let mut outcome = self.commit_as_kept(sealed).await;
        if outcome == Err(StoreError::QuotaExceeded) && self.drop_ballast().await == Ok(true) {
            outcome = self.commit_as_kept(sealed).await;
        }
        match outcome {
            Ok(()) => match self.first_unproven(sealed, Kept::Sealed).await? {
                None => Ok(()),
                Some(store) => Err(StoreError::NotProven {
                    store: store.name(),
                }),
            },
            Err(StoreError::Conflict { store }) => {
                let written = match own {
                    Kept::Sealed => sealed,
                    // An earlier call sealed the same rows to other bytes.
                    Kept::Opened => commit,
                };
                match self.first_unproven(written, own).await? {
                    None => {
                        // It was written by a call whose answer was lost.
                        self.note(sealed);
                        Ok(())
                    }
                    Some(_) => Err(StoreError::Conflict { store }),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// The store of the first written row that does not stand there as written.
    async fn first_unproven(
        &self,
        commit: &Commit,
        kept: Kept,
    ) -> Result<Option<StoreName>, StoreError> {
        let places: Vec<(StoreName, &str)> = commit.writes.iter().map(Write::place).collect();
        let found = self.rows_at(&places).await?;
        for (write, found) in commit.writes.iter().zip(found) {
            let store = write.store();
            let found = match kept {
                Kept::Sealed => found,
                Kept::Opened => found.map(|row| self.opened(store, row)).transpose()?,
            };
            let proven = match write {
                Write::Put(_, row) | Write::Add(_, row) => {
                    found.is_some_and(|found| found.is_same_as(row))
                }
                Write::Delete(..) => found.is_none(),
            };
            if !proven {
                return Ok(Some(store));
            }
        }
        Ok(None)
    }
}

/// A text key of a row made of an id and a small number, in sorting order.
pub(crate) fn numbered_key(id: &str, number: u64) -> Key {
    format!("{id}/{number:010}")
}
