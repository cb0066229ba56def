//! The lock: what stands before an event's pages until its passphrase was said.

use leptos::prelude::*;

use super::unlock::Recovery;
use crate::browser::page;
use crate::ui::parts::{DeedButton, Icon, IconName, Inside, SecretField, Trouble, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words, use_words};

/// The passphrase of every sample event; its lock says it.
pub const SAMPLE_PASSPHRASE: &str = "contoh contoh contoh";

/// The frame of all of them: which event, and one thing to do.
#[component]
pub(super) fn Gate(
    title: &'static str,
    #[prop(into)] hint: Signal<String>,
    icon: IconName,
    children: Inside,
) -> impl IntoView {
    let app = use_app();
    let event = app.event.get_untracked();
    let named = event.map(|event| {
        let tablet = event.tablet;
        format!("{} · {}", tablet.event.name, tablet.event.venue)
    });
    view! {
        <main id="main" class="gate" tabindex="-1">
            <div class="gate-card stack">
                <div class="gate-head">
                    <span class="gate-mark">
                        <Icon name=icon/>
                    </span>
                    <div>
                        <h1>{title}</h1>
                        <p class="sub">{named}</p>
                    </div>
                </div>
                {live(move || {
                    let hint = hint.get();
                    (!hint.is_empty()).then(|| view! { <p class="sub small">{hint}</p> })
                })}
                {children.make()}
            </div>
        </main>
    }
}

/// Moves the focus into a field that was just drawn.
pub(super) fn focus_soon(id: &'static str) {
    page::after(0, move || page::focus(id));
}

/// Ways on that need no key.
#[component]
pub(super) fn OtherWays() -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    view! {
        <p class="gate-ways small">
            <a href=Route::HandOver.href()>{l.hand_over_locked}</a>
            <a href=Route::Programme.href()>{w.programme_explained}</a>
            <a href=Route::Events.href()>{w.other_events}</a>
        </p>
    }
}

const PASSPHRASE: &str = "passphrase";

/// Asks for the passphrase; where it is forgotten, for the recovery key.
#[component]
pub fn Locked() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let is_recovering = RwSignal::new(false);
    let has_recovery = Memo::new(move |_| {
        app.vault
            .ring
            .with(|ring| ring.as_ref().is_some_and(|ring| ring.recovery.is_some()))
    });
    let is_sample = app.event.with_untracked(|event| {
        event
            .as_ref()
            .is_some_and(|event| event.tablet.event.sample)
    });
    let hint = if is_sample {
        format!("{} {SAMPLE_PASSPHRASE}", l.sample_passphrase)
    } else {
        l.locked_hint.to_owned()
    };
    view! {
        <Gate title=l.locked_title hint icon=IconName::Lock>
            <Trouble text=app.vault.refused/>
            {live(move || {
                if is_recovering.get() {
                    view! { <Recovery/> }
                } else {
                    view! { <PassphraseForm/> }
                }
            })}
            {live(move || {
                has_recovery.get().then(|| {
                    view! {
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| is_recovering.update(|is| *is = !*is)
                        >
                            {live(move || {
                                if is_recovering.get() { l.use_passphrase } else { l.use_recovery }
                            })}
                        </button>
                    }
                })
            })}
            <OtherWays/>
        </Gate>
    }
}

#[component]
fn PassphraseForm() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let words = RwSignal::new(String::new());
    let open = Action::new_local(move |(): &()| app.unlock(words.get_untracked()));
    view! {
        <Question deed=open first=PASSPHRASE label=l.unlock at_work=l.unlocking icon=IconName::LockOpen>
            <SecretField
                name=PASSPHRASE
                label=l.passphrase
                show=w.show
                hide=w.hide
                value=words
                on_input=move |text| words.set(text)
            />
        </Question>
    }
}

/// A form with one deed: what is asked, what went wrong, and the button. The focus is
/// in its first field when it is drawn and after it went wrong; it is sent once at a
/// time.
#[component]
pub(super) fn Question(
    deed: Action<(), Result<(), String>>,
    /// Id of the first field.
    first: &'static str,
    label: &'static str,
    /// What the button says meanwhile.
    at_work: &'static str,
    icon: IconName,
    #[prop(default = "stack")] class: &'static str,
    children: Inside,
) -> impl IntoView {
    let pending = deed.pending();
    let problem = Signal::derive(move || deed.value().get().and_then(Result::err));
    page::focus_drawn(first);
    Effect::new(move |_| {
        if problem.with(Option::is_some) {
            focus_soon(first);
        }
    });
    view! {
        <form
            class=class
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                if !pending.get_untracked() {
                    deed.clear();
                    deed.dispatch(());
                }
            }
        >
            {children.make()}
            <Trouble text=problem/>
            <DeedButton
                label=Signal::derive(move || {
                    if pending.get() { at_work } else { label }.to_owned()
                })
                icon=icon
                kind="primary"
                busy=pending
            />
        </form>
    }
}
