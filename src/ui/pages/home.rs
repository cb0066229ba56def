//! The open event at a glance; where there is none, the first steps.

mod brought_back;
mod drafts;

use leptos::prelude::*;

use self::brought_back::BroughtBack;
use super::events::{SampleOffer, sample_pill};
use super::expected::ListOnHome;
use super::hand_over::backup::BackupDue;
use super::hand_over::standing::Reminder;
use super::install::install_first;
use super::later::PageOfRest;
use super::rows::RegistrationRows;
use crate::browser::platform::Offline;
use crate::browser::storage::Persistence;
use crate::browser::{canaries, clock};
use crate::domain::*;
use crate::ui::app::lock_now;
use crate::ui::attending::attending;
use crate::ui::format;
use crate::ui::journal::SecondCopy;
use crate::ui::outgoing::not_handed_over;
use crate::ui::parts::{DeedButton, Empty, Icon, IconName, Note, Pill, attr, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::{fill, payer};
use drafts::SetAside;

/// How many of the last registrations are shown.
const LAST_ROWS: usize = 6;

/// The first page of the app.
#[component]
pub fn Home() -> impl IntoView {
    let app = use_app();
    let needs_installing = Memo::new(move |_| app.platform.get().needs_installing());
    // A tablet that had an event has one again, once the journal was looked into.
    let has_event = Memo::new(move |_| {
        app.event.with(Option::is_some)
            || (app.second_copy.get() == SecondCopy::Unknown && canaries::any())
    });
    live(move || match (needs_installing.get(), has_event.get()) {
        (true, _) => install_first(),
        (false, false) => view! { <Welcome/> },
        (false, true) => view! { <PageOfRest route=Route::Home/> },
    })
}

#[component]
fn Welcome() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let has_others = Memo::new(move |_| app.events.with(|events| !events.is_empty()));
    let link = |to: Route, icon: IconName, label: &'static str| {
        view! {
            <a class="button" href=to.href()>
                <Icon name=icon/>
                {label}
            </a>
        }
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.welcome}</h1>
                        <p class="sub">{w.welcome_hint}</p>
                    </div>
                </div>
                <a
                    class="button"
                    data-kind="primary"
                    data-size="big"
                    href=Route::NewEvent.href()
                >
                    <Icon name=IconName::Plus/>
                    {w.new_event}
                </a>
                {link(Route::LoadPack, IconName::Package, w.load_pack)}
                {link(Route::Restore, IconName::FileUp, w.restore_event)}
                {link(Route::Programme, IconName::Info, w.programme_explained)}
                {live(move || {
                    has_others
                        .get()
                        .then(|| {
                            view! {
                                <a class="button" href=Route::Events.href()>
                                    {w.events}
                                </a>
                            }
                        })
                })}
                <SampleOffer/>
                <ThisTablet/>
            </div>
        </main>
    }
}

/// The open event at a glance.
#[component]
pub fn EventHome() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    // The event itself, without its counters: it changes with the event only.
    let event = Memo::new(move |_| {
        app.event
            .with(|event| event.as_ref().map(|event| event.tablet.event.clone()))
    });
    let is_closed = Memo::new(move |_| app.is_closed());
    view! {
        <main id="main" tabindex="-1">
            {live(move || event.get().map(|event| view! { <Head event/> }))}
            <div class="columns">
                <div class="stack">
                    {live(move || {
                        if is_closed.get() {
                            view! { <ClosedNote/> }
                        } else {
                            view! {
                                <a
                                    class="button"
                                    data-kind="primary"
                                    data-size="big"
                                    href=Route::Register.href()
                                >
                                    <Icon name=IconName::UserPlus/>
                                    {l.register_person}
                                </a>
                                <ListOnHome/>
                            }
                        }
                    })}
                    <BroughtBack/>
                    <Reminder/>
                    <BackupDue/>
                    <SetAside/>
                    <Latest/>
                </div>
                <div class="stack">
                    {live(move || event.get().map(|event| view! { <Count event/> }))}
                    <ToHandOver/>
                    <ThisTablet/>
                    <EventDeeds is_closed/>
                </div>
            </div>
        </main>
    }
}

/// Registering ended, and what is left to do.
#[component]
fn ClosedNote() -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    view! {
        <Note tone="good" icon=IconName::ShieldCheck title=l.closed_already>
            <p>
                <a href=Route::HandOver.href()>{w.hand_over}</a>
            </p>
        </Note>
    }
}

/// What is done with an event before and after people come.
#[component]
fn EventDeeds(is_closed: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let link = move |to: Route, icon: IconName, label: &'static str| {
        view! {
            <a class="button" data-size="small" href=to.href()>
                <Icon name=icon/>
                {label}
            </a>
        }
    };
    view! {
        <section class="card" aria-label=l.event_deeds>
            {link(Route::Expected, IconName::Users, w.expected)}
            {live(move || {
                (!is_closed.get()).then(|| {
                    let label = app.language.get_untracked().attend_words().attend;
                    link(Route::Attend(None), IconName::UserCheck, label)
                })
            })}
            {link(Route::Attendance, IconName::Printer, w.attendance_list)}
            {link(Route::Preflight, IconName::ShieldCheck, w.preflight)}
            {link(Route::CopyEvent, IconName::TabletSmartphone, w.copy_event)}
            {link(Route::Exchange, IconName::CopyCheck, w.exchange)}
            {link(Route::Programme, IconName::Info, w.programme_explained)}
            {live(move || {
                (!is_closed.get()).then(|| link(Route::CloseEvent, IconName::Void, w.close_event))
            })}
            <DeedButton
                label=w.lock
                icon=IconName::Lock
                size="small"
                on_press=move |()| lock_now(app)
            />
        </section>
    }
}

#[component]
fn Head(event: Event) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let programmes = event
        .programmes
        .iter()
        .map(|programme| programme.code().to_ascii_uppercase())
        .collect::<Vec<_>>()
        .join(" + ");
    let about = [
        fill(w.event_code, &[event.code.as_str()]),
        programmes,
        fill(l.paid_by, &[payer(language, event.payer)]),
    ]
    .join(" · ");
    let is_today = event.date == clock::now().local_date();
    let when = if is_today { w.today } else { l.not_today };
    let tone = if is_today { "good" } else { "warn" };
    let several = Memo::new(move |_| app.events.with(|events| events.len() > 1));
    view! {
        <div class="page-head">
            <div>
                <p class="eyebrow">
                    <time datetime=iso(
                        event.date,
                    )>{format::long_date(language, event.date, true)}</time>
                    " · "
                    {event.venue}
                </p>
                <h1>{event.name}</h1>
                <p class="sub small">{about}</p>
            </div>
            <div class="cluster">
                {event.sample.then(sample_pill)}
                <Pill tone icon=IconName::Calendar text=when/>
                {live(move || {
                    let (to, label) = if several.get() {
                        (Route::Events, w.other_events)
                    } else {
                        (Route::NewEvent, w.add_event)
                    };
                    view! {
                        <a
                            class="button"
                            data-kind="quiet"
                            data-size="small"
                            href=to.href()
                        >
                            {label}
                        </a>
                    }
                })}
            </div>
        </div>
    }
}

#[component]
fn Latest() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let lines = Memo::new(move |_| app.roster.with(|roster| roster.latest(LAST_ROWS)));
    let is_empty = Memo::new(move |_| lines.with(Vec::is_empty));
    view! {
        <section class="card" data-flush aria-labelledby="last">
            <div class="card-head">
                <h2 id="last">{l.last_registrations}</h2>
                <a class="button" data-size="small" href=Route::Participants.href()>
                    <Icon name=IconName::Search/>
                    {w.search}
                </a>
            </div>
            {live(move || {
                if is_empty.get() {
                    view! { <Empty icon=IconName::Users title=l.nobody_yet hint=""/> }
                } else {
                    view! { <RegistrationRows lines/> }
                }
            })}
        </section>
    }
}

/// How many are registered, held against how many were invited.
#[component]
fn Count(event: Event) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let active = Memo::new(move |_| app.roster.with(|roster| roster.active()));
    let voided = Memo::new(move |_| app.roster.with(|roster| roster.len() - roster.active()));
    let capacity = event.capacity;
    let is_over = Memo::new(move |_| {
        is_over_capacity(&event, u32::try_from(active.get()).unwrap_or(u32::MAX))
    });
    let of = if capacity > 0 {
        fill(l.of_capacity, &[&capacity.to_string()])
    } else {
        w.participants.to_ascii_lowercase()
    };
    view! {
        <section class="card" aria-label=w.participants>
            <p class="count">
                <b>{active}</b>
                <span>
                    {of}
                    {live(move || {
                        (voided.get() > 0)
                            .then(|| {
                                let text = fill(l.voided_count, &[&voided.get().to_string()]);
                                view! { <small>{text}</small> }
                            })
                    })}
                </span>
            </p>
            {(capacity > 0)
                .then(|| {
                    view! {
                        <meter
                            class="meter"
                            min="0"
                            max=capacity.to_string()
                            value=attr(move || active.get().to_string())
                            aria-label=attr(move || {
                                fill(
                                    l.of_capacity_label,
                                    &[&active.get().to_string(), &capacity.to_string()],
                                )
                            })
                        ></meter>
                    }
                })}
            {live(move || {
                let present = attending(app).with(Vec::len);
                let a = app.language.get_untracked().attend_words();
                (present > 0).then(|| {
                    let text = fill(a.present_count, &[&present.to_string()]);
                    view! { <p class="small sub">{text}</p> }
                })
            })}
            {live(move || {
                is_over
                    .get()
                    .then(|| {
                        view! {
                            <p>
                                <Pill
                                    tone="warn"
                                    icon=IconName::TriangleAlert
                                    text=l.over_capacity
                                />
                            </p>
                        }
                    })
            })}
        </section>
    }
}

/// What exists on this tablet only, and the way to change that.
#[component]
fn ToHandOver() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let waiting = Memo::new(move |_| not_handed_over(app));
    let anybody =
        Memo::new(move |_| waiting.get() > 0 || app.roster.with(|roster| roster.len() > 0));
    let card = move || {
        let (tone, icon, hint) = if waiting.get() > 0 {
            ("warn", IconName::Send, l.to_hand_over_hint)
        } else {
            ("good", IconName::CopyCheck, l.handed_over_hint)
        };
        view! {
            <section class="card" aria-labelledby="to-hand-over">
                <div class="card-head">
                    <h2 id="to-hand-over">{w.to_hand_over}</h2>
                    <Pill tone icon text=waiting.get().to_string()/>
                </div>
                <p class="small sub">{hint}</p>
                <a class="button" href=Route::HandOver.href()>
                    <Icon name=IconName::Send/>
                    {w.hand_over}
                </a>
            </section>
        }
    };
    live(move || anybody.get().then(card))
}

/// Whether the tablet can be trusted with the day: storage, offline work, room.
#[component]
fn ThisTablet() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let persistence = move || match app.storage.get().persistence {
        Persistence::Granted => ("good", w.promised),
        Persistence::Denied => ("warn", w.not_promised),
        Persistence::Unknown => ("warn", w.unknown),
    };
    let offline = move || match app.platform.get().offline {
        Offline::Ready => ("good", w.yes_checked),
        Offline::Installing => ("warn", w.offline_installing),
        Offline::Failed | Offline::Unsupported => ("bad", w.not_yet),
    };
    let reserve = move || match app.storage.get().reserve {
        Some(true) => ("good", w.there),
        Some(false) => ("bad", w.used_up),
        None => ("plain", w.unknown),
    };
    let used = move || {
        app.storage.get().usage.map_or_else(
            || w.unknown.to_owned(),
            |usage| format::bytes(language, usage),
        )
    };
    view! {
        <section class="card" aria-labelledby="this-tablet">
            <h2 id="this-tablet">{w.this_tablet}</h2>
            <dl class="facts">
                <dt>{w.storage}</dt>
                <dd data-tone=attr(move || persistence().0)>{live(move || persistence().1)}</dd>
                <dt>{w.offline}</dt>
                <dd data-tone=attr(move || offline().0)>{live(move || offline().1)}</dd>
                <dt>{w.used}</dt>
                <dd>{live(used)}</dd>
                <dt>{w.reserve}</dt>
                <dd data-tone=attr(move || reserve().0)>{live(move || reserve().1)}</dd>
            </dl>
            {live(move || {
                (app.storage.get().persistence != Persistence::Granted)
                    .then(|| {
                        view! {
                            <a class="button" data-size="small" href=Route::Settings.href()>
                                <Icon name=IconName::Settings/>
                                {w.settings}
                            </a>
                        }
                    })
            })}
        </section>
    }
}
