//! Backups of an event, and an event from a backup.

use thiserror::Error;
use zeroize::Zeroize;

use super::audit::{Doer, note};
use crate::domain::*;
use crate::format::backup::{BackupError, read_backup, write_backup};
use crate::format::event_record::TabletEvent;
use crate::store::{
    BackupEvent, BackupPlace, EventState, KeptBackup, RestoredEvent, Store, StoreError,
    StoredEvent, events_in,
};
use crate::vault::open::{Chance, Vault};
use crate::vault::wrap::{Asked, OuterKey, WrapError, asked_by};

/// After this many new revisions, a backup is due.
pub const DUE_AFTER_REVISIONS: u64 = 25;
/// After this long without one, a revision's backup is due, in milliseconds.
pub const DUE_AFTER_MS: i64 = 60 * 60 * 1000;

/// A backup, ready to leave the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// `pendapa-<event code>-<letter>-backup-<revisions>.json`
    pub name: String,
    pub bytes: Vec<u8>,
    /// How many revisions of the event are in it.
    pub saved: u64,
    /// How many entries of its attendance list.
    pub attended: u64,
}

/// The beginning of the names of a tablet's backups of an event.
pub fn backup_stem(tablet: &TabletEvent) -> String {
    format!("pendapa-{}-{}-backup-", tablet.event.code, tablet.letter)
}

/// Everything of an event as it lies in the database: what tells of people stays
/// sealed, so it may be made while the vault is locked or the event is closed.
/// `app` is name and version of the app.
pub async fn make_backup(
    store: &Store,
    event: &StoredEvent,
    doer: &Doer,
    app: &str,
) -> Result<BackupFile, StoreError> {
    let saved = event.state.saved;
    let name = format!("{}{saved:04}.json", backup_stem(&event.tablet));
    if store.vault_of(event.id()).is_ok() {
        let (action, detail) = (AuditAction::BackupMade, Some(name.clone()));
        match note(store, event.id(), doer, action, None, detail).await {
            // A full tablet needs its backup most.
            Ok(()) | Err(StoreError::QuotaExceeded) => {}
            Err(error) => return Err(error),
        }
    }
    let rows = store.backup_rows(event.id()).await?;
    let bytes = write_backup(app, &doer.now.rfc3339(), &rows);
    Ok(BackupFile {
        name,
        bytes,
        saved,
        attended: event.state.attended,
    })
}

/// Writes down where a backup went.
pub async fn backup_kept(
    store: &Store,
    event: EventId,
    file: &BackupFile,
    place: BackupPlace,
    now: Moment,
) -> Result<KeptBackup, StoreError> {
    let kept = KeptBackup {
        place,
        at: now,
        file_name: file.name.clone(),
        saved: file.saved,
        attended: file.attended,
    };
    store.log_backup(event, &kept).await?;
    Ok(kept)
}

/// The last sequence that is in a backup; 0: there is none.
pub fn backed_up(backups: &[KeptBackup]) -> u64 {
    backups.iter().map(|backup| backup.saved).max().unwrap_or(0)
}

/// The last entry of the attendance list that is in a backup; 0: there is none.
pub fn attendance_backed_up(backups: &[KeptBackup]) -> u64 {
    let backups = backups.iter().map(|backup| backup.attended);
    backups.max().unwrap_or(0)
}

/// How many revisions and entries of the attendance list are in no backup.
pub fn in_no_backup(state: &EventState, backups: &[KeptBackup]) -> u64 {
    state.saved.saturating_sub(backed_up(backups))
        + state.attended.saturating_sub(attendance_backed_up(backups))
}

/// Whether it is time for the next backup: so many revisions and entries are in none, the oldest of
/// which is of this moment.
pub fn is_due(waiting: u64, oldest: Option<Moment>, now: Moment) -> bool {
    let is_late = oldest.is_some_and(|oldest| now.unix_ms() - oldest.unix_ms() >= DUE_AFTER_MS);
    waiting >= DUE_AFTER_REVISIONS || (waiting > 0 && is_late)
}

/// Why an event was not restored. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreError {
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// There is no event in the file, or none that this version can read.
    #[error("no event in the backup")]
    NoEvent,
    /// The event is from a version without a vault.
    #[error("the event has no vault")]
    Unprotected,
    /// The event is on this tablet already.
    #[error("the event is here already")]
    Here,
    /// The letter was used by the tablet that made the backup, or is taken here.
    #[error("the letter is taken")]
    Taken,
    /// The event was closed with an office key: only the office opens it.
    #[error("no passphrase opens this event")]
    SealedOff,
    #[error(transparent)]
    Wrap(#[from] WrapError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the events of a backup, or of what the rescue page wrote.
pub fn open_backup(bytes: &[u8]) -> Result<Vec<BackupEvent>, RestoreError> {
    let events = events_in(read_backup(bytes)?);
    if events.is_empty() {
        return Err(RestoreError::NoEvent);
    }
    Ok(events)
}

/// Looks whether this tablet can go on with an event, before anybody waits for more.
/// Returns what has to be done to the passphrase.
pub async fn check_restore(
    store: &Store,
    backup: &BackupEvent,
    letter: TabletLetter,
) -> Result<Asked, RestoreError> {
    let tablet = &backup.event.tablet;
    if tablet.letter == letter {
        return Err(RestoreError::Taken);
    }
    let (others, _) = store.events().await?;
    for other in others {
        if other.id() == backup.event.id() {
            return Err(RestoreError::Here);
        }
        if other.tablet.event.code == tablet.event.code && other.tablet.letter == letter {
            return Err(RestoreError::Taken);
        }
    }
    let ring = backup.ring.as_ref().ok_or(RestoreError::Unprotected)?;
    let wrap = ring.passphrase.as_deref();
    Ok(asked_by(wrap.ok_or(RestoreError::SealedOff)?)?)
}

/// This tablet's part in a restored event, and what opens it.
pub struct RestoreDeed<'a> {
    pub letter: TabletLetter,
    pub device: DeviceId,
    pub outer: &'a OuterKey,
    pub doer: &'a Doer,
    pub chance: Chance,
}

/// An event that goes on here.
pub struct Restored {
    pub event: StoredEvent,
    /// Rows whose seal is broken. The others are readable.
    pub damaged: usize,
}

/// Goes on with an event on this tablet, under a letter of its own, where the backup
/// ends: its registrations can be seen, corrected and handed over, its batches handed
/// over as they are, and the next batch is chained to the last of them. The data key
/// stays, so that recovery key and office open it as before; this tablet signs with a
/// key of its own.
pub async fn restore(
    store: &Store,
    backup: BackupEvent,
    deed: &RestoreDeed<'_>,
) -> Result<Restored, RestoreError> {
    check_restore(store, &backup, deed.letter).await?;
    let id = backup.event.id();
    let mut ring = backup.ring.clone().ok_or(RestoreError::Unprotected)?;
    let mut seed = [0; 32];
    (deed.chance)(&mut seed);
    let vault = Vault::open_by_passphrase(&ring, &id.to_string(), deed.outer, deed.chance)?
        .on_another_tablet(seed);
    seed.zeroize();
    vault.close_secrets(&mut ring);
    let restored_from = backup.tablets(&vault);
    let state = backup.state();
    let BackupEvent { event, rows, .. } = backup;
    let from = event.tablet.letter.to_string();
    let event = StoredEvent {
        tablet: TabletEvent {
            letter: deed.letter,
            device: Some(deed.device),
            restored_from,
            created_at: deed.doer.now,
            ..event.tablet
        },
        state,
    };
    let damaged = store
        .add_restored(RestoredEvent {
            event: event.clone(),
            ring,
            vault,
            rows,
        })
        .await?;
    match note(
        store,
        id,
        deed.doer,
        AuditAction::Restored,
        None,
        Some(from),
    )
    .await
    {
        Ok(()) | Err(StoreError::QuotaExceeded) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Restored { event, damaged })
}
