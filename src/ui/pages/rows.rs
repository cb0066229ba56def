//! The rows of lists of registrations.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::format;
use crate::ui::parts::{Fresh, IconName, Pill, list, live, view};
use crate::ui::roster::Line;
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{self, fill};

/// A list of registrations; a row that did not change stays as it is.
#[component]
pub fn RegistrationRows(#[prop(into)] lines: Signal<Vec<Arc<Line>>>) -> impl IntoView {
    view! {
        <ul class="rows">
            {list(
                move || lines.get(),
                |line| format!("{} {}", line.id, line.revision),
                |line| view! { <RegistrationRow line/> },
            )}
        </ul>
    }
}

/// One registration: number, masked name, sector, how it stands, when it was
/// recorded.
#[component]
fn RegistrationRow(line: Arc<Line>) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let time = format::time(language, line.recorded_at);
    let about = format!("{} · {}", words::sector(language, line.sector), line.place);
    let standing = line.clone();
    view! {
        <li>
            <a
                class="row"
                href=Route::Registration(line.id).href()
                data-state=line.voided.then_some("voided")
            >
                <span class="row-number">{line.number.clone()}</span>
                <span class="row-name">
                    <b>{line.masked_name.clone()}</b>
                    <span class="row-sub">{about}</span>
                </span>
                {live(move || {
                    let batch = app.batches.with(|batches| {
                        batches
                            .iter()
                            .find(|batch| (batch.first..=batch.last).contains(&standing.sequence))
                            .map(|batch| batch.sequence)
                    });
                    standing_pill(&standing, batch)
                })}
                <time datetime=line.recorded_at.rfc3339()>{time}</time>
            </a>
        </li>
    }
}

/// What matters most about a registration, in one word: void, in a batch, with
/// warnings, or saved.
fn standing_pill(line: &Line, batch: Option<u64>) -> Fresh {
    let l = use_later_words();
    let (tone, icon, text) = match (line.voided, batch, line.warnings) {
        (true, _, _) => ("bad", IconName::Void, l.is_voided.to_owned()),
        (false, Some(batch), _) => {
            let text = fill(l.in_batch, &[&batch.to_string()]);
            ("plain", IconName::Package, text)
        }
        (false, None, 0) => ("good", IconName::Check, l.is_saved.to_owned()),
        (false, None, 1) => ("warn", IconName::TriangleAlert, l.warnings_one.to_owned()),
        (false, None, many) => {
            let text = fill(l.warnings_many, &[&many.to_string()]);
            ("warn", IconName::TriangleAlert, text)
        }
    };
    view! { <Pill tone icon text/> }
}
