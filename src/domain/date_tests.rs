use proptest::prelude::*;
use time::macros::date;

use super::*;

fn any_date() -> impl Strategy<Value = Date> {
    (date!(0001 - 01 - 01).to_julian_day()..=date!(9999 - 12 - 31).to_julian_day())
        .prop_map(|day| Date::from_julian_day(day).expect("a day of these years"))
}

#[test]
fn a_date_is_read_in_every_way_officers_type_it() {
    for typed in [
        "04-01-2026",
        "4-1-2026",
        "4/1/2026",
        "04.01.2026",
        "04 01 2026",
        "04012026",
        "2026-01-04",
        " 4 / 1 / 2026 ",
    ] {
        assert_eq!(
            parse_typed_date(typed),
            Ok(date!(2026 - 01 - 04)),
            "{typed}"
        );
    }
}

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    for (typed, error) in [
        ("", DateError::Empty),
        ("  ", DateError::Empty),
        ("4-1-26", DateError::Shape),
        ("040126", DateError::Shape),
        ("4 Januari 2026", DateError::Shape),
        ("-4-1-2026", DateError::Shape),
        ("4-1-2026-", DateError::Shape),
        ("1-4-1-2026", DateError::Shape),
        ("٤-١-٢٠٢٦", DateError::Shape),
        ("004-1-2026", DateError::Shape),
        ("31-02-2026", DateError::NoSuchDay),
        ("29-02-2025", DateError::NoSuchDay),
        ("00-01-2026", DateError::NoSuchDay),
        ("01-13-2026", DateError::NoSuchDay),
        ("20261124", DateError::NoSuchDay),
        ("01-01-0000", DateError::NoSuchDay),
    ] {
        assert_eq!(parse_typed_date(typed), Err(error), "{typed}");
    }
}

#[test]
fn only_iso_is_read_as_iso() {
    assert_eq!(parse_iso("2026-11-24"), Ok(date!(2026 - 11 - 24)));
    assert_eq!(parse_iso(""), Err(DateError::Empty));
    assert_eq!(parse_iso("2026-02-30"), Err(DateError::NoSuchDay));
    for wrong in [
        "24-11-2026",
        "2026-1-4",
        "+2026-01-04",
        " 2026-01-04",
        "2026-01-04T00:00",
        "20260104",
    ] {
        assert_eq!(parse_iso(wrong), Err(DateError::Shape), "{wrong}");
    }
}

#[test]
fn age_changes_on_the_birthday() {
    let birth = date!(1961 - 11 - 24);
    assert_eq!(age_on(birth, date!(2026 - 11 - 23)), Some(64));
    assert_eq!(age_on(birth, date!(2026 - 11 - 24)), Some(65));
    assert_eq!(age_on(birth, birth), Some(0));
    assert_eq!(age_on(birth, date!(1961 - 11 - 23)), None);
}

#[test]
fn a_leap_day_birthday_is_on_1_march_in_common_years() {
    let birth = date!(1964 - 02 - 29);
    assert_eq!(age_on(birth, date!(2026 - 02 - 28)), Some(61));
    assert_eq!(age_on(birth, date!(2026 - 03 - 01)), Some(62));
    assert_eq!(age_on(birth, date!(2028 - 02 - 28)), Some(63));
    assert_eq!(age_on(birth, date!(2028 - 02 - 29)), Some(64));
}

#[test]
fn months_carry_into_years() {
    let november = YearMonth {
        year: 2026,
        month: 11,
    };
    assert_eq!(november.to_string(), "2026-11");
    assert_eq!(YearMonth::parse("2026-11"), Some(november));
    assert_eq!(YearMonth::of(date!(2026 - 11 - 24)), november);
    assert_eq!(november.plus(1).to_string(), "2026-12");
    assert_eq!(november.plus(2).to_string(), "2027-01");
    assert_eq!(november.plus(14).to_string(), "2028-01");
    for wrong in [
        "",
        "2026-1",
        "2026-13",
        "2026-00",
        "26-11",
        "2026/11",
        "2026-11-01",
        "+026-11",
    ] {
        assert_eq!(YearMonth::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn moments_are_shown_with_milliseconds_and_offset() {
    let text = "2026-11-24T10:42:07.123+07:00";
    let moment = Moment::parse_rfc3339(text).expect("a moment");
    assert_eq!(moment.rfc3339(), text);
    assert_eq!(
        (moment.unix_ms(), moment.offset_minutes()),
        (1_795_491_727_123, 420)
    );
    assert_eq!(moment.local_date(), date!(2026 - 11 - 24));
    assert_eq!(moment.local_hour_minute(), (10, 42));
    assert_eq!(Moment::new(0, 0).rfc3339(), "1970-01-01T00:00:00.000+00:00");
    assert_eq!(
        Moment::new(-1, -210).rfc3339(),
        "1969-12-31T20:29:59.999-03:30"
    );
    let other_forms = ["2026-11-24T03:42:07.123456Z", "2026-11-24t03:42:07.123z"];
    for form in other_forms {
        assert_eq!(
            Moment::parse_rfc3339(form).map(Moment::unix_ms),
            Some(1_795_491_727_123),
            "{form}"
        );
    }
    for wrong in [
        "",
        "2026-11-24",
        "2026-11-24T10:42:07",
        "2026-13-24T10:42:07Z",
        "0000-01-01T00:00:00Z",
    ] {
        assert_eq!(Moment::parse_rfc3339(wrong), None, "{wrong}");
    }
}

#[test]
fn the_local_date_is_the_one_on_the_wall() {
    let after_midnight = Moment::parse_rfc3339("2026-11-24T00:30:00.000+07:00").expect("a moment");
    assert_eq!(after_midnight.local_date(), date!(2026 - 11 - 24));
    assert_eq!(
        Moment::new(after_midnight.unix_ms(), 0).local_date(),
        date!(2026 - 11 - 23)
    );
}

proptest! {
    #[test]
    fn a_date_shown_is_read_back(date in any_date()) {
        prop_assert_eq!(parse_iso(&iso(date)), Ok(date));
        prop_assert_eq!(parse_typed_date(&iso(date)), Ok(date));
        for separator in ["-", "/", ".", " ", ""] {
            let typed = format!("{:02}{separator}{:02}{separator}{:04}", date.day(), u8::from(date.month()), date.year());
            prop_assert_eq!(parse_typed_date(&typed), Ok(date), "{}", typed);
        }
    }

    #[test]
    fn age_grows_by_one_in_a_year(birth in any_date(), days in 0i32..40_000) {
        let Some(on) = birth.checked_add(time::Duration::days(days.into())) else { return Ok(()) };
        let age = age_on(birth, on).expect("born before");
        prop_assert!((age * 365..=(age + 1) * 366).contains(&u32::try_from(days).expect("not negative")));
        if let Some(day_after) = on.next_day() {
            let next = age_on(birth, day_after).expect("born before");
            prop_assert!(next == age || next == age + 1);
        }
    }

    #[test]
    fn a_month_shown_is_read_back_and_adds_up(year in 1i32..9000, month in 1u8..=12, a in 0u32..600, b in 0u32..600) {
        let start = YearMonth { year, month };
        prop_assert_eq!(YearMonth::parse(&start.to_string()), Some(start));
        prop_assert_eq!(start.plus(a).plus(b), start.plus(a + b));
        prop_assert_eq!(start.plus(12), YearMonth { year: year + 1, month });
        prop_assert!(start < start.plus(a + 1));
    }

    #[test]
    fn a_moment_shown_is_read_back(unix_ms: i64, offset: i16) {
        let moment = Moment::new(unix_ms, offset);
        prop_assert_eq!(Moment::parse_rfc3339(&moment.rfc3339()), Some(moment));
        let _ = (moment.local_date(), moment.local_hour_minute());
    }

    #[test]
    fn moments_of_our_time_are_kept_as_given(unix_ms in 0i64..4_102_444_800_000, offset in -720i16..=840) {
        let moment = Moment::new(unix_ms, offset);
        prop_assert_eq!((moment.unix_ms(), moment.offset_minutes()), (unix_ms, offset));
        prop_assert!(moment < Moment::new(unix_ms + 1, -720));
    }

    #[test]
    fn any_text_is_read_or_refused(text: String, digits in "[0-9TZ:+. /-]{0,30}") {
        for text in [&text, &digits] {
            let _ = (parse_typed_date(text), parse_iso(text), YearMonth::parse(text), Moment::parse_rfc3339(text));
        }
    }
}
