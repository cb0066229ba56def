//! Where a person lives according to the card.

use super::region::{kelurahan, regency_name};
use super::text::{TextError, digits_without, parse_text};

/// An address as on the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub street: String,
    /// Neighbourhood, three digits.
    pub rt: String,
    /// Group of neighbourhoods, three digits.
    pub rw: String,
    pub place: Place,
}

/// The part of an address that the lists of regions know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In Kota Probolinggo. Codes, not names: five kelurahan are named like a kecamatan.
    City {
        kelurahan: &'static str,
        kecamatan: &'static str,
        postal_code: String,
    },
    /// Anywhere else in the country, by the code of the regency.
    Elsewhere {
        region_code: String,
        postal_code: Option<String>,
    },
}

impl Place {
    /// What people call it: the kelurahan, or the regency where it is outside the city.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Place::City {
                kelurahan: code, ..
            } => kelurahan(code).map_or("", |found| found.name),
            Place::Elsewhere { region_code, .. } => regency_name(region_code).unwrap_or(""),
        }
    }

    /// The place of a kelurahan of Kota Probolinggo, with its usual postal code.
    #[must_use]
    pub fn in_city(kelurahan_code: &str) -> Option<Self> {
        let found = kelurahan(kelurahan_code)?;
        Some(Self::City {
            kelurahan: found.code,
            kecamatan: super::region::kecamatan_of(kelurahan_code)?.code,
            postal_code: found.postal_code.to_owned(),
        })
    }
}

/// The most characters of a street.
const MOST_STREET: usize = 120;

/// Reads street, hamlet and house number: one line, at most 120 characters.
///
/// # Errors
/// As [`parse_text`].
pub fn parse_street(typed: &str) -> Result<String, TextError> {
    parse_text(typed, MOST_STREET)
}

/// Why a text is no RT or RW.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RtRwError {
    #[error("no number")]
    Empty,
    #[error("something other than digits")]
    NotDigits,
    #[error("more than three digits")]
    TooLong,
}

/// Reads an RT or RW as three digits, as the card has it: `3`, `003` and `rt 3` are all `003`.
///
/// # Errors
/// [`RtRwError::NotDigits`] also for both in one, as `3/2`.
pub fn parse_rt_rw(typed: &str) -> Result<String, RtRwError> {
    let typed = typed.trim();
    let number = match typed.get(..2) {
        Some(label) if label.eq_ignore_ascii_case("rt") || label.eq_ignore_ascii_case("rw") => {
            typed[2..].trim_start_matches([' ', '.', ':'])
        }
        _ => typed,
    };
    let digits = digits_without(number, &[]).ok_or(RtRwError::NotDigits)?;
    match digits.len() {
        0 => Err(RtRwError::Empty),
        1..=3 => Ok(format!("{digits:0>3}")),
        _ => Err(RtRwError::TooLong),
    }
}

/// Why a text is no postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostalCodeError {
    #[error("no postal code")]
    Empty,
    #[error("something other than digits")]
    NotDigits,
    #[error("{found} digits instead of 5")]
    Length { found: usize },
}

/// Reads a postal code of five digits.
///
/// # Errors
/// For anything else; whether the code exists is not checked.
pub fn parse_postal_code(typed: &str) -> Result<String, PostalCodeError> {
    let digits = digits_without(typed, &[]).ok_or(PostalCodeError::NotDigits)?;
    match digits.len() {
        0 => Err(PostalCodeError::Empty),
        5 => Ok(digits),
        found => Err(PostalCodeError::Length { found }),
    }
}

/// A street up to the number of the house, with what stands before it: what the next person of the
/// street says as well. `Jl. Mastrip No. 12A` is `Jl. Mastrip No. `.
#[must_use]
pub fn without_house_number(street: &str) -> &str {
    let street = street.trim();
    let last = street.rfind(' ').map_or(0, |at| at + 1);
    let number = street[last..].find(|letter: char| letter.is_ascii_digit());
    number.map_or(street, |at| &street[..last + at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rt_and_rw_have_three_digits() {
        for typed in ["3", "03", "003", " rt 3", "RT.003", "rw:3", "Rw3"] {
            assert_eq!(parse_rt_rw(typed).as_deref(), Ok("003"), "{typed}");
        }
        assert_eq!(parse_rt_rw(""), Err(RtRwError::Empty));
        assert_eq!(parse_rt_rw("rt"), Err(RtRwError::Empty));
        assert_eq!(parse_rt_rw("3/2"), Err(RtRwError::NotDigits));
        assert_eq!(parse_rt_rw("1234"), Err(RtRwError::TooLong));
    }

    #[test]
    fn postal_codes_have_five_digits() {
        assert_eq!(parse_postal_code(" 67 231").as_deref(), Ok("67231"));
        assert_eq!(parse_postal_code(""), Err(PostalCodeError::Empty));
        assert_eq!(
            parse_postal_code("6723"),
            Err(PostalCodeError::Length { found: 4 })
        );
        assert_eq!(parse_postal_code("6723A"), Err(PostalCodeError::NotDigits));
    }

    #[test]
    fn a_kelurahan_brings_its_kecamatan_and_postal_code() {
        let place = Place::City {
            kelurahan: "35.74.05.1005",
            kecamatan: "35.74.05",
            postal_code: "67231".to_owned(),
        };
        assert_eq!(Place::in_city("35.74.05.1005"), Some(place));
        assert_eq!(Place::in_city("35.13.01.2001"), None);
    }

    #[test]
    fn a_street_is_remembered_without_the_number_of_the_house() {
        for (street, rest) in [
            ("Jl. Mastrip No. 12A", "Jl. Mastrip No. "),
            ("Jl. Anggur Gg. 3 No.112", "Jl. Anggur Gg. 3 No."),
            ("Jl. Mastrip 7", "Jl. Mastrip "),
            (" Dusun Krajan ", "Dusun Krajan"),
            ("Perum Asabri Blok C", "Perum Asabri Blok C"),
            ("17", ""),
            ("", ""),
        ] {
            assert_eq!(without_house_number(street), rest, "{street}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(typed in "(rt|é)?\\PC*") {
            if let Ok(number) = parse_rt_rw(&typed) {
                prop_assert_eq!(parse_rt_rw(&number), Ok(number.clone()));
                prop_assert_eq!(number.len(), 3);
            }
            let _ = (parse_postal_code(&typed), parse_street(&typed));
        }
    }
}
