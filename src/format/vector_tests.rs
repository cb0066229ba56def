//! Version 1 stays readable for ever. The files in `tests/fixtures` were written
//! once and are never written again: they are read, compared, and written with
//! the same bytes. A new version gets files of its own beside them.
//!
//! `UPDATE_VECTORS=1` writes a file that is not there yet, never one that is.

use std::fs;
use std::path::PathBuf;

use super::attendance_record::{read_attendance, write_attendance};
use super::batch_file::*;
use super::csv::write_csv;
use super::digest::{FingerprintKey, sha256};
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
    let bodies: Vec<Vec<u8>> = registrations.iter().map(write_registration).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let manifest = manifest_of(stored, registrations);
    let plain = write_batch(
        &manifest,
        BatchBodies {
            records: &bodies,
            ..BatchBodies::default()
        },
    );
    batch_file(&manifest, plain, None)
}

/// The manifest of such a batch.
pub(crate) fn manifest_of(stored: &StoredEvent, registrations: &[Registration]) -> Manifest {
    let event = &stored.tablet.event;
    Manifest {
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
            restored_from: Vec::new(),
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
            attended: stored.state.attended,
        },
        reconciliation: None,
    }
}

/// A registration of a version that asked for no signature.
fn first_of_old(stored: &StoredEvent, draft: &Draft) -> Registration {
    let mut registration = registration_of(stored, draft);
    registration.details.consent.mark = None;
    registration
}

/// Someone with everything, a mononym outside the city without a phone, and
/// the voiding of the first.
pub(crate) fn three_revisions() -> (StoredEvent, Vec<Registration>) {
    let mut stored = stored_event();
    let event = stored.tablet.event.clone();
    let mut draft = sample_draft_with(&event, 0, u32::MAX);
    draft.set(Field::Name, "Hj. Siti Nur'aini, S.Pd.");
    draft.set(Field::BirthDate, "02-05-1984");
    let in_nik = parse_iso("1984-05-01").expect("a date");
    let warning = Warning::NikBirthDateDiffers { in_nik };
    draft.confirmed.push(warning_key(&warning));
    let mut full = first_of_old(&stored, &draft);
    full.details.checks.duplicates.push(DuplicateDecision {
        other: RegistrationNumber::new(event.code.clone(), stored.tablet.letter, 58),
        likeness: Likeness::SameNik,
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
    let outside = first_of_old(&stored, &draft);
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
        likeness: Likeness::SameNik,
        decision: Decision::Different,
        reason: "kakak dan adik".to_owned(),
    });
    draft
}

/// The bytes of a file in `tests/fixtures`. What `first` gives becomes the file
/// if there is none yet and `UPDATE_VECTORS` is set; otherwise it is not asked,
/// because it follows the rules of today and a vector does not.
pub(crate) fn vector(path: &str, first: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(path);
    if !file.exists() && std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&file, first()).expect("a new vector");
    }
    fs::read(&file).unwrap_or_else(|error| panic!("{path}: {error}; UPDATE_VECTORS=1 writes it"))
}

#[track_caller]
pub(crate) fn assert_bytes(path: &str, found: &[u8], expected: &[u8]) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(found), text(expected), "{path}");
}

#[test]
fn version_1_batches_stay_readable_for_ever() {
    let path = "batches/v1_plain.pendapa.json";
    let vector = batch_vector(path);
    let read = read_batch(&vector).expect("a batch");
    assert_eq!(read.manifest.counts.records, 3);
    let [full, outside, voided] = &read.registrations[..] else {
        panic!("{} registrations", read.registrations.len());
    };
    assert_full(full);
    assert_eq!(outside.details.person.name.as_str(), "Ngatiyem");
    let no_phone = Contact::NoPhone(NoPhoneReason::FamilyPhone);
    assert_eq!(outside.details.person.contact, no_phone);
    let elsewhere = Place::Elsewhere {
        region_code: "35.13".to_owned(),
        postal_code: None,
    };
    assert_eq!(outside.details.address.place, elsewhere);
    assert_eq!(outside.details.checks.warnings, [Warning::OutsideCity]);
    let reason = "terdaftar dua kali".to_owned();
    assert_eq!(voided.status, Status::Voided { reason });
    assert_eq!((voided.revision, voided.sequence), (2, 3));
    assert_eq!(voided.details, full.details);
    assert_eq!(
        voided.previous,
        Some(revision_hash(&write_registration(full)))
    );
    let bodies: Vec<Vec<u8>> = read.registrations.iter().map(write_registration).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let again = batch_file(
        &read.manifest,
        write_batch(
            &read.manifest,
            BatchBodies {
                records: &bodies,
                ..BatchBodies::default()
            },
        ),
        None,
    );
    assert_bytes(path, &again.bytes, &vector);
    assert_eq!(again.name, "pendapa-KDP1-A-2-a5e1b7e1.pendapa.json");
}

fn batch_vector(path: &str) -> Vec<u8> {
    vector(path, || {
        let (stored, registrations) = three_revisions();
        batch_of(&stored, &registrations).bytes
    })
}

/// The registration that has every member.
#[track_caller]
fn assert_full(full: &Registration) {
    assert_eq!(full.number.to_string(), "KDP1-A-001-G");
    assert_eq!(full.recorded_at.rfc3339(), "2026-11-24T08:02:00.000+07:00");
    let Details {
        person,
        address,
        business,
        work,
        programme,
        consent,
        checks,
    } = &full.details;
    assert_eq!(person.nik.as_str(), "3574054105849001");
    assert_eq!(person.name.as_str(), "Hj. Siti Nur'aini, S.Pd.");
    assert_eq!(iso(person.birth_date), "1984-05-02");
    assert_eq!(person.sex, Sex::Female);
    assert_eq!(
        person.email.as_ref().map(Email::as_str),
        Some("warung0@contoh.id")
    );
    assert!(person.family_card_number.is_some());
    assert_eq!(
        Some(&address.place),
        Place::in_city("35.74.05.1005").as_ref()
    );
    assert_eq!(business.sector, Sector::Culinary);
    assert_eq!(business.kelurahan, Some("35.74.01.1002"));
    assert_eq!(
        business.nib.as_ref().map(Nib::as_str),
        Some("9000000000000")
    );
    let edition = business.kbli.as_ref().map(|kbli| kbli.edition);
    assert_eq!(edition, Some(KbliEdition::Kbli2020));
    assert_eq!(business.since, Some(2015));
    assert_eq!((work.transport, work.income), (true, 1_500_000));
    assert_eq!(programme.programmes, Programme::ALL);
    assert_eq!(programme.months, 12);
    assert_eq!(programme.contributions.total, 612_000);
    assert_eq!(programme.contributions.rate_table, "pp-44-2015");
    let discount = programme.contributions.months[0].discount.as_deref();
    assert_eq!(discount, Some("pp-50-2025-transport"));
    assert_eq!(consent.purposes, Purpose::ALL);
    assert_eq!(consent.text_version.short(), "00996394");
    assert_eq!(consent.language, "en");
    let in_nik = parse_iso("1984-05-01").expect("a date");
    assert_eq!(checks.warnings, [Warning::NikBirthDateDiffers { in_nik }]);
    assert_eq!(checks.duplicates[0].decision, Decision::Mistyped);
    assert_eq!(checks.duplicates[0].other.counter(), 58);
}

#[test]
fn version_1_registration_rows_stay_readable_for_ever() {
    let path = "rows/v1_registration.json";
    let vector = vector(path, || write_registration(&three_revisions().1[0]));
    let read = read_registration(&vector).expect("a registration");
    assert_full(&read);
    assert_bytes(path, &write_registration(&read), &vector);
}

#[test]
fn a_version_1_registration_with_mark_and_withdrawal_stays_readable_for_ever() {
    let path = "rows/v1_registration_mark.json";
    let mut registration = three_revisions().1[0].clone();
    registration.details.consent.mark = Some(ConsentMark {
        kind: MarkKind::Mark,
        ink: Ink::parse("100,200 300,120;500,90").expect("a drawing"),
        witness: FullName::parse("Sulastri").ok(),
    });
    registration.details.consent.withdrawn = vec![Withdrawal {
        purpose: Purpose::Whatsapp,
        at: sample_moment(9),
    }];
    let vector = vector(path, || write_registration(&registration));
    assert_eq!(read_registration(&vector), Ok(registration.clone()));
    assert_bytes(path, &write_registration(&registration), &vector);
}

#[test]
fn version_1_attendance_rows_stay_readable_for_ever() {
    let path = "rows/v1_attendance.json";
    let entry = sample_attendance(&stored_event());
    let vector = vector(path, || write_attendance(&entry));
    assert_eq!(read_attendance(&vector), Ok(entry.clone()));
    assert_bytes(path, &write_attendance(&entry), &vector);
}

#[test]
fn version_1_event_rows_with_the_tablet_stay_readable_for_ever() {
    let path = "rows/v1_event_device.json";
    let mut event = sample_event(1);
    event.device = Some(sample_device());
    event.clear_fingerprint_key = Some(FingerprintKey([7; 32]));
    let vector = vector(path, || write_event(&event));
    let read = read_event(&vector).expect("an event");
    let device = read.device.map(|device| device.to_string());
    assert_eq!(
        device.as_deref(),
        Some("01938f6e-7c2a-7000-8000-010000000000")
    );
    assert_bytes(path, &write_event(&read), &vector);
}

#[test]
fn version_1_event_rows_stay_readable_for_ever() {
    let path = "rows/v1_event.json";
    let mut event = sample_event(1);
    event.clear_fingerprint_key = Some(FingerprintKey([7; 32]));
    let vector = vector(path, || write_event(&event));
    let read = read_event(&vector).expect("an event");
    assert_eq!(
        read.event.id.to_string(),
        "01938f6e-7c2a-7000-8000-020000000001"
    );
    assert_eq!(read.event.code.as_str(), "KDP1");
    assert_eq!(read.event.venue, "Pendapa Kecamatan Kedopok");
    assert_eq!(iso(read.event.date), "2026-11-24");
    assert_eq!(read.event.programmes, [Programme::Jkk, Programme::Jkm]);
    assert_eq!(
        (read.event.payer, read.event.capacity),
        (Payer::Myself, 20_000)
    );
    assert_eq!(read.letter.as_char(), 'A');
    assert!(read.clear_fingerprint_key == Some(FingerprintKey([7; 32])));
    assert_bytes(path, &write_event(&read), &vector);
}

#[test]
fn version_1_draft_rows_stay_readable_for_ever() {
    let path = "rows/v1_draft.json";
    let vector = vector(path, || write_draft(&draft()));
    let id = RegistrationId(sample_uuid(2));
    let read = read_draft(id, stored_event().id(), true, &vector).expect("a draft");
    assert_eq!(read.text(Field::Nik), "35740 belum");
    assert_eq!(read.text(Field::Name), "Hj. Fatimah Suhartini");
    assert_eq!(read.fields.len(), 35);
    assert!(read.ticked(Field::ConsentCity) && read.set_aside);
    assert_eq!((read.step, read.corrects), (2, Some(1)));
    assert_eq!(read.confirmed, ["age_near_limit:64"]);
    assert_eq!(read.decisions[0].decision, Decision::Different);
    assert_bytes(path, &write_draft(&read), &vector);
}

#[test]
fn a_version_1_batch_makes_the_same_spreadsheet_for_ever() {
    let path = "batches/v1_plain.csv";
    let batch = read_batch(&batch_vector("batches/v1_plain.pendapa.json"));
    let today = write_csv(&batch.expect("a batch").registrations);
    let vector = vector(path, || today.clone());
    assert_bytes(path, &today, &vector);
}
