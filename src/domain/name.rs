//! Names of people and of their birth places, as on the card: spelling and case are never "fixed".

use super::text::tidy;

/// The most characters a name has on the card, spaces included: Permendagri 73/2022.
const MOST: usize = 60;

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is no letter in it.
    #[error("no name")]
    Empty,
    #[error("{found} characters, at most {most}")]
    TooLong { found: usize, most: usize },
    #[error("{character:?} cannot stand in a name")]
    Forbidden { character: char },
}

/// A person's name in one piece: many people have one word only, and titles belong to the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FullName(String);

impl FullName {
    /// Reads a name: Latin letters, space, apostrophe, dot, hyphen and comma, at most 60 characters.
    ///
    /// # Errors
    /// [`NameError::Forbidden`] tells the first character that cannot stand in a name.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        parse_allowing(typed, |c| matches!(c, ' ' | '.' | '-' | ',')).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for a list that others may see: first letters, the rest as dots. Abbreviated titles
    /// (`H.`, `Hj.`) stay, unless there is nothing else.
    #[must_use]
    pub fn masked(&self) -> String {
        let all_are_titles = self.0.split(' ').all(is_title);
        let words = self.0.split(' ').map(|word| {
            if is_title(word) && !all_are_titles {
                return word.to_owned();
            }
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .chain(letters.map(|c| if c == ',' { c } else { '•' }))
                .collect()
        });
        words.collect::<Vec<String>>().join(" ")
    }
}

/// A place of birth as the card writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthPlace(String);

impl BirthPlace {
    /// Reads a place: as a name, and also digits, brackets and slash.
    ///
    /// # Errors
    /// As [`FullName::parse`].
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        parse_allowing(typed, |c| {
            matches!(c, ' ' | '.' | '-' | ',' | '(' | ')' | '/' | '0'..='9')
        })
        .map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn parse_allowing(typed: &str, also: impl Fn(char) -> bool) -> Result<String, NameError> {
    let text = tidy(typed);
    if let Some(character) = text
        .chars()
        .find(|c| !is_latin(*c) && !is_apostrophe(*c) && !also(*c))
    {
        return Err(NameError::Forbidden { character });
    }
    let found = text.chars().count();
    match found {
        _ if !text.chars().any(char::is_alphabetic) => Err(NameError::Empty),
        _ if found > MOST => Err(NameError::TooLong { found, most: MOST }),
        _ => Ok(text),
    }
}

/// Latin letters with all their accents, also where the accent is a character of its own.
fn is_latin(character: char) -> bool {
    match character {
        'A'..='Z' | 'a'..='z' | '\u{300}'..='\u{36F}' => true,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => character.is_alphabetic(),
        _ => false,
    }
}

/// Tablet keyboards turn a straight apostrophe into a curly one as they please.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}')
}

/// An abbreviation of at most two letters and a dot, as `H.`, `Hj.`, `Ir.`.
fn is_title(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|letters| {
        (1..=2).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(name: &str) -> String {
        FullName::parse(name).expect("a name").masked()
    }

    #[test]
    fn names_keep_their_spelling() {
        for name in [
            "Slamet",
            "Siti Aminah",
            "Nur 'Aini",
            "Ma’ruf",
            "H. Moh. Sa'id, S.Pd.",
            "anne-marie",
            "José",
            "Jose\u{301}",
        ] {
            assert_eq!(
                FullName::parse(name).as_ref().map(FullName::as_str),
                Ok(name)
            );
        }
        assert_eq!(
            FullName::parse("  SITI \t aminah ")
                .as_ref()
                .map(FullName::as_str),
            Ok("SITI aminah")
        );
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        assert_eq!(FullName::parse("  "), Err(NameError::Empty));
        assert_eq!(FullName::parse(". - ,"), Err(NameError::Empty));
        assert_eq!(
            FullName::parse("Siti 2"),
            Err(NameError::Forbidden { character: '2' })
        );
        assert_eq!(
            FullName::parse("=SUM(A1)"),
            Err(NameError::Forbidden { character: '=' })
        );
        assert_eq!(
            FullName::parse("سيتي"),
            Err(NameError::Forbidden { character: 'س' })
        );
        assert_eq!(
            FullName::parse(&"é".repeat(60)).map(|name| name.as_str().len()),
            Ok(120)
        );
        assert_eq!(
            FullName::parse(&"a".repeat(61)),
            Err(NameError::TooLong {
                found: 61,
                most: 60
            })
        );
    }

    #[test]
    fn places_may_have_digits_and_brackets() {
        for place in [
            "Probolinggo",
            "Pangkep (Ujung Pandang)",
            "Sp. 4 / Transmigrasi",
        ] {
            assert_eq!(
                BirthPlace::parse(place).as_ref().map(BirthPlace::as_str),
                Ok(place)
            );
        }
        assert_eq!(BirthPlace::parse("123"), Err(NameError::Empty));
        assert_eq!(
            BirthPlace::parse("A;B"),
            Err(NameError::Forbidden { character: ';' })
        );
    }

    #[test]
    fn masks_leave_first_letters_and_titles() {
        assert_eq!(masked("Siti Aminah"), "S••• A•••••");
        assert_eq!(masked("Slamet"), "S•••••");
        assert_eq!(masked("Hj. Siti"), "Hj. S•••");
        assert_eq!(masked("Moh. Anwar, S.Pd."), "M••• A••••, S••••");
        assert_eq!(masked("Ny."), "N••");
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_refused(typed: String) {
            if let Ok(name) = FullName::parse(&typed) {
                prop_assert_eq!(FullName::parse(name.as_str()), Ok(name.clone()));
                prop_assert_eq!(name.masked().chars().count(), name.as_str().chars().count());
            }
            if let Ok(place) = BirthPlace::parse(&typed) {
                prop_assert_eq!(BirthPlace::parse(place.as_str()), Ok(place));
            }
        }
    }
}
