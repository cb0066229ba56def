//! Laws of every format: what is written is read back, what was read is written
//! with the same bytes, and no bytes at all make a reader panic.

use proptest::prelude::*;

use super::batch_file::read_batch;
use super::digest::FingerprintKey;
use super::draft_record::{read_draft, write_draft};
use super::event_record::{read_event, write_event};
use super::registration_record::*;
use super::vector_tests::{batch_of, stored_event};
use crate::domain::*;
use crate::store::samples::*;

fn registration(number: u32, variety: u32) -> Registration {
    let stored = stored_event();
    let draft = sample_draft_with(&stored.tablet.event, number, variety);
    registration_of(&stored, &draft)
}

/// A registration with checks, corrected or voided.
fn any_registration() -> impl Strategy<Value = Registration> {
    (0_u32..20_000, any::<u32>(), 0..3, any::<[u8; 32]>()).prop_map(
        |(number, variety, revisions, hash)| {
            let first = registration(number, variety);
            let stamp = Stamp {
                previous: Hash(hash),
                recorded_at: sample_moment(number),
                sequence: u64::from(number) + 2,
                officer: FullName::parse("Hj. Rukmini").expect("a name"),
            };
            let mut details = first.details.clone();
            details.checks.duplicates.push(DuplicateDecision {
                other: first.number.clone(),
                likeness: Likeness::ALL[number as usize % Likeness::ALL.len()],
                decision: Decision::ALL[number as usize % Decision::ALL.len()],
                reason: "kakak dan adik".to_owned(),
            });
            let revised = match revisions {
                0 => return first,
                1 => first.corrected(details, "salah ketik", stamp),
                _ => first.voided("salah orang", stamp),
            };
            revised.expect("an active registration")
        },
    )
}

fn any_draft() -> impl Strategy<Value = Draft> {
    (
        any::<u64>(),
        prop::collection::btree_map(0..Field::ALL.len(), any::<String>(), 0..12),
        prop::collection::vec(any::<String>(), 0..3),
        any::<(bool, u8, Option<u32>)>(),
    )
        .prop_map(
            |(id, fields, confirmed, (set_aside, step, corrects))| Draft {
                id: RegistrationId(sample_uuid(id)),
                event_id: stored_event().id(),
                set_aside,
                fields: fields
                    .into_iter()
                    .map(|(field, text)| (Field::ALL[field], text))
                    .collect(),
                confirmed,
                decisions: vec![DuplicateDecision {
                    other: registration(0, 0).number,
                    likeness: Likeness::NearName,
                    decision: Decision::SamePerson,
                    reason: "orang yang sama".to_owned(),
                }],
                step,
                corrects,
                started_at: sample_moment(1),
                saved_at: sample_moment(2),
            },
        )
}

/// Gives bytes to every reader; what they say does not matter.
fn read_as_everything(bytes: &[u8]) {
    let _ = read_batch(bytes).map_err(|error| error.to_string());
    let _ = read_registration(bytes).map_err(|error| error.to_string());
    let _ = read_event(bytes).is_ok();
    let id = RegistrationId(sample_uuid(1));
    let _ = read_draft(id, stored_event().id(), false, bytes);
}

proptest! {
    #[test]
    fn a_registration_is_read_back_and_written_with_the_same_bytes(
        registration in any_registration(),
    ) {
        let bytes = write_registration(&registration);
        let read = read_registration(&bytes);
        prop_assert_eq!(read.as_ref(), Ok(&registration));
        prop_assert_eq!(write_registration(&registration), bytes);
    }

    #[test]
    fn a_batch_is_read_back_whole(
        varieties in prop::collection::vec(any::<u32>(), 1..5),
    ) {
        let mut stored = stored_event();
        let mut registrations = Vec::new();
        for (number, variety) in (0..).zip(varieties) {
            let draft = sample_draft_with(&stored.tablet.event, number, variety);
            registrations.push(registration_of(&stored, &draft));
            stored.state.issued += 1;
            stored.state.saved += 1;
        }
        let file = batch_of(&stored, &registrations);
        let read = read_batch(&file.bytes).expect("a batch");
        prop_assert_eq!(read.registrations, registrations);
        prop_assert_eq!(read.document_hash, file.document_hash);
    }

    #[test]
    fn a_draft_is_read_back_as_it_was_typed(draft in any_draft()) {
        let bytes = write_draft(&draft);
        let read = read_draft(draft.id, draft.event_id, draft.set_aside, &bytes);
        prop_assert_eq!(read, Ok(draft));
    }

    #[test]
    fn an_event_is_read_back(number in 1_u32..999, key: Option<[u8; 32]>, title: String) {
        let mut event = sample_event(number);
        event.clear_fingerprint_key = key.map(FingerprintKey);
        event.event.name = title;
        let read = read_event(&write_event(&event));
        prop_assert!(read == Ok(event));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        read_as_everything(&bytes);
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(
        variety: u32,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        length in any::<prop::sample::Index>(),
    ) {
        let stored = stored_event();
        let registration = registration(1, variety);
        let body = write_registration(&registration);
        for mut bytes in [body, write_event(&stored.tablet), batch_of(&stored, &[registration]).bytes] {
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            read_as_everything(&bytes);
            read_as_everything(&bytes[..length.index(bytes.len())]);
        }
    }
}

#[test]
fn members_that_are_not_what_they_should_be_are_named_and_never_shown() {
    let bytes = write_registration(&registration(1, u32::MAX));
    let text = String::from_utf8(bytes).expect("UTF-8");
    for (from, to, named) in [
        ("\"rt\":\"003\"", "\"rt\":\"=1+1\"", "rt"),
        ("\"rw\":\"002\"", "\"rw\":\"02\"", "rw"),
        (
            "\"postal_code\":\"672",
            "\"postal_code\":\"x672",
            "postal_code",
        ),
        ("\"code\":\"56103\"", "\"code\":\"5610\"", "kbli"),
        ("\"months\":12", "\"months\":13", "months"),
        ("\"revision\":1", "\"revision\":0", "revision"),
        ("\"sequence\":1", "\"sequence\":0", "sequence"),
        ("\"street\":\"Jl. Mangga 2\"", "\"street\":\" \"", "street"),
        ("\"version\":1", "\"version\":0", "version"),
        ("-05-01\"", "-05-32\"", "birth_date"),
    ] {
        assert!(text.contains(from), "{from} is not in {text}");
        let error = read_registration(text.replace(from, to).as_bytes());
        assert_eq!(error, Err(RecordError::Member(named)), "{to}");
    }
    let newer = text.replace("\"version\":1", "\"version\":2");
    assert_eq!(
        read_registration(newer.as_bytes()),
        Err(RecordError::Newer(2))
    );
}

#[test]
fn members_that_a_later_version_adds_do_not_stop_a_reader() {
    let bytes = write_registration(&registration(1, 0));
    let text = String::from_utf8(bytes).expect("UTF-8");
    let extended = text.replace("\"checks\":{", "\"checks\":{\"a_later_member\":[1],");
    assert_eq!(
        read_registration(extended.as_bytes()),
        Ok(registration(1, 0))
    );
}
