//! Batches of one tablet make a chain: numbered from 1 without gaps, each naming
//! the document before it. What is missing, doubled or in dispute is named.

use std::collections::BTreeMap;

use crate::domain::Hash;
use crate::format::audit_record::AuditRun;
use crate::format::batch_file::Manifest;

/// What the chain needs to know of a batch that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub event: String,
    pub code: String,
    pub device: String,
    pub letter: String,
    /// Tablets whose chain goes on here from a backup.
    pub restored_from: Vec<String>,
    pub sequence: u64,
    pub document_hash: Hash,
    pub previous: Option<Hash>,
    /// Which piece of the tablet's audit log is in it.
    pub audit: Option<AuditRun>,
}

impl Link {
    /// The link of a batch.
    pub fn of(manifest: &Manifest, document_hash: Hash, audit: Option<AuditRun>) -> Self {
        Link {
            event: manifest.event.id.clone(),
            code: manifest.event.code.clone(),
            device: manifest.device.id.clone(),
            letter: manifest.device.letter.clone(),
            restored_from: manifest.device.restored_from.clone(),
            sequence: manifest.sequence,
            document_hash,
            previous: manifest.previous.as_deref().and_then(Hash::parse),
            audit,
        }
    }
}

/// What is not as it should be between batches. `tablet` is event code and
/// tablet letter, as in `KDP1-A`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainFault {
    /// Batches from `first` to `last` did not arrive.
    Missing {
        tablet: String,
        first: u64,
        last: u64,
    },
    /// Two different batches have the same number.
    Fork { tablet: String, sequence: u64 },
    /// A batch does not follow the one before it that arrived.
    Broken { tablet: String, sequence: u64 },
    /// The audit log in a batch does not go on where the one before it ended: entries
    /// are missing, or were written anew.
    Audit { tablet: String, sequence: u64 },
    /// Two tablets used one letter at one event: their numbers are the same.
    SharedLetter { tablet: String },
}

/// Every fault in the chains of these batches, by tablet and number. A batch
/// that arrived several times is one batch.
pub fn faults(links: &[Link]) -> Vec<ChainFault> {
    let mut tablets: BTreeMap<(&str, &str), Vec<&Link>> = BTreeMap::new();
    let mut letters: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for link in links {
        let chain = tablets.entry((&link.event, &link.device)).or_default();
        if !chain
            .iter()
            .any(|known| known.document_hash == link.document_hash)
        {
            chain.push(link);
        }
        let devices = letters.entry((&link.event, &link.letter)).or_default();
        if !devices.contains(&link.device.as_str()) {
            devices.push(&link.device);
        }
    }
    let mut faults = Vec::new();
    for ((event, letter), devices) in &letters {
        if devices.len() > 1 {
            let link = links
                .iter()
                .find(|link| link.event == *event && link.letter == *letter)
                .expect("the letter came from a link");
            faults.push(ChainFault::SharedLetter {
                tablet: tablet(link),
            });
        }
    }
    for mut chain in tablets.into_values() {
        chain.sort_by_key(|link| link.sequence);
        faults.extend(faults_of(&chain, begins_after(chain[0], links)));
    }
    faults
}

fn tablet(link: &Link) -> String {
    format!("{}-{}", link.code, link.letter)
}

/// The batch of another tablet after which a chain begins, where its tablet went on
/// with that one's event from a backup.
fn begins_after<'a>(first: &Link, links: &'a [Link]) -> Option<&'a Link> {
    links.iter().find(|link| {
        link.event == first.event
            && first.restored_from.contains(&link.device)
            && link.sequence + 1 == first.sequence
            && Some(link.document_hash) == first.previous
    })
}

/// The faults of one tablet's batches, sorted by number.
fn faults_of(chain: &[&Link], begins_after: Option<&Link>) -> Vec<ChainFault> {
    let mut faults = Vec::new();
    let mut expected = begins_after.map_or(1, |link| link.sequence + 1);
    let mut before: Vec<&Link> = begins_after.into_iter().collect();
    let mut audit_end: Option<(u64, Hash)> = begins_after
        .and_then(|link| link.audit.as_ref())
        .map(|run| (run.last, run.last_hash));
    for same in chain.chunk_by(|one, other| one.sequence == other.sequence) {
        let (tablet, sequence) = (tablet(same[0]), same[0].sequence);
        if sequence > expected {
            faults.push(ChainFault::Missing {
                tablet: tablet.clone(),
                first: expected,
                last: sequence - 1,
            });
        }
        if same.len() > 1 {
            faults.push(ChainFault::Fork {
                tablet: tablet.clone(),
                sequence,
            });
        }
        let follows = |link: &&Link| match link.previous {
            None => sequence == 1,
            // What a batch that did not arrive was, only the next one knows.
            Some(_) if sequence > expected => true,
            Some(previous) => before.iter().any(|link| link.document_hash == previous),
        };
        if !same.iter().all(follows) {
            faults.push(ChainFault::Broken {
                tablet: tablet.clone(),
                sequence,
            });
        }
        // After a gap nobody knows where the log stood.
        let is_known = sequence == expected;
        let goes_on = |run: &AuditRun| match audit_end {
            None => run.first == 1,
            Some((last, hash)) => run.first == last + 1 && run.previous == Some(hash),
        };
        let runs = || same.iter().filter_map(|link| link.audit.as_ref());
        if is_known && !runs().all(goes_on) {
            faults.push(ChainFault::Audit { tablet, sequence });
        }
        audit_end = runs()
            .next()
            .map(|run| (run.last, run.last_hash))
            .or(audit_end);
        expected = sequence + 1;
        before = same.to_vec();
    }
    faults
}

#[cfg(test)]
mod tests {
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
            restored_from: Vec::new(),
            sequence,
            document_hash: hash(&format!("{device} {sequence}")),
            previous: (sequence > 1).then(|| hash(&format!("{device} {}", sequence - 1))),
            audit: Some(run(sequence)),
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
    fn two_tablets_with_one_letter_are_named() {
        let links = [link("A", "one", 1), link("A", "two", 1)];
        let shared = ChainFault::SharedLetter {
            tablet: of("KDP1-A"),
        };
        assert_eq!(faults(&links), [shared]);
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
}
