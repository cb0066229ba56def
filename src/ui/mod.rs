//! The screens. `app` draws the shell, `routes` says where one is, `state` is
//! what pages share, `pages` has a file or folder for each, `parts` know Leptos
//! and nothing of the app, and `words` has every sentence.

mod app;
mod at_work;
mod attending;
mod backups;
mod elsewhere;
mod format;
mod invited;
mod journal;
mod network;
mod outgoing;
mod pages;
pub mod parts;
mod rest;
mod roster;
mod routes;
mod sealer;
mod sending;
mod state;
mod strip;
mod vault;
mod watch;
pub mod words;
mod writer;

use futures_util::FutureExt;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;

use parts::view;

use crate::browser::{canaries, page, platform};

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

/// Draws the shell while the store is opened. Until that is done the page that
/// `index.html` brought stays before it.
#[component]
fn Boot() -> impl IntoView {
    let app = state::AppState::new();
    app.show_preferences();
    let mut opening = Box::pin(async move {
        if let Err(error) = app.open().await {
            app.failed.set(Some(error));
        }
        page::say_started();
        if app.is_open.get_untracked() {
            // The first screen is drawn before anything else is begun.
            watch::watch(app);
            page::after(0, move || spawn_local(app.settle()));
        }
    });
    // Asked now, so that the browser opens its database while the shell is drawn.
    if (&mut opening).now_or_never().is_none() {
        spawn_local(opening);
    }
    // A tablet that has an event asks for its passphrase, with the rest of the app.
    // A first visit begins without it.
    if canaries::any() {
        spawn_local(async {
            // Whether it came is seen where it is needed.
            let _ = rest::fetch().await;
        });
    }
    view! { <app::App state=app/> }
}
