//! What else stands before an event's pages: the recovery key, the PIN, who works
//! here, and what to do where nothing opens it.

use leptos::prelude::*;

use super::locked::{Gate, Locked, OtherWays, Question, focus_soon};
use super::protect::{Chosen, Protect};
use crate::browser::{page, random};
use crate::domain::FullName;
use crate::operations::protect::{Closing, protect};
use crate::ui::parts::{
    DeedButton, Fresh, Icon, IconName, IntoFresh, Note, SecretField, TextField, Trouble, live, view,
};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Writer, use_app, use_later_words, use_words};
use crate::ui::vault::{Access, PIN_DIGITS, derive_new};
use crate::ui::words::{store_problem, work_problem};
use crate::vault::wrap::Passphrase;

/// What is asked before a page of the event is shown.
pub fn gate(access: Access) -> Fresh {
    match access {
        Access::Unprotected => view! { <Unprotected/> },
        Access::Covered => view! { <Covered/> },
        Access::Unmanned => view! { <Unmanned/> },
        Access::SealedOff => view! { <SealedOff/> },
        Access::Locked => view! { <Locked/> },
        Access::NoEvent | Access::Open => ().fresh(),
    }
}

const RECOVERY: &str = "recovery-key";
const NEW_PASSPHRASE: &str = "new-passphrase";

/// Asks for the recovery key and a new passphrase.
#[component]
pub(super) fn Recovery() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let words = RwSignal::new(String::new());
    let recovery = RwSignal::new(String::new());
    let open = Action::new_local(move |(): &()| {
        app.recover(recovery.get_untracked(), words.get_untracked())
    });
    view! {
        <Question deed=open first=RECOVERY label=l.unlock at_work=l.unlocking icon=IconName::LockOpen>
            <TextField
                name=RECOVERY
                label=w.recovery_key
                hint=l.recovery_hint
                value=recovery
                on_input=move |text| recovery.set(text)
                capitals=true
                longest=60
            />
            <SecretField
                name=NEW_PASSPHRASE
                label=l.new_passphrase
                hint=w.own_passphrase_hint
                show=w.show
                hide=w.hide
                value=words
                on_input=move |text| words.set(text)
            />
        </Question>
    }
}

const PIN: &str = "pin";

/// Asks for the PIN.
#[component]
fn Covered() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let digits = RwSignal::new(String::new());
    let open = Action::new_local(move |(): &()| {
        let typed = digits.get_untracked();
        async move {
            let done = app.uncover(typed).await;
            if done.is_err() {
                digits.try_set(String::new());
            }
            done
        }
    });
    view! {
        <Gate title=l.covered_title hint=l.covered_hint icon=IconName::Lock>
            <Question deed=open first=PIN label=l.unlock at_work=l.unlocking icon=IconName::LockOpen>
                <SecretField
                    name=PIN
                    label=w.pin
                    keyboard="numeric"
                    longest=8
                    show=w.show
                    hide=w.hide
                    value=digits
                    on_input=move |text: String| digits.set(only_digits(&text))
                />
            </Question>
            <button
                type="button"
                class="link-button"
                on:click=move |_| app.give_up_pin()
            >
                {l.use_passphrase}
            </button>
            <OtherWays/>
        </Gate>
    }
}

/// What of a text can be a PIN.
pub fn only_digits(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_digit)
        .take(*PIN_DIGITS.end())
        .collect()
}

const OFFICER: &str = "officer-name";
const OTHER_OFFICER: &str = "officer-0";
const NEW_PIN: &str = "new-pin";

/// Asks who works here.
#[component]
fn Unmanned() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let name = RwSignal::new(String::new());
    let pin = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let officers = app.vault.officers.get_untracked();
    let has_officers = !officers.is_empty();
    let choose = Action::new_local(move |typed: &String| {
        let (typed, digits) = (typed.clone(), pin.get_untracked());
        async move {
            problem.set(None);
            let name = match FullName::parse(&typed) {
                Ok(name) => name,
                Err(_) => {
                    problem.set(Some(w.officer_wrong.to_owned()));
                    return focus_soon(OFFICER);
                }
            };
            if !digits.is_empty() && !PIN_DIGITS.contains(&digits.len()) {
                problem.set(Some(l.pin_too_short.to_owned()));
                return focus_soon(NEW_PIN);
            }
            if !digits.is_empty() {
                app.vault.set_pin(&digits);
            }
            if let Err(error) = app.man(&name).await {
                problem.try_set(Some(store_problem(language, &error)));
            }
        }
    });
    page::focus_drawn(if has_officers { OTHER_OFFICER } else { OFFICER });
    let known = officers
        .into_iter()
        .enumerate()
        .map(|(at, officer)| {
            let chosen = officer.clone();
            view! {
                <button
                    type="button"
                    class="button officer"
                    id=format!("officer-{at}")
                    on:click=move |_| {
                        if !choose.pending().get_untracked() {
                            choose.dispatch(chosen.clone());
                        }
                    }
                >
                    <Icon name=IconName::UserRound/>
                    {officer}
                </button>
            }
        })
        .collect_view();
    let pin_hint = move || {
        if app.vault.has_pin.get() {
            l.pin_kept
        } else {
            l.new_pin_hint
        }
    };
    view! {
        <Gate title=l.who_title hint=l.who_hint icon=IconName::UserRound>
            <form
                class="stack"
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    if !choose.pending().get_untracked() {
                        choose.dispatch(name.get_untracked());
                    }
                }
            >
                <details class="pin-fold">
                    <summary>{l.pin_fold}</summary>
                    <SecretField
                        name=NEW_PIN
                        label=l.new_pin
                        hint=pin_hint()
                        keyboard="numeric"
                        longest=8
                        show=w.show
                        hide=w.hide
                        value=pin
                        on_input=move |text: String| pin.set(only_digits(&text))
                    />
                </details>
                {has_officers.then(|| view! { <div class="officers">{known}</div> })}
                <TextField
                    name=OFFICER
                    label=if has_officers { l.other_officer } else { w.officer_name }
                    value=name
                    on_input=move |text| name.set(text)
                    longest=60
                />
                <Trouble text=problem/>
                <DeedButton
                    label=l.start_work
                    icon=IconName::ArrowRight
                    kind=if has_officers { "" } else { "primary" }
                    busy=choose.pending()
                />
            </form>
        </Gate>
    }
}

/// An event of a version without a vault gets its passphrase.
#[component]
fn Unprotected() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let seal = Action::new_local(move |chosen: &Chosen| {
        let chosen = chosen.clone();
        app.vault
            .unbroken(async move { protect_old(app, &chosen).await })
    });
    // Whoever becomes the writer changes the event, which is sealed as it was shown here.
    let is_settled = Memo::new(move |_| app.writer.get() != Writer::Nobody);
    live(move || {
        if !is_settled.get() {
            return view! {
                <main id="main" tabindex="-1">
                    <p role="status">{w.loading}</p>
                </main>
            };
        }
        view! {
            <Protect
                title=l.protect_old_title
                hint=l.protect_old_hint
                label=l.protect_old
                busy=seal.pending()
                trouble=Signal::derive(move || seal.value().get().and_then(Result::err))
                on_done=move |chosen: Chosen| {
                    seal.clear();
                    seal.dispatch_local(chosen);
                }
            />
        }
    })
}

async fn protect_old(app: AppState, chosen: &Chosen) -> Result<(), String> {
    let language = app.language.get_untracked();
    let Some(event) = app.event.get_untracked() else {
        return Ok(());
    };
    let (outer, asked) = derive_new(&Passphrase::typed(&chosen.words))
        .await
        .map_err(|error| work_problem(language, &error))?;
    let closing = Closing {
        outer: &outer,
        asked,
        recovery: Some(&chosen.recovery),
    };
    let store = app.store();
    let sealed = async {
        let event = protect(&store, &event, &closing, &app.doer(), random::fill).await?;
        let id = event.id();
        app.event.set(Some(event));
        app.on_duty(id, &chosen.officer).await?;
        app.opened(id).await
    };
    sealed.await.map_err(|error| {
        app.note_conflict(&error);
        store_problem(language, &error)
    })
}

/// The event was closed: only the office opens what is here.
#[component]
fn SealedOff() -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    view! {
        <Gate title=l.sealed_off_title hint=w.sealed_off_hint icon=IconName::ShieldCheck>
            <Note tone="good" icon=IconName::Send title=l.sealed_off_next/>
            <div class="cluster">
                <a class="button" data-kind="primary" href=Route::HandOver.href()>
                    <Icon name=IconName::Send/>
                    {w.hand_over}
                </a>
                <a class="button" href=Route::Events.href()>
                    {w.other_events}
                </a>
            </div>
        </Gate>
    }
}
