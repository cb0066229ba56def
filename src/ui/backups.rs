//! Backups as people make them: saved as a file, or written into a granted folder,
//! there also by themselves.

use leptos::prelude::*;

use super::pages::hand_over::APP;
use super::state::AppState;
use super::words::{Language, fill, store_problem};
use crate::browser::error::JsError;
use crate::browser::{clock, files, folder};
use crate::operations::backup::{
    BackupFile, backup_kept, backup_stem, is_due, make_backup, not_backed_up,
};
use crate::store::{BackupPlace, StoreError};

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

/// How many revisions of the open event are in no backup, and whether it is time.
pub fn waiting(app: AppState) -> (u64, bool) {
    app.event.with(|event| {
        app.backups.with(|backups| {
            event.as_ref().map_or((0, false), |event| {
                let due = is_due(&event.state, backups, clock::now());
                (not_backed_up(&event.state, backups), due)
            })
        })
    })
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
    match written(app).await {
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
    if folder::name().is_none() || waiting_untracked(app) < FOLDER_EVERY {
        return;
    }
    let language = app.language.get_untracked();
    if let Err(trouble) = written(app).await {
        if matches!(trouble, BackupTrouble::Folder(_)) {
            folder::forget();
        }
        app.say(trouble.told(language), None);
    }
}

fn waiting_untracked(app: AppState) -> u64 {
    app.event.with_untracked(|event| {
        app.backups.with_untracked(|backups| {
            event
                .as_ref()
                .map_or(0, |event| not_backed_up(&event.state, backups))
        })
    })
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

async fn written(app: AppState) -> Result<(), BackupTrouble> {
    let Some(file) = made(app).await? else {
        return Ok(());
    };
    let failed = BackupTrouble::Folder;
    folder::write(&file.name, &file.bytes)
        .await
        .map_err(failed)?;
    kept(app, &file, BackupPlace::Folder).await?;
    let mut earlier = folder_backups(app).await.map_err(failed)?;
    earlier.retain(|name| *name != file.name);
    let superfluous = earlier.len().saturating_sub(KEPT_IN_FOLDER - 1);
    for name in earlier.iter().take(superfluous) {
        folder::remove(name).await.map_err(failed)?;
    }
    Ok(())
}

/// Names of this event's backups of this tablet in the granted folder.
async fn folder_backups(app: AppState) -> Result<Vec<String>, JsError> {
    match app.event.get_untracked() {
        None => Ok(Vec::new()),
        Some(event) => folder::names(&backup_stem(&event.tablet)).await,
    }
}

/// After the event was closed with an office key: one backup takes the place of those
/// in the granted folder, which only the office opens. Says what could not be done.
pub async fn replace_in_folder(app: AppState) -> Result<(), String> {
    if folder::name().is_none() {
        return Ok(());
    }
    let language = app.language.get_untracked();
    let replaced = async {
        let earlier = folder_backups(app).await.map_err(BackupTrouble::Folder)?;
        let Some(file) = made(app).await? else {
            return Ok(());
        };
        folder::write(&file.name, &file.bytes)
            .await
            .map_err(BackupTrouble::Folder)?;
        kept(app, &file, BackupPlace::Folder).await?;
        for name in earlier.iter().filter(|name| **name != file.name) {
            folder::remove(name).await.map_err(BackupTrouble::Folder)?;
        }
        Ok(())
    };
    replaced.await.map_err(|trouble: BackupTrouble| {
        let reason = match &trouble {
            BackupTrouble::Folder(error) | BackupTrouble::Download(error) => error.name.clone(),
            BackupTrouble::Store(error) => store_problem(language, error),
        };
        let names = backups_in(app, BackupPlace::Folder);
        fill(
            language.later_words().closed_backups_left,
            &[&reason, &names],
        )
    })
}

/// Names of the backups that went one way, as a list to read.
pub fn backups_in(app: AppState, place: BackupPlace) -> String {
    app.backups.with_untracked(|backups| {
        let mut names: Vec<&str> = Vec::new();
        for backup in backups.iter().filter(|backup| backup.place == place) {
            if !names.contains(&backup.file_name.as_str()) {
                names.push(&backup.file_name);
            }
        }
        names.join(", ")
    })
}
