//! A batch as a spreadsheet: RFC 4180 with a byte-order mark, so that Excel
//! reads UTF-8. Long numbers are text, and nothing can act as a formula.

use crate::domain::*;

use super::registration_record::{RegistrationRecord, StatusCode};

/// Titles of the columns: the words of the JSON format.
pub const COLUMNS: [&str; 46] = [
    "number",
    "revision",
    "status",
    "reason",
    "recorded_at",
    "officer",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_name",
    "phone",
    "no_phone",
    "email",
    "family_card_number",
    "street",
    "rt",
    "rw",
    "kelurahan_code",
    "kelurahan",
    "kecamatan",
    "postal_code",
    "region_code",
    "business_name",
    "sector",
    "business_kelurahan",
    "workers",
    "nib",
    "kbli",
    "since",
    "occupation",
    "transport",
    "income",
    "programmes",
    "payer",
    "start_month",
    "months",
    "contribution_total",
    "rate_table",
    "consent_purposes",
    "consent_language",
    "consent_at",
    "warnings",
    "duplicates",
    "id",
];

/// The spreadsheet of these registrations, a line each, after a line of titles.
pub fn write_csv(registrations: &[Registration]) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    text.push_str(&COLUMNS.join(","));
    text.push_str("\r\n");
    for registration in registrations {
        let cells = cells(&RegistrationRecord::from(registration));
        for (position, cell) in cells.iter().enumerate() {
            if position > 0 {
                text.push(',');
            }
            text.push_str(&quoted(cell));
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A value of a cell.
enum Cell {
    /// Digits that a spreadsheet would round or shorten: NIK, codes, phone.
    Digits(String),
    Text(String),
    Number(u64),
}

/// A cell as it stands in the file.
fn quoted(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        // A formula that yields the text is what keeps every digit in Excel
        // and LibreOffice alike; the digits are ours and hold no quotes.
        Cell::Digits(digits) if digits.is_empty() => String::new(),
        Cell::Digits(digits) => format!("\"=\"\"{digits}\"\"\""),
        Cell::Text(text) => format!("\"{}\"", defused(text).replace('"', "\"\"")),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before
/// it (OWASP, CSV injection); line ends and tabs become spaces.
fn defused(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    match flat.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{flat}"),
        _ => flat,
    }
}

fn cells(record: &RegistrationRecord) -> [Cell; 46] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let digits = |text: &Option<String>| Cell::Digits(text.clone().unwrap_or_default());
    let maybe = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
    let place_name = |code: &Option<String>| {
        Cell::Text(
            code.as_deref()
                .and_then(kelurahan)
                .map_or_else(String::new, |found| found.name.to_owned()),
        )
    };
    let person = &record.person;
    let address = &record.address;
    let business = &record.business;
    let programme = &record.programme;
    let joined = |items: Vec<&str>| Cell::Text(items.join(" "));
    [
        text(&record.number),
        Cell::Number(u64::from(record.revision)),
        text(match record.status.0 {
            StatusCode::Active => "active",
            StatusCode::Voided => "voided",
        }),
        maybe(&record.reason),
        text(&record.recorded_at),
        text(&record.officer),
        Cell::Digits(person.nik.clone()),
        text(&person.name),
        text(&person.birth_place),
        text(&person.birth_date),
        text(person.sex.0.code()),
        text(&person.mother_name),
        digits(&person.phone),
        text(person.no_phone.map_or("", |reason| reason.0.code())),
        maybe(&person.email),
        digits(&person.family_card_number),
        text(&address.street),
        Cell::Digits(address.rt.clone()),
        Cell::Digits(address.rw.clone()),
        digits(&address.kelurahan),
        place_name(&address.kelurahan),
        text(
            address
                .kecamatan
                .as_deref()
                .and_then(kecamatan)
                .map_or("", |found| found.name),
        ),
        digits(&address.postal_code),
        digits(&address.region_code),
        text(&business.name),
        text(business.sector.0.code()),
        place_name(&business.kelurahan),
        Cell::Number(u64::from(business.workers)),
        digits(&business.nib),
        text(&business.kbli.as_ref().map_or_else(String::new, |kbli| {
            format!("{} (KBLI {})", kbli.code, kbli.edition.0.code())
        })),
        text(
            &business
                .since
                .map_or_else(String::new, |year| year.to_string()),
        ),
        text(&record.work.occupation),
        text(if record.work.transport { "yes" } else { "no" }),
        Cell::Number(record.work.income),
        joined(
            programme
                .programmes
                .iter()
                .map(|code| code.0.code())
                .collect(),
        ),
        text(programme.payer.0.code()),
        text(&programme.start_month),
        Cell::Number(u64::from(programme.months)),
        Cell::Number(programme.contributions.total),
        text(&programme.contributions.rate_table),
        joined(
            record
                .consent
                .purposes
                .iter()
                .map(|code| code.0.code())
                .collect(),
        ),
        text(&record.consent.language),
        text(&record.consent.at),
        joined(
            record
                .checks
                .warnings
                .iter()
                .map(|warning| warning.code.as_str())
                .collect(),
        ),
        joined(
            record
                .checks
                .duplicates
                .iter()
                .map(|duplicate| duplicate.other.as_str())
                .collect(),
        ),
        text(&record.id),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_defused() {
        for hostile in [
            "=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1",
        ] {
            assert!(defused(hostile).starts_with('\''), "{hostile:?}");
        }
        assert_eq!(defused("Siti Aminah"), "Siti Aminah");
    }

    #[test]
    fn digits_stay_digits_in_a_spreadsheet() {
        assert_eq!(
            quoted(&Cell::Digits("0033574".to_owned())),
            r#""=""0033574""""#
        );
    }

    proptest! {
        #[test]
        fn a_text_cell_is_one_cell_and_never_a_formula(text: String) {
            let cell = quoted(&Cell::Text(text));
            let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let inner = inner.expect("quoted");
            prop_assert!(!inner.replace("\"\"", "").contains('"'));
            prop_assert!(!inner.contains('\n') && !inner.contains('\r'));
            let shown = inner.replace("\"\"", "\"");
            prop_assert!(!matches!(shown.trim_start().chars().next(), Some('=' | '+' | '-' | '@')));
        }
    }
}
