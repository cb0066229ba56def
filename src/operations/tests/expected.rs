//! Who is expected: from the pack, from lists, and in the form.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::format::event_pack::EventPack;
use crate::format::pack_lists::Expected;
use crate::operations::expected::*;
use crate::operations::load_pack::pack_of;
use crate::store::StoreError;

fn person(members: &[(&str, &str)]) -> Expected {
    let members = members.iter();
    Expected(
        members
            .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()))
            .collect(),
    )
}

/// Imports people, and returns how many were added, changed and the same, and the list.
fn import_to(hall: &Hall, people: &[Expected]) -> ((usize, usize, usize), Vec<Expected>) {
    let imported = block_on(import(&hall.store, hall.event.id(), people, &hall.doer()));
    let Imported {
        added,
        changed,
        same,
        ..
    } = imported.expect("an import");
    ((added, changed, same), list_of(hall))
}

fn list_of(hall: &Hall) -> Vec<Expected> {
    block_on(hall.store.expected_of(hall.event.id())).expect("a list")
}

#[test]
fn the_list_of_a_pack_is_there_with_its_event_and_once() {
    let (_, pack) = office();
    let list: Vec<Expected> = (1..=3).map(sample_expected).collect();
    let with_list = EventPack {
        expected: list.clone(),
        ..pack.clone()
    };
    let hall = Hall::with_pack(&with_list, "A").expect("an event");
    assert_eq!(list_of(&hall), list);
    let kept = block_on(pack_of(&hall.store, hall.event.id())).expect("a read");
    assert!(kept == Some(pack));
    assert_eq!(import_to(&hall, &list), ((0, 0, 3), list));
}

#[test]
fn the_same_person_is_who_has_the_same_nik_invitation_or_name_and_birth_date() {
    const NIK: &str = "3574055205849001";
    let siti = person(&[("name", "Siti Aminah"), ("birth_date", "12-05-1984")]);
    let cases = [
        // What is known, what comes, and whether it is the same person.
        (siti.clone(), siti.clone(), true),
        (
            siti.clone(),
            person(&[("name", "SITI  AMINAH"), ("birth_date", "12-5-1984")]),
            true,
        ),
        (
            siti.clone(),
            person(&[("name", "Siti Aminah"), ("birth_date", "13-05-1984")]),
            false,
        ),
        (
            siti.clone(),
            person(&[
                ("name", "Siti Aminah"),
                ("birth_date", "12-05-1984"),
                ("nik", NIK),
            ]),
            true,
        ),
        (
            person(&[("name", "Siti"), ("nik", NIK)]),
            person(&[("name", "Aminah"), ("nik", "357405 520584 9001")]),
            true,
        ),
        // Two of one name and day are told apart by their NIK.
        (
            person(&[
                ("name", "Siti Aminah"),
                ("birth_date", "12-05-1984"),
                ("nik", "3574055205849002"),
            ]),
            person(&[
                ("name", "Siti Aminah"),
                ("birth_date", "12-05-1984"),
                ("nik", NIK),
            ]),
            false,
        ),
        // The office put the NIK right.
        (
            person(&[
                ("name", "Siti"),
                ("invitation", "u-7"),
                ("nik", "3574055205849002"),
            ]),
            person(&[("name", "Siti"), ("invitation", "U-7 "), ("nik", NIK)]),
            true,
        ),
        (
            person(&[("name", "Siti"), ("phone", "0812-3456-7890")]),
            person(&[("name", "Siti"), ("phone", "+62 812 3456 7890")]),
            true,
        ),
        (
            person(&[("name", "Siti"), ("business_name", "Warung A")]),
            person(&[("name", "Siti"), ("business_name", "Warung B")]),
            false,
        ),
    ];
    for (known, comes, is_same) in cases {
        let hall = Hall::with_passphrase();
        assert_eq!(import_to(&hall, std::slice::from_ref(&known)).0, (1, 0, 0));
        let (counts, list) = import_to(&hall, std::slice::from_ref(&comes));
        assert_eq!(counts.0 == 0, is_same, "{known:?} {comes:?}");
        assert_eq!(list.len(), if is_same { 1 } else { 2 });
        // And never again, whatever it says.
        assert_eq!(import_to(&hall, &[comes]).0, (0, 0, 1));
    }
}

#[test]
fn what_is_newer_counts_and_the_others_stay_in_their_places() {
    let hall = Hall::with_passphrase();
    let mut list: Vec<Expected> = (1..=3).map(sample_expected).collect();
    let region = [("outside", "yes"), ("region_code", "Kabupaten Lumajang")];
    for (code, text) in region {
        list[1].0.insert(code.to_owned(), text.to_owned());
    }
    import_to(&hall, &list);
    let mut newer = person(&[("name", "Ny. Sri Hidayat"), ("kelurahan", "35.74.05.1005")]);
    let nik = list[1].text(Field::Nik).to_owned();
    newer.0.insert("nik".to_owned(), nik);
    let (counts, found) = import_to(&hall, &[newer, sample_expected(3), sample_expected(4)]);
    assert_eq!(counts, (1, 1, 1));
    assert_eq!(found.len(), 4);
    assert_eq!((&found[0], &found[2]), (&list[0], &list[2]));
    assert_eq!(found[3], sample_expected(4));
    assert_eq!(found[1].text(Field::Name), "Ny. Sri Hidayat");
    assert_eq!(found[1].text(Field::Phone), list[1].text(Field::Phone));
    assert_eq!(found[1].invitation(), Some("U-002"));
    assert_eq!(found[1].text(Field::Kelurahan), "35.74.05.1005");
    assert_eq!(found[1].text(Field::Region), "");
}

#[test]
fn an_import_and_a_cleared_list_can_be_taken_back_and_the_log_names_nobody() {
    let hall = Hall::with_passphrase();
    let id = hall.event.id();
    let list: Vec<Expected> = (1..=3).map(sample_expected).collect();
    let imported = block_on(import(&hall.store, id, &list, &hall.doer())).expect("an import");
    assert_eq!(imported.before, []);
    let put = |list: &[Expected]| block_on(replace(&hall.store, id, list, &hall.doer()));
    for kept in [&imported.before[..], &list, &[], &list] {
        assert_eq!(put(kept), Ok(()));
        assert_eq!(list_of(&hall), kept);
    }
    let log = hall.log();
    let changes = log
        .iter()
        .filter(|entry| entry.action == AuditAction::ExpectedChanged);
    let details: Vec<_> = changes
        .map(|entry| (entry.subject.clone(), entry.detail.clone()))
        .collect();
    assert_eq!(
        details,
        ["3", "0", "3", "0", "3"].map(|count| (None, Some(count.to_owned())))
    );
    hall.store.lock();
    assert_eq!(put(&[]), Err(StoreError::Locked));
}

#[test]
fn a_form_begins_with_what_is_known_and_is_registered_as_if_it_was_typed() {
    let mut hall = Hall::with_passphrase();
    let mut known = sample_expected(1);
    known
        .0
        .insert("consent_city_database".to_owned(), "yes".to_owned());
    let event = hall.event.tablet.event.clone();
    let id = RegistrationId(sample_uuid(1));
    let mut draft = begin_form(&known, id, &event, sample_moment(3));
    assert_eq!(draft.text(Field::Nik), "357405 010584 9002");
    assert_eq!(draft.text(Field::Payer), event.payer.code());
    assert!(!draft.ticked(Field::ConsentCity) && !draft.is_untouched());
    // As it began, until somebody types, goes on, or confirms.
    draft.set(Field::Officer, "Budi Santoso");
    assert!(is_untouched(&draft, &known, &event));
    for change in [
        |draft: &mut Draft| draft.set(Field::Name, "Sri"),
        |draft: &mut Draft| draft.step = 1,
        |draft: &mut Draft| draft.confirmed.push("age_near_limit:64".to_owned()),
    ] {
        let mut changed = draft.clone();
        change(&mut changed);
        assert!(!is_untouched(&changed, &known, &event));
    }
    // The rest is asked at the table.
    for (field, text) in hall.draft(1).fields {
        if draft.text(field).is_empty() {
            draft.set(field, &text);
        }
    }
    let saved = hall.save(&draft).expect("a save").registration;
    let same = |traits: Traits| {
        let identities = traits.identities();
        identities
            .iter()
            .any(|identity| known.traits().identities().contains(identity))
    };
    assert!(same(Traits::of(&saved.details.person)));
    let other = hall.register(2);
    assert!(!same(Traits::of(&other.details.person)));
}
