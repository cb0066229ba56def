//! The registration number that a person takes home: `KDP1-A-058-K`.
//!
//! Event code, tablet letter, the tablet's counter, and a check character after ISO/IEC 7064
//! MOD 37,36, so that a number read aloud or copied by hand with one wrong character is noticed.

use std::fmt;

use super::event::{EventCode, TabletLetter};

/// The number of a registration, unique at its event because each tablet has its own letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistrationNumber {
    code: EventCode,
    letter: TabletLetter,
    counter: u32,
}

/// Why a text is no registration number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("not the shape of a registration number")]
    Shape,
    #[error("the check character should be {expected}")]
    CheckCharacter { expected: char },
}

impl RegistrationNumber {
    #[must_use]
    pub fn new(code: EventCode, letter: TabletLetter, counter: u32) -> Self {
        Self {
            code,
            letter,
            counter,
        }
    }

    /// Reads a number as people type it: in either case, hyphens and spaces as they like or none.
    /// The parts can be told apart without them: the tablet letter is the last before the digits.
    ///
    /// # Errors
    /// [`NumberError::CheckCharacter`] if one character is wrong somewhere.
    pub fn parse(typed: &str) -> Result<Self, NumberError> {
        let kept: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if !kept.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NumberError::Shape);
        }
        let (body, check) = kept
            .split_at_checked(kept.len().saturating_sub(1))
            .ok_or(NumberError::Shape)?;
        let before = body.trim_end_matches(|c: char| c.is_ascii_digit());
        let (code, letter) = before
            .split_at_checked(before.len().saturating_sub(1))
            .ok_or(NumberError::Shape)?;
        let number = Self {
            code: EventCode::parse(code).map_err(|_| NumberError::Shape)?,
            letter: TabletLetter::parse(letter).map_err(|_| NumberError::Shape)?,
            counter: body[before.len()..]
                .parse()
                .map_err(|_| NumberError::Shape)?,
        };
        let expected = number.check_character();
        // Zeros that were left out or added would pass unseen by the check character.
        if number.to_string().replace('-', "").len() != kept.len() {
            return Err(NumberError::Shape);
        }
        if check.starts_with(expected) {
            Ok(number)
        } else {
            Err(NumberError::CheckCharacter { expected })
        }
    }

    #[must_use]
    pub fn code(&self) -> &EventCode {
        &self.code
    }

    #[must_use]
    pub fn letter(&self) -> TabletLetter {
        self.letter
    }

    /// Counts up from 1 on each tablet.
    #[must_use]
    pub fn counter(&self) -> u32 {
        self.counter
    }

    fn check_character(&self) -> char {
        check_character(&format!("{}{}{:03}", self.code, self.letter, self.counter))
    }
}

impl fmt::Display for RegistrationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{}-{:03}-{}",
            self.code,
            self.letter,
            self.counter,
            self.check_character()
        )
    }
}

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The check character of ISO/IEC 7064 MOD 37,36 for capital letters and digits.
fn check_character(text: &str) -> char {
    let product = text
        .chars()
        .filter_map(|c| c.to_digit(36))
        .fold(36, |product, value| {
            let sum = (product + value) % 36;
            (if sum == 0 { 36 } else { sum }) * 2 % 37
        });
    char::from(ALPHABET[((37 - product) % 36) as usize])
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
