use proptest::prelude::*;

use super::*;

fn number(code: &str, letter: &str, counter: u32) -> RegistrationNumber {
    let code = EventCode::parse(code).expect("a code");
    RegistrationNumber::new(
        code,
        TabletLetter::parse(letter).expect("a letter"),
        counter,
    )
}

/// Whether a text that looks like a number is one and shown like this.
fn is_accepted(typed: &str) -> bool {
    RegistrationNumber::parse(typed).is_ok()
}

fn any_number() -> impl Strategy<Value = RegistrationNumber> {
    ("[A-Z0-9]{2,6}", "[A-Z]", any::<u32>())
        .prop_map(|(code, letter, counter)| number(&code, &letter, counter))
}

#[test]
fn the_check_character_is_that_of_the_standard() {
    // The examples of ISO/IEC 7064 MOD 37,36 in use: the GRid of music and the ISAN of film.
    assert_eq!(check_character("A12425GABC1234002"), 'M');
    assert_eq!(check_character("000000003A8D0000"), 'Z');
}

#[test]
fn a_number_is_shown_in_parts_with_three_digits_at_least() {
    assert!(
        number("KDP1", "A", 58)
            .to_string()
            .starts_with("KDP1-A-058-")
    );
    assert!(
        number("KDP1", "A", 12_345)
            .to_string()
            .starts_with("KDP1-A-12345-")
    );
}

#[test]
fn a_number_is_read_however_it_is_typed() {
    let shown = number("KDP1", "A", 58).to_string();
    for typed in [
        shown.to_lowercase(),
        shown.replace('-', " "),
        shown.replace('-', ""),
        format!("  {shown} "),
    ] {
        assert_eq!(
            RegistrationNumber::parse(&typed),
            Ok(number("KDP1", "A", 58)),
            "{typed}"
        );
    }
    for (wrong, why) in [("58", "a zero left out"), ("0058", "a zero too many")] {
        assert_eq!(
            RegistrationNumber::parse(&shown.replace("058", wrong)),
            Err(NumberError::Shape),
            "{why}"
        );
    }
}

#[test]
fn a_wrong_check_character_tells_the_right_one() {
    let shown = number("KDP1", "A", 58).to_string();
    let expected = shown.chars().last().expect("not empty");
    let wrong = if expected == '0' { '1' } else { '0' };
    let typed = format!("KDP1-A-058-{wrong}");
    assert_eq!(
        RegistrationNumber::parse(&typed),
        Err(NumberError::CheckCharacter { expected })
    );
}

#[test]
fn what_is_no_number_is_refused() {
    for typed in [
        "",
        "K",
        "KDP1",
        "KDP1-A--K",
        "A-058-K",
        "KDPABCD-A-058-K",
        "KDP1-A-99999999999-K",
        "KDP1/A/058/K",
        "KDP1-A-058-É",
    ] {
        assert_eq!(
            RegistrationNumber::parse(typed),
            Err(NumberError::Shape),
            "{typed}"
        );
    }
}

/// MOD 37,36 notices every swap of neighbours but one in 630: two characters that follow each other
/// in the alphabet, after one certain beginning.
#[test]
fn adjacent_swaps_pass_only_where_the_standard_lets_them() {
    let step = |product: u32, value: u32| {
        let sum = (product + value) % 36;
        (if sum == 0 { 36 } else { sum }) * 2 % 37
    };
    for state in 1..=36 {
        let pairs = (0..36).flat_map(|a| (a + 1..36).map(move |b| (a, b)));
        let missed: Vec<(u32, u32)> = pairs
            .filter(|(a, b)| step(step(state, *a), *b) == step(step(state, *b), *a))
            .collect();
        assert_eq!(missed.len(), 1, "{state}");
        assert!(
            missed.iter().all(|(a, b)| follow_each_other(*a, *b)),
            "{state}: {missed:?}"
        );
    }
}

fn follow_each_other(a: u32, b: u32) -> bool {
    a.abs_diff(b) == 1 || a.abs_diff(b) == 35
}

proptest! {
    #[test]
    fn a_number_shown_is_read_back(number in any_number()) {
        prop_assert_eq!(RegistrationNumber::parse(&number.to_string()), Ok(number));
    }

    #[test]
    fn every_single_wrong_character_is_noticed(number in any_number(), at: prop::sample::Index, other in "[A-Z0-9]") {
        let shown = number.to_string();
        let at = at.index(shown.len());
        prop_assume!(&shown[at..=at] != "-" && shown[at..=at] != other);
        let mistyped = [&shown[..at], &other, &shown[at + 1..]].concat();
        prop_assert!(!is_accepted(&mistyped), "{} for {}", mistyped, shown);
    }

    #[test]
    fn every_other_swap_of_neighbours_is_noticed(number in any_number(), at: prop::sample::Index) {
        let shown = number.to_string().replace('-', "");
        let at = at.index(shown.len() - 1);
        let (a, b) = (&shown[at..=at], &shown[at + 1..at + 2]);
        let value = |character| u32::from_str_radix(character, 36).expect("of the alphabet");
        prop_assume!(a != b && !follow_each_other(value(a), value(b)));
        let swapped = [&shown[..at], b, a, &shown[at + 2..]].concat();
        prop_assert!(!is_accepted(&swapped), "{} for {}", swapped, shown);
    }

    #[test]
    fn any_text_is_read_or_refused(typed: String, alike in "[A-Za-z0-9 -]{0,20}") {
        let _ = (RegistrationNumber::parse(&typed), RegistrationNumber::parse(&alike));
    }
}
