//! The number of a civil servant.

use super::text::digits_without;

/// An NIP: 18 digits. Birth date, year and month of appointment, sex, and a serial number
/// (the Civil Service Agency's regulation 22/2007).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nip(String);

/// Why a text is no NIP: it has not 18 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 18 digits")]
pub struct NipError;

impl Nip {
    /// Reads an NIP with or without the usual spaces.
    ///
    /// # Errors
    /// For anything else.
    pub fn parse(typed: &str) -> Result<Self, NipError> {
        digits_without(typed.trim(), &['.', '-'])
            .filter(|digits| digits.len() == 18)
            .map(Self)
            .ok_or(NipError)
    }

    /// In the groups in which it is written: 8, 6, 1 and 3.
    #[must_use]
    pub fn grouped(&self) -> String {
        let [birth, appointed, sex, serial] = [0..8, 8..14, 14..15, 15..18].map(|at| &self.0[at]);
        format!("{birth} {appointed} {sex} {serial}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_nip_has_18_digits_in_four_groups() {
        for typed in ["198703122010012003", " 19870312 201001 2 003 "] {
            let nip = Nip::parse(typed).expect(typed);
            assert_eq!(nip.grouped(), "19870312 201001 2 003");
        }
        for typed in ["", "1987", "1987031220100120034", "19870312201001200x"] {
            assert_eq!(Nip::parse(typed), Err(NipError), "{typed}");
        }
    }
}
