use super::*;
use crate::format::digest::sha256;
use proptest::prelude::*;

fn hash(name: &str) -> Hash {
    sha256(name.as_bytes())
}

/// The audit log of a tablet that notes two things between batches.
fn run(sequence: u64) -> AuditRun {
    let end = |sequence: u64| hash(&format!("entry {}", 2 * sequence));
    AuditRun {
        first: 2 * sequence - 1,
        previous: (sequence > 1).then(|| end(sequence - 1)),
        last: 2 * sequence,
        last_hash: end(sequence),
    }
}

fn link(letter: &str, device: &str, sequence: u64) -> Link {
    Link {
        event: "event".to_owned(),
        code: "KDP1".to_owned(),
        device: device.to_owned(),
        letter: letter.to_owned(),
        key: Some(format!("ed25519:{device}")),
        restored_from: Vec::new(),
        sequence,
        document_hash: hash(&format!("{device} {sequence}")),
        previous: (sequence > 1).then(|| hash(&format!("{device} {}", sequence - 1))),
        audit: Some(run(sequence)),
        attendance: 2,
        attended: 2 * sequence,
    }
}

fn chain(letter: &str, last: u64) -> Vec<Link> {
    (1..=last)
        .map(|sequence| link(letter, letter, sequence))
        .collect()
}

fn of(tablet: &str) -> String {
    tablet.to_owned()
}

#[test]
fn whole_chains_of_several_tablets_have_no_fault() {
    let mut links = chain("A", 4);
    links.extend(chain("B", 1));
    assert_eq!(faults(&links), []);
    assert_eq!(faults(&[]), []);
}

#[test]
fn what_did_not_arrive_is_named_from_first_to_last() {
    let mut links = chain("A", 7);
    links.retain(|link| ![1, 2, 5].contains(&link.sequence));
    let missing = |first, last| ChainFault::Missing {
        tablet: of("KDP1-A"),
        first,
        last,
    };
    assert_eq!(faults(&links), [missing(1, 2), missing(5, 5)]);
}

#[test]
fn two_batches_with_one_number_are_a_fork_and_the_next_may_follow_either() {
    let mut links = chain("A", 3);
    let mut other = links[1].clone();
    other.document_hash = hash("another second");
    links.push(other);
    let fork = ChainFault::Fork {
        tablet: of("KDP1-A"),
        sequence: 2,
    };
    assert_eq!(faults(&links), [fork]);
}

#[test]
fn a_batch_that_follows_another_document_is_broken() {
    let mut links = chain("A", 3);
    links[2].previous = Some(hash("something else"));
    let broken = |sequence| ChainFault::Broken {
        tablet: of("KDP1-A"),
        sequence,
    };
    assert_eq!(faults(&links), [broken(3)]);
    links[2].previous = None;
    assert_eq!(faults(&links), [broken(3)]);
    let mut first = chain("A", 1);
    first[0].previous = Some(hash("nothing is before the first"));
    assert_eq!(faults(&first), [broken(1)]);
}

#[test]
fn an_audit_log_with_a_gap_or_another_past_is_named() {
    let audit = |sequence| ChainFault::Audit {
        tablet: of("KDP1-A"),
        sequence,
    };
    let mut gap = chain("A", 3);
    gap[1].audit = Some(AuditRun { first: 4, ..run(2) });
    assert_eq!(faults(&gap), [audit(2)]);
    let mut anew = chain("A", 3);
    anew[2].audit = Some(AuditRun {
        previous: Some(hash("another past")),
        ..run(3)
    });
    assert_eq!(faults(&anew), [audit(3)]);
    // A batch of a first version has none of it; the log goes on after it.
    let mut none = chain("A", 3);
    none[0].audit = None;
    none[1].audit = Some(run(1));
    none[2].audit = Some(run(2));
    assert_eq!(faults(&none), []);
}

#[test]
fn entries_that_are_not_on_the_attendance_list_of_a_batch_are_counted() {
    let missing = |sequence| ChainFault::Attendance {
        tablet: of("KDP1-A"),
        sequence,
        missing: 1,
    };
    let mut links = chain("A", 3);
    links[1].attendance = 1;
    assert_eq!(faults(&links), [missing(2)]);
    // What was in a batch that did not arrive, nobody knows.
    links.remove(0);
    links.remove(0);
    assert!(
        faults(&links)
            .iter()
            .all(|fault| matches!(fault, ChainFault::Missing { .. }))
    );
}

#[test]
fn two_tablets_with_one_letter_are_named() {
    let links = [link("A", "one", 1), link("A", "two", 1)];
    let shared = ChainFault::SharedLetter {
        tablet: of("KDP1-A"),
    };
    assert_eq!(faults(&links), [shared]);
}

#[test]
fn another_key_in_a_chain_and_a_batch_that_nobody_signed_after_signed_ones_are_named() {
    let mut forged = chain("A", 3);
    forged[2].key = Some("ed25519:thief".to_owned());
    let other_key = ChainFault::OtherKey {
        tablet: of("KDP1-A"),
        sequence: 3,
    };
    assert_eq!(faults(&forged), [other_key]);
    let unsigned = |sequence| ChainFault::Unsigned {
        tablet: of("KDP1-A"),
        sequence,
    };
    let mut rest = chain("A", 3);
    rest[2].key = None;
    assert_eq!(faults(&rest), [unsigned(3)]);
    // Beside the tablet's own one with that number.
    let mut fork = chain("A", 1);
    let mut other = link("A", "A", 1);
    (other.key, other.document_hash) = (None, hash("of a backup"));
    fork.push(other);
    let two = ChainFault::Fork {
        tablet: of("KDP1-A"),
        sequence: 1,
    };
    assert_eq!(faults(&fork), [two, unsigned(1)]);
    // The first versions did not sign, and were updated.
    let mut first = chain("A", 3);
    first[0].key = None;
    assert_eq!(faults(&first), []);
    first.iter_mut().for_each(|link| link.key = None);
    assert_eq!(faults(&first), []);
}

/// Tablets `B` and so on that go on after the batch of this number of `A`.
fn restored(letter: &str, after: u64, last: u64) -> Vec<Link> {
    let links = (after + 1..=last).map(|sequence| Link {
        restored_from: vec!["A".to_owned()],
        previous: Some(match sequence {
            first if first == after + 1 => hash(&format!("A {after}")),
            sequence => hash(&format!("{letter} {}", sequence - 1)),
        }),
        audit: None,
        ..link(letter, letter, sequence)
    });
    links.collect()
}

fn before(tablet: &str, owners: &[&str], first: u64, last: u64) -> ChainFault {
    ChainFault::MissingBefore {
        tablet: of(tablet),
        of: owners.iter().map(|&owner| of(owner)).collect(),
        first,
        last,
    }
}

#[test]
fn a_tablet_that_goes_on_from_a_backup_has_a_key_of_its_own_and_keeps_it() {
    let mut links = chain("A", 3);
    links.extend(restored("B", 3, 5));
    assert_eq!(faults(&links), []);
    links[4].key = Some("ed25519:A".to_owned());
    let other_key = ChainFault::OtherKey {
        tablet: of("KDP1-B"),
        sequence: 5,
    };
    assert_eq!(faults(&links), [other_key]);
}

#[test]
fn before_a_tablet_that_goes_on_from_a_backup_only_what_can_be_missing_is_named() {
    let with = |kept: u64, after: u64, mut links: Vec<Link>| {
        links.retain(|link| link.sequence > after);
        let mut all = chain("A", kept);
        all.extend(links);
        faults(&all)
    };
    // The last one of A did not arrive, or the first one of B.
    let either = before("KDP1-B", &["KDP1-A", "KDP1-B"], 3, 3);
    assert_eq!(
        with(2, 3, restored("B", 3, 5)),
        std::slice::from_ref(&either)
    );
    assert_eq!(with(2, 3, restored("B", 2, 5)), [either]);
    let two = before("KDP1-B", &["KDP1-A", "KDP1-B"], 2, 3);
    assert_eq!(with(1, 3, restored("B", 3, 5)), [two]);
    // Of A nothing is here, not even its letter.
    let all = before("KDP1-B", &["A", "KDP1-B"], 1, 3);
    assert_eq!(with(0, 3, restored("B", 3, 4)), [all]);
    // A's own third is here and another one.
    let own = ChainFault::Missing {
        tablet: of("KDP1-B"),
        first: 3,
        last: 3,
    };
    assert_eq!(with(3, 3, restored("B", 2, 5)), std::slice::from_ref(&own));
    assert_eq!(with(5, 3, restored("B", 2, 5)), [own]);
    // What is missing within its own chain is its own.
    let mut gap = restored("B", 3, 6);
    gap.remove(1);
    let own = ChainFault::Missing {
        tablet: of("KDP1-B"),
        first: 5,
        last: 5,
    };
    assert_eq!(with(3, 0, gap), [own]);
}

#[test]
fn one_document_that_did_not_arrive_is_named_once() {
    let missing = ChainFault::Missing {
        tablet: of("KDP1-A"),
        first: 3,
        last: 3,
    };
    let mut links = chain("A", 4);
    links.remove(2);
    links.extend(restored("B", 3, 4));
    assert_eq!(faults(&links), [missing]);
    // Two went on from one backup, so it is of neither.
    let mut links = chain("A", 2);
    links.extend(restored("C", 3, 4));
    links.extend(restored("B", 3, 4));
    assert_eq!(faults(&links), [before("KDP1-B", &["KDP1-A"], 3, 3)]);
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(last in 1_u64..9, gone in 1_u64..9, seed: prop::sample::Index) {
        let mut links = chain("A", last);
        links.extend(chain("B", 2));
        links.retain(|link| link.letter != "A" || link.sequence != gone);
        let expected = faults(&links);
        let at = seed.index(links.len());
        links.rotate_left(at);
        links.push(links[0].clone());
        links.reverse();
        prop_assert_eq!(faults(&links), expected);
    }
}
