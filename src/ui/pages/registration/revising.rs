//! What the dialogs of a registration have in common: a revision that is saved, shown and said.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::page;
use crate::domain::FullName;
use crate::operations::register::{Deed, SaveError, Saved};
use crate::store::{Store, StoredEvent};
use crate::ui::at_work::at_work;
use crate::ui::backups;
use crate::ui::parts::{DeedButton, IconName, view};
use crate::ui::state::AppState;
use crate::ui::words::{fill, save_problem};

/// The foot of such a dialog: the way back, and the deed.
#[component]
pub(super) fn DialogDeeds(
    dialog: &'static str,
    keep: &'static str,
    confirm: &'static str,
    busy: Memo<bool>,
    #[prop(into, optional)] off: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="dialog-deeds">
            <button type="button" class="button" on:click=move |_| page::close_dialog(dialog)>
                {keep}
            </button>
            <DeedButton kind="danger" icon=IconName::Void label=confirm busy off/>
        </div>
    }
}

/// Saves a revision from a dialog, by whoever is at work, and closes it. `said` is told
/// with the number.
pub(super) async fn revise(
    app: AppState,
    dialog: &'static str,
    said: &str,
    save: impl AsyncFnOnce(&Store, &StoredEvent, FullName, &Deed<'_>) -> Result<Saved, SaveError>,
) -> Result<(), String> {
    let language = app.language.get_untracked();
    let saved = at_work(app, save)
        .await
        .unwrap_or(Err(SaveError::Missing))
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
