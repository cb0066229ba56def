//! What a participant agreed to, as UU 27/2022 art. 20 to 24 wants it provable: each purpose on its
//! own, the exact text, its language, who read it aloud, and when.

use super::code::coded;
use super::date::Moment;
use super::hash::Hash;
use super::ink::Ink;
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
    /// How it was given; `None` in registrations of a version that did not ask.
    pub mark: Option<ConsentMark>,
    /// What was agreed to and taken back since, oldest first; the purposes do not have it any more.
    pub withdrawn: Vec<Withdrawal>,
}

/// A purpose to which the participant agreed no longer (UU 27/2022 art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    pub purpose: Purpose,
    pub at: Moment,
}

coded! {
    /// How a participant says yes on the glass.
    pub enum MarkKind {
        Signature => "signature",
        /// Of who does not write: a cross, a thumb, or nothing but the word, before a witness.
        Mark => "mark",
    }
}

/// What shows that a participant agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentMark {
    pub kind: MarkKind,
    /// Empty only where a witness stands for it.
    pub ink: Ink,
    /// Who saw it; always there beside a mark.
    pub witness: Option<FullName>,
}

impl Consent {
    /// Whether the participant agreed to this.
    #[must_use]
    pub fn covers(&self, purpose: Purpose) -> bool {
        self.purposes.contains(&purpose)
    }

    /// The consent without these purposes, taken back at a moment. `None`: none of them was
    /// agreed to.
    #[must_use]
    pub fn without(&self, purposes: &[Purpose], at: Moment) -> Option<Self> {
        let (gone, left): (Vec<Purpose>, Vec<Purpose>) = self
            .purposes
            .iter()
            .partition(|purpose| purposes.contains(purpose));
        if gone.is_empty() {
            return None;
        }
        let mut next = self.clone();
        next.purposes = left;
        let gone = gone.into_iter().map(|purpose| Withdrawal { purpose, at });
        next.withdrawn.extend(gone);
        Some(next)
    }

    /// When a purpose was taken back, if it is not agreed to now.
    #[must_use]
    pub fn withdrawn_at(&self, purpose: Purpose) -> Option<Moment> {
        let mut withdrawn = self.withdrawn.iter().rev();
        let last = withdrawn.find(|withdrawal| withdrawal.purpose == purpose)?;
        (!self.covers(purpose)).then_some(last.at)
    }
}
