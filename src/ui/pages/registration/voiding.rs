//! The dialog in which a registration is voided, with its reason.

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::domain::{Fault, Field, FullName, RegistrationId, parse_text};
use crate::operations::amend::void;
use crate::operations::officer::keep_officer;
use crate::operations::register::{Deed, SaveError};
use crate::ui::parts::{DeedButton, IconName, TextField, Trouble, live, view};
use crate::ui::state::{AppState, use_app, use_words};
use crate::ui::words::{fault, fill, save_problem};

const DIALOG: &str = "void";
const REASON: &str = "void-reason";
const OFFICER: &str = "void-officer";
/// The most characters of a reason.
const MOST_REASON: u16 = 160;

/// Opens the dialog.
pub(super) fn ask() {
    page::show_dialog(DIALOG);
}

/// Asks why, and by whom where nobody said who holds this tablet.
#[component]
pub(super) fn VoidDialog(
    id: RegistrationId,
    #[prop(into)] number: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let reason = RwSignal::new(String::new());
    let typed_officer = RwSignal::new(app.officer.get_untracked());
    let attempted = RwSignal::new(false);
    let is_officer_known =
        Memo::new(move |_| app.officer.with(|officer| FullName::parse(officer).is_ok()));
    let officer = Memo::new(move |_| {
        if is_officer_known.get() {
            app.officer.with(|officer| FullName::parse(officer))
        } else {
            typed_officer.with(|typed| FullName::parse(typed))
        }
    });
    let tidy_reason =
        Memo::new(move |_| reason.with(|reason| parse_text(reason, MOST_REASON.into()).ok()));
    let deed = Action::new_local(move |(reason, officer): &(String, FullName)| {
        void_it(app, id, reason.clone(), officer.clone())
    });
    let pending = deed.pending();
    let officer_error = Signal::derive(move || {
        officer
            .get()
            .err()
            .filter(|_| attempted.get())
            .map(|error| match error {
                _ if typed_officer.with(|typed| typed.trim().is_empty()) => {
                    fault(language, Field::Officer, &Fault::Missing)
                }
                error => fault(language, Field::Officer, &Fault::Name(error)),
            })
    });
    let submit = move || {
        attempted.set(true);
        if pending.get_untracked() {
            return;
        }
        match (tidy_reason.get_untracked(), officer.get_untracked()) {
            (None, _) => page::focus(REASON),
            (_, Err(_)) => page::focus(OFFICER),
            (Some(reason), Ok(officer)) => {
                deed.clear();
                deed.dispatch((reason, officer));
            }
        }
    };
    view! {
        <dialog
            id=DIALOG
            aria-labelledby="void-title"
            on:close=move |_| {
                // It may close together with its page.
                if pending.try_get_untracked() == Some(false) {
                    reason.set(String::new());
                    attempted.set(false);
                    deed.clear();
                }
            }
        >
            <form on:submit=move |event| {
                event.prevent_default();
                submit();
            }>
                <div class="dialog-body">
                    <div>
                        <p class="eyebrow">{number}</p>
                        <h2 id="void-title">{w.void_title}</h2>
                    </div>
                    <p class="sub">{w.void_hint}</p>
                    <TextField
                        name=REASON
                        label=w.void_reason
                        value=reason
                        on_input=move |text| reason.set(text)
                        longest=MOST_REASON
                        error=Signal::derive(move || {
                            (attempted.get() && tidy_reason.get().is_none())
                                .then(|| w.void_reason_missing.to_owned())
                        })
                    />
                    {live(move || {
                        (!is_officer_known.get())
                            .then(|| {
                                view! {
                                    <TextField
                                        name=OFFICER
                                        label=w.officer_name
                                        hint=w.officer_hint
                                        value=typed_officer
                                        on_input=move |text| typed_officer.set(text)
                                        error=officer_error
                                        longest=60
                                    />
                                }
                            })
                    })}
                    <Trouble text=Signal::derive(move || deed.value().get().and_then(Result::err))/>
                </div>
                <div class="dialog-deeds">
                    <button
                        type="button"
                        class="button"
                        on:click=|_| page::close_dialog(DIALOG)
                    >
                        {w.void_keep}
                    </button>
                    <DeedButton
                        kind="danger"
                        icon=IconName::Void
                        label=w.void_confirm
                        busy=pending
                    />
                </div>
            </form>
        </dialog>
    }
}

/// Voids it, shows it as void, and says so.
async fn void_it(
    app: AppState,
    id: RegistrationId,
    reason: String,
    officer: FullName,
) -> Result<(), String> {
    let language = app.language.get_untracked();
    let Some(event) = app.event.get_untracked() else {
        return Err(save_problem(language, &SaveError::Missing));
    };
    let store = app.store();
    let rules = app.rules();
    let deed = Deed {
        rules: &rules,
        device: app.device(),
        now: clock::now(),
    };
    let saved = void(&store, &event, id, &reason, officer.clone(), &deed)
        .await
        .map_err(|error| {
            if let SaveError::Store(error) = &error {
                app.note_conflict(error);
            }
            // It may have been closed meanwhile; what went wrong must be seen.
            page::show_dialog(DIALOG);
            save_problem(language, &error)
        })?;
    app.show_saved(&saved);
    // The registration is void in any case; a name that is not kept is asked for again.
    if keep_officer(&store, &officer).await.is_ok() {
        app.officer.set(officer.as_str().to_owned());
    }
    page::close_dialog(DIALOG);
    // The button that opened the dialog is gone.
    page::focus("main");
    let number = saved.registration.number.to_string();
    app.say(fill(language.words().voided_toast, &[&number]), None);
    Ok(())
}
