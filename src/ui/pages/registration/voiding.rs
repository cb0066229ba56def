//! The dialog in which a registration is voided, with its reason.

use leptos::prelude::*;

use super::revising::{DialogDeeds, revise};
use crate::browser::page;
use crate::domain::{RegistrationId, parse_text};
use crate::operations::amend::void;
use crate::ui::parts::{TextField, Trouble, view};
use crate::ui::state::{use_app, use_later_words};

const DIALOG: &str = "void";
const REASON: &str = "void-reason";
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
    let l = use_later_words();
    let reason = RwSignal::new(String::new());
    let attempted = RwSignal::new(false);
    let tidy_reason =
        Memo::new(move |_| reason.with(|reason| parse_text(reason, MOST_REASON.into()).ok()));
    let deed = Action::new_local(move |reason: &String| {
        let reason = reason.clone();
        let voiding = revise(
            app,
            DIALOG,
            l.voided_toast,
            async move |store, event, officer, deed| {
                void(store, event, id, &reason, officer, deed).await
            },
        );
        app.vault.unbroken(voiding)
    });
    let pending = deed.pending();
    let submit = move || {
        attempted.set(true);
        if pending.get_untracked() {
            return;
        }
        match tidy_reason.get_untracked() {
            None => page::focus(REASON),
            Some(reason) => {
                deed.clear();
                deed.dispatch(reason);
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
                        <h2 id="void-title">{l.void_title}</h2>
                    </div>
                    <p class="sub">{l.void_hint}</p>
                    <TextField
                        name=REASON
                        label=l.void_reason
                        value=reason
                        on_input=move |text| reason.set(text)
                        longest=MOST_REASON
                        error=Signal::derive(move || {
                            (attempted.get() && tidy_reason.get().is_none())
                                .then(|| l.void_reason_missing.to_owned())
                        })
                    />
                    <Trouble text=Signal::derive(move || deed.value().get().and_then(Result::err))/>
                </div>
                <DialogDeeds dialog=DIALOG keep=l.void_keep confirm=l.void_confirm busy=pending/>
                </form>
        </dialog>
    }
}
