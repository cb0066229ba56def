//! The rules of enrolment at an event, and nothing else: no storage, no clock, no randomness, no sentences.
//!
//! A typed value is parsed once into a type that is itself the proof; errors carry facts, and the
//! screens turn facts into words. What cannot be right is an error, what is unusual is a [`Warning`].
//! Rates, periods, age limits and texts come in as [`Rules`], never as constants in the code.

/// Where a person lives according to the card.
pub mod address;
pub mod attendance;
/// Who did what with people's data.
pub mod audit;
/// What the programmes pay.
pub mod benefit;
/// The business and the work of its owner.
pub mod business;
/// What every closed list of words has: a stable code for files.
pub mod code;
/// What a participant agreed to.
pub mod consent;
/// What each month costs.
pub mod contribution;
/// Civil dates as people type them, ages, months and moments.
pub mod date;
/// A registration while it is typed.
pub mod draft;
/// The event, its code and the letters of its tablets.
pub mod event;
/// From a draft to what can be registered, or every fault in it.
pub mod form;
/// Fingerprints of texts and records.
pub mod hash;
/// Identifiers made by machines.
pub mod ids;
pub mod ink;
/// Who may be one person.
pub mod likeness;
/// Names of people and of their birth places.
pub mod name;
/// The population number on the identity card.
pub mod nik;
pub mod nip;
/// The registration number that a person takes home.
pub mod number;
/// Phone, email and family card: the other ways to find a person.
pub mod phone;
/// Programmes, payers and the dated rules of enrolment.
pub mod programme;
pub mod proposals;
/// The office's answer to a batch.
pub mod receipt;
/// Provinces, regencies and districts, present and retired, and the city's own kelurahan.
pub mod region;
/// A person's registration at one event, and its revisions.
pub mod registration;
#[cfg(test)]
pub(crate) mod samples;
/// Filtering a list as somebody types.
pub mod search;
/// Free text made tidy: one line, no hidden characters, a greatest length.
pub mod text;
/// A batch on its way to the office.
pub mod transport;
/// What is unusual about a registration, and what age forbids.
pub mod warning;

pub use address::{
    Address, Place, PostalCodeError, RtRwError, parse_postal_code, parse_rt_rw, parse_street,
    without_house_number,
};
pub use attendance::{Attendance, Attendee, AttendeeField, NotRegistered, TypedAttendee, present};
pub use audit::{AuditAction, AuditEntry};
pub use benefit::{Benefit, BenefitFigure, BenefitTable, Confidence, benefits_in};
pub use business::{
    Business, Kbli, KbliEdition, KbliError, Nib, NibError, RupiahError, Sector, SinceError, Work,
    WorkersError, grouped, grouped_as_typed, parse_rupiah, parse_since, parse_workers,
};
pub use code::Coded;
pub(crate) use code::coded;
pub use consent::{Consent, ConsentMark, MarkKind, Purpose, Withdrawal};
pub use contribution::{
    Ask, ContributionError, Contributions, MonthlyContribution, Run, contributions,
};
pub use date::{Date, DateError, Moment, YearMonth, age_on, iso, parse_iso, parse_typed_date};
pub use draft::{Draft, Field, TICKED, purpose_field, typed_date, usual_text, warning_key};
pub use event::{
    Event, EventCode, EventCodeError, TabletLetter, TabletLetterError, is_over_capacity,
    suggest_code,
};
pub use form::{
    Fault, FormContext, MOST_BUSINESS_NAME, MOST_OCCUPATION, programmes, read_form, warning_field,
    warnings_in,
};
pub use hash::Hash;
pub use ids::{AttendanceId, BatchId, DeviceId, EventId, RegistrationId};
pub use ink::{Ink, InkPoint, PAD};
pub use likeness::{Alike, Likeness, Traits};
pub use name::{BirthPlace, FullName, NameError};
pub use nik::{Nik, NikError, Sex};
pub use nip::{Nip, NipError};
pub use number::{NumberError, RegistrationNumber};
pub use phone::{
    Contact, Email, EmailError, FamilyCardError, FamilyCardNumber, NoPhoneReason, Phone, PhoneError,
};
pub use programme::{
    AgeLimit, ConsentText, Discount, PERIODS, Payer, Programme, RateTable, Rules, Tier,
    parse_period,
};
pub use proposals::Proposals;
pub use receipt::{Receipt, RecordAnswer, RecordResult};
pub use region::{
    CITY, Kecamatan, Kelurahan, NikRegion, RegionState, city_kecamatan, kecamatan, kecamatan_of,
    kelurahan, kelurahan_named, province_name, regencies, regency_code, regency_name,
};
pub use registration::{
    Checks, Decision, Details, DuplicateDecision, Enrolment, Identity, Person, Registration,
    ReviseError, Stamp, Status,
};
pub use search::{Query, haystack, matches, normalise};
pub use text::{TextError, parse_text};
pub use transport::{
    Attention, BatchState, Copied, HandOverRules, SendProblem, Standing, Step, TransportEntry,
    UploadProtocol, attention, back_off,
};
pub use warning::{AgeError, EarlierEvent, Subject, Warning, age_error, warnings_of};
