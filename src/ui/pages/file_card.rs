//! The way of a file into the app: chosen here, or dropped anywhere on the page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::error::JsError;
use crate::browser::files;
use crate::ui::parts::{Icon, IconName, Trouble, view};
use crate::ui::state::use_app;
use crate::ui::words::{Language, fill};

/// What was read; `Ok(None)`: nothing was chosen.
pub type FileRead = Result<Option<Vec<u8>>, String>;

/// Why a file could not be read, and what to do.
pub fn file_problem(language: Language, error: &JsError) -> String {
    fill(language.later_words().pack_unreadable, &[&error.name])
}

/// Takes files that are dropped while the page stands.
pub fn take_drops(language: Language, on_read: impl Fn(FileRead) + Clone + 'static) {
    let drops = files::on_drop(move |read| {
        on_read(
            read.map(Some)
                .map_err(|error| file_problem(language, &error)),
        );
    });
    StoredValue::new_local(drops);
}

/// Asks for a file.
#[component]
pub fn FileCard(
    id: &'static str,
    /// Endings of file names, as `.age`.
    accept: &'static str,
    label: &'static str,
    hint: &'static str,
    on_read: Callback<FileRead>,
    trouble: RwSignal<Option<String>>,
    /// Beside a page's own deed.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let described = format!("{id}-hint");
    view! {
        <section class="card drop-card">
            <input
                id=id
                class="file-input"
                type="file"
                accept=accept
                aria-describedby=described.clone()
                on:click=move |_| app.vault.set_picking(true)
                on:cancel=move |_: leptos::ev::Event| app.vault.set_picking(false)
                on:change=move |_| {
                    app.vault.set_picking(false);
                    spawn_local(async move {
                        let read = files::chosen(id).await;
                        on_read.run(read.map_err(|error| file_problem(language, &error)));
                    });
                }
            />
            <label for=id class="button" data-kind=(!quiet).then_some("primary")>
                <Icon name=IconName::FileUp/>
                {label}
            </label>
            <p class="field-hint" id=described>
                {hint}
            </p>
            <Trouble text=trouble/>
        </section>
    }
}
