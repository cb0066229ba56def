//! Vaults: opened, tried, closed; packs; batches to the office; the trial.

use pollster::block_on;

use super::*;
use crate::format::audit_record::{check_audit_chain, read_audit};
use crate::format::batch_file::{Batch, read_batch};
use crate::format::digest::FingerprintKey;
use crate::format::event_pack::{EventPack, OfficeAddress, Upload, read_pack};
use crate::operations::close_event::{CloseError, Closed, close_event};
use crate::operations::load_pack::*;
use crate::operations::preflight::{TrialDeed, TrialError, trial};
use crate::operations::protect::*;
use crate::store::StoreError;
use crate::store::row::{Query, Range};
use crate::store::schema::StoreName;
use crate::vault::seal::{DataKey, Place, open};
use crate::vault::sign::{Signed, check_signature};
use crate::vault::wrap::{
    Asked, KdfCost, OuterKey, Passphrase, RecoveryKey, SALT_BYTES, WrapError,
};

const WORDS: &str = "mangga jangkar pendapa kali empat lima";

fn asked_for() -> Asked {
    Asked {
        salt: [3; SALT_BYTES],
        cost: KdfCost::SMALL,
    }
}

fn outer(words: &str) -> OuterKey {
    let Asked { salt, cost } = asked_for();
    let outer = Passphrase::typed(words).derive(&salt, cost);
    outer.expect("derived")
}

fn recovery() -> RecoveryKey {
    RecoveryKey::new([5; 20])
}

fn doer(minutes: u32) -> Doer {
    Doer {
        officer: "Budi Santoso".to_owned(),
        now: sample_moment(minutes),
    }
}

impl Hall {
    fn of(store: Store, event: StoredEvent) -> Self {
        Hall {
            store,
            rules: rules(),
            event,
            minutes: 10,
            batches_asked: 0,
        }
    }

    /// A tablet on which an event was made, with a passphrase and a recovery key.
    fn with_passphrase() -> Self {
        let store = Store::in_memory();
        let tablet = sample_event(1);
        let (outer, recovery) = (outer(WORDS), recovery());
        let closing = Closing {
            outer: &outer,
            asked: asked_for(),
            recovery: Some(&recovery),
        };
        let secrets = fresh_secrets(sample_chance);
        let id = tablet.event.id;
        let protection = protection(id, secrets, &closing, &doer(0), sample_chance);
        let event = block_on(store.add_event(tablet, protection)).expect("an event");
        Hall::of(store, event)
    }

    /// A tablet that loaded a pack of the office, as this letter.
    fn with_pack(pack: &EventPack, letter: &str) -> Result<Self, LoadPackError> {
        let store = Store::in_memory();
        let event = load(&store, pack, letter)?;
        Ok(Hall::of(store, event))
    }

    fn unlock(&self, words: &str) -> Result<(), UnlockError> {
        let id = self.event.id();
        block_on(asked(&self.store, id))?;
        let outer = outer(words);
        block_on(unlock(&self.store, id, &outer, &self.doer(), sample_chance))
    }

    fn log(&self) -> Vec<AuditEntry> {
        let log = block_on(self.store.audit_after(self.event.id(), 0)).expect("a log");
        check_audit_chain(log.iter().map(|(_, body)| body.as_slice())).expect("a chain");
        log.iter()
            .map(|(_, body)| read_audit(body).expect("an entry"))
            .collect()
    }

    fn actions(&self) -> Vec<AuditAction> {
        self.log().iter().map(|entry| entry.action).collect()
    }

    fn close(&mut self) -> Result<Closed, CloseError> {
        self.minutes += 1;
        self.batches_asked += 1;
        let deed = BatchDeed {
            id: BatchId(sample_uuid((1 << 42) + self.batches_asked)),
            device: sample_device(),
            doer: self.doer(),
            app: "pendapa 0.1.0".to_owned(),
            is_last: true,
        };
        let closed = block_on(close_event(&self.store, &self.event, &deed, &Age))?;
        self.event = closed.event.clone();
        Ok(closed)
    }

    fn try_out(&self, sealer: &impl Sealer) -> Result<(), TrialError> {
        let doer = self.doer();
        let deed = TrialDeed {
            rules: &self.rules,
            device: sample_device(),
            doer: &doer,
            app: "pendapa 0.1.0".to_owned(),
            chance: sample_chance,
            ids: [1, 2, 3].map(|number| sample_uuid((1 << 43) + number)),
        };
        block_on(trial(&self.store, &self.event, &deed, sealer))
    }

    fn rows_in(&self, store: StoreName) -> usize {
        let query = Query {
            store,
            range: Range::All,
        };
        block_on(self.store.count(&query)).expect("a count") as usize
    }
}

fn load(store: &Store, pack: &EventPack, letter: &str) -> Result<StoredEvent, LoadPackError> {
    let outer = outer(WORDS);
    let doer = doer(0);
    let deed = PackDeed {
        letter: TabletLetter::parse(letter).expect("a letter"),
        device: sample_device(),
        closing: Closing {
            outer: &outer,
            asked: asked_for(),
            recovery: None,
        },
        doer: &doer,
        chance: sample_chance,
    };
    block_on(load_pack(store, pack, &deed, &Age))
}

/// An office, and its pack for the sample event.
fn office() -> (Zeroizing<String>, EventPack) {
    let (identity, recipient) = new_identity();
    let pack = EventPack {
        event: sample_event(1).event,
        expires: parse_iso("2026-12-24").expect("a date"),
        officers: vec![FullName::parse("Budi Santoso").expect("a name")],
        office: Some(OfficeAddress {
            recipient,
            receipt_key: "ed25519:example".to_owned(),
        }),
        upload: Some(Upload {
            address: "upload/".to_owned(),
            token: Some("create-only".to_owned()),
        }),
        fingerprint_key: FingerprintKey([9; 32]),
        earlier: Vec::new(),
    };
    (identity, pack)
}

fn read_by(identity: &str, sealed: &[u8]) -> Batch {
    let plain = open_with(&[identity], sealed).expect("opened");
    let batch = read_batch(&plain).expect("a batch");
    let signed = check_signature(&plain, batch.manifest.device.key.as_deref());
    assert!(matches!(signed, Ok(Signed::By(_))));
    batch
}

#[test]
fn the_passphrase_opens_the_event_and_wrong_ones_are_counted_and_told() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    hall.store.lock();
    for wrong in ["mangga jangkar pendapa kali empat enam", ""] {
        assert_eq!(hall.unlock(wrong), Err(UnlockError::Wrap(WrapError::Wrong)));
        assert_eq!(
            hall.store.vault_of(hall.event.id()).err(),
            Some(StoreError::Locked)
        );
    }
    assert_eq!(hall.unlock(&format!(" {WORDS}  ")), Ok(()));
    assert_eq!(hall.head(person.id), Some(person));
    let log = hall.log();
    let told: Vec<_> = log
        .iter()
        .map(|entry| (entry.action, entry.detail.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (AuditAction::SetUp, Some("argon2id 19456 KiB, 2 passes")),
            (AuditAction::Unlocked, Some("2 wrong before")),
        ]
    );
    hall.store.lock();
    assert_eq!(hall.unlock(WORDS), Ok(()));
    assert_eq!(hall.log()[2].detail, None);
}

#[test]
fn a_full_tablet_is_opened_all_the_same() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    hall.store.lock();
    hall.memory().fail_all(Some(StoreError::QuotaExceeded));
    assert_eq!(hall.unlock(WORDS), Ok(()));
    assert_eq!(hall.head(person.id), Some(person));
}

#[test]
fn the_recovery_key_opens_the_event_and_a_new_passphrase_takes_the_old_ones_place() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    let id = hall.event.id();
    hall.store.lock();
    let other = RecoveryKey::new([6; 20]);
    let outcome = block_on(recover(&hall.store, id, &other, &doer(20), sample_chance));
    assert_eq!(outcome, Err(UnlockError::Wrap(WrapError::Wrong)));
    let outcome = block_on(recover(
        &hall.store,
        id,
        &recovery(),
        &doer(20),
        sample_chance,
    ));
    assert_eq!(outcome, Ok(()));
    let new = outer("enam kata lain untuk membuka ini");
    let (asked, doer) = (asked_for(), doer(21));
    let done = change_passphrase(&hall.store, id, &new, &asked, &doer);
    block_on(done).expect("changed");
    hall.store.lock();
    assert!(hall.unlock(WORDS).is_err());
    assert_eq!(hall.unlock("enam kata lain untuk membuka ini"), Ok(()));
    assert_eq!(hall.head(person.id), Some(person));
    let changed = [
        AuditAction::SetUp,
        AuditAction::Recovered,
        AuditAction::PassphraseChanged,
        AuditAction::Unlocked,
    ];
    assert_eq!(hall.actions(), changed);
    assert_eq!(hall.log()[3].detail.as_deref(), Some("1 wrong before"));
}

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
fn the_audit_log_goes_out_with_the_batches_as_one_chain() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let first = hall.make_batch().expect("a batch");
    hall.store.lock();
    hall.unlock(WORDS).expect("opened");
    hall.register(2);
    let second = hall.make_batch().expect("a batch");
    let runs = [&first, &second].map(|made| {
        let batch = read_batch(&made.file.bytes).expect("a batch");
        batch.audit.expect("entries")
    });
    assert_eq!((runs[0].first, runs[0].previous), (1, None));
    assert_eq!(runs[1].first, runs[0].last + 1);
    assert_eq!(runs[1].previous, Some(runs[0].last_hash));
    let made = AuditAction::BatchMade;
    let expected = [AuditAction::SetUp, made, AuditAction::Unlocked, made];
    assert_eq!(hall.actions(), expected);
}

#[test]
fn a_damaged_audit_entry_stops_no_batch_and_is_told() {
    let mut hall = Hall::with_passphrase();
    let person = hall.register(1);
    let key = format!("{}/{:010}", hall.event.id(), 1);
    hall.memory().damage(StoreName::Audit, &key);
    let made = hall.make_batch().expect("a batch");
    assert!(made.is_audit_damaged);
    let batch = read_batch(&made.file.bytes).expect("a batch");
    assert_eq!((batch.registrations, batch.audit), (vec![person], None));
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
    let deed = BatchDeed {
        id: BatchId(sample_uuid(1 << 42)),
        device: sample_device(),
        doer: hall.doer(),
        app: "pendapa 0.1.0".to_owned(),
        is_last: false,
    };
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
