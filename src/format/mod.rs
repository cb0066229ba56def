//! Every shape that outlives the process: rows in the store, the batch file,
//! spreadsheets. Only this layer derives `Serialize` and `Deserialize`; a
//! derive is a promise to data that was written long ago.

pub mod attendance_record;
pub mod audit_record;
pub mod backup;
pub mod batch_file;
pub mod canonical;
pub mod code;
pub mod config;
pub mod csv;
pub mod digest;
pub mod draft_record;
pub mod event_pack;
pub mod event_record;
pub mod exchange;
pub mod expected_record;
pub mod frames;
mod head;
pub mod journal;
pub mod key_ring;
pub mod office_record;
pub mod pack_lists;
pub mod people_table;
pub mod receipt_file;
mod registration_convert;
pub mod registration_record;
pub mod rules_record;

#[cfg(test)]
mod audit_tests;
#[cfg(test)]
mod expected_tests;
#[cfg(test)]
mod law_tests;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
pub(crate) mod vector_tests;
