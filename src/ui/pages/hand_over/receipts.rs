//! The office's receipts: read from a file, from codes or from a text, and what they
//! say about each record.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::*;
use crate::operations::receipts::{RecordStanding, record_standing, take_receipt};
use crate::store::KeptRegistration;
use crate::ui::pages::file_card::{FileCard, FileRead, take_drops};
use crate::ui::pages::frames::ByFrames;
use crate::ui::parts::{IconName, IntoFresh, Pill, live, view};
use crate::ui::routes::Route;
use crate::ui::sending::sender;
use crate::ui::state::{AppState, use_app, use_later_words};
use crate::ui::vault::Access;
use crate::ui::words::{fill, receipt_problem};

const FILE: &str = "receipt-file";

/// How many batches have a receipt, the ways for the next one, and what was not simply
/// accepted.
#[component]
pub(super) fn Receipts() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let trouble = RwSignal::new(None::<String>);
    let take = move |read: FileRead| match read {
        Ok(None) => {}
        Ok(Some(bytes)) => spawn_local(async move {
            trouble.try_set(take_one(app, &bytes).await.err());
        }),
        Err(problem) => {
            trouble.try_set(Some(problem));
        }
    };
    take_drops(app.language.get_untracked(), take);
    let stand = move || {
        let (have, of) = app.carried.with(|log| {
            app.batches.with(|batches| {
                let answered = |id| {
                    let state = Standing::of(id, log).state;
                    matches!(state, BatchState::Acknowledged | BatchState::Wiped)
                };
                let have = batches.iter().filter(|batch| answered(batch.id)).count();
                (have, batches.len())
            })
        });
        let (tone, icon, text) = match have {
            0 => ("warn", IconName::Send, l.receipts_none.to_owned()),
            _ if have == of => ("good", IconName::CheckCircle, l.receipts_all.to_owned()),
            _ => {
                let text = fill(l.receipts_some, &[&have.to_string(), &of.to_string()]);
                ("warn", IconName::Send, text)
            }
        };
        view! { <Pill tone icon text/> }
    };
    view! {
        <section class="card" aria-labelledby="receipts-title">
            <div class="card-head">
                <h2 id="receipts-title">{l.receipts}</h2>
                <span role="status">{live(stand)}</span>
            </div>
            <p class="sub small">{l.receipts_hint}</p>
            <Results/>
            <details>
                <summary>{l.receipt_take}</summary>
                <div class="stack">
                    <FileCard
                        id=FILE
                        accept=".json"
                        label=l.receipt_file
                        hint=l.receipt_file_hint
                        on_read=Callback::new(take)
                        trouble
                        quiet=true
                    />
                    <ByFrames
                        title=l.receipt_codes
                        hint=l.receipt_codes_hint
                        on_read=Callback::new(take)
                    />
                </div>
            </details>
        </section>
    }
}

async fn take_one(app: AppState, bytes: &[u8]) -> Result<(), String> {
    let language = app.language.get_untracked();
    let problem = |error| receipt_problem(language, &error);
    let taken = take_receipt(&app.store(), bytes, &app.doer())
        .await
        .map_err(problem)?;
    sender().read(app).await;
    let shown = app.read_batches().await;
    shown.map_err(|error| problem(error.into()))?;
    let l = language.later_words();
    let text = if taken.is_known {
        l.receipt_known
    } else {
        l.receipt_taken
    };
    app.say(fill(text, &[&taken.batch.sequence.to_string()]), None);
    Ok(())
}

/// A record that the office did not simply accept.
#[derive(Clone, PartialEq, Eq)]
struct Exception {
    id: RegistrationId,
    number: String,
    result: RecordResult,
    reason: Option<String>,
}

/// Each record that is a duplicate or was rejected, with what the office says. Their
/// numbers are known while the vault is open.
#[component]
fn Results() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let exceptions = Memo::new(move |_| exceptions(app));
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    let told = move |exception: &Exception| {
        let reason = exception.reason.clone();
        let reason = reason.unwrap_or_else(|| l.result_no_reason.to_owned());
        let (tone, text) = match exception.result {
            RecordResult::Rejected => ("bad", l.result_rejected),
            RecordResult::DuplicateOf | RecordResult::Accepted => ("act", l.result_duplicate),
        };
        let icon = IconName::TriangleAlert;
        view! {
            <li class="cluster">
                <a href=Route::Registration(exception.id).href()>{exception.number.clone()}</a>
                <Pill tone icon text=fill(text, &[&reason])/>
            </li>
        }
    };
    live(move || {
        let all = exceptions.get();
        if all.is_empty() {
            return ().fresh();
        }
        view! {
            <div class="stack" data-gap="s">
                <h3>{l.results_title}</h3>
                {if is_open.get() {
                    view! { <ul class="stack" data-gap="s">{all.iter().map(told).collect_view()}</ul> }
                } else {
                    view! {
                        <p>
                            {fill(l.results_locked, &[&all.len().to_string()])} " "
                            <a href=Route::Home.href()>{l.unlock}</a>
                        </p>
                    }
                }}
            </div>
        }
    })
}

fn exceptions(app: AppState) -> Vec<Exception> {
    let exception = |id, revision, sequence, number: &str| {
        let kept = KeptRegistration {
            id,
            counter: 0,
            revision,
            sequence,
            sequences: Vec::new(),
            has_draft: false,
        };
        let standing = app.batches.with(|batches| {
            sender()
                .receipts
                .with(|receipts| record_standing(&kept, batches, receipts))
        });
        match standing {
            RecordStanding::Answered { result, reason, .. } if result != RecordResult::Accepted => {
                Some(Exception {
                    id,
                    number: number.to_owned(),
                    result,
                    reason,
                })
            }
            _ => None,
        }
    };
    if app.access.get() == Access::Open {
        return app.roster.with(|roster| {
            let lines = roster.all();
            let found = lines
                .filter_map(|line| exception(line.id, line.revision, line.sequence, &line.number));
            found.collect()
        });
    }
    // Locked, the rows are not read: what the newest receipts say is counted.
    let named = sender().receipts.with(|receipts| {
        let answers = receipts.iter().flat_map(|stored| &stored.receipt.answers);
        let newest: std::collections::BTreeMap<_, _> =
            answers.map(|answer| (answer.id, answer.clone())).collect();
        newest
    });
    named
        .into_values()
        .filter(|answer| answer.result != RecordResult::Accepted)
        .map(|answer| Exception {
            id: answer.id,
            number: String::new(),
            result: answer.result,
            reason: answer.reason,
        })
        .collect()
}
