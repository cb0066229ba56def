//! From cells to what the draft holds.

use super::import::Problem;
use super::tests::{TODAY, table};
use super::*;
use crate::domain::*;

/// What one cell becomes, in a list of one person.
fn read(meaning: Meaning, cell: &str) -> Result<Vec<(String, String)>, Problem> {
    let table = table(&format!("sep=|\nSiti Aminah|{cell}\n"));
    let columns = Columns {
        header: None,
        meanings: vec![Some(Meaning::Name), Some(meaning)],
    };
    let mut import = expected_of(&table, &columns, TODAY).expect("a column of names");
    match import.faults.pop() {
        Some(fault) => Err(fault.problem),
        None => {
            let mut texts = import.expected.remove(0).0;
            texts.remove(Field::Name.code());
            Ok(texts.into_iter().collect())
        }
    }
}

/// What one cell of a single value becomes; empty for nothing.
fn value(meaning: Meaning, cell: &str) -> Result<String, Problem> {
    let texts = read(meaning, cell)?;
    Ok(texts.into_iter().map(|(_, text)| text).collect())
}

fn unreadable(field: Field, fault: impl Into<Fault>) -> Problem {
    let fault = fault.into();
    Problem::Unreadable { field, fault }
}

#[track_caller]
fn check(meaning: Meaning, cells: &[(&str, &str)]) {
    for (cell, wanted) in cells {
        assert_eq!(value(meaning, cell).as_deref(), Ok(*wanted), "{cell}");
    }
}

#[test]
fn a_nik_is_its_digits_and_what_a_spreadsheet_made_of_it_is_named() {
    let nik = "3574055205849001";
    for cell in [
        nik,
        "'3574055205849001",
        "’3574055205849001",
        "\"=\"\"3574055205849001\"\"\"",
        " 357405 520584 9001 ",
        "3574055205849001.0",
    ] {
        assert_eq!(value(Meaning::Nik, cell).as_deref(), Ok(nik), "{cell}");
    }
    for cell in ["3.57406E+15", "3,57406E+15", "3.57405520584900E+15", "4e15"] {
        assert_eq!(
            value(Meaning::Nik, cell),
            Err(Problem::Scientific),
            "{cell}"
        );
    }
    assert_eq!(
        value(Meaning::Nik, "3574055205840000"),
        Err(Problem::Rounded)
    );
    let short = unreadable(Field::Nik, NikError::Length { found: 15 });
    assert_eq!(value(Meaning::Nik, "357405520584900"), Err(short));
    let letters = unreadable(Field::Nik, NikError::NotDigits);
    assert_eq!(value(Meaning::Nik, "KTP hilang"), Err(letters));
}

#[test]
fn numbers_that_nearly_all_end_with_0_went_through_a_spreadsheet() {
    let faults = |serials: &[u32]| {
        let lines = serials
            .iter()
            .map(|serial| format!("Siti;357405520584{serial}\n"));
        let columns = Columns {
            header: None,
            meanings: vec![Some(Meaning::Name), Some(Meaning::Nik)],
        };
        let table = table(&lines.collect::<String>());
        expected_of(&table, &columns, TODAY)
            .expect("a column of names")
            .faults
    };
    let rounded = faults(&[9010, 9020, 9031, 9040]);
    assert_eq!(
        rounded.iter().map(|fault| fault.line).collect::<Vec<_>>(),
        [1, 2, 4]
    );
    assert!(
        rounded
            .iter()
            .all(|fault| fault.problem == Problem::Rounded)
    );
    assert_eq!(faults(&[9010, 9021, 9031, 9040]), []);
}

#[test]
fn birth_dates_are_read_in_every_shape_and_held_as_the_form_types_them() {
    for cell in [
        "12-05-1984",
        "12/05/1984",
        "12-5-84",
        "12.5.1984",
        "1984-05-12",
        "1984-05-12 00:00:00",
        "1984-05-12T00:00:00",
        "12/05/1984 0:00",
        "12 Mei 1984",
        "12 MEI 84",
        "12-May-84",
        "12-Mei-1984 00:00",
        "30814",
        "30814.0",
        "'12/05/1984",
    ] {
        assert_eq!(
            value(Meaning::BirthDate, cell).as_deref(),
            Ok("12-05-1984"),
            "{cell}"
        );
    }
    let last = [
        ("31 Desember 1999", "31-12-1999"),
        ("1 Agt 70", "01-08-1970"),
        ("7-Nop-01", "07-11-2001"),
    ];
    check(Meaning::BirthDate, &last);
}

#[test]
fn two_digits_of_a_year_are_a_century_only_for_ages_from_17_to_99() {
    // TODAY is 24 November 2026.
    check(
        Meaning::BirthDate,
        &[
            ("24-11-09", "24-11-2009"),
            ("25-11-26", "25-11-1926"),
            ("24-11-27", "24-11-1927"),
        ],
    );
    for cell in ["25-11-09", "24-11-26", "12-5-15"] {
        assert_eq!(
            value(Meaning::BirthDate, cell),
            Err(Problem::Century),
            "{cell}"
        );
    }
}

#[test]
fn what_is_no_birth_date_is_named() {
    let wrong = |error: DateError| unreadable(Field::BirthDate, error);
    for (cell, problem) in [
        ("31-02-1984", wrong(DateError::NoSuchDay)),
        ("31-02-84", wrong(DateError::NoSuchDay)),
        ("1984", wrong(DateError::Shape)),
        ("12 Mulud 1984", wrong(DateError::Shape)),
        ("12-05-2084", Problem::NotBornYet),
        ("#####", Problem::SpreadsheetError),
    ] {
        assert_eq!(value(Meaning::BirthDate, cell), Err(problem), "{cell}");
    }
}

#[test]
fn a_column_of_american_dates_is_read_with_the_month_first() {
    let columns = |meaning| Columns {
        header: None,
        meanings: vec![Some(Meaning::Name), Some(meaning)],
    };
    let dates = |meaning, text: &str| {
        let import = expected_of(&table(text), &columns(meaning), TODAY).expect("names");
        let dates = import
            .expected
            .iter()
            .map(|one| one.0.get("birth_date").cloned());
        (dates.collect::<Vec<_>>(), import.faults.len())
    };
    let american = "Siti;05/12/1984\nRini;3/25/1970\nBudi;11/30/84\nUmi;30/11/1984\n";
    let read = ["12-05-1984", "25-03-1970", "30-11-1984"].map(|date| Some(date.to_owned()));
    let wanted: Vec<_> = read.into_iter().chain([None]).collect();
    assert_eq!(dates(Meaning::BirthDate, american), (wanted.clone(), 1));
    let with_places = american.replace(';', ";Probolinggo, ");
    assert_eq!(dates(Meaning::BirthPlaceAndDate, &with_places), (wanted, 1));
    let one_slip = "Siti;05/12/1984\nRini;3/25/1970\nBudi;30/11/84\nUmi;30/11/1984\n";
    let (read, faults) = dates(Meaning::BirthDate, one_slip);
    assert_eq!((read[0].as_deref(), faults), (Some("05-12-1984"), 1));
}

#[test]
fn two_values_in_one_cell_are_parted() {
    let both = |one: (&str, &str), other: (&str, &str)| {
        Ok([one, other]
            .map(|(code, text)| (code.to_owned(), text.to_owned()))
            .to_vec())
    };
    let birth = both(("birth_date", "12-05-1984"), ("birth_place", "PROBOLINGGO"));
    for cell in [
        "PROBOLINGGO, 12-05-1984",
        "PROBOLINGGO / 12 Mei 1984",
        "PROBOLINGGO,12/5/84",
        "PROBOLINGGO 12-05-1984",
    ] {
        assert_eq!(read(Meaning::BirthPlaceAndDate, cell), birth, "{cell}");
    }
    let no_date = unreadable(Field::BirthDate, DateError::Empty);
    assert_eq!(
        read(Meaning::BirthPlaceAndDate, "Probolinggo"),
        Err(no_date)
    );
    let no_place = unreadable(Field::BirthPlace, NameError::Empty);
    assert_eq!(
        read(Meaning::BirthPlaceAndDate, "12-05-1984"),
        Err(no_place)
    );
    for cell in ["003/002", "3/2", "RT 03 RW 02", "RT.3/RW.2", "003 - 002"] {
        assert_eq!(
            read(Meaning::RtAndRw, cell),
            both(("rt", "003"), ("rw", "002")),
            "{cell}"
        );
    }
    for cell in ["003", "03-Feb", "1/2/3", "dusun 3/2"] {
        assert_eq!(
            read(Meaning::RtAndRw, cell),
            Err(unreadable(Field::Rt, Fault::RtRw)),
            "{cell}"
        );
    }
}

#[test]
fn words_of_lists_become_the_codes_of_the_form() {
    for cell in ["L", "laki-laki", "LAKI LAKI", "Pria", "male"] {
        assert_eq!(value(Meaning::Sex, cell).as_deref(), Ok("male"), "{cell}");
    }
    check(
        Meaning::Sex,
        &[
            ("P", "female"),
            ("Perempuan", "female"),
            ("wanita", "female"),
        ],
    );
    assert_eq!(value(Meaning::Sex, "LP"), Err(Problem::UnknownWord));
    check(
        Meaning::Kelurahan,
        &[
            ("KEDUPOK", "35.74.05.1005"),
            ("Kel. Sumbertaman", "35.74.02.1006"),
        ],
    );
    assert_eq!(
        value(Meaning::Kelurahan, "Kraksaan"),
        Err(Problem::UnknownWord)
    );
    check(
        Meaning::Sector,
        &[
            ("KULINER", "culinary"),
            ("Makanan & minuman", "culinary"),
            ("Dagang makanan", "culinary"),
            ("Perdagangan", "trade"),
            ("Toko kelontong", "trade"),
            ("jasa laundry", "services"),
            ("Penjahit", "fashion"),
            ("Kerajinan", "crafts"),
            ("Nelayan", "farming_fishery"),
            ("farming_fishery", "farming_fishery"),
            ("Lain-lain", "other"),
        ],
    );
    assert_eq!(value(Meaning::Sector, "UD Jaya"), Err(Problem::UnknownWord));
    check(Meaning::Region, &[("KOTA PROBOLINGGO", "")]);
    assert_eq!(
        value(Meaning::Region, "Probolinggo"),
        Err(Problem::UnknownWord)
    );
    let elsewhere = [("outside", "yes"), ("region_code", "Kabupaten Probolinggo")];
    let elsewhere = elsewhere.map(|(code, text)| (code.to_owned(), text.to_owned()));
    assert_eq!(
        read(Meaning::Region, "Kab. Probolinggo"),
        Ok(elsewhere.to_vec())
    );
}

#[test]
fn numbers_and_texts_are_held_as_the_form_holds_them() {
    check(
        Meaning::Phone,
        &[
            ("6281234567890", "0812-3456-7890"),
            ("81234567890", "0812-3456-7890"),
        ],
    );
    check(
        Meaning::Income,
        &[
            ("1500000", "1.500.000"),
            ("Rp 1.500.000,00", "1.500.000"),
            ("Rp1500000", "1.500.000"),
        ],
    );
    check(
        Meaning::FamilyCard,
        &[("'3574050101209001", "3574050101209001")],
    );
    check(Meaning::Nib, &[("0220001234567", "0220001234567")]);
    check(Meaning::Kbli, &[("10750", "10750")]);
    check(Meaning::Workers, &[("02", "2")]);
    check(Meaning::Since, &[("2015", "2015")]);
    check(Meaning::Rt, &[("3", "003"), ("RT 3", "003")]);
    check(Meaning::Email, &[("siti@contoh.id", "siti@contoh.id")]);
    check(Meaning::Street, &[("  Jl. Mangga  7 ", "Jl. Mangga 7")]);
    check(Meaning::MotherName, &[("'Aini", "'Aini")]);
    check(Meaning::Invitation, &[("A-017", "A-017")]);
    // The city's postal codes follow from the kelurahan.
    check(Meaning::PostalCode, &[("67231", "")]);
    let most = 40;
    assert_eq!(
        value(Meaning::Invitation, &"A".repeat(41)),
        Err(Problem::Invitation { most })
    );
    for meaning in [Meaning::Phone, Meaning::FamilyCard, Meaning::Nib] {
        assert_eq!(value(meaning, "8,12346E+11"), Err(Problem::Scientific));
    }
    for nothing in ["-", " – ", "Tidak ada", "N/A", "..."] {
        for meaning in <Meaning as Coded>::ALL {
            assert_eq!(
                read(*meaning, nothing),
                Ok(Vec::new()),
                "{meaning:?}: {nothing}"
            );
        }
    }
}

#[test]
fn what_a_problem_says_of_itself_has_nothing_of_the_cell() {
    let cells = [
        "9974055205849001",
        "S1ti_S3cret",
        "35x@7",
        "Kraksaan",
        "#REF!",
        "12-05-2084",
    ];
    for meaning in <Meaning as Coded>::ALL {
        for cell in cells {
            let Err(problem) = read(*meaning, cell) else {
                continue;
            };
            let said = problem.to_string();
            assert!(!said.contains("99") || said.contains("17 to 99"), "{said}");
            for part in ["S1ti", "35x", "Kraksaan", "REF", "2084", "'1'", "'_'"] {
                assert!(!said.contains(part), "{said}");
            }
        }
    }
}
