//! Backups as people make them: saved as a file, or written into a granted folder,
//! there also by themselves.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::attending::attending;
use super::pages::hand_over::APP;
use super::state::AppState;
use super::words::{Language, fill, store_problem};
use crate::browser::error::JsError;
use crate::browser::{clock, files, folder};
use crate::domain::Moment;
use crate::operations::backup::{
    BackupFile, attendance_backed_up, backed_up, backup_kept, backup_stem, in_no_backup, is_due,
    make_backup,
};
use crate::store::{BackupPlace, KeptBackup, StoreError};

/// Every so many new revisions a backup is written into the granted folder.
pub const FOLDER_EVERY: u64 = 10;
/// How many backups of an event stay in the granted folder.
const KEPT_IN_FOLDER: usize = 2;

/// Why there is no backup.
enum BackupTrouble {
    Store(StoreError),
    Download(JsError),
    Folder(JsError),
}

impl From<StoreError> for BackupTrouble {
    fn from(error: StoreError) -> Self {
        BackupTrouble::Store(error)
    }
}

impl BackupTrouble {
    fn told(&self, language: Language) -> String {
        let l = language.later_words();
        match self {
            BackupTrouble::Store(error) => store_problem(language, error),
            BackupTrouble::Download(error) => fill(l.file_refused, &[&error.name]),
            BackupTrouble::Folder(error) => fill(l.backup_folder_failed, &[&error.name]),
        }
    }
}

/// How many revisions and entries of the open event's attendance list are in no backup.
pub fn waiting(app: AppState) -> u64 {
    app.event.with(|event| {
        let state = event.as_ref().map(|event| event.state);
        state.map_or(0, |state| {
            app.backups.with(|backups| in_no_backup(&state, backups))
        })
    })
}

/// Whether it is time for the next backup of the open event.
pub fn due(app: AppState) -> bool {
    let (saved, attended) = app
        .backups
        .with(|backups| (backed_up(backups), attendance_backed_up(backups)));
    let registered = app.roster.with(|roster| roster.oldest_after(saved));
    let present = attending(app).with(|entries| {
        let later = entries.iter().filter(|entry| entry.sequence > attended);
        later
            .map(|entry| entry.recorded_at)
            .min_by_key(|at: &Moment| at.unix_ms())
    });
    let oldest = [registered, present]
        .into_iter()
        .flatten()
        .min_by_key(|at: &Moment| at.unix_ms());
    is_due(waiting(app), oldest, clock::now())
}

/// Makes a backup and gives it to the browser to save.
pub async fn save(app: AppState) -> Result<(), String> {
    let language = app.language.get_untracked();
    let saved = async {
        let Some(file) = made(app).await? else {
            return Ok(());
        };
        files::download(&file.name, files::JSON, &file.bytes).map_err(BackupTrouble::Download)?;
        kept(app, &file, BackupPlace::Download).await?;
        app.say(language.later_words().backup_saved, None);
        Ok(())
    };
    saved
        .await
        .map_err(|trouble: BackupTrouble| trouble.told(language))
}

/// Makes a backup and writes it into the granted folder.
pub async fn write(app: AppState) -> Result<(), String> {
    let language = app.language.get_untracked();
    match written(app, KEPT_IN_FOLDER).await {
        Ok(()) => {
            let name = folder::name().unwrap_or_default();
            app.say(
                fill(language.later_words().backup_folder_written, &[&name]),
                None,
            );
            Ok(())
        }
        Err(trouble) => Err(trouble.told(language)),
    }
}

/// Writes a backup where it is time and a folder was granted. A folder that is gone is
/// told once, and asked for again.
pub async fn keep_up(app: AppState) {
    if folder::name().is_none() || untrack(|| waiting(app)) < FOLDER_EVERY {
        return;
    }
    let language = app.language.get_untracked();
    if let Err(trouble) = written(app, KEPT_IN_FOLDER).await {
        if matches!(trouble, BackupTrouble::Folder(_)) {
            folder::forget();
        }
        app.say(trouble.told(language), None);
    }
}

async fn made(app: AppState) -> Result<Option<BackupFile>, StoreError> {
    let Some(event) = app.event.get_untracked() else {
        return Ok(None);
    };
    make_backup(&app.store(), &event, &app.doer(), APP)
        .await
        .map(Some)
}

async fn kept(app: AppState, file: &BackupFile, place: BackupPlace) -> Result<(), StoreError> {
    let Some(id) = app.event_id() else {
        return Ok(());
    };
    match backup_kept(&app.store(), id, file, place, clock::now()).await {
        Ok(kept) => app.backups.update(|backups| backups.push(kept)),
        // It is out; a full tablet asks for the next one earlier.
        Err(StoreError::QuotaExceeded) => {}
        Err(error) => return Err(error),
    }
    app.tell_tabs(id);
    Ok(())
}

/// Writes a backup into the granted folder, and takes this tablet's older ones of the
/// event out of it, but for so many files in all.
async fn written(app: AppState, stay: usize) -> Result<(), BackupTrouble> {
    let (Some(event), Some(file)) = (app.event.get_untracked(), made(app).await?) else {
        return Ok(());
    };
    let failed = BackupTrouble::Folder;
    folder::write(&file.name, &file.bytes)
        .await
        .map_err(failed)?;
    kept(app, &file, BackupPlace::Folder).await?;
    let stem = backup_stem(&event.tablet);
    let mut earlier = folder::names(&stem).await.map_err(failed)?;
    earlier.retain(|name| *name != file.name);
    let superfluous = (earlier.len() + 1).saturating_sub(stay);
    for name in earlier.iter().take(superfluous) {
        folder::remove(name).await.map_err(failed)?;
    }
    Ok(())
}

/// After the event was closed with an office key: one backup takes the place of those
/// in the granted folder, which only the office opens. Says what could not be done.
pub async fn replace_in_folder(app: AppState) -> Result<(), String> {
    if folder::name().is_none() {
        return Ok(());
    }
    let language = app.language.get_untracked();
    written(app, 1).await.map_err(|trouble| {
        let reason = trouble.told(language);
        let names = names_of(app, |_| true).join(", ");
        fill(
            language.later_words().closed_backups_left,
            &[&reason, &names],
        )
    })
}

/// Names of the backups that closing the event does not replace: they open with the
/// passphrase also afterwards.
pub fn left_behind(app: AppState) -> Vec<String> {
    let stem = app
        .event
        .with_untracked(|event| event.as_ref().map(|event| backup_stem(&event.tablet)))
        .filter(|_| folder::name().is_some());
    names_of(app, |backup| {
        let is_replaced = stem
            .as_ref()
            .is_some_and(|stem| backup.file_name.starts_with(stem));
        backup.place == BackupPlace::Download || !is_replaced
    })
}

/// Names of backups, each once, the oldest first. Of those in a folder only as many of
/// a tablet as stay in it.
fn names_of(app: AppState, is_meant: impl Fn(&KeptBackup) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut in_folder: BTreeMap<String, usize> = BTreeMap::new();
    app.backups.with_untracked(|backups| {
        for backup in backups.iter().rev().filter(|backup| is_meant(backup)) {
            let name = &backup.file_name;
            if names.contains(name) {
                continue;
            }
            if backup.place == BackupPlace::Folder {
                let tablet = name.rsplit_once('-').map_or("", |(tablet, _)| tablet);
                let found = in_folder.entry(tablet.to_owned()).or_default();
                *found += 1;
                if *found > KEPT_IN_FOLDER {
                    continue;
                }
            }
            names.push(name.clone());
        }
    });
    names.reverse();
    names
}
