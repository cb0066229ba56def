//! The made-up people of the journeys against the rules: what the officer types is read without a fault and is exactly
//! what `tools/people.mjs`, which knows nothing of this code, says must be stored.

use pendapa::domain::*;
use pendapa::format::config::{rules, text_version};
use pendapa::format::registration_record::{read_registration, write_registration};
use serde_json::Value;
use uuid::Uuid;

const INK: &str = "120,240 400,80 700,220;480,300";
const PEOPLE: &str = include_str!("../fixtures/people.json");

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn event(typed: &Value) -> Event {
    Event {
        id: EventId(Uuid::from_u128(1)),
        code: EventCode::parse(text(typed, "code")).expect("a code"),
        name: text(typed, "name").to_owned(),
        venue: text(typed, "venue").to_owned(),
        date: parse_typed_date(text(typed, "date")).expect("a date"),
        programmes: vec![Programme::Jkk, Programme::Jkm],
        payer: Payer::from_code(text(typed, "payer")).expect("a payer"),
        capacity: text(typed, "capacity").parse().expect("a number"),
        sample: false,
    }
}

/// The form as it stands when the officer has typed everything.
fn filled(event: &Event, typed: &Value, now: Moment) -> Draft {
    let mut draft = Draft::new(RegistrationId(Uuid::from_u128(2)), event, now);
    for (code, value) in typed.as_object().expect("an object") {
        let field = Field::from_code(code).unwrap_or_else(|| panic!("no field {code}"));
        match value {
            Value::Bool(ticked) => draft.set(field, if *ticked { TICKED } else { "" }),
            value => draft.set(field, value.as_str().expect("text")),
        }
    }
    draft.set(Field::Ink, INK);
    draft
}

#[test]
fn every_made_up_person_is_stored_as_the_fixture_says() {
    let file: Value = serde_json::from_str(PEOPLE).expect("JSON");
    let event = event(&file["event"]);
    let rules = rules();
    let now = Moment::new(1_795_491_727_123, 420);
    let letter = TabletLetter::parse(text(&file["event"], "letter")).expect("a letter");
    let mut registered: Vec<(Traits, RegistrationNumber)> = Vec::new();
    for (position, person) in file["people"]
        .as_array()
        .expect("a list")
        .iter()
        .enumerate()
    {
        let (typed, expected) = (&person["typed"], &person["expected"]);
        let counter = u32::try_from(position + 1).expect("a hundred");
        let number = RegistrationNumber::new(event.code.clone(), letter, counter);
        let mut draft = filled(&event, typed, now);
        let traits = Traits::typed(&draft);
        let alike: Vec<Alike> = registered
            .iter()
            .filter_map(|(known, number)| {
                Some(Alike {
                    other: number.clone(),
                    likeness: traits.likeness(known)?,
                })
            })
            .collect();
        let language = draft.text(Field::ConsentLanguage).to_owned();
        let context = FormContext {
            event: &event,
            rules: &rules,
            alike: &alike,
            earlier: None,
            text_version: text_version(rules.consent_in(&language).expect("a language")),
            registered: counter - 1,
            last_recorded_at: None,
            now,
        };
        // The officer confirms what is unusual and decides about who may be the same person: nothing else may be wrong.
        if let Err(faults) = read_form(&draft, &context) {
            let mut decisions = person["decisions"].as_array().expect("a list").iter();
            for (field, fault) in faults {
                match fault {
                    Fault::Unconfirmed(warning) => draft.confirmed.push(warning_key(&warning)),
                    Fault::Undecided(alike) => {
                        let decision = decisions.next().expect("a decision");
                        draft.decisions.push(DuplicateDecision {
                            other: alike.other,
                            likeness: alike.likeness,
                            decision: Decision::from_code(text(decision, "decision"))
                                .expect("a decision"),
                            reason: text(decision, "reason").to_owned(),
                        });
                    }
                    other => panic!("{number}: {field:?}: {other}"),
                }
            }
        }
        let details = read_form(&draft, &context).expect("a form without faults");
        let registration = Registration::first(
            Identity {
                id: draft.id,
                event_id: event.id,
                device_id: DeviceId(Uuid::from_u128(3)),
                number: number.clone(),
                recorded_at: now,
                sequence: u64::from(counter),
                officer: FullName::parse(draft.text(Field::Officer)).expect("a name"),
            },
            details,
        );
        let body = write_registration(&registration);
        assert_eq!(read_registration(&body).expect("a record"), registration);
        let stored: Value = serde_json::from_slice(&body).expect("JSON");
        for (member, wanted) in expected.as_object().expect("an object") {
            let mut found = stored[member].clone();
            if member == "consent" {
                let consent = found.as_object_mut().expect("an object");
                consent.remove("at");
                // Nobody types a signature.
                let mark = consent.remove("mark").expect("a mark");
                assert_eq!(mark, serde_json::json!({ "kind": "signature", "ink": INK }));
            }
            assert_eq!(&found, wanted, "{number}: {member}");
        }
        registered.push((Traits::of(&registration.details.person), number));
    }
    assert_eq!(registered.len(), 100);
}
