//! Records across batches: a revision follows the one before it, there is one of each,
//! and their sequence goes on from batch to batch. Numbers and ids only: what a record
//! says of somebody is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Link, tablet};
use crate::domain::{Hash, RegistrationId};
use crate::format::batch_file::Batch;

/// A batch that was read: its place among others, and its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    pub link: Link,
    /// By sequence.
    pub revisions: Vec<Revision>,
}

/// What is held against others of one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub id: RegistrationId,
    /// The registration's number, as in `KDP1-A-058-J`.
    pub number: String,
    pub revision: u32,
    /// The hash of the revision before; `None` for the first.
    pub previous: Option<Hash>,
    pub hash: Hash,
    pub sequence: u64,
}

impl Records {
    /// The records of a batch.
    pub fn of(link: Link, batch: &Batch) -> Self {
        let all = batch.registrations.iter().zip(&batch.revision_hashes);
        let revisions = all.map(|(registration, hash)| Revision {
            id: registration.id,
            number: registration.number.to_string(),
            revision: registration.revision,
            previous: registration.previous,
            hash: *hash,
            sequence: registration.sequence,
        });
        Records {
            link,
            revisions: revisions.collect(),
        }
    }
}

/// What is not as it should be between records. `tablet` is event code and tablet
/// letter, as in `KDP1-A`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFault {
    /// Records from `first` to `last` should be in a batch and are not.
    Missing {
        tablet: String,
        batch: u64,
        first: u64,
        last: u64,
    },
    /// A batch begins with record `first`, though the one before it ends with `last`.
    Again {
        tablet: String,
        batch: u64,
        first: u64,
        last: u64,
    },
    /// A revision names another one before it than the one that is here.
    Follows { number: String, revision: u32 },
    /// One revision has several contents.
    Conflict {
        number: String,
        revision: u32,
        contents: usize,
    },
}

/// Every fault in the records of these batches: by tablet and batch, then by
/// registration. A batch that arrived several times is one batch.
pub fn faults(batches: &[Records]) -> Vec<RecordFault> {
    let known: BTreeMap<Hash, &Records> = batches
        .iter()
        .map(|batch| (batch.link.document_hash, batch))
        .collect();
    let mut all: Vec<&Records> = known.values().copied().collect();
    all.sort_by_key(|batch| {
        let link = &batch.link;
        (&link.event, &link.device, link.sequence, link.document_hash)
    });
    let mut faults = Vec::new();
    for batch in &all {
        faults.extend(sequence_faults(batch, &known));
    }
    faults.extend(revision_faults(&all));
    faults
}

/// The batch after which one comes, of its tablet or of one for which that goes on.
fn before<'a>(link: &Link, known: &BTreeMap<Hash, &'a Records>) -> Option<&'a Records> {
    let before = *known.get(&link.previous?)?;
    let is_before = before.link.event == link.event
        && belongs(&before.link.device, link)
        && before.link.sequence + 1 == link.sequence;
    is_before.then_some(before)
}

fn belongs(device: &str, link: &Link) -> bool {
    link.device == device || link.restored_from.iter().any(|from| from == device)
}

/// The last record before a batch; 0: there is none. `None`: nobody knows.
fn end_before(link: &Link, known: &BTreeMap<Hash, &Records>) -> Option<u64> {
    let mut link = link;
    // A batch that closes an event may have no records.
    while link.sequence > 1 {
        let batch = before(link, known)?;
        if let Some(last) = batch.revisions.last() {
            return Some(last.sequence);
        }
        link = &batch.link;
    }
    Some(0)
}

/// What is missing or twice there by the sequence of a batch's records.
fn sequence_faults(batch: &Records, known: &BTreeMap<Hash, &Records>) -> Vec<RecordFault> {
    let mut faults = Vec::new();
    let link = &batch.link;
    // What the office takes out of a backup has what is in none of the batches there, so
    // it may begin before their end and have gaps where they are.
    let is_rest = link.key.is_none();
    let here: BTreeSet<u64> = known
        .values()
        .filter(|other| is_rest && other.link.event == link.event)
        .filter(|other| belongs(&other.link.device, link))
        .flat_map(|other| other.revisions.iter().map(|revision| revision.sequence))
        .collect();
    let mut last = end_before(link, known);
    for Revision { sequence, .. } in &batch.revisions {
        match last {
            Some(last) if *sequence <= last && !is_rest => faults.push(RecordFault::Again {
                tablet: tablet(link),
                batch: link.sequence,
                first: *sequence,
                last,
            }),
            Some(last) if *sequence > last + 1 => {
                for (first, last) in gaps(last + 1, sequence - 1, &here) {
                    faults.push(RecordFault::Missing {
                        tablet: tablet(link),
                        batch: link.sequence,
                        first,
                        last,
                    });
                }
            }
            _ => {}
        }
        last = Some(*sequence);
    }
    faults
}

/// The pieces of a range that are not here.
fn gaps(first: u64, last: u64, here: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut gaps = Vec::new();
    let mut from = first;
    for known in here.range(first..=last) {
        if *known > from {
            gaps.push((from, known - 1));
        }
        from = known + 1;
    }
    if from <= last {
        gaps.push((from, last));
    }
    gaps
}

/// Holds revisions against those before them, where these are here. Two tablets that
/// went on by themselves may both have revised one registration.
fn revision_faults(batches: &[&Records]) -> Vec<RecordFault> {
    let mut contents: BTreeMap<(RegistrationId, u32), Vec<&Revision>> = BTreeMap::new();
    for revision in batches.iter().flat_map(|batch| &batch.revisions) {
        let same = contents.entry((revision.id, revision.revision));
        let same = same.or_default();
        if !same.iter().any(|known| known.hash == revision.hash) {
            same.push(revision);
        }
    }
    let mut faults = Vec::new();
    for ((id, revision), same) in &contents {
        let number = same[0].number.clone();
        if same.len() > 1 {
            faults.push(RecordFault::Conflict {
                number: number.clone(),
                revision: *revision,
                contents: same.len(),
            });
        }
        let before = contents.get(&(*id, revision.saturating_sub(1)));
        let follows = |one: &&Revision| {
            before.is_none_or(|before| before.iter().any(|two| Some(two.hash) == one.previous))
        };
        if !same.iter().all(follows) {
            faults.push(RecordFault::Follows {
                number,
                revision: *revision,
            });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::batch_file::read_batch;
    use crate::format::digest::sha256;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn hash(name: &str) -> Hash {
        sha256(name.as_bytes())
    }

    fn number(id: u128) -> String {
        format!("KDP1-A-{id:03}")
    }

    /// A revision as the tablet writes it that registered the person.
    fn revision(id: u128, revision: u32, sequence: u64) -> Revision {
        let hash = |revision: u32| hash(&format!("{id} {revision}"));
        Revision {
            id: RegistrationId(Uuid::from_u128(id)),
            number: number(id),
            revision,
            previous: (revision > 1).then(|| hash(revision - 1)),
            hash: hash(revision),
            sequence,
        }
    }

    /// Batch `sequence` of tablet A, which follows the one with the number before.
    fn batch(sequence: u64, revisions: &[Revision]) -> Records {
        Records {
            link: Link {
                event: "event".to_owned(),
                code: "KDP1".to_owned(),
                device: "A".to_owned(),
                letter: "A".to_owned(),
                key: Some("ed25519:A".to_owned()),
                restored_from: Vec::new(),
                sequence,
                document_hash: hash(&format!("batch {sequence}")),
                previous: (sequence > 1).then(|| hash(&format!("batch {}", sequence - 1))),
                audit: None,
                attendance: 0,
                attended: 0,
            },
            revisions: revisions.to_vec(),
        }
    }

    /// Three people in three batches; the third batch corrects the first two.
    fn day() -> Vec<Records> {
        vec![
            batch(1, &[revision(1, 1, 1), revision(2, 1, 2)]),
            batch(2, &[revision(3, 1, 3)]),
            batch(3, &[revision(1, 2, 4), revision(2, 2, 5)]),
        ]
    }

    /// The batch as tablet B writes it, which goes on from a backup of A.
    fn by_b(mut batch: Records) -> Records {
        batch.link.device = "B".to_owned();
        batch.link.letter = "B".to_owned();
        batch.link.restored_from = vec!["A".to_owned()];
        batch.link.document_hash = hash(&format!("B {}", batch.link.sequence));
        batch
    }

    fn missing(batch: u64, first: u64, last: u64) -> RecordFault {
        RecordFault::Missing {
            tablet: "KDP1-A".to_owned(),
            batch,
            first,
            last,
        }
    }

    #[test]
    fn records_that_go_on_from_batch_to_batch_have_no_fault() {
        assert_eq!(faults(&day()), []);
        assert_eq!(faults(&[]), []);
        // What is not here cannot be held against anything.
        assert_eq!(faults(&day()[2..]), []);
        // The last batch of an event may be empty; somebody opened it again.
        let mut closed = day();
        closed.push(batch(4, &[]));
        closed.push(batch(5, &[revision(3, 2, 6)]));
        assert_eq!(faults(&closed), []);
        // Another tablet goes on after the second batch.
        let mut restored = day();
        restored.push(by_b(batch(3, &[revision(3, 2, 4)])));
        assert_eq!(faults(&restored), []);
    }

    #[test]
    fn a_revision_that_follows_another_one_is_named_also_across_batches() {
        let follows = |revision| RecordFault::Follows {
            number: number(1),
            revision,
        };
        let mut across = day();
        across[2].revisions[0].previous = Some(hash("another first"));
        assert_eq!(faults(&across), [follows(2)]);
        across[2].revisions[0].previous = None;
        assert_eq!(faults(&across), [follows(2)]);
        let mut within = revision(1, 2, 2);
        within.previous = Some(hash("another first"));
        assert_eq!(
            faults(&[batch(1, &[revision(1, 1, 1), within])]),
            [follows(2)]
        );
    }

    #[test]
    fn one_revision_with_two_contents_is_a_conflict_and_the_same_one_twice_is_not() {
        let other = Revision {
            hash: hash("another second"),
            ..revision(1, 2, 4)
        };
        let mut both = day();
        both.push(by_b(batch(3, &[other])));
        let conflict = RecordFault::Conflict {
            number: number(1),
            revision: 2,
            contents: 2,
        };
        assert_eq!(faults(&both), [conflict]);
        both[3] = by_b(batch(3, &[revision(1, 2, 4)]));
        assert_eq!(faults(&both), []);
    }

    #[test]
    fn records_that_are_missing_or_come_again_are_named_with_the_batch() {
        let mut between = day();
        between[1].revisions[0].sequence = 4;
        between[2].revisions[0].sequence = 5;
        between[2].revisions[1].sequence = 6;
        assert_eq!(faults(&between), [missing(2, 3, 3)]);
        let mut within = day();
        within[2].revisions[1].sequence = 9;
        assert_eq!(faults(&within), [missing(3, 5, 8)]);
        let mut first = day();
        first[0].revisions.remove(0);
        assert_eq!(faults(&first), [missing(1, 1, 1)]);
        let mut again = day();
        again[1].revisions[0].sequence = 2;
        let came_again = RecordFault::Again {
            tablet: "KDP1-A".to_owned(),
            batch: 2,
            first: 2,
            last: 2,
        };
        assert_eq!(faults(&again), [came_again, missing(3, 3, 3)]);
        // Where the batch before did not arrive, nobody knows.
        first = day();
        first.remove(1);
        assert_eq!(faults(&first), []);
    }

    #[test]
    fn what_was_taken_out_of_a_backup_may_have_the_records_of_a_damaged_batch() {
        let mut day = day();
        let mut rest = batch(4, &[revision(3, 1, 3), revision(3, 2, 7)]);
        rest.link.key = None;
        day[1].revisions.clear();
        day.push(rest);
        assert_eq!(faults(&day), [missing(3, 3, 3), missing(4, 6, 6)]);
    }

    #[test]
    fn members_of_later_versions_are_in_the_hash_of_a_revision() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/batches/v1_plain.pendapa.json"
        );
        let text = std::fs::read_to_string(path).expect("the vector");
        let faults_of = |text: &str| {
            let batch = read_batch(text.as_bytes()).expect("a batch");
            let link = Link::of(&batch);
            faults(&[Records::of(link, &batch)])
        };
        assert_eq!(faults_of(&text), []);
        // Only in the first revision, which the third record names.
        let later = text.replacen(",\"work\":{", ",\"wish\":1,\"work\":{", 1);
        assert_ne!(later, text);
        let follows = RecordFault::Follows {
            number: "KDP1-A-001-G".to_owned(),
            revision: 2,
        };
        assert_eq!(faults_of(&later), [follows]);
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(
            changes in prop::collection::vec((0_usize..5, 0_u64..9), 0..4),
            turn in 0_usize..6,
        ) {
            let mut batches = day();
            batches.push(by_b(batch(3, &[revision(3, 2, 4)])));
            for (at, sequence) in changes {
                let batch = &mut batches[at % 4];
                batch.revisions[0].sequence = sequence;
                batch.revisions[0].hash = hash(&sequence.to_string());
            }
            let expected = faults(&batches);
            batches.rotate_left(turn % 4);
            batches.push(batches[0].clone());
            batches.reverse();
            prop_assert_eq!(faults(&batches), expected);
        }
    }
}
