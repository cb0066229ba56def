//! Which table? A file, chosen or dropped, or cells that are pasted.

use std::sync::Arc;

use leptos::prelude::*;

use super::Stage;
use crate::format::people_table::read_table;
use crate::ui::pages::file_card::{FileCard, FileRead, take_drops};
use crate::ui::parts::{DeedButton, IconName, view};
use crate::ui::state::{use_app, use_expected_words, use_words};
use crate::ui::words::table_problem;

const FILE: &str = "table-file";
const TEXT: &str = "table-text";

/// Asks for a table.
#[component]
pub(super) fn Choose(go: Callback<Stage>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let e = use_expected_words();
    let language = app.language.get_untracked();
    let trouble = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    let take = move |read: FileRead| {
        let problem = match read {
            Ok(None) => return,
            Ok(Some(bytes)) => match read_table(&bytes) {
                Ok(table) => {
                    go.try_run(Stage::Reading(Arc::new(table)));
                    return;
                }
                Err(error) => table_problem(language, error),
            },
            Err(problem) => problem,
        };
        trouble.try_set(Some(problem));
    };
    take_drops(language, take);
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <p class="eyebrow">{w.expected}</p>
                        <h1>{e.import}</h1>
                        <p class="sub small">{e.import_hint}</p>
                    </div>
                </div>
                <FileCard
                    id=FILE
                    accept=".csv,.tsv,.tab,.txt,text/csv"
                    label=e.file
                    hint=e.file_hint
                    on_read=Callback::new(take)
                    trouble
                />
                <section class="card">
                    <div class="field">
                        <label for=TEXT>{e.paste}</label>
                        <textarea
                            class="pack-text"
                            id=TEXT
                            rows="5"
                            autocomplete="off"
                            spellcheck="false"
                            aria-describedby="table-text-hint"
                            prop:value=text
                            on:input:target=move |event| text.set(event.target().value())
                        ></textarea>
                        <p class="field-hint" id="table-text-hint">
                            {e.paste_hint}
                        </p>
                    </div>
                    <div class="cluster">
                        <DeedButton
                            label=e.paste_take
                            icon=IconName::ArrowRight
                            off=Signal::derive(move || text.with(|text| text.trim().is_empty()))
                            on_press=move |()| {
                                take(Ok(Some(text.get_untracked().into_bytes())));
                            }
                        />
                    </div>
                </section>
                <div class="cluster">
                    <DeedButton
                        label=w.back
                        icon=IconName::ArrowLeft
                        on_press=move |()| go.run(Stage::Looking)
                    />
                </div>
            </div>
        </main>
    }
}
