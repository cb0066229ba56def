//! A cell as the form's draft holds it.

use super::Row;
use super::columns::Meaning;
use super::dates::{are_month_first, read_birth_date};
use super::import::Problem;
use crate::domain::*;

/// The most characters of a code on an invitation.
const MOST_INVITATION: usize = 40;

/// What lists write where there is nothing, made plain. What has neither letter nor digit is nothing too.
const NOTHING: [&str; 9] = [
    "tidak ada",
    "tdk ada",
    "belum ada",
    "blm ada",
    "tidak punya",
    "nihil",
    "kosong",
    "null",
    "n a",
];

/// What a spreadsheet did to a whole column, and a single value does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ColumnHabits {
    is_rounded: bool,
    is_month_first: bool,
}

impl ColumnHabits {
    /// The habits of a column by its values.
    pub(super) fn of<'a>(meaning: Meaning, values: impl Iterator<Item = &'a str>) -> Self {
        match meaning {
            Meaning::Nik | Meaning::FamilyCard => ColumnHabits {
                is_rounded: are_rounded(values),
                ..Self::default()
            },
            Meaning::BirthDate => ColumnHabits {
                is_month_first: are_month_first(values),
                ..Self::default()
            },
            Meaning::BirthPlaceAndDate => ColumnHabits {
                is_month_first: are_month_first(values.map(|value| place_and_date(value).1)),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

/// Whether numbers of 16 digits went through a spreadsheet that keeps 15 and puts a 0 behind them: three of
/// four end so, where one of ten would.
fn are_rounded<'a>(values: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut zeros) = (0, 0);
    for card in values.filter_map(|value| FamilyCardNumber::parse(value).ok()) {
        all += 1;
        zeros += usize::from(card.as_str().ends_with('0'));
    }
    all >= 4 && zeros * 4 >= all * 3
}

/// What stands in a cell, without what spreadsheets put around text that they must not change: a leading
/// apostrophe, or `="…"` (decision 6). Empty for what lists write where there is nothing.
pub(super) fn text_of(row: &Row, at: usize) -> &str {
    let text = row.cells.get(at).map_or("", |cell| cell.trim());
    let text = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text);
    let text = match text.strip_prefix(['\'', '’', '‘', '`']) {
        Some(rest) if !rest.starts_with(char::is_alphabetic) => rest.trim(),
        _ => text.trim(),
    };
    let plain = normalise(text);
    if !is_error(text) && (plain.is_empty() || NOTHING.contains(&&*plain)) {
        return "";
    }
    text
}

/// Whether a spreadsheet put an error there, as `#REF!`, or `#####` where a column was too narrow.
pub(super) fn is_error(text: &str) -> bool {
    text.starts_with('#')
}

/// The single values of a cell, of which two stand in one column in many lists.
pub(super) fn parts_of(meaning: Meaning, text: &str) -> Vec<(Meaning, &str)> {
    match meaning {
        Meaning::BirthPlaceAndDate => {
            let (place, date) = place_and_date(text);
            vec![(Meaning::BirthPlace, place), (Meaning::BirthDate, date)]
        }
        Meaning::RtAndRw => match rt_and_rw(text) {
            Some((rt, rw)) => vec![(Meaning::Rt, rt), (Meaning::Rw, rw)],
            None => vec![(meaning, text)],
        },
        _ => vec![(meaning, text)],
    }
}

/// `Probolinggo, 12-05-1984` where the first digit parts it.
fn place_and_date(text: &str) -> (&str, &str) {
    let first = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let (place, date) = text.split_at(first);
    (place.trim_end_matches([' ', ',', '/', '-', '.', ':']), date)
}

/// `003/002`, `RT 3 RW 2`: two numbers, and nothing else but these labels.
fn rt_and_rw(text: &str) -> Option<(&str, &str)> {
    let is_label = |c: char| " ./-:,".contains(c) || "rtw".contains(c.to_ascii_lowercase());
    let numbers: Vec<&str> = text
        .split(is_label)
        .filter(|part| !part.is_empty())
        .collect();
    match numbers[..] {
        [rt, rw] if parse_rt_rw(rt).is_ok() && parse_rt_rw(rw).is_ok() => Some((rt, rw)),
        _ => None,
    }
}

/// Reads a single value.
///
/// # Errors
/// Why the form could do nothing with it, or what a spreadsheet made of it.
pub(super) fn read_value(
    meaning: Meaning,
    text: &str,
    habits: ColumnHabits,
    today: Date,
) -> Result<String, Problem> {
    let text = match is_number(meaning) {
        true if is_scientific(text) => return Err(Problem::Scientific),
        true => text.strip_suffix(".0").unwrap_or(text),
        false => text,
    };
    let wrong = |fault: Fault| Problem::Unreadable {
        // What should be parted and is not begins with an RT.
        field: meaning.field().unwrap_or(Field::Rt),
        fault,
    };
    let line = |read: Result<String, TextError>| {
        read.map_err(|error| match error {
            TextError::Empty => wrong(Fault::Missing),
            TextError::TooLong { most, .. } => wrong(Fault::TooLong { most }),
        })
    };
    let known = |found: Option<&'static str>| found.map(str::to_owned).ok_or(Problem::UnknownWord);
    match meaning {
        Meaning::Nik => match Nik::parse(text) {
            Ok(nik) if habits.is_rounded && nik.as_str().ends_with('0') => Err(Problem::Rounded),
            Ok(nik) => Ok(nik.as_str().to_owned()),
            Err(NikError::SerialZero) => Err(Problem::Rounded),
            Err(error) => Err(wrong(error.into())),
        },
        Meaning::FamilyCard => match FamilyCardNumber::parse(text) {
            Ok(card) if habits.is_rounded && card.as_str().ends_with('0') => Err(Problem::Rounded),
            Ok(card) if card.as_str().ends_with("0000") => Err(Problem::Rounded),
            Ok(card) => Ok(card.as_str().to_owned()),
            Err(error) => Err(wrong(error.into())),
        },
        Meaning::Name | Meaning::MotherName => FullName::parse(text)
            .map(|name| name.as_str().to_owned())
            .map_err(|error| wrong(error.into())),
        Meaning::BirthPlace => BirthPlace::parse(text)
            .map(|place| place.as_str().to_owned())
            .map_err(|error| wrong(error.into())),
        Meaning::BirthDate => read_birth_date(text, habits.is_month_first, today).map(typed_date),
        Meaning::Sex => known(sex(text).map(Coded::code)),
        Meaning::Street => line(parse_street(text)),
        Meaning::Rt | Meaning::Rw => parse_rt_rw(text).map_err(|_| wrong(Fault::RtRw)),
        Meaning::RtAndRw => Err(wrong(Fault::RtRw)),
        Meaning::Kelurahan | Meaning::BusinessKelurahan => {
            known(kelurahan_named(text).map(|found| found.code))
        }
        Meaning::Region => known(region(text)),
        Meaning::PostalCode => parse_postal_code(text).map_err(|_| wrong(Fault::PostalCode)),
        Meaning::Phone => Phone::parse(text)
            .map(|phone| phone.shown())
            .map_err(|error| wrong(error.into())),
        Meaning::Email => Email::parse(text)
            .map(|email| email.as_str().to_owned())
            .map_err(|_| wrong(Fault::Email)),
        Meaning::BusinessName => line(parse_text(text, MOST_BUSINESS_NAME)),
        Meaning::Sector => known(sector(text).map(Coded::code)),
        Meaning::Workers => parse_workers(text)
            .map(|workers| workers.to_string())
            .map_err(|_| wrong(Fault::Number)),
        Meaning::Nib => Nib::parse(text)
            .map(|nib| nib.as_str().to_owned())
            .map_err(|_| wrong(Fault::Nib)),
        // The edition is the form's business and does not change the code.
        Meaning::Kbli => Kbli::parse(text, KbliEdition::Kbli2025)
            .map(|kbli| kbli.code)
            .map_err(|_| wrong(Fault::Kbli)),
        Meaning::Since => parse_since(text, today.year())
            .map(|year| year.to_string())
            .map_err(|_| wrong(Fault::Since)),
        Meaning::Occupation => line(parse_text(text, MOST_OCCUPATION)),
        Meaning::Income => parse_rupiah(text)
            .map(grouped)
            .map_err(|error| wrong(error.into())),
        Meaning::Invitation => parse_text(text, MOST_INVITATION).map_err(|_| Problem::Invitation {
            most: MOST_INVITATION,
        }),
        Meaning::BirthPlaceAndDate => unreachable!("`parts_of` parts it"),
    }
}

/// What spreadsheets take for a number.
fn is_number(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Nik
            | Meaning::FamilyCard
            | Meaning::BirthDate
            | Meaning::Rt
            | Meaning::Rw
            | Meaning::PostalCode
            | Meaning::Phone
            | Meaning::Workers
            | Meaning::Nib
            | Meaning::Kbli
            | Meaning::Since
            | Meaning::Income
    )
}

/// `3.57406E+15`, what a spreadsheet shows and saves of a long number.
fn is_scientific(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        is_digits(&number.replace([',', '.'], "")) && is_digits(power.trim_start_matches('+'))
    })
}

fn sex(text: &str) -> Option<Sex> {
    match &*normalise(text) {
        "l" | "lk" | "laki" | "laki laki" | "lakilaki" | "laki2" | "pria" | "m" | "male" => {
            Some(Sex::Male)
        }
        "p" | "pr" | "perempuan" | "wanita" | "w" | "f" | "female" => Some(Sex::Female),
        _ => None,
    }
}

/// The name of a regency or city, as the form offers it. `Probolinggo` alone is two of them.
fn region(text: &str) -> Option<&'static str> {
    let plain = normalise(text);
    let name = match plain.split_once(' ') {
        Some(("kab", name)) => format!("kabupaten {name}"),
        _ => plain,
    };
    regency_code(&name).and_then(regency_name)
}

/// Words by which lists name trades. The first trade counts of which a word occurs: who sells food or clothes
/// is of that trade, whatever else is said.
const SECTORS: [(Sector, &str); 7] = [
    (
        Sector::Culinary,
        "kuliner makanan minuman makan minum mamin warung katering catering kue roti bakso mie soto sate kopi cafe \
         kafe snack jajan jajanan gorengan camilan nasi culinary food",
    ),
    (
        Sector::Fashion,
        "fesyen fashion konveksi jahit penjahit busana pakaian baju batik bordir hijab kerudung sepatu",
    ),
    (
        Sector::Crafts,
        "kerajinan kriya pengrajin perajin handicraft mebel meubel anyaman souvenir suvenir craft crafts",
    ),
    (
        Sector::Farming,
        "pertanian perikanan tani petani nelayan ternak peternak peternakan kebun perkebunan tambak budidaya farming \
         fishery",
    ),
    (
        Sector::Services,
        "jasa layanan servis service services salon laundry bengkel cukur pangkas fotokopi rias pijat ojek becak \
         transportasi",
    ),
    (
        Sector::Trade,
        "dagang perdagangan pedagang toko kelontong sembako pracangan eceran ritel retail jual jualan penjual trade",
    ),
    (Sector::Other, "lain lainnya other"),
];

/// The trade that a text names, by its code or by a word.
fn sector(text: &str) -> Option<Sector> {
    let plain = normalise(text);
    if let Some(sector) = Sector::from_code(&plain.replace(' ', "_")) {
        return Some(sector);
    }
    let names = |words: &str| {
        words
            .split_whitespace()
            .any(|word| plain.split(' ').any(|said| said == word))
    };
    SECTORS
        .iter()
        .find(|(_, words)| names(words))
        .map(|(sector, _)| *sector)
}
