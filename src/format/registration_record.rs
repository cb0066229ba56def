//! A registration as it is stored and exported, version 1.
//!
//! A row's body is the canonical JSON of this record, and a batch carries the
//! same bytes, so the hash of a revision is the same everywhere. Members that
//! a later version adds survive, because bodies are carried as they are.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::canonical::to_canonical;
use super::code::Code;
use super::digest::sha256;
use crate::domain::*;

/// The version that this code writes.
pub const RECORD_VERSION: u32 = 1;

/// One revision of one person's registration at one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RegistrationRecord {
    /// Version of this shape, 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: u32,
    /// UUIDv7, made at the first keystroke.
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub event_id: String,
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub device_id: String,
    /// Human number: event code, tablet letter, counter, check character.
    #[cfg_attr(
        test,
        schemars(regex(pattern = r"^[A-Z0-9]{2,6}-[A-Z]-[0-9]{3,}-[A-Z0-9]$"))
    )]
    pub number: String,
    /// 1 for the first, one more for each correction or voiding.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub revision: u32,
    /// Hash of the canonical bytes of the revision before; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub previous: Option<String>,
    pub status: Code<StatusCode>,
    /// Why this revision was made; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// RFC 3339 with offset, by the tablet's clock, which may be wrong.
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub recorded_at: String,
    /// Position among all revisions of this event on this tablet, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub sequence: u64,
    pub officer: String,
    pub person: PersonRecord,
    pub address: AddressRecord,
    pub business: BusinessRecord,
    pub work: WorkRecord,
    pub programme: ProgrammeRecord,
    pub consent: ConsentRecord,
    pub checks: ChecksRecord,
}

coded! {
    /// Whether the registration stands.
    pub enum StatusCode { Active => "active", Voided => "voided" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonRecord {
    /// 16 digits, always text.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{16}$")))]
    pub nik: String,
    pub name: String,
    pub birth_place: String,
    #[cfg_attr(test, schemars(regex(pattern = DATE)))]
    pub birth_date: String,
    pub sex: Code<Sex>,
    pub mother_name: String,
    /// E.164; absent when `no_phone` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^\+62[0-9]{8,13}$")))]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_phone: Option<Code<NoPhoneReason>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{16}$")))]
    pub family_card_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AddressRecord {
    pub street: String,
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{3}$")))]
    pub rt: String,
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{3}$")))]
    pub rw: String,
    /// Kemendagri code of a kelurahan of Kota Probolinggo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^35\.74\.[0-9]{2}\.[0-9]{4}$")))]
    pub kelurahan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^35\.74\.[0-9]{2}$")))]
    pub kecamatan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{5}$")))]
    pub postal_code: Option<String>,
    /// Kemendagri code of another city or regency, for addresses outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{2}\.[0-9]{2}$")))]
    pub region_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BusinessRecord {
    pub name: String,
    pub sector: Code<Sector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kelurahan: Option<String>,
    pub workers: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{13}$")))]
    pub nib: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kbli: Option<KbliRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KbliRecord {
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{5}$")))]
    pub code: String,
    pub edition: Code<KbliEdition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WorkRecord {
    pub occupation: String,
    pub transport: bool,
    /// Declared earnings, whole rupiah a month.
    pub income: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgrammeRecord {
    pub programmes: Vec<Code<Programme>>,
    pub payer: Code<Payer>,
    #[cfg_attr(test, schemars(regex(pattern = MONTH)))]
    pub start_month: String,
    /// How many months are paid for at once.
    #[cfg_attr(test, schemars(extend("enum" = PERIODS)))]
    pub months: u8,
    pub contributions: ContributionsRecord,
}

/// Contributions in whole rupiah, computed when the registration was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContributionsRecord {
    /// Version of the rate table that was used.
    pub rate_table: String,
    pub monthly: Vec<MonthRecord>,
    pub total: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MonthRecord {
    #[cfg_attr(test, schemars(regex(pattern = MONTH)))]
    pub month: String,
    pub jkk: u64,
    pub jkm: u64,
    pub jht: u64,
    pub total: u64,
    /// The discount that was applied, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConsentRecord {
    pub purposes: Vec<Code<Purpose>>,
    /// Hash of the text that was read out.
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub text_version: String,
    pub language: String,
    pub read_aloud_by: String,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub at: String,
    /// How the participant said yes; absent in registrations of a version that did not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<ConsentMarkRecord>,
    /// What was agreed to and taken back since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<WithdrawalRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WithdrawalRecord {
    pub purpose: Code<Purpose>,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub at: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConsentMarkRecord {
    pub kind: Code<MarkKind>,
    /// What was drawn on a pad of 1000 by 350: points `x,y` from its left and top, with a space
    /// between them, and `;` between strokes. Absent where nothing was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(test, schemars(regex(pattern = INK)))]
    pub ink: String,
    /// Who saw the mark of somebody who does not write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChecksRecord {
    /// Warnings that the officer confirmed.
    pub warnings: Vec<WarningRecord>,
    /// What the officer decided about others who may be the same person.
    pub duplicates: Vec<DuplicateRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WarningRecord {
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DuplicateRecord {
    /// Number of the other registration.
    pub other: String,
    /// Why it was asked; the same NIK if left out.
    #[serde(default = "same_nik", skip_serializing_if = "is_same_nik")]
    pub likeness: Code<Likeness>,
    pub decision: Code<Decision>,
    pub reason: String,
}

pub(super) fn same_nik() -> Code<Likeness> {
    Code(Likeness::SameNik)
}

pub(super) fn is_same_nik(likeness: &Code<Likeness>) -> bool {
    *likeness == same_nik()
}

/// Why stored bytes are not a registration. Names the member, never its value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    #[error("not a registration record: line {line}, column {column}")]
    Json { line: usize, column: usize },
    #[error("record version {0} is newer than this app")]
    Newer(u32),
    #[error("member {0} is not what it should be")]
    Member(&'static str),
}

#[cfg(test)]
pub(super) const UUID: &str = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
#[cfg(test)]
pub(super) const HASH: &str = r"^sha256:[0-9a-f]{64}$";
#[cfg(test)]
pub(super) const MOMENT: &str =
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}([+-][0-9]{2}:[0-9]{2}|Z)$";
#[cfg(test)]
pub(super) const INK: &str = r"^[0-9]+,[0-9]+( [0-9]+,[0-9]+)*(;[0-9]+,[0-9]+( [0-9]+,[0-9]+)*)*$";
#[cfg(test)]
pub(super) const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
#[cfg(test)]
pub(super) const MONTH: &str = r"^[0-9]{4}-[0-9]{2}$";

/// The bytes of a registration: a row's body and a batch's record.
pub fn write_registration(registration: &Registration) -> Vec<u8> {
    to_canonical(&RegistrationRecord::from(registration))
        .expect("a registration holds only strings, booleans and exact integers")
}

/// Reads what `write_registration` wrote.
pub fn read_registration(bytes: &[u8]) -> Result<Registration, RecordError> {
    let record: RegistrationRecord =
        serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
            line: error.line(),
            column: error.column(),
        })?;
    Registration::try_from(record)
}

/// The hash by which a later revision names this one.
pub fn revision_hash(body: &[u8]) -> Hash {
    sha256(body)
}
