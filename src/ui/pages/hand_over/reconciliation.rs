//! The reconciliation sheet: what this tablet gave out, kept and handed over, to be
//! compared with the count at the table and with the office. On the screen and on paper.

use leptos::prelude::*;

use super::counts::Counts;
use crate::browser::{clock, page};
use crate::operations::reconcile::reconciliation;
use crate::ui::format;
use crate::ui::parts::{DeedButton, Fact, IconName, IntoFresh, live, view};
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::fill;

/// First and last number, counts, and each batch by its short code.
#[component]
pub(super) fn Reconciliation() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let n = app.language.get_untracked().answered_words();
    let language = app.language.get_untracked();
    let sheet = Memo::new(move |_| {
        app.event.with(|event| {
            let event = event.as_ref()?;
            Some(app.batches.with(|batches| reconciliation(event, batches)))
        })
    });
    let body = move || {
        let (Some(sheet), Some(event)) = (sheet.get(), app.event.get_untracked()) else {
            return ().fresh();
        };
        let facts = [
            (
                n.first_number,
                sheet.first_number.unwrap_or_else(|| "–".to_owned()),
            ),
            (
                n.last_number,
                sheet.last_number.unwrap_or_else(|| "–".to_owned()),
            ),
            (l.issued, sheet.issued.to_string()),
            (n.saved_revisions, sheet.saved.to_string()),
            (l.voided_count, sheet.voided.to_string()),
            (n.batched_count, sheet.batched.to_string()),
            (n.attended_count, sheet.attended.to_string()),
        ]
        .map(|(name, value)| view! { <Fact name value/> });
        let rows = sheet
            .batches
            .iter()
            .map(|batch| {
                let made = clock::at(i64::try_from(batch.created_at).unwrap_or(0));
                view! {
                    <tr>
                        <td>{batch.sequence}</td>
                        <td>{batch.records}</td>
                        <td>
                            <code>{batch.code.clone()}</code>
                        </td>
                        <td>{format::date_time(language, made)}</td>
                    </tr>
                }
            })
            .collect_view();
        let tablet = event.tablet;
        let letter = tablet.letter.to_string();
        let held = format!(
            "{} · {} · {}",
            tablet.event.code,
            tablet.event.name,
            format::long_date(language, tablet.event.date, false),
        );
        view! {
            <p class="small">
                <b>{fill(n.sheet_tablet, &[&letter])}</b>
                " · "
                {held}
            </p>
            <dl class="facts">{facts}</dl>
            <table class="sheet">
                <thead>
                    <tr>
                        <th scope="col">{w.batches}</th>
                        <th scope="col">{n.records_column}</th>
                        <th scope="col">{n.short_code}</th>
                        <th scope="col">{n.made_column}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Counts/>
            <div class="sheet-signs print-only" aria-hidden="true">
                <span>{n.sheet_signed}</span>
                <span>{n.sheet_office}</span>
            </div>
        }
    };
    view! {
        <section class="card sheet-card" aria-labelledby="sheet-title">
            <h2 id="sheet-title">{n.reconciliation}</h2>
            <p class="sub small screen-only">{n.reconciliation_hint}</p>
            {live(body)}
            <div class="cluster">
                <DeedButton
                    id="sheet-print"
                    icon=IconName::Printer
                    label=n.print_sheet
                    on_press=move |()| page::print()
                />
            </div>
        </section>
    }
}
