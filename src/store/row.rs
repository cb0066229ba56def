//! Rows, and reads and writes as plain data, so that both back ends do the same.

use std::collections::BTreeMap;

use super::schema::{IndexName, StoreName};
use crate::format::digest::sha256;

/// The key of a row: an id, or an id and a number.
pub type Key = String;

/// A plain field of a row, by which rows are found and counted. Fields name
/// nobody: ids, counters, times, keyed fingerprints.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An exact integer within ±(2^53 − 1).
    Integer(i64),
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Integer(i64::from(number))
    }
}

impl From<bool> for Value {
    /// IndexedDB cannot index booleans.
    fn from(truth: bool) -> Self {
        Value::Integer(i64::from(truth))
    }
}

/// The plain fields of a row.
pub type Fields = BTreeMap<&'static str, Value>;

/// Fields from pairs, one by one: a map that is made of them all at once sorts them
/// first, with code for each number of pairs.
pub fn fields_of(pairs: Vec<(&'static str, Value)>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in pairs {
        fields.insert(name, value);
    }
    fields
}

/// A row: a key, plain fields, and a body that only `format` can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub key: Key,
    pub fields: Fields,
    pub body: Vec<u8>,
}

impl Row {
    /// A row with the given fields.
    pub fn new<const N: usize>(
        key: impl Into<Key>,
        fields: [(&'static str, Value); N],
        body: Vec<u8>,
    ) -> Self {
        Row {
            key: key.into(),
            fields: fields_of(fields.into()),
            body,
        }
    }

    /// Whether a row that was read back is the row that was written.
    pub fn is_same_as(&self, written: &Row) -> bool {
        self.key == written.key
            && self.fields == written.fields
            && self.body.len() == written.body.len()
            && sha256(&self.body) == sha256(&written.body)
    }

    /// A field that holds a number that is never negative, or 0.
    pub fn number(&self, field: &str) -> u64 {
        match self.fields.get(field) {
            Some(Value::Integer(number)) => u64::try_from(*number).unwrap_or(0),
            _ => 0,
        }
    }

    /// A field that holds text, or nothing.
    pub fn text(&self, field: &str) -> &str {
        match self.fields.get(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

/// What must hold for a commit to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub store: StoreName,
    pub key: Key,
    pub expect: Expect,
}

/// How a row must stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    Absent,
    /// There, with these fields (others may be anything).
    Fields(Fields),
}

impl Expect {
    /// Whether what was found is what was expected.
    pub fn holds(&self, found: Option<&Row>) -> bool {
        match (self, found) {
            (Expect::Absent, None) => true,
            (Expect::Fields(fields), Some(row)) => fields
                .iter()
                .all(|(name, value)| row.fields.get(name) == Some(value)),
            _ => false,
        }
    }
}

/// One row to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Writes over what is there.
    Put(StoreName, Row),
    /// Fails with a conflict if the key is taken.
    Add(StoreName, Row),
    Delete(StoreName, Key),
}

impl Write {
    /// The store it writes to.
    pub fn store(&self) -> StoreName {
        self.place().0
    }

    /// The store and the key that it writes.
    pub fn place(&self) -> (StoreName, &str) {
        match self {
            Write::Put(store, row) | Write::Add(store, row) => (*store, &row.key),
            Write::Delete(store, key) => (*store, key),
        }
    }
}

/// A transaction: all checks hold and all rows are written, or nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commit {
    pub checks: Vec<Check>,
    pub writes: Vec<Write>,
}

impl Commit {
    /// Every store that takes part, each once.
    pub fn stores(&self) -> Vec<StoreName> {
        let checked = self.checks.iter().map(|check| check.store);
        let mut stores = Vec::new();
        for store in checked.chain(self.writes.iter().map(Write::store)) {
            if !stores.contains(&store) {
                stores.push(store);
            }
        }
        stores
    }
}

/// Which rows to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub store: StoreName,
    pub range: Range,
}

/// A range over a store or one of its indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    All,
    /// Rows whose index key begins with these values.
    Starting {
        index: IndexName,
        prefix: Vec<Value>,
    },
    /// Rows whose index key begins with `prefix`, and whose next value is a
    /// number greater than `after`.
    After {
        index: IndexName,
        prefix: Vec<Value>,
        after: u64,
    },
}
