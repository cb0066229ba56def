//! An event as this tablet keeps it, version 1: what the event is, and which
//! part this tablet plays in it.

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::code::Code;
use super::digest::{FingerprintKey, from_hex, hex};
use super::registration_record::RecordError;
use crate::domain::*;

/// The body of a row in `events`.
#[derive(Serialize, Deserialize)]
struct EventRecord {
    version: u32,
    id: String,
    code: String,
    name: String,
    venue: String,
    date: String,
    programmes: Vec<Code<Programme>>,
    payer: Code<Payer>,
    capacity: u32,
    sample: bool,
    letter: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    restored_from: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fingerprint_key: Option<String>,
    created_at: String,
}

/// The version that this code writes.
const EVENT_VERSION: u32 = 1;

/// An event on this tablet.
#[derive(Clone, PartialEq, Eq)]
pub struct TabletEvent {
    pub event: Event,
    /// This tablet's letter, not used by another tablet at this event.
    pub letter: TabletLetter,
    /// This tablet. Kept with the event as well, so that one lost row of the
    /// settings does not make its registrations a stranger's; events of the
    /// first builds do not have it.
    pub device: Option<DeviceId>,
    /// Tablets whose registrations came here with a backup, the first one first.
    pub restored_from: Vec<DeviceId>,
    /// Only in events of versions without a vault, until they get one.
    pub clear_fingerprint_key: Option<FingerprintKey>,
    pub created_at: Moment,
}

/// The bytes of an event's row.
pub fn write_event(tablet_event: &TabletEvent) -> Vec<u8> {
    let event = &tablet_event.event;
    to_canonical(&EventRecord {
        version: EVENT_VERSION,
        id: event.id.to_string(),
        code: event.code.to_string(),
        name: event.name.clone(),
        venue: event.venue.clone(),
        date: iso(event.date),
        programmes: event.programmes.iter().copied().map(Code).collect(),
        payer: Code(event.payer),
        capacity: event.capacity,
        sample: event.sample,
        letter: tablet_event.letter.to_string(),
        device_id: tablet_event.device.map(|device| device.to_string()),
        restored_from: tablet_event
            .restored_from
            .iter()
            .map(ToString::to_string)
            .collect(),
        fingerprint_key: tablet_event.clear_fingerprint_key.map(|key| hex(&key.0)),
        created_at: tablet_event.created_at.rfc3339(),
    })
    .expect("an event holds only strings, booleans and exact integers")
}

/// Reads what `write_event` wrote.
pub fn read_event(bytes: &[u8]) -> Result<TabletEvent, RecordError> {
    let record: EventRecord = serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    if record.version > EVENT_VERSION {
        return Err(RecordError::Newer(record.version));
    }
    let key = match record.fingerprint_key {
        None => None,
        Some(text) => Some(
            from_hex(&text)
                .and_then(|bytes| bytes.try_into().ok())
                .map(FingerprintKey)
                .ok_or(RecordError::Member("fingerprint_key"))?,
        ),
    };
    Ok(TabletEvent {
        event: Event {
            id: EventId::parse(&record.id).ok_or(RecordError::Member("id"))?,
            code: EventCode::parse(&record.code).map_err(|_| RecordError::Member("code"))?,
            name: record.name,
            venue: record.venue,
            date: parse_iso(&record.date).map_err(|_| RecordError::Member("date"))?,
            programmes: record.programmes.into_iter().map(|code| code.0).collect(),
            payer: record.payer.0,
            capacity: record.capacity,
            sample: record.sample,
        },
        letter: TabletLetter::parse(&record.letter).map_err(|_| RecordError::Member("letter"))?,
        device: match record.device_id {
            None => None,
            Some(id) => Some(DeviceId::parse(&id).ok_or(RecordError::Member("device_id"))?),
        },
        restored_from: record
            .restored_from
            .iter()
            .map(|id| DeviceId::parse(id).ok_or(RecordError::Member("restored_from")))
            .collect::<Result<_, _>>()?,
        clear_fingerprint_key: key,
        created_at: Moment::parse_rfc3339(&record.created_at)
            .ok_or(RecordError::Member("created_at"))?,
    })
}
