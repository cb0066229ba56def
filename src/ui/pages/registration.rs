//! One registration: all that was recorded, its history, and what can still be
//! done with it.

mod facts;
mod revising;
mod voiding;
mod withdrawing;

use std::sync::Arc;

use leptos::prelude::*;

use super::hand_over::standing::told;
use crate::browser::page;
use crate::domain::{AuditAction, Registration as Record, RegistrationId, Status};
use crate::format::registration_record::read_registration;
use crate::operations::audit::note;
use crate::store::{Store, StoreError};
use crate::ui::format;
use crate::ui::parts::{
    DeedButton, Empty, Fresh, Icon, IconName, InkPicture, IntoFresh, Note, Pill, Trouble, attr,
    live, view,
};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Writer, use_app, use_later_words, use_words};
use crate::ui::words::{self, Language, fill, store_problem, warning};

/// A registration as it was read.
struct Found {
    record: Record,
    /// Oldest first.
    history: Vec<Past>,
}

/// A revision; one that cannot be read is told, not left out.
struct Past {
    revision: u64,
    record: Option<Record>,
}

async fn read(store: &Store, id: RegistrationId) -> Result<Option<Arc<Found>>, StoreError> {
    let Some(head) = store.registration(id).await? else {
        return Ok(None);
    };
    let history = store
        .revisions_of(id)
        .await?
        .into_iter()
        .map(|stored| Past {
            revision: stored.revision,
            record: read_registration(&stored.body).ok(),
        })
        .collect();
    Ok(Some(Arc::new(Found {
        record: head.registration,
        history,
    })))
}

/// The page of one registration.
#[component]
pub fn Registration(id: RegistrationId) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    // Another revision here or in another tab: read again.
    let newest = Memo::new(move |_| app.roster.with(|roster| roster.revision_of(id)));
    let found = LocalResource::new(move || {
        newest.track();
        let store = app.store();
        async move { read(&store, id).await }
    });
    let of_found = move |ask: fn(&Record) -> bool| {
        found.with(|found| match found {
            Some(Ok(Some(found))) => ask(&found.record),
            _ => false,
        })
    };
    let is_active = Memo::new(move |_| of_found(Record::is_active));
    let is_of_event = move || {
        let open = app
            .event
            .with(|event| event.as_ref().map(|event| event.id()));
        found.with(|found| match found {
            Some(Ok(Some(found))) => Some(found.record.event_id) == open,
            _ => false,
        })
    };
    let may_amend = Memo::new(move |_| app.writer.get() == Writer::Here && is_of_event());
    let number = Memo::new(move |_| {
        found.with(|found| match found {
            Some(Ok(Some(found))) => found.record.number.to_string(),
            _ => String::new(),
        })
    });
    view! {
        <main id="main" tabindex="-1">
            {live(move || match found.get() {
                None => {
                    view! {
                        <h1 class="visually-hidden">{w.participants}</h1>
                        <p class="muted" role="status">
                            {w.loading}
                        </p>
                    }
                }
                Some(Err(error)) => {
                    let text = store_problem(language, &error);
                    view! {
                        <h1>{w.participants}</h1>
                        <Note tone="bad" icon=IconName::ShieldAlert title=text>
                            <p>
                                <a href="./rescue.html">{w.rescue_page}</a>
                            </p>
                        </Note>
                    }
                }
                Some(Ok(None)) => {
                    view! {
                        <h1>{w.participants}</h1>
                        <Empty
                            icon=IconName::Search
                            title=w.registration_missing
                            hint=l.registration_missing_hint
                        >
                            <a class="button" href=Route::Participants.href()>
                                {w.participants}
                            </a>
                        </Empty>
                    }
                }
                Some(Ok(Some(found))) => view! { <Shown found may_amend/> },
            })}
        </main>
        {live(move || {
            is_active
                .get()
                .then(|| {
                    view! {
                        <footer class="bar">
                            <DeedButton
                                kind="danger"
                                icon=IconName::Void
                                label=l.void
                                off=Signal::derive(move || !may_amend.get())
                                on_press=|()| voiding::ask()
                            />
                            <a
                                class="button"
                                data-kind="primary"
                                href=attr(move || may_amend.get().then(|| Route::Correct(id).href()))
                                aria-disabled=attr(move || (!may_amend.get()).then_some("true"))
                            >
                                <Icon name=IconName::Pencil/>
                                {w.correct}
                            </a>
                        </footer>
                    }
                })
        })}
        <voiding::VoidDialog id number/>
    }
}

/// All of it.
#[component]
fn Shown(found: Arc<Found>, may_amend: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let record = &found.record;
    let rules = app.rules();
    // When the person stood here, not when something was corrected since.
    let first = found
        .history
        .iter()
        .find_map(|past| past.record.as_ref())
        .unwrap_or(record);
    let letter = fill(w.tablet, &[&record.number.letter().to_string()]);
    let recorded = fill(
        l.recorded,
        &[
            &format::date_time(language, first.recorded_at),
            &format!("{letter} · {}", first.officer.as_str()),
        ],
    );
    let revealed = RwSignal::new(false);
    let masked = record.details.person.name.masked();
    let id = record.id;
    let reveal = Action::new_local(move |(): &()| async move {
        let done = note_reveal(app, id).await;
        if done.is_ok() {
            revealed.set(true);
            page::after(0, || page::focus(REVEALED));
        }
        done
    });
    let groups = StoredValue::new(facts::groups(language, record, &rules));
    let shown = move || groups.with_value(|groups| groups.iter().map(group_card).collect_view());
    let covered = move || {
        let hint = fill(l.masked_hint, &[&app.officer.get_untracked()]);
        view! {
            <section class="card masked">
                <h2>{masked.clone()}</h2>
                <p class="sub small">{w.masked} ". " {hint}</p>
                <Trouble text=Signal::derive(move || reveal.value().get().and_then(Result::err))/>
                <div class="cluster">
                    <DeedButton
                        icon=IconName::Eye
                        label=l.reveal
                        busy=reveal.pending()
                        on_press=move |()| {
                            reveal.dispatch(());
                        }
                    />
                </div>
            </section>
        }
    };
    let voided = match &record.status {
        Status::Active => None,
        Status::Voided { reason } => {
            let reason = reason.clone();
            Some(view! {
                <Note tone="bad" icon=IconName::Void title=l.voided_because>
                    <p>{reason}</p>
                </Note>
            })
        }
    };
    view! {
        <div class="page-head">
            <div>
                <p class="eyebrow">
                    <time datetime=first.recorded_at.rfc3339()>{recorded}</time>
                </p>
                <h1>{record.number.to_string()}</h1>
            </div>
            {live(move || {
                revealed
                    .get()
                    .then(|| {
                        view! {
                            <div class="cluster screen-only">
                                <button type="button" class="button" on:click=|_| page::print()>
                                    <Icon name=IconName::Printer/>
                                    {w.print}
                                </button>
                            </div>
                        }
                    })
            })}
        </div>
        <Pills found=found.clone()/>
        {voided}
        <div class="columns">
            <div class="groups" id=REVEALED tabindex="-1">
                {live(move || if revealed.get() { shown().fresh() } else { covered().fresh() })}
            </div>
            <div class="stack">
                <section class="card">
                    <h2>{l.history}</h2>
                    <ol class="history" reversed>
                        {found
                            .history
                            .iter()
                            .rev()
                            .map(|past| revision(language, past))
                            .collect_view()}
                    </ol>
                </section>
                {checks(language, record)}
                <withdrawing::Withdrawing record may_amend/>
            </div>
        </div>
        <div class="signatures">
            <div>
                <span>{w.officer}</span>
                <span>{record.officer.as_str().to_owned()}</span>
            </div>
            <div>
                <span>{l.participant_signature}</span>
                <span>"\u{a0}"</span>
            </div>
        </div>
    }
}

/// Id of what is shown in full.
const REVEALED: &str = "revealed";

/// Facts under their heading.
fn group_card(group: &facts::Group) -> Fresh {
    let facts = group
        .facts
        .iter()
        .map(|(name, value)| {
            view! {
                <dt>{name.clone()}</dt>
                <dd>{unbroken(value)}</dd>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{group.title}</h2>
            <dl class="facts">
                {facts}
                {group
                    .ink
                    .clone()
                    .map(|(name, outline)| {
                        view! {
                            <dt class="visually-hidden">{name}</dt>
                            <dd>
                                <InkPicture outline/>
                            </dd>
                        }
                    })}
            </dl>
            {group.note.map(|note| view! { <p class="sub small">{note}</p> })}
        </section>
    }
}

/// Notes that somebody saw all of a record, before it is shown.
pub(super) async fn note_reveal(app: AppState, id: RegistrationId) -> Result<(), String> {
    let Some(event) = app.event_id() else {
        return Ok(());
    };
    let (action, subject) = (AuditAction::Revealed, Some(id.to_string()));
    let noted = note(&app.store(), event, &app.doer(), action, subject, None).await;
    match noted {
        // On a full tablet people must still be found and corrected.
        Ok(()) | Err(StoreError::QuotaExceeded) => Ok(()),
        Err(error) => Err(store_problem(app.language.get_untracked(), &error)),
    }
}

/// A value in which no date and no phone number is broken at its hyphens.
fn unbroken(value: &str) -> Fresh {
    if !value.contains('-') {
        return value.to_owned().fresh();
    }
    value
        .split(' ')
        .map(|word| {
            view! {
                <span class="nowrap">{word.to_owned()}</span>
                " "
            }
        })
        .collect_view()
        .fresh()
}

/// Saved, handed over, unusual, corrected: in a word each.
#[component]
fn Pills(found: Arc<Found>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let record = &found.record;
    let (tone, icon, text) = if record.is_active() {
        ("good", IconName::ShieldCheck, l.is_saved)
    } else {
        ("bad", IconName::Void, l.is_voided)
    };
    let warnings = match record.details.checks.warnings.len() {
        0 => None,
        1 => Some(l.warnings_one.to_owned()),
        many => Some(fill(l.warnings_many, &[&many.to_string()])),
    };
    let (event, sequence) = (record.event_id, record.sequence);
    let handed_over = move || {
        let batch = app.batches.with(|batches| {
            batches
                .iter()
                .find(|batch| {
                    batch.event_id == event && (batch.first..=batch.last).contains(&sequence)
                })
                .cloned()
        });
        let Some(batch) = batch else {
            return view! { <Pill tone="warn" icon=IconName::Send text=w.to_hand_over/> };
        };
        let told = told(app, &batch);
        let number = batch.sequence.to_string();
        let text = format!("{} · {}", fill(l.in_batch, &[&number]), told.word);
        view! { <Pill tone=told.tone icon=told.icon text/> }
    };
    view! {
        <div class="cluster">
            <Pill tone icon text/>
            {live(handed_over)}
            {warnings
                .map(|text| view! { <Pill tone="warn" icon=IconName::TriangleAlert text/> })}
            <Pill
                tone="plain"
                icon=IconName::History
                text=fill(w.revision, &[&record.revision.to_string()])
            />
        </div>
    }
}

/// A revision in the history: what was done, why, when and by whom.
fn revision(language: Language, past: &Past) -> Fresh {
    let w = language.words();
    let l = language.later_words();
    let Some(record) = &past.record else {
        return view! {
            <li>
                <span aria-hidden="true">{past.revision}</span>
                <div>
                    <b>{fill(w.revision, &[&past.revision.to_string()])}</b>
                    <p>{l.revision_damaged}</p>
                </div>
            </li>
        };
    };
    let (deed, reason) = match &record.status {
        Status::Voided { reason } => (l.history_voided, Some(reason.clone())),
        Status::Active if record.revision == 1 => (l.history_registered, None),
        Status::Active => (l.history_corrected, record.reason.clone()),
    };
    view! {
        <li>
            <span aria-hidden="true">{past.revision}</span>
            <div>
                <b>{deed}</b>
                {reason.map(|reason| view! { <p>{reason}</p> })}
                <p class="muted">
                    <time datetime=record
                        .recorded_at
                        .rfc3339()>{format::date_time(language, record.recorded_at)}</time>
                    " · "
                    {record.officer.as_str().to_owned()}
                </p>
            </div>
        </li>
    }
}

/// What was unusual, and what the officer said to it.
fn checks(language: Language, record: &Record) -> impl IntoView + use<> {
    let l = language.later_words();
    let checks = &record.details.checks;
    let warnings = checks
        .warnings
        .iter()
        .map(|found| {
            view! {
                <Note
                    tone="warn"
                    icon=IconName::TriangleAlert
                    title=warning(language, found)
                >
                    <p>{l.warning_confirmed}</p>
                </Note>
            }
        })
        .collect_view();
    let duplicates = checks
        .duplicates
        .iter()
        .map(|duplicate| {
            let decision = words::decision(language, duplicate.decision);
            let likeness = words::likeness(language, duplicate.likeness);
            let reason = duplicate.reason.clone();
            view! {
                <Note
                    tone="warn"
                    icon=IconName::Users
                    title=format!("{}: {}", l.duplicates, duplicate.other)
                >
                    <p>{likeness} ". " {decision}</p>
                    <p>{reason}</p>
                </Note>
            }
        })
        .collect_view();
    (warnings, duplicates)
}
