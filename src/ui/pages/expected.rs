//! Who is expected at the open event: looked up by a part of anything, or by the code on an
//! invitation, and registered with a form that is filled in.

mod import;
mod preview;
mod scan;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::import::Choose;
use self::preview::Preview;
use self::scan::OrScan;
use super::register::Form;
use crate::browser::{clock, page, random};
use crate::domain::*;
use crate::format::pack_lists::Expected;
use crate::format::people_table::Table;
use crate::operations::expected::{begin_form, replace};
use crate::operations::{drafts, expected};
use crate::store::StoreError;
use crate::ui::format;
use crate::ui::invited::{Arrived, Guest, GuestList, Standing, invited};
use crate::ui::parts::{
    DeedButton, Empty, Fresh, Icon, IconName, IntoFresh, Note, Pill, SearchField, attr, list, live,
    view,
};
use crate::ui::routes::Route;
use crate::ui::state::{
    AppState, Keeping, Writer, lasting, use_app, use_expected_words, use_later_words, use_words,
};
use crate::ui::words::{self, ExpectedWords, fill, store_problem};

/// Rows that are shown: whoever is not among them is found with one more letter.
const MOST_ROWS: usize = 50;
/// Id of the search field.
const SEARCH: &str = "search";

/// What the page is at.
#[derive(Clone)]
enum Stage {
    Looking,
    /// Which table?
    Choosing,
    /// What do its columns mean?
    Reading(Arc<Table>),
}

/// The page of the invited.
#[component]
pub fn ExpectedPage() -> impl IntoView {
    let app = use_app();
    let stage = RwSignal::new(Stage::Looking);
    // After the form that was left kept its draft.
    page::after(0, move || spawn_local(forget_untouched(app)));
    let go = Callback::new(move |to: Stage| {
        stage.set(to);
        page::scroll_to_start();
        page::after(0, || page::focus("main"));
    });
    live(move || match stage.get() {
        Stage::Looking => view! { <Looking go/> },
        Stage::Choosing => view! { <Choose go/> },
        Stage::Reading(table) => view! { <Preview table go/> },
    })
}

/// Search, people, and what is done with the list.
#[component]
fn Looking(go: Callback<Stage>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let e = use_expected_words();
    let guests = invited(app).list;
    let typed = RwSignal::new(String::new());
    let arrived = Memo::new(move |_| Arc::new(invited(app).arrived()));
    let is_there = Memo::new(move |_| invited(app).is_there());
    let is_damaged = Memo::new(move |_| guests.with(|list| list.is_damaged));
    let counts = Memo::new(move |_| {
        guests.with(|list| (arrived.with(|arrived| list.registered(arrived)), list.len()))
    });
    let open_exactly = move |text: &str| {
        let found = guests.with_untracked(|list| list.exactly(text));
        if let Some(guest) = &found {
            let standing = arrived.with_untracked(|arrived| arrived.standing(guest));
            open(app, guest, &standing);
        }
        found.is_some()
    };
    if page::has_keyboard() {
        page::after(0, || page::focus(SEARCH));
    }
    let scanned = Callback::new(move |text: String| {
        let text = text.trim().to_owned();
        if !open_exactly(&text) {
            typed.set(text);
            app.say(e.scanned_unknown, None);
        }
    });
    view! {
        <main id="main" tabindex="-1">
            <div class="page-head">
                <div>
                    <h1>{w.expected}</h1>
                    <p class="sub small">
                        {live(move || {
                            let (registered, all) = counts.get();
                            is_there
                                .get()
                                .then(|| {
                                    fill(
                                        e.registered_of,
                                        &[&registered.to_string(), &all.to_string()],
                                    )
                                })
                        })}
                    </p>
                </div>
                <a class="button" data-size="small" href=Route::Register.href()>
                    <Icon name=IconName::UserPlus/>
                    {e.walk_in}
                </a>
            </div>
            {live(move || {
                is_damaged
                    .get()
                    .then(|| {
                        view! {
                            <Note tone="bad" icon=IconName::ShieldAlert title=e.damaged>
                                <p>{e.damaged_hint}</p>
                            </Note>
                        }
                    })
            })}
            {live(move || {
                if is_there.get() {
                    view! {
                        <OrScan on_text=scanned>
                            <form
                                role="search"
                                on:submit=move |event| {
                                    event.prevent_default();
                                    typed.with_untracked(|typed| open_exactly(typed));
                                }
                            >
                                <SearchField id=SEARCH label=e.search_hint placeholder=e.search_short value=typed on_input=move |text| typed.set(text)/>
                            </form>
                        </OrScan>
                        <Guests guests typed arrived/>
                        <Manage go/>
                    }
                } else {
                    view! {
                        <section class="card">
                            <Empty icon=IconName::Users title=e.empty hint=e.empty_hint>
                                <ImportButton go kind="primary"/>
                            </Empty>
                        </section>
                    }
                }
            })}
        </main>
    }
}

/// Who matches.
#[component]
fn Guests(
    guests: RwSignal<GuestList>,
    typed: RwSignal<String>,
    arrived: Memo<Arc<Arrived>>,
) -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    let e = use_expected_words();
    let found =
        Memo::new(move |_| guests.with(|list| typed.with(|typed| list.search(typed, MOST_ROWS))));
    let shown = Memo::new(move |_| found.with(|(guests, total)| (guests.len(), *total)));
    let any = Memo::new(move |_| shown.get().1 > 0);
    let rows = move || {
        let (guests, _) = found.get();
        arrived.with(|arrived| {
            let standing = |guest: Arc<Guest>| (arrived.standing(&guest), guest);
            guests.into_iter().map(standing).collect()
        })
    };
    view! {
        <section class="card" data-flush aria-label=w.expected>
            {live(move || {
                if any.get() {
                    view! {
                        <ul class="rows">
                            {list(
                                rows,
                                |(standing, guest): &(Standing, Arc<Guest>)| {
                                    format!("{} {}", guest.key, standing_key(standing))
                                },
                                |(standing, guest)| view! { <GuestRow guest standing/> },
                            )}
                        </ul>
                    }
                } else {
                    view! {
                        <Empty icon=IconName::Search title=l.none_found hint=e.none_found_hint>
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| {
                                    typed.set(String::new());
                                    page::focus(SEARCH);
                                }
                            >
                                <Icon name=IconName::X/>
                                {l.search_clear}
                            </button>
                        </Empty>
                    }
                }
            })}
        </section>
        <p class="small muted" class:visually-hidden=attr(move || !any.get()) role="status">
            {live(move || match shown.get() {
                (_, 0) => l.none_found.to_owned(),
                (rows, total) => fill(l.shown_of, &[&rows.to_string(), &total.to_string()]),
            })}
        </p>
    }
}

/// One person: masked name, what tells them from others of that name, and whether they were here.
#[component]
fn GuestRow(guest: Arc<Guest>, standing: Standing) -> impl IntoView {
    let app = use_app();
    let e = use_expected_words();
    let language = app.language.get_untracked();
    let about = about(app, e, &guest);
    let pill = match &standing {
        Standing::NotYet => view! { <Pill tone="plain" icon=IconName::UserRound text=e.not_yet/> },
        Standing::Attended { at } => {
            let a = language.attend_words();
            let title = format!("{} {}", a.only_attended, format::time(language, *at));
            view! { <Pill tone="plain" icon=IconName::UserCheck text=title/> }
        }
        Standing::Draft(_) => view! { <Pill tone="warn" icon=IconName::FileClock text=e.draft/> },
        Standing::Registered { number, at, .. } => {
            let title = format!("{} {}", e.registered_as, format::time(language, *at));
            view! {
                <span class="row-number">{number.clone()}</span>
                <Pill tone="good" icon=IconName::Check text=title/>
            }
        }
    };
    let begins = matches!(standing, Standing::NotYet | Standing::Attended { .. });
    let is_closed = begins && untrack(|| app.is_closed());
    let name = guest.masked_name.clone();
    view! {
        <li>
            <button
                type="button"
                class="row"
                disabled=is_closed
                on:click=move |_| open(app, &guest, &standing)
            >
                <span class="row-name">
                    <b>{name}</b>
                    <span class="row-sub">{about}</span>
                </span>
                <span class="cluster">{pill}</span>
            </button>
        </li>
    }
}

/// Invitation, the end of the NIK, what the business does and where: what an officer asks to tell
/// people of one name apart.
fn about(app: AppState, e: &ExpectedWords, guest: &Guest) -> String {
    let language = app.language.get_untracked();
    let known = &guest.known;
    let sector = Sector::from_code(known.text(Field::Sector));
    let place = kelurahan(known.text(Field::Kelurahan));
    let parts = [
        known.invitation().map(|code| fill(e.invitation, &[code])),
        guest.nik_end().map(|end| fill(e.nik_ends, &[&end])),
        sector.map(|sector| words::sector(language, sector).to_owned()),
        place.map(|place| place.name.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn standing_key(standing: &Standing) -> String {
    match standing {
        Standing::NotYet => String::new(),
        Standing::Attended { at } => at.rfc3339(),
        Standing::Draft(id) | Standing::Registered { id, .. } => {
            let kind = matches!(standing, Standing::Draft(_));
            format!("{kind} {id}")
        }
    }
}

/// What is done with the list as a whole.
#[component]
fn Manage(go: Callback<Stage>) -> impl IntoView {
    let app = use_app();
    let e = use_expected_words();
    let clear = Action::new_local(move |(): &()| async move {
        let people = invited(app).list.with_untracked(GuestList::people);
        put(app, app.event_id(), &[], e.cleared, Some(people)).await;
    });
    view! {
        <div class="cluster">
            <ImportButton go/>
            <DeedButton
                label=e.clear
                icon=IconName::Trash
                kind="quiet"
                busy=clear.pending()
                off=Signal::derive(move || app.writer.get() != Writer::Here)
                on_press=move |()| {
                    clear.dispatch(());
                }
            />
        </div>
    }
}

/// The way to an import.
#[component]
fn ImportButton(
    go: Callback<Stage>,
    #[prop(optional)] kind: Option<&'static str>,
) -> impl IntoView {
    let app = use_app();
    let e = use_expected_words();
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind
            disabled=attr(move || app.writer.get() != Writer::Here)
            on:click=move |_| go.run(Stage::Choosing)
        >
            <Icon name=IconName::FileSpreadsheet/>
            {e.import}
        </button>
    }
}

/// Puts a list in place of the one that is there and says so, with the way back to `before`.
async fn put(
    app: AppState,
    event: Option<EventId>,
    people: &[Expected],
    said: &str,
    before: Option<Vec<Expected>>,
) {
    let Some(event) = event else { return };
    let store = app.store();
    let done = app
        .vault
        .unbroken(replace(&store, event, people, &app.doer()))
        .await;
    shown(app, event, done).await.map_or_else(
        |problem| app.say(problem, None),
        |()| app.say(said, before.map(|before| way_back(app, event, before))),
    );
}

/// What a short message offers after the list was changed.
fn way_back(app: AppState, event: EventId, before: Vec<Expected>) -> Callback<()> {
    lasting(move || {
        let before = before.clone();
        spawn_local(async move {
            let said = app.language.get_untracked().expected_words().put_back;
            put(app, Some(event), &before, said, None).await;
        });
    })
}

/// Shows the list as it is now, here and in other tabs; or says why it was not changed.
async fn shown<T>(app: AppState, event: EventId, done: Result<T, StoreError>) -> Result<T, String> {
    let read = match done {
        Ok(done) => invited(app).read().await.map(|()| done),
        Err(error) => Err(error),
    };
    app.tell_tabs(event);
    read.map_err(|error| store_problem(app.language.get_untracked(), &error))
}

/// Goes to the registration or the draft of somebody, or begins a form with what is known.
fn open(app: AppState, guest: &Guest, standing: &Standing) {
    match standing {
        Standing::Registered { id, .. } => Route::Registration(*id).go(),
        Standing::Draft(id) => Route::Draft(*id).go(),
        Standing::NotYet | Standing::Attended { .. } => {
            let Some(event) = app.event.get_untracked() else {
                return;
            };
            let now = clock::now();
            let id = RegistrationId(random::uuid(now));
            let mut draft = begin_form(&guest.known, id, &event.tablet.event, now);
            draft.set(Field::Officer, &app.officer.get_untracked());
            draft.set(Field::ConsentLanguage, app.language.get_untracked().code());
            app.drafts.update(|drafts| drafts.push(draft.clone()));
            spawn_local(async move {
                match drafts::keep(&app.store(), &draft).await {
                    Ok(()) => Route::Draft(id).go(),
                    Err(error) => {
                        app.read_drafts().await;
                        app.say(store_problem(app.language.get_untracked(), &error), None);
                    }
                }
            });
        }
    }
}

/// Throws away forms in which nothing was typed beyond what the list says: a tap on the wrong name
/// leaves nothing that the next person could be taken for.
async fn forget_untouched(app: AppState) {
    let Some(event) = app.event.get_untracked() else {
        return;
    };
    let arrived = untrack(|| invited(app).arrived());
    let untouched = |draft: &Draft| {
        invited(app).list.with_untracked(|list| {
            list.guest_of(&arrived, draft.id).is_some_and(|guest| {
                expected::is_untouched(draft, &guest.known, &event.tablet.event)
            })
        })
    };
    let drafts = app.drafts.get_untracked();
    let mut is_any_gone = false;
    for draft in drafts.iter().filter(|draft| untouched(draft)) {
        is_any_gone |= drafts::discard(&app.store(), draft.id).await.is_ok();
    }
    if is_any_gone {
        app.keeping.set(Keeping::Nothing);
        app.read_drafts().await;
    }
}

/// In the first step of a form: the way to the list, or that the form was filled in from it.
pub fn in_form(form: Form) -> Fresh {
    let app = use_app();
    let e = use_expected_words();
    let (is_new, is_untouched) = form.begins();
    let is_there = Memo::new(move |_| invited(app).is_there());
    if is_new && !is_untouched {
        return view! {
            <Note tone="act" icon=IconName::UserCheck title=e.filled live=true>
                <p>
                    {e.filled_hint} " " <a href=Route::Expected.href()>{e.filled_wrong}</a>
                </p>
            </Note>
        };
    }
    live(move || (is_untouched && is_there.get()).then(way_to_list)).fresh()
}

/// On the event's page, where there is a list: the way to it, and how many of it are registered.
#[component]
pub fn ListOnHome() -> impl IntoView {
    let app = use_app();
    let is_there = Memo::new(move |_| invited(app).is_there());
    live(move || is_there.get().then(way_to_list))
}

fn way_to_list() -> Fresh {
    let e = use_expected_words();
    view! {
        <a class="button" href=Route::Expected.href()>
            <Icon name=IconName::Search/>
            {e.find}
        </a>
    }
}
