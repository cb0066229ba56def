//! Phone, email and family card: the other ways to find a person.

use std::fmt;

use super::code::coded;
use super::text::{digits_without, tidy};

/// An Indonesian mobile number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(/* `+62` and the number without its leading 0 */ String);

/// Why a text is no mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("no number")]
    Empty,
    #[error("something other than digits")]
    NotDigits,
    #[error("not an Indonesian mobile number")]
    NotMobile,
    /// Digits counted with the leading 0, of which there are 10 to 13.
    #[error("{found} digits instead of 10 to 13")]
    Length { found: usize },
}

/// The first digits that the operators use. The list grows stale, so it only warns.
const PREFIXES: [&str; 48] = [
    "0811", "0812", "0813", "0814", "0815", "0816", "0817", "0818", "0819", "0821", "0822", "0823",
    "0828", "0831", "0832", "0833", "0838", "0851", "0852", "0853", "0855", "0856", "0857", "0858",
    "0859", "0868", "0877", "0878", "0879", "0881", "0882", "0883", "0884", "0885", "0886", "0887",
    "0888", "0889", "0891", "0892", "0893", "0894", "0895", "0896", "0897", "0898", "0899", "0820",
];

impl Phone {
    /// Reads a mobile number as typed or pasted: `0812…`, `62 812…`, `+62 812…`, the common
    /// `+62 0812…`, and `812…`, which is what a spreadsheet leaves of it.
    ///
    /// # Errors
    /// [`PhoneError::NotMobile`] for land lines and foreign numbers.
    pub fn parse(typed: &str) -> Result<Self, PhoneError> {
        // What is copied from a chat begins with marks that nobody sees.
        let typed = &tidy(typed);
        let (abroad, typed) = typed
            .strip_prefix('+')
            .map_or((false, typed.as_str()), |rest| (true, rest));
        let digits = digits_without(
            typed,
            &['-', '\u{2010}', '\u{2011}', '–', '.', '(', ')', '/'],
        )
        .ok_or(PhoneError::NotDigits)?;
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        let rest = match digits.strip_prefix("62") {
            Some(rest) => rest,
            None if abroad => return Err(PhoneError::NotMobile),
            None => &digits,
        };
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        if !rest.starts_with('8') {
            return Err(PhoneError::NotMobile);
        }
        match rest.len() + 1 {
            10..=13 => Ok(Self(format!("+62{rest}"))),
            found => Err(PhoneError::Length { found }),
        }
    }

    /// As networks and files want it: `+6281234567890`.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// As people read it: `0812-3456-7890`.
    #[must_use]
    pub fn shown(&self) -> String {
        let rest = &self.0[3..];
        format!("0{}-{}-{}", &rest[..3], &rest[3..7], &rest[7..])
    }

    /// Whether an operator is known for its first digits.
    #[must_use]
    pub fn has_known_prefix(&self) -> bool {
        PREFIXES
            .iter()
            .any(|prefix| self.0[3..].starts_with(&prefix[1..]))
    }
}

coded! {
    /// Why there is no number.
    pub enum NoPhoneReason {
        /// Has no phone.
        None => "none",
        /// Can be reached on the phone of a relative, which is not theirs to register.
        FamilyPhone => "family_phone",
        /// Does not wish to say.
        Refused => "refused",
    }
}

/// How a person can be reached, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    Phone(Phone),
    NoPhone(NoPhoneReason),
}

/// An email address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is no email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("not the shape of an email address")]
    Shape,
}

impl Email {
    /// Reads an address of the shape `name@host.tld`. Only a message sent would prove more.
    ///
    /// # Errors
    /// [`EmailError::Shape`], also for more than 254 characters, the most that mail can carry.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let text = typed.trim();
        let (name, host) = text.rsplit_once('@').ok_or(EmailError::Shape)?;
        let is_plain = |text: &str| {
            text.chars()
                .all(|c| c.is_ascii_graphic() && !"\"(),:;<>[\\]@".contains(c))
        };
        let labels_are_filled = host.split('.').all(|label| !label.is_empty());
        let is_right = text.len() <= 254
            && !name.is_empty()
            && is_plain(name)
            && is_plain(host)
            && labels_are_filled
            && host.contains('.');
        if is_right {
            Ok(Self(text.to_owned()))
        } else {
            Err(EmailError::Shape)
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number of a family card, KK: 16 digits, of which nothing else can be checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyCardNumber(String);

/// Why a text is no family card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FamilyCardError {
    #[error("something other than digits")]
    NotDigits,
    #[error("{found} digits instead of 16")]
    Length { found: usize },
}

impl FamilyCardNumber {
    /// Reads a number as typed or pasted; spaces, dots and hyphens are dropped.
    ///
    /// # Errors
    /// [`FamilyCardError::Length`] with 0 for nothing typed.
    pub fn parse(typed: &str) -> Result<Self, FamilyCardError> {
        let digits = digits_without(typed, &['.', '-']).ok_or(FamilyCardError::NotDigits)?;
        match digits.len() {
            16 => Ok(Self(digits)),
            found => Err(FamilyCardError::Length { found }),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_of_writing_a_number_is_one_number() {
        for typed in [
            "081234567890",
            "0812-3456-7890",
            "+62 812 3456 7890",
            "6281234567890",
            "+62 0812-3456-7890",
            "62 0812 3456 7890",
            "81234567890",
            " (0812) 3456.7890 ",
            "+62 812-3456-7890",
            "\u{202A}+62 812\u{2011}3456\u{2011}7890\u{202C}",
        ] {
            let phone = Phone::parse(typed).expect(typed);
            assert_eq!(phone.e164(), "+6281234567890", "{typed}");
            assert_eq!(phone.shown(), "0812-3456-7890");
            assert!(phone.has_known_prefix());
        }
    }

    #[test]
    fn what_is_no_mobile_number_is_refused_with_the_reason() {
        assert_eq!(Phone::parse(" "), Err(PhoneError::Empty));
        assert_eq!(Phone::parse("+"), Err(PhoneError::Empty));
        assert_eq!(Phone::parse("0812 abc"), Err(PhoneError::NotDigits));
        assert_eq!(Phone::parse("0335 421 234"), Err(PhoneError::NotMobile));
        assert_eq!(Phone::parse("+1 812 3456 7890"), Err(PhoneError::NotMobile));
        assert_eq!(Phone::parse("+81 234 567 890"), Err(PhoneError::NotMobile));
        assert_eq!(
            Phone::parse("081234567"),
            Err(PhoneError::Length { found: 9 })
        );
        assert_eq!(
            Phone::parse("08123456789012"),
            Err(PhoneError::Length { found: 14 })
        );
    }

    #[test]
    fn unknown_prefixes_are_told() {
        assert!(
            !Phone::parse("084012345678")
                .expect("a number")
                .has_known_prefix()
        );
    }

    #[test]
    fn emails_and_family_cards() {
        assert_eq!(
            Email::parse(" siti@contoh.id ").as_ref().map(Email::as_str),
            Ok("siti@contoh.id")
        );
        for wrong in [
            "",
            "siti",
            "@contoh.id",
            "siti@",
            "siti@contoh",
            "siti@contoh..id",
            "si ti@contoh.id",
            "a@b@c.id",
        ] {
            assert_eq!(Email::parse(wrong), Err(EmailError::Shape), "{wrong}");
        }
        let card = FamilyCardNumber::parse("357405 010120 9001").expect("a card");
        assert_eq!(card.as_str(), "3574050101209001");
        assert_eq!(
            FamilyCardNumber::parse(""),
            Err(FamilyCardError::Length { found: 0 })
        );
        assert_eq!(
            FamilyCardNumber::parse("35740x"),
            Err(FamilyCardError::NotDigits)
        );
    }

    proptest! {
        #[test]
        fn a_phone_shown_is_read_back(rest in "8[0-9]{8,11}") {
            let phone = Phone::parse(&rest).expect("a mobile number");
            prop_assert_eq!(Phone::parse(&phone.shown()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(phone.e164()), Ok(phone));
        }

        #[test]
        fn any_text_is_read_or_refused(typed in "[+0-9 @.\\PC]*") {
            let _ = Phone::parse(&typed);
            let _ = Email::parse(&typed);
            let _ = FamilyCardNumber::parse(&typed);
        }
    }
}
