//! `pendapa-desk verify`, and what every command does with batches that arrived: finds
//! them, reads them, and says how each stands.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pendapa::desk::chain::{self, ChainFault, Link};
use pendapa::desk::office::{ReceiveError, Received, has_batch_name, receive};
use pendapa::desk::records::{self, RecordFault, Records};
use pendapa::vault::carry::CarryError;
use pendapa::vault::sign::Signed;

use crate::desk::{KeysArgs, Trouble, identity, read, show};

/// What came, each batch once.
pub struct Arrived {
    pub batches: Vec<Received>,
    /// Files that are no batch to rely on.
    pub refused: usize,
}

/// Reads every batch in files and folders, and says of each how it stands.
pub fn arrived(paths: &[PathBuf], identity: Option<&str>) -> Result<Arrived, Trouble> {
    let files = batch_files(paths)?;
    if files.is_empty() {
        return Err(
            "no batches there: their names begin with pendapa- and hold .pendapa".to_owned(),
        );
    }
    let mut known = BTreeSet::new();
    let (mut batches, mut refused) = (Vec::new(), 0);
    for file in &files {
        match read(file).map(|bytes| receive(&name_of(file), &bytes, identity)) {
            Ok(Ok(received)) => {
                show(&line_of(file, &received));
                if known.insert(received.file_hash) {
                    batches.push(received);
                }
            }
            Ok(Err(error)) => {
                refused += 1;
                show(&format!("REFUSED  {}: {}", file.display(), reason(&error)));
            }
            Err(trouble) => {
                refused += 1;
                show(&format!("REFUSED  {trouble}"));
            }
        }
    }
    Ok(Arrived { batches, refused })
}

/// Checks batches: each alone, and all of them as chains.
pub fn verify(paths: &[PathBuf], args: &KeysArgs) -> Result<bool, Trouble> {
    let identity = identity(args)?;
    let Arrived { batches, refused } = arrived(paths, identity.as_deref().map(String::as_str))?;
    let mut known: Vec<Records> = Vec::new();
    for received in &batches {
        let records = Records::of(received.link(), &received.batch);
        if known.contains(&records) {
            continue;
        }
        if received.signed == Signed::No {
            show(&format!(
                "UNSIGNED {}: nobody signed it, so nothing says who wrote it. That is so of the \
                 first versions, and of what unpack makes of a backup's rest",
                tablet_of(received)
            ));
        }
        known.push(records);
    }
    let links: Vec<Link> = known.iter().map(|records| records.link.clone()).collect();
    let in_chains = chain::faults(&links);
    for fault in &in_chains {
        show(&format!("CHAIN    {}", chain_sentence(fault)));
    }
    let in_records = records::faults(&known);
    for fault in &in_records {
        show(&format!("RECORDS  {}", record_sentence(fault)));
    }
    let revisions: usize = known.iter().map(|records| records.revisions.len()).sum();
    show(&format!(
        "{} batches with {revisions} revisions, {refused} refused, {} faults in chains, {} in \
         records",
        known.len(),
        in_chains.len(),
        in_records.len()
    ));
    Ok(refused == 0 && in_chains.is_empty() && in_records.is_empty())
}

/// The files that are named and those in folders that are batches by their names, each
/// once. Says how many others lie in the folders.
pub fn batch_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let (mut files, mut others) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        if path.is_dir() {
            collect(path, &mut files, &mut others)?;
        } else {
            files.insert(path.clone());
        }
    }
    match others.difference(&files).count() {
        0 => {}
        1 => show("aside    1 other file: it is no batch by its name"),
        count => show(&format!(
            "aside    {count} other files: they are no batches by their names"
        )),
    }
    Ok(files.into_iter().collect())
}

fn collect(
    folder: &Path,
    files: &mut BTreeSet<PathBuf>,
    others: &mut BTreeSet<PathBuf>,
) -> Result<(), Trouble> {
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    for entry in entries {
        let inside = entry
            .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?
            .path();
        if inside.is_dir() {
            collect(&inside, files, others)?;
        } else if has_batch_name(&name_of(&inside)) {
            files.insert(inside);
        } else {
            others.insert(inside);
        }
    }
    Ok(())
}

pub fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Tablet and number of a batch, as in `KDP1-A batch 3`.
pub fn tablet_of(received: &Received) -> String {
    let manifest = &received.batch.manifest;
    let (code, letter) = (&manifest.event.code, &manifest.device.letter);
    format!("{code}-{letter} batch {}", manifest.sequence)
}

pub fn line_of(file: &Path, received: &Received) -> String {
    let signed = match received.signed {
        Signed::No => "signed by nobody".to_owned(),
        Signed::By(key) => format!("signed by {key}"),
    };
    let attending = match received.batch.attendance.len() {
        0 => String::new(),
        entries => format!(", {entries} on the attendance list"),
    };
    format!(
        "ok       {}, {} revisions{attending}, {}, {signed}, file {} ({})",
        tablet_of(received),
        received.batch.registrations.len(),
        if received.was_sealed {
            "sealed"
        } else {
            "plain: readable by anybody"
        },
        received.file_hash.short(),
        file.display()
    )
}

pub fn reason(error: &ReceiveError) -> String {
    match error {
        ReceiveError::Sealed => "it is sealed. Give the office's keys with --keys".to_owned(),
        ReceiveError::Name => {
            "its name belongs to other bytes: it was altered or cut on its way, or renamed. \
             Ask for the file again; the tablet still has it"
                .to_owned()
        }
        ReceiveError::Carry(CarryError::NotForUs) => {
            "it is sealed to another office's keys".to_owned()
        }
        other => format!("{other}. Ask for the file again; the tablet still has it"),
    }
}

fn chain_sentence(fault: &ChainFault) -> String {
    match fault {
        ChainFault::Missing {
            tablet,
            first,
            last,
        } if first == last => {
            format!("{tablet}: batch {first} did not arrive. Ask the tablet for it")
        }
        ChainFault::Missing {
            tablet,
            first,
            last,
        } => {
            format!("{tablet}: batches {first} to {last} did not arrive. Ask the tablet for them")
        }
        ChainFault::MissingBefore {
            tablet,
            of,
            first,
            last,
        } => {
            let what = if first == last {
                format!("batch {first}")
            } else {
                format!("batches {first} to {last}")
            };
            format!(
                "{tablet} goes on from a backup, and {what} of {} did not arrive. Ask there",
                of.join(" or ")
            )
        }
        ChainFault::Attendance {
            tablet,
            sequence,
            missing,
        } => format!(
            "{tablet}: {missing} entries of the attendance list are missing in batch {sequence}. \
             They are damaged on the tablet; ask who was there"
        ),
        ChainFault::Fork { tablet, sequence } => format!(
            "{tablet}: two different batches have the number {sequence}. Keep both and compare \
             them: a tablet was restored, or one is not its own"
        ),
        ChainFault::Broken { tablet, sequence } => {
            format!("{tablet}: batch {sequence} does not follow the one before it")
        }
        ChainFault::Audit { tablet, sequence } => format!(
            "{tablet}: the audit log in batch {sequence} does not go on where the one before it \
             ended. Ask who worked at that tablet"
        ),
        ChainFault::OtherKey { tablet, sequence } => format!(
            "{tablet}: batch {sequence} is signed by another key than the ones before it. Hold \
             both keys against the one that the tablet shows"
        ),
        ChainFault::Unsigned { tablet, sequence } => format!(
            "{tablet}: nobody signed batch {sequence}, though this tablet signs. Rely on it only \
             if the office took it out of a backup itself"
        ),
        ChainFault::SharedLetter { tablet } => format!(
            "{tablet}: two tablets used this letter, so their registration numbers are the same"
        ),
    }
}

fn record_sentence(fault: &RecordFault) -> String {
    match fault {
        RecordFault::Missing {
            tablet,
            batch,
            first,
            last,
        } if first == last => {
            format!("{tablet}: record {first} is not in batch {batch}, and should be")
        }
        RecordFault::Missing {
            tablet,
            batch,
            first,
            last,
        } => {
            format!("{tablet}: records {first} to {last} are not in batch {batch}, and should be")
        }
        RecordFault::Again {
            tablet,
            batch,
            first,
            last,
        } => format!(
            "{tablet}: batch {batch} begins with record {first}, and the one before it ends with \
             {last}"
        ),
        RecordFault::Follows { number, revision } => format!(
            "{number}: revision {revision} follows another one than the {} that is here",
            revision - 1
        ),
        RecordFault::Conflict {
            number,
            revision,
            contents,
        } => format!(
            "{number}: revision {revision} has {contents} different contents. Two tablets went \
             on by themselves, or one is not its own: somebody has to say which stands"
        ),
    }
}
