//! The events of this tablet, and the ways into one.

mod new_event;

pub use new_event::NewEventPage;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zeroize::Zeroizing;

use super::locked::SAMPLE_PASSPHRASE;
use super::protect::{Chosen, fresh_recovery};
use crate::browser::{clock, page, random, storage};
use crate::domain::*;
use crate::operations::audit::Doer;
use crate::operations::create_event::{CreateEventError, EventSeed, NewEvent, create_event};
use crate::operations::protect::{Closing, fresh_secrets, protection};
use crate::store::{StoreError, StoredEvent};
use crate::ui::format;
use crate::ui::parts::{
    DeedButton, Empty, Icon, IconName, Note, Pill, Trouble, attr, list, live, view,
};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, use_app, use_words};
use crate::ui::vault::derive_new;
use crate::ui::words::{Language, event_fault, fill, store_problem, work_problem};
use crate::vault::wrap::Passphrase;

/// The list of this tablet's events, the newest first.
#[component]
pub fn Events() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let damaged = RwSignal::new(0);
    // What is in memory was read when the app started; counts moved since.
    spawn_local(async move {
        if let Ok((events, unreadable)) = app.store().events().await {
            app.events.set(events);
            damaged.try_set(unreadable);
        }
    });
    let listed = Memo::new(move |_| newest_first(app));
    let open = Action::new_local(move |id: &EventId| {
        let id = *id;
        async move { enter(app, id, None).await }
    });
    let opened = open.value();
    let trouble = Signal::derive(move || {
        opened.with(|opened| match opened {
            Some(Err(error)) => Some(store_problem(language, error)),
            _ => None,
        })
    });
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <h1>{w.events}</h1>
                {live(move || {
                    (damaged.get() > 0)
                        .then(|| {
                            let title = fill(w.damaged, &[&damaged.get().to_string()]);
                            view! { <Note tone="bad" icon=IconName::ShieldAlert title=title/> }
                        })
                })}
                <Trouble text=trouble/>
                {live(move || {
                    listed
                        .with(Vec::is_empty)
                        .then(|| {
                            view! {
                                <section class="card" data-flush>
                                    <Empty
                                        icon=IconName::Calendar
                                        title=w.no_events
                                        hint=w.new_event_hint
                                    />
                                </section>
                            }
                        })
                })}
                {list(
                    move || listed.get(),
                    |event| format!("{} {}", event.id(), event.state.saved),
                    move |event| view! { <EventCard event open/> },
                )}
                <SampleOffer/>
            </div>
        </main>
        <footer class="bar">
            <a class="button" href=Route::LoadPack.href()>
                <Icon name=IconName::Package/>
                {w.load_pack}
            </a>
            <a class="button" href=Route::Restore.href()>
                <Icon name=IconName::FileUp/>
                {w.restore_event}
            </a>
            <a class="button" data-kind="primary" href=Route::NewEvent.href()>
                <Icon name=IconName::Plus/>
                {w.add_event}
            </a>
        </footer>
    }
}

/// The events that were read last; the open one as it stands now.
fn newest_first(app: AppState) -> Vec<StoredEvent> {
    let mut events = app.events.get();
    app.event.with(|current| {
        if let Some(current) = current {
            for event in &mut events {
                if event.id() == current.id() {
                    event.clone_from(current);
                }
            }
        }
    });
    events.sort_by_key(|event| {
        let tablet = &event.tablet;
        std::cmp::Reverse((tablet.event.date, tablet.created_at))
    });
    events
}

#[component]
fn EventCard(event: StoredEvent, open: Action<EventId, Result<(), StoreError>>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let StoredEvent { tablet, state } = event;
    let id = tablet.event.id;
    let heading = format!("event-{id}");
    let (described, labelled) = (heading.clone(), heading.clone());
    let is_current = Memo::new(move |_| {
        app.event
            .with(|event| event.as_ref().is_some_and(|event| event.id() == id))
    });
    let (pending, asked) = (open.pending(), open.input());
    let is_opening = Signal::derive(move || asked.get() == Some(id));
    let date = tablet.event.date;
    let facts = [
        fill(w.event_code, &[tablet.event.code.as_str()]),
        fill(w.tablet, &[&tablet.letter.to_string()]),
        fill(w.participants_on_tablet, &[&state.issued.to_string()]),
    ]
    .join(" · ");
    view! {
        <section class="card" aria-labelledby=labelled>
            <div class="card-head">
                <h2 id=heading>{tablet.event.name}</h2>
                {tablet.event.sample.then(sample_pill)}
                {live(move || {
                    let described = described.clone();
                    if is_current.get() {
                        view! {
                            <Pill tone="act" icon=IconName::Check text=w.event_current/>
                            <a class="button" data-size="small" href=Route::Home.href()>
                                {w.to_event}
                            </a>
                        }
                    } else {
                        view! {
                            <DeedButton
                                label=w.event_open
                                icon=IconName::ArrowRight
                                size="small"
                                busy=is_opening
                                off=pending
                                described_by=described
                                on_press=move |()| {
                                    open.dispatch_local(id);
                                }
                            />
                        }
                    }
                })}
            </div>
            <p class="sub small">
                <time datetime=iso(date)>{format::long_date(language, date, true)}</time>
                " · "
                {tablet.event.venue}
            </p>
            <p class="small muted">{facts}</p>
        </section>
    }
}

/// Says that an event is one to try things out with.
pub(super) fn sample_pill() -> impl IntoView {
    view! { <Pill tone="warn" icon=IconName::Info text=use_words().sample/> }
}

/// A sample event in one tap.
#[component]
pub(super) fn SampleOffer() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let open = Action::new_local(move |(): &()| open_sample(app));
    let pending = open.pending();
    let opened = open.value();
    let trouble = Signal::derive(move || {
        opened.with(|opened| match opened {
            Some(Err(error)) => Some(create_problem(language, error)),
            _ => None,
        })
    });
    view! {
        <div class="note" data-tone="plain">
            <Icon name=IconName::Info/>
            <div>
                <b>{w.sample_title}</b>
                <p>
                    {w.sample_hint} " "
                    <button
                        type="button"
                        class="link-button"
                        aria-disabled=attr(move || pending.get().then_some("true"))
                        on:click=move |_| {
                            if !pending.get_untracked() {
                                open.dispatch_local(());
                            }
                        }
                    >
                        {w.sample_open}
                    </button>
                </p>
                <Trouble text=trouble/>
            </div>
        </div>
    }
}

/// Opens the sample event that is there already, or makes one.
async fn open_sample(app: AppState) -> Result<(), CreateEventError> {
    let there = app.events.with_untracked(|events| {
        let mut samples = events.iter().filter(|event| event.tablet.event.sample);
        samples.next_back().map(StoredEvent::id)
    });
    if let Some(id) = there {
        return Ok(enter(app, id, None).await?);
    }
    let w = app.language.get_untracked().words();
    let letter = "A";
    let code = app
        .events
        .with_untracked(|events| free_code(events, w.sample_venue, w.sample_name, letter));
    let sample = NewEvent {
        name: w.sample_name.to_owned(),
        venue: w.sample_venue.to_owned(),
        date: typed_date(clock::now().local_date()),
        letter: letter.to_owned(),
        code,
        payer: Payer::Myself.code().to_owned(),
        capacity: String::new(),
        jht: false,
        sample: true,
    };
    let chosen = Chosen {
        words: Zeroizing::new(SAMPLE_PASSPHRASE.to_owned()),
        recovery: fresh_recovery(),
        officer: FullName::parse(w.sample_officer).expect("a name of letters"),
    };
    start_event(app, &sample, &chosen).await
}

/// Makes an event with its vault, opens it and goes to its page.
async fn start_event(
    app: AppState,
    typed: &NewEvent,
    chosen: &Chosen,
) -> Result<(), CreateEventError> {
    let language = app.language.get_untracked();
    let (outer, asked) = derive_new(&Passphrase::typed(&chosen.words))
        .await
        .map_err(|error| CreateEventError::Vault(work_problem(language, &error)))?;
    let now = clock::now();
    let id = EventId(random::uuid(now));
    let doer = Doer {
        officer: chosen.officer.as_str().to_owned(),
        now,
    };
    let closing = Closing {
        outer: &outer,
        asked,
        recovery: Some(&chosen.recovery),
    };
    let secrets = fresh_secrets(random::fill);
    let protection = protection(id, secrets, &closing, &doer, random::fill);
    let seed = EventSeed {
        id,
        device: app.device(),
        now,
    };
    let event = create_event(&app.store(), typed, seed, protection).await?;
    added(app, event);
    Ok(enter(app, id, Some(&chosen.officer)).await?)
}

/// Takes note of an event that this tablet has from now on.
pub(super) fn added(app: AppState, event: StoredEvent) {
    app.events.update(|events| events.push(event));
    // Not awaited: some browsers put the question to the person first. Asked
    // now, because they answer only shortly after a tap.
    spawn_local(async move {
        storage::ask_persistence().await;
        app.look_at_storage().await;
    });
}

/// Opens an event and goes to its page.
pub(super) async fn enter(
    app: AppState,
    id: EventId,
    officer: Option<&FullName>,
) -> Result<(), StoreError> {
    app.open_event(id, officer)
        .await
        .inspect_err(|error| app.note_conflict(error))?;
    Route::Home.go();
    // What was tapped is gone, also where the address stays the same.
    page::after(0, || page::focus("main"));
    Ok(())
}

/// The code that is suggested for an event, with the first digit at its end
/// that makes it new on this tablet.
fn free_code(events: &[StoredEvent], venue: &str, name: &str, letter: &str) -> String {
    let suggested = suggest_code(venue, name).to_string();
    let stem = suggested.trim_end_matches('1');
    let is_free = |code: &String| {
        !events.iter().any(|event| {
            let taken = &event.tablet;
            taken.event.code.as_str() == code
                && taken.letter.to_string().eq_ignore_ascii_case(letter.trim())
        })
    };
    (1..=9)
        .map(|digit| format!("{stem}{digit}"))
        .find(is_free)
        .unwrap_or(suggested)
}

/// Why no event was made.
fn create_problem(language: Language, error: &CreateEventError) -> String {
    match error {
        CreateEventError::Store(error) => store_problem(language, error),
        CreateEventError::Vault(problem) => problem.clone(),
        CreateEventError::Faults(faults) => faults
            .first()
            .map_or_else(String::new, |(_, fault)| event_fault(language, fault)),
    }
}
