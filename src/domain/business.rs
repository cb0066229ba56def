//! The business and the work of its owner.

use super::code::coded;
use super::text::digits_without;

coded! {
    /// The plain trade of a business. A KBLI code may be filled in later by somebody who knows it.
    pub enum Sector {
        Culinary => "culinary",
        Trade => "trade",
        Services => "services",
        Crafts => "crafts",
        Fashion => "fashion",
        Farming => "farming_fishery",
        Other => "other",
    }
}

/// A participant's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    pub name: String,
    pub sector: Sector,
    /// Code of the kelurahan where it stands; `None` outside the city.
    pub kelurahan: Option<&'static str>,
    /// People who work there beside the owner. An owner with workers may have to take JHT.
    pub workers: u32,
    pub nib: Option<Nib>,
    pub kbli: Option<Kbli>,
    /// The year it began.
    pub since: Option<u16>,
}

/// The work for which a participant is insured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub occupation: String,
    /// Whether it is transport work, for which discounts may differ.
    pub transport: bool,
    /// Declared rupiah a month: what the owner earns, not what the business turns over.
    pub income: u64,
}

/// A business number of the OSS: 13 digits, random, without a check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nib(String);

/// Why a text is no business number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NibError {
    #[error("something other than digits")]
    NotDigits,
    #[error("{found} digits instead of 13")]
    Length { found: usize },
}

impl Nib {
    /// Reads a number as typed or pasted; spaces, dots and hyphens are dropped.
    ///
    /// # Errors
    /// [`NibError::Length`] with 0 for nothing typed.
    pub fn parse(typed: &str) -> Result<Self, NibError> {
        let digits = digits_without(typed, &['.', '-']).ok_or(NibError::NotDigits)?;
        match digits.len() {
            13 => Ok(Self(digits)),
            found => Err(NibError::Length { found }),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

coded! {
    /// The edition of the classification that a code belongs to; licences from before 2026 carry 2020.
    pub enum KbliEdition { Kbli2020 => "2020", Kbli2025 => "2025" }
}

/// A code of the standard classification of business fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kbli {
    /// Five digits.
    pub code: String,
    pub edition: KbliEdition,
}

/// Why a text is no KBLI code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KbliError {
    #[error("something other than digits")]
    NotDigits,
    #[error("{found} digits instead of 5")]
    Length { found: usize },
}

impl Kbli {
    /// Reads a code of five digits.
    ///
    /// # Errors
    /// [`KbliError::Length`] with 0 for nothing typed.
    pub fn parse(typed: &str, edition: KbliEdition) -> Result<Self, KbliError> {
        let code = digits_without(typed, &['.']).ok_or(KbliError::NotDigits)?;
        match code.len() {
            5 => Ok(Self { code, edition }),
            found => Err(KbliError::Length { found }),
        }
    }
}

/// The most workers that can be typed.
const MOST_WORKERS: u32 = 9_999;

/// Why a text is no number of workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkersError {
    #[error("no number")]
    Empty,
    #[error("something other than digits")]
    NotDigits,
    #[error("more than {most}")]
    TooMany { most: u32 },
}

/// Reads the number of workers, 0 to 9999.
///
/// # Errors
/// [`WorkersError::Empty`] for nothing typed: nobody asked is not the same as nobody employed.
pub fn parse_workers(typed: &str) -> Result<u32, WorkersError> {
    let digits = digits_without(typed, &['.']).ok_or(WorkersError::NotDigits)?;
    if digits.is_empty() {
        return Err(WorkersError::Empty);
    }
    digits
        .parse()
        .ok()
        .filter(|workers| *workers <= MOST_WORKERS)
        .ok_or(WorkersError::TooMany { most: MOST_WORKERS })
}

/// The earliest year in which a business can have begun.
const EARLIEST_SINCE: u16 = 1900;

/// Why a text is no year in which a business began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SinceError {
    #[error("no year")]
    Empty,
    #[error("not a year of four digits")]
    NotYear,
    #[error("not between {earliest} and {latest}")]
    OutOfRange { earliest: u16, latest: i32 },
}

/// Reads the year in which a business began: 1900 to the year of the event.
///
/// # Errors
/// [`SinceError::OutOfRange`] also for a year after the event.
pub fn parse_since(typed: &str, event_year: i32) -> Result<u16, SinceError> {
    let digits = digits_without(typed, &[]).ok_or(SinceError::NotYear)?;
    match digits.len() {
        0 => return Err(SinceError::Empty),
        4 => {}
        _ => return Err(SinceError::NotYear),
    }
    let year: u16 = digits.parse().map_err(|_| SinceError::NotYear)?;
    if year >= EARLIEST_SINCE && i32::from(year) <= event_year {
        Ok(year)
    } else {
        Err(SinceError::OutOfRange {
            earliest: EARLIEST_SINCE,
            latest: event_year,
        })
    }
}

/// The most rupiah a month that can be typed: one below a thousand million, 48 times the highest tier.
const MOST_RUPIAH: u64 = 999_999_999;

/// Why a text is no sum of rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RupiahError {
    #[error("no sum")]
    Empty,
    #[error("not a sum in whole rupiah")]
    NotDigits,
    #[error("more than {most}")]
    TooLarge { most: u64 },
}

/// Reads whole rupiah: `1500000`, `1.500.000`, `Rp 1.500.000`, `Rp1.500.000,-`.
///
/// # Errors
/// [`RupiahError::NotDigits`] where dots do not part thousands: `1.5` may mean a million and a half.
pub fn parse_rupiah(typed: &str) -> Result<u64, RupiahError> {
    let typed = typed.trim();
    let sum = match typed.get(..2) {
        Some(label) if label.eq_ignore_ascii_case("rp") => {
            typed[2..].trim_start_matches(['.', ' '])
        }
        _ => typed,
    };
    let sum = sum
        .strip_suffix(",-")
        .or_else(|| sum.strip_suffix(",00"))
        .unwrap_or(sum)
        .trim();
    if sum.is_empty() {
        return Err(RupiahError::Empty);
    }
    let mut groups = sum.split(['.', ' ']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let thousands_are_parted = rest.is_empty() || (1..=3).contains(&first.len());
    if !thousands_are_parted || rest.iter().any(|group| group.len() != 3) {
        return Err(RupiahError::NotDigits);
    }
    let digits = [first, &rest.concat()].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(RupiahError::NotDigits);
    }
    let too_large = RupiahError::TooLarge { most: MOST_RUPIAH };
    digits
        .parse()
        .ok()
        .filter(|rupiah| *rupiah <= MOST_RUPIAH)
        .ok_or(too_large)
}

/// A sum with its thousands parted by dots: `1.500.000`.
#[must_use]
pub fn grouped(rupiah: u64) -> String {
    let digits = rupiah.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A sum while it is typed: its digits with their thousands parted and nothing else. What stands
/// behind a comma are no rupiah and goes, and so do digits beyond what [`parse_rupiah`] takes.
#[must_use]
pub fn grouped_as_typed(typed: &str) -> String {
    let whole = typed.split(',').next().unwrap_or_default();
    let digits: String = whole
        .chars()
        .filter(char::is_ascii_digit)
        .skip_while(|digit| *digit == '0')
        .take(MOST_RUPIAH.to_string().len())
        .collect();
    digits.parse().map(grouped).unwrap_or_default()
}

#[cfg(test)]
#[path = "business_tests.rs"]
mod tests;
