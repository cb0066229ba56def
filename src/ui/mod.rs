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

use crate::browser::{page, platform};

/// Opens the store, then mounts the app, or says why it cannot be used here.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, ToString::to_string);
        platform::stop_page(&place);
    }));
    spawn_local(async {
        // Signals that are made while booting live as long as the page.
        let owner = Owner::new();
        owner.set();
        match state::AppState::boot().await {
            Ok(state) => mount_to_body(move || view! { <app::App state/> }),
            Err(error) => mount_to_body(move || view! { <app::Refused error=error.clone()/> }),
        }
        page::say_started();
        std::mem::forget(owner);
    });
}
