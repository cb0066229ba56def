//! The event, its code and the letters of its tablets.

use std::fmt;

use super::date::Date;
use super::ids::EventId;
use super::programme::{Payer, Programme};

/// What is held on a date at a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub code: EventCode,
    pub name: String,
    pub venue: String,
    /// Ages and limits are reckoned on this day, never on the tablet's clock.
    pub date: Date,
    /// What is offered here.
    pub programmes: Vec<Programme>,
    pub payer: Payer,
    /// For how many people it is meant; 0 if nobody said. Capacity warns and never refuses.
    pub capacity: u32,
    /// An event to try things out with made-up people.
    pub sample: bool,
}

/// Whether so many active registrations are more than an event is meant for.
#[must_use]
pub fn is_over_capacity(event: &Event, registered: u32) -> bool {
    event.capacity > 0 && registered > event.capacity
}

/// The code of an event: two to six capital letters and digits, the start of every number given there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventCode(String);

/// Why a text is no event code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventCodeError {
    #[error("{found} characters instead of 2 to 6")]
    Length { found: usize },
    #[error("{character:?} is neither a letter A to Z nor a digit")]
    Forbidden { character: char },
}

impl EventCode {
    /// Reads a code in either case.
    ///
    /// # Errors
    /// [`EventCodeError::Length`] with 0 for nothing typed.
    pub fn parse(typed: &str) -> Result<Self, EventCodeError> {
        let code = typed.trim().to_ascii_uppercase();
        if let Some(character) = code.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(EventCodeError::Forbidden { character });
        }
        match code.len() {
            2..=6 => Ok(Self(code)),
            found => Err(EventCodeError::Length { found }),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The letter of a tablet, not used by another tablet at the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TabletLetter(char);

/// Why a text is no tablet letter: it is not one letter A to Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one letter A to Z")]
pub struct TabletLetterError;

impl TabletLetter {
    /// Reads one letter in either case.
    ///
    /// # Errors
    /// For anything else.
    pub fn parse(typed: &str) -> Result<Self, TabletLetterError> {
        let mut letters = typed.trim().chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_alphabetic() => {
                Ok(Self(letter.to_ascii_uppercase()))
            }
            _ => Err(TabletLetterError),
        }
    }

    #[must_use]
    pub fn as_char(self) -> char {
        self.0
    }
}

impl fmt::Display for TabletLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Words of a venue's or event's name that tell nothing apart.
const COMMON_WORDS: [&str; 31] = [
    "aula",
    "balai",
    "bpjs",
    "dan",
    "di",
    "gedung",
    "gor",
    "hall",
    "halaman",
    "jalan",
    "jl",
    "kantor",
    "kec",
    "kecamatan",
    "kegiatan",
    "kel",
    "kelurahan",
    "ketenagakerjaan",
    "kota",
    "lapangan",
    "pendaftaran",
    "pendapa",
    "pendopo",
    "probolinggo",
    "ruang",
    "sosialisasi",
    "sosialisi",
    "the",
    "umkm",
    "untuk",
    "usaha",
];

/// A code to begin with: three consonants of what is special about the venue, or else about the name,
/// and 1. `Pendapa Kecamatan Kedopok` gives `KDP1`.
#[must_use]
pub fn suggest_code(venue: &str, name: &str) -> EventCode {
    let special = [venue, name]
        .into_iter()
        .find_map(special_word)
        .unwrap_or_else(|| "KEGIATAN".to_owned());
    let (first, rest) = special.split_at(1);
    let consonants = rest.chars().filter(|c| !"AEIOU".contains(*c));
    let letters: String = first.chars().chain(consonants).take(3).collect();
    EventCode(format!("{letters}1"))
}

/// The first word, in capitals, that is not common to most venues.
fn special_word(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() >= 2)
        .find(|word| !COMMON_WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .map(str::to_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::parse_iso;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn codes_are_suggested_from_what_is_special() {
        for (venue, name, code) in [
            ("Pendapa Kecamatan Kedopok", "Pendaftaran BPJS", "KDP1"),
            ("Pendopo Kec. Wonoasih", "", "WNS1"),
            ("Aula Kantor Kelurahan Ketapang", "", "KTP1"),
            ("Balai Kota Probolinggo", "Gebyar UMKM", "GBY1"),
            ("Pendapa", "Pendaftaran", "KGT1"),
            ("", "", "KGT1"),
            ("Io", "", "I1"),
        ] {
            assert_eq!(suggest_code(venue, name).as_str(), code, "{venue}");
        }
    }

    #[test]
    fn codes_and_letters_are_capitals() {
        assert_eq!(
            EventCode::parse(" kdp1 ").as_ref().map(EventCode::as_str),
            Ok("KDP1")
        );
        assert_eq!(
            EventCode::parse("K"),
            Err(EventCodeError::Length { found: 1 })
        );
        assert_eq!(
            EventCode::parse("KEDOPOK"),
            Err(EventCodeError::Length { found: 7 })
        );
        assert_eq!(
            EventCode::parse("KD-1"),
            Err(EventCodeError::Forbidden { character: '-' })
        );
        assert_eq!(TabletLetter::parse("b").map(TabletLetter::as_char), Ok('B'));
        for wrong in ["", "AB", "1", "É"] {
            assert_eq!(
                TabletLetter::parse(wrong),
                Err(TabletLetterError),
                "{wrong}"
            );
        }
    }

    #[test]
    fn capacity_is_passed_by_one_more_and_zero_is_none() {
        let event = |capacity| Event {
            id: EventId(Uuid::nil()),
            code: suggest_code("Kedopok", ""),
            name: String::new(),
            venue: String::new(),
            date: parse_iso("2026-11-24").expect("a date"),
            programmes: vec![Programme::Jkk],
            payer: Payer::Myself,
            capacity,
            sample: true,
        };
        assert!(!is_over_capacity(&event(50), 50));
        assert!(is_over_capacity(&event(50), 51));
        assert!(!is_over_capacity(&event(0), 51));
    }

    proptest! {
        #[test]
        fn every_suggested_code_is_a_code(venue: String, name: String) {
            let code = suggest_code(&venue, &name);
            prop_assert_eq!(EventCode::parse(code.as_str()), Ok(code));
        }

        #[test]
        fn any_text_is_read_or_refused(typed: String) {
            if let Ok(code) = EventCode::parse(&typed) {
                prop_assert_eq!(EventCode::parse(&code.to_string()), Ok(code));
            }
            let _ = TabletLetter::parse(&typed);
        }
    }
}
