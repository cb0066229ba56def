//! What a participant agreed to, as UU 27/2022 art. 20 to 24 wants it provable: each purpose on its
//! own, the exact text, its language, who read it aloud, and when.

use super::code::coded;
use super::date::Moment;
use super::hash::Hash;
use super::name::FullName;

coded! {
    /// What the data may be used for. No photo is taken, so none is asked for.
    pub enum Purpose {
        /// Registering with BPJS Ketenagakerjaan and sending it the data.
        Bpjs => "register_bpjs",
        /// Keeping the business in the city's database.
        CityDatabase => "city_database",
        /// Being contacted by WhatsApp.
        Whatsapp => "contact_whatsapp",
    }
}

impl Purpose {
    /// The purpose without which there is nothing to register.
    pub const REQUIRED: Self = Self::Bpjs;
}

/// A consent given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub purposes: Vec<Purpose>,
    /// The fingerprint of the text that was read.
    pub text_version: Hash,
    /// `id` or `en`.
    pub language: String,
    pub read_aloud_by: FullName,
    pub at: Moment,
}

impl Consent {
    /// Whether the participant agreed to this.
    #[must_use]
    pub fn covers(&self, purpose: Purpose) -> bool {
        self.purposes.contains(&purpose)
    }
}
