//! Who came to the open event without being registered, as its pages show it: read with the
//! event and forgotten with it.

use std::cell::OnceCell;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::at_work::at_work;
use super::backups;
use super::sending::forever;
use super::state::{AppState, lasting};
use super::words::store_problem;
use crate::domain::*;
use crate::operations::attend::{attendance_of, set_active};
use crate::store::StoreError;

/// The newest entry of everybody who only attended.
pub fn attending(app: AppState) -> RwSignal<Vec<Attendance>> {
    thread_local! {
        static ATTENDING: OnceCell<RwSignal<Vec<Attendance>>> = const { OnceCell::new() };
    }
    ATTENDING.with(|attending| {
        *attending.get_or_init(|| {
            forever(|| {
                let list = RwSignal::new(Vec::new());
                Effect::new(move |_| {
                    if !app.is_read.get() {
                        list.set(Vec::new());
                    }
                });
                list
            })
        })
    })
}

/// Reads who attended the open event.
pub async fn read_attending(app: AppState) -> Result<(), StoreError> {
    let Some(id) = app.event_id() else {
        return Ok(());
    };
    let found = match attendance_of(&app.store(), id).await {
        Err(StoreError::Locked) => return Ok(()),
        found => found?,
    };
    if app.event_id() == Some(id) && app.is_read.get_untracked() {
        attending(app).set(found);
    }
    Ok(())
}

/// Takes an entry back that was a mistake, or puts it back, and says so with the way back.
pub fn put_active(app: AppState, entry: Attendance, is_active: bool) {
    spawn_local(async move {
        let language = app.language.get_untracked();
        let a = language.attend_words();
        let done = app.vault.unbroken(change(app, &entry, is_active)).await;
        match done {
            Ok(()) => {
                let said = if is_active { a.put_back } else { a.taken_back };
                let undo = lasting(move || put_active(app, entry.clone(), !is_active));
                app.say(said, Some(undo));
            }
            Err(error) => {
                app.note_conflict(&error);
                app.say(store_problem(language, &error), None);
            }
        }
    });
}

async fn change(app: AppState, entry: &Attendance, is_active: bool) -> Result<(), StoreError> {
    let noted = at_work(app, async move |store, event, officer, deed| {
        set_active(store, event, entry, is_active, officer, deed).await
    });
    let noted = noted.await.unwrap_or(Err(StoreError::Locked))?;
    app.show_event(noted.event);
    spawn_local(backups::keep_up(app));
    read_attending(app).await
}
