//! The journal: everything that was written to the database, once more, as it lies there,
//! for files beside it. A browser throws a whole database away when it finds its files
//! damaged, which a tablet that loses power while it writes can bring about
//! (docs/decisions/0015-journal.md). From the journal all of it is brought back.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::backups::{backup_row, row_of};
use super::row::{Commit, Query, Range, Row, Write};
use super::schema::StoreName;
use super::settings::BALLAST;
use super::{Store, StoreError};
use crate::format::journal::JournalEntry;

/// Bytes of bodies after which a part of the whole ends.
const PART_BYTES: usize = 1024 * 1024;

/// What waits to be written into the journal.
#[derive(Default)]
pub(super) struct Journal {
    /// Called when there is something; `None`: nobody keeps a journal.
    on_work: Option<Rc<dyn Fn()>>,
    waiting: Vec<Commit>,
    is_renewal_asked: bool,
}

/// What a journal brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BroughtBack {
    pub registrations: usize,
    pub batches: usize,
}

impl Store {
    /// Begins to collect what is written. `on_work` is called each time there is
    /// something to keep, and must not touch the store at once.
    pub fn begin_journal(&self, on_work: Rc<dyn Fn()>) {
        self.journal.borrow_mut().on_work = Some(on_work);
    }

    /// What was written since the last call.
    pub fn take_journal(&self) -> Vec<JournalEntry> {
        let waiting = std::mem::take(&mut self.journal.borrow_mut().waiting);
        let entries = waiting.into_iter().map(entry_of);
        entries
            .filter(|entry| *entry != JournalEntry::default())
            .collect()
    }

    /// Asks for the journal to be begun anew with what stands in the database: what was
    /// destroyed or wiped must not live on in older files.
    pub fn ask_journal_renewal(&self) {
        let mut journal = self.journal.borrow_mut();
        journal.is_renewal_asked = true;
        let on_work = journal.on_work.clone();
        drop(journal);
        if let Some(on_work) = on_work {
            on_work();
        }
    }

    /// Whether it was asked for since the last call.
    pub fn take_journal_renewal(&self) -> bool {
        std::mem::take(&mut self.journal.borrow_mut().is_renewal_asked)
    }

    /// Notes a commit that stands, as it lies in the database.
    pub(super) fn note(&self, commit: &Commit) {
        let mut journal = self.journal.borrow_mut();
        let Some(on_work) = journal.on_work.clone() else {
            return;
        };
        journal.waiting.push(commit.clone());
        drop(journal);
        on_work();
    }

    /// Everything that stands in the database, in parts.
    pub async fn whole_journal(&self) -> Result<Vec<JournalEntry>, StoreError> {
        let mut parts = vec![JournalEntry::default()];
        let mut bytes = 0;
        for store in StoreName::ALL {
            let range = Range::All;
            for row in self.rows_as_kept(&Query { store, range }).await? {
                if is_left_out(store, &row.key) {
                    continue;
                }
                if bytes > PART_BYTES {
                    parts.push(JournalEntry::default());
                    bytes = 0;
                }
                bytes += row.body.len();
                let part = parts.last_mut().expect("there is a first");
                let rows = part.written.entry(store.name().to_owned()).or_default();
                rows.push(backup_row(row));
            }
        }
        Ok(parts)
    }

    /// Brings back what a journal holds, its oldest entry first, into a database that lost
    /// it. `None`: there is no event in it. Rows of stores and fields that this code does
    /// not know are left out.
    pub async fn bring_back(
        &self,
        entries: impl IntoIterator<Item = JournalEntry>,
    ) -> Result<Option<BroughtBack>, StoreError> {
        let mut rows: BTreeMap<(StoreName, String), Row> = BTreeMap::new();
        for entry in entries {
            for (name, written) in entry.written {
                let Some(store) = StoreName::named(&name) else {
                    continue;
                };
                for row in written {
                    rows.insert((store, row.key.clone()), row_of(store, row));
                }
            }
            for (name, deleted) in entry.deleted {
                if let Some(store) = StoreName::named(&name) {
                    for key in deleted {
                        rows.remove(&(store, key));
                    }
                }
            }
        }
        let count = |store| rows.keys().filter(|(of, _)| *of == store).count();
        if count(StoreName::Events) == 0 {
            return Ok(None);
        }
        let back = BroughtBack {
            registrations: count(StoreName::Registrations),
            batches: count(StoreName::Batches),
        };
        let writes = rows
            .into_iter()
            .map(|((store, _), row)| Write::Put(store, row))
            .collect();
        let checks = Vec::new();
        // All or nothing: half of it would look like all of it at the next start.
        self.commit_as_kept(&Commit { checks, writes }).await?;
        Ok(Some(back))
    }
}

fn entry_of(commit: Commit) -> JournalEntry {
    let mut entry = JournalEntry::default();
    for write in commit.writes {
        let (store, key) = write.place();
        if is_left_out(store, key) {
            continue;
        }
        let name = store.name().to_owned();
        match write {
            Write::Put(_, row) | Write::Add(_, row) => {
                // What was deleted before in the same commit is there again.
                if let Some(deleted) = entry.deleted.get_mut(&name) {
                    deleted.retain(|key| *key != row.key);
                }
                entry.written.entry(name).or_default().push(backup_row(row));
            }
            Write::Delete(_, key) => entry.deleted.entry(name).or_default().push(key),
        }
    }
    entry
}

/// The reserve only takes up room.
fn is_left_out(store: StoreName, key: &str) -> bool {
    store == StoreName::Settings && key == BALLAST
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
