//! Somebody came and was not registered: who, why not, and their signature for the attendance list.

use super::code::coded;
use super::date::Moment;
use super::form::Fault;
use super::ids::{AttendanceId, DeviceId, EventId};
use super::ink::Ink;
use super::name::FullName;
use super::phone::Phone;
use super::text::{TextError, parse_text};

/// Letters of where somebody is from.
const MOST_ORIGIN: usize = 100;

coded! {
    /// Why somebody who came was not registered.
    pub enum NotRegistered {
        /// A participant of the programme already.
        AlreadyCovered => "already_covered",
        /// Too old, or no work of their own.
        NotEligible => "not_eligible",
        /// Wants to think about it, or has not all that it takes here.
        Later => "later",
        /// Came with somebody, or to look.
        Guest => "guest",
        Other => "other",
    }
}

coded! {
    /// What is asked of somebody who only attends.
    pub enum AttendeeField {
        Name => "name",
        Origin => "origin",
        Phone => "phone",
        Reason => "reason",
        Signature => "signature",
    }
}

/// What was said of somebody who only attends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub name: FullName,
    /// Business, group, or where they come from; may be empty.
    pub origin: String,
    pub phone: Option<Phone>,
    pub reason: NotRegistered,
    /// The code on their invitation.
    pub invitation: Option<String>,
    pub signature: Ink,
}

/// The same as text, right or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedAttendee {
    pub name: String,
    pub origin: String,
    pub phone: String,
    pub reason: String,
    pub invitation: String,
    pub signature: String,
}

/// One entry of the attendance list. Entries are appended: one that was a mistake is followed by
/// one of the same id that does not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    pub id: AttendanceId,
    pub event_id: EventId,
    pub device_id: DeviceId,
    /// Position among all entries of this event on this tablet, from 1.
    pub sequence: u64,
    pub recorded_at: Moment,
    pub officer: FullName,
    /// Whether it stands.
    pub is_active: bool,
    pub attendee: Attendee,
}

impl TypedAttendee {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault, in the order in which it is asked.
    pub fn read(&self) -> Result<Attendee, Vec<(AttendeeField, Fault)>> {
        let mut faults = Vec::new();
        let name = match self.name.trim() {
            "" => Err(Fault::Missing),
            name => FullName::parse(name).map_err(Fault::from),
        };
        let origin = match parse_text(&self.origin, MOST_ORIGIN) {
            Err(TextError::TooLong { most, .. }) => Err(Fault::TooLong { most }),
            read => Ok(read.unwrap_or_default()),
        };
        let phone = match self.phone.trim() {
            "" => Ok(None),
            phone => Phone::parse(phone).map(Some).map_err(Fault::from),
        };
        let reason = super::Coded::from_code(&self.reason).ok_or(Fault::Missing);
        let signature = match Ink::parse(&self.signature) {
            Ok(ink) if !ink.is_empty() => Ok(ink),
            _ => Err(Fault::Missing),
        };
        let mut fault = |field, fault| faults.push((field, fault));
        let name = name.map_err(|error| fault(AttendeeField::Name, error));
        let origin = origin.map_err(|error| fault(AttendeeField::Origin, error));
        let phone = phone.map_err(|error| fault(AttendeeField::Phone, error));
        let reason = reason.map_err(|error| fault(AttendeeField::Reason, error));
        let signature = signature.map_err(|error| fault(AttendeeField::Signature, error));
        match (name, origin, phone, reason, signature) {
            (Ok(name), Ok(origin), Ok(phone), Ok(reason), Ok(signature)) => Ok(Attendee {
                name,
                origin,
                phone,
                reason,
                invitation: Some(self.invitation.clone()).filter(|code| !code.is_empty()),
                signature,
            }),
            _ => Err(faults),
        }
    }
}

/// The newest entry of each id that stands, in the order in which people came.
#[must_use]
pub fn present(entries: Vec<Attendance>) -> Vec<Attendance> {
    let mut newest: Vec<Attendance> = Vec::new();
    for entry in entries {
        match newest.iter_mut().find(|known| known.id == entry.id) {
            Some(known) if known.sequence < entry.sequence => *known = entry,
            Some(_) => {}
            None => newest.push(entry),
        }
    }
    newest.retain(|entry| entry.is_active);
    newest
}

#[cfg(test)]
#[path = "attendance_tests.rs"]
mod tests;
