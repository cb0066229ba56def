//! Promises about the vault: what lies in the database tells of nobody, opens in
//! its own place only, and not while the event is locked.

use super::keeping::next_batch;
use super::registering::{event, save};
use crate::domain::*;
use crate::format::audit_record::check_audit_chain;
use crate::format::digest::FingerprintKey;
use crate::store::row::{Commit, Query, Range, Row, Write};
use crate::store::samples::*;
use crate::store::schema::StoreName;
use crate::store::{Store, StoreError, StoredEvent, Tries, Try};

/// Stores of which every row is sealed in these tests.
const SEALED: [StoreName; 7] = [
    StoreName::Registrations,
    StoreName::Revisions,
    StoreName::Drafts,
    StoreName::Audit,
    StoreName::Packs,
    StoreName::Batches,
    StoreName::Attendance,
];

async fn kept(store: &Store, name: StoreName) -> Vec<Row> {
    let query = Query {
        store: name,
        range: Range::All,
    };
    store.rows_as_kept(&query).await.expect("rows")
}

async fn keep(store: &Store, writes: Vec<Write>) {
    let checks = Vec::new();
    let kept = store.commit_as_kept(&Commit { checks, writes }).await;
    kept.expect("a write");
}

/// An event with two people, a draft, a batch that is plain, a pack and an officer.
async fn worked_at(store: &Store) -> (StoredEvent, [Registration; 2]) {
    let mut protection = sample_protection(sample_event(1).event.id);
    protection.pack = Some(b"officers: Budi Santoso".to_vec());
    let added = store.add_event(sample_event(1), protection).await;
    let mut event = added.expect("an event");
    let people = [
        save(store, &mut event, 1).await,
        save(store, &mut event, 2).await,
    ];
    let draft = sample_draft(&event.tablet.event, 3);
    store.keep_draft(&draft).await.expect("a draft");
    store
        .keep_officer(event.id(), "Budi Santoso")
        .await
        .expect("an officer");
    event = store
        .add_attendance(&event, &sample_attendance(&event), None)
        .await
        .expect("an entry");
    let (mut batch, file) = next_batch(&event, 1);
    batch.sealed = false;
    event = store
        .add_batch(&event, &batch, &file)
        .await
        .expect("a batch");
    (event, people)
}

pub async fn nothing_that_tells_of_people_is_kept_in_clear(store: &Store) {
    let (event, _) = worked_at(store).await;
    let opened = store.row(StoreName::Packs, &event.id().to_string()).await;
    let opened = opened.expect("a read").expect("a pack");
    assert_eq!(opened.body, b"officers: Budi Santoso");
    let mut sealed = 0;
    for name in StoreName::ALL {
        for row in kept(store, name).await {
            let text = format!("{:?} {}", row.fields, String::from_utf8_lossy(&row.body));
            for told in [
                "3574", "Ngatiyem", "Sumiati", "Budi", "Mangga", "Warung", "0812", "1500000",
                "batch 1", "Sugeng", "Manis", "300,120",
            ] {
                assert!(!text.contains(told), "{told} in a row of {}", name.name());
            }
            sealed += u32::from(SEALED.contains(&name));
        }
    }
    // Two people in two revisions each time, a draft, a batch, a pack, an entry of each list.
    assert_eq!(sealed, 9);
}

pub async fn a_locked_event_is_neither_read_nor_written(store: &Store) {
    let (event, [person, _]) = worked_at(store).await;
    let id = event.id();
    let (heads, _) = store.registrations_of(id).await.expect("heads");
    assert_eq!(heads.len(), 2);
    let next = sample_registration(&event, 4);
    store.lock();
    let locked = || StoreError::Locked;
    assert_eq!(store.registration(person.id).await, Err(locked()));
    assert_eq!(store.registrations_of(id).await.err(), Some(locked()));
    assert_eq!(store.revisions_after(id, 0).await.err(), Some(locked()));
    assert_eq!(store.drafts_of(id).await, Err(locked()));
    assert_eq!(store.audit_after(id, 0).await.err(), Some(locked()));
    assert_eq!(store.officers(id).await, Err(locked()));
    assert_eq!(store.pack(id).await, Err(locked()));
    let saved = store.save_revision(&event, &next).await;
    assert_eq!(saved.err(), Some(locked()));
    let draft = sample_draft(&event.tablet.event, 5);
    assert_eq!(store.keep_draft(&draft).await, Err(locked()));
    // What must be known while it is locked.
    assert_eq!(store.count_revisions(id).await, Ok(2));
    assert_eq!(store.batches_of(id).await.map(|all| all.len()), Ok(1));
    assert!(store.event(id).await == Ok(Some(event)));
    assert!(store.take_over(id).await.is_ok());
    // Another vault for the same event opens nothing: every row is damaged.
    store.unlock(sample_vault(&id.to_string()));
    let (heads, damaged) = store.registrations_of(id).await.expect("heads");
    assert_eq!((heads.len(), damaged.len()), (0, 2));
}

pub async fn a_row_that_was_moved_swapped_or_put_back_is_damaged(store: &Store) {
    let mut event = event(store, 1).await;
    let first = save(store, &mut event, 1).await;
    let second = save(store, &mut event, 2).await;
    let rows = kept(store, StoreName::Registrations).await;
    let [mut one, mut two] = <[Row; 2]>::try_from(rows).expect("two rows");
    std::mem::swap(&mut one.body, &mut two.body);
    let swapped = [one.clone(), two.clone()].map(|row| Write::Put(StoreName::Registrations, row));
    keep(store, swapped.to_vec()).await;
    for (person, row) in [(&first, &one), (&second, &two)] {
        let row = store.row(StoreName::Registrations, &row.key).await;
        assert_eq!(row.expect("a read").expect("a row").body, b"");
        // The frozen revision stands in for it.
        let head = store.registration(person.id).await.expect("a read");
        assert_eq!(&head.expect("a head").registration, person);
    }
    // A revision under the number of another.
    let mut frozen = kept(store, StoreName::Revisions).await;
    let mut moved = frozen.pop().expect("a row");
    let mut key = moved.key.clone();
    key.pop();
    moved.key = format!("{key}9");
    moved.fields.insert("revision", 9_u64.into());
    moved.fields.insert("sequence", 99_u64.into());
    keep(store, vec![Write::Put(StoreName::Revisions, moved)]).await;
    let found = store.revisions_after(event.id(), 98).await.expect("rows");
    assert_eq!(found[0].body, b"");
    // A draft of an hour ago in the place of today's.
    let mut draft = sample_draft(&event.tablet.event, 3);
    store.keep_draft(&draft).await.expect("a draft");
    let old = kept(store, StoreName::Drafts).await.pop().expect("a row");
    draft.saved_at = sample_moment(60);
    store.keep_draft(&draft).await.expect("a draft");
    let mut new = kept(store, StoreName::Drafts).await.pop().expect("a row");
    new.body = old.body;
    keep(store, vec![Write::Put(StoreName::Drafts, new)]).await;
    assert_eq!(store.draft(draft.id).await, Ok(None));
}

pub async fn a_sealed_batch_is_handed_over_while_locked_and_a_plain_one_is_not(store: &Store) {
    let mut event = event(store, 1).await;
    let mut made = Vec::new();
    for number in 1..=2 {
        save(store, &mut event, number).await;
        let (mut batch, file) = next_batch(&event, u64::from(number));
        batch.sealed = number == 2;
        event = store
            .add_batch(&event, &batch, &file)
            .await
            .expect("a batch");
        made.push((batch, file.bytes));
    }
    store.lock();
    let batches: Vec<_> = made.iter().map(|(batch, _)| batch.clone()).collect();
    assert_eq!(store.batches_of(event.id()).await, Ok(batches));
    let plain = store.batch_bytes(made[0].0.id).await;
    assert_eq!(plain, Err(StoreError::Locked));
    let sealed = store.batch_bytes(made[1].0.id).await;
    assert_eq!(sealed, Ok(Some(made[1].clone())));
}

pub async fn tries_are_counted_and_forgotten(store: &Store) {
    let id = event(store, 1).await.id();
    let (ring, tries) = store.ring(id).await.expect("a read").expect("a ring");
    assert_eq!(tries, Tries::default());
    store.lock();
    for tried in 1..=3 {
        assert_eq!(store.count_try(id, Try::Pin).await, Ok(tried));
    }
    assert_eq!(store.count_try(id, Try::Passphrase).await, Ok(1));
    store.keep_ring(id, &ring).await.expect("a ring");
    let tries = async || store.ring(id).await.expect("a read").expect("a ring").1;
    let counted = Tries {
        passphrase: 1,
        pin: 3,
    };
    assert_eq!(tries().await, counted);
    store.forget_tries(id, Try::Pin).await.expect("forgotten");
    assert_eq!(tries().await, Tries { pin: 0, ..counted });
    let done = store.forget_tries(id, Try::Passphrase).await;
    done.expect("forgotten");
    assert_eq!(tries().await, Tries::default());
    let nowhere = sample_event(9).event.id;
    assert_eq!(store.ring(nowhere).await, Ok(None));
    assert!(store.count_try(nowhere, Try::Pin).await.is_err());
}

pub async fn audit_entries_make_a_chain_whoever_writes_at_the_same_time(store: &Store) {
    let one = event(store, 1).await.id();
    let two = event(store, 2).await.id();
    let entry = || sample_entry(AuditAction::Revealed);
    let writers = (0..4).map(|_| store.append_audit(one, entry()));
    let written = futures_util::future::join_all(writers).await;
    let mut sequences: Vec<u64> = written
        .into_iter()
        .map(|written| written.expect("an entry"))
        .collect();
    sequences.sort_unstable();
    assert_eq!(sequences, [2, 3, 4, 5]);
    let log = store.audit_after(one, 0).await.expect("a log");
    let run = check_audit_chain(log.iter().map(|(_, body)| body.as_slice()));
    let run = run.expect("a chain").expect("entries");
    assert_eq!((run.first, run.previous, run.last), (1, None, 5));
    let rest = store.audit_after(one, 3).await.expect("a log");
    assert_eq!(rest, log[3..]);
    assert_eq!(store.count_audit(two).await, Ok(1));
}

pub async fn an_event_of_a_version_without_a_vault_is_sealed_whole(store: &Store) {
    let (event, people) = worked_at(store).await;
    let id = event.id();
    let batches = store.batches_of(id).await.expect("batches");
    let drafts = store.drafts_of(id).await.expect("drafts");
    // As the version before wrote it: in clear, without keys and log.
    let mut writes = Vec::new();
    for name in [
        StoreName::Registrations,
        StoreName::Revisions,
        StoreName::Drafts,
        StoreName::Batches,
    ] {
        let all = Query {
            store: name,
            range: Range::All,
        };
        for mut row in store.rows(&all).await.expect("rows") {
            for later in ["sealed_to", "size", "audited"] {
                row.fields.remove(later);
            }
            writes.push(Write::Put(name, row));
        }
    }
    for name in [StoreName::Vaults, StoreName::Audit, StoreName::Packs] {
        let rows = kept(store, name).await;
        writes.extend(rows.into_iter().map(|row| Write::Delete(name, row.key)));
    }
    let officer = Row::new("officer", [], b"Budi Santoso".to_vec());
    writes.push(Write::Put(StoreName::Settings, officer));
    let mut clear = event.clone();
    clear.tablet.clear_fingerprint_key = Some(FingerprintKey([7; 32]));
    writes.extend(clear.advance(event.state).writes);
    keep(store, writes).await;
    store.lock();

    let before = store.event(id).await.expect("a read").expect("an event");
    assert!(before == clear);
    assert_eq!(store.ring(id).await, Ok(None));
    assert_eq!(
        store.registrations_of(id).await.err(),
        Some(StoreError::Locked)
    );
    let sealed = store.protect(&before, sample_protection(id)).await;
    assert!(sealed.expect("sealed") == event);
    let (heads, damaged) = store.registrations_of(id).await.expect("heads");
    assert!(damaged.is_empty());
    let found: Vec<_> = heads.into_iter().map(|head| head.registration).collect();
    assert_eq!(found, people);
    let vault = store.vault_of(id).expect("it is open");
    let print = vault.fingerprint(&people[0].details.person.nik);
    assert_eq!(
        store.with_fingerprint(id, &print).await.expect("one").len(),
        1
    );
    assert_eq!(store.drafts_of(id).await, Ok(drafts));
    let bytes = store.batch_bytes(batches[0].id).await.expect("a read");
    assert_eq!(bytes.expect("a batch").1, "batch 1 \u{1f600}".as_bytes());
    for name in StoreName::ALL {
        for row in kept(store, name).await {
            let text = String::from_utf8_lossy(&row.body).into_owned();
            assert!(
                !text.contains("357405") && !text.contains("Budi"),
                "{}",
                name.name()
            );
        }
    }
    // It is done once.
    let again = store.protect(&before, sample_protection(id)).await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
    assert!(
        store
            .registration(people[0].id)
            .await
            .is_ok_and(|head| head.is_some())
    );
}
