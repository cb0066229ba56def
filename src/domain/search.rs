//! Filtering a list as somebody types.
//!
//! Each entry's words are made plain once, when it enters the index; a key press then only looks for
//! substrings, which is fast enough for ten thousand entries and more.

use super::name::is_apostrophe;

/// All words of a registration made plain, to be searched with [`matches`]. Number and NIK stand in
/// it without separators too, so that they are found however they are typed; the line breaks keep
/// one member from running into the next.
#[must_use]
pub fn haystack(number: &str, name: &str, nik: &str, business: &str) -> String {
    let (name, business, number) = (normalise(name), normalise(business), normalise(number));
    let joined = number.replace(' ', "");
    format!("{name}\n{business}\n{number}\n{joined}\n{nik}")
}

/// What somebody typed, made plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    /// All of it without separators, if it is a number in groups: a NIK or a registration number.
    joined: Option<String>,
}

impl Query {
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let plain = normalise(typed);
        let words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
        let is_number_in_groups = words.len() > 1 && plain.chars().any(|c| c.is_ascii_digit());
        Self {
            joined: is_number_in_groups.then(|| words.concat()),
            words,
        }
    }
}

/// Whether every word of the query occurs, or the whole of it as one number.
#[must_use]
pub fn matches(query: &Query, haystack: &str) -> bool {
    has_number(query, haystack) || query.words.iter().all(|word| haystack.contains(word))
}

fn has_number(query: &Query, haystack: &str) -> bool {
    query
        .joined
        .as_ref()
        .is_some_and(|number| haystack.contains(number))
}

/// Text made plain for comparing: lower case, accents and apostrophes dropped, other punctuation as
/// one space. `Ma’ruf` and `maruf` are the same.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            _ if is_apostrophe(letter) => {}
            '\u{300}'..='\u{36F}' => {}
            _ if letter.is_alphanumeric() => plain.push(without_accent(letter)),
            _ if plain.is_empty() || plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The plain letter of the accented ones that occur in Indonesian names and their neighbours.
fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ś' | 'š' | 'ş' | 'ṣ' => 's',
        'ù'..='ü' | 'ū' | 'ŭ' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ḍ' => 'd',
        'ḥ' => 'h',
        'ṭ' => 't',
        _ => letter,
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
