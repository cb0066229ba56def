//! Identifiers made by machines. They are made where a deed starts and handed down; here they are
//! only told apart, shown and read.

use std::fmt;

use uuid::Uuid;

macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads the hyphenated form, in either case, and no other.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                if text.len() != uuid::fmt::Hyphenated::LENGTH {
                    return None;
                }
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

id!(
    /// One event, the same on all its tablets.
    EventId
);
id!(
    /// One tablet, the same at all its events.
    DeviceId
);
id!(
    /// One registration, through all its revisions.
    RegistrationId
);
id!(
    /// One person on the attendance list who is not registered.
    AttendanceId
);
id!(
    /// One batch.
    BatchId
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_hyphenated_form_is_read() {
        let text = "01938f6e-7c2a-7d10-8a55-0123456789ab";
        assert_eq!(
            EventId::parse(text).map(|id| id.to_string()).as_deref(),
            Some(text)
        );
        assert_eq!(
            EventId::parse(&text.to_uppercase())
                .map(|id| id.to_string())
                .as_deref(),
            Some(text)
        );
        for wrong in [
            "",
            "01938f6e7c2a7d108a550123456789ab",
            "urn:uuid:01938f6e-7c2a-7d10-8a55-0123456789ab",
        ] {
            assert_eq!(EventId::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_id_shown_is_read_back(bits: u128) {
            let id = RegistrationId(Uuid::from_u128(bits));
            prop_assert_eq!(RegistrationId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = BatchId::parse(&text);
        }
    }
}
