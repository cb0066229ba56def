//! Civil dates as people type them, ages, months and moments.
//!
//! A date of birth or of an event is a civil date without a zone. A [`Moment`] is when a tablet says
//! something happened: its clock may be wrong, so moments order only what one tablet did.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Month, OffsetDateTime, UtcOffset};

pub use time::Date;

/// Why a typed date is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("no date")]
    Empty,
    #[error("not the shape of a date")]
    Shape,
    #[error("no such day in the calendar")]
    NoSuchDay,
}

/// Reads a date as officers type it: day first (`24-11-2026`, `4/1/2026`, `24.11.2026`, `24 11 2026`,
/// `24112026`), or ISO (`2026-11-24`). The year has four digits: with two, the century would be a guess.
///
/// # Errors
/// [`DateError::Shape`] if it cannot be read as a date, [`DateError::NoSuchDay`] for 31 February.
pub fn parse_typed_date(typed: &str) -> Result<Date, DateError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(DateError::Empty);
    }
    if typed.len() == 8 && all_digits(typed) {
        return from_parts(&typed[4..], &typed[2..4], &typed[..2]);
    }
    let parts: Vec<&str> = typed
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let ends_are_digits = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit())
    };
    match parts[..] {
        [year, month, day] if year.len() == 4 && ends_are_digits(typed) => {
            from_parts(year, month, day)
        }
        [day, month, year] if ends_are_digits(typed) => from_parts(year, month, day),
        _ => Err(DateError::Shape),
    }
}

/// The date as `2026-11-24`.
#[must_use]
pub fn iso(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

/// Reads exactly the form that [`iso`] writes.
///
/// # Errors
/// As [`parse_typed_date`].
pub fn parse_iso(text: &str) -> Result<Date, DateError> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [""] => Err(DateError::Empty),
        [year, month, day] if month.len() == 2 && day.len() == 2 => from_parts(year, month, day),
        _ => Err(DateError::Shape),
    }
}

/// Age in completed years on a day, or `None` for somebody born after that day.
///
/// Who was born on 29 February turns a year older on 1 March where a year has no such day.
#[must_use]
pub fn age_on(birth: Date, on: Date) -> Option<u32> {
    if birth > on {
        return None;
    }
    let had_birthday = (u8::from(on.month()), on.day()) >= (u8::from(birth.month()), birth.day());
    u32::try_from(on.year() - birth.year() - i32::from(!had_birthday)).ok()
}

/// A calendar month, as contributions are reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

impl YearMonth {
    /// The month that a date lies in.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month().into(),
        }
    }

    /// Reads exactly the form `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 || !all_digits(year) || !all_digits(month) {
            return None;
        }
        let month = month
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        Some(Self {
            year: year.parse().ok()?,
            month,
        })
    }

    /// The month that many months later.
    #[must_use]
    pub fn plus(self, months: u32) -> Self {
        let count = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let year = i32::try_from(count.div_euclid(12)).unwrap_or(i32::MAX);
        let month = u8::try_from(count.rem_euclid(12) + 1).unwrap_or(12);
        Self { year, month }
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// What a tablet's clock showed: milliseconds since 1970 and the offset of its zone.
///
/// Two moments are ordered by the instant, then by the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    unix_ms: i64,
    offset_minutes: i16,
}

/// 0001-01-02 and 9999-12-30 in UTC: a day inside the calendar, so that any offset stays inside too.
const EARLIEST_MS: i64 = -62_135_510_400_000;
const LATEST_MS: i64 = 253_402_214_399_999;
/// Zones reach from −12:00 to +14:00; a day's width is the most RFC 3339 can write.
const MOST_OFFSET_MINUTES: i16 = 23 * 60 + 59;

impl Moment {
    /// A moment from milliseconds since 1970 in UTC and the minutes by which local time is ahead of UTC.
    /// A clock outside the years 1 to 9999 is taken as the nearest end of them.
    #[must_use]
    pub fn new(unix_ms: i64, offset_minutes: i16) -> Self {
        Self {
            unix_ms: unix_ms.clamp(EARLIEST_MS, LATEST_MS),
            offset_minutes: offset_minutes.clamp(-MOST_OFFSET_MINUTES, MOST_OFFSET_MINUTES),
        }
    }

    /// Milliseconds since 1970 in UTC.
    #[must_use]
    pub fn unix_ms(self) -> i64 {
        self.unix_ms
    }

    /// Minutes by which local time is ahead of UTC: 420 in Probolinggo.
    #[must_use]
    pub fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }

    /// The date on the wall where the tablet was.
    #[must_use]
    pub fn local_date(self) -> Date {
        self.local().date()
    }

    /// Hour and minute on the wall where the tablet was.
    #[must_use]
    pub fn local_hour_minute(self) -> (u8, u8) {
        let local = self.local();
        (local.hour(), local.minute())
    }

    /// As `2026-11-24T10:42:07.123+07:00`: always milliseconds, always a numeric offset, so that
    /// equal moments have equal texts.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let local = self.local();
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.unsigned_abs();
        format!(
            "{}T{:02}:{:02}:{:02}.{:03}{sign}{:02}:{:02}",
            iso(local.date()),
            local.hour(),
            local.minute(),
            local.second(),
            local.millisecond(),
            offset / 60,
            offset % 60
        )
    }

    /// Reads any RFC 3339 moment of the years 1 to 9999; what is finer than a millisecond is dropped.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let read = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let unix_ms = i64::try_from(read.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
        let offset_minutes = read.offset().whole_minutes();
        let moment = Self::new(unix_ms, offset_minutes);
        (moment.unix_ms == unix_ms && moment.offset_minutes == offset_minutes).then_some(moment)
    }

    fn local(self) -> OffsetDateTime {
        let utc = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.unix_ms) * 1_000_000)
            .expect("`new` keeps moments inside the calendar");
        let offset = UtcOffset::from_whole_seconds(i32::from(self.offset_minutes) * 60)
            .expect("`new` keeps offsets within a day");
        utc.to_offset(offset)
    }
}

fn from_parts(year: &str, month: &str, day: &str) -> Result<Date, DateError> {
    let short = |text: &str| (1..=2).contains(&text.len()) && all_digits(text);
    if year.len() != 4 || !all_digits(year) || !short(month) || !short(day) {
        return Err(DateError::Shape);
    }
    let number = |text: &str| text.parse::<u16>().map_err(|_| DateError::Shape);
    calendar_date(number(year)?, number(month)?, number(day)?).ok_or(DateError::NoSuchDay)
}

/// The day in the calendar of the years 1 to 9999, if there is one.
pub(super) fn calendar_date(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
    (year > 0).then_some(date)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
