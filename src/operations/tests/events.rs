//! A new event on this tablet, and the canary that notices what is lost.

use pollster::block_on;

use super::*;
use crate::operations::canary::{Canary, Loss, loss};
use crate::operations::create_event::*;
use crate::store::row::{Commit, Write};
use crate::store::schema::StoreName;

fn typed() -> NewEvent {
    NewEvent {
        name: " Pendaftaran  BPJS ".to_owned(),
        venue: "Pendapa Kecamatan Kedopok".to_owned(),
        date: "24-11-2026".to_owned(),
        letter: "b".to_owned(),
        payer: "self".to_owned(),
        ..NewEvent::default()
    }
}

fn create(store: &Store, typed: &NewEvent) -> Result<StoredEvent, CreateEventError> {
    let seed = EventSeed {
        id: EventId(sample_uuid(5)),
        device: sample_device(),
        now: sample_moment(0),
    };
    let protection = sample_protection(seed.id);
    block_on(create_event(store, typed, seed, protection))
}

#[track_caller]
fn faults_of(typed: &NewEvent) -> Vec<(EventField, EventFault)> {
    let store = Store::in_memory();
    match create(&store, typed).err() {
        Some(CreateEventError::Faults(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

#[test]
fn four_answers_make_an_event() {
    let store = Store::in_memory();
    let created = create(&store, &typed()).expect("an event");
    let event = &created.tablet.event;
    assert_eq!(event.code.as_str(), "KDP1");
    assert_eq!(event.name, "Pendaftaran BPJS");
    assert_eq!(event.capacity, USUAL_CAPACITY);
    assert_eq!(event.programmes, [Programme::Jkk, Programme::Jkm]);
    assert_eq!(created.tablet.letter.as_char(), 'B');
    let (events, damaged) = block_on(store.events()).expect("events");
    assert!(events == [created] && damaged == 0);
}

#[test]
fn an_empty_event_form_lists_everything_that_is_missing() {
    let missing = |field| (field, EventFault::Missing);
    assert_eq!(
        faults_of(&NewEvent::default()),
        [
            missing(EventField::Name),
            missing(EventField::Venue),
            missing(EventField::Date),
            (EventField::Letter, EventFault::Letter),
            missing(EventField::Payer),
        ]
    );
}

#[test]
fn each_wrong_answer_is_its_own_fault() {
    let with = |change: &dyn Fn(&mut NewEvent)| {
        let mut typed = typed();
        change(&mut typed);
        faults_of(&typed)
    };
    let most = 120;
    for (faults, field, fault) in [
        (
            with(&|typed| typed.name = "x".repeat(121)),
            EventField::Name,
            EventFault::TooLong { most },
        ),
        (
            with(&|typed| typed.date = "31-11-2026".to_owned()),
            EventField::Date,
            EventFault::Date(DateError::NoSuchDay),
        ),
        (
            with(&|typed| typed.letter = "AB".to_owned()),
            EventField::Letter,
            EventFault::Letter,
        ),
        (
            with(&|typed| typed.code = "K-1".to_owned()),
            EventField::Code,
            EventFault::Code,
        ),
        (
            with(&|typed| typed.payer = "kota".to_owned()),
            EventField::Payer,
            EventFault::Missing,
        ),
        (
            with(&|typed| typed.capacity = "0".to_owned()),
            EventField::Capacity,
            EventFault::Capacity,
        ),
        (
            with(&|typed| typed.capacity = "banyak".to_owned()),
            EventField::Capacity,
            EventFault::Capacity,
        ),
    ] {
        assert_eq!(faults, [(field, fault)]);
    }
}

#[test]
fn code_and_letter_are_taken_once_on_a_tablet() {
    let store = Store::in_memory();
    create(&store, &typed()).expect("an event");
    let outcome = create(&store, &typed()).err();
    let taken = vec![(EventField::Code, EventFault::Taken)];
    assert_eq!(outcome, Some(CreateEventError::Faults(taken)));
}

#[test]
fn the_canary_tells_what_the_database_lost() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.register(2);
    hall.make_batch().expect("a batch");
    let canary = Canary::of(&hall.event.state);
    assert_eq!(canary.text(), "2.2.1");
    let lost = |hall: &Hall, canary| {
        let state = hall.event.state;
        block_on(loss(&hall.store, hall.event.id(), Some(&state), canary)).expect("a read")
    };
    assert_eq!(lost(&hall, canary), None);
    // A canary that lags behind sees nothing, one from before a roll-back does.
    assert_eq!(lost(&hall, Canary::default()), None);
    let ahead = Canary {
        issued: 5,
        saved: 5,
        batches: 2,
    };
    let missing = Loss {
        records: 3,
        batches: 1,
    };
    assert_eq!(lost(&hall, ahead), Some(missing));
    let delete = Write::Delete(StoreName::Revisions, format!("{}/0000000001", first.id));
    let commit = Commit {
        checks: Vec::new(),
        writes: vec![delete],
    };
    block_on(hall.store.commit(&commit)).expect("a deletion");
    let missing = Loss {
        records: 1,
        batches: 0,
    };
    assert_eq!(lost(&hall, Canary::default()), Some(missing));
    hall.event.state.attended = 1;
    let missing = Loss {
        records: 2,
        ..missing
    };
    assert_eq!(lost(&hall, Canary::default()), Some(missing));
}

#[test]
fn the_canary_notices_that_everything_is_gone() {
    let store = Store::in_memory();
    let canary = Canary {
        issued: 57,
        saved: 60,
        batches: 2,
    };
    let found = block_on(loss(&store, sample_event(1).event.id, None, canary));
    let all = Loss {
        records: 60,
        batches: 2,
    };
    assert_eq!(found, Ok(Some(all)));
}
