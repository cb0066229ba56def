//! What stands before an event's pages while its vault is not open: the
//! passphrase, the PIN, who works here, and what to do where nothing opens it.

use leptos::prelude::*;

use super::protect::{Chosen, Protect};
use crate::browser::{page, random};
use crate::domain::FullName;
use crate::operations::protect::{Closing, protect};
use crate::ui::parts::{
    DeedButton, Fresh, Icon, IconName, Note, SecretField, TextField, Trouble, live, view,
};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, use_app, use_words};
use crate::ui::vault::{Access, PIN_DIGITS, derive_new};
use crate::ui::words::{store_problem, work_problem};
use crate::vault::wrap::Passphrase;

/// The passphrase of every sample event; its lock screen says it.
pub const SAMPLE_PASSPHRASE: &str = "contoh contoh contoh";

/// What is asked before a page of the event is shown; `None`: nothing.
pub fn gate(access: Access) -> Option<Fresh> {
    Some(match access {
        Access::NoEvent | Access::Open => return None,
        Access::Unprotected => view! { <Unprotected/> },
        Access::Locked => view! { <Locked/> },
        Access::Covered => view! { <Covered/> },
        Access::Unmanned => view! { <Unmanned/> },
        Access::SealedOff => view! { <SealedOff/> },
    })
}

/// The frame of all of them: which event, and one thing to do.
#[component]
fn Gate(
    title: &'static str,
    #[prop(into)] hint: Signal<String>,
    icon: IconName,
    children: Children,
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
                {children()}
            </div>
        </main>
    }
}

/// Moves the focus into a field that was just drawn.
fn focus_soon(id: &'static str) {
    page::after(0, move || page::focus(id));
}

/// Ways on that need no key.
#[component]
fn OtherWays() -> impl IntoView {
    let w = use_words();
    view! {
        <p class="gate-ways small">
            <a href=Route::HandOver.href()>{w.hand_over_locked}</a>
            <a href=Route::Events.href()>{w.other_events}</a>
        </p>
    }
}

const PASSPHRASE: &str = "passphrase";
const RECOVERY: &str = "recovery-key";
const NEW_PASSPHRASE: &str = "new-passphrase";

/// Asks for the passphrase, or for the recovery key.
#[component]
fn Locked() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let is_recovering = RwSignal::new(false);
    let has_recovery = app
        .vault
        .ring
        .with_untracked(|ring| ring.as_ref().is_some_and(|ring| ring.recovery.is_some()));
    let is_sample = app.event.with_untracked(|event| {
        event
            .as_ref()
            .is_some_and(|event| event.tablet.event.sample)
    });
    let words = RwSignal::new(String::new());
    let recovery = RwSignal::new(String::new());
    let open = Action::new_local(move |(): &()| {
        let (words, recovery) = (words.get_untracked(), recovery.get_untracked());
        let by_recovery = is_recovering.get_untracked();
        async move {
            let done = if by_recovery {
                app.recover(recovery, words).await
            } else {
                app.unlock(words).await
            };
            if done.is_err() {
                focus_soon(if by_recovery { RECOVERY } else { PASSPHRASE });
            }
            done
        }
    });
    let opening = open.pending();
    let problem = Signal::derive(move || open.value().get().and_then(Result::err));
    focus_soon(PASSPHRASE);
    let hint = if is_sample {
        format!("{} {SAMPLE_PASSPHRASE}", w.sample_passphrase)
    } else {
        w.locked_hint.to_owned()
    };
    view! {
        <Gate title=w.locked_title hint=hint icon=IconName::Lock>
            <form
                class="stack"
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    if !opening.get_untracked() {
                        open.clear();
                        open.dispatch(());
                    }
                }
            >
                {live(move || {
                    if is_recovering.get() {
                        view! {
                            <TextField
                                name=RECOVERY
                                label=w.recovery_key
                                hint=w.recovery_hint
                                value=recovery
                                on_input=move |text| recovery.set(text)
                                capitals=true
                                longest=60
                            />
                            <SecretField
                                name=NEW_PASSPHRASE
                                label=w.new_passphrase
                                hint=w.own_passphrase_hint
                                show=w.show
                                hide=w.hide
                                value=words
                                on_input=move |text| words.set(text)
                            />
                        }
                    } else {
                        view! {
                            <SecretField
                                name=PASSPHRASE
                                label=w.passphrase
                                show=w.show
                                hide=w.hide
                                value=words
                                on_input=move |text| words.set(text)
                            />
                        }
                    }
                })}
                <Trouble text=problem/>
                <DeedButton
                    label=Signal::derive(move || {
                        if opening.get() { w.unlocking } else { w.unlock }.to_owned()
                    })
                    icon=IconName::LockOpen
                    kind="primary"
                    busy=opening
                />
                {has_recovery
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="link-button"
                                on:click=move |_| {
                                    words.set(String::new());
                                    open.clear();
                                    is_recovering.update(|is| *is = !*is);
                                    focus_soon(
                                        if is_recovering.get_untracked() { RECOVERY } else { PASSPHRASE },
                                    );
                                }
                            >
                                {live(move || {
                                    if is_recovering.get() { w.use_passphrase } else { w.use_recovery }
                                })}
                            </button>
                        }
                    })}
            </form>
            <OtherWays/>
        </Gate>
    }
}

const PIN: &str = "pin";

/// Asks for the PIN.
#[component]
fn Covered() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let digits = RwSignal::new(String::new());
    let open = Action::new_local(move |(): &()| {
        let typed = digits.get_untracked();
        async move {
            let done = app.uncover(typed).await;
            if done.is_err() {
                digits.try_set(String::new());
                focus_soon(PIN);
            }
            done
        }
    });
    let problem = Signal::derive(move || open.value().get().and_then(Result::err));
    focus_soon(PIN);
    view! {
        <Gate title=w.covered_title hint=w.covered_hint icon=IconName::Lock>
            <form
                class="stack"
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    if !open.pending().get_untracked() {
                        open.dispatch(());
                    }
                }
            >
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
                <Trouble text=problem/>
                <DeedButton
                    label=w.unlock
                    icon=IconName::LockOpen
                    kind="primary"
                    busy=open.pending()
                />
                <button
                    type="button"
                    class="link-button"
                    on:click=move |_| app.give_up_pin()
                >
                    {w.use_passphrase}
                </button>
            </form>
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
                problem.set(Some(w.pin_too_short.to_owned()));
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
    focus_soon(if has_officers { OTHER_OFFICER } else { OFFICER });
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
            w.pin_kept
        } else {
            w.new_pin_hint
        }
    };
    view! {
        <Gate title=w.who_title hint=w.who_hint icon=IconName::UserRound>
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
                <SecretField
                    name=NEW_PIN
                    label=w.new_pin
                    hint=pin_hint()
                    keyboard="numeric"
                    longest=8
                    show=w.show
                    hide=w.hide
                    value=pin
                    on_input=move |text: String| pin.set(only_digits(&text))
                />
                {has_officers.then(|| view! { <div class="officers">{known}</div> })}
                <TextField
                    name=OFFICER
                    label=if has_officers { w.other_officer } else { w.officer_name }
                    value=name
                    on_input=move |text| name.set(text)
                    longest=60
                />
                <Trouble text=problem/>
                <DeedButton
                    label=w.start_work
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
    let seal = Action::new_local(move |chosen: &Chosen| {
        let chosen = chosen.clone();
        app.vault
            .unbroken(async move { protect_old(app, &chosen).await })
    });
    view! {
        <Protect
            title=w.protect_old_title
            hint=w.protect_old_hint
            label=w.protect_old
            busy=seal.pending()
            trouble=Signal::derive(move || seal.value().get().and_then(Result::err))
            on_done=move |chosen: Chosen| {
                seal.clear();
                seal.dispatch_local(chosen);
            }
        />
    }
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
        app.opened(id).await?;
        app.man(&chosen.officer).await
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
    view! {
        <Gate title=w.sealed_off_title hint=w.sealed_off_hint icon=IconName::ShieldCheck>
            <Note tone="good" icon=IconName::Send title=w.sealed_off_next/>
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
