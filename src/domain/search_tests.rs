use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn entry(id: u128, number: &str, name: &str, nik: &str, business: &str) -> Entry {
    Entry {
        id: RegistrationId(Uuid::from_u128(id)),
        number: number.to_owned(),
        name: name.to_owned(),
        nik: nik.to_owned(),
        business: business.to_owned(),
    }
}

fn index() -> Index {
    Index::new([
        entry(
            1,
            "KDP1-A-001-X",
            "Siti Aminah",
            "3574055205849001",
            "Warung Bu Siti",
        ),
        entry(
            2,
            "KDP1-A-002-Y",
            "H. Ma’ruf",
            "3574011203709002",
            "Bengkel Maju",
        ),
        entry(
            3,
            "KDP1-B-058-Z",
            "José Hidayat",
            "3574022508909003",
            "Kripik Mangga \"Manis\"",
        ),
    ])
}

fn found(typed: &str) -> Vec<u128> {
    index()
        .search(typed)
        .iter()
        .map(|entry| entry.id.0.as_u128())
        .collect()
}

#[test]
fn names_and_businesses_are_found_in_any_case_and_order() {
    assert_eq!(found("aminah SITI"), [1]);
    assert_eq!(found("sit"), [1]);
    assert_eq!(found("maruf"), [2]);
    assert_eq!(found("ma'ruf"), [2]);
    assert_eq!(found("jose"), [3]);
    assert_eq!(found("mangga, manis"), [3]);
    assert_eq!(found("siti maju"), []);
}

#[test]
fn nik_and_number_are_found_with_and_without_separators() {
    for typed in [
        "3574055205849001",
        "357405 520584 9001",
        "3574.0552.0584.9001",
        "9001",
        "520584",
    ] {
        assert_eq!(found(typed), [1], "{typed}");
    }
    for typed in ["KDP1-B-058-Z", "kdp1 b 058 z", "kdp1b058", "b-058"] {
        assert_eq!(found(typed), [3], "{typed}");
    }
}

#[test]
fn nothing_typed_finds_all_in_their_order() {
    assert_eq!(found(""), [1, 2, 3]);
    assert_eq!(found(" - "), [1, 2, 3]);
}

#[test]
fn members_do_not_run_into_each_other() {
    assert_eq!(found("aminahwarung"), []);
    assert_eq!(found("x3574"), []);
}

#[test]
fn an_entry_is_put_once_and_taken_out() {
    let mut index = index();
    index.put(entry(
        2,
        "KDP1-A-002-Y",
        "H. Makruf",
        "3574011203709002",
        "Bengkel Maju",
    ));
    index.put(entry(
        4,
        "KDP1-A-003-W",
        "Slamet",
        "3574031203709004",
        "Becak",
    ));
    assert_eq!(index.len(), 4);
    assert_eq!(index.search("makruf").len(), 1);
    assert_eq!(index.search("maruf").len(), 0);
    index.remove(RegistrationId(Uuid::from_u128(4)));
    assert_eq!(index.search("slamet").len(), 0);
    assert!(!index.is_empty() && Index::default().is_empty());
}

#[test]
fn text_is_made_plain() {
    assert_eq!(normalise("  H. Moh.  SA'ID, S.Pd. "), "h moh said s pd");
    assert_eq!(normalise("Ñoño É\u{301}"), "nono e");
    assert_eq!(normalise("'-.,"), "");
}

proptest! {
    #[test]
    fn making_plain_twice_changes_nothing(text: String) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn whoever_is_there_is_found_by_every_member(name in "[A-Za-z' .]{1,40}", nik in "[0-9]{16}", counter in 1u32..9_999) {
        let number = format!("KDP1-A-{counter:03}-X");
        let index = Index::new([entry(1, &number, &name, &nik, "Warung")]);
        for typed in [&name, &nik, &number, &number.replace('-', ""), &nik[4..12].to_owned()] {
            prop_assert_eq!(index.search(typed).len(), 1, "{}", typed);
        }
    }
}
