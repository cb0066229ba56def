//! An entry of the attendance list, version 1: a row in `attendance`, and carried verbatim
//! in batches.

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::code::Code;
#[cfg(test)]
use super::registration_record::{INK, MOMENT, UUID};
use super::registration_record::{RecordError, StatusCode};
use crate::domain::*;

/// The version that this code writes.
const ATTENDANCE_VERSION: u32 = 1;

/// Somebody who came to an event and was not registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AttendanceRecord {
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: u32,
    /// UUIDv7. A later entry of the same id takes the place of an earlier one.
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub event_id: String,
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub device_id: String,
    /// Position among all entries of this event on this tablet, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub sequence: u64,
    /// RFC 3339 with offset, by the tablet's clock, which may be wrong.
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub recorded_at: String,
    pub officer: String,
    /// `voided`: the entry was a mistake.
    pub status: Code<StatusCode>,
    pub name: String,
    /// Business, group, or where they come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = r"^\+62[0-9]{8,13}$")))]
    pub phone: Option<String>,
    /// Why they were not registered.
    pub reason: Code<NotRegistered>,
    /// The code on their invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
    /// What was drawn on the pad, as in `mark` of a consent.
    #[cfg_attr(test, schemars(regex(pattern = INK)))]
    pub signature: String,
}

/// The bytes of an entry: a row's body and a batch's entry.
pub fn write_attendance(entry: &Attendance) -> Vec<u8> {
    let said = &entry.attendee;
    let status = if entry.is_active {
        StatusCode::Active
    } else {
        StatusCode::Voided
    };
    to_canonical(&AttendanceRecord {
        version: ATTENDANCE_VERSION,
        id: entry.id.to_string(),
        event_id: entry.event_id.to_string(),
        device_id: entry.device_id.to_string(),
        sequence: entry.sequence,
        recorded_at: entry.recorded_at.rfc3339(),
        officer: entry.officer.as_str().to_owned(),
        status: Code(status),
        name: said.name.as_str().to_owned(),
        origin: said.origin.clone(),
        phone: said.phone.as_ref().map(|phone| phone.e164().to_owned()),
        reason: Code(said.reason),
        invitation: said.invitation.clone(),
        signature: said.signature.to_string(),
    })
    .expect("an entry holds only strings and exact integers")
}

/// Reads what `write_attendance` wrote.
///
/// # Errors
/// [`RecordError`] names the member that is not what it should be, never its value.
pub fn read_attendance(bytes: &[u8]) -> Result<Attendance, RecordError> {
    let record: AttendanceRecord =
        serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
            line: error.line(),
            column: error.column(),
        })?;
    if record.version > ATTENDANCE_VERSION {
        return Err(RecordError::Newer(record.version));
    }
    let typed = TypedAttendee {
        name: record.name,
        origin: record.origin,
        phone: record.phone.unwrap_or_default(),
        reason: record.reason.0.code().to_owned(),
        invitation: record.invitation.unwrap_or_default(),
        signature: record.signature,
    };
    let wrong = RecordError::Member;
    let attendee = typed.read().map_err(|faults| {
        let first = faults.first().map(|(field, _)| field.code());
        wrong(first.unwrap_or_default())
    })?;
    Ok(Attendance {
        id: AttendanceId::parse(&record.id).ok_or(wrong("id"))?,
        event_id: EventId::parse(&record.event_id).ok_or(wrong("event_id"))?,
        device_id: DeviceId::parse(&record.device_id).ok_or(wrong("device_id"))?,
        sequence: record.sequence,
        recorded_at: Moment::parse_rfc3339(&record.recorded_at).ok_or(wrong("recorded_at"))?,
        officer: FullName::parse(&record.officer).map_err(|_| wrong("officer"))?,
        is_active: record.status.0 == StatusCode::Active,
        attendee,
    })
}
