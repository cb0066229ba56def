//! Rows as people who are expected, and what could not be read of them.

use std::collections::BTreeMap;

use thiserror::Error;

use super::columns::{Columns, Meaning};
use super::values::{ColumnHabits, is_error, parts_of, read_value, text_of};
use super::{Row, Table};
use crate::domain::*;
use crate::format::pack_lists::Expected;

/// What became of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// A person for each row that was read, in the order of the rows.
    pub expected: Vec<Expected>,
    /// What was not read, in the order of the lines. A row that was left out as a whole has exactly one.
    pub faults: Vec<LineFault>,
}

/// Something in a line that was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Of the text, from 1; where the row begins.
    pub line: usize,
    /// From 1.
    pub column: usize,
    pub problem: Problem,
}

/// Why something was not imported. Its text says nothing of what stands in the cell; the facts of
/// [`Problem::Unreadable`] may.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    #[error("no name")]
    NoName(NameError),
    #[error("same NIK as line {line}")]
    SameNik { line: usize },
    #[error("same invitation as line {line}")]
    SameInvitation { line: usize },
    /// A delimiter within a cell, perhaps: whatever follows it may stand below a wrong title.
    #[error("{found} cells in {columns} columns")]
    TooManyCells { found: usize, columns: usize },
    /// A quote that begins a cell and ends rows later.
    #[error("other rows within a cell")]
    RowsInCell,
    #[error("not readable: {}{}", field.code(), counted(fault))]
    Unreadable { field: Field, fault: Fault },
    /// None of the words that are known for what the column means.
    #[error("an unknown word")]
    UnknownWord,
    #[error("longer than {most} characters")]
    Invitation { most: usize },
    #[error("a number that a spreadsheet shortened to a power of ten")]
    Scientific,
    #[error("a number whose last digits a spreadsheet made 0")]
    Rounded,
    #[error("a spreadsheet's error in place of a value")]
    SpreadsheetError,
    #[error("a year of two digits that fits no age from 17 to 99")]
    Century,
    #[error("a birth date to come")]
    NotBornYet,
}

impl Problem {
    /// Whether the row was left out as a whole; else only this value was.
    #[must_use]
    pub fn leaves_out_row(&self) -> bool {
        matches!(
            self,
            Problem::NoName(_)
                | Problem::SameNik { .. }
                | Problem::SameInvitation { .. }
                | Problem::TooManyCells { .. }
                | Problem::RowsInCell
        )
    }
}

/// How many digits or characters a fault is about, if it is about that.
fn counted(fault: &Fault) -> String {
    match fault {
        Fault::Nik(NikError::Length { found })
        | Fault::FamilyCard(FamilyCardError::Length { found })
        | Fault::Phone(PhoneError::Length { found }) => format!(", {found} digits"),
        Fault::TooLong { most } => format!(", more than {most} characters"),
        _ => String::new(),
    }
}

/// Why nobody can be imported with these columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ImportError {
    #[error("no column of names")]
    NoNames,
}

/// Makes people of the rows. On which day decides what two digits of a year mean.
///
/// # Errors
/// Only where no column means a name. What is wrong with single rows is in [`Import::faults`].
pub fn expected_of(table: &Table, columns: &Columns, today: Date) -> Result<Import, ImportError> {
    if !columns.meanings.contains(&Some(Meaning::Name)) {
        return Err(ImportError::NoNames);
    }
    let rows = columns.rows_of(table);
    let meant = columns.meanings.iter().enumerate();
    let meant: Vec<Column> = meant
        .filter_map(|(at, meaning)| {
            let meaning = (*meaning)?;
            let habits = ColumnHabits::of(meaning, rows.iter().map(|row| text_of(row, at)));
            Some(Column {
                at,
                meaning,
                habits,
            })
        })
        .collect();
    let reader = Reader {
        delimiter: table.delimiter,
        width: columns.meanings.len(),
        columns: meant,
        today,
    };
    // Long lists repeat their titles on each page.
    let titles = columns.header.and_then(|header| table.rows.get(header));
    let is_titles = |row: &Row| titles.is_some_and(|titles| titles.cells == row.cells);
    let mut import = Import::default();
    let mut seen = Seen::default();
    for row in rows.iter().filter(|row| !is_titles(row)) {
        let fault = |(at, problem)| LineFault {
            line: row.line,
            column: at + 1,
            problem,
        };
        let read = reader.read(row).and_then(|person| {
            seen.check(&person, row.line)?;
            Ok(person)
        });
        match read {
            Ok(person) => {
                import.faults.extend(person.faults.into_iter().map(fault));
                import.expected.push(Expected(person.texts));
            }
            Err(problem) => import.faults.push(fault(problem)),
        }
    }
    Ok(import)
}

/// A problem in a column, from 0.
type Found = (usize, Problem);

struct Column {
    at: usize,
    meaning: Meaning,
    habits: ColumnHabits,
}

/// What every row is read with.
struct Reader {
    delimiter: char,
    width: usize,
    columns: Vec<Column>,
    today: Date,
}

/// What a row says.
struct PersonRead {
    texts: BTreeMap<String, String>,
    /// In which column each text was found, from 0.
    columns: BTreeMap<&'static str, usize>,
    faults: Vec<Found>,
}

impl Reader {
    /// Reads a row, or says why it is left out as a whole.
    fn read(&self, row: &Row) -> Result<PersonRead, Found> {
        if let Some(at) = row.cells.iter().position(|cell| self.has_rows(cell)) {
            return Err((at, Problem::RowsInCell));
        }
        if row.cells.len() > self.width {
            let problem = Problem::TooManyCells {
                found: row.cells.len(),
                columns: self.width,
            };
            return Err((self.width, problem));
        }
        self.named(row)?;
        let mut person = PersonRead {
            texts: BTreeMap::new(),
            columns: BTreeMap::new(),
            faults: Vec::new(),
        };
        for column in &self.columns {
            let text = text_of(row, column.at);
            if text.is_empty() {
                continue;
            }
            if is_error(text) {
                person.faults.push((column.at, Problem::SpreadsheetError));
                continue;
            }
            for (meaning, text) in parts_of(column.meaning, text) {
                if person.columns.contains_key(meaning.code()) {
                    continue;
                }
                match read_value(meaning, text, column.habits, self.today) {
                    Ok(text) => {
                        person.columns.insert(meaning.code(), column.at);
                        person.texts.insert(meaning.code().to_owned(), text);
                    }
                    Err(problem) => person.faults.push((column.at, problem)),
                }
            }
        }
        settle_region(&mut person.texts);
        Ok(person)
    }

    /// Whether a quote took the next row into a cell: with it as many delimiters as part a row.
    fn has_rows(&self, cell: &str) -> bool {
        let parted = cell.matches(self.delimiter).count();
        self.width > 2 && cell.contains('\n') && parted + 1 >= self.width
    }

    /// Whether the first name that stands in the row is one.
    fn named(&self, row: &Row) -> Result<(), Found> {
        let mut names = self
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Name)
            .map(|column| (column.at, text_of(row, column.at)));
        let first = names.clone().next().map_or(0, |(at, _)| at);
        let (at, name) = names
            .find(|(_, name)| !name.is_empty())
            .unwrap_or((first, ""));
        match FullName::parse(name) {
            Ok(_) => Ok(()),
            Err(error) => Err((at, Problem::NoName(error))),
        }
    }
}

/// The form asks for regency and postal code of those who live elsewhere.
fn settle_region(texts: &mut BTreeMap<String, String>) {
    let region = texts.get(Field::Region.code());
    if region.is_some_and(|name| regency_code(name) != Some(CITY)) {
        texts.insert(Field::Outside.code().to_owned(), TICKED.to_owned());
    } else {
        texts.remove(Field::Region.code());
        texts.remove(Field::PostalCode.code());
    }
}

/// What may occur once, and on which line it did.
#[derive(Default)]
struct Seen {
    niks: BTreeMap<String, usize>,
    /// In capitals: codes are read aloud.
    invitations: BTreeMap<String, usize>,
}

impl Seen {
    /// Notes a person's NIK and invitation, if neither occurred before.
    fn check(&mut self, person: &PersonRead, line: usize) -> Result<(), Found> {
        let text = |meaning: Meaning| person.texts.get(meaning.code());
        let at = |meaning: Meaning| person.columns.get(meaning.code()).copied().unwrap_or(0);
        let nik = text(Meaning::Nik).cloned();
        let invitation = text(Meaning::Invitation).map(|code| code.to_uppercase());
        if let Some(line) = nik.as_ref().and_then(|nik| self.niks.get(nik)) {
            return Err((at(Meaning::Nik), Problem::SameNik { line: *line }));
        }
        if let Some(line) = invitation
            .as_ref()
            .and_then(|code| self.invitations.get(code))
        {
            return Err((
                at(Meaning::Invitation),
                Problem::SameInvitation { line: *line },
            ));
        }
        self.niks.extend(nik.map(|nik| (nik, line)));
        self.invitations.extend(invitation.map(|code| (code, line)));
        Ok(())
    }
}
