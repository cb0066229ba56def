//! Filtering a list as somebody types.
//!
//! Each entry's words are made plain once, when it enters the index; a key press then only looks for
//! substrings, which is fast enough for ten thousand entries and more.

use super::ids::RegistrationId;
use super::name::is_apostrophe;

/// What is searched of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: RegistrationId,
    /// The registration number as shown.
    pub number: String,
    pub name: String,
    pub nik: String,
    /// The name of the business.
    pub business: String,
}

/// Entries ready to be searched, in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    rows: Vec<(String, Entry)>,
}

impl Index {
    /// An index of entries, in their order.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self {
            rows: entries
                .into_iter()
                .map(|entry| (entry.haystack(), entry))
                .collect(),
        }
    }

    /// Puts an entry in place of the one with its id, or at the end.
    pub fn put(&mut self, entry: Entry) {
        let row = (entry.haystack(), entry);
        match self.rows.iter_mut().find(|(_, old)| old.id == row.1.id) {
            Some(old) => *old = row,
            None => self.rows.push(row),
        }
    }

    /// Takes out the entry with this id, if it is there.
    pub fn remove(&mut self, id: RegistrationId) {
        self.rows.retain(|(_, entry)| entry.id != id);
    }

    /// The entries that match what was typed, in the order of the index; all of them for nothing typed.
    ///
    /// Where a number typed in groups stands as a whole in some entry, the entries that only have the
    /// groups here and there are left out: `B-058` is not everybody with a `b` in the name.
    #[must_use]
    pub fn search(&self, typed: &str) -> Vec<&Entry> {
        let query = Query::new(typed);
        let filtered = |is_match: fn(&Query, &str) -> bool| -> Vec<&Entry> {
            let rows = self
                .rows
                .iter()
                .filter(|(haystack, _)| is_match(&query, haystack));
            rows.map(|(_, entry)| entry).collect()
        };
        let whole = filtered(has_number);
        if whole.is_empty() {
            filtered(matches)
        } else {
            whole
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Entry {
    /// All its words made plain. Number and NIK stand in it without separators too, so that they are
    /// found however they are typed; the line breaks keep one member from running into the next.
    #[must_use]
    pub fn haystack(&self) -> String {
        let (name, business, number) = (
            normalise(&self.name),
            normalise(&self.business),
            normalise(&self.number),
        );
        let joined = number.replace(' ', "");
        format!("{name}\n{business}\n{number}\n{joined}\n{}", self.nik)
    }
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
