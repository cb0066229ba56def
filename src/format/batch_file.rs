//! The batch file, version 1: one canonical JSON document that carries every
//! revision not yet in a batch, chained to the batch before it.
//!
//! Two hashes, never mixed: `document_hash` is over the plain canonical bytes
//! and chains batches; `file_hash` is over the bytes that are carried and names
//! the file. Without sealing both are over the same bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use super::attendance_record::{AttendanceRecord, read_attendance};
use super::audit_record::{AuditChainError, AuditRecord, AuditRun, check_audit_chain};
use super::canonical::{canonical_value, to_canonical};
use super::digest::sha256;
#[cfg(test)]
use super::registration_record::{DATE, HASH, MOMENT, UUID};
use super::registration_record::{
    RecordError, RegistrationRecord, read_registration, revision_hash,
};
use crate::domain::*;

/// `format` of every batch.
pub const BATCH_FORMAT: &str = "pendapa-batch";
/// The version that this code writes.
pub const BATCH_VERSION: u32 = 1;

/// Where a batch comes from and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Manifest {
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    pub event: ManifestEvent,
    pub device: ManifestDevice,
    /// 1 for the first batch of the event on this tablet, one more for each after. Where
    /// the tablet goes on from a backup it counts on from the last batch in that.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub sequence: u64,
    /// Document hash of the batch before, which may be another tablet's where this one goes
    /// on from a backup; absent where `sequence` is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub previous: Option<String>,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub created_at: String,
    /// Name and version of the app.
    pub app: String,
    pub counts: Counts,
    /// In the last batch of an event: all that this tablet gave out, kept and handed
    /// over before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconciliation: Option<ReconciliationRecord>,
}

impl Manifest {
    /// What names files, chains batches and finds tablets has the one form in which it is
    /// written.
    fn check(&self) -> Result<(), BatchError> {
        let is_id = |text: &str| BatchId::parse(text).is_some_and(|id| id.to_string() == text);
        let Manifest { event, device, .. } = self;
        let code = EventCode::parse(&event.code).map(|code| code.to_string());
        let letter = TabletLetter::parse(&device.letter).map(|letter| letter.to_string());
        let members = [
            ("id", is_id(&self.id)),
            ("event.id", is_id(&event.id)),
            ("event.code", code.as_ref() == Ok(&event.code)),
            ("device.id", is_id(&device.id)),
            ("device.letter", letter.as_ref() == Ok(&device.letter)),
            (
                "device.restored_from",
                device.restored_from.iter().all(|id| is_id(id)),
            ),
            ("sequence", self.sequence >= 1),
            ("previous", self.previous.as_deref().is_none_or(is_hash)),
        ];
        match members.into_iter().find(|(_, is_right)| !is_right) {
            Some((member, _)) => Err(BatchError::Manifest(member)),
            None => Ok(()),
        }
    }
}

fn is_hash(text: &str) -> bool {
    Hash::parse(text).is_some()
}

/// What is compared at the end with the count at the table and with what arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReconciliationRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_number: Option<String>,
    /// Numbers given out.
    pub issued: u64,
    /// Revisions saved.
    pub saved: u64,
    pub voided: u64,
    /// Revisions in batches, this one's counted.
    pub batched: u64,
    /// Entries of the attendance list.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attended: u64,
    /// The batches before this one.
    pub batches: Vec<ReconciledBatchRecord>,
}

/// A batch in a reconciliation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReconciledBatchRecord {
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub sequence: u64,
    /// Revisions in it.
    pub records: u64,
    /// The first eight digits of its file's hash.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9a-f]{8}$")))]
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ManifestEvent {
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    #[cfg_attr(test, schemars(regex(pattern = r"^[A-Z0-9]{2,6}$")))]
    pub code: String,
    pub name: String,
    #[cfg_attr(test, schemars(regex(pattern = DATE)))]
    pub date: String,
    pub venue: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ManifestDevice {
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    #[cfg_attr(test, schemars(regex(pattern = r"^[A-Z]$")))]
    pub letter: String,
    /// Public key of the tablet for this event, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^ed25519:")))]
    pub key: Option<String>,
    /// Ids of tablets whose event goes on here from a backup: their records are in
    /// this tablet's batches, and its chain begins where one of theirs ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored_from: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// Revisions in this batch.
    pub records: u64,
    /// Numbers issued so far at this event on this tablet.
    pub issued: u64,
    /// Revisions saved so far at this event on this tablet.
    pub saved: u64,
    /// Registrations voided so far at this event on this tablet.
    pub voided: u64,
    /// Entries of the attendance list so far at this event on this tablet.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attended: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The shape of the whole document, for the schema and for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BatchDocument {
    #[cfg_attr(test, schemars(extend("const" = BATCH_FORMAT)))]
    pub format: String,
    #[cfg_attr(test, schemars(extend("const" = BATCH_VERSION)))]
    pub version: u32,
    pub manifest: Manifest,
    /// Every revision that was not yet in a batch, by sequence.
    pub records: Vec<RegistrationRecord>,
    /// Who came and was not registered: every entry that was not yet in a batch, by sequence.
    pub attendance: Vec<AttendanceRecord>,
    pub attachments: Vec<Value>,
    /// Entries of the audit log that were not yet in a batch, by sequence.
    pub audit: Vec<AuditRecord>,
    /// Signature over the document without this member, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureRecord {
    pub algorithm: String,
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9a-f]{128}$")))]
    pub value: String,
}

impl SignatureRecord {
    /// Reads a signature as it is written, and no other: one document has one signature
    /// and one hash, which nobody changes without the key.
    fn read(value: Value) -> Result<Self, BatchError> {
        let read: Self = serde_json::from_value(value).map_err(|_| BatchError::Signature)?;
        let is_digit = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        let is_signature = read.value.len() == 128 && read.value.bytes().all(is_digit);
        is_signature.then_some(read).ok_or(BatchError::Signature)
    }
}

/// A batch as bytes, and what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFile {
    /// `pendapa-<event code>-<letter>-<sequence>-<first 8 of file_hash>.pendapa.json`
    pub name: String,
    pub document_hash: Hash,
    pub file_hash: Hash,
    pub bytes: Vec<u8>,
}

/// Why bytes are not a batch that can be relied on.
#[derive(Debug, Error)]
pub enum BatchError {
    #[error("not a batch: line {line}, column {column}")]
    Json { line: usize, column: usize },
    #[error("not a pendapa batch")]
    Format,
    #[error("batch version {0} is newer than this app")]
    Newer(u32),
    #[error("the bytes are not the canonical ones")]
    NotCanonical,
    #[error("record {position}: {error}")]
    Record { position: usize, error: RecordError },
    #[error("member {0} of the manifest is not what it should be")]
    Manifest(&'static str),
    #[error("the signature is not in the form in which it is written")]
    Signature,
    #[error("the manifest counts {counted} records, the batch holds {held}")]
    Count { counted: u64, held: u64 },
    #[error("record {position} is not in sequence")]
    Sequence { position: usize },
    #[error("record {position} belongs to another event or tablet")]
    Foreign { position: usize },
    #[error("attendance {position}: {error}")]
    Attendance { position: usize, error: RecordError },
    #[error("attendance {position} is not in sequence")]
    AttendanceSequence { position: usize },
    #[error("attendance {position} belongs to another event or tablet")]
    AttendanceForeign { position: usize },
    #[error(transparent)]
    Audit(#[from] AuditChainError),
}

/// What a batch carries, each as the bytes in which it is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchBodies<'a> {
    pub records: &'a [&'a [u8]],
    pub attendance: &'a [&'a [u8]],
    pub audit: &'a [&'a [u8]],
}

/// Puts a batch together from bodies, which are canonical already and are carried
/// verbatim: an object in an object keeps its canonical bytes.
pub fn write_batch(manifest: &Manifest, bodies: BatchBodies) -> Vec<u8> {
    let manifest_bytes =
        to_canonical(manifest).expect("a manifest holds only strings and exact integers");
    let BatchBodies {
        records,
        attendance,
        audit,
    } = bodies;
    let bodies = records.iter().chain(attendance).chain(audit);
    let size: usize = bodies.map(|body| body.len() + 1).sum();
    let mut bytes = Vec::with_capacity(size + manifest_bytes.len() + 512);
    // Members in canonical order, which is the order of the alphabet.
    bytes.extend_from_slice(br#"{"attachments":[],"attendance":["#);
    bytes.extend_from_slice(&attendance.join(&b','));
    bytes.extend_from_slice(br#"],"audit":["#);
    bytes.extend_from_slice(&audit.join(&b','));
    bytes.extend_from_slice(format!("],\"format\":\"{BATCH_FORMAT}\",\"manifest\":").as_bytes());
    bytes.extend_from_slice(&manifest_bytes);
    bytes.extend_from_slice(br#","records":["#);
    bytes.extend_from_slice(&records.join(&b','));
    bytes.extend_from_slice(format!("],\"version\":{BATCH_VERSION}}}").as_bytes());
    bytes
}

/// A batch as it is carried: plain, or sealed in the age format. `plain` is the
/// whole document, signed where it is.
pub fn batch_file(manifest: &Manifest, plain: Vec<u8>, sealed: Option<Vec<u8>>) -> BatchFile {
    let document_hash = sha256(&plain);
    let ending = if sealed.is_some() { ".age" } else { "" };
    let bytes = sealed.unwrap_or(plain);
    let file_hash = sha256(&bytes);
    BatchFile {
        name: format!("{}{ending}", file_name(manifest, &file_hash)),
        document_hash,
        file_hash,
        bytes,
    }
}

/// Canonically the last member but one of a batch, where there is a signature.
const BEFORE_SIGNATURE: &[u8] = b",\"version\":";

/// A plain batch with its signature, canonical again. `document` is what
/// `write_batch` wrote.
pub fn signed(document: &[u8], signature: &SignatureRecord) -> Vec<u8> {
    let at = document
        .windows(BEFORE_SIGNATURE.len())
        .rposition(|bytes| bytes == BEFORE_SIGNATURE)
        .expect("a batch ends with its version");
    let member = to_canonical(signature).expect("a signature holds only strings");
    let mut bytes = Vec::with_capacity(document.len() + member.len() + 16);
    bytes.extend_from_slice(&document[..at]);
    bytes.extend_from_slice(b",\"signature\":");
    bytes.extend_from_slice(&member);
    bytes.extend_from_slice(&document[at..]);
    bytes
}

/// A plain batch without its signature, as it was signed, and the signature.
pub fn without_signature(bytes: &[u8]) -> Result<(Vec<u8>, Option<SignatureRecord>), BatchError> {
    let json = |error: serde_json::Error| BatchError::Json {
        line: error.line(),
        column: error.column(),
    };
    let mut value: Value = serde_json::from_slice(bytes).map_err(json)?;
    let members = value.as_object_mut().ok_or(BatchError::Format)?;
    let signature = members.remove("signature");
    let signature = signature.map(SignatureRecord::read).transpose()?;
    let document = canonical_value(&value).map_err(|_| BatchError::NotCanonical)?;
    Ok((document, signature))
}

/// The name of a batch's file: no names of people, only codes and a hash.
pub fn file_name(manifest: &Manifest, file_hash: &Hash) -> String {
    format!(
        "pendapa-{}-{}-{}-{}.pendapa.json",
        manifest.event.code,
        manifest.device.letter,
        manifest.sequence,
        file_hash.short()
    )
}

/// A batch that was read and found whole.
#[derive(Debug)]
pub struct Batch {
    pub manifest: Manifest,
    pub registrations: Vec<Registration>,
    /// By which a later revision names each of them, with members that are not known here.
    pub revision_hashes: Vec<Hash>,
    /// Entries of the attendance list, by sequence.
    pub attendance: Vec<Attendance>,
    /// Which piece of the audit log is in it.
    pub audit: Option<AuditRun>,
    pub document_hash: Hash,
}

/// Reads a plain batch and checks all that can be checked without a key: shape,
/// version, canonical bytes, every record, counts, sequence, event and tablet.
pub fn read_batch(bytes: &[u8]) -> Result<Batch, BatchError> {
    #[derive(Deserialize)]
    struct Head<'a> {
        format: String,
        version: u32,
        manifest: Manifest,
        #[serde(borrow)]
        records: Vec<&'a RawValue>,
        #[serde(borrow, default)]
        attendance: Vec<&'a RawValue>,
        #[serde(borrow)]
        audit: Vec<&'a RawValue>,
    }
    let json = |error: serde_json::Error| BatchError::Json {
        line: error.line(),
        column: error.column(),
    };
    let value: Value = serde_json::from_slice(bytes).map_err(json)?;
    if value.get("format").and_then(|format| format.as_str()) != Some(BATCH_FORMAT) {
        return Err(BatchError::Format);
    }
    let version = value.get("version").and_then(Value::as_u64);
    match version {
        Some(1) => {}
        Some(newer) if newer > 1 => {
            return Err(BatchError::Newer(u32::try_from(newer).unwrap_or(u32::MAX)));
        }
        _ => return Err(BatchError::Format),
    }
    if canonical_value(&value).ok().as_deref() != Some(bytes) {
        return Err(BatchError::NotCanonical);
    }
    let head: Head = serde_json::from_slice(bytes).map_err(json)?;
    debug_assert!(head.format == BATCH_FORMAT && head.version == BATCH_VERSION);
    head.manifest.check()?;
    if let Some(signature) = value.get("signature") {
        SignatureRecord::read(signature.clone())?;
    }
    let held = head.records.len() as u64;
    if head.manifest.counts.records != held {
        return Err(BatchError::Count {
            counted: head.manifest.counts.records,
            held,
        });
    }
    let mut registrations = Vec::with_capacity(head.records.len());
    let mut revision_hashes = Vec::with_capacity(head.records.len());
    let mut last_sequence = 0;
    let Manifest { event, device, .. } = &head.manifest;
    let is_foreign = |of_event: EventId, on: DeviceId| {
        let on = on.to_string();
        of_event.to_string() != event.id || (on != device.id && !device.restored_from.contains(&on))
    };
    for (position, raw) in head.records.into_iter().enumerate() {
        let registration = read_registration(raw.get().as_bytes())
            .map_err(|error| BatchError::Record { position, error })?;
        if registration.sequence <= last_sequence {
            return Err(BatchError::Sequence { position });
        }
        last_sequence = registration.sequence;
        if is_foreign(registration.event_id, registration.device_id) {
            return Err(BatchError::Foreign { position });
        }
        registrations.push(registration);
        revision_hashes.push(revision_hash(raw.get().as_bytes()));
    }
    let mut attendance: Vec<Attendance> = Vec::with_capacity(head.attendance.len());
    for (position, raw) in head.attendance.into_iter().enumerate() {
        let entry = read_attendance(raw.get().as_bytes())
            .map_err(|error| BatchError::Attendance { position, error })?;
        if entry.sequence <= attendance.last().map_or(0, |before| before.sequence) {
            return Err(BatchError::AttendanceSequence { position });
        }
        if is_foreign(entry.event_id, entry.device_id) {
            return Err(BatchError::AttendanceForeign { position });
        }
        attendance.push(entry);
    }
    let audit = check_audit_chain(head.audit.iter().map(|raw| raw.get().as_bytes()))?;
    Ok(Batch {
        attendance,
        audit,
        manifest: head.manifest,
        registrations,
        revision_hashes,
        document_hash: sha256(bytes),
    })
}
