//! How catalogues are declared: each sentence in both languages, side by side.

macro_rules! catalogue {
    ($(#[$about:meta])* $name:ident { $($key:ident: $indonesian:literal, $english:literal;)* }) => {
        $(#[$about])*
        pub struct $name { $(pub $key: &'static str,)* }

        impl $name {
            pub(super) const INDONESIAN: $name = $name { $($key: $indonesian,)* };
            pub(super) const ENGLISH: $name = $name { $($key: $english,)* };
        }
    };
}
pub(super) use catalogue;
