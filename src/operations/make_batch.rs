//! Makes a batch: everything not yet in one, frozen, numbered, hashed, chained to
//! the batch before, signed by the tablet, and sealed to the office if there is one.

use std::collections::BTreeMap;

use thiserror::Error;

use super::audit::{Doer, note};
use super::hand_over::audit_missed;
use super::reconcile::reconciliation;
use super::sealer::Sealer;
use crate::domain::*;
use crate::format::batch_file::*;
use crate::format::key_ring::KeyRing;
use crate::format::registration_record::read_registration;
use crate::store::{Damaged, Store, StoreError, StoredBatch, StoredEvent, StoredRevision};

/// Usual bytes of records in one batch. Some thousand registrations: a file that a poor
/// network carries in minutes, and that every upload server takes.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Why no batch was made. Nothing was changed.
#[derive(Debug, Error)]
pub enum MakeBatchError {
    /// Every revision is in a batch already.
    #[error("nothing to hand over")]
    Nothing,
    /// Stored revisions are missing or cannot be read; the others can still be
    /// taken out with the rescue page.
    #[error("{} revisions are damaged", .0.len())]
    Damaged(Vec<Damaged>),
    /// What was written cannot be read as a batch again.
    #[error("the batch does not read back: {0}")]
    Unreadable(#[from] BatchError),
    /// It could not be sealed to the office, or what was sealed did not open to
    /// the same bytes.
    #[error("the batch could not be sealed: {0}")]
    Sealing(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a batch is made with.
#[derive(Clone)]
pub struct BatchDeed {
    pub id: BatchId,
    pub device: DeviceId,
    pub doer: Doer,
    /// The last batch of an event is made also where nothing is left to hand over:
    /// it carries the end of the audit log and the counts.
    pub is_last: bool,
    /// Name and version of the app.
    pub app: String,
    /// Bytes of records that go into one batch; what is more goes into the next.
    pub most_bytes: usize,
}

/// A batch that is kept and proven, and the event after it.
pub struct MadeBatch {
    pub batch: StoredBatch,
    pub file: BatchFile,
    pub event: StoredEvent,
    /// An entry of the audit log cannot be read, so it and those after it stay behind.
    pub is_audit_damaged: bool,
}

/// Makes batches until every revision is in one, and returns the last. `next_id` gives
/// each after the first its id; `on_made` is told of each, also where a later one fails.
pub async fn make_batches(
    store: &Store,
    event: &StoredEvent,
    deed: &BatchDeed,
    sealer: &impl Sealer,
    mut next_id: impl FnMut() -> BatchId,
    on_made: impl Fn(&MadeBatch),
) -> Result<MadeBatch, MakeBatchError> {
    let mut deed = deed.clone();
    let mut made = make_batch(store, event, &deed, sealer).await?;
    on_made(&made);
    while is_left(&made) {
        deed.id = next_id();
        let is_audit_damaged = made.is_audit_damaged;
        made = make_batch(store, &made.event, &deed, sealer).await?;
        made.is_audit_damaged |= is_audit_damaged;
        on_made(&made);
    }
    Ok(made)
}

/// Whether there is more than fitted into the last batch.
fn is_left(made: &MadeBatch) -> bool {
    let state = &made.event.state;
    state.batched < state.saved || made.batch.attended < state.attended
}

/// Makes and keeps a batch of the revisions after the last batch: all of them, or as
/// many as fit. Nothing is split once it is made.
///
/// The bytes are opened and read as a stranger would before they are kept, so a
/// batch that is called made can be opened.
pub async fn make_batch(
    store: &Store,
    event: &StoredEvent,
    deed: &BatchDeed,
    sealer: &impl Sealer,
) -> Result<MadeBatch, MakeBatchError> {
    let vault = store.vault_of(event.id())?;
    let mut bodies = bodies_to_hand_over(store, event).await?;
    let batches = store.batches_of(event.id()).await?;
    let before = batches.last();
    let attended = before.map_or(0, |before| before.attended);
    if bodies.is_empty() && attended == event.state.attended && !deed.is_last {
        return Err(MakeBatchError::Nothing);
    }
    let attendance = attendance_to_hand_over(store, event, attended, deed.most_bytes).await?;
    let room = deed.most_bytes.saturating_sub(attendance.size);
    let taken = fitting(&bodies, room);
    let rest = bodies.split_off(taken);
    let is_all = rest.is_empty() && attendance.last == event.state.attended;
    let taken = taken as u64;
    // Without the one before there is no chain to go on with.
    if before.map_or(0, |before| before.sequence) < event.state.batches {
        return Err(StoreError::Damaged { store: "batches" }.into());
    }
    let previous = before.map(|batch| batch.document_hash.to_string());
    let audited = before.map_or(0, |batch| batch.audited);
    audit_missed(store, event.id()).await?;
    // What is in the log when a batch is made says that it was.
    let (action, subject) = (AuditAction::BatchMade, Some(deed.id.to_string()));
    note(store, event.id(), &deed.doer, action, subject, None).await?;
    let entries = store.audit_after(event.id(), audited).await?;
    let whole: Vec<&[u8]> = entries
        .iter()
        .map(|(_, body)| body.as_slice())
        .take_while(|body| !body.is_empty())
        .collect();
    let is_audit_damaged = whole.len() < entries.len();
    let key = vault.tablet_key();
    let tablet = &event.tablet;
    let manifest = Manifest {
        id: deed.id.to_string(),
        event: ManifestEvent {
            id: event.id().to_string(),
            code: tablet.event.code.to_string(),
            name: tablet.event.name.clone(),
            date: iso(tablet.event.date),
            venue: tablet.event.venue.clone(),
        },
        device: ManifestDevice {
            id: deed.device.to_string(),
            letter: tablet.letter.to_string(),
            key: Some(key.public().to_string()),
            restored_from: tablet
                .restored_from
                .iter()
                .map(ToString::to_string)
                .collect(),
        },
        sequence: event.state.batches + 1,
        previous,
        created_at: deed.doer.now.rfc3339(),
        app: deed.app.clone(),
        counts: Counts {
            attended: attendance.last,
            ..counts(event, &bodies, &rest)
        },
        reconciliation: (deed.is_last && is_all)
            .then(|| reconciliation(event, &batches).record(event.state.batched + taken)),
    };
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let attended: Vec<&[u8]> = attendance.bodies.iter().map(Vec::as_slice).collect();
    let bodies = BatchBodies {
        records: &bodies,
        attendance: &attended,
        audit: &whole,
    };
    let plain = key.sign(&write_batch(&manifest, bodies));
    read_batch(&plain)?;
    let (ring, _) = store.ring(event.id()).await?.ok_or(StoreError::Locked)?;
    let sealed = match vault.identity() {
        Some(identity) if !ring.recipients.is_empty() => {
            Some(sealed(sealer, &ring, identity, &plain).await?)
        }
        _ => None,
    };
    let is_sealed = sealed.is_some();
    let file = batch_file(&manifest, plain, sealed);
    let batch = StoredBatch {
        id: deed.id,
        event_id: event.id(),
        sequence: manifest.sequence,
        first: event.state.batched + 1,
        last: event.state.batched + taken,
        records: manifest.counts.records,
        created_at: u64::try_from(deed.doer.now.unix_ms()).unwrap_or(0),
        file_name: file.name.clone(),
        document_hash: file.document_hash,
        file_hash: file.file_hash,
        size: file.bytes.len(),
        sealed: is_sealed,
        audited: audited + whole.len() as u64,
        attended: attendance.last,
        is_wiped: false,
    };
    let event = store.add_batch(event, &batch, &file).await?;
    Ok(MadeBatch {
        batch,
        file,
        event,
        is_audit_damaged,
    })
}

/// The counts as they stood at the last revision in a batch: what goes into the next
/// one is counted there.
fn counts(event: &StoredEvent, bodies: &[Vec<u8>], rest: &[Vec<u8>]) -> Counts {
    let later = rest.iter().filter_map(|body| read_registration(body).ok());
    let (mut issued, mut voided) = (0, 0);
    for registration in later {
        issued += u64::from(registration.revision == 1);
        voided += u64::from(!registration.is_active());
    }
    Counts {
        records: bodies.len() as u64,
        issued: event.state.issued.saturating_sub(issued),
        saved: event.state.saved - rest.len() as u64,
        voided: event.state.voided.saturating_sub(voided),
        attended: 0,
    }
}

/// Entries of the attendance list that go into a batch.
struct AttendanceInBatch {
    bodies: Vec<Vec<u8>>,
    /// Bytes of all of them.
    size: usize,
    /// The last sequence that is in this batch or in one before, or is damaged.
    last: u64,
}

/// The entries after a sequence, as many as fit. Damaged ones hold nobody up: they are
/// left out, and the office misses their numbers.
async fn attendance_to_hand_over(
    store: &Store,
    event: &StoredEvent,
    after: u64,
    most_bytes: usize,
) -> Result<AttendanceInBatch, StoreError> {
    let mut entries = store.attendance_after(event.id(), after).await?;
    entries.retain(|(_, body)| !body.is_empty());
    let bodies: Vec<&[u8]> = entries.iter().map(|(_, body)| body.as_slice()).collect();
    let taken = fitting(&bodies, most_bytes);
    let is_all = taken == entries.len();
    entries.truncate(taken);
    let last = entries.last().map_or(after, |(sequence, _)| *sequence);
    let bodies: Vec<Vec<u8>> = entries.into_iter().map(|(_, body)| body).collect();
    Ok(AttendanceInBatch {
        size: bodies.iter().map(|body| body.len() + 1).sum(),
        bodies,
        last: if is_all { event.state.attended } else { last },
    })
}

/// How many bodies, from the first, go into one batch: as many as keep it under its
/// size, and one in any case.
fn fitting(bodies: &[impl AsRef<[u8]>], most_bytes: usize) -> usize {
    let mut size = 0;
    let fit = bodies.iter().take_while(|body| {
        size += body.as_ref().len() + 1;
        size <= most_bytes
    });
    fit.count().max(1).min(bodies.len())
}

/// Seals a batch to the office and to the vault's own identity, opens it again,
/// and compares.
async fn sealed(
    sealer: &impl Sealer,
    ring: &KeyRing,
    identity: &str,
    plain: &[u8],
) -> Result<Vec<u8>, MakeBatchError> {
    let mut recipients = ring.recipients.clone();
    recipients.extend(ring.own_recipient.clone());
    let failed = MakeBatchError::Sealing;
    let sealed = sealer.seal(&recipients, plain).await.map_err(failed)?;
    let opened = sealer.open(identity, &sealed).await.map_err(failed)?;
    if opened == plain {
        Ok(sealed)
    } else {
        Err(failed("other bytes came back".to_owned()))
    }
}

/// The body of every revision after the event's mark, one for each sequence
/// that was given out. Where a frozen revision is missing or unreadable and it
/// was the newest of its registration, the twin in `registrations` stands in.
async fn bodies_to_hand_over(
    store: &Store,
    event: &StoredEvent,
) -> Result<Vec<Vec<u8>>, MakeBatchError> {
    let is_right = |body: &[u8], sequence| {
        read_registration(body).is_ok_and(|registration| registration.sequence == sequence)
    };
    let revisions = store
        .revisions_after(event.id(), event.state.batched)
        .await?;
    let mut found: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut unreadable: BTreeMap<u64, String> = BTreeMap::new();
    for revision in revisions {
        let StoredRevision { sequence, body, .. } = revision;
        if is_right(&body, sequence) {
            found.insert(sequence, body);
        } else {
            let key = format!("{}/{}", revision.registration_id, revision.revision);
            unreadable.insert(sequence, key);
        }
    }
    let wanted = event.state.batched + 1..=event.state.saved;
    if wanted
        .clone()
        .any(|sequence| !found.contains_key(&sequence))
    {
        let (heads, _) = store.registrations_of(event.id()).await?;
        for head in heads {
            found.entry(head.registration.sequence).or_insert(head.body);
        }
    }
    let mut bodies = Vec::new();
    let mut damaged = Vec::new();
    for sequence in wanted {
        match found.remove(&sequence) {
            Some(body) => bodies.push(body),
            None => damaged.push(Damaged {
                store: "revisions",
                key: unreadable
                    .remove(&sequence)
                    .unwrap_or_else(|| format!("sequence {sequence}")),
            }),
        }
    }
    if damaged.is_empty() {
        Ok(bodies)
    } else {
        Err(MakeBatchError::Damaged(damaged))
    }
}
