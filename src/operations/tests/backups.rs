//! Backups, and an event that goes on on another tablet.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::desk::chain::{self, ChainFault, Link};
use crate::desk::office::{OpenVaultError, Opener, open_vault};
use crate::format::backup::{BackupError, BackupField, read_backup, write_backup};
use crate::format::batch_file::read_batch;
use crate::format::vector_tests::vector;
use crate::operations::backup::*;
use crate::operations::unpack::{RestDeed, Unpacked, unpack};
use crate::store::schema::StoreName;
use crate::store::{BackupEvent, BackupPlace, KeptBackup};
use crate::vault::wrap::{Passphrase, WrapError};

fn letter(text: &str) -> TabletLetter {
    TabletLetter::parse(text).expect("a letter")
}

fn other_device() -> DeviceId {
    DeviceId(sample_uuid(4711))
}

impl Hall {
    fn backup(&self) -> BackupFile {
        let doer = self.doer();
        let made = make_backup(&self.store, &self.event, &doer, "pendapa 0.1.0");
        block_on(made).expect("a backup")
    }
}

fn only_event(bytes: &[u8]) -> BackupEvent {
    let mut events = open_backup(bytes).expect("a backup");
    assert_eq!(events.len(), 1);
    events.remove(0)
}

fn restored(store: &Store, backup: BackupEvent, words: &str) -> Result<Restored, RestoreError> {
    let asked = block_on(check_restore(store, &backup, letter("B")))?;
    let outer = Passphrase::typed(words)
        .derive(&asked.salt, asked.cost)
        .expect("derived");
    let doer = doer(600);
    let deed = RestoreDeed {
        letter: letter("B"),
        device: other_device(),
        outer: &outer,
        doer: &doer,
        chance: sample_chance,
    };
    block_on(restore(store, backup, &deed))
}

/// Another tablet, on which the event of this backup goes on.
fn goes_on(bytes: &[u8]) -> Hall {
    let store = Store::in_memory();
    let outcome = restored(&store, only_event(bytes), WORDS).expect("restored");
    assert_eq!(outcome.damaged, 0);
    let mut hall = Hall::of(store, outcome.event);
    hall.device = other_device();
    hall.minutes = 700;
    hall.batches_asked = 100;
    hall
}

#[test]
fn a_backup_of_a_locked_tablet_brings_everything_to_another_one() {
    let mut hall = Hall::with_passphrase();
    let first = hall.register(1);
    hall.make_batch().expect("a batch");
    let second = hall.register(2);
    block_on(hall.store.keep_draft(&hall.draft(3))).expect("a draft");
    let invited = [sample_expected(1), sample_expected(4)];
    block_on(hall.store.keep_expected(hall.event.id(), &invited)).expect("a list");
    hall.store.lock();
    let file = hall.backup();
    assert_eq!(file.name, "pendapa-KDP1-A-backup-0002.json");
    assert_eq!(file.saved, 2);
    assert_eq!(hall.unlock(WORDS), Ok(()));

    let other = goes_on(&file.bytes);
    assert_eq!(other.event.state, hall.event.state);
    assert_eq!(other.event.tablet.letter, letter("B"));
    assert_eq!(other.event.tablet.device, Some(other_device()));
    for person in [&first, &second] {
        assert_eq!(other.head(person.id).as_ref(), Some(person));
    }
    let drafts = block_on(other.store.drafts_of(other.event.id())).expect("drafts");
    assert_eq!(
        drafts,
        block_on(hall.store.drafts_of(hall.event.id())).expect("drafts")
    );
    let list = block_on(other.store.expected_of(other.event.id()));
    assert_eq!(list, Ok(invited.to_vec()));
    let batches = |hall: &Hall| block_on(hall.store.batches_of(hall.event.id())).expect("batches");
    assert_eq!(batches(&other), batches(&hall));
    let id = batches(&hall)[0].id;
    let bytes = |hall: &Hall| {
        block_on(hall.store.batch_bytes(id))
            .expect("a read")
            .expect("bytes")
            .1
    };
    assert_eq!(bytes(&other), bytes(&hall));
    let last = other.log().pop().expect("an entry");
    assert_eq!(
        (last.action, last.detail.as_deref()),
        (AuditAction::Restored, Some("A"))
    );
    assert_eq!(other.unlock(WORDS), Ok(()));
}

#[test]
fn the_other_tablet_goes_on_counting_and_the_office_sees_one_chain() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let first = hall.make_batch().expect("a batch");
    hall.register(2);
    let mut other = goes_on(&hall.backup().bytes);
    let third = other.register(3);
    assert_eq!(third.number.to_string().get(..10), Some("KDP1-B-003"));
    assert_eq!((third.sequence, third.device_id), (3, other_device()));
    let second = other.make_batch().expect("a batch");
    assert_eq!(second.batch.sequence, 2);
    let document = read_batch(&second.file.bytes).expect("a batch");
    assert_eq!(document.registrations.len(), 2);
    assert_eq!(document.manifest.device.letter, "B");
    assert_ne!(
        document.manifest.device.key,
        read_batch(&first.file.bytes)
            .expect("a batch")
            .manifest
            .device
            .key
    );
    let links = [&first, &second].map(|made| {
        let batch = read_batch(&made.file.bytes).expect("a batch");
        Link::of(&batch)
    });
    assert_eq!(chain::faults(&links), []);
    assert_ne!(chain::faults(&links[1..]), []);
    // The first tablet is found again, and makes a batch of its own.
    hall.register(4);
    let again = hall.make_batch().expect("a batch");
    let batch = read_batch(&again.file.bytes).expect("a batch");
    let [first, second] = links;
    let link = Link::of(&batch);
    assert_eq!(chain::faults(&[first, second, link]), []);
}

#[test]
fn a_registration_of_the_first_tablet_is_corrected_on_the_other_one() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    let mut other = goes_on(&hall.backup().bytes);
    let corrected = other
        .correct_street(person.id, "Jl. Anggur 9")
        .expect("corrected")
        .registration;
    assert_eq!((corrected.id, corrected.revision), (person.id, 2));
    let made = other.make_batch().expect("a batch");
    let batch = read_batch(&made.file.bytes).expect("a batch");
    assert_eq!(batch.registrations, [person, corrected]);
}

#[test]
fn a_wrong_passphrase_a_used_letter_and_a_second_time_are_refused() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let file = hall.backup();
    let store = Store::in_memory();
    let wrong = restored(&store, only_event(&file.bytes), "mangga mangga mangga").err();
    assert_eq!(wrong, Some(RestoreError::Wrap(WrapError::Wrong)));
    assert_eq!(block_on(store.events()).expect("events").0.len(), 0);
    let used = block_on(check_restore(&store, &only_event(&file.bytes), letter("A"))).err();
    assert_eq!(used, Some(RestoreError::Taken));
    assert!(restored(&store, only_event(&file.bytes), WORDS).is_ok());
    let again = restored(&store, only_event(&file.bytes), WORDS).err();
    assert_eq!(again, Some(RestoreError::Here));
    let here = block_on(check_restore(
        &hall.store,
        &only_event(&file.bytes),
        letter("B"),
    ))
    .err();
    assert_eq!(here, Some(RestoreError::Here));
}

#[test]
fn files_that_are_no_backup_are_refused_with_their_reason() {
    let refused = |bytes: &[u8]| open_backup(bytes).err();
    let not = Some(RestoreError::Backup(BackupError::NotABackup));
    assert_eq!(refused(b"age-encryption.org/v1"), not);
    assert_eq!(refused(br#"{"format":"pendapa-batch","version":1}"#), not);
    let empty = write_backup(
        "pendapa 0.1.0",
        "2026-11-24T10:00:00+07:00",
        &Default::default(),
    );
    assert_eq!(refused(&empty), Some(RestoreError::NoEvent));
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let bytes = hall.backup().bytes;
    assert_eq!(refused(&bytes[..bytes.len() / 2]), not);
}

#[test]
fn a_broken_seal_in_a_backup_costs_only_its_row() {
    let mut hall = Hall::with_passphrase();
    let people = [1, 2].map(|number| hall.register(number));
    let mut stores = read_backup(&hall.backup().bytes).expect("a backup");
    let broken = people[0].id.to_string();
    for store in ["registrations", "revisions"] {
        let rows = stores.get_mut(store).expect("rows");
        let row = rows.iter_mut().find(|row| row.key.starts_with(&broken));
        row.expect("the row").body[40] ^= 1;
    }
    let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
    let store = Store::in_memory();
    let outcome = restored(&store, only_event(&bytes), WORDS).expect("restored");
    assert_eq!(outcome.damaged, 2);
    let (heads, damaged) = block_on(store.registrations_of(outcome.event.id())).expect("a read");
    let found: Vec<RegistrationId> = heads.iter().map(|head| head.registration.id).collect();
    for person in &people {
        let is_broken = person.id.to_string() == broken;
        assert_eq!(found.contains(&person.id), !is_broken);
    }
    assert_eq!(damaged.len(), 1);
}

#[test]
fn after_closing_a_backup_is_opened_by_the_office_alone() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    hall.register(1);
    let before = hall.backup();
    assert!(
        block_on(check_restore(
            &Store::in_memory(),
            &only_event(&before.bytes),
            letter("B")
        ))
        .is_ok()
    );
    hall.close().expect("closed");
    let after = hall.backup();
    let event = only_event(&after.bytes);
    let ring = event.ring.clone().expect("keys");
    assert!(ring.office.is_some() && ring.passphrase.is_none() && ring.secrets.is_none());
    let outcome = block_on(check_restore(&Store::in_memory(), &event, letter("B"))).err();
    assert_eq!(outcome, Some(RestoreError::SealedOff));
    assert_eq!(
        hall.rows_in(StoreName::Revisions),
        event
            .rows
            .iter()
            .filter(|(store, _)| *store == StoreName::Revisions)
            .count()
    );
}

#[test]
fn a_backup_is_due_by_count_and_by_time() {
    let mut hall = Hall::with_passphrase();
    let (hour, early) = (sample_moment(70), Some(sample_moment(10)));
    assert!(!is_due(0, early, hour));
    assert!(!is_due(24, early, sample_moment(69)));
    assert!(is_due(25, early, sample_moment(11)));
    assert!(is_due(1, early, hour));
    assert!(!is_due(1, None, hour));
    let keep = |hall: &Hall, minutes: u32| -> KeptBackup {
        let (file, now) = (hall.backup(), sample_moment(minutes));
        let kept = backup_kept(
            &hall.store,
            hall.event.id(),
            &file,
            BackupPlace::Download,
            now,
        );
        block_on(kept).expect("kept")
    };
    assert_eq!(backed_up(&[]), 0);
    hall.register(1);
    let first = keep(&hall, 40);
    assert_eq!(
        (first.saved, first.file_name.as_str()),
        (1, "pendapa-KDP1-A-backup-0001.json")
    );
    hall.register(2);
    let second = keep(&hall, 50);
    let backups = block_on(hall.store.backups_of(hall.event.id())).expect("a read");
    assert_eq!(backed_up(&backups), 2);
    assert_eq!(in_no_backup(&hall.event.state, &backups), 0);
    hall.attend(1);
    hall.register(3);
    assert_eq!(in_no_backup(&hall.event.state, &backups), 2);
    keep(&hall, 55);
    let later = block_on(hall.store.backups_of(hall.event.id())).expect("a read");
    assert_eq!(in_no_backup(&hall.event.state, &later), 0);
    let told = |kept: &KeptBackup| (kept.at.unix_ms(), kept.file_name.clone(), kept.saved);
    let told_of: Vec<_> = backups.iter().map(told).collect();
    assert_eq!(told_of, [told(&first), told(&second)]);
    // It is in no batch's way.
    let carried = block_on(hall.store.steps_of(hall.event.id())).expect("a read");
    assert_eq!(carried, []);
}

/// The only event of a backup, as the office takes it apart.
fn unpacked(bytes: &[u8], opener: &Opener<'_>) -> Result<Unpacked, OpenVaultError> {
    let event = only_event(bytes);
    let (ring, id) = (
        event.ring.as_ref().expect("keys"),
        event.event.id().to_string(),
    );
    let vault = open_vault(ring, &id, opener)?;
    let deed = RestDeed {
        id: sample_uuid(99).to_string(),
        now: sample_moment(900),
        app: "pendapa-desk 0.1.0",
    };
    Ok(unpack(&event, &vault, &deed).expect("a batch of the rest"))
}

#[test]
fn the_office_takes_batches_and_the_rest_out_of_a_backup() {
    let (identity, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let first = hall.register(1);
    let batch = hall.make_batch().expect("a batch");
    let second = hall.register(2);
    let open = hall.backup();
    let closed = hall.close().expect("closed");
    let after = hall.backup();

    let event = unpacked(&open.bytes, &Opener::Office(&identity)).expect("opened");
    assert_eq!(event.damaged.len(), 0);
    let made = (batch.file.name.clone(), batch.file.bytes.clone());
    assert_eq!(event.batches, std::slice::from_ref(&made));
    let (name, bytes) = event.rest.as_ref().expect("a batch of the rest");
    assert!(name.starts_with("pendapa-KDP1-A-2-"));
    let read = read_batch(bytes).expect("a batch");
    assert_eq!(read.registrations, [second]);
    // It goes on where the last batch ended, and nobody signed it.
    let sealed = read_by(&identity, &batch.file.bytes);
    let links = [&sealed, &read].map(Link::of);
    let unsigned = ChainFault::Unsigned {
        tablet: "KDP1-A".to_owned(),
        sequence: 2,
    };
    assert_eq!(chain::faults(&links), [unsigned]);
    assert_eq!(read.manifest.device.key, None);
    assert_eq!(sealed.registrations, [first]);

    let event = unpacked(&after.bytes, &Opener::Office(&identity)).expect("opened");
    let last = (
        closed.batch.file.name.clone(),
        closed.batch.file.bytes.clone(),
    );
    assert_eq!(event.batches, [made, last]);
    assert!(event.rest.is_none());
    let words = unpacked(&after.bytes, &Opener::Passphrase(WORDS)).err();
    assert!(matches!(words, Some(OpenVaultError::NoKey)));
    assert!(unpacked(&open.bytes, &Opener::Passphrase(WORDS)).is_ok());
    let (stranger, _) = office();
    let refused = unpacked(&after.bytes, &Opener::Office(&stranger)).err();
    assert!(matches!(refused, Some(OpenVaultError::Carry(_))));
}

#[test]
fn a_damaged_row_of_a_backup_is_named_and_the_rest_comes_out() {
    let mut hall = Hall::with_passphrase();
    let people = [1, 2].map(|number| hall.register(number));
    let mut stores = read_backup(&hall.backup().bytes).expect("a backup");
    let rows = stores.get_mut("revisions").expect("rows");
    let broken = format!("{}/", people[1].id);
    let row = rows.iter_mut().find(|row| row.key.starts_with(&broken));
    row.expect("the row").body[40] ^= 1;
    let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
    let event = unpacked(&bytes, &Opener::Passphrase(WORDS)).expect("opened");
    assert_eq!(event.damaged.len(), 1);
    assert!(event.damaged[0].starts_with("revisions/"));
    let (_, bytes) = event.rest.as_ref().expect("a batch of the rest");
    // Its twin stands in.
    let read = read_batch(bytes).expect("a batch").registrations;
    assert!(read == people);
    let rows = stores.get_mut("registrations").expect("rows");
    let row = rows.iter_mut().find(|row| broken.starts_with(&row.key));
    row.expect("the twin").body[40] ^= 1;
    let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
    let event = unpacked(&bytes, &Opener::Passphrase(WORDS)).expect("opened");
    assert_eq!(event.damaged.len(), 2);
    let (_, bytes) = event.rest.as_ref().expect("a batch of the rest");
    let read = read_batch(bytes).expect("a batch").registrations;
    assert!(read == people[..1]);
}

#[test]
fn what_was_in_a_damaged_batch_comes_out_with_the_rest() {
    let mut hall = Hall::with_passphrase();
    let first = hall.register(1);
    hall.make_batch().expect("a batch");
    let second = hall.register(2);
    let mut stores = read_backup(&hall.backup().bytes).expect("a backup");
    stores.get_mut("batches").expect("rows")[0].body[40] ^= 1;
    let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
    let event = unpacked(&bytes, &Opener::Passphrase(WORDS)).expect("opened");
    assert_eq!((event.batches.len(), event.damaged.len()), (0, 1));
    let (_, bytes) = event.rest.as_ref().expect("a batch of the rest");
    let read = read_batch(bytes).expect("a batch").registrations;
    assert!(read == [first, second]);
}

#[test]
fn rows_that_the_counters_do_not_know_yet_are_counted() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let early = read_backup(&hall.backup().bytes).expect("a backup");
    hall.register(2);
    hall.make_batch().expect("a batch");
    // The counters were read before the others.
    let mut stores = read_backup(&hall.backup().bytes).expect("a backup");
    let events = early.get("events").expect("rows").clone();
    stores.insert("events".to_owned(), events);
    let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
    let mut other = goes_on(&bytes);
    let (restored, first) = (other.event.state, hall.event.state);
    assert_eq!(
        (
            restored.issued,
            restored.saved,
            restored.batches,
            restored.batched
        ),
        (first.issued, first.saved, first.batches, first.batched)
    );
    assert_eq!(other.register(3).sequence, 3);
    assert_eq!(other.make_batch().expect("a batch").batch.sequence, 2);
}

#[test]
fn no_name_in_a_backup_leads_out_of_the_folder() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    hall.make_batch().expect("a batch");
    let mut stores = read_backup(&hall.backup().bytes).expect("a backup");
    for name in ["../../.profile", "/etc/passwd", "pendapa-/../x", ""] {
        let row = &mut stores.get_mut("batches").expect("rows")[0];
        let field = BackupField::Text(name.to_owned());
        row.fields.insert("file_name".to_owned(), field);
        let bytes = write_backup("pendapa 0.1.0", "2026-11-24T10:00:00+07:00", &stores);
        let event = unpacked(&bytes, &Opener::Passphrase(WORDS)).expect("opened");
        assert_eq!(event.batches[0].0, "pendapa-batch-1");
    }
}

#[test]
fn a_backup_of_the_first_version_goes_on() {
    let first = vector("backups/v1.json", || {
        let mut hall = Hall::with_passphrase();
        hall.register(1);
        hall.make_batch().expect("a batch");
        block_on(hall.store.keep_draft(&hall.draft(2))).expect("a draft");
        hall.backup().bytes
    });
    let other = goes_on(&first);
    let (store, id) = (&other.store, other.event.id());
    let drafts = block_on(store.drafts_of(id)).expect("drafts").len();
    let batches = block_on(store.batches_of(id)).expect("batches").len();
    let (heads, damaged) = block_on(store.registrations_of(id)).expect("a read");
    assert_eq!((heads.len(), damaged.len(), drafts, batches), (1, 0, 1, 1));
    let number = heads[0].registration.number.to_string();
    assert!(number.starts_with("KDP1-A-001"));
    let event = unpacked(&first, &Opener::Passphrase(WORDS)).expect("opened");
    assert_eq!((event.batches.len(), event.damaged.len()), (1, 0));
}
