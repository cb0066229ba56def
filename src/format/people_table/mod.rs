//! A list of expected people as offices keep it: a spreadsheet saved as text, or cells pasted from one.
//!
//! Three steps, each of which stands alone: [`read_table`] makes rows of the bytes, [`guess_columns`] says
//! what the columns seem to be, and [`expected_of`] takes the columns as they are given, by then perhaps
//! corrected by somebody, and makes people of the rows. What cannot be read is told by line and column; the
//! rest is imported. Errors carry facts, and nothing of what stands in a cell.

mod columns;
mod dates;
mod decode;
mod headers;
mod import;
mod values;

use csv_core::{ReadFieldResult, ReaderBuilder};
use thiserror::Error;

use headers::known_titles;

pub use columns::{Columns, Guess, GuessedBy, Meaning, guess_columns};
pub use import::{Import, ImportError, LineFault, Problem, expected_of};

/// The most bytes, rows and columns that are read. The largest list seen has 5,000 people in 40 columns.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
pub const MOST_ROWS: usize = 20_000;
pub const MOST_COLUMNS: usize = 200;

/// What parts cells. The first is taken where none of them parts anything.
const DELIMITERS: [char; 4] = ['\t', ';', ',', '|'];
/// Lines that are looked at to find out which it is.
const SAMPLE_LINES: usize = 200;

/// Rows of a list, of which no column has a meaning yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What parts the cells.
    pub delimiter: char,
    /// Rows with something in them.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the text where it begins, from 1; a cell with line breaks takes several.
    pub line: usize,
    /// As they stand there, without the blank ones at the end.
    pub cells: Vec<String>,
}

/// Why bytes are no table that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TableError {
    #[error("{found} bytes, at most {most}")]
    TooLarge { found: usize, most: usize },
    #[error("a workbook (xlsx, ods, xls) or zip archive instead of text")]
    Workbook,
    #[error("a PDF instead of text")]
    Pdf,
    /// Many programs offer such a page as "Excel".
    #[error("a web page or XML instead of text")]
    Markup,
    #[error("no text")]
    Binary,
    #[error("nothing in it")]
    Empty,
    /// The quote that begins a cell in the row of this line never ends.
    #[error("line {line}: a quote without its end")]
    OpenQuote { line: usize },
    #[error("{found} rows, at most {most}")]
    TooManyRows { found: usize, most: usize },
    #[error("line {line}: {found} columns, at most {most}")]
    TooManyColumns {
        line: usize,
        found: usize,
        most: usize,
    },
}

/// Reads text parted into cells (RFC 4180) by tabs, semicolons, commas or bars, in UTF-8, in UTF-16 with a
/// byte-order mark, or in Windows-1252.
///
/// # Errors
/// [`TableError`]: nothing of the list is used. What is wrong with single rows is for [`expected_of`].
pub fn read_table(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() > MOST_BYTES {
        return Err(TableError::TooLarge {
            found: bytes.len(),
            most: MOST_BYTES,
        });
    }
    let text = decode::decode(bytes)?;
    let (said, after) = said_delimiter(&text);
    let lines = || lines(&text).skip(after);
    let delimiter = said.unwrap_or_else(|| {
        DELIMITERS
            .into_iter()
            .rev()
            .max_by_key(|delimiter| evenness(&rows(lines().take(SAMPLE_LINES), *delimiter).0))
            .unwrap_or('\t')
    });
    let (rows, open_quote) = rows(lines(), delimiter);
    if let Some(line) = open_quote {
        return Err(TableError::OpenQuote { line });
    }
    if rows.is_empty() {
        return Err(TableError::Empty);
    }
    if rows.len() > MOST_ROWS {
        return Err(TableError::TooManyRows {
            found: rows.len(),
            most: MOST_ROWS,
        });
    }
    if let Some(row) = rows.iter().find(|row| row.cells.len() > MOST_COLUMNS) {
        return Err(TableError::TooManyColumns {
            line: row.line,
            found: row.cells.len(),
            most: MOST_COLUMNS,
        });
    }
    Ok(Table { delimiter, rows })
}

/// The lines with their numbers from 1. Each ends with a line break, or with the text.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n')
        .enumerate()
        .map(|(at, line)| (at + 1, line))
}

/// The delimiter that the first line says, `sep=;`, as Excel reads and writes it, and how many lines are said
/// by that.
fn said_delimiter(text: &str) -> (Option<char>, usize) {
    let first = text.lines().next().unwrap_or_default();
    let said = first.trim_matches('"').to_ascii_lowercase();
    let said = said.strip_prefix("sep=").and_then(|rest| {
        let mut rest = rest.chars();
        let delimiter = rest.next()?;
        (DELIMITERS.contains(&delimiter) && rest.next().is_none()).then_some(delimiter)
    });
    (said, usize::from(said.is_some()))
}

/// How well a delimiter parts rows. Known titles tell most, if there are two. Else it is the cells beyond one
/// in a row, in rows of the most common length, and how many rows are of that: commas in addresses part fewer
/// rows, and into fewer cells, than what was meant to part them.
fn evenness(rows: &[Row]) -> (usize, usize) {
    let titles = rows.iter().map(known_titles).max().unwrap_or(0);
    let width = usual_width(rows);
    let even = rows.iter().filter(|row| row.cells.len() == width).count();
    let titles = if titles < 2 { 0 } else { titles };
    (titles, even * even * width.saturating_sub(1))
}

/// The most common number of cells in a row, of equals the greatest; 0 without rows.
fn usual_width(rows: &[Row]) -> usize {
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut counts = vec![0usize; widest + 1];
    for row in rows {
        counts[row.cells.len()] += 1;
    }
    (0..counts.len())
        .max_by_key(|width| counts[*width])
        .unwrap_or(0)
}

/// Rows with something in them, and the line of the row that a quote without end leaves open.
fn rows<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    delimiter: char,
) -> (Vec<Row>, Option<usize>) {
    let delimiter = u8::try_from(delimiter).expect("delimiters are ASCII");
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut buffer = [0; 1024];
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), Vec::new());
    // The reader counts lines as well, but not those between two rows.
    let mut begins = None;
    for (number, line) in lines {
        if begins.is_none() && line == "\n" {
            continue;
        }
        let begin = *begins.get_or_insert(number);
        let end: &[u8] = if line.ends_with('\n') { b"" } else { b"\n" };
        for mut rest in [line.as_bytes(), end] {
            while !rest.is_empty() {
                let (result, read, written) = reader.read_field(rest, &mut buffer);
                rest = &rest[read..];
                cell.extend_from_slice(&buffer[..written]);
                let ReadFieldResult::Field { record_end } = result else {
                    continue;
                };
                let text = String::from_utf8(std::mem::take(&mut cell));
                cells.push(text.expect("text that is cut at ASCII characters is text"));
                if record_end {
                    rows.extend(row(begin, std::mem::take(&mut cells)));
                    begins = None;
                }
            }
        }
    }
    (rows, begins)
}

/// A row without the blank cells at its end, if anything is left.
fn row(line: usize, mut cells: Vec<String>) -> Option<Row> {
    let filled = cells.iter().rposition(|cell| !cell.trim().is_empty())? + 1;
    cells.truncate(filled);
    Some(Row { line, cells })
}

#[cfg(test)]
mod guess_tests;
#[cfg(test)]
mod planted_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod value_tests;
