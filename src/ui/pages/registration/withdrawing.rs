//! What a participant agreed to, and the dialog in which they take it back.

use leptos::prelude::*;

use super::revising::{DialogDeeds, revise};
use crate::browser::page;
use crate::domain::{Coded, Purpose, Registration, purpose_field};
use crate::operations::amend::withdraw;
use crate::ui::parts::{Tick, Trouble, attr, live, view};
use crate::ui::state::use_app;
use crate::ui::words::field_label;

const DIALOG: &str = "withdraw";

/// The button, and the dialog that it opens; nothing where there is nothing to take back.
#[component]
pub(super) fn Withdrawing<'a>(
    record: &'a Registration,
    may_amend: Memo<bool>,
) -> impl IntoView + use<> {
    let app = use_app();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let agreed = record.details.consent.purposes.clone();
    let id = record.id;
    let chosen = RwSignal::new(Vec::<Purpose>::new());
    let deed = Action::new_local(move |(): &()| {
        let purposes = chosen.get_untracked();
        let reason = f.withdraw_reason;
        let taking = revise(
            app,
            DIALOG,
            f.withdrawn_toast,
            async move |store, event, officer, deed| {
                withdraw(store, event, id, &purposes, reason, officer, deed).await
            },
        );
        app.vault.unbroken(taking)
    });
    let pending = deed.pending();
    let none = Memo::new(move |_| chosen.with(Vec::is_empty));
    let tick = move |purpose: Purpose| {
        let on_change = Callback::new(move |ticked: bool| {
            chosen.update(|chosen| {
                chosen.retain(|known| *known != purpose);
                if ticked {
                    chosen.push(purpose);
                }
            });
        });
        let hint = match purpose {
            Purpose::REQUIRED => f.withdraw_required,
            _ => "",
        };
        view! {
            <Tick
                name=purpose_field(purpose).code()
                label=field_label(language, purpose_field(purpose))
                hint
                ticked=Signal::derive(move || chosen.with(|chosen| chosen.contains(&purpose)))
                on_change
            />
        }
    };
    let number = record.number.to_string();
    (record.is_active() && !agreed.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="button screen-only"
                data-kind="quiet"
                disabled=attr(move || !may_amend.get())
                on:click=|_| page::show_dialog(DIALOG)
            >
                {f.withdraw}
            </button>
            <dialog
                id=DIALOG
                aria-labelledby="withdraw-title"
                on:close=move |_| {
                    // It may close together with its page.
                    if pending.try_get_untracked() == Some(false) {
                        chosen.set(Vec::new());
                        deed.clear();
                    }
                }
            >
                <form on:submit=move |event| {
                    event.prevent_default();
                    if !none.get_untracked() && !pending.get_untracked() {
                        deed.clear();
                        deed.dispatch(());
                    }
                }>
                    <div class="dialog-body">
                        <div>
                            <p class="eyebrow">{number}</p>
                            <h2 id="withdraw-title">{f.withdraw_title}</h2>
                        </div>
                        <p class="sub">{f.withdraw_hint}</p>
                        <div class="ticks">{agreed.into_iter().map(tick).collect_view()}</div>
                        {live(move || {
                            chosen
                                .with(|chosen| chosen.contains(&Purpose::REQUIRED))
                                .then(|| view! { <p data-tone="bad">{f.withdraw_voids}</p> })
                        })}
                        <Trouble text=Signal::derive(move || {
                            deed.value().get().and_then(Result::err)
                        })/>
                    </div>
                    <DialogDeeds dialog=DIALOG keep=f.withdraw_keep confirm=f.withdraw_confirm busy=pending off=none/>
                </form>
            </dialog>
        }
    })
}
