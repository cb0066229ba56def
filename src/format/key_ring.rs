//! The keys of an event on this tablet, all of them closed, version 1: what may
//! lie in the database in clear, because nothing in it opens anything without the
//! passphrase, the recovery key or the office's key.

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::digest::{from_hex, hex};
use super::event_pack::{HandOverRecord, Upload};
use super::registration_record::RecordError;
use crate::domain::Moment;

/// The version that this code writes.
const RING_VERSION: u32 = 1;

/// The closed keys, and what must be known while the vault is locked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyRing {
    /// The data key, closed by the event passphrase. Gone once the event is closed
    /// with an office key.
    pub passphrase: Option<Vec<u8>>,
    /// The data key, closed by the printed recovery key. Only without an office.
    pub recovery: Option<Vec<u8>>,
    /// The data key, sealed to the office in the age format.
    pub office: Option<Vec<u8>>,
    /// Fingerprint key, tablet key and batch identity, sealed with the data key.
    pub secrets: Option<Vec<u8>>,
    /// The office's age recipients, to whom batches are sealed; empty: there is
    /// no office key, and batches are plain.
    pub recipients: Vec<String>,
    /// The vault's own age recipient, by which a batch is opened again.
    pub own_recipient: Option<String>,
    /// Where batches are uploaded to, also while locked.
    pub upload: Option<Upload>,
    /// By which the office signs receipts, `ed25519:…`.
    pub receipt_key: Option<String>,
    /// How long things may take on their way to the office, where that is unusual.
    pub hand_over: Option<HandOverRecord>,
    /// Rates and names in place of those that are built in, as the text of a
    /// [`RulesRecord`](super::rules_record::RulesRecord): the programme is explained while
    /// the vault is locked too, and only who reckons with it reads it.
    pub rules: Option<String>,
    /// When registering ended.
    pub closed_at: Option<Moment>,
}

/// The body of a row in `vaults`.
#[derive(Serialize, Deserialize)]
struct KeyRingRecord {
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passphrase: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secrets: Option<String>,
    recipients: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own_recipient: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upload: Option<Upload>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hand_over: Option<HandOverRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rules: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_at: Option<String>,
}

/// The bytes of a ring's row.
pub fn write_ring(ring: &KeyRing) -> Vec<u8> {
    let closed = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(hex);
    to_canonical(&KeyRingRecord {
        version: RING_VERSION,
        passphrase: closed(&ring.passphrase),
        recovery: closed(&ring.recovery),
        office: closed(&ring.office),
        secrets: closed(&ring.secrets),
        recipients: ring.recipients.clone(),
        own_recipient: ring.own_recipient.clone(),
        upload: ring.upload.clone(),
        receipt_key: ring.receipt_key.clone(),
        hand_over: ring.hand_over,
        rules: ring.rules.clone(),
        closed_at: ring.closed_at.map(|at| at.rfc3339()),
    })
    .expect("a ring holds only strings and small integers")
}

/// Reads what `write_ring` wrote.
pub fn read_ring(bytes: &[u8]) -> Result<KeyRing, RecordError> {
    let record: KeyRingRecord =
        serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
            line: error.line(),
            column: error.column(),
        })?;
    if record.version > RING_VERSION {
        return Err(RecordError::Newer(record.version));
    }
    let closed = |text: Option<String>, member| match text {
        None => Ok(None),
        Some(text) => from_hex(&text).map(Some).ok_or(RecordError::Member(member)),
    };
    Ok(KeyRing {
        passphrase: closed(record.passphrase, "passphrase")?,
        recovery: closed(record.recovery, "recovery")?,
        office: closed(record.office, "office")?,
        secrets: closed(record.secrets, "secrets")?,
        recipients: record.recipients,
        own_recipient: record.own_recipient,
        upload: record.upload,
        receipt_key: record.receipt_key,
        hand_over: record.hand_over,
        rules: record.rules,
        closed_at: match record.closed_at {
            None => None,
            Some(text) => {
                Some(Moment::parse_rfc3339(&text).ok_or(RecordError::Member("closed_at"))?)
            }
        },
    })
}
