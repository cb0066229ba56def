//! Batches of one tablet make a chain: numbered from 1 without gaps, each naming
//! the document before it, all signed by one key. What is missing, doubled or in
//! dispute is named.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Hash;
use crate::format::audit_record::AuditRun;
use crate::format::batch_file::Batch;

/// What the chain needs to know of a batch that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub event: String,
    pub code: String,
    pub device: String,
    pub letter: String,
    /// The key that signed it; `None`: nobody did.
    pub key: Option<String>,
    /// Tablets whose chain goes on here from a backup.
    pub restored_from: Vec<String>,
    pub sequence: u64,
    pub document_hash: Hash,
    pub previous: Option<Hash>,
    /// Which piece of the tablet's audit log is in it.
    pub audit: Option<AuditRun>,
    /// Entries of the attendance list in it.
    pub attendance: u64,
    /// Entries that the tablet had made by then.
    pub attended: u64,
}

impl Link {
    /// The link of a batch.
    pub fn of(batch: &Batch) -> Self {
        let manifest = &batch.manifest;
        Link {
            event: manifest.event.id.clone(),
            code: manifest.event.code.clone(),
            device: manifest.device.id.clone(),
            letter: manifest.device.letter.clone(),
            key: manifest.device.key.clone(),
            restored_from: manifest.device.restored_from.clone(),
            sequence: manifest.sequence,
            document_hash: batch.document_hash,
            previous: manifest.previous.as_deref().and_then(Hash::parse),
            audit: batch.audit,
            attendance: batch.attendance.len() as u64,
            attended: manifest.counts.attended,
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
    /// Batches from `first` to `last` did not arrive. A tablet goes on after them from a
    /// backup, so each is of one of the tablets in `of`; one without a batch here is named
    /// by its id.
    MissingBefore {
        tablet: String,
        of: Vec<String>,
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
    /// The attendance list in a batch does not go on where the one before it ended: so
    /// many entries are missing.
    Attendance {
        tablet: String,
        sequence: u64,
        missing: u64,
    },
    /// A batch is signed by another key than those of the same tablet before it.
    OtherKey { tablet: String, sequence: u64 },
    /// Nobody signed a batch, though one of the same tablet before it is signed: what the
    /// office took out of a backup, or what somebody made without the key.
    Unsigned { tablet: String, sequence: u64 },
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
        chain.sort_by_key(|link| (link.sequence, link.document_hash));
        faults.extend(faults_of(&chain, links));
    }
    faults
}

/// A tablet as people call it, `KDP1-A`.
pub(super) fn tablet(link: &Link) -> String {
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

/// What did not arrive before the first batch that is here of a tablet that goes on from
/// a backup. The document before it is missing for certain, and so is what no tablet has
/// of the numbers before that one. `None`: another chain says it.
fn missing_before(first: &Link, links: &[Link]) -> Option<ChainFault> {
    let last = first.sequence - 1;
    let here = |device: &str, sequence: u64| {
        links.iter().any(|link| {
            link.event == first.event && link.device == device && link.sequence == sequence
        })
    };
    // Everybody who names the missing document as the one before.
    let namers: Vec<&Link> = links
        .iter()
        .filter(|link| {
            link.event == first.event
                && link.sequence == first.sequence
                && link.previous == first.previous
        })
        .collect();
    let is_its_own = |link: &&Link| {
        link.restored_from.is_empty()
            || links.iter().any(|other| {
                (&other.event, &other.device) == (&link.event, &link.device)
                    && other.sequence < link.sequence
            })
    };
    let speaker = namers.iter().map(|link| &link.device).min();
    if namers.iter().any(is_its_own) || speaker != Some(&first.device) {
        return None;
    }
    let tablets = |link: &Link| -> BTreeSet<String> {
        let all = link.restored_from.iter().chain([&link.device]);
        all.cloned().collect()
    };
    let mut owners = tablets(first);
    for namer in &namers {
        let others = tablets(namer);
        owners.retain(|device| others.contains(device));
    }
    owners.retain(|device| !here(device, last));
    let reached = links.iter().filter(|link| {
        link.event == first.event
            && first.restored_from.contains(&link.device)
            && link.sequence < first.sequence
    });
    let reached = reached.map(|link| link.sequence).max().unwrap_or(0);
    let from = last.min(reached + 1);
    // Who has the last of them may have it after a batch of any of the others.
    if owners.is_empty() || (from < last && owners.contains(&first.device)) {
        owners = tablets(first);
    }
    let own = tablet(first);
    let named = |device: &String| {
        let of = |link: &&Link| link.event == first.event && link.device == *device;
        links.iter().find(of).map_or_else(|| device.clone(), tablet)
    };
    let of: BTreeSet<String> = owners.iter().map(named).collect();
    Some(if of.len() == 1 && of.contains(&own) {
        ChainFault::Missing {
            tablet: own,
            first: from,
            last,
        }
    } else {
        ChainFault::MissingBefore {
            tablet: own,
            of: of.into_iter().collect(),
            first: from,
            last,
        }
    })
}

/// The faults of one tablet's batches, sorted by number.
fn faults_of(chain: &[&Link], links: &[Link]) -> Vec<ChainFault> {
    let mut faults = Vec::new();
    let begins_after = begins_after(chain[0], links);
    let goes_on = !chain[0].restored_from.is_empty();
    let mut expected = begins_after.map_or(1, |link| link.sequence + 1);
    let mut before: Vec<&Link> = begins_after.into_iter().collect();
    let mut audit_end: Option<(u64, Hash)> = begins_after
        .and_then(|link| link.audit.as_ref())
        .map(|run| (run.last, run.last_hash));
    let mut attended = begins_after.map_or(0, |link| link.attended);
    // A tablet that goes on from a backup has a key of its own.
    let mut key: Option<&str> = None;
    for same in chain.chunk_by(|one, other| one.sequence == other.sequence) {
        let (tablet, sequence) = (tablet(same[0]), same[0].sequence);
        if sequence > expected && before.is_empty() && goes_on {
            faults.extend(missing_before(same[0], links));
        } else if sequence > expected {
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
        key = key.or_else(|| same.iter().find_map(|link| link.key.as_deref()));
        if key.is_some() && same.iter().any(|link| link.key.is_none()) {
            faults.push(ChainFault::Unsigned {
                tablet: tablet.clone(),
                sequence,
            });
        }
        if same
            .iter()
            .any(|link| link.key.is_some() && link.key.as_deref() != key)
        {
            faults.push(ChainFault::OtherKey {
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
            faults.push(ChainFault::Audit {
                tablet: tablet.clone(),
                sequence,
            });
        }
        let told = same.iter().map(|link| link.attended).max().unwrap_or(0);
        let arrived = same.iter().map(|link| link.attendance).max().unwrap_or(0);
        let missing = told.saturating_sub(attended + arrived);
        if is_known && missing > 0 {
            faults.push(ChainFault::Attendance {
                tablet,
                sequence,
                missing,
            });
        }
        attended = told;
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
#[path = "chain_tests.rs"]
mod tests;
