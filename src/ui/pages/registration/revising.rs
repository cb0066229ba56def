//! What the dialogs of a registration have in common: a revision that is saved, shown and said.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, page};
use crate::domain::FullName;
use crate::operations::register::{Deed, SaveError, Saved};
use crate::store::{Store, StoredEvent};
use crate::ui::backups;
use crate::ui::state::AppState;
use crate::ui::words::{fill, save_problem};

/// Saves a revision from a dialog, by whoever is at work, and closes it. `said` is told
/// with the number.
pub(super) async fn revise(
    app: AppState,
    dialog: &'static str,
    said: &str,
    save: impl AsyncFnOnce(&Store, &StoredEvent, FullName, &Deed<'_>) -> Result<Saved, SaveError>,
) -> Result<(), String> {
    let language = app.language.get_untracked();
    let officer = app.officer.with_untracked(|name| FullName::parse(name));
    let (Some(event), Ok(officer)) = (app.event.get_untracked(), officer) else {
        return Err(save_problem(language, &SaveError::Missing));
    };
    let rules = app.rules();
    let deed = Deed {
        alike: &[],
        earlier: None,
        rules: &rules,
        device: app.device(),
        now: clock::now(),
    };
    let saved = save(&app.store(), &event, officer, &deed)
        .await
        .map_err(|error| {
            if let SaveError::Store(error) = &error {
                app.note_conflict(error);
            }
            // It may have been closed meanwhile; what went wrong must be seen.
            page::show_dialog(dialog);
            save_problem(language, &error)
        })?;
    app.show_saved(&saved);
    spawn_local(backups::keep_up(app));
    page::close_dialog(dialog);
    // The button that opened the dialog may be gone.
    page::focus("main");
    let number = saved.registration.number.to_string();
    app.say(fill(said, &[&number]), None);
    Ok(())
}
