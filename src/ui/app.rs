//! The shell around every page: rail, status strip, banners, short messages.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pages;
use super::parts::{Fresh, Icon, IconName, IntoFresh, attr, live, view};
use super::routes::Route;
use super::state::{AppState, Keeping, Writer, preferred_language, use_app, use_words};
use super::strip::Strip;
use super::vault::{Access, Why};
use super::words::{self, fill, store_problem};
use crate::browser::page;
use crate::browser::platform;
use crate::browser::tabs::Ask;
use crate::store::StoreError;

/// The whole app, drawn anew when the language changes.
#[component]
pub fn App(state: AppState) -> impl IntoView {
    provide_context(state);
    let route = Route::current();
    provide_context(route);
    live(move || {
        state.language.track();
        match state.failed.get() {
            Some(error) => view! { <Refused error/> },
            None => view! { <Shell route/> },
        }
    })
}

#[component]
fn Shell(route: ReadSignal<Route>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let is_first = StoredValue::new(true);
    Effect::new(move |_| {
        let route = route.get();
        page::set_title(&format!("{} · Pendapa", title(route)));
        // The first page has its own focus; later ones begin at the top.
        if !is_first.get_value() {
            page::scroll_to_start();
            page::focus("main");
        }
        is_first.set_value(false);
    });
    // What is asked before the page may be shown.
    let asked = Memo::new(move |_| {
        let access = app.access.get();
        let is_open = matches!(access, Access::Open | Access::NoEvent);
        (!is_open && route.get().shows_people()).then_some(access)
    });
    view! {
        <div class="app">
            <a
                class="skip-link"
                href="#main"
                on:click=move |event| {
                    event.prevent_default();
                    page::focus("main");
                }
            >
                {w.skip}
            </a>
            <Rail route/>
            <Strip/>
            <Banners/>
            {live(move || match (app.is_open.get(), asked.get()) {
                (false, _) => ().fresh(),
                (true, Some(access)) => pages::later::gate_of_rest(access).fresh(),
                (true, None) => page_of(route.get(), app.events.with_untracked(Vec::is_empty)),
            })}
        </div>
        // Nobody prints before the rest is here.
        {pages::later::part_of_rest(|_| view! { <link rel="stylesheet" href="./90-print.css"/> })}
        <div class="toasts" role="status">
            {live(move || {
                app.notice
                    .get()
                    .map(|notice| {
                        view! {
                            <div class="toast">
                                <Icon name=IconName::Check/>
                                {notice.text}
                                {notice
                                    .undo
                                    .map(|undo| {
                                        view! {
                                            <button
                                                type="button"
                                                class="link-button"
                                                on:click=move |_| {
                                                    app.notice.set(None);
                                                    undo.run(());
                                                }
                                            >
                                                {w.undo}
                                            </button>
                                        }
                                    })}
                            </div>
                        }
                    })
            })}
        </div>
    }
}

/// The pages of a first visit are drawn at once; the others are in the rest of
/// the app.
fn page_of(route: Route, is_first: bool) -> Fresh {
    match route {
        Route::Home => view! { <pages::home::Home/> },
        Route::NewEvent if is_first => view! { <pages::events::NewEventPage/> },
        Route::Register => view! { <pages::register::Register draft=None/> },
        Route::Draft(id) => view! { <pages::register::Register draft=Some(id)/> },
        _ => view! { <pages::later::PageOfRest route/> },
    }
}

fn title(route: Route) -> &'static str {
    let w = use_words();
    match route {
        Route::Home | Route::Events => w.home,
        Route::NewEvent => w.add_event,
        Route::LoadPack => w.load_pack,
        Route::Restore => w.restore_event,
        Route::CopyEvent => w.copy_event,
        Route::Exchange => w.exchange,
        Route::CloseEvent => w.close_event,
        Route::Preflight => w.preflight,
        Route::Register | Route::Draft(_) => w.new_person,
        Route::Correct(_) => w.correct,
        Route::Expected => w.expected,
        Route::Participants | Route::Registration(_) => w.participants,
        Route::Attendance | Route::Attend(_) => w.attendance_list,
        Route::HandOver => w.hand_over,
        Route::Programme => w.programme_explained,
        Route::Settings => w.settings,
        Route::Missing => w.page_missing,
    }
}

#[component]
fn Rail(route: ReadSignal<Route>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let item = move |to: Route, icon: IconName, label: &'static str| {
        let here = move || section(route.get()) == section(to);
        view! {
            <a href=to.href() aria-current=attr(move || here().then_some("page"))>
                <Icon name=icon/>
                <span>{label}</span>
            </a>
        }
    };
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    view! {
        <nav class="rail" aria-label=w.main_menu>
            <Mark/>
            {item(Route::Home, IconName::Home, w.home)}
            {item(Route::Register, IconName::UserPlus, w.register)}
            {item(Route::Participants, IconName::Users, w.participants)}
            {item(Route::HandOver, IconName::Send, w.hand_over)}
            {item(Route::Settings, IconName::Settings, w.settings)}
            <p class="rail-who">
                {live(move || {
                    app.event
                        .with(|event| {
                            event
                                .as_ref()
                                .map(|event| {
                                    let letter = event.tablet.letter.to_string();
                                    view! { <b>{fill(w.tablet, &[&letter])}</b> }
                                })
                        })
                })}
                {live(move || app.officer.get())}
            </p>
            {live(move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="rail-lock" on:click=move |_| lock_now(app)>
                                <Icon name=IconName::Lock/>
                                <span>{w.lock}</span>
                            </button>
                        }
                    })
            })}
        </nav>
    }
}

/// Locks because somebody asked for it.
pub(super) fn lock_now(app: AppState) {
    spawn_local(async move {
        if !app.lock_vault(Why::Asked).await {
            app.say(app.words().lock_not_now, None);
        }
    });
}

/// The item of the rail to which a page belongs.
fn section(route: Route) -> u8 {
    match route {
        Route::Home
        | Route::Events
        | Route::NewEvent
        | Route::LoadPack
        | Route::Restore
        | Route::CopyEvent
        | Route::Exchange
        | Route::CloseEvent
        | Route::Preflight
        | Route::Programme => 0,
        Route::Register | Route::Draft(_) | Route::Expected | Route::Attend(_) => 1,
        Route::Participants | Route::Attendance | Route::Registration(_) | Route::Correct(_) => 2,
        Route::HandOver => 3,
        Route::Settings => 4,
        Route::Missing => 5,
    }
}

/// The mark: a pendapa's roof and pillars, with a tick under it.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="rail-mark" viewBox="0 0 64 64" fill="none" aria-hidden="true">
            <rect width="64" height="64" rx="15" fill="#0b5468"></rect>
            <path
                d="M8 30 32 12l24 18"
                stroke="#fffdf9"
                stroke-width="4.5"
                stroke-linejoin="round"
                stroke-linecap="round"
            ></path>
            <path
                d="M16 31h32M19 33v17M45 33v17M14 51h36"
                stroke="#fffdf9"
                stroke-width="4"
                stroke-linecap="round"
            ></path>
            <path
                d="m25 42 5.5 5.5L40 37"
                stroke="#f3b54a"
                stroke-width="5"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
        </svg>
    }
}

/// Messages that concern every page.
#[component]
fn Banners() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let update = Memo::new(move |_| app.platform.get().update_waiting);
    let elsewhere = Memo::new(move |_| app.writer.get() == Writer::Elsewhere);
    let damaged = Memo::new(move |_| app.roster.with(|roster| roster.damaged));
    let reserve_used = Memo::new(move |_| app.storage.get().reserve == Some(false));
    let use_here = move |_| {
        let id = app
            .event
            .with_untracked(|event| event.as_ref().map(|event| event.id()));
        if let Some(id) = id {
            spawn_local(async move {
                if let Err(error) = app.become_writer(id, Ask::Steal).await {
                    app.say(store_problem(app.language.get_untracked(), &error), None);
                }
            });
        }
    };
    view! {
        <div class="banners" role="status">
            {live(move || {
                app.loss
                    .get()
                    .map(|loss| {
                        let text = fill(
                            w.lost,
                            &[&loss.records.to_string(), &loss.batches.to_string()],
                        );
                        view! {
                            <div class="banner" data-tone="bad">
                                <Icon name=IconName::ShieldAlert/>
                                <p>{text}</p>
                                <a class="button" data-size="small" href="./rescue.html">
                                    {w.rescue_page}
                                </a>
                            </div>
                        }
                    })
            })}
            {live(move || {
                (damaged.get() > 0)
                    .then(|| {
                        view! {
                            <div class="banner" data-tone="bad">
                                <Icon name=IconName::ShieldAlert/>
                                <p>{fill(w.damaged, &[&damaged.get().to_string()])}</p>
                                <a class="button" data-size="small" href="./rescue.html">
                                    {w.rescue_page}
                                </a>
                            </div>
                        }
                    })
            })}
            {live(move || {
                reserve_used
                    .get()
                    .then(|| {
                        view! {
                            <div class="banner" data-tone="bad">
                                <Icon name=IconName::HardDrive/>
                                <p>{w.reserve_used}</p>
                            </div>
                        }
                    })
            })}
            {live(move || {
                elsewhere
                    .get()
                    .then(|| {
                        view! {
                            <div class="banner" data-tone="warn">
                                <Icon name=IconName::Info/>
                                <p>{w.other_tab}</p>
                                <button
                                    type="button"
                                    class="button"
                                    data-size="small"
                                    on:click=use_here
                                >
                                    {w.use_here}
                                </button>
                            </div>
                        }
                    })
            })}
            {live(move || {
                update
                    .get()
                    .then(|| {
                        view! {
                            <div class="banner" data-tone="act">
                                <Icon name=IconName::Refresh/>
                                <p>{w.update_waiting}</p>
                                <button
                                    type="button"
                                    class="button"
                                    data-size="small"
                                    on:click=move |_| apply_update(app)
                                >
                                    {w.update_apply}
                                </button>
                            </div>
                        }
                    })
            })}
        </div>
    }
}

/// Starts the new version once the draft on the screen is kept.
fn apply_update(app: AppState) {
    match app.keeping.get_untracked() {
        Keeping::Pending => {
            page::after(200, move || apply_update(app));
        }
        // Reloading would lose what was typed.
        Keeping::Failed => app.say(app.words().draft_not_kept, None),
        Keeping::Nothing | Keeping::Kept(_) => platform::apply_update(),
    }
}

/// The page that is shown where the store cannot be opened.
#[component]
pub fn Refused(error: StoreError) -> impl IntoView {
    let language = preferred_language();
    let w = language.words();
    page::set_language(language.code());
    page::set_title(&format!("{} · Pendapa", w.refused_title));
    let text = words::store_problem(language, &error);
    view! {
        <main class="full-stop" role="alert">
            <div class="stack">
                <h1 tabindex="-1">{w.refused_title}</h1>
                <p>{text}</p>
                <div class="cluster">
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        on:click=|_| page::reload()
                    >
                        <Icon name=IconName::Refresh/>
                        {w.try_again}
                    </button>
                    <a class="button" href="./rescue.html">
                        {w.rescue_page}
                    </a>
                </div>
            </div>
        </main>
    }
}
