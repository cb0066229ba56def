//! Rows in memory, for tests only: a browser that refuses IndexedDB may not
//! register anybody.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::StoreError;
use super::row::{Commit, Key, Query, Range, Row, Value, Write};
use super::schema::{IndexName, StoreName};

type Rows = BTreeMap<StoreName, BTreeMap<Key, Row>>;

/// A store that lasts as long as the value.
#[derive(Default)]
pub struct MemoryStore {
    rows: RefCell<Rows>,
    fault: RefCell<Option<StoreError>>,
    lasting_fault: RefCell<Option<StoreError>>,
}

impl MemoryStore {
    /// Makes the next commit fail with this error before it writes anything.
    pub fn fail_next(&self, error: StoreError) {
        *self.fault.borrow_mut() = Some(error);
    }

    /// Makes every commit fail with this error, until told otherwise.
    pub fn fail_all(&self, error: Option<StoreError>) {
        *self.lasting_fault.borrow_mut() = error;
    }

    /// A row as it is kept, which is there.
    pub fn kept(&self, store: StoreName, key: &str) -> Row {
        let row = self.rows_at(&[(store, key)]).pop().flatten();
        row.expect("a row")
    }

    /// Changes one byte of a body, as a worn-out disk would.
    pub fn damage(&self, store: StoreName, key: &str) {
        if let Some(row) = self
            .rows
            .borrow_mut()
            .get_mut(&store)
            .and_then(|rows| rows.get_mut(key))
        {
            row.body[0] ^= 0xff;
        }
    }

    pub(super) fn rows_at(&self, places: &[(StoreName, &str)]) -> Vec<Option<Row>> {
        let rows = self.rows.borrow();
        let row = |(store, key): &(StoreName, &str)| rows.get(store)?.get(*key).cloned();
        places.iter().map(row).collect()
    }

    pub(super) fn rows(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        let rows = self.rows.borrow();
        let Some(rows) = rows.get(&query.store) else {
            return Ok(Vec::new());
        };
        let mut found: Vec<(Vec<Value>, Row)> = rows
            .values()
            .filter_map(|row| Some((matched_key(&query.range, row)?, row.clone())))
            .collect();
        found.sort_by(|(a, left), (b, right)| a.cmp(b).then_with(|| left.key.cmp(&right.key)));
        Ok(found.into_iter().map(|(_, row)| row).collect())
    }

    pub(super) fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        if let Some(error) = self.fault.borrow_mut().take() {
            return Err(error);
        }
        if let Some(error) = &*self.lasting_fault.borrow() {
            return Err(error.clone());
        }
        let mut rows = self.rows.borrow().clone();
        for check in &commit.checks {
            let found = rows.get(&check.store).and_then(|rows| rows.get(&check.key));
            if !check.expect.holds(found) {
                return Err(conflict(check.store));
            }
        }
        for write in &commit.writes {
            let store = rows.entry(write.store()).or_default();
            match write {
                Write::Put(name, row) => {
                    refuse_second(*name, store, row)?;
                    store.insert(row.key.clone(), row.clone());
                }
                Write::Add(name, row) => {
                    if store.contains_key(&row.key) {
                        return Err(conflict(*name));
                    }
                    refuse_second(*name, store, row)?;
                    store.insert(row.key.clone(), row.clone());
                }
                Write::Delete(_, key) => {
                    store.remove(key);
                }
            }
        }
        *self.rows.borrow_mut() = rows;
        Ok(())
    }
}

fn conflict(store: StoreName) -> StoreError {
    StoreError::Conflict {
        store: store.name(),
    }
}

/// Unique indexes take a key once.
fn refuse_second(store: StoreName, rows: &BTreeMap<Key, Row>, new: &Row) -> Result<(), StoreError> {
    for index in store.indexes().iter().filter(|index| index.is_unique()) {
        // A row without one of the fields is not in the index at all.
        let Some(key) = index_key(*index, new) else {
            continue;
        };
        let taken = rows
            .values()
            .any(|row| row.key != new.key && index_key(*index, row).as_ref() == Some(&key));
        if taken {
            return Err(conflict(store));
        }
    }
    Ok(())
}

fn index_key(index: IndexName, row: &Row) -> Option<Vec<Value>> {
    index
        .fields()
        .iter()
        .map(|field| row.fields.get(field).cloned())
        .collect()
}

/// The key by which a row stands in a range, or `None` if it is outside.
fn matched_key(range: &Range, row: &Row) -> Option<Vec<Value>> {
    match range {
        Range::All => Some(Vec::new()),
        Range::Starting { index, prefix } => {
            index_key(*index, row).filter(|key| key.starts_with(prefix))
        }
        Range::After {
            index,
            prefix,
            after,
        } => index_key(*index, row).filter(|key| {
            key.starts_with(prefix)
                && key
                    .get(prefix.len())
                    .is_some_and(|next| *next > Value::from(*after))
        }),
    }
}
