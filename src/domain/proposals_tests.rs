use super::*;
use crate::domain::{city_kecamatan, normalise};
use proptest::prelude::*;

#[test]
fn the_most_used_comes_first_and_of_equals_the_last() {
    let said = [
        "Jl. Anggur 1",
        "Jl. Mastrip",
        "jl mastrip",
        "Jl. Citarum 9",
        "",
    ];
    let proposals = Proposals::of(said);
    assert_eq!(proposals.fitting("", 9), ["jl mastrip"]);
    let all = ["jl mastrip", "Jl. Citarum 9", "Jl. Anggur 1"];
    assert_eq!(proposals.fitting("j", 9), all);
    assert_eq!(proposals.fitting("JL.", 2), all[..2]);
}

#[test]
fn any_word_may_be_typed_and_what_is_typed_in_full_is_not_offered() {
    let proposals = Proposals::of(["Warung Bu Siti"]);
    for typed in ["wa", "bu", "sit", "Warung b"] {
        assert_eq!(proposals.fitting(typed, 9), ["Warung Bu Siti"], "{typed}");
    }
    for typed in ["", "arung", "Warung Bu Siti", "warung bu siti."] {
        assert_eq!(proposals.fitting(typed, 9), [""; 0], "{typed}");
    }
}

#[test]
fn two_letters_tell_most_kelurahan_and_the_others_are_few() {
    let names: Vec<&str> = city_kecamatan()
        .iter()
        .flat_map(|around| around.kelurahan.iter().map(|found| found.name))
        .collect();
    let proposals = Proposals::default().and_known(names.iter().copied());
    assert_eq!(proposals.fitting("", 99), [""; 0]);
    for name in &names {
        assert_eq!(proposals.only(name), Some(*name));
        let typed: String = name.chars().take(2).collect();
        let offered = proposals.fitting(&typed, 99);
        assert!(
            offered.contains(name) && offered.len() <= 8,
            "{typed}: {offered:?}"
        );
    }
    assert_eq!(proposals.only("wo"), Some("Wonoasih"));
    assert_eq!(proposals.only("je"), None);
    assert_eq!(proposals.only(" "), None);
}

proptest! {
    #[test]
    fn what_is_offered_was_said_and_fits(
        said in proptest::collection::vec("[a-cA-C .]{0,6}", 0..20),
        typed in "[a-c ]{0,3}",
    ) {
        let proposals = Proposals::of(said.iter().map(String::as_str));
        let offered = proposals.fitting(&typed, 3);
        prop_assert!(offered.len() <= 3);
        for text in offered {
            prop_assert!(said.iter().any(|other| other == text));
            let words = format!(" {}", normalise(text));
            let wanted = format!(" {}", normalise(&typed));
            prop_assert!(words.contains(&wanted), "{text} {typed}");
        }
    }
}
