//! Version 1 stays readable for ever. The files in `tests/fixtures` were written
//! once and are never written again: they are read, compared, and written with
//! the same bytes. A new version gets files of its own beside them.
//!
//! `UPDATE_VECTORS=1` writes a file that is not there yet, never one that is.

use std::fs;
use std::path::PathBuf;

use super::batch_file::*;
use super::csv::write_csv;
use super::digest::sha256;
use super::draft_record::{read_draft, write_draft};
use super::event_record::{read_event, write_event};
use super::registration_record::*;
use crate::domain::*;
use crate::store::samples::*;
use crate::store::{EventState, StoredEvent};

/// The sample event of which nothing is saved yet.
pub(super) fn stored_event() -> StoredEvent {
    StoredEvent {
        tablet: sample_event(1),
        state: EventState::default(),
    }
}

/// A batch of these registrations of an event that stands as it does.
pub(super) fn batch_of(stored: &StoredEvent, registrations: &[Registration]) -> BatchFile {
    let event = &stored.tablet.event;
    let bodies: Vec<Vec<u8>> = registrations.iter().map(write_registration).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let manifest = Manifest {
        id: sample_uuid(1 << 42).to_string(),
        event: ManifestEvent {
            id: event.id.to_string(),
            code: event.code.to_string(),
            name: event.name.clone(),
            date: iso(event.date),
            venue: event.venue.clone(),
        },
        device: ManifestDevice {
            id: sample_device().to_string(),
            letter: stored.tablet.letter.to_string(),
            key: None,
        },
        sequence: 2,
        previous: Some(sha256(b"the batch before").to_string()),
        created_at: sample_moment(90).rfc3339(),
        app: "pendapa 0.1.0".to_owned(),
        counts: Counts {
            records: registrations.len() as u64,
            issued: stored.state.issued,
            saved: stored.state.saved,
            voided: stored.state.voided,
        },
    };
    write_batch(&manifest, &bodies)
}

/// Someone with everything, a mononym outside the city without a phone, and
/// the voiding of the first.
fn three_revisions() -> (StoredEvent, Vec<Registration>) {
    let mut stored = stored_event();
    let event = stored.tablet.event.clone();
    let mut draft = sample_draft_with(&event, 0, u32::MAX);
    draft.set(Field::Name, "Hj. Siti Nur'aini, S.Pd.");
    draft.set(Field::BirthDate, "02-05-1984");
    let in_nik = parse_iso("1984-05-01").expect("a date");
    let warning = Warning::NikBirthDateDiffers { in_nik };
    draft.confirmed.push(warning_key(&warning));
    let mut full = registration_of(&stored, &draft);
    full.details.checks.duplicates.push(DuplicateDecision {
        other: RegistrationNumber::new(event.code.clone(), stored.tablet.letter, 58),
        decision: Decision::Mistyped,
        reason: "NIK Slamet salah ketik".to_owned(),
    });
    stored.state.issued = 1;
    stored.state.saved = 1;
    let mut draft = sample_draft(&event, 1);
    draft.set(Field::Name, "Ngatiyem");
    draft.set(Field::Phone, "");
    draft.set(Field::NoPhone, NoPhoneReason::FamilyPhone.code());
    draft.set(Field::Kelurahan, "");
    draft.set(Field::Outside, TICKED);
    draft.set(Field::Region, regency_name("35.13").expect("a regency"));
    draft.confirmed.push(warning_key(&Warning::OutsideCity));
    let outside = registration_of(&stored, &draft);
    let stamp = Stamp {
        previous: revision_hash(&write_registration(&full)),
        recorded_at: sample_moment(80),
        sequence: 3,
        officer: FullName::parse("Rukmini").expect("a name"),
    };
    let voided = full.voided("terdaftar dua kali", stamp).expect("a voiding");
    stored.state.issued = 2;
    stored.state.saved = 3;
    stored.state.voided = 1;
    (stored, vec![full, outside, voided])
}

fn draft() -> Draft {
    let mut draft = sample_draft_with(&stored_event().tablet.event, 2, u32::MAX);
    draft.set(Field::Nik, "35740 belum");
    draft.set_aside = true;
    draft.step = 2;
    draft.corrects = Some(1);
    draft.confirmed.push("age_near_limit:64".to_owned());
    draft.decisions.push(DuplicateDecision {
        other: RegistrationNumber::parse("KDP1-A-001-G").expect("a number"),
        decision: Decision::Different,
        reason: "kakak dan adik".to_owned(),
    });
    draft
}

/// The bytes of a file in `tests/fixtures`. `written` is what the code of today
/// writes, and becomes the file if there is none and `UPDATE_VECTORS` is set.
fn vector(path: &str, written: &[u8]) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(path);
    if !file.exists() && std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&file, written).expect("a new vector");
    }
    fs::read(&file).unwrap_or_else(|error| panic!("{path}: {error}; UPDATE_VECTORS=1 writes it"))
}

#[track_caller]
fn assert_bytes(path: &str, found: &[u8], expected: &[u8]) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(found), text(expected), "{path}");
}

#[test]
fn version_1_batches_stay_readable_for_ever() {
    let path = "batches/v1_plain.pendapa.json";
    let (stored, registrations) = three_revisions();
    let today = batch_of(&stored, &registrations);
    let vector = vector(path, &today.bytes);
    let read = read_batch(&vector).expect("a batch");
    assert_eq!(read.registrations, registrations);
    let bodies: Vec<Vec<u8>> = read.registrations.iter().map(write_registration).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let again = write_batch(&read.manifest, &bodies);
    assert_bytes(path, &again.bytes, &vector);
    assert_eq!(again.name, "pendapa-KDP1-A-2-3e0d9b3c.pendapa.json");
}

#[test]
fn version_1_registration_rows_stay_readable_for_ever() {
    let path = "rows/v1_registration.json";
    let (_, registrations) = three_revisions();
    let vector = vector(path, &write_registration(&registrations[0]));
    let read = read_registration(&vector).expect("a registration");
    assert_eq!(read, registrations[0]);
    assert_bytes(path, &write_registration(&read), &vector);
}

#[test]
fn version_1_event_rows_stay_readable_for_ever() {
    let path = "rows/v1_event.json";
    let event = sample_event(1);
    let vector = vector(path, &write_event(&event));
    let read = read_event(&vector).ok().expect("an event");
    assert!(read == event);
    assert_bytes(path, &write_event(&read), &vector);
}

#[test]
fn version_1_draft_rows_stay_readable_for_ever() {
    let path = "rows/v1_draft.json";
    let draft = draft();
    let vector = vector(path, &write_draft(&draft));
    let read = read_draft(draft.id, draft.event_id, true, &vector).expect("a draft");
    assert_eq!(read, draft);
    assert_bytes(path, &write_draft(&read), &vector);
}

#[test]
fn a_version_1_batch_makes_the_same_spreadsheet_for_ever() {
    let path = "batches/v1_plain.csv";
    let (_, registrations) = three_revisions();
    let today = write_csv(&registrations);
    let vector = vector(path, &today);
    assert_bytes(path, &today, &vector);
}
