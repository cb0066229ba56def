//! What the columns of a list mean: by their titles, or by what stands in them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::headers::{Title, known_titles, title_of};
use super::values::{ColumnHabits, parts_of, read_value, text_of};
use super::{Row, Table, usual_width};
use crate::domain::{
    Coded, Date, FamilyCardNumber, Field, FullName, Nik, Sex, coded, kecamatan_of, kelurahan,
};

coded! {
    /// What a column can mean. What is asked in the hall, consent above all, is not in this list. The codes
    /// are those of the form's fields, but for the last three.
    pub enum Meaning {
        Nik => "nik",
        Name => "name",
        BirthPlace => "birth_place",
        BirthDate => "birth_date",
        Sex => "sex",
        MotherName => "mother_name",
        Street => "street",
        Rt => "rt",
        Rw => "rw",
        Kelurahan => "kelurahan",
        /// Regency or city, for people from elsewhere.
        Region => "region_code",
        PostalCode => "postal_code",
        Phone => "phone",
        Email => "email",
        FamilyCard => "family_card_number",
        BusinessName => "business_name",
        Sector => "sector",
        BusinessKelurahan => "business_kelurahan",
        Workers => "workers",
        Nib => "nib",
        Kbli => "kbli",
        Since => "since",
        Occupation => "occupation",
        Income => "income",
        /// The code on the invitation, which is no field.
        Invitation => "invitation",
        /// `Probolinggo, 12-05-1984`
        BirthPlaceAndDate => "birth_place_and_date",
        /// `003/002`
        RtAndRw => "rt_and_rw",
    }
}

impl Meaning {
    /// The field of the form that it is, if it is a single one.
    pub fn field(self) -> Option<Field> {
        Field::from_code(self.code())
    }
}

/// How a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Which of the rows, from 0, has the titles. People stand below it; without one, in every row.
    pub header: Option<usize>,
    /// What each column means; `None` is not read. Where two mean the same, the first counts that has
    /// something in a row.
    pub meanings: Vec<Option<Meaning>>,
}

impl Columns {
    /// The rows with people.
    pub(super) fn rows_of<'a>(&self, table: &'a Table) -> &'a [Row] {
        let first = self.header.map_or(0, |header| header + 1);
        table.rows.get(first..).unwrap_or_default()
    }
}

/// How the meaning of a column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuessedBy {
    Title,
    Values,
}

/// How a table seems to be meant, to be shown to somebody who knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub columns: Columns,
    /// For each column with a meaning how it was found.
    pub by: Vec<Option<GuessedBy>>,
}

/// Rows among which the titles are looked for; above them stand headings.
const HEADER_ROWS: usize = 30;
/// Rows whose values are looked at.
const SAMPLE_ROWS: usize = 200;

/// What is recognised by its values where there is no title, in this order, in which the more particular
/// comes first. NIK, family card and name need a look at several columns and are recognised apart.
const BY_VALUES: [Meaning; 8] = [
    Meaning::BirthPlaceAndDate,
    Meaning::RtAndRw,
    Meaning::Email,
    Meaning::Sex,
    Meaning::Phone,
    Meaning::Nib,
    Meaning::BirthDate,
    Meaning::Kelurahan,
];

/// Guesses which row has the titles and what each column means. On which day decides the century of years
/// with two digits.
#[must_use]
pub fn guess_columns(table: &Table, today: Date) -> Guess {
    let header = header_of(table);
    let titles = header.map_or(&[][..], |header| &table.rows[header].cells);
    let mut columns = Columns {
        header,
        meanings: Vec::new(),
    };
    let rows = columns.rows_of(table);
    let width = match header {
        // The last column may have values in most rows and no title.
        Some(_) => titles.len().max(usual_width(rows)),
        None => rows.iter().map(|row| row.cells.len()).max().unwrap_or(0),
    };
    let titles: Vec<Option<Title>> = (0..width)
        .map(|at| titles.get(at).and_then(|title| title_of(title)))
        .collect();
    let meant = |title: &Option<Title>| match title {
        Some(Title::Means(meaning)) => Some(*meaning),
        _ => None,
    };
    let mut meanings: Vec<Option<Meaning>> = titles.iter().map(meant).collect();
    let sample = &rows[..rows.len().min(SAMPLE_ROWS)];
    let untitled: Vec<(usize, Vec<&str>)> = (0..width)
        .filter(|at| titles[*at].is_none())
        .map(|at| (at, values(sample, at)))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    recognise(&untitled, &mut meanings, today);
    let by = |(meaning, title): (&Option<Meaning>, &Option<Title>)| match title {
        Some(_) => meaning.map(|_| GuessedBy::Title),
        None => meaning.map(|_| GuessedBy::Values),
    };
    let by = meanings.iter().zip(&titles).map(by).collect();
    columns.meanings = meanings;
    Guess { columns, by }
}

/// The row with most known titles, if they are three, or half of what stands in it.
fn header_of(table: &Table) -> Option<usize> {
    let (at, row) = table
        .rows
        .iter()
        .take(HEADER_ROWS)
        .enumerate()
        .rev()
        .max_by_key(|(_, row)| known_titles(row))?;
    let filled = row
        .cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .count();
    (known_titles(row) >= 3 || known_titles(row) * 2 >= filled).then_some(at)
}

/// What stands in a column, without the blanks.
fn values(rows: &[Row], at: usize) -> Vec<&str> {
    rows.iter()
        .map(|row| text_of(row, at))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Gives meanings to columns without a title, each of them once.
fn recognise(untitled: &[(usize, Vec<&str>)], meanings: &mut [Option<Meaning>], today: Date) {
    let mut cards: Vec<(usize, Option<People>)> = untitled
        .iter()
        .filter(|(_, values)| most(values, |value| FamilyCardNumber::parse(value).is_ok()))
        .map(|(at, values)| (*at, people(values)))
        .collect();
    cards.sort_by_key(|(at, people)| (Reverse(*people), *at));
    for (at, people) in cards {
        let has_niks = !is_free(Meaning::Nik, meanings);
        if !has_niks && people.is_some() {
            meanings[at] = Some(Meaning::Nik);
        } else if has_niks && is_free(Meaning::FamilyCard, meanings) {
            meanings[at] = Some(Meaning::FamilyCard);
        }
    }
    for (at, values) in untitled {
        if meanings[*at].is_none() {
            meanings[*at] = BY_VALUES
                .into_iter()
                .find(|meaning| is_free(*meaning, meanings) && are(*meaning, values, today));
        }
    }
    if is_free(Meaning::Name, meanings) {
        let name = untitled
            .iter()
            .find(|(at, values)| meanings[*at].is_none() && are_names(values));
        if let Some((at, _)) = name {
            meanings[*at] = Some(Meaning::Name);
        }
    }
}

/// Whether no column has this meaning, alone or together with another.
fn is_free(meaning: Meaning, meanings: &[Option<Meaning>]) -> bool {
    let with: &[Meaning] = match meaning {
        Meaning::BirthPlaceAndDate | Meaning::BirthDate => {
            &[Meaning::BirthPlaceAndDate, Meaning::BirthDate]
        }
        Meaning::RtAndRw => &[Meaning::RtAndRw, Meaning::Rt],
        _ => &[meaning],
    };
    !meanings.iter().flatten().any(|taken| with.contains(taken))
}

/// Whether four of five pass.
fn most(values: &[&str], mut passes: impl FnMut(&str) -> bool) -> bool {
    let passed = values.iter().filter(|value| passes(value)).count();
    passed * 5 >= values.len() * 4
}

/// How many different people a column of NIKs has, and how many of them are women. The date on a family card
/// is of its issue and has no 40 added, and a family has one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct People {
    different: usize,
    women: usize,
}

/// The people of a column, if most of its values are NIKs, each of another person.
fn people(values: &[&str]) -> Option<People> {
    let niks: BTreeSet<Nik> = values
        .iter()
        .filter_map(|value| Nik::parse(value).ok())
        .collect();
    let women = niks.iter().filter(|nik| nik.sex() == Sex::Female).count();
    (niks.len() * 5 >= values.len() * 4).then_some(People {
        different: niks.len(),
        women,
    })
}

/// Whether values are what is meant, and can hardly be anything else.
fn are(meaning: Meaning, values: &[&str], today: Date) -> bool {
    let habits = ColumnHabits::of(meaning, values.iter().copied());
    let is_read = |(part, text): &(Meaning, &str)| read_value(*part, text, habits, today).is_ok();
    most(values, |value| {
        // A bare number can be the number of a spreadsheet's day, and anything else.
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        (meaning != Meaning::BirthDate || !is_number)
            && parts_of(meaning, value).iter().all(is_read)
    }) && (meaning != Meaning::Kelurahan || !are_kecamatan(values, habits, today))
}

/// Whether every kelurahan is named like a kecamatan, which the column may be of instead.
fn are_kecamatan(values: &[&str], habits: ColumnHabits, today: Date) -> bool {
    values
        .iter()
        .filter_map(|value| read_value(Meaning::Kelurahan, value, habits, today).ok())
        .all(|code| {
            let ward = kelurahan(&code).map(|ward| ward.name);
            ward == kecamatan_of(&code).map(|around| around.name)
        })
}

/// Whether values can be names of people: hardly any twice.
fn are_names(values: &[&str]) -> bool {
    let different: BTreeSet<&&str> = values.iter().collect();
    most(values, |value| FullName::parse(value).is_ok()) && different.len() * 5 >= values.len() * 4
}
