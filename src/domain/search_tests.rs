use proptest::prelude::*;

use super::*;

/// Three registrations, known as 1 to 3.
fn haystacks() -> [String; 3] {
    [
        haystack(
            "KDP1-A-001-X",
            "Siti Aminah",
            "3574055205849001",
            "Warung Bu Siti",
        ),
        haystack(
            "KDP1-A-002-Y",
            "H. Ma’ruf",
            "3574011203709002",
            "Bengkel Maju",
        ),
        haystack(
            "KDP1-B-058-Z",
            "José Hidayat",
            "3574022508909003",
            "Kripik Mangga \"Manis\"",
        ),
    ]
}

fn found(typed: &str) -> Vec<usize> {
    let query = Query::new(typed);
    (1..)
        .zip(haystacks())
        .filter(|(_, haystack)| matches(&query, haystack))
        .map(|(known_as, _)| known_as)
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
    assert_eq!(found("siti maju"), [0; 0]);
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
    for typed in ["KDP1-B-058-Z", "kdp1 b 058 z", "kdp1b058"] {
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
    assert_eq!(found("aminahwarung"), [0; 0]);
    assert_eq!(found("x3574"), [0; 0]);
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
        let haystack = haystack(&number, &name, &nik, "Warung");
        for typed in [&name, &nik, &number, &number.replace('-', ""), &nik[4..12].to_owned()] {
            prop_assert!(matches(&Query::new(typed), &haystack), "{}", typed);
        }
    }
}
