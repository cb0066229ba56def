//! The NIK, the population number on the identity card: six digits of the region where it was given,
//! the birth date as DDMMYY with 40 added to a woman's day, and a serial of four digits.
//!
//! PP 40/2019 art. 30. There is no check digit. A NIK is never changed, even when its holder moves or
//! the birth date is corrected, so a NIK that disagrees with the card is unusual and not wrong.

use super::code::coded;
use super::date::{Date, calendar_date};
use super::region::{NikRegion, province_name};
use super::text::digits_without;

coded! {
    /// Sex as on the identity card.
    pub enum Sex { Male => "male", Female => "female" }
}

/// A number of 16 digits that can be a NIK. Always text: 15 digits are the most a spreadsheet keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik(String);

/// Why a number cannot be a NIK.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NikError {
    #[error("no number")]
    Empty,
    #[error("something other than digits")]
    NotDigits,
    #[error("{found} digits instead of 16")]
    Length { found: usize },
    #[error("no province {code}")]
    ProvinceUnknown { code: String },
    #[error("regency or district 00")]
    RegionZero,
    #[error("no such day of birth")]
    NoSuchDay,
    #[error("serial 0000")]
    SerialZero,
}

impl Nik {
    /// Reads a NIK as typed or pasted; spaces, dots and hyphens are dropped.
    ///
    /// # Errors
    /// Only for what no NIK can be. Region codes come and go, so an unknown regency or district is
    /// for [`Nik::region`] to tell.
    pub fn parse(typed: &str) -> Result<Self, NikError> {
        let digits = digits_without(typed, &['.', '-']).ok_or(NikError::NotDigits)?;
        match digits.len() {
            0 => return Err(NikError::Empty),
            16 => {}
            found => return Err(NikError::Length { found }),
        }
        let province = &digits[..2];
        if province_name(province).is_none() {
            return Err(NikError::ProvinceUnknown {
                code: province.to_owned(),
            });
        }
        if &digits[2..4] == "00" || &digits[4..6] == "00" {
            return Err(NikError::RegionZero);
        }
        let nik = Self(digits);
        if nik
            .date_in_century(19)
            .or_else(|| nik.date_in_century(20))
            .is_none()
        {
            return Err(NikError::NoSuchDay);
        }
        if &nik.0[12..] == "0000" {
            return Err(NikError::SerialZero);
        }
        Ok(nik)
    }

    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of six, six and four, as the number is made: `357405 520584 9001`.
    #[must_use]
    pub fn grouped(&self) -> String {
        [&self.0[..6], &self.0[6..12], &self.0[12..]].join(" ")
    }

    /// The region where the number was given, which need not be where its holder lives.
    #[must_use]
    pub fn region(&self) -> NikRegion {
        NikRegion::of(&self.0[..6])
    }

    /// The sex that the number tells.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.two_digits(6) > 40 {
            Sex::Female
        } else {
            Sex::Male
        }
    }

    /// The birth date that the number tells, in the century of the date from the card: the number
    /// itself has only two digits for the year, and guessing the century is how parsers go wrong.
    /// `None` if that century has no such day, as 29 February 1900.
    #[must_use]
    pub fn birth_date(&self, century_from: Date) -> Option<Date> {
        self.date_in_century(u16::try_from(century_from.year() / 100).ok()?)
    }

    /// The birth date to set beside the one from the card: in the card's century, or in the other one
    /// if only that has the day.
    pub(super) fn birth_date_near(&self, card: Date) -> Date {
        self.birth_date(card)
            .or_else(|| self.date_in_century(19))
            .or_else(|| self.date_in_century(20))
            .expect("`parse` lets only dates of these two centuries pass")
    }

    fn date_in_century(&self, century: u16) -> Option<Date> {
        let day = match self.two_digits(6) {
            day @ 1..=31 => day,
            day @ 41..=71 => day - 40,
            _ => return None,
        };
        calendar_date(century * 100 + self.two_digits(10), self.two_digits(8), day)
    }

    fn two_digits(&self, at: usize) -> u16 {
        self.0.as_bytes()[at..at + 2]
            .iter()
            .fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
    }
}

#[cfg(test)]
#[path = "nik_tests.rs"]
mod tests;
