use proptest::prelude::*;

use super::*;
use crate::domain::date::parse_iso;

fn traits(nik: &str, name: &str, born: &str, phone: &str) -> Traits {
    Traits {
        nik: Nik::parse(nik).ok(),
        name: FullName::parse(name).ok(),
        birth_date: parse_iso(born).ok(),
        phone: Phone::parse(phone).ok(),
    }
}

const NIK: &str = "3574051205849001";
const BORN: &str = "1984-05-12";
const PHONE: &str = "081234567890";

fn somebody() -> Traits {
    traits(NIK, "Siti Aminah", BORN, PHONE)
}

#[test]
fn each_reason_is_found_and_the_strongest_is_told() {
    let one = somebody();
    for (other, likeness) in [
        (one.clone(), Some(Likeness::SameNik)),
        (
            traits(NIK, "Joko", "1970-01-31", ""),
            Some(Likeness::SameNik),
        ),
        // Two digits changed places, in the region and in the date.
        (
            traits("3547051205849001", "Joko", "1970-01-31", ""),
            Some(Likeness::NearNik),
        ),
        (
            traits("3574051205489001", "Joko", "1970-01-31", ""),
            Some(Likeness::NearNik),
        ),
        // One digit alone is somebody else of the same kecamatan; with the name it is a slip.
        (traits("3574051205849002", "Joko", "1970-01-31", ""), None),
        (
            traits("3574051205849002", "Sitti Aminah", "1970-01-31", ""),
            Some(Likeness::NearNik),
        ),
        (
            traits("3574051205849002", "Joko", BORN, ""),
            Some(Likeness::NearNik),
        ),
        (
            traits("3574014107709003", "Hj. Siti Aminah, S.Pd.", BORN, ""),
            Some(Likeness::NearName),
        ),
        (
            traits("3574014107709003", "SITI", BORN, ""),
            Some(Likeness::NearName),
        ),
        (traits("3574014107709003", "Rukmini", BORN, ""), None),
        (
            traits("3574014107709003", "Siti Aminah", "1984-12-05", ""),
            Some(Likeness::NearBirthDate),
        ),
        (
            traits("3574014107709003", "Siti Aminah", "1948-05-12", ""),
            Some(Likeness::NearBirthDate),
        ),
        (
            traits("3574014107709003", "Siti Aminah", "1984-05-13", ""),
            Some(Likeness::NearBirthDate),
        ),
        // A part of the name and a birth date nearby is too little.
        (traits("3574014107709003", "Siti", "1984-05-13", ""), None),
        (
            traits("3574014107709003", "Siti Aminah", "1991-11-30", ""),
            None,
        ),
        (
            traits(
                "3574014107709003",
                "Joko",
                "1970-01-31",
                "+62 812-3456-7890",
            ),
            Some(Likeness::SamePhone),
        ),
        (traits("", "", "", ""), None),
    ] {
        assert_eq!(one.likeness(&other), likeness, "{other:?}");
        assert_eq!(other.likeness(&one), likeness, "{other:?} the other way");
    }
}

#[test]
fn names_are_alike_in_their_usual_spellings_and_not_beyond() {
    for (one, two) in [
        ("Moch. Soekarno", "Muhammad Sukarno"),
        ("M. Sukarno", "Mochamad Soekarno"),
        ("Nur Chasanah", "Noer Khasanah"),
        ("Zaenab", "Jaenab"),
        ("Fatimah", "Fatima"),
        ("Syarifuddin", "Sarifudin"),
        ("Aminah Siti", "Siti Aminah"),
        ("H. Achmad Fauzi", "Ahmad Pauzi"),
        ("Djoemadi", "Jumadi"),
        ("Tjipto", "Cipto"),
        ("Hj.", "Hj"),
    ] {
        assert!(names_alike(one, two).is_some(), "{one} and {two}");
    }
    for (one, two) in [
        ("Siti Aminah", "Siti Maimunah"),
        ("Budi", "Rudi"),
        ("Sri Wahyuni", "Sri Rahayu"),
        ("M.", "Muhammad"),
        ("Joko", "Jaka"),
        ("Suparman", "Sugiono"),
        ("A. Rahman", "B. Rahman"),
    ] {
        assert_eq!(names_alike(one, two), None, "{one} and {two}");
    }
}

/// Every NIK with two neighbours swapped, with its strongest reason, if it is one at all.
#[test]
fn no_swap_of_two_neighbours_is_missed() {
    let one = somebody();
    let mut found = 0;
    for at in 0..15 {
        let mut digits = NIK.as_bytes().to_vec();
        digits.swap(at, at + 1);
        let swapped = String::from_utf8(digits).expect("digits");
        if swapped == NIK {
            continue;
        }
        if let Ok(nik) = Nik::parse(&swapped) {
            let other = Traits {
                nik: Some(nik),
                ..Traits::default()
            };
            assert_eq!(one.likeness(&other), Some(Likeness::NearNik), "{swapped}");
            found += 1;
        }
    }
    assert!(found >= 5, "{found}");
}

proptest! {
    #[test]
    fn likeness_goes_both_ways(
        one in "[A-Za-z.,' ]{0,24}", two in "[A-Za-z.,' ]{0,24}",
        days in 0..4_i32, swap in any::<bool>(),
    ) {
        let born = parse_iso(BORN).expect("a date");
        let later = Date::from_julian_day(born.to_julian_day() + days).expect("a date");
        let first = Traits { birth_date: Some(born), name: FullName::parse(&one).ok(), ..Traits::default() };
        let phone = swap.then(|| Phone::parse(PHONE).expect("a phone"));
        let second = Traits { birth_date: Some(later), name: FullName::parse(&two).ok(), phone, ..Traits::default() };
        prop_assert_eq!(first.likeness(&second), second.likeness(&first));
    }

    #[test]
    fn a_name_is_like_itself_whatever_its_case_titles_and_order(name in "[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){0,3}") {
        let alike = names_alike(&name, &format!("Hj. {}, S.Pd.", name.to_uppercase()));
        let turned: Vec<&str> = name.rsplit(' ').collect();
        prop_assert_eq!(names_alike(&name, &turned.join(" ")).is_some(), alike.is_some());
    }
}
