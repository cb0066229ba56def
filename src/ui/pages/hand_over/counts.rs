//! How many people each officer registered, and how many in each hour.

use leptos::prelude::*;

use crate::operations::tally::{Tally, tally};
use crate::ui::format;
use crate::ui::parts::{Fresh, IntoFresh, live, view};
use crate::ui::state::use_app;
use crate::ui::vault::Access;
use crate::ui::words::{Language, PaperWords};

/// The counts of the open event; nothing while it is locked or nobody is registered.
#[component]
pub(super) fn Counts() -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let counted = RwSignal::new(Tally::default());
    let read = Action::new_local(move |(): &()| async move {
        if let Some(event) = app.event_id() {
            // What cannot be read is said where people are listed.
            counted.set(tally(&app.store(), event).await.unwrap_or_default());
        }
    });
    Effect::new(move |_| {
        app.roster.track();
        if app.access.get() == Access::Open {
            read.dispatch(());
        }
    });
    live(move || {
        if app.access.get() != Access::Open {
            return ().fresh();
        }
        counted.with(|tally| match tally.registered {
            0 => ().fresh(),
            _ => tables(language, tally),
        })
    })
}

fn tables(language: Language, tally: &Tally) -> Fresh {
    let p: &PaperWords = language.paper_words();
    let busiest = tally.busiest();
    let officers = tally
        .officers
        .iter()
        .map(|(officer, count)| line(officer.clone(), *count, tally.registered))
        .collect_view();
    let days = tally.hours.iter().map(|((day, _), _)| day);
    let is_one_day = days.clone().min() == days.max();
    let hours = tally
        .hours
        .iter()
        .map(|((day, hour), count)| {
            let between = format!("{hour:02}–{:02}", hour + 1);
            let name = match is_one_day {
                true => between,
                false => format!("{}, {between}", format::long_date(language, *day, false)),
            };
            line(name, *count, busiest)
        })
        .collect_view();
    view! {
        <section class="stack" data-gap="s" aria-labelledby="counts-title">
            <h3 id="counts-title">{p.counts}</h3>
            <p class="sub small">{p.counts_hint}</p>
            <div class="two">
                {table(p.by_officer, p.count, officers.fresh())}
                {table(p.hour, p.count, hours.fresh())}
            </div>
        </section>
    }
}

fn table(name: &'static str, count: &'static str, lines: Fresh) -> Fresh {
    view! {
        <table class="sheet">
            <thead>
                <tr>
                    <th scope="col">{name}</th>
                    <th scope="col">{count}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

/// A count, and a bar beside it as long as its part of the most.
fn line(name: String, count: usize, most: usize) -> Fresh {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                {count}
                <meter class="meter" min="0" max=most.to_string() value=count.to_string() aria-hidden="true"></meter>
            </td>
        </tr>
    }
}
