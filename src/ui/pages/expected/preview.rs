//! How a table is read: its first rows, what each column means, and what cannot be read,
//! before anything is imported.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Stage, shown, way_back};
use crate::browser::clock;
use crate::domain::Coded;
use crate::format::people_table::{
    Guess, GuessedBy, Import, Meaning, Table, expected_of, guess_columns,
};
use crate::operations::expected::{Imported, import};
use crate::ui::parts::{DeedButton, IconName, Note, Trouble, attr, live, view};
use crate::ui::state::{AppState, Writer, use_app, use_expected_words, use_words};
use crate::ui::words::{fill, guessed_by, line_fault, meaning};

/// Rows that are shown of the table.
const FIRST_ROWS: usize = 5;
/// Faults that are shown. Who has more corrects the table and reads it again.
const MOST_FAULTS: usize = 50;

/// What a column means, and how that was found; `None`: somebody chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    meaning: Option<Meaning>,
    by: Option<GuessedBy>,
    is_chosen: bool,
}

/// Shows how the table is read, and imports it.
#[component]
pub(super) fn Preview(table: Arc<Table>, go: Callback<Stage>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let e = use_expected_words();
    let today = clock::now().local_date();
    let Guess { columns, by } = guess_columns(&table, today);
    let header = columns.header;
    let titles = titles(app, &table, header, columns.meanings.len());
    let first = header.map_or(0, |header| header + 1);
    let guessed = columns.meanings.iter().zip(by);
    let chosen = RwSignal::new(
        guessed
            .map(|(meaning, by)| Column {
                meaning: *meaning,
                by,
                is_chosen: false,
            })
            .collect::<Vec<_>>(),
    );
    let read = {
        let table = table.clone();
        Memo::new(move |_| {
            let mut columns = columns.clone();
            columns.meanings = chosen.with(|columns| {
                let meanings = columns.iter().map(|column| column.meaning);
                meanings.collect()
            });
            expected_of(&table, &columns, today).map(Arc::new)
        })
    };
    let count = Memo::new(move |_| {
        read.with(|read| read.as_ref().map_or(0, |import| import.expected.len()))
    });
    let take = Action::new_local(move |(): &()| {
        let people = read.get_untracked();
        async move {
            match people {
                Ok(people) => take_in(app, &people, go).await.err(),
                Err(_) => None,
            }
        }
    });
    let taking = take.pending();
    let trouble = Signal::derive(move || {
        let has_names = read.with(Result::is_ok);
        match has_names {
            true => take.value().get().flatten(),
            false => Some(e.no_names.to_owned()),
        }
    });
    let rows: Vec<_> = table.rows.iter().skip(first).take(FIRST_ROWS).collect();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = (0..titles.len())
                .map(|at| row.cells.get(at).cloned().unwrap_or_default())
                .map(|cell| view! { <td>{cell}</td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{row.line}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let heads = titles
        .iter()
        .enumerate()
        .map(|(at, title)| view! { <ColumnHead at title=title.clone() chosen/> })
        .collect_view();
    let titles = Arc::new(titles);
    view! {
        <div class="page">
            <main id="main" tabindex="-1">
                <div class="page-head">
                    <div>
                        <p class="eyebrow">{e.import}</p>
                        <h1>{e.preview}</h1>
                        <p class="sub small">{e.preview_hint}</p>
                    </div>
                </div>
                <section
                    class="card table-card"
                    data-flush
                    role="region"
                    tabindex="0"
                    aria-label=e.table
                >
                    <table class="sheet small">
                        <thead>
                            <tr>
                                <th scope="col">{e.line}</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{body}</tbody>
                    </table>
                </section>
                <div role="status">
                    {live(move || {
                        read.get().ok().map(|import| view! { <Counts import titles=titles.clone()/> })
                    })}
                </div>
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=trouble/>
                </div>
                <DeedButton
                    label=w.back
                    icon=IconName::ArrowLeft
                    off=taking
                    on_press=move |()| go.run(Stage::Choosing)
                />
                <DeedButton
                    label=Signal::derive(move || match count.get() {
                        1 => e.take_one.to_owned(),
                        count => fill(e.take, &[&count.to_string()]),
                    })
                    icon=IconName::Check
                    kind="primary"
                    busy=taking
                    off=Signal::derive(move || {
                        count.get() == 0 || app.writer.get() != Writer::Here
                    })
                    on_press=move |()| {
                        take.clear();
                        take.dispatch(());
                    }
                />
            </footer>
        </div>
    }
}

/// What the columns are called: by their titles, or by their places.
fn titles(app: AppState, table: &Table, header: Option<usize>, width: usize) -> Vec<String> {
    let e = app.language.get_untracked().expected_words();
    let row = header.and_then(|header| table.rows.get(header));
    (0..width)
        .map(|at| {
            let title = row.and_then(|row| row.cells.get(at));
            let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
            title
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| fill(e.column, &[&(at + 1).to_string()]))
        })
        .collect()
}

/// The title of a column, what it means, and how that was found.
#[component]
fn ColumnHead(at: usize, title: String, chosen: RwSignal<Vec<Column>>) -> impl IntoView {
    let app = use_app();
    let e = use_expected_words();
    let language = app.language.get_untracked();
    let column = Memo::new(move |_| chosen.with(|columns| columns[at]));
    let options = Meaning::ALL
        .iter()
        .map(|means| {
            let means = *means;
            view! {
                <option
                    value=means.code()
                    selected=attr(move || column.get().meaning == Some(means))
                >
                    {meaning(language, means)}
                </option>
            }
        })
        .collect_view();
    let found = move || match column.get() {
        Column {
            is_chosen: true, ..
        } => e.chosen,
        Column { by: Some(by), .. } => guessed_by(language, by),
        _ => "",
    };
    view! {
        <th scope="col">
            <div class="field">
                <span>{title.clone()}</span>
                <select
                    aria-label=fill(e.column_means, &[&title])
                    autocomplete="off"
                    on:change:target=move |event| {
                        let meaning = Meaning::from_code(&event.target().value());
                        chosen
                            .update(|columns| {
                                columns[at] = Column {
                                    meaning,
                                    by: None,
                                    is_chosen: true,
                                };
                            });
                    }
                >
                    <option
                        value=""
                        selected=attr(move || column.get().meaning.is_none())
                    >
                        {e.unused}
                    </option>
                    {options}
                </select>
                <small class="muted">{live(found)}</small>
            </div>
        </th>
    }
}

/// How many people were read, and what was not.
#[component]
fn Counts(import: Arc<Import>, titles: Arc<Vec<String>>) -> impl IntoView {
    let app = use_app();
    let e = use_expected_words();
    let language = app.language.get_untracked();
    let faults = &import.faults;
    let left_out = faults.iter().filter(|fault| fault.problem.leaves_out_row());
    let left_out = left_out.count();
    let unread = faults.len() - left_out;
    let ready = fill(e.ready, &[&import.expected.len().to_string()]);
    if faults.is_empty() {
        return view! {
            <Note tone="good" icon=IconName::Check title=ready>
                <p>{e.all_read}</p>
            </Note>
        };
    }
    let sentence = |sentence, count: usize| {
        (count > 0).then(|| view! { <p>{fill(sentence, &[&count.to_string()])}</p> })
    };
    let lines = faults
        .iter()
        .take(MOST_FAULTS)
        .map(|fault| {
            let title = titles.get(fault.column - 1).cloned();
            let title = title.unwrap_or_else(|| fill(e.column, &[&fault.column.to_string()]));
            view! { <li>{line_fault(language, fault, &title)}</li> }
        })
        .collect_view();
    let more = faults.len().saturating_sub(MOST_FAULTS);
    view! {
        <Note tone="warn" icon=IconName::TriangleAlert title=ready>
            {sentence(e.left_out, left_out)}
            {sentence(e.unread, unread)}
            <ul>{lines}</ul>
            {sentence(e.more_faults, more)}
        </Note>
    }
}

/// Adds the people that were read to the list, and says what became of them.
async fn take_in(app: AppState, read: &Import, go: Callback<Stage>) -> Result<(), String> {
    let Some(event) = app.event_id() else {
        return Ok(());
    };
    let store = app.store();
    let doer = app.doer();
    let done = app
        .vault
        .unbroken(import(&store, event, &read.expected, &doer))
        .await;
    let Imported {
        added,
        changed,
        same,
        before,
    } = shown(app, event, done).await?;
    let e = app.language.get_untracked().expected_words();
    let counts = [added, changed, same].map(|count| count.to_string());
    let counts = counts.each_ref().map(String::as_str);
    let undo = (added + changed > 0).then(|| way_back(app, event, before));
    app.say(fill(e.taken, &counts), undo);
    go.try_run(Stage::Looking);
    Ok(())
}
