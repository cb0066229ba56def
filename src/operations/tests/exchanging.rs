//! Tablets of one event, and whom they registered.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::format::exchange::{ExchangeFormatError, write_exchange};
use crate::operations::exchange::*;
use crate::store::StoreError;
use crate::store::schema::StoreName;

/// Two tablets of one pack, each with these people of the samples.
fn halls(people: [&[u32]; 2]) -> [Hall; 2] {
    let (_, pack) = office();
    let mut halls = ["A", "B"].map(|letter| Hall::with_pack(&pack, letter).expect("an event"));
    halls[1].device = DeviceId(sample_uuid(2));
    for (hall, people) in halls.iter_mut().zip(people) {
        for number in people {
            hall.register(*number);
        }
    }
    halls
}

fn told(hall: &Hall) -> Vec<u8> {
    write_exchange(&block_on(tell(&hall.store, &hall.event, hall.device)).expect("a read"))
}

fn taken(hall: &Hall, bytes: &[u8]) -> Result<Taken, ExchangeError> {
    block_on(take(
        &hall.store,
        &hall.event,
        hall.device,
        bytes,
        &hall.doer(),
    ))
}

fn others(hall: &Hall) -> Others {
    let neighbours = block_on(hall.store.neighbours_of(hall.event.id())).expect("a read");
    Others::of(&hall.event.tablet.event.code, &neighbours)
}

fn repeated(hall: &Hall) -> Vec<(u32, String)> {
    let own = block_on(tell(&hall.store, &hall.event, hall.device)).expect("a read");
    let code = &hall.event.tablet.event.code;
    let found = repeats(&own, code, &others(hall))
        .into_iter()
        .map(|repeat| {
            let elsewhere: Vec<String> = repeat.elsewhere.iter().map(ToString::to_string).collect();
            (repeat.here.counter(), elsewhere.join(" "))
        });
    found.collect()
}

#[test]
fn whoever_registered_on_two_tablets_is_found_on_both() {
    let [a, mut b] = halls([&[1, 2, 3], &[4, 2]]);
    let letter = b.event.tablet.letter;
    assert_eq!(
        taken(&a, &told(&b)),
        Ok(Taken {
            letter,
            people: 2,
            is_news: true
        })
    );
    assert!(taken(&b, &told(&a)).is_ok_and(|taken| taken.people == 3));
    let [in_a, in_b] = [(&a, 2), (&b, 2)].map(|(hall, counter)| {
        let found = repeated(hall);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, counter);
        found[0].1.clone()
    });
    assert!(in_a.starts_with("KDP1-B-002-") && in_b.starts_with("KDP1-A-002-"));
    // Taken again, or an older one after a newer one: what is known stays.
    let older = told(&b);
    b.register(3);
    assert!(taken(&a, &told(&b)).is_ok_and(|taken| taken.is_news));
    let known = others(&a);
    for bytes in [&older, &told(&b), &older] {
        assert!(taken(&a, bytes).is_ok_and(|taken| !taken.is_news));
        assert_eq!(others(&a), known);
    }
    assert_eq!(repeated(&a).len(), 2);
    // Noted once for each that was news, with the letter and nothing else.
    let log = a.log();
    let exchanged = log
        .iter()
        .filter(|entry| entry.action == AuditAction::Exchanged);
    let details: Vec<_> = exchanged.map(|entry| entry.detail.as_deref()).collect();
    assert_eq!(details, [Some("B"), Some("B")]);
}

#[test]
fn a_voided_registration_is_nobody_to_the_others() {
    let [a, mut b] = halls([&[1], &[1]]);
    let officer = FullName::parse("Rukmini").expect("a name");
    let first = block_on(b.store.registrations_of(b.event.id())).expect("a read");
    let id = first.0[0].registration.id;
    assert!(taken(&a, &told(&b)).is_ok());
    assert_eq!(repeated(&a).len(), 1);
    let deed = b.deed();
    let outcome = block_on(crate::operations::amend::void(
        &b.store,
        &b.event,
        id,
        "salah orang",
        officer,
        &deed,
    ));
    b.follow(outcome).expect("a voiding");
    assert!(taken(&a, &told(&b)).is_ok_and(|taken| taken.people == 0 && taken.is_news));
    assert_eq!(repeated(&a), []);
}

#[test]
fn who_has_a_nik_of_another_tablet_is_asked_about_when_registering() {
    let [mut a, b] = halls([&[], &[1, 2]]);
    assert!(taken(&a, &told(&b)).is_ok());
    let draft = a.draft(2);
    let nik = Nik::parse(draft.text(Field::Nik)).expect("a NIK");
    let print = a
        .store
        .vault_of(a.event.id())
        .expect("open")
        .fingerprint(&nik);
    let known = others(&a);
    let [other] = known.with(&print) else {
        panic!("not found");
    };
    let alike = [Alike {
        other: other.clone(),
        likeness: Likeness::SameNik,
    }];
    let deed = Deed {
        alike: &alike,
        ..a.deed()
    };
    let outcome = block_on(register(&a.store, &a.event, &draft, &deed));
    let undecided = Fault::Undecided(alike[0].clone());
    assert_eq!(faults(outcome), [(Field::Nik, undecided)]);
    let mut decided = draft;
    decided.decisions.push(DuplicateDecision {
        other: alike[0].other.clone(),
        likeness: Likeness::SameNik,
        decision: Decision::SamePerson,
        reason: "Mendaftar lagi".to_owned(),
    });
    let outcome = block_on(register(&a.store, &a.event, &decided, &deed));
    let saved = a.follow(outcome).expect("a save");
    assert_eq!(
        saved.registration.details.checks.duplicates,
        decided.decisions
    );
}

#[test]
fn what_is_of_another_event_or_of_this_tablet_changes_nothing() {
    let [mut a, mut b] = halls([&[1], &[1]]);
    assert_eq!(taken(&a, &told(&a)), Err(ExchangeError::Own));
    b.device = a.device;
    assert_eq!(taken(&a, &told(&b)), Err(ExchangeError::Own));
    b.device = DeviceId(sample_uuid(3));
    b.event.tablet.letter = a.event.tablet.letter;
    assert_eq!(
        taken(&a, &told(&b)),
        Err(ExchangeError::SameLetter(a.event.tablet.letter))
    );
    a.event.tablet.event.id = EventId(sample_uuid(77));
    assert_eq!(taken(&a, &told(&b)), Err(ExchangeError::OtherEvent));
    let format = ExchangeError::Format(ExchangeFormatError::Format);
    assert_eq!(taken(&a, b"{}"), Err(format));
    let kept = block_on(b.store.neighbours_of(b.event.id()));
    assert_eq!(kept, Ok(Vec::new()));
}

#[test]
fn what_other_tablets_told_lies_sealed() {
    let [a, b] = halls([&[], &[1]]);
    let bytes = told(&b);
    assert!(taken(&a, &bytes).is_ok());
    let key = format!("{}:{}", a.event.id(), b.device);
    let kept = a.memory().kept(StoreName::Neighbours, &key).body;
    let plain = &bytes[bytes.len() - 20..];
    assert!(!kept.windows(20).any(|part| part == plain));
    a.store.lock();
    assert_eq!(
        taken(&a, &bytes),
        Err(ExchangeError::Store(StoreError::Locked))
    );
}
