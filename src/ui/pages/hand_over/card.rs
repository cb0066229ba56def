//! A batch as a card: what it is, how it stands, and what can be done with it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::history::BatchHistory;
use super::standing::told;
use crate::browser::error::JsError;
use crate::browser::{clock, files, folder, page};
use crate::domain::{BatchId, BatchState, Copied, EventId, Moment, Standing, Step};
use crate::operations::hand_over::{SpreadsheetError, batch_csv, carried};
use crate::store::{StoreError, StoredBatch};
use crate::ui::format;
use crate::ui::outgoing::{attendance_in, has_upload};
use crate::ui::parts::{DeedButton, IconName, Pill, Trouble, attr, live, view};
use crate::ui::sealer::WorkerSealer;
use crate::ui::sending::sender;
use crate::ui::state::{AppState, Writer, lasting, use_app, use_later_words};
use crate::ui::vault::Access;
use crate::ui::words::{Language, fill, store_problem};

/// What can be done with a batch. None of it changes its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Save,
    Csv,
    Share,
    Folder,
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
    let l = use_later_words();
    let language = app.language.get_untracked();
    let number = batch.sequence;
    let id = batch.id;
    let made_at = clock::at(i64::try_from(batch.created_at).unwrap_or(0));
    let media_type = media_type(&batch);
    let can_share = files::can_share(&batch.file_name, media_type);
    // What is plain is opened by the vault before it goes.
    let is_sealed = batch.sealed;
    let is_gone = batch.is_wiped;
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    let may_go = move || !is_gone && (is_sealed || is_open.get());
    let records = match batch.records + untrack(|| attendance_in(app, &batch)) {
        1 => l.record_one.to_owned(),
        many => fill(l.records, &[&many.to_string()]),
    };
    let size_bytes = batch.size.to_string();
    let size = format::bytes(language, batch.size as u64);
    let file_name = batch.file_name.clone();

    let sender = sender();
    let standing = Memo::new(move |_| app.carried.with(|log| Standing::of(id, log)));
    let shown = batch.clone();
    let told = Memo::new(move |_| told(app, &shown));
    let is_live = Memo::new(move |_| {
        sender
            .live
            .with(|live| live.is_some_and(|live| live.batch == id))
    });
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
    let hint = move || {
        let is_confirmed = matches!(standing.get().copied, Copied::Confirmed(_))
            && standing.get().state == BatchState::Made;
        view! {
            {told.get().hint}
            {is_confirmed
                .then(|| {
                    view! {
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
                    }
                })}
        }
    };
    let sending = move || {
        is_live.get().then(|| {
            view! {
                <progress
                    class="progress"
                    max=size_bytes.clone()
                    value=attr(move || {
                        sender.live.with(|live| live.map_or(0, |live| live.sent)).to_string()
                    })
                    aria-label=fill(l.sending_label, &[&number.to_string()])
                ></progress>
                <p>
                    <button
                        type="button"
                        class="link-button"
                        on:click=move |_| {
                            page::focus(&deed_id(number, "upload"));
                            sender.stop(id);
                        }
                    >
                        {l.batch_stop}
                    </button>
                </p>
            }
        })
    };
    let upload_label = move || {
        let waits = matches!(
            standing.get().state,
            BatchState::Sending | BatchState::NeedsAttention(_)
        );
        if waits {
            l.batch_send_now
        } else {
            l.batch_send
        }
        .to_owned()
    };
    let is_over = move || {
        matches!(
            standing.get().state,
            BatchState::Acknowledged | BatchState::Wiped
        )
    };
    let upload = live(move || {
        has_upload(app).then(|| {
            view! {
                <DeedButton
                    size="small"
                    id=deed_id(number, "upload")
                    icon=IconName::Send
                    label=Signal::derive(upload_label)
                    busy=is_live
                    off=Signal::derive(move || !is_sealed || is_over())
                    on_press=move |()| sender.send_now(app, id)
                />
            }
        })
    });
    view! {
        <article class="batch-card" aria-label=fill(l.batch, &[&number.to_string()])>
            <span class="batch-number" aria-hidden="true">
                {number}
            </span>
            <div class="batch-what">
                <div class="cluster">
                    <b>{records}</b>
                    <span role="status">
                        {live(move || {
                            let told = told.get();
                            view! { <Pill tone=told.tone icon=told.icon text=told.word/> }
                        })}
                    </span>
                    <span class="muted">
                        <time datetime=made_at.rfc3339()>{when(language, made_at)}</time>
                        " · "
                        {size}
                    </span>
                </div>
                <p>{live(hint)}</p>
                {live(sending)}
                <p>
                    <code>{file_name}</code>
                </p>
                <BatchHistory id/>
                <Trouble text=Signal::derive(move || go.value().get().and_then(Result::err))/>
            </div>
            <div class="batch-deeds">
                {upload}
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
                {folder::is_supported()
                    .then(|| {
                        view! {
                            <DeedButton
                                size="small"
                                icon=IconName::HardDrive
                                label=l.batch_folder
                                busy=busy_with(Way::Folder)
                                off=Signal::derive(move || {
                                    pending.get() || !may_write() || !may_go()
                                })
                                on_press=press(Way::Folder)
                            />
                        }
                    })}
                <DeedButton
                    size="small"
                    icon=IconName::FileSpreadsheet
                    label=l.batch_csv
                    busy=busy_with(Way::Csv)
                    off=Signal::derive(move || pending.get() || !is_open.get() || is_gone)
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
                            || !matches!(
                                standing.get().copied,
                                Copied::Saved | Copied::Shared | Copied::InFolder
                            ) || is_over()
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
    Folder(JsError),
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
            WayProblem::Folder(error) => {
                fill(language.later_words().batch_folder_failed, &[&error.name])
            }
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
            let noted = carried(&store, event, id, Step::Download, &app.doer()).await;
            if noted == Err(StoreError::QuotaExceeded) {
                return Err(WayProblem::NotNoted);
            }
            noted?;
            app.read_batches().await?;
            let mut said = fill(l.batch_saved_toast, &[&number]);
            if !batch.sealed {
                said = format!("{said} {}.", l.plain_title);
            }
            app.say(said, None);
        }
        Way::Share => {
            let (batch, bytes) = store.batch_bytes(id).await?.ok_or(damaged)?;
            if files::share(&batch.file_name, media_type(&batch), &bytes).await? {
                carried(&store, event, id, Step::Share, &app.doer()).await?;
                app.read_batches().await?;
            }
        }
        Way::Folder => {
            let (batch, bytes) = store.batch_bytes(id).await?.ok_or(damaged)?;
            if folder::name().is_none() {
                app.vault.set_picking(true);
                let granted = folder::grant().await;
                app.vault.set_picking(false);
                if granted?.is_none() {
                    return Ok(());
                }
            }
            // A stick that was pulled out is asked for anew.
            if let Err(error) = folder::write(&batch.file_name, &bytes).await {
                folder::forget();
                return Err(WayProblem::Folder(error));
            }
            carried(&store, event, id, Step::Folder, &app.doer()).await?;
            app.read_batches().await?;
            let name = folder::name().unwrap_or_default();
            app.say(fill(l.batch_folder_toast, &[&number, &name]), None);
        }
        Way::Csv => {
            let made = batch_csv(&store, id, &app.doer(), &WorkerSealer).await?;
            let (name, bytes) = made.ok_or(damaged)?;
            files::download(&name, files::CSV, &bytes)?;
            app.say(fill(l.csv_saved_toast, &[&number]), None);
        }
        Way::Confirm => {
            carried(&store, event, id, Step::Confirmed, &app.doer()).await?;
            app.read_batches().await?;
            let undo = lasting(move || spawn_local(undo_confirmation(app, event, id)));
            app.say(fill(l.batch_confirmed_toast, &[&number]), Some(undo));
        }
        Way::Unconfirm => take_back(app, event, id).await?,
    }
    Ok(())
}

async fn take_back(app: AppState, event: EventId, batch: BatchId) -> Result<(), StoreError> {
    carried(&app.store(), event, batch, Step::Unconfirmed, &app.doer()).await?;
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
