//! Everybody who is registered at the open event, to be searched.

use leptos::prelude::*;

use super::rows::RegistrationRows;
use crate::browser::page;
use crate::ui::parts::{Empty, Icon, IconName, SearchField, attr, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::fill;

/// Rows that are shown first, and how many more at each wish.
const FIRST_ROWS: usize = 50;
const MORE_ROWS: usize = 100;
/// Id of the search field.
const SEARCH: &str = "search";

/// The page of all registrations.
#[component]
pub fn Participants() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let typed = RwSignal::new(String::new());
    let most = RwSignal::new(FIRST_ROWS);
    let found = Memo::new(move |_| {
        app.roster
            .with(|roster| typed.with(|typed| roster.search(typed, most.get())))
    });
    let count = Memo::new(move |_| app.roster.with(|roster| roster.len()));
    let shown = Memo::new(move |_| found.with(|(lines, total)| (lines.len(), *total)));
    // Apart, so that rows and button stay where they are while the counts move.
    let anybody = Memo::new(move |_| (count.get() > 0, shown.get().1 > 0));
    let has_more = Memo::new(move |_| shown.get().0 < shown.get().1);
    let search_for = move |text: String| {
        most.set(FIRST_ROWS);
        typed.set(text);
    };
    if page::has_keyboard() {
        // The page takes the focus when it is entered; the field comes after it.
        page::after(0, || page::focus(SEARCH));
    }
    view! {
        <main id="main" tabindex="-1">
            <div class="page-head">
                <div>
                    <h1>{w.participants}</h1>
                    <p class="sub small">
                        {live(move || fill(w.participants_on_tablet, &[&count.get().to_string()]))}
                    </p>
                </div>
                <a class="button" data-size="small" href=Route::Register.href()>
                    <Icon name=IconName::UserPlus/>
                    {w.register}
                </a>
            </div>
            <SearchField id=SEARCH label=l.search_hint placeholder=l.search_short value=typed on_input=search_for/>
            <section class="card" data-flush aria-label=w.participants>
                {live(move || match anybody.get() {
                    (_, true) => {
                        let lines = Signal::derive(move || found.with(|(lines, _)| lines.clone()));
                        view! { <RegistrationRows lines/> }
                    }
                    (true, false) => {
                        view! {
                            <Empty
                                icon=IconName::Search
                                title=l.none_found
                                hint=l.none_found_hint
                            >
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| {
                                        search_for(String::new());
                                        page::focus(SEARCH);
                                    }
                                >
                                    <Icon name=IconName::X/>
                                    {l.search_clear}
                                </button>
                            </Empty>
                        }
                    }
                    (false, false) => {
                        view! { <Empty icon=IconName::Users title=l.nobody_yet hint=""/> }
                    }
                })}
            </section>
            <p
                class="small muted"
                class:visually-hidden=attr(move || !anybody.get().1)
                role="status"
            >
                {live(move || match (anybody.get(), shown.get()) {
                    ((false, _), _) => String::new(),
                    // Seen in the list itself, and heard here.
                    ((true, false), _) => l.none_found.to_owned(),
                    (_, (lines, total)) => {
                        fill(l.shown_of, &[&lines.to_string(), &total.to_string()])
                    }
                })}
            </p>
            {live(move || {
                has_more
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| most.update(|most| *most += MORE_ROWS)
                            >
                                {l.show_more}
                            </button>
                        }
                    })
            })}
        </main>
    }
}
