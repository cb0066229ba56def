//! Registering: every fault is listed, and what is saved is saved once.

use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::operations::register::read_draft;
use crate::store::{BALLAST_BYTES, StoreError};

#[test]
fn an_empty_form_lists_everything_that_is_missing_in_the_order_of_the_form() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(1);
    draft.fields.clear();
    let faults = faults(hall.save(&draft));
    let missing: Vec<Field> = faults.iter().map(|(field, _)| *field).collect();
    let needed = [
        Field::Nik,
        Field::Name,
        Field::BirthPlace,
        Field::BirthDate,
        Field::Sex,
        Field::MotherName,
        Field::Street,
        Field::Rt,
        Field::Rw,
        Field::Kelurahan,
        Field::Phone,
        Field::BusinessName,
        Field::Sector,
        Field::Workers,
        Field::Occupation,
        Field::Income,
        Field::Payer,
        Field::StartMonth,
        Field::Months,
        Field::ConsentLanguage,
        Field::ReadAloudBy,
        Field::ConsentBpjs,
        Field::Ink,
        Field::Officer,
    ];
    assert_eq!(missing, needed);
    for (field, fault) in faults {
        let expected = match field {
            Field::ConsentBpjs => Fault::ConsentNeeded,
            _ => Fault::Missing,
        };
        assert_eq!(fault, expected, "{field:?}");
    }
}

#[test]
fn each_wrong_field_is_its_own_fault_and_the_only_one() {
    let mut hall = Hall::new();
    for (field, typed, expected) in [
        (
            Field::Nik,
            "357405520584900",
            NikError::Length { found: 15 }.into(),
        ),
        (Field::Nik, "3574053102849001", NikError::NoSuchDay.into()),
        (Field::Nik, "3574055205840000", NikError::SerialZero.into()),
        (
            Field::Name,
            "Siti 4minah",
            NameError::Forbidden { character: '4' }.into(),
        ),
        (Field::BirthDate, "31-02-1984", DateError::NoSuchDay.into()),
        (Field::BirthDate, "12/84", DateError::Shape.into()),
        (
            Field::BirthDate,
            "25-11-2026",
            AgeError::BornInFuture.into(),
        ),
        (
            Field::BirthDate,
            "24-11-1961",
            AgeError::TooOld { age: 65, under: 65 }.into(),
        ),
        (Field::Sex, "perempuan", Fault::Missing),
        (Field::Phone, "0335421234", PhoneError::NotMobile.into()),
        (Field::NoPhone, "lost", Fault::Missing),
        (Field::Email, "siti@", Fault::Email),
        (
            Field::FamilyCard,
            "123",
            FamilyCardError::Length { found: 3 }.into(),
        ),
        (Field::Street, "\u{200b} \t", Fault::Missing),
        (Field::Rt, "3/2", Fault::RtRw),
        (Field::Rw, "1234", Fault::RtRw),
        (Field::Kelurahan, "35.74.05.9999", Fault::Missing),
        (Field::Sector, "kuliner", Fault::Missing),
        (Field::BusinessKelurahan, "Kedopok", Fault::Missing),
        (Field::Workers, "dua", Fault::Number),
        (Field::Nib, "912010123456", Fault::Nib),
        (Field::Kbli, "5610", Fault::Kbli),
        (Field::Since, "2027", Fault::Since),
        (Field::Income, "sejuta", RupiahError::NotDigits.into()),
        (Field::Payer, "kota", Fault::Missing),
        (Field::StartMonth, "2026-13", Fault::Missing),
        (Field::Months, "2", Fault::Missing),
        (Field::ConsentLanguage, "jv", Fault::Missing),
        (Field::ConsentBpjs, "", Fault::ConsentNeeded),
        (Field::Officer, "", Fault::Missing),
    ] {
        let mut draft = hall.draft(0);
        draft.set(field, typed);
        assert_eq!(faults(hall.save(&draft)), [(field, expected)], "{typed:?}");
    }
    assert_eq!(hall.stored_event().state.issued, 0);
}

#[test]
fn text_that_is_too_long_tells_how_much_fits() {
    let mut hall = Hall::new();
    for (field, most) in [
        (Field::Street, 120),
        (Field::BusinessName, 100),
        (Field::Occupation, 60),
    ] {
        let mut draft = hall.draft(1);
        draft.set(field, &"é".repeat(most + 1));
        assert_eq!(
            faults(hall.save(&draft)),
            [(field, Fault::TooLong { most })]
        );
        draft.set(field, &"é".repeat(most));
        hall.save(&draft).expect("just short enough");
        hall = Hall::new();
    }
}

#[test]
fn hidden_characters_of_free_text_are_not_registered() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(1);
    draft.set(Field::BusinessName, "Warung\u{202e} Bu\u{200b}  Siti\u{7}");
    let saved = hall.save(&draft).expect("a save");
    assert_eq!(saved.registration.details.business.name, "Warung Bu Siti");
}

#[test]
fn a_draft_with_faults_writes_nothing_and_stays() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(1);
    draft.set(Field::Nik, "3574");
    block_on(hall.store.keep_draft(&draft)).expect("a draft");
    faults(hall.save(&draft));
    assert_eq!(hall.head(draft.id), None);
    assert_eq!(block_on(hall.store.draft(draft.id)), Ok(Some(draft)));
}

#[test]
fn what_is_typed_is_what_is_registered() {
    let mut hall = Hall::new();
    let registration = hall.register(1);
    assert_eq!(registration.number.to_string(), "KDP1-A-001-G");
    assert_eq!(registration.recorded_at, sample_moment(hall.minutes));
    assert_eq!(registration.device_id, sample_device());
    assert_eq!(registration.sequence, 1);
    let draft = hall.draft(1);
    let expected = sample_details(&hall.event.tablet.event, &draft);
    assert_eq!(registration.details, expected);
    assert_eq!(hall.head(draft.id), Some(registration));
}

#[test]
fn a_double_tap_saves_once_and_gives_the_same_number() {
    let mut hall = Hall::new();
    let draft = hall.draft(1);
    let before = hall.event.clone();
    let first = hall.save(&draft).expect("a save");
    // The second tap still holds the event as it was before the first.
    hall.event = before;
    let second = hall.save(&draft).expect("the same save");
    assert_eq!(second.registration, first.registration);
    assert!(
        second.event == first.event,
        "the next person gets the next number"
    );
    assert_eq!(hall.stored_event().state.saved, 1);
    assert_eq!(hall.register(2).number.counter(), 2);
}

#[test]
fn a_save_whose_answer_was_lost_is_found_after_the_next_start() {
    let mut hall = Hall::new();
    let draft = hall.draft(1);
    let first = hall.save(&draft).expect("a save");
    hall.start_again();
    let again = hall.save(&draft).expect("the same save");
    assert_eq!(again.registration, first.registration);
    assert_eq!(hall.stored_event().state.saved, 1);
}

#[test]
fn a_tab_that_lost_the_event_does_not_write_after_a_repeated_save() {
    let mut hall = Hall::new();
    let draft = hall.draft(1);
    hall.save(&draft).expect("a save");
    block_on(hall.store.take_over(hall.event.id())).expect("another tab");
    hall.save(&draft).expect("the same save");
    let outcome = hall.save(&hall.draft(2));
    assert!(matches!(
        outcome,
        Err(SaveError::Store(StoreError::Conflict { .. }))
    ));
}

#[test]
fn the_same_nik_asks_for_a_decision_which_is_recorded() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let mut draft = hall.draft(2);
    for field in [Field::Nik, Field::Sex, Field::BirthDate] {
        draft.set(field, hall.draft(1).text(field));
    }
    let other = first.number.clone();
    let undecided = Fault::Undecided(Alike {
        other: other.clone(),
        likeness: Likeness::SameNik,
    });
    assert_eq!(faults(hall.save(&draft)), [(Field::Nik, undecided)]);
    let decision = DuplicateDecision {
        other,
        likeness: Likeness::SameNik,
        decision: Decision::Different,
        reason: "NIK di KTP lama salah cetak".to_owned(),
    };
    // A decision on a weaker likeness is none on this one.
    draft.decisions = vec![DuplicateDecision {
        likeness: Likeness::NearName,
        ..decision.clone()
    }];
    assert_eq!(faults(hall.save(&draft)).len(), 1);
    draft.decisions = vec![decision.clone()];
    let saved = hall.save(&draft).expect("a save");
    assert_eq!(saved.registration.details.checks.duplicates, [decision]);
}

#[test]
fn the_same_nik_as_a_voided_registration_is_no_duplicate() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let officer = FullName::parse("Rukmini").expect("a name");
    let outcome = block_on(crate::operations::amend::void(
        &hall.store,
        &hall.event,
        first.id,
        "salah orang",
        officer,
        &hall.deed(),
    ));
    hall.follow(outcome).expect("a voiding");
    let mut draft = hall.draft(1);
    draft.id = RegistrationId(sample_uuid(77));
    let saved = hall.save(&draft).expect("a save");
    assert_eq!(saved.registration.number.counter(), 2);
    assert_eq!(saved.registration.details.checks.duplicates, []);
}

/// Saves a draft that has one warning: first it is a fault, confirmed it is recorded.
#[track_caller]
fn check_warning(hall: &mut Hall, mut draft: Draft, field: Field, warning: Warning) {
    let unconfirmed = Fault::Unconfirmed(warning.clone());
    assert_eq!(faults(hall.save(&draft)), [(field, unconfirmed)]);
    draft.confirmed.push(warning_key(&warning));
    let saved = hall.save(&draft).expect("a save");
    assert_eq!(saved.registration.details.checks.warnings, [warning]);
}

#[test]
fn whoever_is_more_than_the_hall_holds_is_registered_after_a_warning() {
    let mut hall = Hall::with_capacity(1);
    hall.register(1);
    let warning = Warning::OverCapacity { capacity: 1 };
    let draft = hall.draft(2);
    check_warning(&mut hall, draft, Field::ConsentAt, warning);
}

#[test]
fn a_clock_before_the_last_record_is_confirmed() {
    let mut hall = Hall::new();
    hall.register(1);
    hall.minutes = 0;
    let draft = hall.draft(2);
    check_warning(
        &mut hall,
        draft,
        Field::ConsentAt,
        Warning::ClockBeforeLastRecord,
    );
    // From here on the clock of the last record counts.
    hall.register(3);
}

#[test]
fn what_is_unusual_about_a_person_is_confirmed_beside_its_field() {
    for (changes, field, warning) in [
        (
            vec![(Field::BirthDate, "13-05-1984")],
            Field::BirthDate,
            Warning::NikBirthDateDiffers {
                in_nik: parse_iso("1984-05-01").expect("a date"),
            },
        ),
        (
            vec![(Field::Sex, "male")],
            Field::Sex,
            Warning::NikSexDiffers {
                in_nik: Sex::Female,
            },
        ),
        (
            vec![
                (Field::Nik, "3574054101629001"),
                (Field::BirthDate, "01-01-1962"),
            ],
            Field::BirthDate,
            Warning::AgeNearLimit { age: 64 },
        ),
        (
            vec![
                (Field::Outside, TICKED),
                (Field::Region, regency_name("35.13").expect("a regency")),
                (Field::Kelurahan, ""),
            ],
            Field::Outside,
            Warning::OutsideCity,
        ),
        (
            vec![(Field::Phone, "080012345678")],
            Field::Phone,
            Warning::PhonePrefixUnknown,
        ),
    ] {
        let mut hall = Hall::new();
        let mut draft = hall.draft(0);
        for (field, text) in changes {
            draft.set(field, text);
        }
        check_warning(&mut hall, draft, field, warning);
    }
}

#[test]
fn a_confirmation_does_not_outlive_what_it_confirmed() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(0);
    draft.set(Field::BirthDate, "13-05-1984");
    draft
        .confirmed
        .push("nik_birth_date_differs:1984-05-02".to_owned());
    assert_eq!(faults(hall.save(&draft)).len(), 1);
    // The NIK says the same as before; the card says something else.
    draft
        .confirmed
        .push("nik_birth_date_differs:1984-05-01".to_owned());
    draft.set(Field::BirthDate, "13-05-1984");
    draft.set(Field::Name, "Slamet");
    let mut typed_again = draft.clone();
    typed_again.set(Field::BirthDate, "14-05-1984");
    assert_eq!(faults(hall.save(&typed_again)).len(), 1);
    hall.save(&draft).expect("a save");
}

#[test]
fn a_full_tablet_frees_its_reserve_and_saves() {
    let mut hall = Hall::new();
    block_on(hall.store.keep_ballast(vec![1; BALLAST_BYTES])).expect("a reserve");
    hall.memory().fail_next(StoreError::QuotaExceeded);
    hall.register(1);
    assert_eq!(block_on(hall.store.has_ballast()), Ok(false));
}

#[test]
fn a_full_tablet_without_reserve_says_so_and_keeps_the_draft() {
    let mut hall = Hall::new();
    let draft = hall.draft(1);
    block_on(hall.store.keep_draft(&draft)).expect("a draft");
    hall.memory().fail_next(StoreError::QuotaExceeded);
    let outcome = hall.save(&draft).err();
    assert_eq!(outcome, Some(SaveError::Store(StoreError::QuotaExceeded)));
    assert_eq!(hall.head(draft.id), None);
    assert_eq!(
        block_on(hall.store.draft(draft.id)),
        Ok(Some(draft.clone()))
    );
    hall.save(&draft).expect("room was made");
}

#[test]
fn a_lost_connection_is_told_and_the_next_try_saves() {
    let mut hall = Hall::new();
    let lost = StoreError::ConnectionLost {
        name: "UnknownError".to_owned(),
    };
    hall.memory().fail_next(lost.clone());
    let draft = hall.draft(1);
    assert_eq!(hall.save(&draft).err(), Some(SaveError::Store(lost)));
    let saved = hall.save(&draft).expect("a save");
    assert_eq!(saved.registration.number.counter(), 1);
}

proptest! {
    #[test]
    fn any_typed_text_is_registered_or_refused(
        texts in prop::collection::vec((0..Field::ALL.len(), any::<String>()), 0..6),
    ) {
        let hall = Hall::new();
        let mut draft = hall.draft(0);
        for (field, text) in &texts {
            draft.set(Field::ALL[*field], text);
        }
        match block_on(read_draft(&hall.store, &hall.event, &draft, &hall.deed())) {
            Ok(_) => {}
            Err(SaveError::Faults(faults)) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.is_sorted_by_key(|(field, _)| *field));
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
