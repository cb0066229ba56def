//! Who may be one person: what two registrations have in common, and how the names of Probolinggo
//! are compared.
//!
//! A likeness never forbids anything. The officer looks, and says what it is.

use super::code::coded;
use super::date::{Date, iso, parse_typed_date};
use super::draft::{Draft, Field};
use super::name::FullName;
use super::nik::Nik;
use super::number::RegistrationNumber;
use super::phone::{Contact, Phone};
use super::registration::Person;
use super::search::normalise;

coded! {
    /// Why two registrations may be of one person, the strongest reason first.
    pub enum Likeness {
        SameNik => "same_nik",
        /// Two neighbouring digits of the NIK are swapped; or one differs, and name or birth date
        /// are alike.
        NearNik => "near_nik",
        /// The names are alike and the birth date is the same.
        NearName => "near_name",
        /// The names are alike in every word, and one slip makes one birth date of the other.
        NearBirthDate => "near_birth_date",
        SamePhone => "same_phone",
    }
}

/// Somebody who may be the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub other: RegistrationNumber,
    pub likeness: Likeness,
}

impl Likeness {
    /// The field beside which it is asked.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::SameNik | Self::NearNik => Field::Nik,
            Self::NearName | Self::NearBirthDate => Field::Name,
            Self::SamePhone => Field::Phone,
        }
    }
}

/// What people are compared by, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    pub nik: Option<Nik>,
    pub name: Option<FullName>,
    pub birth_date: Option<Date>,
    pub phone: Option<Phone>,
}

impl Traits {
    /// Of somebody who is registered.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        Traits {
            nik: Some(person.nik.clone()),
            name: Some(person.name.clone()),
            birth_date: Some(person.birth_date),
            phone: match &person.contact {
                Contact::Phone(phone) => Some(phone.clone()),
                Contact::NoPhone(_) => None,
            },
        }
    }

    /// Of a draft, as far as it is typed and right.
    #[must_use]
    pub fn typed(draft: &Draft) -> Self {
        Traits::written(|field| draft.text(field))
    }

    /// Of the texts of fields, as far as they are right.
    #[must_use]
    pub fn written<'a>(text: impl Fn(Field) -> &'a str) -> Self {
        Traits {
            nik: Nik::parse(text(Field::Nik)).ok(),
            name: FullName::parse(text(Field::Name)).ok(),
            birth_date: parse_typed_date(text(Field::BirthDate)).ok(),
            phone: Phone::parse(text(Field::Phone))
                .ok()
                .filter(|_| text(Field::NoPhone).is_empty()),
        }
    }

    /// What makes two lists mean one person, the surest first: the NIK, or the plain name with the
    /// birth date or with the phone number. Who has one of them in common is taken for the same
    /// without asking anybody, so it is no [`Likeness`].
    #[must_use]
    pub fn identities(&self) -> Vec<String> {
        let name = self.name.as_ref().map(|name| normalise(name.as_str()));
        let named = |also: Option<String>| Some(format!("{}\n{}", name.as_ref()?, also?));
        [
            self.nik.as_ref().map(|nik| nik.as_str().to_owned()),
            named(self.birth_date.map(iso)),
            named(self.phone.as_ref().map(|phone| phone.e164().to_owned())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The strongest reason to take both for one person, if there is any.
    #[must_use]
    pub fn likeness(&self, other: &Traits) -> Option<Likeness> {
        let slip = both(&self.nik, &other.nik)
            .and_then(|(one, two)| slip_between(one.as_str().as_bytes(), two.as_str().as_bytes()));
        if slip == Some(Slip::None) {
            return Some(Likeness::SameNik);
        }
        let born = both(&self.birth_date, &other.birth_date)
            .and_then(|(one, two)| slip_between_dates(*one, *two));
        let names = || {
            both(&self.name, &other.name)
                .and_then(|(one, two)| names_alike(one.as_str(), two.as_str()))
        };
        let is_near_nik = match slip {
            Some(Slip::Swapped) => true,
            Some(Slip::OneDiffers) => born == Some(Slip::None) || names().is_some(),
            Some(Slip::None) | None => false,
        };
        if is_near_nik {
            return Some(Likeness::NearNik);
        }
        // Names are compared only where the birth date leaves a reason to.
        match born {
            Some(Slip::None) if names().is_some() => return Some(Likeness::NearName),
            Some(Slip::OneDiffers | Slip::Swapped) if names() == Some(Names::Whole) => {
                return Some(Likeness::NearBirthDate);
            }
            _ => {}
        }
        both(&self.phone, &other.phone)
            .is_some_and(|(one, two)| one == two)
            .then_some(Likeness::SamePhone)
    }
}

fn both<'a, T>(one: &'a Option<T>, two: &'a Option<T>) -> Option<(&'a T, &'a T)> {
    one.as_ref().zip(two.as_ref())
}

/// How one number becomes another by one slip of a finger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// They are the same.
    None,
    OneDiffers,
    /// Two neighbours changed places.
    Swapped,
}

/// The slip between two rows of digits of one length; `None` if it takes more than one.
fn slip_between(one: &[u8], two: &[u8]) -> Option<Slip> {
    if one.len() != two.len() {
        return None;
    }
    let mut differing = (0..one.len()).filter(|at| one[*at] != two[*at]);
    match (differing.next(), differing.next(), differing.next()) {
        (None, ..) => Some(Slip::None),
        (Some(_), None, _) => Some(Slip::OneDiffers),
        (Some(at), Some(next), None)
            if next == at + 1 && one[at] == two[next] && one[next] == two[at] =>
        {
            Some(Slip::Swapped)
        }
        _ => None,
    }
}

/// The slip between two birth dates as they are typed. Day and month in the other order are one.
fn slip_between_dates(one: Date, two: Date) -> Option<Slip> {
    let (first, second) = (typed_digits(one), typed_digits(two));
    let is_turned = first[..2] == second[2..4] && first[2..4] == second[..2];
    slip_between(&first, &second)
        .or((is_turned && first[4..] == second[4..]).then_some(Slip::Swapped))
}

/// `12051984`
fn typed_digits(date: Date) -> [u8; 8] {
    let (day, month, year) = (
        date.day(),
        u8::from(date.month()),
        date.year().unsigned_abs(),
    );
    let of_year = |unit: u32| (year / unit % 10) as u8;
    [
        day / 10,
        day % 10,
        month / 10,
        month % 10,
        of_year(1000),
        of_year(100),
        of_year(10),
        of_year(1),
    ]
}

/// How much of two names is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Every word of both.
    Whole,
    /// Every word of the shorter one: `Siti Aminah` is often just `Siti`.
    Part,
}

/// What of two names is alike: words in any order, without titles, as they sound.
fn names_alike(one: &str, two: &str) -> Option<Names> {
    let (one, two) = (sounds(one), sounds(two));
    let is_whole = one.len() == two.len();
    let (short, mut long) = if one.len() <= two.len() {
        (one, two)
    } else {
        (two, one)
    };
    are_paired(&short, &mut long, false).then_some(if is_whole {
        Names::Whole
    } else {
        Names::Part
    })
}

/// Whether each word of one name is alike to a word of its own in the other, in whatever order, and
/// not by initials alone.
fn are_paired(words: &[String], others: &mut Vec<String>, is_told: bool) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return is_told;
    };
    (0..others.len()).any(|at| {
        if !words_alike(word, &others[at]) {
            return false;
        }
        let other = others.remove(at);
        let is_paired = are_paired(rest, others, is_told || word.len().min(other.len()) > 1);
        others.insert(at, other);
        is_paired
    })
}

/// Whether two words of a name may be one: the same, one slip apart, two in a long word, or the one
/// an initial of the other.
fn words_alike(one: &str, two: &str) -> bool {
    let shorter = one.len().min(two.len());
    if shorter == 1 {
        return one.as_bytes()[0] == two.as_bytes()[0];
    }
    let most = match shorter {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    one == two || strsim::osa_distance(one, two) <= most
}

/// Titles before a name, made plain; what stands after a comma is one as well.
const TITLES: [&str; 30] = [
    "alm", "almh", "bapak", "bpk", "bu", "dr", "dra", "drg", "drs", "gus", "h", "haji", "hajah",
    "hajjah", "hj", "ibu", "ir", "kh", "ki", "kyai", "nyai", "ny", "pak", "prof", "raden", "rr",
    "sdr", "sdri", "ust", "ustadz",
];

/// Written short, Muhammad in any spelling.
const MUHAMMAD: [&str; 7] = ["md", "mh", "mhd", "moh", "mohd", "muh", "muhd"];

/// The words of a name as they sound, without titles; all of them if there is nothing else.
fn sounds(name: &str) -> Vec<String> {
    let bare = name.split(',').next().unwrap_or_default();
    let plain = normalise(bare);
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let named = words.iter().filter(|word| !TITLES.contains(word));
    let sounds: Vec<String> = named.map(|word| sound(word)).collect();
    if sounds.is_empty() {
        return words.into_iter().map(sound).collect();
    }
    sounds
}

/// Spellings of one sound. The old spelling of before 1972 (`oe`, `dj`, `tj`), letters of Arabic
/// names that are written in several ways, and letters that Javanese speech does not tell apart.
const SPELLINGS: [(&str, &str); 18] = [
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "s"),
    ("sy", "s"),
    ("nj", "ny"),
    ("kh", "h"),
    ("ch", "h"),
    ("ts", "s"),
    ("dz", "d"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("z", "j"),
    ("v", "p"),
    ("f", "p"),
    ("q", "k"),
    ("y", "i"),
];

/// A word as it sounds: the same for all usual spellings of a name.
fn sound(word: &str) -> String {
    let mut folded = word.to_owned();
    for (written, sound) in SPELLINGS {
        folded = folded.replace(written, sound);
    }
    let mut letters: Vec<char> = folded.chars().collect();
    letters.dedup();
    if letters.len() > 3 && letters.last() == Some(&'h') {
        letters.pop();
    }
    let folded: String = letters.into_iter().collect();
    if MUHAMMAD.contains(&folded.as_str())
        || folded.starts_with("muham")
        || folded.starts_with("moham")
    {
        return "muhamad".to_owned();
    }
    folded
}

#[cfg(test)]
#[path = "likeness_tests.rs"]
mod tests;
