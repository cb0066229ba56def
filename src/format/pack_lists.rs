//! The longer parts of an event pack: consent texts in the languages of the hall,
//! and who is expected.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::event_pack::EarlierPeople;
use crate::domain::*;

/// A consent text as packs carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTextRecord {
    /// BCP 47: `id`, `en`, `jv` (Javanese), `mad` (Madurese).
    language: String,
    statement: String,
    purposes: Vec<PurposeRecord>,
    /// What happens if the participant does not agree.
    refusal: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PurposeRecord {
    purpose: Code<Purpose>,
    text: String,
}

impl ConsentTextRecord {
    pub(super) fn of(text: &ConsentText) -> Self {
        ConsentTextRecord {
            language: text.language.clone(),
            statement: text.statement.clone(),
            purposes: text
                .purposes
                .iter()
                .map(|(purpose, text)| PurposeRecord {
                    purpose: Code(*purpose),
                    text: text.clone(),
                })
                .collect(),
            refusal: text.refusal.clone(),
        }
    }

    /// The language that it says it is in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The text, if it is whole: in a language, with a sentence for each purpose,
    /// once, because each is asked for by its own tick (UU 27/2022, article 22).
    pub fn read(self) -> Option<ConsentText> {
        let is_language = (2..=8).contains(&self.language.len())
            && self
                .language
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let is_whole = Purpose::ALL.iter().all(|purpose| {
            let of_it = self
                .purposes
                .iter()
                .filter(|asked| asked.purpose.0 == *purpose);
            of_it.filter(|asked| !asked.text.trim().is_empty()).count() == 1
        });
        let is_said = !self.statement.trim().is_empty() && !self.refusal.trim().is_empty();
        (is_language && is_whole && is_said).then(|| ConsentText {
            language: self.language,
            statement: self.statement,
            purposes: self
                .purposes
                .into_iter()
                .map(|asked| (asked.purpose.0, asked.text))
                .collect(),
            refusal: self.refusal,
        })
    }
}

/// An earlier event and its people, as packs carry them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EarlierEventRecord {
    date: String,
    venue: String,
    fingerprints: Vec<String>,
}

impl EarlierEventRecord {
    /// `None` where it is not known which event it was.
    pub(super) fn of(people: &EarlierPeople) -> Option<Self> {
        Some(EarlierEventRecord {
            date: iso(people.event.date?),
            venue: people.event.venue.clone(),
            fingerprints: people.fingerprints.clone(),
        })
    }

    pub(super) fn read(self) -> Option<EarlierPeople> {
        Some(EarlierPeople {
            event: EarlierEvent {
                date: Some(parse_iso(&self.date).ok()?),
                venue: parse_text(&self.venue, MOST_VENUE).ok()?,
            },
            fingerprints: self.fingerprints,
        })
    }
}

/// Longest venue, in characters.
const MOST_VENUE: usize = 200;

/// Somebody who is expected, as the office knows them: what the form begins with,
/// by the codes of its fields, and the code on the invitation as [`Expected::INVITATION`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected(pub BTreeMap<String, String>);

impl Expected {
    /// The one member that is no field of the form.
    pub const INVITATION: &str = "invitation";

    /// The code on the invitation, as the office wrote it.
    pub fn invitation(&self) -> Option<&str> {
        self.0.get(Self::INVITATION).map(String::as_str)
    }

    /// What of it the form has a field for. Agreement is never expected: it is asked
    /// in the hall.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        const ASKED_IN_THE_HALL: [Field; 9] = [
            Field::ConsentBpjs,
            Field::ConsentCity,
            Field::ConsentWhatsapp,
            Field::ConsentAt,
            Field::Mark,
            Field::Ink,
            Field::Witness,
            Field::ReadAloudBy,
            Field::Officer,
        ];
        self.0.iter().filter_map(|(code, text)| {
            let field = Field::from_code(code)?;
            (!ASKED_IN_THE_HALL.contains(&field)).then_some((field, text.as_str()))
        })
    }

    /// What stands in a member, without surrounding space; empty if nothing.
    pub fn text(&self, field: Field) -> &str {
        self.0.get(field.code()).map_or("", |text| text.trim())
    }

    /// What people are compared by.
    pub fn traits(&self) -> Traits {
        Traits::written(|field| self.text(field))
    }

    /// Whether the form can begin with it: a name, and no more than a form holds.
    pub(super) fn is_sane(&self) -> bool {
        let is_named = self
            .fields()
            .any(|(field, text)| field == Field::Name && !text.is_empty());
        is_named
            && self.0.len() <= Field::ALL.len() + 1
            && self.0.values().all(|text| text.len() <= 1_000)
    }
}
