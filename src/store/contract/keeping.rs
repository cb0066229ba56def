//! Promises about drafts, batches, the transport log and the tablet itself.

use super::registering::{event, save, stamp};
use crate::domain::*;
use crate::format::batch_file::BatchFile;
use crate::format::digest::sha256;
use crate::store::BALLAST_BYTES;
use crate::store::row::{Commit, Row, Write};
use crate::store::samples::*;
use crate::store::schema::StoreName;
use crate::store::{Store, StoreError, StoredBatch, StoredEvent};

pub async fn drafts_are_kept_as_typed(store: &Store) {
    let event = event(store, 1).await;
    let mut draft = sample_draft(&event.tablet.event, 1);
    draft.set(Field::Nik, "35740 bukan angka ");
    draft.set(Field::Name, "\u{1f600} \"é\"\n");
    draft.confirmed = vec!["age_near_limit:64".to_owned()];
    draft.step = 3;
    draft.set_aside = true;
    for text in ["", "Jl. Mangga", "Jl. Mangga 7"] {
        draft.set(Field::Street, text);
        store.keep_draft(&draft).await.expect("a draft");
        assert_eq!(store.draft(draft.id).await, Ok(Some(draft.clone())));
    }
    assert_eq!(store.drafts_of(event.id()).await, Ok(vec![draft]));
}

pub async fn drafts_come_with_the_one_changed_last_at_the_end(store: &Store) {
    let one = event(store, 1).await;
    let two = event(store, 2).await;
    for (number, minutes) in [(1, 30), (2, 10), (3, 20)] {
        let mut draft = sample_draft(&one.tablet.event, number);
        draft.saved_at = sample_moment(minutes);
        draft.set_aside = number == 2;
        store.keep_draft(&draft).await.expect("a draft");
    }
    let elsewhere = sample_draft(&two.tablet.event, 4);
    store.keep_draft(&elsewhere).await.expect("a draft");
    let drafts = store.drafts_of(one.id()).await.expect("drafts");
    let found: Vec<(RegistrationId, bool)> = drafts
        .iter()
        .map(|draft| (draft.id, draft.set_aside))
        .collect();
    let id = |number| RegistrationId(sample_uuid(number));
    assert_eq!(found, [(id(2), true), (id(3), false), (id(1), false)]);
    assert_eq!(store.drafts_of(two.id()).await, Ok(vec![elsewhere]));
}

pub async fn a_late_keystroke_does_not_bring_a_saved_draft_back(store: &Store) {
    let mut event = event(store, 1).await;
    let draft = sample_draft(&event.tablet.event, 1);
    save(store, &mut event, 1).await;
    let outcome = store.keep_draft(&draft).await;
    assert!(matches!(outcome, Err(StoreError::Conflict { .. })));
    assert_eq!(store.drafts_of(event.id()).await, Ok(Vec::new()));
}

pub async fn a_draft_that_corrects_an_old_revision_is_refused(store: &Store) {
    let mut event = event(store, 1).await;
    let first = save(store, &mut event, 1).await;
    let draft = Draft::correcting(&first, sample_moment(50));
    store.keep_draft(&draft).await.expect("a correction");
    let head = store.registration(first.id).await.expect("a read");
    let head = head.expect("a registration");
    let second = first
        .corrected(first.details.clone(), "salah RT", stamp(&event, &head))
        .expect("a correction");
    event = store.save_revision(&event, &second).await.expect("a save");
    let outcome = store.keep_draft(&draft).await;
    assert!(matches!(outcome, Err(StoreError::Conflict { .. })));
    assert_eq!(store.drafts_of(event.id()).await, Ok(Vec::new()));
}

pub async fn a_discarded_draft_is_gone(store: &Store) {
    let event = event(store, 1).await;
    let [kept, thrown] = [1, 2].map(|number| sample_draft(&event.tablet.event, number));
    for draft in [&kept, &thrown] {
        store.keep_draft(draft).await.expect("a draft");
    }
    for _ in 0..2 {
        store.discard_draft(thrown.id).await.expect("a deletion");
        assert_eq!(store.draft(thrown.id).await, Ok(None));
    }
    assert_eq!(store.drafts_of(event.id()).await, Ok(vec![kept]));
}

/// A batch of everything after the event's mark; the store does not look into its bytes.
pub(super) fn next_batch(event: &StoredEvent, number: u64) -> (StoredBatch, BatchFile) {
    let bytes = format!("batch {number} \u{1f600}").into_bytes();
    let hash = sha256(&bytes);
    let file = BatchFile {
        name: format!("pendapa-KDP1-A-{number}-{}.pendapa.json", hash.short()),
        document_hash: hash,
        file_hash: hash,
        bytes,
    };
    let batch = StoredBatch {
        id: BatchId(sample_uuid((1 << 42) + number)),
        event_id: event.id(),
        sequence: event.state.batches + 1,
        first: event.state.batched + 1,
        last: event.state.saved,
        records: event.state.saved - event.state.batched,
        created_at: 1_795_482_000_000,
        file_name: file.name.clone(),
        document_hash: hash,
        file_hash: hash,
        size: file.bytes.len(),
        sealed: number.is_multiple_of(2),
        audited: number,
        attended: event.state.attended,
        is_wiped: false,
    };
    (batch, file)
}

pub async fn a_batch_moves_the_mark_and_keeps_its_bytes(store: &Store) {
    let mut event = event(store, 1).await;
    save(store, &mut event, 1).await;
    save(store, &mut event, 2).await;
    let (batch, file) = next_batch(&event, 1);
    let after = store
        .add_batch(&event, &batch, &file)
        .await
        .expect("a batch");
    assert_eq!((after.state.batches, after.state.batched), (1, 2));
    assert_eq!(after.state.saved, event.state.saved);
    let stored = store.event(event.id()).await.expect("a read");
    assert!(stored == Some(after));
    let id = batch.id;
    let found = store.batch_bytes(id).await;
    assert_eq!(found, Ok(Some((batch, file.bytes))));
    let unknown = BatchId(sample_uuid(0));
    assert_eq!(store.batch_bytes(unknown).await, Ok(None));
}

pub async fn batches_make_a_chain_without_overlap(store: &Store) {
    let mut event = event(store, 1).await;
    let mut made = Vec::new();
    for number in 1..=11 {
        save(store, &mut event, number).await;
        // Later batches have lower ids, so that the order is not that of the keys.
        let (batch, file) = next_batch(&event, 100 - u64::from(number));
        event = store
            .add_batch(&event, &batch, &file)
            .await
            .expect("a batch");
        made.push(batch);
    }
    assert_eq!(store.batches_of(event.id()).await, Ok(made.clone()));
    for pair in made.windows(2) {
        assert_eq!(pair[1].first, pair[0].last + 1);
    }
}

pub async fn a_second_batch_of_the_same_revisions_is_refused(store: &Store) {
    let mut event = event(store, 1).await;
    save(store, &mut event, 1).await;
    let (batch, file) = next_batch(&event, 1);
    store
        .add_batch(&event, &batch, &file)
        .await
        .expect("a batch");
    let (again, file) = next_batch(&event, 2);
    let outcome = store.add_batch(&event, &again, &file).await;
    assert!(matches!(outcome, Err(StoreError::Conflict { .. })));
    assert_eq!(store.batches_of(event.id()).await, Ok(vec![batch]));
}

fn entry(batch: u64, step: Step, minutes: u32) -> TransportEntry {
    let at = sample_moment(minutes).unix_ms();
    TransportEntry {
        batch_id: BatchId(sample_uuid(batch)),
        step,
        at: Moment::new(at, 0),
        problem: (step == Step::Refused).then_some(SendProblem::TooLarge),
    }
}

pub async fn the_transport_log_keeps_its_order(store: &Store) {
    let [one, two] = [1, 2].map(|number| sample_event(number).event.id);
    let entries = [
        entry(8, Step::Download, 1),
        entry(7, Step::Share, 2),
        entry(8, Step::Download, 3),
        entry(7, Step::Refused, 4),
    ];
    for at in [2, 0, 3, 1] {
        store.log_step(one, &entries[at]).await.expect("an entry");
    }
    store
        .log_step(one, &entries[0])
        .await
        .expect("the same entry again");
    assert_eq!(store.steps_of(one).await, Ok(entries.to_vec()));
    assert_eq!(store.steps_of(two).await, Ok(Vec::new()));
}

pub async fn the_reserve_is_freed_once(store: &Store) {
    assert_eq!(store.has_ballast().await, Ok(false));
    assert_eq!(store.drop_ballast().await, Ok(false));
    let noise = (0..BALLAST_BYTES).map(|at| (at % 253) as u8).collect();
    store.keep_ballast(noise).await.expect("a reserve");
    assert_eq!(store.has_ballast().await, Ok(true));
    assert_eq!(store.drop_ballast().await, Ok(true));
    assert_eq!(store.has_ballast().await, Ok(false));
    assert_eq!(store.drop_ballast().await, Ok(false));
}

pub async fn the_tablet_keeps_its_first_id(store: &Store) {
    let [first, second] = [1, 2].map(|number| DeviceId(sample_uuid(number)));
    assert_eq!(store.device(first).await, Ok(first));
    assert_eq!(store.device(second).await, Ok(first));
}

pub async fn a_lost_or_damaged_id_of_the_tablet_comes_back_from_its_events(store: &Store) {
    let [first, second] = [1, 2].map(|number| DeviceId(sample_uuid(number)));
    assert_eq!(store.device(first).await, Ok(first));
    let mut tablet = sample_event(1);
    tablet.device = Some(first);
    add_sample(store, tablet).await;
    let key = "device".to_owned();
    for loss in [
        Write::Delete(StoreName::Settings, key.clone()),
        Write::Put(StoreName::Settings, Row::new(key, [], b"?".to_vec())),
    ] {
        let commit = Commit {
            checks: Vec::new(),
            writes: vec![loss],
        };
        store.commit(&commit).await.expect("the loss");
        assert_eq!(store.device(second).await, Ok(first));
    }
}

pub async fn the_event_at_work_is_remembered(store: &Store) {
    assert_eq!(store.current_event().await, Ok(None));
    for number in [1, 2] {
        let id = sample_event(number).event.id;
        store.keep_current_event(id).await.expect("an event");
        assert_eq!(store.current_event().await, Ok(Some(id)));
    }
}

pub async fn officers_are_remembered_the_last_one_first(store: &Store) {
    let [one, two] = [event(store, 1).await.id(), event(store, 2).await.id()];
    assert_eq!(store.officers(one).await, Ok(Vec::new()));
    for name in ["Budi Santoso", "Hj. Rukmini", "Budi Santoso"] {
        store.keep_officer(one, name).await.expect("a name");
    }
    let names = ["Budi Santoso", "Hj. Rukmini"].map(str::to_owned);
    assert_eq!(store.officers(one).await, Ok(names.to_vec()));
    assert_eq!(store.officers(two).await, Ok(Vec::new()));
}
