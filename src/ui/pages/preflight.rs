//! The last look at a tablet before an event: each thing that must be right, with a
//! tick, a warning, or what to do. It really saves, hands over, opens and removes.

use leptos::prelude::*;

use super::packs::short_key;
use crate::browser::platform::Offline;
use crate::browser::storage::{self, Persistence};
use crate::browser::{camera, clock, random};
use crate::operations::preflight::{TrialDeed, is_clock_plausible, trial};
use crate::ui::format;
use crate::ui::pages::hand_over::APP;
use crate::ui::parts::{DeedButton, Icon, IconName, IntoFresh, Pill, Trouble, live, view};
use crate::ui::sealer::WorkerSealer;
use crate::ui::state::{AppState, Writer, use_app, use_later_words, use_words};
use crate::ui::words::{fill, trial_problem};

/// How one thing stands.
#[derive(Clone, PartialEq, Eq)]
enum Mark {
    Good,
    /// It works, and somebody should know.
    Warn,
    /// The event would suffer.
    Bad,
    /// Not tried yet.
    Open,
}

/// One line: what was looked at, how it stands, and what to do.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    name: &'static str,
    mark: Mark,
    says: String,
    hint: &'static str,
}

/// The page of checks.
#[component]
pub fn Preflight() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let has_camera = RwSignal::new(None::<bool>);
    leptos::task::spawn_local(async move {
        let there = camera::is_there().await;
        has_camera.try_set(Some(there));
    });
    let try_out = Action::new_local(move |(): &()| app.vault.unbroken(try_tablet(app)));
    let trying = try_out.pending();
    let tried = try_out.value();
    let ask = Action::new_local(move |(): &()| async move {
        storage::ask_persistence().await;
        app.look_at_storage().await;
    });
    let lines = Memo::new(move |_| {
        let outcome = tried.with(|tried| tried.as_ref().map(Result::is_ok));
        lines(app, has_camera.get(), outcome)
    });
    let card = move |line: Line| {
        let (tone, icon, word) = match line.mark {
            Mark::Good => ("good", IconName::Check, l.check_good),
            Mark::Warn => ("warn", IconName::TriangleAlert, l.check_warn),
            Mark::Bad => ("bad", IconName::CircleAlert, l.check_bad),
            Mark::Open => ("plain", IconName::Info, l.check_open),
        };
        let is_good = line.mark == Mark::Good;
        view! {
            <li class="check-line">
                <div>
                    <b>{line.name}</b>
                    <p class="small sub">{line.says}</p>
                    {(!is_good && !line.hint.is_empty())
                        .then(|| view! { <p class="small">{line.hint}</p> })}
                </div>
                <Pill tone icon text=word/>
            </li>
        }
    };
    let verdict = move || {
        let (bad, warn, open) = lines.with(|lines| {
            let count = |mark: &Mark| lines.iter().filter(|line| line.mark == *mark).count();
            (count(&Mark::Bad), count(&Mark::Warn), count(&Mark::Open))
        });
        let (tone, icon, text) = match (bad, warn, open) {
            (1.., _, _) => (
                "bad",
                IconName::CircleAlert,
                fill(l.preflight_bad, &[&bad.to_string()]),
            ),
            (0, _, 1..) => ("plain", IconName::Info, l.preflight_open.to_owned()),
            (0, 1.., 0) => (
                "warn",
                IconName::TriangleAlert,
                fill(l.preflight_warn, &[&warn.to_string()]),
            ),
            (0, 0, 0) => ("good", IconName::ShieldCheck, l.preflight_good.to_owned()),
        };
        view! {
            <div class="note" data-tone=tone role="status">
                <Icon name=icon/>
                <b>{text}</b>
            </div>
        }
    };
    let promised = move || app.storage.get().persistence == Persistence::Granted;
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.preflight}</h1>
                        <p class="sub small">{l.preflight_hint}</p>
                    </div>
                </div>
                {live(verdict)}
                <section class="card" data-flush>
                    <ul class="check-lines">
                        {live(move || lines.get().into_iter().map(card).collect_view())}
                    </ul>
                </section>
                <TabletCard/>
            </div>
        </main>
        <footer class="bar">
            <div class="bar-note">
                <Trouble text=Signal::derive(move || tried.get().and_then(Result::err))/>
            </div>
            {live(move || {
                (!promised())
                    .then(|| {
                        view! {
                            <DeedButton
                                label=l.ask_persistence
                                icon=IconName::HardDrive
                                busy=ask.pending()
                                on_press=move |()| {
                                    ask.dispatch(());
                                }
                            />
                        }
                    })
            })}
            <DeedButton
                label=Signal::derive(move || {
                    if trying.get() { l.trial_running } else { l.trial_start }.to_owned()
                })
                icon=IconName::ShieldCheck
                kind="primary"
                busy=trying
                off=Signal::derive(move || app.writer.get() != Writer::Here)
                on_press=move |()| {
                    try_out.clear();
                    try_out.dispatch(());
                }
            />
        </footer>
    }
}

/// What this tablet tells the office before the event: its letter and its public key.
#[component]
fn TabletCard() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let Some(event) = app.event.get_untracked() else {
        return ().fresh();
    };
    let Ok(vault) = app.store().vault_of(event.id()) else {
        return ().fresh();
    };
    let key = vault.tablet_key().public().to_string();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{fill(w.tablet, &[&event.tablet.letter.to_string()])}</h2>
                <DeedButton
                    label=w.print
                    icon=IconName::Printer
                    size="small"
                    on_press=|()| crate::browser::page::print()
                />
            </div>
            <p class="sub small">{l.tablet_card_hint}</p>
            <p>
                <code>{key}</code>
            </p>
        </section>
    }
}

fn lines(app: AppState, camera: Option<bool>, tried: Option<bool>) -> Vec<Line> {
    let w = app.words();
    let l = app.language.get_untracked().later_words();
    let language = app.language.get_untracked();
    let line = |name, mark, says: String, hint| Line {
        name,
        mark,
        says,
        hint,
    };
    let health = app.storage.get();
    let offline = app.platform.get().offline;
    let ring = app.vault.ring.get();
    let event = app.event.get();
    let now = clock::now();
    let last = event
        .as_ref()
        .and_then(|event| event.state.last_recorded_at());
    let is_plausible = is_clock_plausible(now, last);
    let is_today = event
        .as_ref()
        .is_some_and(|event| event.tablet.event.date == now.local_date());
    let office = ring
        .as_ref()
        .and_then(|ring| ring.recipients.first().cloned());
    vec![
        match offline {
            Offline::Ready => line(w.offline, Mark::Good, w.yes_checked.to_owned(), ""),
            Offline::Installing => line(
                w.offline,
                Mark::Open,
                w.offline_installing.to_owned(),
                l.check_offline_hint,
            ),
            Offline::Failed | Offline::Unsupported => line(
                w.offline,
                Mark::Bad,
                w.offline_failed.to_owned(),
                l.check_offline_hint,
            ),
        },
        match health.persistence {
            Persistence::Granted => line(w.storage, Mark::Good, l.storage_promised.to_owned(), ""),
            Persistence::Denied | Persistence::Unknown => line(
                w.storage,
                Mark::Warn,
                l.storage_not_promised.to_owned(),
                l.asked_denied,
            ),
        },
        match health.reserve {
            Some(true) => line(l.check_room, Mark::Good, l.check_room_good.to_owned(), ""),
            Some(false) => line(
                l.check_room,
                Mark::Bad,
                w.used_up.to_owned(),
                w.reserve_used,
            ),
            None => line(l.check_room, Mark::Open, w.unknown.to_owned(), ""),
        },
        if is_plausible {
            let says = format::date_time(language, now);
            let mark = if is_today { Mark::Good } else { Mark::Warn };
            line(l.check_clock, mark, says, l.check_clock_not_today)
        } else {
            let says = format::date_time(language, now);
            line(l.check_clock, Mark::Bad, says, l.check_clock_hint)
        },
        match camera {
            Some(true) => line(l.check_camera, Mark::Good, w.there.to_owned(), ""),
            Some(false) => line(
                l.check_camera,
                Mark::Warn,
                l.check_camera_none.to_owned(),
                l.check_camera_hint,
            ),
            None => line(l.check_camera, Mark::Open, w.unknown.to_owned(), ""),
        },
        match office {
            Some(recipient) => line(
                l.pack_office,
                Mark::Good,
                fill(l.check_office_key, &[&short_key(&recipient)]),
                "",
            ),
            None => line(
                l.pack_office,
                Mark::Warn,
                l.pack_no_office.to_owned(),
                l.pack_no_office_hint,
            ),
        },
        match tried {
            Some(true) => line(l.check_trial, Mark::Good, l.check_trial_good.to_owned(), ""),
            Some(false) => line(
                l.check_trial,
                Mark::Bad,
                l.check_trial_bad.to_owned(),
                l.check_trial_hint,
            ),
            None => line(
                l.check_trial,
                Mark::Open,
                l.check_trial_open.to_owned(),
                l.check_trial_start,
            ),
        },
    ]
}

async fn try_tablet(app: AppState) -> Result<(), String> {
    let language = app.language.get_untracked();
    let Some(event) = app.event.get_untracked() else {
        return Err(language.words().no_events.to_owned());
    };
    let doer = app.doer();
    let rules = app.rules();
    let deed = TrialDeed {
        rules: &rules,
        device: app.device(),
        doer: &doer,
        app: APP.to_owned(),
        chance: random::fill,
        ids: [(); 3].map(|()| random::uuid(doer.now)),
    };
    app.look_at_storage().await;
    trial(&app.store(), &event, &deed, &WorkerSealer)
        .await
        .map_err(|error| trial_problem(language, &error))
}
