//! What stands in a place until the rest of the app is here to fill it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::page;
use crate::ui::parts::{DeedButton, Fresh, IconName, IntoFresh, Note, live, view};
use crate::ui::rest::Rest;
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_words};
use crate::ui::vault::Access;

/// Id of every page's content.
const MAIN: &str = "main";

/// How far the rest of the app is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Coming,
    Here,
    Missing,
}

/// A page of the rest, once it is here and the open event was read.
#[component]
pub fn PageOfRest(route: Route) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let stage = stage(true);
    live(move || match (stage.get(), app.rest()) {
        (Stage::Here, Some(rest)) => {
            if page::is_focused(MAIN) {
                // It was on what stood here until now.
                page::after(0, || page::focus(MAIN));
            }
            (rest.page)(route)
        }
        (Stage::Missing, _) => {
            view! {
                <main id=MAIN tabindex="-1">
                    <NotHere/>
                </main>
            }
        }
        _ => {
            view! {
                <main id=MAIN tabindex="-1">
                    <p role="status">{w.loading}</p>
                </main>
            }
        }
    })
}

/// What is asked before a page, once the rest of the app is here to ask it.
pub fn gate_of_rest(access: Access) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let stage = stage(false);
    live(move || match (stage.get(), app.rest()) {
        (Stage::Here, Some(rest)) => (rest.gate)(access),
        (Stage::Missing, _) => view! {
            <main id=MAIN tabindex="-1">
                <NotHere/>
            </main>
        },
        _ => view! {
            <main id=MAIN tabindex="-1">
                <p role="status">{w.loading}</p>
            </main>
        },
    })
}

/// A part of a page that only the rest can draw; nothing until it is here.
pub fn part_of_rest(draw: impl Fn(&'static Rest) -> Fresh + Send + 'static) -> impl IntoView {
    let app = use_app();
    let stage = stage(false);
    live(move || match (stage.get(), app.rest()) {
        (Stage::Here, Some(rest)) => draw(rest),
        _ => ().fresh(),
    })
}

/// The same, with a word where it does not arrive.
pub fn needed_part_of_rest(
    draw: impl Fn(&'static Rest) -> Fresh + Send + 'static,
) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let stage = stage(false);
    live(move || match (stage.get(), app.rest()) {
        (Stage::Here, Some(rest)) => draw(rest),
        (Stage::Missing, _) => view! { <NotHere/> },
        _ => view! { <p role="status">{w.loading}</p> },
    })
}

fn stage(wants_event: bool) -> Memo<Stage> {
    let app = use_app();
    Memo::new(move |_| {
        let has_event = app.event.with(Option::is_some);
        match app.rest.get() {
            // A page that is shown while the vault is locked waits for nothing of it.
            Ok(Some(_))
                if !wants_event
                    || !has_event
                    || app.is_read.get()
                    || app.access.get() != Access::Open =>
            {
                Stage::Here
            }
            Ok(_) => Stage::Coming,
            Err(()) => Stage::Missing,
        }
    })
}

/// A part of the app did not arrive: only on a first visit, before all of it is
/// kept offline.
#[component]
fn NotHere() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    view! {
        <Note tone="warn" icon=IconName::CloudOff title=w.rest_missing live=true>
            <p>{w.rest_missing_hint}</p>
            <div class="cluster">
                <DeedButton
                    label=w.try_again
                    icon=IconName::Refresh
                    on_press=move |()| spawn_local(app.fetch_rest())
                />
                <DeedButton
                    label=w.reload
                    icon=IconName::Refresh
                    kind="quiet"
                    on_press=move |()| page::reload()
                />
            </div>
        </Note>
    }
}
