//! Closed lists of words with a stable code each.
//!
//! The code is what files hold. It never changes, whatever the name in Rust or on the screen does.

/// A closed list whose members have a stable code.
pub trait Coded: Copy + Eq + 'static {
    /// Every member, in the order in which it is offered.
    const ALL: &'static [Self];

    /// The stable code, as written in files.
    fn code(self) -> &'static str;

    /// The member with this code, or `None` if no member has it.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|member| member.code() == code)
    }
}

/// Declares an enum together with its codes: `coded! { pub enum Sex { Male => "male", … } }`.
macro_rules! coded {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $member:ident => $code:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* $member),+ }

        impl $crate::domain::code::Coded for $name {
            const ALL: &'static [Self] = &[$(Self::$member),+];

            fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Confidence, Decision, KbliEdition, NoPhoneReason, Payer, Programme, Purpose, Sector, Sex,
    };

    fn check<T: Coded + std::fmt::Debug>(codes: &[&str]) {
        assert_eq!(
            T::ALL
                .iter()
                .map(|member| member.code())
                .collect::<Vec<_>>(),
            codes
        );
        for member in T::ALL {
            assert_eq!(T::from_code(member.code()), Some(*member));
        }
        assert_eq!(T::from_code(""), None);
        assert_eq!(T::from_code("MALE"), None);
    }

    #[test]
    fn codes_are_those_of_the_file_format_and_come_back() {
        check::<Sex>(&["male", "female"]);
        check::<NoPhoneReason>(&["none", "family_phone", "refused"]);
        check::<Sector>(&[
            "culinary",
            "trade",
            "services",
            "crafts",
            "fashion",
            "farming_fishery",
            "other",
        ]);
        check::<KbliEdition>(&["2020", "2025"]);
        check::<Programme>(&["jkk", "jkm", "jht"]);
        check::<Confidence>(&["confirmed", "reported", "unsure"]);
        check::<Payer>(&["self", "public_budget", "other"]);
        check::<Purpose>(&["register_bpjs", "city_database", "contact_whatsapp"]);
        check::<Decision>(&[
            "same_person",
            "relative",
            "different_person",
            "nik_mistyped_before",
        ]);
    }
}
