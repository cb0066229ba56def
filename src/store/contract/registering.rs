//! Promises about events, registrations and their revisions.

use crate::domain::*;
use crate::format::registration_record::{read_registration, revision_hash};
use crate::store::samples::*;
use crate::store::{EventState, Head, Store, StoreError, StoredEvent};

/// Adds the sample event of this number.
pub(super) async fn event(store: &Store, number: u32) -> StoredEvent {
    add_sample(store, sample_event(number)).await
}

/// Saves the sample person of this number as the next of the event.
pub(super) async fn save(store: &Store, event: &mut StoredEvent, number: u32) -> Registration {
    let registration = sample_registration(event, number);
    *event = store
        .save_revision(event, &registration)
        .await
        .expect("a save");
    registration
}

pub(super) async fn head(store: &Store, id: RegistrationId) -> Head {
    store
        .registration(id)
        .await
        .expect("a read")
        .expect("a registration")
}

pub(super) fn stamp(event: &StoredEvent, head: &Head) -> Stamp {
    Stamp {
        previous: head.hash(),
        recorded_at: sample_moment(60),
        sequence: event.state.saved + 1,
        officer: FullName::parse("Rukmini").expect("a name"),
    }
}

async fn state(store: &Store, id: EventId) -> EventState {
    let event = store.event(id).await.expect("a read");
    event.expect("the event").state
}

#[track_caller]
fn assert_conflict<T>(outcome: Result<T, StoreError>) {
    assert!(
        matches!(outcome, Err(StoreError::Conflict { .. })),
        "not a conflict"
    );
}

pub async fn an_event_is_added_once(store: &Store) {
    let first = event(store, 1).await;
    let mut other = sample_event(1);
    other.event.venue = "Aula Kantor Kelurahan Ketapang".to_owned();
    let protection = sample_protection(other.event.id);
    assert_conflict(store.add_event(other, protection).await);
    let (events, damaged) = store.events().await.expect("events");
    assert!(events == [first] && damaged == 0);
}

pub async fn events_come_back_as_they_were_made(store: &Store) {
    for number in [1, 2] {
        let added = event(store, number).await;
        assert_eq!(added.state, EventState::default());
        let found = store.event(added.id()).await.expect("a read");
        assert!(found == Some(added));
    }
    let unknown = store.event(sample_event(3).event.id).await;
    assert!(unknown == Ok(None));
}

pub async fn a_first_save_counts_and_takes_the_draft_away(store: &Store) {
    let before = event(store, 1).await;
    let draft = sample_draft(&before.tablet.event, 5);
    store.keep_draft(&draft).await.expect("a draft");
    let registration = sample_registration(&before, 5);
    let after = store
        .save_revision(&before, &registration)
        .await
        .expect("a save");
    let expected = EventState {
        issued: 1,
        saved: 1,
        last_at: registration.recorded_at.unix_ms().unsigned_abs(),
        ..EventState::default()
    };
    assert_eq!(after.state, expected);
    assert_eq!(state(store, before.id()).await, expected);
    assert_eq!(store.draft(draft.id).await, Ok(None));
    let head = head(store, draft.id).await;
    assert_eq!(head.registration, registration);
    let revisions = store.revisions_of(draft.id).await.expect("revisions");
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].body, head.body);
}

pub async fn numbers_go_up_by_one_with_each_person(store: &Store) {
    let mut event = event(store, 1).await;
    for number in 0..12 {
        save(store, &mut event, number).await;
    }
    let (heads, damaged) = store.registrations_of(event.id()).await.expect("heads");
    let counters: Vec<u32> = heads
        .iter()
        .map(|head| head.registration.number.counter())
        .collect();
    assert_eq!(counters, (1..=12).collect::<Vec<_>>());
    assert_eq!(damaged, []);
    assert_eq!(store.count_revisions(event.id()).await, Ok(12));
}

pub async fn a_save_from_counters_that_are_old_is_refused(store: &Store) {
    let old = event(store, 1).await;
    let mut event = old.clone();
    save(store, &mut event, 1).await;
    let late = sample_registration(&old, 2);
    assert_conflict(store.save_revision(&old, &late).await);
    assert_eq!(store.registration(late.id).await, Ok(None));
    assert_eq!(store.count_revisions(event.id()).await, Ok(1));
    assert_eq!(state(store, event.id()).await, event.state);
}

pub async fn who_takes_over_is_the_only_writer(store: &Store) {
    let mut old = event(store, 1).await;
    save(store, &mut old, 1).await;
    let taken = store.take_over(old.id()).await.expect("a take-over");
    let mut taken = taken.expect("the event");
    assert_eq!(taken.state.epoch, old.state.epoch + 1);
    assert_eq!(taken.state.issued, old.state.issued);
    let late = sample_registration(&old, 2);
    assert_conflict(store.save_revision(&old, &late).await);
    save(store, &mut taken, 3).await;
    assert_eq!(taken.state.issued, 2);
    let nobody = store.take_over(sample_event(9).event.id).await;
    assert!(nobody == Ok(None));
}

pub async fn corrections_make_a_chain(store: &Store) {
    let mut event = event(store, 1).await;
    let mut newest = save(store, &mut event, 1).await;
    for street in ["Jl. Anggur 2", "Jl. Anggur 3"] {
        let head = head(store, newest.id).await;
        let mut details = head.registration.details.clone();
        details.address.street = street.to_owned();
        newest = head
            .registration
            .corrected(details, "salah alamat", stamp(&event, &head))
            .expect("a correction");
        event = store.save_revision(&event, &newest).await.expect("a save");
    }
    assert_eq!((event.state.issued, event.state.saved), (1, 3));
    assert_eq!(head(store, newest.id).await.registration, newest);
    let revisions = store.revisions_of(newest.id).await.expect("revisions");
    let mut previous = None;
    for (position, stored) in revisions.iter().enumerate() {
        let revision = read_registration(&stored.body).expect("a registration");
        assert_eq!(revision.revision as usize, position + 1);
        assert_eq!(revision.previous, previous);
        previous = Some(revision_hash(&stored.body));
    }
    assert_eq!(revisions.len(), 3);
}

pub async fn a_correction_of_an_old_revision_is_refused(store: &Store) {
    let mut event = event(store, 1).await;
    let first = save(store, &mut event, 1).await;
    let old = head(store, first.id).await;
    let correct = |event: &StoredEvent, reason| {
        old.registration
            .corrected(first.details.clone(), reason, stamp(event, &old))
            .expect("a correction")
    };
    let second = correct(&event, "salah RT");
    event = store.save_revision(&event, &second).await.expect("a save");
    let late = correct(&event, "salah RW");
    assert_conflict(store.save_revision(&event, &late).await);
    assert_eq!(head(store, first.id).await.registration, second);
}

pub async fn a_voided_registration_keeps_its_number_and_is_counted(store: &Store) {
    let mut event = event(store, 1).await;
    let first = save(store, &mut event, 1).await;
    let old = head(store, first.id).await;
    let voided = first.voided("salah orang", stamp(&event, &old));
    let voided = voided.expect("a voiding");
    event = store.save_revision(&event, &voided).await.expect("a save");
    let EventState {
        issued,
        saved,
        voided: counted,
        ..
    } = event.state;
    assert_eq!((issued, saved, counted), (1, 2, 1));
    let (heads, _) = store.registrations_of(event.id()).await.expect("heads");
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0].registration, voided);
    assert_eq!(heads[0].registration.number, first.number);
}

pub async fn the_same_nik_is_found_by_its_fingerprint(store: &Store) {
    let mut event = event(store, 1).await;
    let first = save(store, &mut event, 1).await;
    save(store, &mut event, 2).await;
    let mut twin = sample_registration(&event, 3);
    twin.details.person.nik = first.details.person.nik.clone();
    event = store.save_revision(&event, &twin).await.expect("a save");
    let vault = store.vault_of(event.id()).expect("it is open");
    let print = vault.fingerprint(&first.details.person.nik);
    let found = store.with_fingerprint(event.id(), &print).await;
    let found: Vec<Registration> = found
        .expect("a search")
        .into_iter()
        .map(|head| head.registration)
        .collect();
    assert_eq!(found, [first, twin]);
    let nobody = store.with_fingerprint(event.id(), "").await;
    assert_eq!(nobody, Ok(Vec::new()));
}

pub async fn events_do_not_see_each_others_registrations(store: &Store) {
    let mut one = event(store, 1).await;
    let mut two = event(store, 2).await;
    let in_one = save(store, &mut one, 1).await;
    let in_two = save(store, &mut two, 2).await;
    for (event, registration) in [(&one, in_one), (&two, in_two)] {
        let (heads, _) = store.registrations_of(event.id()).await.expect("heads");
        assert_eq!(heads.len(), 1);
        assert_eq!(heads[0].registration, registration);
        assert_eq!(registration.number.counter(), 1);
        assert_eq!(store.count_revisions(event.id()).await, Ok(1));
        assert_eq!(state(store, event.id()).await, event.state);
    }
}

pub async fn revisions_after_a_sequence_come_in_order(store: &Store) {
    let mut event = event(store, 1).await;
    for number in [4, 1, 3] {
        save(store, &mut event, number).await;
    }
    let sequences = async |after| -> Vec<u64> {
        let revisions = store.revisions_after(event.id(), after).await;
        let revisions = revisions.expect("revisions");
        revisions.iter().map(|revision| revision.sequence).collect()
    };
    assert_eq!(sequences(0).await, [1, 2, 3]);
    assert_eq!(sequences(1).await, [2, 3]);
    assert_eq!(sequences(3).await, [0; 0]);
}
