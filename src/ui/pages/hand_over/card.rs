//! A batch as a card: what it is, how it stands, and what can be done with it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Stand;
use crate::browser::error::JsError;
use crate::browser::{clock, files, page};
use crate::domain::{BatchId, EventId, Moment};
use crate::operations::hand_over::{SpreadsheetError, batch_csv, carried, unconfirm};
use crate::store::{Carrier, StoreError, StoredBatch};
use crate::ui::format;
use crate::ui::parts::{DeedButton, IconName, IntoFresh, Pill, Trouble, attr, live, view};
use crate::ui::sealer::WorkerSealer;
use crate::ui::state::{AppState, Writer, lasting, use_app, use_later_words, use_words};
use crate::ui::vault::Access;
use crate::ui::words::{Language, fill, store_problem};

/// What can be done with a batch. None of it changes its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Save,
    Csv,
    Share,
    Confirm,
    Unconfirm,
}

/// The id of a button of a batch.
pub(super) fn deed_id(number: u64, deed: &str) -> String {
    format!("batch-{number}-{deed}")
}

/// One batch. The buttons never move and never come or go: a second tap must
/// not reach another deed than the first.
#[component]
pub(super) fn BatchCard(batch: StoredBatch) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let number = batch.sequence;
    let id = batch.id;
    let made_at = clock::at(i64::try_from(batch.created_at).unwrap_or(0));
    let media_type = media_type(&batch);
    let can_share = files::can_share(&batch.file_name, media_type);
    // What is plain is opened by the vault before it goes.
    let is_sealed = batch.sealed;
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    let may_go = move || is_sealed || is_open.get();
    let records = match batch.records {
        1 => l.record_one.to_owned(),
        many => fill(w.records, &[&many.to_string()]),
    };
    let size = format::bytes(language, batch.size as u64);
    let file_name = batch.file_name.clone();

    let stand = Memo::new(move |_| app.carried.with(|log| Stand::of(id, log)));
    let batch = StoredValue::new(batch);
    let go = Action::new_local(move |way: &Way| go_way(app, batch.get_value(), *way));
    let pending = go.pending();
    let busy_with = move |way| Signal::derive(move || go.input().get() == Some(way));
    let may_write = move || app.writer.get() == Writer::Here;
    let press = move |way| {
        move |()| {
            go.clear();
            go.dispatch(way);
        }
    };
    let told = move || {
        let (tone, icon, text) = stand.get().told(language);
        view! { <Pill tone icon text/> }
    };
    let hint = move || match stand.get() {
        Stand::New => l.batch_new_hint.fresh(),
        Stand::Saved | Stand::Shared => l.batch_confirm_hint.fresh(),
        Stand::Confirmed(at) => view! {
            {fill(l.batch_confirmed_at, &[&format::date_time(language, at)])}
            " "
            <button
                type="button"
                class="link-button"
                disabled=attr(move || pending.get() || !may_write())
                on:click=move |_| {
                    page::focus(&deed_id(number, "confirm"));
                    press(Way::Unconfirm)(());
                }
            >
                {l.batch_unconfirm}
            </button>
        },
    };
    view! {
        <article class="batch-card" aria-label=fill(l.batch, &[&number.to_string()])>
            <span class="batch-number" aria-hidden="true">
                {number}
            </span>
            <div class="batch-what">
                <div class="cluster">
                    <b>{records}</b>
                    <span role="status">{live(told)}</span>
                    <span class="muted">
                        <time datetime=made_at.rfc3339()>{when(language, made_at)}</time>
                        " · "
                        {size}
                    </span>
                </div>
                <p>{live(hint)}</p>
                <p>
                    <code>{file_name}</code>
                </p>
                <Trouble text=Signal::derive(move || go.value().get().and_then(Result::err))/>
            </div>
            <div class="batch-deeds">
                <DeedButton
                    size="small"
                    id=deed_id(number, "save")
                    icon=IconName::Download
                    label=l.batch_save
                    busy=busy_with(Way::Save)
                    off=Signal::derive(move || pending.get() || !may_write() || !may_go())
                    on_press=press(Way::Save)
                />
                {can_share
                    .then(|| {
                        view! {
                            <DeedButton
                                size="small"
                                icon=IconName::Send
                                label=l.batch_share
                                busy=busy_with(Way::Share)
                                off=Signal::derive(move || {
                                    pending.get() || !may_write() || !may_go()
                                })
                                on_press=press(Way::Share)
                            />
                        }
                    })}
                <DeedButton
                    size="small"
                    icon=IconName::FileSpreadsheet
                    label=l.batch_csv
                    busy=busy_with(Way::Csv)
                    off=Signal::derive(move || pending.get() || !is_open.get())
                    on_press=press(Way::Csv)
                />
                <DeedButton
                    size="small"
                    id=deed_id(number, "confirm")
                    icon=IconName::CopyCheck
                    label=l.batch_confirm
                    busy=busy_with(Way::Confirm)
                    off=Signal::derive(move || {
                        pending.get() || !may_write()
                            || !matches!(stand.get(), Stand::Saved | Stand::Shared)
                    })
                    on_press=press(Way::Confirm)
                />
            </div>
        </article>
    }
}

fn media_type(batch: &StoredBatch) -> &'static str {
    if batch.sealed {
        files::SEALED
    } else {
        files::JSON
    }
}

/// Why a batch did not go the way it was asked to.
enum WayProblem {
    Store(StoreError),
    Browser(JsError),
    /// It left the tablet, which is too full to note it.
    NotNoted,
    /// What is sealed to the office could not be opened here.
    Sealing,
}

impl From<StoreError> for WayProblem {
    fn from(error: StoreError) -> Self {
        WayProblem::Store(error)
    }
}

impl From<SpreadsheetError> for WayProblem {
    fn from(error: SpreadsheetError) -> Self {
        match error {
            SpreadsheetError::Store(error) => WayProblem::Store(error),
            SpreadsheetError::Sealing(_) => WayProblem::Sealing,
        }
    }
}

impl From<JsError> for WayProblem {
    fn from(error: JsError) -> Self {
        WayProblem::Browser(error)
    }
}

/// Does it, says so, and notes what left the tablet.
async fn go_way(app: AppState, batch: StoredBatch, way: Way) -> Result<(), String> {
    let language = app.language.get_untracked();
    try_way(app, &batch, way)
        .await
        .map_err(|problem| match problem {
            WayProblem::Store(error) => {
                app.note_conflict(&error);
                store_problem(language, &error)
            }
            WayProblem::NotNoted => language.later_words().batch_not_noted.to_owned(),
            WayProblem::Sealing => language.later_words().batch_not_opened.to_owned(),
            WayProblem::Browser(error) => fill(language.later_words().file_refused, &[&error.name]),
        })
}

async fn try_way(app: AppState, batch: &StoredBatch, way: Way) -> Result<(), WayProblem> {
    let l = app.language.get_untracked().later_words();
    let store = app.store();
    let number = batch.sequence.to_string();
    let (id, event) = (batch.id, batch.event_id);
    let damaged = StoreError::Damaged { store: "batches" };
    match way {
        Way::Save => {
            let (batch, bytes) = store.batch_bytes(id).await?.ok_or(damaged)?;
            files::download(&batch.file_name, media_type(&batch), &bytes)?;
            let noted = carried(&store, event, id, Carrier::Download, &app.doer()).await;
            if noted == Err(StoreError::QuotaExceeded) {
                return Err(WayProblem::NotNoted);
            }
            noted?;
            app.read_batches().await?;
            app.say(fill(l.batch_saved_toast, &[&number]), None);
        }
        Way::Share => {
            let (batch, bytes) = store.batch_bytes(id).await?.ok_or(damaged)?;
            if files::share(&batch.file_name, media_type(&batch), &bytes).await? {
                carried(&store, event, id, Carrier::Share, &app.doer()).await?;
                app.read_batches().await?;
            }
        }
        Way::Csv => {
            let made = batch_csv(&store, id, &app.doer(), &WorkerSealer).await?;
            let (name, bytes) = made.ok_or(damaged)?;
            files::download(&name, files::CSV, &bytes)?;
            app.say(fill(l.csv_saved_toast, &[&number]), None);
        }
        Way::Confirm => {
            carried(&store, event, id, Carrier::Confirmed, &app.doer()).await?;
            app.read_batches().await?;
            let undo = lasting(move || spawn_local(undo_confirmation(app, event, id)));
            app.say(fill(l.batch_confirmed_toast, &[&number]), Some(undo));
        }
        Way::Unconfirm => take_back(app, event, id).await?,
    }
    Ok(())
}

async fn take_back(app: AppState, event: EventId, batch: BatchId) -> Result<(), StoreError> {
    unconfirm(&app.store(), event, batch).await?;
    app.read_batches().await
}

/// From the short message, which may outlive the page.
async fn undo_confirmation(app: AppState, event: EventId, batch: BatchId) {
    if let Err(error) = take_back(app, event, batch).await {
        app.say(store_problem(app.language.get_untracked(), &error), None);
    }
}

/// `Today 10.21`, or date and time.
fn when(language: Language, moment: Moment) -> String {
    if moment.local_date() == clock::now().local_date() {
        let time = format::time(language, moment);
        format!("{} {time}", language.words().today)
    } else {
        format::date_time(language, moment)
    }
}
