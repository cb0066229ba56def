//! An event from a backup, which goes on here under this tablet's own letter.

use leptos::prelude::*;

use super::events::{added, enter};
use super::file_card::{FileCard, FileRead, take_drops};
use super::install::install_first;
use super::locked::focus_soon;
use super::tablet_part::{TabletFields, TabletPart};
use crate::browser::{clock, random, worker};
use crate::domain::*;
use crate::operations::audit::Doer;
use crate::operations::backup::{RestoreDeed, check_restore, open_backup, restore};
use crate::store::BackupEvent;
use crate::ui::format;
use crate::ui::parts::{
    Choice, DeedButton, Fact, IconName, SecretField, SelectField, Trouble, live, view,
};
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::words::{fill, restore_problem, store_problem, work_problem};
use crate::vault::wrap::Passphrase;

const FILE: &str = "backup-file";
const EVENT: &str = "backup-event";
const WORDS: &str = "backup-passphrase";

/// The page; in a tab on an iPad, how to install the app.
#[component]
pub fn Restore() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let needs_installing = Memo::new(move |_| app.platform.get().needs_installing());
    let found = RwSignal::new(Vec::<BackupEvent>::new());
    let trouble = RwSignal::new(None::<String>);
    let take = move |read: FileRead| {
        let opened = match read {
            Ok(None) => return,
            Ok(Some(bytes)) => {
                open_backup(&bytes).map_err(|error| restore_problem(language, &error))
            }
            Err(problem) => Err(problem),
        };
        match opened {
            Ok(events) => {
                trouble.try_set(None);
                found.try_set(events);
                focus_soon(WORDS);
            }
            Err(problem) => {
                trouble.try_set(Some(problem));
            }
        }
    };
    take_drops(language, take);
    live(move || {
        if needs_installing.get() {
            return install_first();
        }
        let events = found.get();
        if !events.is_empty() {
            return view! { <GoOn events found/> };
        }
        view! {
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <h1>{w.restore_event}</h1>
                            <p class="sub small">{l.restore_hint}</p>
                        </div>
                    </div>
                    <FileCard
                        id=FILE
                        accept=".json"
                        label=l.restore_file
                        hint=l.restore_file_hint
                        on_read=Callback::new(take)
                        trouble
                    />
                </div>
            </main>
        }
    })
}

/// What is asked before the event goes on here.
#[derive(Clone)]
struct Asked {
    event: BackupEvent,
    words: String,
    letter: TabletLetter,
    officer: FullName,
}

/// Which event, by which passphrase, as which tablet, and by whom.
#[component]
fn GoOn(events: Vec<BackupEvent>, found: RwSignal<Vec<BackupEvent>>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let choices: Vec<Choice> = events
        .iter()
        .map(|found| {
            let event = &found.event.tablet.event;
            let name = format!("{} · {}", event.name, format::typed_date_text(event.date));
            Choice::new(found.event.id().to_string(), name)
        })
        .collect();
    let several = events.len() > 1;
    let which = RwSignal::new(events[0].event.id().to_string());
    let events = StoredValue::new(events);
    let chosen = move || {
        which.with(|which| {
            events.with_value(|events| {
                let found = events
                    .iter()
                    .find(|found| found.event.id().to_string() == *which);
                found.or_else(|| events.first()).cloned()
            })
        })
    };
    let words = RwSignal::new(String::new());
    let part = TabletPart::new();
    let facts = move || {
        chosen().map(|found| {
            let (event, state) = (found.event.tablet.event, found.event.state);
            let from = found.event.tablet.letter.to_string();
            [
                (w.event_name, event.name),
                (w.venue, event.venue),
                (w.date, format::long_date(language, event.date, true)),
                (l.restore_from, from),
                (l.restore_registered, state.issued.to_string()),
            ]
            .map(|(name, value)| view! { <Fact name value/> })
            .into_iter()
            .collect_view()
        })
    };
    let go = Action::new_local(move |asked: &Asked| {
        let asked = asked.clone();
        app.vault.unbroken(go_on(app, asked))
    });
    let going = go.pending();
    let submit = move || {
        if going.get_untracked() {
            return;
        }
        if let (Some(event), Some((letter, officer))) = (untrack(chosen), part.read()) {
            go.clear();
            go.dispatch_local(Asked {
                event,
                words: words.get_untracked(),
                letter,
                officer,
            });
        }
    };
    view! {
        <form
            class="page"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <h1>{w.restore_event}</h1>
                    <section class="card">
                        {several
                            .then(|| {
                                view! {
                                    <SelectField
                                        name=EVENT
                                        label=l.restore_which
                                        value=which
                                        on_change=move |id| which.set(id)
                                        choices
                                    />
                                }
                            })}
                        <dl class="facts">{live(facts)}</dl>
                    </section>
                    <section class="card">
                        <SecretField
                            name=WORDS
                            label=l.passphrase
                            hint=l.pack_passphrase_hint
                            show=w.show
                            hide=w.hide
                            value=words
                            on_input=move |text| words.set(text)
                        />
                        <TabletFields part letter_hint=l.restore_letter_hint/>
                    </section>
                </div>
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=Signal::derive(move || go.value().get().and_then(Result::err))/>
                </div>
                <DeedButton
                    label=w.back
                    icon=IconName::ArrowLeft
                    off=going
                    on_press=move |()| found.set(Vec::new())
                />
                <DeedButton
                    label=Signal::derive(move || {
                        if going.get() { l.restoring } else { l.restore_deed }.to_owned()
                    })
                    icon=IconName::ArrowRight
                    kind="primary"
                    busy=going
                />
            </footer>
        </form>
    }
}

async fn go_on(app: AppState, asked: Asked) -> Result<(), String> {
    let language = app.language.get_untracked();
    let l = language.later_words();
    let Asked {
        event: backup,
        words,
        letter,
        officer,
    } = asked;
    let store = app.store();
    let failed = |error| restore_problem(language, &error);
    // Before the long work.
    let kdf = check_restore(&store, &backup, letter)
        .await
        .map_err(failed)?;
    let outer = worker::derive(&Passphrase::typed(&words), &kdf)
        .await
        .map_err(|error| work_problem(language, &error))?;
    let doer = Doer {
        officer: officer.as_str().to_owned(),
        now: clock::now(),
    };
    let deed = RestoreDeed {
        letter,
        device: app.device(),
        outer: &outer,
        doer: &doer,
        chance: random::fill,
    };
    let restored = restore(&store, backup, &deed).await.map_err(failed)?;
    let (id, issued) = (restored.event.id(), restored.event.state.issued.to_string());
    added(app, restored.event);
    enter(app, id, Some(&officer))
        .await
        .map_err(|error| store_problem(language, &error))?;
    let told = match restored.damaged {
        0 => fill(l.restored_toast, &[&issued, &letter.to_string()]),
        damaged => fill(l.restored_damaged, &[&issued, &damaged.to_string()]),
    };
    app.say(told, None);
    Ok(())
}
