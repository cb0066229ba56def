//! A file or a folder for each page.

pub mod events;
pub mod hand_over;
pub mod home;
pub mod install;
pub mod participants;
pub mod register;
pub mod registration;
pub mod rows;
pub mod settings;

use leptos::prelude::*;

use super::parts::{Empty, IconName, view};
use super::routes::Route;
use super::state::use_words;

/// An address that leads nowhere.
#[component]
pub fn Missing() -> impl IntoView {
    let w = use_words();
    view! {
        <main id="main" tabindex="-1">
            <h1>{w.page_missing}</h1>
            <Empty icon=IconName::MapPin title=w.page_missing hint="">
                <a class="button" data-kind="primary" href=Route::Home.href()>
                    {w.to_event}
                </a>
            </Empty>
        </main>
    }
}
