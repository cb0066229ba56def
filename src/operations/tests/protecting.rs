//! Vaults: opened, tried, and what the audit log says of it.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::format::batch_file::read_batch;
use crate::operations::hand_over::note_step;
use crate::operations::protect::*;
use crate::store::StoreError;
use crate::store::schema::StoreName;
use crate::vault::wrap::{RecoveryKey, WrapError};

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
fn what_happens_to_batches_while_the_vault_is_locked_is_in_the_audit_log_of_the_next() {
    let mut hall = Hall::with_passphrase();
    hall.register(1);
    let first = hall.make_batch().expect("a batch");
    let (event, id) = (hall.event.id(), first.batch.id);
    let step = |step, minutes, problem| TransportEntry {
        batch_id: id,
        step,
        at: sample_moment(minutes),
        problem,
    };
    let refused = step(Step::Refused, 51, Some(SendProblem::TooLarge));
    let nobody = Doer {
        officer: String::new(),
        now: sample_moment(50),
    };
    let note =
        |entry, doer: &Doer| block_on(note_step(&hall.store, event, &entry, doer)).expect("noted");
    note(step(Step::Download, 40, None), &hall.doer());
    hall.store.lock();
    note(step(Step::Sending, 50, None), &nobody);
    note(refused, &nobody);
    hall.unlock(WORDS).expect("opened");
    note(step(Step::Sending, 52, None), &hall.doer());
    let told = |hall: &Hall| -> Vec<(Moment, Option<String>, String)> {
        let log = hall.log().into_iter();
        log.filter(|entry| entry.action == AuditAction::BatchCarried)
            .map(|entry| {
                assert_eq!(entry.subject, Some(id.to_string()));
                (entry.at, entry.officer, entry.detail.expect("a step"))
            })
            .collect()
    };
    let line = |entry: &TransportEntry, officer: Option<&str>, step: &str| {
        let at = Moment::new(entry.at.unix_ms(), 0);
        (at, officer.map(str::to_owned), step.to_owned())
    };
    let budi = Some("Budi Santoso");
    let mut expected = vec![
        line(&step(Step::Download, 40, None), budi, "download"),
        line(&step(Step::Sending, 52, None), budi, "sending"),
    ];
    assert_eq!(told(&hall), expected);
    hall.register(2);
    let second = hall.make_batch().expect("a batch");
    expected.push(line(&step(Step::Sending, 50, None), None, "sending"));
    expected.push(line(&refused, None, "refused:too_large"));
    assert_eq!(told(&hall), expected);
    let batch = read_batch(&second.file.bytes).expect("a batch");
    let run = batch.audit.expect("entries");
    assert_eq!(run.last, hall.log().len() as u64);
    // Once said, it is not said again.
    hall.register(3);
    hall.make_batch().expect("a batch");
    assert_eq!(told(&hall), expected);
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
