//! Hand over: make a batch, carry it out of the tablet, and say when the copy
//! is in safe hands.

pub mod backup;
mod card;
mod counts;
mod history;
mod receipts;
mod reconciliation;
pub(super) mod standing;
mod wiping;

use leptos::prelude::*;

use crate::browser::{page, random};
use crate::domain::BatchId;
use crate::operations::make_batch::{BatchDeed, MOST_BYTES, MakeBatchError, make_batches};
use crate::ui::outgoing::not_in_batch;
use crate::ui::parts::{DeedButton, Empty, Icon, IconName, Note, Trouble, list, live, view};
use crate::ui::routes::Route;
use crate::ui::sealer::WorkerSealer;
use crate::ui::sending::sender;
use crate::ui::state::{AppState, Writer, use_app, use_later_words, use_words};
use crate::ui::vault::Access;
use crate::ui::words::{batch_problem, fill, store_problem};

/// Name and version, as batches tell them.
pub const APP: &str = concat!("pendapa ", env!("CARGO_PKG_VERSION"));

/// Every batch of the event, the newest first, and the next one to make.
#[component]
pub fn HandOver() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let has_event = Memo::new(move |_| app.event.with(Option::is_some));
    let waiting = Memo::new(move |_| not_in_batch(app));
    let is_empty = Memo::new(move |_| app.batches.with(Vec::is_empty));
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    let is_plain = Memo::new(move |_| {
        app.vault
            .ring
            .with(|ring| ring.as_ref().is_none_or(|ring| ring.recipients.is_empty()))
    });
    let has_office = Memo::new(move |_| !is_plain.get() && !is_empty.get());
    let make = Action::new_local(move |(): &()| app.vault.unbroken(make_next(app)));
    let making = make.pending();
    let label = move || {
        let next = app.event.with(|event| {
            event
                .as_ref()
                .map_or(1, |event| event.state.batches + 1)
                .to_string()
        });
        match waiting.get() {
            _ if making.get() => l.making_batch.to_owned(),
            0 => fill(l.make_batch_later, &[&next]),
            1 => fill(l.make_batch_one, &[&next]),
            many => fill(l.make_batch, &[&next, &many.to_string()]),
        }
    };
    let note = move || match waiting.get() {
        1.. if !is_open.get() => l.unlock_to_batch.to_owned(),
        0 if is_empty.get() => w.nothing_registered.to_owned(),
        0 => l.nothing_to_batch.to_owned(),
        1 => l.not_in_batch_one.to_owned(),
        many => fill(l.not_in_batch, &[&many.to_string()]),
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="page-head">
                <div>
                    <h1>{w.hand_over}</h1>
                    <p class="sub small">{l.hand_over_hint}</p>
                </div>
            </div>
            <Trouble text=Signal::derive(move || {
                let error = sender().trouble.get()?;
                Some(store_problem(app.language.get_untracked(), &error))
            })/>
            <section class="stack" data-gap="m" aria-label=w.batches>
                {list(
                    move || app.batches.with(|all| all.iter().rev().cloned().collect()),
                    |batch| format!("{} {}", batch.id, batch.is_wiped),
                    |batch| view! { <card::BatchCard batch/> },
                )}
                {live(move || {
                    is_empty
                        .get()
                        .then(|| {
                            let hint = if has_event.get() { l.no_batches_hint } else { w.welcome_hint };
                            view! {
                                <Empty icon=IconName::Package title=l.no_batches hint=hint>
                                    {live(move || {
                                        (!has_event.get())
                                            .then(|| {
                                                view! {
                                                    <a class="button" href=Route::NewEvent.href()>
                                                        {w.add_event}
                                                    </a>
                                                }
                                            })
                                    })}
                                </Empty>
                            }
                        })
                })}
            </section>
            {live(move || {
                has_office
                    .get()
                    .then(|| {
                        view! {
                            <receipts::Receipts/>
                            <wiping::Wiping/>
                        }
                    })
            })}
            {live(move || (!is_empty.get()).then(|| view! { <reconciliation::Reconciliation/> }))}
            {live(move || has_event.get().then(|| view! { <backup::BackupCard/> }))}
            {live(move || {
                (!is_empty.get() && is_plain.get())
                    .then(|| {
                        view! {
                            <Note tone="warn" icon=IconName::TriangleAlert title=l.plain_title>
                                <p>{l.plain_hint}</p>
                            </Note>
                        }
                    })
            })}
        </main>
        {live(move || {
            has_event
                .get()
                .then(|| {
                    view! {
                        <footer class="bar">
                            <div class="bar-note">
                                <Icon name=IconName::Info/>
                                <p>
                                    {live(note)}
                                    {live(move || {
                                        (!is_open.get() && waiting.get() > 0)
                                            .then(|| {
                                                view! {
                                                    " "
                                                    <a href=Route::Home.href()>{l.unlock}</a>
                                                }
                                            })
                                    })}
                                </p>
                                <Trouble text=Signal::derive(move || {
                                    make.value().get().and_then(Result::err)
                                })/>
                            </div>
                            <DeedButton
                                kind="primary"
                                icon=IconName::Package
                                label=Signal::derive(label)
                                busy=making
                                off=Signal::derive(move || {
                                    waiting.get() == 0 || app.writer.get() != Writer::Here
                                        || !is_open.get()
                                })
                                on_press=move |()| {
                                    make.clear();
                                    make.dispatch(());
                                }
                            />
                        </footer>
                    }
                })
        })}
    }
}

/// What the next batch is made with.
pub(super) fn batch_deed(app: AppState) -> BatchDeed {
    let doer = app.doer();
    BatchDeed {
        id: BatchId(random::uuid(doer.now)),
        device: app.device(),
        doer,
        app: APP.to_owned(),
        is_last: false,
        most_bytes: MOST_BYTES,
    }
}

/// Makes a batch of everything that is in none, and leads to its first deed.
async fn make_next(app: AppState) -> Result<(), String> {
    let language = app.language.get_untracked();
    let Some(event) = app.event.get_untracked() else {
        return Ok(());
    };
    let made = make_batches(
        &app.store(),
        &event,
        &batch_deed(app),
        &WorkerSealer,
        || batch_deed(app).id,
        |made| app.show_event(made.event.clone()),
    )
    .await
    .map_err(|error| {
        if let MakeBatchError::Store(error) = &error {
            app.note_conflict(error);
        }
        batch_problem(language, &error)
    })?;
    let number = made.batch.sequence;
    app.read_batches()
        .await
        .map_err(|error| store_problem(language, &error))?;
    let l = language.later_words();
    let text = if made.is_audit_damaged {
        l.batch_made_audit_damaged
    } else {
        l.batch_made
    };
    app.say(fill(text, &[&number.to_string()]), None);
    sender().wake(app);
    // The card is drawn once this is over.
    page::after(0, move || page::focus(&card::deed_id(number, "save")));
    Ok(())
}
