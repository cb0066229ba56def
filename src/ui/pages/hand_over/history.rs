//! What happened to a batch, step by step: the log that is kept outside the vault.

use leptos::prelude::*;

use crate::browser::clock;
use crate::domain::{BatchId, Step, TransportEntry};
use crate::ui::format;
use crate::ui::parts::{IntoFresh, live, view};
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{Language, LaterWords, send_problem};

/// The steps of a batch, the newest first; nothing while there is none.
#[component]
pub(super) fn BatchHistory(id: BatchId) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let steps = Memo::new(move |_| {
        app.carried.with(|log| {
            let of_batch = log.iter().filter(|entry| entry.batch_id == id);
            of_batch.copied().collect::<Vec<_>>()
        })
    });
    let has_steps = Memo::new(move |_| steps.with(|steps| !steps.is_empty()));
    // Drawn when somebody unfolds it: a tablet may have many batches.
    let is_unfolded = RwSignal::new(false);
    let list = move || {
        if !is_unfolded.get() {
            return ().fresh();
        }
        let steps = steps.get();
        let line = |entry: &TransportEntry| view! { <li>{told(language, l, entry)}</li> };
        steps.iter().rev().map(line).collect_view().fresh()
    };
    live(move || {
        has_steps.get().then(|| {
            view! {
                <details class="small">
                    <summary on:click=move |_| is_unfolded.update(|is| *is = !*is)>
                        {l.batch_history}
                    </summary>
                    <ul class="dotted">{live(list)}</ul>
                </details>
            }
        })
    })
}

/// When, what, and why.
fn told(language: Language, l: &LaterWords, entry: &TransportEntry) -> String {
    let word = match entry.step {
        Step::Download => l.step_download,
        Step::Share => l.step_share,
        Step::Folder => l.step_folder,
        Step::Confirmed => l.step_confirmed,
        Step::Unconfirmed => l.step_unconfirmed,
        Step::Sending => l.step_sending,
        Step::Delivered => l.step_delivered,
        Step::Refused => l.step_refused,
        Step::Acknowledged => l.step_acknowledged,
        Step::Wiped => l.step_wiped,
    };
    let why = entry.problem.map(|problem| send_problem(language, problem));
    // The log has moments, and no offset.
    let at = format::date_time(language, clock::at(entry.at.unix_ms()));
    format!("{at} · {word} {}", why.unwrap_or_default())
        .trim_end()
        .to_owned()
}
