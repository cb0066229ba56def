//! How a new vault is closed: a passphrase for the card of the event, a recovery
//! key to be kept apart, and who works here first.

use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::browser::{page, random};
use crate::domain::FullName;
use crate::ui::parts::{
    DeedButton, Icon, IconName, SecretField, TextField, Tick, Trouble, live, view,
};
use crate::ui::state::{use_app, use_words};
use crate::vault::words::{PASSPHRASE_BYTES, passphrase};
use crate::vault::wrap::{Passphrase, RECOVERY_BYTES, RecoveryKey};

/// What was chosen.
#[derive(Clone)]
pub struct Chosen {
    pub words: Zeroizing<String>,
    pub recovery: RecoveryKey,
    pub officer: FullName,
}

/// A passphrase of chance.
fn fresh_words() -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; PASSPHRASE_BYTES]);
    random::fill(bytes.as_mut());
    passphrase(&bytes)
}

/// A recovery key of chance.
pub fn fresh_recovery() -> RecoveryKey {
    let mut bytes = [0; RECOVERY_BYTES];
    random::fill(&mut bytes);
    RecoveryKey::new(bytes)
}

const OWN: &str = "own-passphrase";
const OFFICER: &str = "first-officer";
const WRITTEN: &str = "written-down";

/// The page that closes a new vault.
#[component]
pub fn Protect(
    title: &'static str,
    hint: &'static str,
    /// What the button says.
    label: &'static str,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] trouble: Signal<Option<String>>,
    #[prop(into)] on_done: Callback<Chosen>,
    /// The way back, where there is one.
    #[prop(into, optional)]
    on_back: Option<Callback<()>>,
) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let words = RwSignal::new(fresh_words());
    let recovery = StoredValue::new(fresh_recovery());
    let is_own = RwSignal::new(false);
    let own = RwSignal::new(String::new());
    let written = RwSignal::new(false);
    let officer = RwSignal::new(app.officer.get_untracked());
    let attempted = RwSignal::new(false);
    let own_error = Signal::derive(move || {
        let is_short = own.with(|own| Passphrase::choose(own).is_err());
        (attempted.get() && is_own.get() && is_short).then(|| w.passphrase_too_short.to_owned())
    });
    let written_error = Signal::derive(move || {
        (attempted.get() && !written.get()).then(|| w.write_it_down.to_owned())
    });
    let officer_error = Signal::derive(move || {
        let is_wrong = officer.with(|typed| FullName::parse(typed).is_err());
        (attempted.get() && is_wrong).then(|| w.officer_wrong.to_owned())
    });
    let submit = move || {
        attempted.set(true);
        if busy.get_untracked() {
            return;
        }
        let name = officer.with_untracked(|typed| FullName::parse(typed));
        if own_error.get_untracked().is_some() {
            page::focus(OWN);
        } else if written_error.get_untracked().is_some() {
            page::focus(WRITTEN);
        } else if let Ok(officer) = name {
            let words = match is_own.get_untracked() {
                true => Zeroizing::new(own.get_untracked()),
                false => words.get_untracked(),
            };
            on_done.run(Chosen {
                words,
                recovery: recovery.get_value(),
                officer,
            });
        } else {
            page::focus(OFFICER);
        }
    };
    view! {
        <form
            class="page"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <h1>{title}</h1>
                            <p class="sub small">{hint}</p>
                        </div>
                    </div>
                    <section class="card secret-card">
                        <h2>{w.event_passphrase}</h2>
                        {live(move || {
                            if is_own.get() {
                                view! {
                                    <SecretField
                                        name=OWN
                                        label=w.own_passphrase
                                        hint=w.own_passphrase_hint
                                        show=w.show
                                        hide=w.hide
                                        value=own
                                        on_input=move |text| own.set(text)
                                        error=own_error
                                    />
                                }
                            } else {
                                view! { <Words words/> }
                            }
                        })}
                        <div class="cluster">
                            {live(move || {
                                (!is_own.get())
                                    .then(|| {
                                        view! {
                                            <DeedButton
                                                label=w.other_words
                                                icon=IconName::Refresh
                                                size="small"
                                                on_press=move |()| {
                                                    written.set(false);
                                                    words.set(fresh_words());
                                                }
                                            />
                                        }
                                    })
                            })}
                            <button
                                type="button"
                                class="link-button"
                                on:click=move |_| is_own.update(|is| *is = !*is)
                            >
                                {live(move || {
                                    if is_own.get() { w.use_words } else { w.use_own }
                                })}
                            </button>
                        </div>
                        <Tick
                            name=WRITTEN
                            label=w.written_down
                            hint=w.written_down_hint
                            ticked=written
                            on_change=move |ticked: bool| written.set(ticked)
                            error=written_error
                        />
                    </section>
                    <RecoveryCard recovery=recovery.get_value()/>
                    <section class="card">
                        <TextField
                            name=OFFICER
                            label=w.officer_name
                            hint=w.officer_hint
                            value=officer
                            on_input=move |text| officer.set(text)
                            error=officer_error
                            longest=60
                        />
                    </section>
                </div>
            </main>
            <footer class="bar">
                <p class="bar-note">
                    <Icon name=IconName::ShieldCheck/>
                    {live(move || if busy.get() { w.protecting } else { w.protect_note })}
                </p>
                <Trouble text=trouble/>
                {on_back
                    .map(|back| {
                        view! {
                            <DeedButton
                                label=w.back
                                icon=IconName::ArrowLeft
                                off=busy
                                on_press=back
                            />
                        }
                    })}
                <DeedButton label icon=IconName::ArrowRight kind="primary" busy/>
            </footer>
        </form>
    }
}

/// The words, large and numbered, as they are written on the card.
#[component]
fn Words(words: RwSignal<Zeroizing<String>>) -> impl IntoView {
    let w = use_words();
    view! {
        <ol class="words" aria-label=w.event_passphrase>
            {live(move || {
                words
                    .with(|words| words.split(' ').map(str::to_owned).collect::<Vec<_>>())
                    .into_iter()
                    .map(|word| view! { <li>{word}</li> })
                    .collect_view()
            })}
        </ol>
    }
}

/// The recovery key, to be printed or written down and kept apart.
#[component]
fn RecoveryCard(recovery: RecoveryKey) -> impl IntoView {
    let w = use_words();
    view! {
        <section class="card recovery-card">
            <div class="card-head">
                <h2>{w.recovery_key}</h2>
                <DeedButton
                    label=w.print
                    icon=IconName::Printer
                    size="small"
                    on_press=|()| page::print()
                />
            </div>
            <p class="recovery-key">{recovery.printed().to_string()}</p>
            <p class="sub small">{w.recovery_card_hint}</p>
        </section>
    }
}
