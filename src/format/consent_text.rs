//! The version of a consent text: a hash of exactly what was read out.

use super::canonical::to_canonical;
use super::digest::sha256;
use crate::domain::{Coded, ConsentText, Hash};

/// SHA-256 of the canonical JSON of the text: language, statement, each purpose
/// with its sentence, refusal. A changed comma is another version.
pub fn text_version(text: &ConsentText) -> Hash {
    let purposes: Vec<(&str, &str)> = text
        .purposes
        .iter()
        .map(|(purpose, sentence)| (purpose.code(), sentence.as_str()))
        .collect();
    let parts = (&text.language, &text.statement, purposes, &text.refusal);
    sha256(&to_canonical(&parts).expect("a text holds only strings"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::config::rules;

    #[test]
    fn every_language_has_its_own_version_and_a_changed_sentence_another() {
        let rules = rules();
        let mut text = rules.consent[0].clone();
        let version = text_version(&text);
        assert_ne!(version, text_version(&rules.consent[1]));
        text.purposes[0].1.push('.');
        assert_ne!(version, text_version(&text));
    }
}
