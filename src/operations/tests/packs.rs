//! Packs, batches to the office, closing, and the trial.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::format::batch_file::read_batch;
use crate::format::event_pack::{EventPack, OfficeAddress, read_pack};
use crate::format::pack_lists::Expected;
use crate::format::rules_record::RulesRecord;
use crate::operations::close_event::CloseError;
use crate::operations::expected::import;
use crate::operations::load_pack::*;
use crate::operations::preflight::{TrialError, is_clock_plausible};
use crate::operations::protect::*;
use crate::operations::renew_event::{Renewed, renew_event};
use crate::store::StoreError;
use crate::store::schema::StoreName;
use crate::vault::seal::{DataKey, Place, open};
use crate::vault::wrap::WrapError;

#[test]
fn tablets_with_one_pack_work_at_one_event_and_seal_to_its_office() {
    let (identity, pack) = office();
    let mut halls = ["A", "B"].map(|letter| Hall::with_pack(&pack, letter).expect("an event"));
    for (at, hall) in halls.iter_mut().enumerate() {
        let person = hall.register(1);
        assert_eq!(hall.event.id(), pack.event.id);
        let made = hall.make_batch().expect("a batch");
        assert!(made.batch.sealed && made.file.name.ends_with(".pendapa.json.age"));
        assert!(made.file.name.contains(&made.file.file_hash.short()));
        assert_ne!(made.file.file_hash, made.file.document_hash);
        let batch = read_by(&identity, &made.file.bytes);
        assert_eq!(batch.document_hash, made.file.document_hash);
        assert_eq!(batch.registrations, [person]);
        assert_eq!(batch.manifest.device.letter, ["A", "B"][at]);
        // Locked, it is still there to be handed over, and nothing else is.
        hall.store.lock();
        let bytes = block_on(hall.store.batch_bytes(made.batch.id)).expect("a read");
        assert_eq!(bytes.expect("a batch").1, made.file.bytes);
        let (ring, _) = block_on(hall.store.ring(pack.event.id))
            .expect("a read")
            .expect("a ring");
        assert_eq!(ring.upload, pack.upload);
        assert_eq!(hall.unlock(WORDS), Ok(()));
        let loaded = block_on(pack_of(&hall.store, pack.event.id));
        assert!(loaded == Ok(Some(pack.clone())));
        let csv = hall.spreadsheet(made.batch.id).expect("a read");
        assert!(csv.expect("a spreadsheet").0.ends_with(".csv"));
    }
    let prints = halls.map(|hall| {
        let vault = hall.store.vault_of(pack.event.id).expect("open");
        vault.fingerprint(&Nik::parse("3574055205849001").expect("a NIK"))
    });
    assert_eq!(prints[0], prints[1]);
}

#[test]
fn a_pack_is_loaded_once_and_not_beside_its_own_numbers() {
    let (_, pack) = office();
    let hall = Hall::with_pack(&pack, "A").expect("an event");
    let again = load(&hall.store, &pack, "B").err();
    assert_eq!(again, Some(LoadPackError::Here));
    let mut other = pack.clone();
    other.event.id = EventId(sample_uuid(77));
    let taken = load(&hall.store, &other, "A").err();
    assert_eq!(taken, Some(LoadPackError::Taken));
    assert!(load(&hall.store, &other, "B").is_ok());
    let mut nobody = pack.clone();
    nobody.office = Some(OfficeAddress {
        recipient: "age1nobody".to_owned(),
        receipt_key: String::new(),
    });
    let outcome = Hall::with_pack(&nobody, "A").err();
    assert!(matches!(outcome, Some(LoadPackError::Sealing(_))));
}

#[test]
fn an_event_of_a_tablet_is_copied_without_keys_of_an_office() {
    let hall = Hall::with_passphrase();
    let name = FullName::parse("Hj. Rukmini").expect("a name");
    let chosen = super::super::officer::choose_officer(
        &hall.store,
        hall.event.id(),
        &name,
        sample_moment(11),
    );
    block_on(chosen).expect("an officer");
    let copy = block_on(copy_of(&hall.store, &hall.event, &doer(12)));
    let copy = copy.expect("a read").expect("a copy");
    let pack = read_pack(&copy, parse_iso("2026-11-24").expect("a date")).expect("a pack");
    assert!(pack.event == hall.event.tablet.event && pack.office.is_none());
    assert_eq!(pack.officers, [name]);
    assert_eq!(iso(pack.expires), "2026-12-24");
    let other = Hall::with_pack(&pack, "B").expect("the same event");
    let nik = Nik::parse("3574055205849001").expect("a NIK");
    let prints = [&hall, &other].map(|hall| {
        let vault = hall.store.vault_of(pack.event.id).expect("open");
        vault.fingerprint(&nik)
    });
    assert_eq!(prints[0], prints[1]);
    let (_, official) = office();
    let hall = Hall::with_pack(&official, "A").expect("an event");
    let copy = block_on(copy_of(&hall.store, &hall.event, &doer(12)));
    assert_eq!(copy, Ok(None));
}

#[test]
fn a_new_token_comes_with_a_pack_of_the_same_event_and_office() {
    let (_, pack) = office();
    let hall = Hall::with_pack(&pack, "A").expect("an event");
    let renew = |pack: &EventPack| block_on(renew_event(&hall.store, pack, &doer(13)));
    let upload = || {
        let ring = block_on(hall.store.ring(pack.event.id)).expect("a read");
        ring.expect("a ring").0.upload
    };
    let took = |hand_over| {
        Ok(Renewed {
            hand_over,
            ..Renewed::default()
        })
    };
    assert_eq!(renew(&pack), took(false));
    let mut newer = pack.clone();
    newer.upload.as_mut().expect("an upload").token = Some("another".to_owned());
    let mut foreign = newer.clone();
    foreign.office.as_mut().expect("an office").receipt_key = "ed25519:AAAA".to_owned();
    assert_eq!(renew(&foreign), Err(LoadPackError::OtherOffice));
    foreign.office = None;
    assert_eq!(renew(&foreign), Err(LoadPackError::OtherOffice));
    assert_eq!(upload(), pack.upload);
    // Locked as well: sealed batches go while it is.
    hall.store.lock();
    assert_eq!(renew(&newer), took(true));
    assert_eq!(upload(), newer.upload);
    assert_eq!(renew(&newer), took(false));
    // The vault opens as before, and notes it when it is open.
    assert_eq!(hall.unlock(WORDS), Ok(()));
    assert_eq!(renew(&pack), took(true));
    let audit = hall.log();
    let last = audit.last().expect("an entry");
    assert_eq!(last.action, AuditAction::PackLoaded);
    assert_eq!(last.detail.as_deref(), Some("hand_over"));
}

#[test]
fn a_pack_of_the_same_event_corrects_rates_and_adds_to_the_list_and_nothing_else() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    hall.register(1);
    let invited = |name: &str| {
        let fields = [("name".to_owned(), name.to_owned())];
        Expected(fields.into_iter().collect())
    };
    let id = pack.event.id;
    let own = [invited("Orang Contoh Satu")];
    block_on(import(&hall.store, id, &own, &doer(12))).expect("a list");
    let mut newer = pack.clone();
    newer.expected = vec![invited("Orang Contoh Satu"), invited("Orang Contoh Dua")];
    newer.rules = serde_json::from_str(r#"{"income_floor": 1200000}"#).expect("rules");
    newer.event.venue = "Di tempat lain".to_owned();
    let renew = || block_on(renew_event(&hall.store, &newer, &doer(13)));
    hall.store.lock();
    let renewed = renew().expect("taken");
    assert!(renewed.rules && renewed.is_waiting && renewed.expected.is_none());
    assert_eq!(hall.unlock(WORDS), Ok(()));
    let renewed = renew().expect("taken");
    assert!(!renewed.rules && !renewed.hand_over && !renewed.is_waiting);
    let added = renewed
        .expected
        .map(|list| (list.added, list.changed, list.same));
    assert_eq!(added, Some((1, 0, 1)));
    // Once more, and nothing of it is new.
    assert_eq!(renew(), Ok(Renewed::default()));
    let kept = block_on(pack_of(&hall.store, id))
        .expect("a read")
        .expect("a pack");
    assert_eq!(kept.event, pack.event);
    let ring = block_on(hall.store.ring(id))
        .expect("a read")
        .expect("keys")
        .0;
    assert_eq!(RulesRecord::of_text(ring.rules.as_deref()), newer.rules);
    assert_eq!(hall.stored_event().tablet.event, pack.event);
    assert_eq!(hall.rows_in(StoreName::Registrations), 1);
    // Once its keys are gone nobody is told to open it.
    hall.close().expect("closed");
    newer.upload.as_mut().expect("an upload").token = Some("another".to_owned());
    let renewed = block_on(renew_event(&hall.store, &newer, &doer(14))).expect("taken");
    assert!(renewed.hand_over && !renewed.is_waiting);
}

/// A worker that gives back other bytes than it was given.
struct Careless;

impl Sealer for Careless {
    async fn identity(&self) -> Result<(Zeroizing<String>, String), String> {
        Age.identity().await
    }

    async fn seal(&self, recipients: &[String], plain: &[u8]) -> Result<Vec<u8>, String> {
        Age.seal(recipients, &plain[1..]).await
    }

    async fn open(&self, identity: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
        Age.open(identity, sealed).await
    }
}

#[test]
fn a_batch_that_does_not_open_to_the_same_bytes_is_not_made() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    hall.register(1);
    let deed = hall.batch_deed();
    let outcome = block_on(make_batch(&hall.store, &hall.event, &deed, &Careless));
    assert!(matches!(outcome.err(), Some(MakeBatchError::Sealing(_))));
    assert_eq!(hall.rows_in(StoreName::Batches), 0);
    assert!(hall.stored_event() == hall.event);
    assert!(hall.make_batch().is_ok());
}

#[test]
fn after_closing_the_right_passphrase_opens_nothing_and_the_office_everything() {
    let (identity, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let first = hall.register(1);
    hall.make_batch().expect("a batch");
    let second = hall.register(2);
    let draft = hall.draft(3);
    block_on(hall.store.keep_draft(&draft)).expect("a draft");
    assert!(matches!(hall.close().err(), Some(CloseError::Drafts(1))));
    block_on(hall.store.discard_draft(draft.id)).expect("a deletion");
    let closed = hall.close().expect("closed");
    assert!(closed.is_sealed_off && closed.event.state.closed_at > 0);
    // Nothing on the tablet opens with the right passphrase.
    assert_eq!(hall.unlock(WORDS), Err(UnlockError::Closed));
    let id = hall.event.id();
    let outer = outer(WORDS);
    let outcome = block_on(unlock(&hall.store, id, &outer, &doer(40), sample_chance));
    assert_eq!(outcome, Err(UnlockError::Wrap(WrapError::Wrong)));
    let (ring, _) = block_on(hall.store.ring(id))
        .expect("a read")
        .expect("a ring");
    assert_eq!(
        (ring.passphrase, ring.recovery, ring.secrets),
        (None, None, None)
    );
    let late = block_on(register(
        &hall.store,
        &hall.event,
        &hall.draft(4),
        &hall.deed(),
    ));
    assert!(matches!(late, Err(SaveError::Store(StoreError::Locked))));
    // The office opens every batch, and with the key sealed to it every row.
    let batches = block_on(hall.store.batches_of(id)).expect("batches");
    let mut registered = Vec::new();
    for batch in &batches {
        let (_, bytes) = block_on(hall.store.batch_bytes(batch.id))
            .expect("a read")
            .expect("a batch");
        registered.extend(read_by(&identity, &bytes).registrations);
    }
    assert_eq!(registered, [first.clone(), second]);
    let key = open_with(&[identity.as_str()], &ring.office.expect("sealed")).expect("opened");
    let key = DataKey::new(key.try_into().expect("32 bytes"));
    let row = hall
        .memory()
        .kept(StoreName::Registrations, &first.id.to_string());
    let place = Place {
        store: "registrations",
        event: &id.to_string(),
        id: &first.id.to_string(),
        revision: 1,
        schema: 1,
    };
    let body = open(&key, &place, &row.body).expect("opened");
    assert_eq!(
        body,
        crate::format::registration_record::write_registration(&first)
    );
}

#[test]
fn closing_without_an_office_only_ends_registering() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    hall.make_batch().expect("a batch");
    let before = hall.event.clone();
    let closed = hall.close().expect("closed");
    assert!(!closed.is_sealed_off);
    // Nothing was left to hand over, but the end of the log and the counts.
    let last = read_batch(&closed.batch.file.bytes).expect("a batch");
    assert_eq!(
        (last.registrations.len(), last.manifest.counts.saved),
        (0, 1)
    );
    assert_eq!(
        hall.save(&hall.draft(2)).err(),
        Some(StoreError::Closed.into())
    );
    // Whoever still holds the event as it was writes nothing either.
    hall.event = before;
    let outcome = hall.save(&hall.draft(2)).err();
    assert!(matches!(
        outcome,
        Some(SaveError::Store(StoreError::Conflict { .. }))
    ));
    hall.store.lock();
    assert_eq!(hall.unlock(WORDS), Ok(()));
    assert_eq!(hall.head(person.id), Some(person));
}

#[test]
fn a_trial_goes_the_whole_way_and_leaves_nothing_but_a_note() {
    let (_, pack) = office();
    for hall in [
        Hall::with_passphrase(),
        Hall::with_pack(&pack, "A").expect("an event"),
    ] {
        let stores = StoreName::ALL.map(|store| hall.rows_in(store));
        hall.try_out(&Age).expect("passed");
        let after = StoreName::ALL.map(|store| hall.rows_in(store));
        let noted = stores
            .iter()
            .zip(&after)
            .map(|(before, after)| after - before);
        assert_eq!(noted.sum::<usize>(), 1, "one entry of the log");
        let entry = hall.log().pop().expect("an entry");
        let told = (entry.action, entry.detail.as_deref());
        assert_eq!(told, (AuditAction::Preflight, Some("passed")));
        assert!(hall.stored_event() == hall.event);
    }
}

#[test]
fn a_clock_before_the_app_or_before_the_last_record_is_not_plausible() {
    let last = Some(sample_moment(10));
    assert!(is_clock_plausible(sample_moment(10), last));
    assert!(is_clock_plausible(sample_moment(9), last));
    assert!(!is_clock_plausible(sample_moment(8), last));
    assert!(is_clock_plausible(sample_moment(0), None));
    assert!(!is_clock_plausible(Moment::new(1_700_000_000_000, 0), None));
}

#[test]
fn a_trial_that_fails_or_is_cut_short_is_taken_away_too() {
    let (_, pack) = office();
    let hall = Hall::with_pack(&pack, "A").expect("an event");
    let outcome = hall.try_out(&Careless);
    let sealing = matches!(outcome, Err(TrialError::Batch(MakeBatchError::Sealing(_))));
    assert!(sealing, "{outcome:?}");
    assert_eq!(hall.rows_in(StoreName::Events), 1);
    assert_eq!(
        hall.log().pop().and_then(|entry| entry.detail).as_deref(),
        Some("failed")
    );
    // The tablet was switched off in the middle.
    let mut tablet = sample_event(2);
    tablet.event.id = EventId(sample_uuid(78));
    let protection = sample_protection(tablet.event.id);
    block_on(hall.store.add_trial(tablet, protection)).expect("a trial");
    assert_eq!(hall.rows_in(StoreName::Events), 2);
    block_on(hall.store.erase_trials()).expect("taken away");
    assert_eq!(hall.rows_in(StoreName::Events), 1);
    assert_eq!(block_on(hall.store.trial()), Ok(None));
    block_on(hall.store.erase_trials()).expect("nothing to do");
}
