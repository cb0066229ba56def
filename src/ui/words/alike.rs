//! Who may be the same person, and what the officer decided, in words.

use super::{Language, fill};
use crate::domain::{Alike, Decision, Likeness};

/// What two registrations have in common, as a heading.
pub fn likeness(language: Language, likeness: Likeness) -> &'static str {
    let (indonesian, english) = match likeness {
        Likeness::SameNik => ("NIK ini sudah terdaftar", "This NIK is registered already"),
        Likeness::NearNik => ("NIK hampir sama", "Almost the same NIK"),
        Likeness::NearName => (
            "Nama mirip, tanggal lahir sama",
            "A name alike, the same birth date",
        ),
        Likeness::NearBirthDate => (
            "Nama mirip, tanggal lahir hampir sama",
            "A name alike, almost the same birth date",
        ),
        Likeness::SamePhone => ("Nomor HP sama", "The same phone number"),
    };
    language.pick(indonesian, english)
}

/// What to compare before deciding.
pub fn likeness_check(language: Language, likeness: Likeness) -> &'static str {
    let (indonesian, english) = match likeness {
        Likeness::SameNik => ("Apa yang terjadi?", "What happened?"),
        Likeness::NearNik => (
            "Bandingkan tiap angka dengan KTP.",
            "Compare each digit with the card.",
        ),
        Likeness::NearName | Likeness::NearBirthDate => (
            "Orang yang sama, keluarga, atau orang lain?",
            "The same person, a relative, or another person?",
        ),
        Likeness::SamePhone => (
            "Nomor keluarga, atau orang yang sama?",
            "A relative's number, or the same person?",
        ),
    };
    language.pick(indonesian, english)
}

/// That nobody decided yet.
pub(super) fn undecided(language: Language, alike: &Alike) -> String {
    let heading = likeness(language, alike.likeness);
    let said = language.pick(
        "{}: {}. Pilih apa yang terjadi.",
        "{}: {}. Choose what happened.",
    );
    fill(said, &[heading, &alike.other.to_string()])
}

/// What may be decided for a reason: a relative has another NIK.
pub fn decisions_on(likeness: Likeness) -> [Decision; 3] {
    match likeness {
        Likeness::SameNik => [
            Decision::SamePerson,
            Decision::Different,
            Decision::Mistyped,
        ],
        _ => [
            Decision::SamePerson,
            Decision::Relative,
            Decision::Different,
        ],
    }
}

/// A decision in words.
pub fn decision(language: Language, decision: Decision) -> &'static str {
    let (indonesian, english) = match decision {
        Decision::SamePerson => ("Orang yang sama", "The same person"),
        Decision::Relative => ("Keluarga", "A relative"),
        Decision::Different => ("Orang lain", "Another person"),
        Decision::Mistyped => ("NIK dulu salah ketik", "NIK was mistyped before"),
    };
    language.pick(indonesian, english)
}

/// Usual reasons for a decision, to be taken with one tap.
pub fn usual_reasons(language: Language, decision: Decision) -> [&'static str; 3] {
    let (indonesian, english) = match decision {
        Decision::SamePerson => (
            ["Mendaftar lagi", "Ganti program", "Nomor hilang"],
            ["Registers again", "Another programme", "Lost the number"],
        ),
        Decision::Relative => (
            ["Suami atau istri", "Orang tua atau anak", "Saudara"],
            ["Husband or wife", "Parent or child", "Brother or sister"],
        ),
        Decision::Different => (
            ["KTP dibandingkan", "Kebetulan sama", "HP dipakai bersama"],
            ["Cards were compared", "By coincidence", "A shared phone"],
        ),
        Decision::Mistyped => (
            ["KTP dibandingkan", "Perlu dibetulkan", "Tertukar orang"],
            ["Cards were compared", "To be corrected", "Persons mixed up"],
        ),
    };
    match language {
        Language::Indonesian => indonesian,
        Language::English => english,
    }
}
