//! A long list with faults at known lines: each is told, nothing else is, and the rest is imported.

use super::tests::{TODAY, table};
use super::*;
use crate::domain::*;

/// Titles of the list; columns count from 1 below.
const TITLES: &str = "NO;NIK;NAMA;NO KK;TTL;L/P;NO HP;ALAMAT;RT/RW;KELURAHAN;NAMA USAHA;KATEGORI USAHA;NIB;EMAIL;PENGHASILAN;KODE UNDANGAN";
const NIK: usize = 2;
const NAME: usize = 3;
const CARD: usize = 4;
const BIRTH: usize = 5;
const SEX: usize = 6;
const PHONE: usize = 7;
const STREET: usize = 8;
const RT_RW: usize = 9;
const WARD: usize = 10;
const SECTOR: usize = 12;
const NIB: usize = 13;
const EMAIL: usize = 14;
const INCOME: usize = 15;
const INVITATION: usize = 16;
const PEOPLE: usize = 5_000;

/// The cells of somebody made up, one of 5,000.
fn person(number: usize) -> Vec<String> {
    let (year, serial) = (60 + number / 1_000, 9_000 + number % 1_000);
    let is_woman = number.is_multiple_of(2);
    let day = if is_woman { 52 } else { 12 };
    let nik = format!("357405{day}05{year}{serial}");
    // Every shape in which lists have these, and none of them is a fault.
    let nik = match number % 3 {
        0 => format!("'{nik}"),
        1 => format!("\"=\"\"{nik}\"\"\""),
        _ => nik,
    };
    let birth = match number % 4 {
        0 => format!("Probolinggo, 12-05-19{year}"),
        1 => format!("PROBOLINGGO/12 Mei 19{year}"),
        2 => format!("Lumajang, 12/5/{year}"),
        _ => format!("Kab. Jember 19{year}-05-12"),
    };
    let street = match number % 7 {
        0 => format!("\"Jl. Mangga {number};\nsebelah masjid\""),
        _ => format!("Jl. Mangga {number}"),
    };
    let cells = [
        number.to_string(),
        nik,
        ["SITI AMINAH", "Nur 'Aini", "Slamet", "H. Moh. Sa’id, S.Pd."][number % 4].to_owned(),
        format!("35740501012{:05}", number % 90_000 + 1),
        birth,
        if is_woman { "P" } else { "Laki-laki" }.to_owned(),
        match number % 5 {
            0 => "-".to_owned(),
            _ => format!("08123456{number:04}"),
        },
        street,
        format!("{:03}/{}", number % 20 + 1, number % 9 + 1),
        ["Kedopok", "KEDUNGASEM", "Kel. Jati", "Sumber Taman"][number % 4].to_owned(),
        "Warung".to_owned(),
        ["KULINER", "Perdagangan", "jasa", "tidak ada"][number % 4].to_owned(),
        format!("02200{number:08}"),
        format!("orang{number}@contoh.id"),
        ["", "1.500.000", "Rp 1.000.000,00"][number % 3].to_owned(),
        format!("A-{number}"),
    ];
    cells.to_vec()
}

/// The list as text, and the line where each row begins.
fn written(rows: &[Vec<String>]) -> (String, Vec<usize>) {
    let mut text = format!("sep=;\r\nDAFTAR UNDANGAN;;\r\n\r\n{TITLES}\r\n");
    let mut lines = Vec::new();
    for (at, cells) in rows.iter().enumerate() {
        if at % 1_000 == 999 {
            text.push_str(&format!(";;;\r\n{TITLES}\r\n\r\n"));
        }
        lines.push(text.matches('\n').count() + 1);
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    (text, lines)
}

fn unreadable(field: Field, fault: impl Into<Fault>) -> Problem {
    let fault = fault.into();
    Problem::Unreadable { field, fault }
}

#[test]
fn every_planted_fault_is_told_with_its_line_and_nothing_else_is() {
    let mut rows: Vec<Vec<String>> = (0..PEOPLE).map(person).collect();
    let clean = written(&rows).0;
    // Row, column, what stands there, and what is told. Earlier lines are filled in below.
    let long = "Jl. Mangga ".repeat(12);
    let plants = [
        (17, NIK, "3.57406E+15", Problem::Scientific),
        (
            101,
            NIK,
            "357405520584900",
            unreadable(Field::Nik, NikError::Length { found: 15 }),
        ),
        (102, NIK, "3574055205840000", Problem::Rounded),
        (
            210,
            NIK,
            "0174055205849001",
            unreadable(
                Field::Nik,
                NikError::ProvinceUnknown {
                    code: "01".to_owned(),
                },
            ),
        ),
        (
            333,
            NIK,
            "hilang",
            unreadable(Field::Nik, NikError::NotDigits),
        ),
        (
            334,
            NIK,
            "3574053202849001",
            unreadable(Field::Nik, NikError::NoSuchDay),
        ),
        (500, NAME, " - ", Problem::NoName(NameError::Empty)),
        (
            501,
            NAME,
            "Siti 2",
            Problem::NoName(NameError::Forbidden { character: '2' }),
        ),
        (612, NIK, "=same", Problem::SameNik { line: 0 }),
        (700, INVITATION, "a-7", Problem::SameInvitation { line: 0 }),
        (
            801,
            STREET,
            "Jl. Mangga 7; Kedopok",
            Problem::TooManyCells {
                found: 17,
                columns: 16,
            },
        ),
        (901, STREET, "\"Jl. Mangga 7", Problem::RowsInCell),
        (
            1_002,
            BIRTH,
            "Probolinggo, 31-02-1984",
            unreadable(Field::BirthDate, DateError::NoSuchDay),
        ),
        (1_003, BIRTH, "Probolinggo, 12-5-15", Problem::Century),
        (1_004, BIRTH, "Probolinggo, 12-05-2084", Problem::NotBornYet),
        (1_005, BIRTH, "########", Problem::SpreadsheetError),
        (
            1_006,
            BIRTH,
            "Probolinggo",
            unreadable(Field::BirthDate, DateError::Empty),
        ),
        (
            2_001,
            PHONE,
            "0335 421234",
            unreadable(Field::Phone, PhoneError::NotMobile),
        ),
        (
            2_002,
            PHONE,
            "081234567",
            unreadable(Field::Phone, PhoneError::Length { found: 9 }),
        ),
        (2_003, PHONE, "8,12346E+11", Problem::Scientific),
        (2_500, SEX, "X", Problem::UnknownWord),
        (2_501, WARD, "Kraksaan", Problem::UnknownWord),
        (2_502, SECTOR, "UD Jaya", Problem::UnknownWord),
        (
            3_000,
            CARD,
            "357405010120001",
            unreadable(Field::FamilyCard, FamilyCardError::Length { found: 15 }),
        ),
        (3_001, CARD, "3574050101200000", Problem::Rounded),
        (3_500, RT_RW, "03-Feb", unreadable(Field::Rt, Fault::RtRw)),
        (
            3_501,
            NIB,
            "812000123456",
            unreadable(Field::Nib, Fault::Nib),
        ),
        (
            3_502,
            EMAIL,
            "siti@",
            unreadable(Field::Email, Fault::Email),
        ),
        (
            3_503,
            INCOME,
            "1,5 juta",
            unreadable(Field::Income, RupiahError::NotDigits),
        ),
        (
            4_000,
            STREET,
            &long,
            unreadable(Field::Street, Fault::TooLong { most: 120 }),
        ),
        (
            4_999,
            INVITATION,
            &"A".repeat(41),
            Problem::Invitation { most: 40 },
        ),
    ];
    for (at, column, cell, _) in &plants {
        rows[*at][column - 1] = match *cell {
            "=same" => person(41)[NIK - 1].clone(),
            cell => cell.to_owned(),
        };
    }
    // The next row closes the quote that this one opened.
    rows[902][STREET - 1] = "\"Jl. Jati 1\"".to_owned();
    let (text, lines) = written(&rows);
    let wanted: Vec<LineFault> = plants
        .into_iter()
        .map(|(at, column, _, problem)| LineFault {
            line: lines[at],
            column: match problem {
                Problem::TooManyCells { columns, .. } => columns + 1,
                _ => column,
            },
            problem: match problem {
                Problem::SameNik { .. } => Problem::SameNik { line: lines[41] },
                Problem::SameInvitation { .. } => Problem::SameInvitation { line: lines[7] },
                problem => problem,
            },
        })
        .collect();

    let import = |text: &str| {
        let table = table(text);
        let guess = guess_columns(&table, TODAY);
        assert_eq!(guess.columns.header, Some(1));
        expected_of(&table, &guess.columns, TODAY).expect("a column of names")
    };
    let untouched = import(&clean);
    assert_eq!(untouched.faults, []);
    assert_eq!(untouched.expected.len(), PEOPLE);

    let read = import(&text);
    assert_eq!(read.faults, wanted);
    let left_out = wanted
        .iter()
        .filter(|fault| fault.problem.leaves_out_row())
        .count();
    assert_eq!(left_out, 6);
    // The row whose quote is open, and the one that it took in.
    assert_eq!(read.expected.len(), PEOPLE - left_out - 1);
    // Who was not touched is there as before, and who lost a value has all others.
    let is_same = |one| untouched.expected.contains(one);
    assert_eq!(
        read.expected.iter().filter(|one| !is_same(one)).count(),
        wanted.len() - left_out
    );
    assert_eq!(read.expected[17].0.get("nik"), None);
    assert_eq!(
        read.expected[17].0.get("name").map(String::as_str),
        Some("Nur 'Aini")
    );
}
