//! An entry of the journal, version 1: what one commit wrote, kept in a file of its own
//! beside the database (docs/decisions/0015-journal.md). A line with the SHA-256 of the
//! rest in hexadecimal, and JSON with the rows as backups have them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::backup::{BackupStores, ReadRows, RowsRecord, read_stores, stores_record};
use super::digest::{hex, sha256};

const JOURNAL_FORMAT: &str = "pendapa-journal";
const JOURNAL_VERSION: u32 = 1;
/// Hexadecimal digits of a SHA-256.
const HASH: usize = 64;

/// Rows that were written and keys that were deleted, by the names of their stores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalEntry {
    pub written: BackupStores,
    pub deleted: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct EntryRecord<'a> {
    format: &'a str,
    version: u32,
    stores: BTreeMap<&'a str, RowsRecord<'a>>,
    deleted: &'a BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct ReadEntry {
    format: String,
    version: u32,
    stores: BTreeMap<String, ReadRows>,
    deleted: BTreeMap<String, Vec<String>>,
}

/// The bytes of an entry.
pub fn write_entry(entry: &JournalEntry) -> Vec<u8> {
    let json = serde_json::to_vec(&EntryRecord {
        format: JOURNAL_FORMAT,
        version: JOURNAL_VERSION,
        stores: stores_record(&entry.written),
        deleted: &entry.deleted,
    })
    .expect("an entry holds only strings and integers");
    let mut bytes = hex(&sha256(&json).0).into_bytes();
    bytes.push(b'\n');
    bytes.extend(json);
    bytes
}

/// Reads an entry; `None` if it is not whole, or of a later version.
pub fn read_entry(bytes: &[u8]) -> Option<JournalEntry> {
    let (hash, json) = bytes.split_at_checked(HASH)?;
    let json = json.strip_prefix(b"\n")?;
    if hex(&sha256(json).0).as_bytes() != hash {
        return None;
    }
    let read: ReadEntry = serde_json::from_slice(json).ok()?;
    let is_known = read.format == JOURNAL_FORMAT && read.version == JOURNAL_VERSION;
    is_known.then(|| JournalEntry {
        written: read_stores(read.stores),
        deleted: read.deleted,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::backup::{BackupField, BackupRow};

    fn entry(key: &str, body: Vec<u8>) -> JournalEntry {
        let fields = [
            ("event_id", BackupField::Text("e".to_owned())),
            ("sequence", BackupField::Integer(7)),
        ];
        let row = BackupRow {
            key: key.to_owned(),
            fields: fields.map(|(name, field)| (name.to_owned(), field)).into(),
            body,
        };
        JournalEntry {
            written: [("revisions".to_owned(), vec![row])].into(),
            deleted: [("drafts".to_owned(), vec![key.to_owned()])].into(),
        }
    }

    #[test]
    fn what_is_cut_or_changed_is_no_entry() {
        let bytes = write_entry(&entry("k", vec![1, 2, 3]));
        for end in 0..bytes.len() {
            assert_eq!(read_entry(&bytes[..end]), None, "{end}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(read_entry(&changed), None, "{at}");
        }
    }

    proptest! {
        #[test]
        fn entries_come_back(key: String, body: Vec<u8>) {
            let entry = entry(&key, body);
            prop_assert_eq!(read_entry(&write_entry(&entry)), Some(entry));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = read_entry(&bytes);
        }
    }
}
