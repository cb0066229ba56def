//! The list of who is expected at an event, version 1: the one row of the event in
//! `expected`.

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::pack_lists::Expected;
use super::registration_record::RecordError;

/// The version that this code writes.
const EXPECTED_VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct ExpectedRecord {
    version: u32,
    expected: Vec<Expected>,
}

/// The bytes of the row.
pub fn write_expected(list: &[Expected]) -> Vec<u8> {
    to_canonical(&ExpectedRecord {
        version: EXPECTED_VERSION,
        expected: list.to_vec(),
    })
    .expect("a list holds only strings")
}

/// Reads what `write_expected` wrote.
///
/// # Errors
/// The list is whole or not there: one that is damaged is imported again.
pub fn read_expected(bytes: &[u8]) -> Result<Vec<Expected>, RecordError> {
    let record: ExpectedRecord =
        serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
            line: error.line(),
            column: error.column(),
        })?;
    match record.version {
        EXPECTED_VERSION => Ok(record.expected),
        newer => Err(RecordError::Newer(newer)),
    }
}
