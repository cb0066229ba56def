use proptest::prelude::*;

use super::*;

#[test]
fn rupiah_are_read_as_people_write_them() {
    for typed in [
        "1500000",
        "1.500.000",
        "Rp 1.500.000",
        "Rp1.500.000",
        "rp. 1.500.000,-",
        "1 500 000",
        "1.500.000,00",
    ] {
        assert_eq!(parse_rupiah(typed), Ok(1_500_000), "{typed}");
    }
    assert_eq!(parse_rupiah("0"), Ok(0));
    assert_eq!(parse_rupiah("999.999.999"), Ok(999_999_999));
}

#[test]
fn what_is_no_sum_is_refused_with_the_reason() {
    for typed in ["", "  ", "Rp"] {
        assert_eq!(parse_rupiah(typed), Err(RupiahError::Empty), "{typed}");
    }
    for typed in [
        "1.5",
        "1,5 juta",
        "1.50.000",
        "1500.000",
        ".500",
        "-500",
        "1,500,000",
        "satu juta",
        "1.500.0é",
    ] {
        assert_eq!(parse_rupiah(typed), Err(RupiahError::NotDigits), "{typed}");
    }
    for typed in ["1000000000", "99999999999999999999999"] {
        assert_eq!(
            parse_rupiah(typed),
            Err(RupiahError::TooLarge { most: 999_999_999 }),
            "{typed}"
        );
    }
}

#[test]
fn thousands_are_parted() {
    for (sum, text) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (16_800, "16.800"),
        (1_500_000, "1.500.000"),
    ] {
        assert_eq!(grouped(sum), text);
    }
}

#[test]
fn thousands_are_parted_while_a_sum_is_typed() {
    for (typed, shown) in [
        ("", ""),
        ("0", ""),
        ("1", "1"),
        ("1234", "1.234"),
        ("1.2345", "12.345"),
        ("1.50.000", "150.000"),
        ("Rp 1.500.000,-", "1.500.000"),
        ("1500000,00", "1.500.000"),
        ("satu", ""),
        ("0999.999.9999", "999.999.999"),
    ] {
        assert_eq!(grouped_as_typed(typed), shown, "{typed}");
        if !shown.is_empty() {
            assert!(parse_rupiah(shown).is_ok(), "{typed}");
        }
    }
}

#[test]
fn workers_are_counted_to_9999() {
    assert_eq!(parse_workers("0"), Ok(0));
    assert_eq!(parse_workers(" 9999 "), Ok(9_999));
    assert_eq!(parse_workers(""), Err(WorkersError::Empty));
    assert_eq!(parse_workers("dua"), Err(WorkersError::NotDigits));
    assert_eq!(parse_workers("-1"), Err(WorkersError::NotDigits));
    for typed in ["10000", "99999999999"] {
        assert_eq!(
            parse_workers(typed),
            Err(WorkersError::TooMany { most: 9_999 }),
            "{typed}"
        );
    }
}

#[test]
fn a_business_began_between_1900_and_the_event() {
    let out_of_range = Err(SinceError::OutOfRange {
        earliest: 1900,
        latest: 2026,
    });
    assert_eq!(parse_since("1900", 2026), Ok(1900));
    assert_eq!(parse_since("2026", 2026), Ok(2026));
    assert_eq!(parse_since("1899", 2026), out_of_range);
    assert_eq!(parse_since("2027", 2026), out_of_range);
    assert_eq!(parse_since("", 2026), Err(SinceError::Empty));
    assert_eq!(parse_since("98", 2026), Err(SinceError::NotYear));
    assert_eq!(parse_since("lama", 2026), Err(SinceError::NotYear));
}

#[test]
fn a_nib_has_13_digits_and_a_kbli_code_5() {
    assert_eq!(
        Nib::parse("9120 0012 34567").as_ref().map(Nib::as_str),
        Ok("9120001234567")
    );
    assert_eq!(
        Nib::parse("912000123456"),
        Err(NibError::Length { found: 12 })
    );
    assert_eq!(Nib::parse("NIB"), Err(NibError::NotDigits));
    let kbli = Kbli {
        code: "56101".to_owned(),
        edition: KbliEdition::Kbli2020,
    };
    assert_eq!(Kbli::parse("56101", KbliEdition::Kbli2020), Ok(kbli));
    assert_eq!(
        Kbli::parse("5610", KbliEdition::Kbli2020),
        Err(KbliError::Length { found: 4 })
    );
    assert_eq!(
        Kbli::parse("5610A", KbliEdition::Kbli2020),
        Err(KbliError::NotDigits)
    );
}

proptest! {
    #[test]
    fn a_sum_shown_is_read_back(sum in 0u64..=MOST_RUPIAH) {
        prop_assert_eq!(parse_rupiah(&grouped(sum)), Ok(sum));
        prop_assert_eq!(parse_rupiah(&sum.to_string()), Ok(sum));
    }

    #[test]
    fn grouping_changes_no_digit(sum: u64) {
        prop_assert_eq!(grouped(sum).replace('.', ""), sum.to_string());
    }

    #[test]
    fn any_text_is_read_or_refused(typed in "(Rp|é)?[0-9., \\PC]*") {
        let _ = (parse_rupiah(&typed), parse_workers(&typed), parse_since(&typed, 2026));
        let _ = (Nib::parse(&typed), Kbli::parse(&typed, KbliEdition::Kbli2025));
    }
}
