use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::domain::nik::Nik;
use crate::domain::phone::Phone;
use crate::domain::samples;
use crate::domain::{Address, Contact, Person, Place};
use crate::format::config::rules;

/// What is unusual when the sample participant is changed like this.
fn warnings(change: impl FnOnce(&mut Person, &mut Address)) -> Vec<Warning> {
    let (mut person, mut address) = (samples::person(), samples::address());
    change(&mut person, &mut address);
    let subject = Subject {
        nik: Some(person.nik),
        birth_date: Some(person.birth_date),
        sex: Some(person.sex),
        phone: match person.contact {
            Contact::Phone(phone) => Some(phone),
            Contact::NoPhone(_) => None,
        },
        outside_city: matches!(address.place, Place::Elsewhere { .. }),
    };
    warnings_of(&subject, &samples::event(), &rules())
}

fn nik(digits: &str) -> Nik {
    Nik::parse(digits).expect("a NIK")
}

#[test]
fn nothing_is_unusual_about_the_sample() {
    assert_eq!(warnings(|_, _| {}), []);
}

#[test]
fn a_nik_that_differs_from_the_card_is_told() {
    assert_eq!(
        warnings(|person, _| person.birth_date = date!(1984 - 12 - 05)),
        [Warning::NikBirthDateDiffers {
            in_nik: date!(1984 - 05 - 12)
        }]
    );
    assert_eq!(
        warnings(|person, _| person.sex = Sex::Male),
        [Warning::NikSexDiffers {
            in_nik: Sex::Female
        }]
    );
    assert_eq!(
        warnings(|person, _| {
            person.nik = nik("3574056902009001");
            person.birth_date = date!(1965 - 02 - 28);
        }),
        [Warning::NikBirthDateDiffers {
            in_nik: date!(2000 - 02 - 29)
        }]
    );
}

#[test]
fn a_region_that_is_retired_or_in_no_list_is_told() {
    assert_eq!(
        warnings(|person, _| person.nik = nik("9101025205849001")),
        [Warning::RegionRetired {
            code: "910102".to_owned(),
            name: "Muting".to_owned()
        }]
    );
    assert_eq!(
        warnings(|person, _| person.nik = nik("3574995205849001")),
        [Warning::RegionUnknown {
            code: "357499".to_owned()
        }]
    );
}

#[test]
fn another_kecamatan_of_the_city_is_nothing_unusual() {
    for kecamatan in 1..=5 {
        assert_eq!(
            warnings(|person, _| person.nik = nik(&format!("35740{kecamatan}5205849001"))),
            []
        );
    }
}

#[test]
fn an_address_outside_the_city_is_told_wherever_the_nik_is_from() {
    let elsewhere = Place::Elsewhere {
        region_code: "35.13".to_owned(),
        postal_code: None,
    };
    assert_eq!(
        warnings(|_, address| address.place = elsewhere),
        [Warning::OutsideCity]
    );
    assert_eq!(
        warnings(|person, _| person.nik = nik("3578015205849001")),
        []
    );
}

#[test]
fn an_unknown_phone_prefix_is_told() {
    let phone = Phone::parse("084012345678").expect("a number");
    assert_eq!(
        warnings(|person, _| person.contact = Contact::Phone(phone)),
        [Warning::PhonePrefixUnknown]
    );
}

#[test]
fn age_is_reckoned_on_the_day_of_the_event() {
    // The sample event is on 24 November 2026.
    let at_64 = [Warning::AgeNearLimit { age: 64 }];
    let born = |date: Date| {
        warnings(|person, _| {
            person.birth_date = date;
            let digits = format!(
                "357405{:02}{:02}{:02}9001",
                date.day() + 40,
                u8::from(date.month()),
                date.year() % 100
            );
            person.nik = nik(&digits);
        })
    };
    assert_eq!(born(date!(1962 - 11 - 25)), []);
    assert_eq!(born(date!(1962 - 11 - 24)), at_64);
    assert_eq!(born(date!(1961 - 11 - 25)), at_64);
    assert_eq!(born(date!(1961 - 11 - 24)), []);
}

#[test]
fn the_65th_birthday_is_too_late() {
    let event = date!(2026 - 11 - 24);
    let error = |birth| age_error(birth, event, &rules());
    assert_eq!(error(date!(1961 - 11 - 25)), None);
    assert_eq!(
        error(date!(1961 - 11 - 24)),
        Some(AgeError::TooOld { age: 65, under: 65 })
    );
    assert_eq!(error(date!(2026 - 11 - 25)), Some(AgeError::BornInFuture));
    assert_eq!(error(event), None);
}

#[test]
fn a_lower_limit_holds_from_its_date() {
    let mut rules = rules();
    rules.age_limits.push(crate::domain::AgeLimit {
        valid_from: date!(2027 - 01 - 01),
        under: 60,
        minimum: Some(18),
        confirm_from: 59,
    });
    let birth = date!(2009 - 06 - 01);
    assert_eq!(age_error(birth, date!(2026 - 12 - 31), &rules), None);
    assert_eq!(
        age_error(birth, date!(2027 - 01 - 01), &rules),
        Some(AgeError::TooYoung {
            age: 17,
            minimum: 18
        })
    );
    assert_eq!(age_error(birth, date!(2027 - 06 - 01), &rules), None);
    assert_eq!(
        age_error(date!(1966 - 01 - 01), date!(2027 - 01 - 01), &rules),
        Some(AgeError::TooOld { age: 61, under: 60 })
    );
}

#[test]
fn every_warning_is_written_and_read_back() {
    let all = [
        Warning::NikBirthDateDiffers {
            in_nik: date!(1984 - 05 - 12),
        },
        Warning::NikSexDiffers {
            in_nik: Sex::Female,
        },
        Warning::RegionUnknown {
            code: "357499".to_owned(),
        },
        Warning::RegionRetired {
            code: "910102".to_owned(),
            name: "Tanah Miring".to_owned(),
        },
        Warning::OutsideCity,
        Warning::AgeNearLimit { age: 64 },
        Warning::PhonePrefixUnknown,
        Warning::RegisteredBefore(EarlierEvent {
            date: parse_iso("2026-10-12").ok(),
            venue: "Pendapa Kecamatan Wonoasih".to_owned(),
        }),
        Warning::RegisteredBefore(EarlierEvent::default()),
        Warning::OverCapacity { capacity: 50 },
        Warning::ClockBeforeLastRecord,
    ];
    for warning in all {
        let facts = warning.facts();
        assert_eq!(
            Warning::from_parts(warning.code(), facts.as_deref()),
            Some(warning.clone())
        );
        let wrong_facts = if facts.is_some() { None } else { Some("x") };
        assert_eq!(Warning::from_parts(warning.code(), wrong_facts), None);
    }
    assert_eq!(
        Warning::from_parts("nik_birth_date_differs", Some("12-05-1984")),
        None
    );
    assert_eq!(Warning::from_parts("no_such_code", None), None);
}

proptest! {
    #[test]
    fn any_parts_are_read_or_refused(code: String, facts: Option<String>) {
        let _ = Warning::from_parts(&code, facts.as_deref());
        let _ = Warning::from_parts("region_retired", facts.as_deref());
    }
}
