//! A backup, version 1: rows of the database as they lie there, so that another
//! tablet can go on with an event. Bodies that tell of people stay sealed by the
//! event's vault; the closed keys lie beside them. The file of the rescue page has
//! the same rows, of every event (`docs/backup-format.md`).

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// `format` of every backup.
pub const BACKUP_FORMAT: &str = "pendapa-backup";
/// `format` of what the rescue page writes.
const RESCUE_FORMAT: &str = "pendapa-rescue";
/// The version that this code writes.
const BACKUP_VERSION: u32 = 1;

/// A row, in the words of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    pub key: String,
    pub fields: BTreeMap<String, BackupField>,
    pub body: Vec<u8>,
}

/// A plain field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BackupField {
    Integer(i64),
    Text(String),
}

/// Rows by the name of their store.
pub type BackupStores = BTreeMap<String, Vec<BackupRow>>;

/// Why there is nothing to restore in a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BackupError {
    /// It is something else, or was cut on its way.
    #[error("not a backup, or not all of it")]
    NotABackup,
    /// A later version of the app wrote it.
    #[error("backup version {0}, this code reads {BACKUP_VERSION}")]
    Newer(u32),
}

#[derive(Serialize)]
struct BackupRecord<'a> {
    format: &'a str,
    version: u32,
    app: &'a str,
    made_at: &'a str,
    stores: BTreeMap<&'a str, RowsRecord<'a>>,
}

#[derive(Serialize)]
pub(super) struct RowsRecord<'a> {
    rows: Vec<RowRecord<'a>>,
}

#[derive(Serialize)]
pub(super) struct RowRecord<'a> {
    key: &'a str,
    value: BTreeMap<&'a str, MemberRecord<'a>>,
}

/// A member of a row: a plain field, or the body.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum MemberRecord<'a> {
    Field(&'a BackupField),
    Body { base64: String },
}

/// The bytes of a backup. `app` is name and version of the app, `made_at` a moment
/// in RFC 3339.
pub fn write_backup(app: &str, made_at: &str, stores: &BackupStores) -> Vec<u8> {
    serde_json::to_vec(&BackupRecord {
        format: BACKUP_FORMAT,
        version: BACKUP_VERSION,
        app,
        made_at,
        stores: stores_record(stores),
    })
    .expect("a backup holds only strings and integers")
}

pub(super) fn stores_record(stores: &BackupStores) -> BTreeMap<&str, RowsRecord<'_>> {
    let records = stores.iter().map(|(name, rows)| {
        let rows = rows.iter().map(row_record).collect();
        (name.as_str(), RowsRecord { rows })
    });
    records.collect()
}

fn row_record(row: &BackupRow) -> RowRecord<'_> {
    let fields = row.fields.iter();
    let mut value: BTreeMap<&str, MemberRecord> = fields
        .map(|(name, field)| (name.as_str(), MemberRecord::Field(field)))
        .collect();
    let base64 = STANDARD.encode(&row.body);
    value.insert(BODY, MemberRecord::Body { base64 });
    RowRecord {
        key: &row.key,
        value,
    }
}

/// Member of a row that holds its body.
const BODY: &str = "body";

#[derive(Deserialize)]
struct ReadRecord {
    format: String,
    version: u32,
    #[serde(default)]
    stores: BTreeMap<String, ReadRows>,
}

#[derive(Deserialize)]
pub(super) struct ReadRows {
    rows: Vec<ReadRow>,
}

#[derive(Deserialize)]
struct ReadRow {
    key: serde_json::Value,
    value: BTreeMap<String, serde_json::Value>,
}

/// Reads a backup, or what the rescue page wrote. Members that this code does not
/// know are left out.
pub fn read_backup(bytes: &[u8]) -> Result<BackupStores, BackupError> {
    let record: ReadRecord = serde_json::from_slice(bytes).map_err(|_| BackupError::NotABackup)?;
    if ![BACKUP_FORMAT, RESCUE_FORMAT].contains(&record.format.as_str()) {
        return Err(BackupError::NotABackup);
    }
    if record.version > BACKUP_VERSION {
        return Err(BackupError::Newer(record.version));
    }
    Ok(read_stores(record.stores))
}

pub(super) fn read_stores(stores: BTreeMap<String, ReadRows>) -> BackupStores {
    let read = stores
        .into_iter()
        .map(|(store, read)| (store, read.rows.into_iter().map(read_row).collect()));
    read.collect()
}

/// A row; a body that is no Base64 is empty, which no shape is.
fn read_row(row: ReadRow) -> BackupRow {
    let key = match row.key {
        serde_json::Value::String(key) => key,
        other => other.to_string(),
    };
    let mut fields = BTreeMap::new();
    let mut body = Vec::new();
    for (name, value) in row.value {
        if name == BODY {
            let text = value.get("base64").and_then(serde_json::Value::as_str);
            let bytes = text.and_then(|text| STANDARD.decode(text).ok());
            body = bytes.unwrap_or_default();
            continue;
        }
        let field = match value {
            serde_json::Value::String(text) => BackupField::Text(text),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(number) => BackupField::Integer(number),
                None => continue,
            },
            _ => continue,
        };
        fields.insert(name, field);
    }
    BackupRow { key, fields, body }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field() -> impl Strategy<Value = BackupField> {
        prop_oneof![
            (-(1_i64 << 53) + 1..1_i64 << 53).prop_map(BackupField::Integer),
            ".{0,12}".prop_map(BackupField::Text),
        ]
    }

    fn row() -> impl Strategy<Value = BackupRow> {
        let name = "[a-z_]{1,8}".prop_filter("that is the body", |name| name != BODY);
        let fields = proptest::collection::btree_map(name, field(), 0..4);
        let body = proptest::collection::vec(any::<u8>(), 0..40);
        ("[a-z0-9/-]{1,12}", fields, body).prop_map(|(key, fields, body)| BackupRow {
            key,
            fields,
            body,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            stores in proptest::collection::btree_map("[a-z]{1,8}", proptest::collection::vec(row(), 0..4), 0..4)
        ) {
            let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
            prop_assert_eq!(read_backup(&bytes), Ok(stores));
        }

        #[test]
        fn a_cut_backup_is_not_taken(
            stores in proptest::collection::btree_map("[a-z]{1,8}", proptest::collection::vec(row(), 0..3), 1..3),
            share in 0.0..1.0_f64
        ) {
            let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
            let cut = (bytes.len() as f64 * share) as usize;
            prop_assert_eq!(read_backup(&bytes[..cut]), Err(BackupError::NotABackup));
        }
    }

    #[test]
    fn what_the_rescue_page_writes_is_read_and_strangers_are_refused() {
        let rescue = br#"{"format":"pendapa-rescue","version":1,"database":{"name":"pendapa","version":2},
            "exported_at":"2026-11-24T03:00:00.000Z","stores":{"drafts":{"rows":[
            {"key":"a/1","value":{"id":"a/1","event_id":"e","saved_at":12,"body":{"base64":"AQI=","text":"\u0001"}}}],
            "unreadable":[{"key":"b","error":"DataError"}]}}}"#;
        let stores = read_backup(rescue).expect("a rescue file");
        let row = &stores["drafts"][0];
        assert_eq!(
            (row.key.as_str(), row.body.as_slice()),
            ("a/1", [1, 2].as_slice())
        );
        assert_eq!(row.fields["saved_at"], BackupField::Integer(12));
        let other = br#"{"format":"pendapa-batch","version":1}"#;
        assert_eq!(read_backup(other), Err(BackupError::NotABackup));
        let newer = br#"{"format":"pendapa-backup","version":2,"stores":{}}"#;
        assert_eq!(read_backup(newer), Err(BackupError::Newer(2)));
        let broken = br#"{"format":"pendapa-backup","version":1,"stores":{"drafts":{"rows":[{"key":"a","value":{"body":{"base64":"!"}}}]}}}"#;
        // A damaged row costs only itself.
        let stores = read_backup(broken).expect("a backup");
        assert!(stores["drafts"][0].body.is_empty());
    }
}
