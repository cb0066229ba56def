//! Promises about sending, receipts and wiping.

use super::keeping::next_batch;
use super::registering::{event, save};
use crate::domain::*;
use crate::format::exchange::{Exchange, Exchanged};
use crate::format::receipt_file::write_receipt;
use crate::store::samples::*;
use crate::store::{Store, StoreError, StoredBatch, StoredEvent, UploadTrack, Wipe};

/// An event with a batch of so many registrations, sealed to the office.
async fn with_batch(store: &Store, registrations: u32) -> (StoredEvent, StoredBatch) {
    let mut event = event(store, 1).await;
    for number in 1..=registrations {
        save(store, &mut event, number).await;
    }
    let (batch, file) = next_batch(&event, 2);
    let event = store
        .add_batch(&event, &batch, &file)
        .await
        .expect("a batch");
    (event, batch)
}

fn receipt_of(batch: &StoredBatch, minutes: u32) -> (Receipt, Vec<u8>, TransportEntry) {
    let receipt = Receipt {
        batch: batch.id,
        file_hash: batch.file_hash,
        answers: Vec::new(),
        others_accepted: true,
        at: sample_moment(minutes),
    };
    let bytes = write_receipt(&receipt);
    let entry = TransportEntry {
        batch_id: batch.id,
        step: Step::Acknowledged,
        at: Moment::new(sample_moment(minutes + 1).unix_ms(), 0),
        problem: None,
    };
    (receipt, bytes, entry)
}

pub async fn where_sending_stands_is_kept_beside_the_log(store: &Store) {
    let event = sample_event(1).event.id;
    let batch = BatchId(sample_uuid(8));
    let at = |minutes| Moment::new(sample_moment(minutes).unix_ms(), 0);
    assert_eq!(store.track(batch).await, Ok(None));
    let mut track = UploadTrack::new(batch, at(1));
    store.keep_track(event, &track).await.expect("a track");
    assert_eq!(store.track(batch).await, Ok(Some(track.clone())));
    track.address = Some("http://localhost/upload/1".to_owned());
    (track.sent, track.failed) = (262_144, 3);
    track.problem = Some(SendProblem::ServerFails);
    track.tried_at = at(2);
    store.keep_track(event, &track).await.expect("a track");
    assert_eq!(store.tracks_of(event).await, Ok(vec![track]));
    assert_eq!(store.steps_of(event).await, Ok(Vec::new()));
}

pub async fn what_another_tablet_told_gives_way_to_what_is_newer_only(store: &Store) {
    let event = event(store, 1).await.id();
    let told = |device: u64, letter: &str, saved: u32| Exchange {
        event,
        device: DeviceId(sample_uuid(device)),
        letter: TabletLetter::parse(letter).expect("a letter"),
        saved,
        people: vec![Exchanged {
            letter: TabletLetter::parse(letter).expect("a letter"),
            counter: u16::try_from(saved).expect("a small number"),
            print: [7; 8],
        }],
    };
    let keep = async |told: &Exchange| store.keep_neighbour(told, sample_moment(1)).await;
    assert_eq!(keep(&told(2, "C", 5)).await, Ok(true));
    assert_eq!(keep(&told(1, "B", 3)).await, Ok(true));
    assert_eq!(keep(&told(2, "C", 5)).await, Ok(false));
    assert_eq!(keep(&told(2, "C", 4)).await, Ok(false));
    assert_eq!(keep(&told(2, "C", 6)).await, Ok(true));
    let kept = store.neighbours_of(event).await.expect("a read");
    let kept: Vec<Exchange> = kept.into_iter().map(|neighbour| neighbour.told).collect();
    assert_eq!(kept, [told(1, "B", 3), told(2, "C", 6)]);
    let elsewhere = EventId(sample_uuid(99));
    assert_eq!(store.neighbours_of(elsewhere).await, Ok(Vec::new()));
}

pub async fn a_batch_is_found_by_the_hash_of_its_file(store: &Store) {
    let (_, batch) = with_batch(store, 1).await;
    assert_eq!(store.batch_of_file(batch.file_hash).await, Ok(Some(batch)));
    let unknown = crate::format::digest::sha256(b"something else");
    assert_eq!(store.batch_of_file(unknown).await, Ok(None));
}

pub async fn a_receipt_and_what_it_means_are_one_write(store: &Store) {
    let (event, batch) = with_batch(store, 1).await;
    let mut kept = Vec::new();
    for minutes in [30, 10, 10] {
        let (receipt, bytes, entry) = receipt_of(&batch, minutes);
        store
            .add_receipt(event.id(), &receipt, &bytes, &entry)
            .await
            .expect("a receipt");
        assert_eq!(store.has_receipt(&receipt, &bytes).await, Ok(true));
        kept.push(receipt);
    }
    let found = store.receipts_of(event.id()).await.expect("receipts");
    let found: Vec<Receipt> = found.into_iter().map(|stored| stored.receipt).collect();
    // By the office's clock, and the same one once.
    assert_eq!(found, [kept[1].clone(), kept[0].clone()]);
    let log = store.steps_of(event.id()).await.expect("the log");
    let state = Standing::of(batch.id, &log).state;
    assert_eq!((log.len(), state), (2, BatchState::Acknowledged));
}

pub async fn a_wipe_takes_every_revision_and_the_bytes_and_no_other_row(store: &Store) {
    let (event, batch) = with_batch(store, 3).await;
    let mut entry = sample_attendance(&event);
    let event = store
        .add_attendance(&event, &entry, None)
        .await
        .expect("an entry");
    entry.sequence = 2;
    let event = store
        .add_attendance(&event, &entry, None)
        .await
        .expect("an entry");
    let before = store.kept_registrations(event.id()).await.expect("rows");
    assert_eq!(before.len(), 3);
    store.lock();
    assert_eq!(
        store.kept_registrations(event.id()).await,
        Ok(before.clone())
    );
    let (receipt, bytes, entry) = receipt_of(&batch, 30);
    store
        .add_receipt(event.id(), &receipt, &bytes, &entry)
        .await
        .expect("a receipt");
    let wipe = Wipe {
        registrations: vec![before[0].id, before[2].id],
        batches: vec![batch.id],
        attendance: vec![1],
    };
    let now = sample_moment(60);
    let after = store.wipe(&event, &wipe, now).await.expect("a wipe");
    assert_eq!((after.state.wiped, after.state.wiped_registrations), (2, 2));
    let entries = store.attendance_sequences(event.id()).await;
    assert_eq!((after.state.wiped_attendance, entries), (1, Ok(vec![2])));
    assert_eq!(after.state.saved, event.state.saved);
    let left = store.kept_registrations(event.id()).await.expect("rows");
    assert_eq!(left, [before[1].clone()]);
    assert_eq!(store.count_revisions(event.id()).await, Ok(1));
    assert_eq!(store.batch_bytes(batch.id).await, Ok(None));
    let batches = store.batches_of(event.id()).await.expect("batches");
    let expected = StoredBatch {
        is_wiped: true,
        ..batch
    };
    assert_eq!(batches, [expected]);
    let log = store.steps_of(event.id()).await.expect("the log");
    assert_eq!(Standing::of(batches[0].id, &log).state, BatchState::Wiped);
    // Whoever still holds the event as it was cannot write it.
    let again = store.wipe(&event, &wipe, sample_moment(61)).await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
}
