//! Closes the event: the last batch, and the end of registering here.

use leptos::prelude::*;

use super::hand_over::batch_deed;
use crate::browser::{folder, page};
use crate::operations::close_event::{CloseError, close_event};
use crate::ui::backups;
use crate::ui::outgoing::not_in_batch;
use crate::ui::parts::{DeedButton, Icon, IconName, Note, Tick, Trouble, live, view};
use crate::ui::routes::Route;
use crate::ui::sealer::WorkerSealer;
use crate::ui::sending::sender;
use crate::ui::state::{AppState, Writer, use_app, use_later_words, use_words};
use crate::ui::words::{batch_problem, fill, store_problem};

const SURE: &str = "close-sure";

/// The page that says what closing does, and does it.
#[component]
pub fn CloseEvent() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let sure = RwSignal::new(false);
    let attempted = RwSignal::new(false);
    let close = Action::new_local(move |(): &()| app.vault.unbroken(close_it(app)));
    let closing = close.pending();
    let is_closed = Memo::new(move |_| app.is_closed());
    let has_office = Memo::new(move |_| {
        app.vault
            .ring
            .with(|ring| ring.as_ref().is_some_and(|ring| ring.office.is_some()))
    });
    let drafts = Memo::new(move |_| app.drafts.with(Vec::len));
    let waiting = Memo::new(move |_| not_in_batch(app));
    let counts = move || {
        let (issued, voided, batches) = app.event.with(|event| {
            event.as_ref().map_or((0, 0, 0), |event| {
                (event.state.issued, event.state.voided, event.state.batches)
            })
        });
        [
            (l.close_registered, issued),
            (l.close_voided, voided),
            (l.close_batches, batches),
            (l.close_waiting, waiting.get()),
        ]
        .map(|(name, number)| {
            view! {
                <dt>{name}</dt>
                <dd>{number}</dd>
            }
        })
        .into_iter()
        .collect_view()
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.close_event}</h1>
                        <p class="sub small">{l.close_hint}</p>
                    </div>
                </div>
                <section class="card">
                    <dl class="facts">{live(counts)}</dl>
                </section>
                {live(move || match (is_closed.get(), drafts.get(), has_office.get()) {
                    (true, _, _) => {
                        view! {
                            <Note tone="good" icon=IconName::ShieldCheck title=l.closed_already>
                                <p>
                                    <a href=Route::HandOver.href()>{w.hand_over}</a>
                                </p>
                            </Note>
                        }
                    }
                    (false, 1.., _) => {
                        view! {
                            <Note tone="warn" icon=IconName::FileClock title=l.close_drafts>
                                <p>
                                    <a href=Route::Home.href()>{w.to_event}</a>
                                </p>
                            </Note>
                        }
                    }
                    (false, 0, true) => {
                        view! {
                            <Note tone="warn" icon=IconName::Lock title=l.close_destroys>
                                <p>{l.close_destroys_hint}</p>
                            </Note>
                            <EarlierBackups/>
                        }
                    }
                    (false, 0, false) => {
                        view! {
                            <Note tone="act" icon=IconName::Info title=l.close_keeps>
                                <p>{l.close_keeps_hint}</p>
                            </Note>
                        }
                    }
                })}
                {live(move || {
                    (!is_closed.get() && drafts.get() == 0)
                        .then(|| {
                            view! {
                                <section class="card">
                                    <Tick
                                        name=SURE
                                        label=l.close_sure
                                        hint=l.close_sure_hint
                                        ticked=sure
                                        on_change=move |ticked: bool| sure.set(ticked)
                                        error=Signal::derive(move || {
                                            (attempted.get() && !sure.get())
                                                .then(|| l.close_tick_first.to_owned())
                                        })
                                    />
                                </section>
                            }
                        })
                })}
            </div>
        </main>
        <footer class="bar">
            <div class="bar-note">
                <Icon name=IconName::Info/>
                <p>{l.close_once}</p>
                <Trouble text=Signal::derive(move || close.value().get().and_then(Result::err))/>
            </div>
            <DeedButton
                label=Signal::derive(move || {
                    if closing.get() { l.closing } else { w.close_event }.to_owned()
                })
                icon=IconName::Lock
                kind="danger"
                busy=closing
                off=Signal::derive(move || {
                    is_closed.get() || drafts.get() > 0 || app.writer.get() != Writer::Here
                })
                on_press=move |()| {
                    attempted.set(true);
                    if sure.get_untracked() {
                        close.clear();
                        close.dispatch(());
                    } else {
                        page::focus(SURE);
                    }
                }
            />
        </footer>
    }
}

/// Backups that open with the passphrase also after the event was closed.
#[component]
fn EarlierBackups() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let replaced = folder::name().map(|name| fill(l.close_backups_folder, &[&name]));
    let left = backups::left_behind(app).join(", ");
    let told = (!left.is_empty()).then(|| fill(l.close_backups_saved, &[&left]));
    (told.is_some() || replaced.is_some()).then(|| {
        view! {
            <Note tone="warn" icon=IconName::HardDrive title=l.close_backups>
                {told.map(|text| view! { <p>{text}</p> })}
                {replaced.map(|text| view! { <p>{text}</p> })}
            </Note>
        }
    })
}

async fn close_it(app: AppState) -> Result<(), String> {
    let language = app.language.get_untracked();
    let l = language.later_words();
    let Some(event) = app.event.get_untracked() else {
        return Ok(());
    };
    let id = event.id();
    let closed = close_event(
        &app.store(),
        &event,
        &batch_deed(app),
        &WorkerSealer,
        || batch_deed(app).id,
        |made| app.show_event(made.event.clone()),
    )
    .await
    .map_err(|error| match error {
        CloseError::Drafts(_) => l.close_drafts.to_owned(),
        CloseError::Batch(error) => batch_problem(language, &error),
        CloseError::Store(error) => {
            app.note_conflict(&error);
            store_problem(language, &error)
        }
    })?;
    let number = closed.batch.batch.sequence.to_string();
    app.show_event(closed.event);
    let left = if closed.is_sealed_off {
        backups::replace_in_folder(app).await
    } else {
        Ok(())
    };
    let shown = async {
        app.read_batches().await?;
        if closed.is_sealed_off {
            app.seal_off();
        }
        app.look_at_vault(id).await
    };
    shown
        .await
        .map_err(|error| store_problem(language, &error))?;
    sender().wake(app);
    Route::HandOver.go();
    match left {
        Ok(()) => app.say(fill(l.closed_toast, &[&number]), None),
        Err(problem) => app.say(problem, None),
    }
    Ok(())
}
