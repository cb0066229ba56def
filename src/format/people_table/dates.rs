//! Dates of birth as spreadsheets write them.

use super::import::Problem;
use crate::domain::*;

/// Ages of people who can be on a list: they decide the century of a year of two digits.
const AGES: std::ops::RangeInclusive<u32> = 17..=99;
/// Julian day of day 0 of spreadsheets, 1899-12-30. Before March 1900 they count a day too many (Microsoft
/// KB 214326); nobody on a list is that old.
const SPREADSHEET_EPOCH: i32 = 2_415_019;

/// Beginnings of the months' names in Indonesian and English, as people shorten them.
const MONTHS: [(&str, &str); 20] = [
    ("jan", "1"),
    ("feb", "2"),
    ("peb", "2"),
    ("mar", "3"),
    ("apr", "4"),
    ("mei", "5"),
    ("may", "5"),
    ("jun", "6"),
    ("jul", "7"),
    ("agu", "8"),
    ("ags", "8"),
    ("agt", "8"),
    ("aug", "8"),
    ("sep", "9"),
    ("okt", "10"),
    ("oct", "10"),
    ("nov", "11"),
    ("nop", "11"),
    ("des", "12"),
    ("dec", "12"),
];

/// Whether the dates of a column have the month first, as a spreadsheet set to American English writes them:
/// more of them make no sense with the day first than with the month first.
pub(super) fn are_month_first<'a>(dates: impl Iterator<Item = &'a str>) -> bool {
    let (mut month_first, mut day_first) = (0, 0);
    for date in dates {
        let parts = parts(date);
        let [first, second, _] = parts[..] else {
            continue;
        };
        let is_day = |part: &str| {
            part.parse()
                .is_ok_and(|number: u8| (13..=31).contains(&number))
        };
        match (is_day(first), is_day(second)) {
            (false, true) => month_first += 1,
            (true, false) => day_first += 1,
            _ => {}
        }
    }
    month_first > day_first
}

/// Reads a date of birth: what [`parse_typed_date`] takes, months by name (`12 Mei 1984`), years of two
/// digits, with a time behind it, and the number of a spreadsheet's day (`30814`).
///
/// # Errors
/// Also for a day after today, and where two digits of a year can be no age from 17 to 99.
pub(super) fn read_birth_date(
    text: &str,
    is_month_first: bool,
    today: Date,
) -> Result<Date, Problem> {
    let text = without_time(text);
    if let Some(date) = spreadsheet_day(text) {
        return match is_of_age(date, today) {
            true => Ok(date),
            false => Err(wrong(DateError::Shape)),
        };
    }
    let date = match parts(text)[..] {
        [day, month, year] if day.len() <= 2 => {
            let named = named_month(month);
            let (day, month) = match named {
                Some(month) => (day, month),
                None if is_month_first => (month, day),
                None => (day, month),
            };
            read_parts(day, month, year, today)?
        }
        _ => parse_typed_date(text).map_err(wrong)?,
    };
    match date > today {
        true => Err(Problem::NotBornYet),
        false => Ok(date),
    }
}

fn read_parts(day: &str, month: &str, year: &str, today: Date) -> Result<Date, Problem> {
    let in_century = |century: &str| parse_typed_date(&format!("{day}-{month}-{century}{year}"));
    if year.len() != 2 {
        return in_century("").map_err(wrong);
    }
    match (in_century("19"), in_century("20")) {
        (Ok(date), _) if is_of_age(date, today) => Ok(date),
        (_, Ok(date)) if is_of_age(date, today) => Ok(date),
        (Err(error), Err(_)) => Err(wrong(error)),
        _ => Err(Problem::Century),
    }
}

fn wrong(error: DateError) -> Problem {
    Problem::Unreadable {
        field: Field::BirthDate,
        fault: Fault::Date(error),
    }
}

fn is_of_age(birth: Date, today: Date) -> bool {
    age_on(birth, today).is_some_and(|age| AGES.contains(&age))
}

fn parts(date: &str) -> Vec<&str> {
    date.split(['-', '/', '.', ',', ' '])
        .filter(|part| !part.is_empty())
        .collect()
}

fn named_month(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let is_name = word.chars().all(char::is_alphabetic);
    MONTHS
        .iter()
        .find(|(beginning, _)| is_name && word.starts_with(beginning))
        .map(|(_, month)| *month)
}

/// A date without the midnight that spreadsheets and databases put behind it.
fn without_time(text: &str) -> &str {
    let before_time = text
        .find(':')
        .and_then(|colon| text[..colon].rfind([' ', 'T']));
    before_time.map_or(text, |end| text[..end].trim_end())
}

fn spreadsheet_day(text: &str) -> Option<Date> {
    let is_number = (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let day: i32 = text.parse().ok().filter(|_| is_number)?;
    Date::from_julian_day(SPREADSHEET_EPOCH + day).ok()
}
