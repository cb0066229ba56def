//! A backup at the office: the batches in it as they were made, and everything that
//! was in none as one more batch.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::domain::{Hash, iso};
use crate::format::backup::{BackupError, read_backup};
use crate::format::batch_file::{
    BatchError, Counts, Manifest, ManifestDevice, ManifestEvent, batch_file, read_batch,
    write_batch,
};
use crate::format::digest::sha256;
use crate::format::key_ring::KeyRing;
use crate::format::registration_record::read_registration;
use crate::store::row::Row;
use crate::store::schema::StoreName;
use crate::store::{BackupEvent, events_in};
use crate::vault::carry::{CarryError, open_with};
use crate::vault::open::Vault;
use crate::vault::wrap::{Passphrase, WrapError, asked_by};

/// Why a backup does not open.
#[derive(Debug, Error)]
pub enum UnpackError {
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("there is no event in it")]
    NoEvent,
    /// Neither the office nor a passphrase can open it.
    #[error("its keys are not in it")]
    NoKey,
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Wrap(#[from] WrapError),
    #[error("what was in no batch does not read as one: {0}")]
    Batch(#[from] BatchError),
}

/// Who opens a backup.
pub enum Opener<'a> {
    /// The office, by its key (`AGE-SECRET-KEY-1…`).
    Office(&'a str),
    /// Whoever knows the event passphrase, until the event was closed.
    Passphrase(&'a str),
}

/// What the batch of everything that was in none is made with.
pub struct Rest<'a> {
    /// Its id, random.
    pub id: String,
    /// When it is made, RFC 3339.
    pub created_at: String,
    /// Name and version of what makes it.
    pub app: &'a str,
}

/// The files of a backup, by name.
pub struct Unpacked {
    /// `KDP1-A`
    pub tablet: String,
    pub batches: Vec<(String, Vec<u8>)>,
    /// Everything that was in no batch, as a batch that nobody signed; `None`: all was.
    pub rest: Option<(String, Vec<u8>)>,
    /// Rows that do not open or do not read: in store and key.
    pub damaged: Vec<String>,
}

/// Opens every event of a backup, or of what the rescue page wrote.
pub fn unpack(
    bytes: &[u8],
    opener: &Opener<'_>,
    rest: impl Fn() -> Rest<'static>,
) -> Result<Vec<Unpacked>, UnpackError> {
    let events = events_in(read_backup(bytes)?);
    if events.is_empty() {
        return Err(UnpackError::NoEvent);
    }
    let unpacked = events
        .iter()
        .map(|event| unpack_event(event, opener, rest()));
    unpacked.collect()
}

fn vault_of(event: &BackupEvent, opener: &Opener<'_>) -> Result<Vault, UnpackError> {
    let ring: &KeyRing = event.ring.as_ref().ok_or(UnpackError::NoKey)?;
    let id = event.event.id().to_string();
    match opener {
        Opener::Office(identity) => {
            let sealed = ring.office.as_deref().ok_or(UnpackError::NoKey)?;
            let key = zeroize::Zeroizing::new(open_with(&[identity], sealed)?);
            Vault::for_office(id, &key).ok_or(UnpackError::NoKey)
        }
        Opener::Passphrase(words) => {
            let wrap = ring.passphrase.as_deref().ok_or(UnpackError::NoKey)?;
            let asked = asked_by(wrap)?;
            let outer = Passphrase::typed(words).derive(&asked.salt, asked.cost)?;
            Ok(Vault::open_by_passphrase(ring, &id, &outer, |_| ())?)
        }
    }
}

fn unpack_event(
    event: &BackupEvent,
    opener: &Opener<'_>,
    rest: Rest<'_>,
) -> Result<Unpacked, UnpackError> {
    let vault = vault_of(event, opener)?;
    let mut damaged = Vec::new();
    let mut batches: BTreeMap<u64, Row> = BTreeMap::new();
    let mut revisions: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut audit: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut newest: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    for (store, row) in event.opened_rows(&vault) {
        let is_right = match store {
            StoreName::Batches => Hash::parse(row.text("file_hash")) == Some(sha256(&row.body)),
            StoreName::Registrations | StoreName::Revisions => read_registration(&row.body).is_ok(),
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
            _ => drop(audit.insert(sequence, row.body)),
        }
    }
    // A registration's newest revision lies there twice.
    for (sequence, body) in newest {
        revisions.entry(sequence).or_insert(body);
    }
    let (tablet, state) = (&event.event.tablet, event.event.state);
    let last = batches.values().next_back();
    let records: Vec<&[u8]> = revisions
        .range(state.batched + 1..)
        .map(|(_, body)| body.as_slice())
        .collect();
    // The log is a chain: after the first gap nothing of it can be shown to be whole.
    let audited = last.map_or(0, |batch| batch.number("audited"));
    let entries: Vec<&[u8]> = (audited + 1..)
        .map_while(|sequence| audit.get(&sequence))
        .map(Vec::as_slice)
        .collect();
    let mut tablets = event.tablets(&vault);
    let device = tablet.device.or(tablets.first().copied());
    tablets.retain(|known| Some(*known) != device);
    let manifest = Manifest {
        id: rest.id,
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
        created_at: rest.created_at,
        app: rest.app.to_owned(),
        counts: Counts {
            records: records.len() as u64,
            issued: state.issued,
            saved: state.saved,
            voided: state.voided,
        },
    };
    let rest = if records.is_empty() {
        None
    } else {
        let plain = write_batch(&manifest, &records, &entries);
        read_batch(&plain)?;
        let file = batch_file(&manifest, plain, None);
        Some((file.name, file.bytes))
    };
    let batches = batches.into_values();
    Ok(Unpacked {
        tablet: format!("{}-{}", tablet.event.code, tablet.letter),
        batches: batches
            .map(|row| (row.text("file_name").to_owned(), row.body))
            .collect(),
        rest,
        damaged,
    })
}
