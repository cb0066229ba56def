//! What is unusual about a registration, and what age forbids.
//!
//! A warning never blocks: the officer confirms it once and that is recorded. A NIK in particular may
//! rightly disagree with the card, because it stays when a birth date is corrected or a person moves.

use super::code::Coded;
use super::date::{Date, age_on, iso, parse_iso};
use super::event::Event;
use super::nik::{Nik, Sex};
use super::phone::Phone;
use super::programme::Rules;
use super::region::RegionState;

/// An event of an earlier day, as people speak of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierEvent {
    /// Unknown in packs that only say that there was one.
    pub date: Option<Date>,
    pub venue: String,
}

/// Something unusual that the officer confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    NikBirthDateDiffers {
        in_nik: Date,
    },
    NikSexDiffers {
        in_nik: Sex,
    },
    /// The NIK's region is in no list, old or new.
    RegionUnknown {
        code: String,
    },
    /// The NIK's region is in an old list only.
    RegionRetired {
        code: String,
        name: String,
    },
    /// The card's address is outside Kota Probolinggo.
    OutsideCity,
    AgeNearLimit {
        age: u32,
    },
    PhonePrefixUnknown,
    /// The NIK was registered at an earlier event.
    RegisteredBefore(EarlierEvent),
    OverCapacity {
        capacity: u32,
    },
    /// The tablet's clock was set back.
    ClockBeforeLastRecord,
}

impl Warning {
    /// The stable code, as written in files.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NikBirthDateDiffers { .. } => "nik_birth_date_differs",
            Self::NikSexDiffers { .. } => "nik_sex_differs",
            Self::RegionUnknown { .. } => "region_unknown",
            Self::RegionRetired { .. } => "region_retired",
            Self::OutsideCity => "outside_city",
            Self::AgeNearLimit { .. } => "age_near_limit",
            Self::PhonePrefixUnknown => "phone_prefix_unknown",
            Self::RegisteredBefore(_) => "registered_before",
            Self::OverCapacity { .. } => "over_capacity",
            Self::ClockBeforeLastRecord => "clock_before_last_record",
        }
    }

    /// What was found, as written in files: an ISO date, a code, a number; a retired region is its
    /// code, a space and its name, and an earlier event its date, a space and its venue, or nothing.
    #[must_use]
    pub fn facts(&self) -> Option<String> {
        match self {
            Self::NikBirthDateDiffers { in_nik } => Some(iso(*in_nik)),
            Self::NikSexDiffers { in_nik } => Some(in_nik.code().to_owned()),
            Self::RegionUnknown { code } => Some(code.clone()),
            Self::RegionRetired { code, name } => Some(format!("{code} {name}")),
            Self::AgeNearLimit { age } => Some(age.to_string()),
            Self::RegisteredBefore(EarlierEvent { date, venue }) => {
                Some(date.map_or_else(String::new, |date| format!("{} {venue}", iso(date))))
            }
            Self::OverCapacity { capacity } => Some(capacity.to_string()),
            Self::OutsideCity | Self::PhonePrefixUnknown | Self::ClockBeforeLastRecord => None,
        }
    }

    /// The warning with this code and these facts, or `None` if they do not fit.
    #[must_use]
    pub fn from_parts(code: &str, facts: Option<&str>) -> Option<Self> {
        match (code, facts) {
            ("nik_birth_date_differs", Some(date)) => parse_iso(date)
                .ok()
                .map(|in_nik| Self::NikBirthDateDiffers { in_nik }),
            ("nik_sex_differs", Some(sex)) => {
                Sex::from_code(sex).map(|in_nik| Self::NikSexDiffers { in_nik })
            }
            ("region_unknown", Some(code)) => Some(Self::RegionUnknown {
                code: code.to_owned(),
            }),
            ("region_retired", Some(facts)) => {
                facts
                    .split_once(' ')
                    .map(|(code, name)| Self::RegionRetired {
                        code: code.to_owned(),
                        name: name.to_owned(),
                    })
            }
            ("outside_city", None) => Some(Self::OutsideCity),
            ("age_near_limit", Some(age)) => age.parse().ok().map(|age| Self::AgeNearLimit { age }),
            ("registered_before", Some("")) => {
                Some(Self::RegisteredBefore(EarlierEvent::default()))
            }
            ("registered_before", Some(facts)) => {
                let (date, venue) = facts.split_once(' ')?;
                Some(Self::RegisteredBefore(EarlierEvent {
                    date: Some(parse_iso(date).ok()?),
                    venue: venue.to_owned(),
                }))
            }
            ("phone_prefix_unknown", None) => Some(Self::PhonePrefixUnknown),
            ("over_capacity", Some(capacity)) => capacity
                .parse()
                .ok()
                .map(|capacity| Self::OverCapacity { capacity }),
            ("clock_before_last_record", None) => Some(Self::ClockBeforeLastRecord),
            _ => None,
        }
    }
}

/// What warnings can be about, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    pub nik: Option<Nik>,
    pub birth_date: Option<Date>,
    pub sex: Option<Sex>,
    pub phone: Option<Phone>,
    /// The card's address is not in Kota Probolinggo.
    pub outside_city: bool,
}

/// What is unusual about a person at an event, in the order of the form.
///
/// The NIK is compared only once both birth date and sex are known: shown before, it would be copied
/// instead of compared. Nothing is said when the card's kecamatan is another than the NIK's within
/// the city: Kanigaran and Kedopok seem to have been cut out of the others, so many people there
/// carry an older code. Capacity and the clock are not known here.
#[must_use]
pub fn warnings_of(subject: &Subject, event: &Event, rules: &Rules) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let (Some(nik), Some(birth_date), Some(sex)) =
        (&subject.nik, subject.birth_date, subject.sex)
    {
        let region = nik.region();
        match region.state {
            RegionState::Current => {}
            RegionState::Retired { name, .. } => warnings.push(Warning::RegionRetired {
                code: region.code,
                name,
            }),
            RegionState::Unknown => warnings.push(Warning::RegionUnknown { code: region.code }),
        }
        let in_nik = nik.birth_date_near(birth_date);
        if in_nik != birth_date {
            warnings.push(Warning::NikBirthDateDiffers { in_nik });
        }
        if nik.sex() != sex {
            warnings.push(Warning::NikSexDiffers { in_nik: nik.sex() });
        }
    }
    if let (Some(birth_date), Some(limit)) = (subject.birth_date, rules.age_limit_on(event.date))
        && let Some(age) = age_on(birth_date, event.date)
        && (limit.confirm_from..limit.under).contains(&age)
    {
        warnings.push(Warning::AgeNearLimit { age });
    }
    if subject
        .phone
        .as_ref()
        .is_some_and(|phone| !phone.has_known_prefix())
    {
        warnings.push(Warning::PhonePrefixUnknown);
    }
    if subject.outside_city {
        warnings.push(Warning::OutsideCity);
    }
    warnings
}

/// Why somebody cannot be registered because of their age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgeError {
    #[error("born after the event")]
    BornInFuture,
    #[error("{age} years old, must be under {under}")]
    TooOld { age: u32, under: u32 },
    #[error("{age} years old, must be at least {minimum}")]
    TooYoung { age: u32, minimum: u32 },
}

/// What age forbids on the day of the event: the birthday that reaches the limit is already too late.
#[must_use]
pub fn age_error(birth: Date, on: Date, rules: &Rules) -> Option<AgeError> {
    let Some(age) = age_on(birth, on) else {
        return Some(AgeError::BornInFuture);
    };
    let limit = rules.age_limit_on(on)?;
    if age >= limit.under {
        return Some(AgeError::TooOld {
            age,
            under: limit.under,
        });
    }
    limit
        .minimum
        .filter(|minimum| age < *minimum)
        .map(|minimum| AgeError::TooYoung { age, minimum })
}

#[cfg(test)]
#[path = "warning_tests.rs"]
mod tests;
