//! The screens. `app` draws the shell, `routes` says where one is, `state` is
//! what pages share, `pages` has a file or folder for each, `parts` know Leptos
//! and nothing of the app, and `words` has every sentence.

mod app;
mod format;
mod pages;
mod parts;
mod roster;
mod routes;
mod state;
mod words;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;

use parts::{IntoFresh, live, view};

use crate::browser::{page, platform};
use crate::store::StoreError;

/// Opens the store, then mounts the app, or says why it cannot be used here.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, ToString::to_string);
        platform::stop_page(&place);
    }));
    mount_to_body(|| view! { <Boot/> });
}

/// Opens the store; until that is done the page that `index.html` brought stays.
#[component]
fn Boot() -> impl IntoView {
    let booted = RwSignal::new_local(None::<Result<state::AppState, StoreError>>);
    // The state's signals are made outside any owner: they last as long as the page.
    spawn_local(async move {
        booted.set(Some(state::AppState::boot().await));
        page::say_started();
    });
    live(move || match booted.get() {
        None => ().fresh(),
        Some(Ok(state)) => view! { <app::App state/> },
        Some(Err(error)) => view! { <app::Refused error/> },
    })
}
