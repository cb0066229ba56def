//! A backup at the office: the batches in it as they were made, and everything that
//! is in none of them as one more batch.

use std::collections::BTreeMap;

use crate::domain::{Hash, Moment, iso};
use crate::format::attendance_record::read_attendance;
use crate::format::batch_file::{
    BatchBodies, BatchError, Counts, Manifest, ManifestDevice, ManifestEvent, batch_file,
    read_batch, write_batch,
};
use crate::format::digest::sha256;
use crate::format::registration_record::read_registration;
use crate::store::BackupEvent;
use crate::store::row::Row;
use crate::store::schema::StoreName;
use crate::vault::open::Vault;

/// What the batch of everything that is in no other is made with.
pub struct RestDeed<'a> {
    /// Its id, random.
    pub id: String,
    pub now: Moment,
    /// Name and version of what makes it.
    pub app: &'a str,
}

/// The files of a backup, by name.
pub struct Unpacked {
    pub batches: Vec<(String, Vec<u8>)>,
    /// Everything that is in none of them, as a batch that nobody signed; `None`:
    /// there is nothing else.
    pub rest: Option<(String, Vec<u8>)>,
    /// Rows that do not open or do not read: in store and key.
    pub damaged: Vec<String>,
}

/// Takes an event of a backup apart. Revisions of a batch that is damaged or missing
/// are in the batch of the rest.
///
/// # Errors
/// What is in no batch does not read as one.
pub fn unpack(
    event: &BackupEvent,
    vault: &Vault,
    deed: &RestDeed<'_>,
) -> Result<Unpacked, BatchError> {
    let mut damaged = Vec::new();
    let mut batches: BTreeMap<u64, Row> = BTreeMap::new();
    let mut revisions: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut audit: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut attendance: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut newest: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    for (store, row) in event.opened_rows(vault) {
        let is_right = match store {
            StoreName::Batches if is_wiped(&row) => true,
            StoreName::Batches => Hash::parse(row.text("file_hash")) == Some(sha256(&row.body)),
            StoreName::Registrations | StoreName::Revisions => read_registration(&row.body).is_ok(),
            StoreName::Attendance => read_attendance(&row.body).is_ok(),
            StoreName::Audit => !row.body.is_empty(),
            // Nothing of it is in a batch.
            _ => continue,
        };
        if !is_right {
            damaged.push(format!("{}/{}", store.name(), row.key));
            continue;
        }
        let sequence = row.number("sequence");
        match store {
            StoreName::Batches => drop(batches.insert(sequence, row)),
            StoreName::Revisions => drop(revisions.insert(sequence, row.body)),
            StoreName::Registrations => drop(newest.insert(sequence, row.body)),
            StoreName::Attendance => drop(attendance.insert(sequence, row.body)),
            _ => drop(audit.insert(sequence, row.body)),
        }
    }
    // A registration's newest revision lies there twice.
    for (sequence, body) in newest {
        revisions.entry(sequence).or_insert(body);
    }
    let (tablet, state) = (&event.event.tablet, event.state());
    let last = batches.values().next_back();
    let is_in_a_batch = |sequence: u64| {
        batches
            .values()
            .any(|batch| (batch.number("first")..=batch.number("last")).contains(&sequence))
    };
    let records: Vec<&[u8]> = revisions
        .iter()
        .filter(|(sequence, _)| !is_in_a_batch(**sequence))
        .map(|(_, body)| body.as_slice())
        .collect();
    // The log is a chain: after the first gap nothing of it can be shown to be whole.
    let audited = last.map_or(0, |batch| batch.number("audited"));
    let entries: Vec<&[u8]> = (audited + 1..)
        .map_while(|sequence| audit.get(&sequence))
        .map(Vec::as_slice)
        .collect();
    let present: Vec<&[u8]> = attendance
        .iter()
        .filter(|(sequence, _)| !is_told(&batches, **sequence))
        .map(|(_, body)| body.as_slice())
        .collect();
    let mut tablets = event.tablets(vault);
    let device = tablet.device.or(tablets.first().copied());
    tablets.retain(|known| Some(*known) != device);
    let manifest = Manifest {
        id: deed.id.clone(),
        event: ManifestEvent {
            id: event.event.id().to_string(),
            code: tablet.event.code.to_string(),
            name: tablet.event.name.clone(),
            date: iso(tablet.event.date),
            venue: tablet.event.venue.clone(),
        },
        device: ManifestDevice {
            id: device.map_or_else(String::new, |device| device.to_string()),
            letter: tablet.letter.to_string(),
            key: None,
            restored_from: tablets.iter().map(ToString::to_string).collect(),
        },
        sequence: state.batches + 1,
        previous: last.map(|batch| batch.text("document_hash").to_owned()),
        created_at: deed.now.rfc3339(),
        app: deed.app.to_owned(),
        counts: Counts {
            records: records.len() as u64,
            issued: state.issued,
            saved: state.saved,
            voided: state.voided,
            attended: state.attended,
        },
        reconciliation: None,
    };
    let rest = if records.is_empty() && present.is_empty() {
        None
    } else {
        let plain = write_batch(
            &manifest,
            BatchBodies {
                records: &records,
                attendance: &present,
                audit: &entries,
            },
        );
        read_batch(&plain)?;
        let file = batch_file(&manifest, plain, None);
        Some((file.name, file.bytes))
    };
    let batches = batches.into_iter();
    Ok(Unpacked {
        batches: batches
            .filter(|(_, row)| !is_wiped(row))
            .map(|(sequence, row)| (file_name(sequence, &row), row.body))
            .collect(),
        rest,
        damaged,
    })
}

/// Whether an entry of the attendance list is in one of these batches. Where a batch begins
/// is told by the one before it; where that is missing the entry is told once more.
fn is_told(batches: &BTreeMap<u64, Row>, entry: u64) -> bool {
    batches.iter().any(|(sequence, batch)| {
        let begins = match sequence.checked_sub(1) {
            None | Some(0) => Some(0),
            Some(before) => batches.get(&before).map(|batch| batch.number("attended")),
        };
        begins.is_some_and(|begins| (begins + 1..=batch.number("attended")).contains(&entry))
    })
}

/// The office had it, and its bytes were taken off the tablet.
fn is_wiped(batch: &Row) -> bool {
    batch.number("wiped_at") > 0
}

/// The name of a batch; nothing that came with a file leads out of a folder.
fn file_name(sequence: u64, row: &Row) -> String {
    let name = row.text("file_name");
    let is_usual = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    if name.starts_with("pendapa-") && name.chars().all(is_usual) {
        name.to_owned()
    } else {
        format!("pendapa-batch-{sequence}")
    }
}
