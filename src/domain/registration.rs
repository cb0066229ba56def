//! A person's registration at one event, and its revisions.
//!
//! A saved registration is frozen. A correction is a new revision that names the hash of the one
//! before, a removal is a revision that voids with a reason, and nothing is ever taken back.

use super::address::Address;
use super::business::{Business, Work};
use super::code::coded;
use super::consent::{Consent, Purpose};
use super::contribution::Contributions;
use super::date::{Date, Moment, YearMonth};
use super::hash::Hash;
use super::ids::{DeviceId, EventId, RegistrationId};
use super::likeness::Likeness;
use super::name::{BirthPlace, FullName};
use super::nik::{Nik, Sex};
use super::number::RegistrationNumber;
use super::phone::{Contact, Email, FamilyCardNumber};
use super::programme::{Payer, Programme};
use super::warning::Warning;

/// One revision of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    pub id: RegistrationId,
    pub event_id: EventId,
    pub device_id: DeviceId,
    pub number: RegistrationNumber,
    /// Counts up from 1.
    pub revision: u32,
    /// The hash of the revision before; `None` for the first.
    pub previous: Option<Hash>,
    pub status: Status,
    /// Why it was corrected; `None` for the first and for a voided one, whose status has the reason.
    pub reason: Option<String>,
    pub recorded_at: Moment,
    /// Counts the tablet's deeds, because its clock may be wrong.
    pub sequence: u64,
    /// Who recorded this revision.
    pub officer: FullName,
    pub details: Details,
}

/// Whether a registration counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Active,
    Voided { reason: String },
}

/// Everything that the officer enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    pub person: Person,
    pub address: Address,
    pub business: Business,
    pub work: Work,
    pub programme: Enrolment,
    pub consent: Consent,
    pub checks: Checks,
}

/// The participant, as on the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub nik: Nik,
    pub name: FullName,
    pub birth_place: BirthPlace,
    pub birth_date: Date,
    pub sex: Sex,
    pub mother_name: FullName,
    pub contact: Contact,
    pub email: Option<Email>,
    pub family_card_number: Option<FamilyCardNumber>,
}

/// What the participant enrols in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub programmes: Vec<Programme>,
    pub payer: Payer,
    /// The first contribution month.
    pub start_month: YearMonth,
    pub months: u8,
    pub contributions: Contributions,
}

/// What was unusual and what the officer said to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Those that the officer confirmed.
    pub warnings: Vec<Warning>,
    pub duplicates: Vec<DuplicateDecision>,
}

/// What the officer decided about somebody who may be the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateDecision {
    pub other: RegistrationNumber,
    /// Why it was asked.
    pub likeness: Likeness,
    pub decision: Decision,
    pub reason: String,
}

coded! {
    /// Whether two registrations are of one person.
    pub enum Decision {
        SamePerson => "same_person",
        /// Of one family: a birth date, a name or a phone in common.
        Relative => "relative",
        Different => "different_person",
        /// The other registration has this person's NIK by mistake.
        Mistyped => "nik_mistyped_before",
    }
}

/// What a first revision is known by, and who recorded it when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: RegistrationId,
    pub event_id: EventId,
    pub device_id: DeviceId,
    pub number: RegistrationNumber,
    pub recorded_at: Moment,
    pub sequence: u64,
    pub officer: FullName,
}

/// What a later revision follows, and who recorded it when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The hash of the revision that this one follows.
    pub previous: Hash,
    pub recorded_at: Moment,
    pub sequence: u64,
    pub officer: FullName,
}

/// Why there can be no further revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviseError {
    /// What is voided stays voided: a person who comes back is registered anew.
    #[error("the registration is voided")]
    Voided,
    #[error("no reason given")]
    ReasonMissing,
    #[error("what is withdrawn was not agreed to")]
    NotAgreed,
}

impl Registration {
    /// The first revision.
    #[must_use]
    pub fn first(identity: Identity, details: Details) -> Self {
        Self {
            id: identity.id,
            event_id: identity.event_id,
            device_id: identity.device_id,
            number: identity.number,
            revision: 1,
            previous: None,
            status: Status::Active,
            reason: None,
            recorded_at: identity.recorded_at,
            sequence: identity.sequence,
            officer: identity.officer,
            details,
        }
    }

    /// The next revision, with other details.
    ///
    /// # Errors
    /// [`ReviseError`] if this revision is voided or the reason is blank.
    pub fn corrected(
        &self,
        details: Details,
        reason: &str,
        stamp: Stamp,
    ) -> Result<Self, ReviseError> {
        let reason = self.reason_to_revise(reason)?;
        Ok(self.next(details, Status::Active, Some(reason), stamp))
    }

    /// The next revision, which says that the registration does not count.
    ///
    /// # Errors
    /// [`ReviseError`] if this revision is voided or the reason is blank.
    pub fn voided(&self, reason: &str, stamp: Stamp) -> Result<Self, ReviseError> {
        let reason = self.reason_to_revise(reason)?;
        Ok(self.next(self.details.clone(), Status::Voided { reason }, None, stamp))
    }

    /// The next revision, in which the participant agrees to these purposes no longer. Without
    /// the purpose that registering needs it does not count any more.
    ///
    /// # Errors
    /// [`ReviseError`] if this revision is voided, none of the purposes was agreed to, or the
    /// reason is blank.
    pub fn withdrawn(
        &self,
        purposes: &[Purpose],
        reason: &str,
        stamp: Stamp,
    ) -> Result<Self, ReviseError> {
        let reason = self.reason_to_revise(reason)?;
        let consent = self.details.consent.without(purposes, stamp.recorded_at);
        let details = Details {
            consent: consent.ok_or(ReviseError::NotAgreed)?,
            ..self.details.clone()
        };
        if details.consent.covers(Purpose::REQUIRED) {
            Ok(self.next(details, Status::Active, Some(reason), stamp))
        } else {
            Ok(self.next(details, Status::Voided { reason }, None, stamp))
        }
    }

    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    fn reason_to_revise(&self, reason: &str) -> Result<String, ReviseError> {
        match reason.trim() {
            _ if !self.is_active() => Err(ReviseError::Voided),
            "" => Err(ReviseError::ReasonMissing),
            reason => Ok(reason.to_owned()),
        }
    }

    fn next(&self, details: Details, status: Status, reason: Option<String>, stamp: Stamp) -> Self {
        Self {
            id: self.id,
            event_id: self.event_id,
            device_id: self.device_id,
            number: self.number.clone(),
            revision: self.revision + 1,
            previous: Some(stamp.previous),
            status,
            reason,
            recorded_at: stamp.recorded_at,
            sequence: stamp.sequence,
            officer: stamp.officer,
            details,
        }
    }
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
