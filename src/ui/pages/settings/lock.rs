//! When the screen locks, how it is opened again, and who works here.

use leptos::prelude::*;

use crate::browser::preferences;
use crate::ui::app::lock_now;
use crate::ui::parts::{Choice, DeedButton, IconName, Segments, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::vault::Access;
use crate::ui::watch::{HIDDEN_SECONDS, IDLE_MINUTES, hidden_seconds, idle_minutes};
use crate::ui::words::fill;

/// The lock of the open event.
#[component]
pub(super) fn LockCard() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let idle = RwSignal::new(idle_minutes());
    let hidden = RwSignal::new(hidden_seconds());
    let is_open = Memo::new(move |_| app.access.get() == Access::Open);
    let times = |numbers: [u32; 4], unit: &str| {
        numbers
            .map(|number| Choice::new(number.to_string(), fill(unit, &[&number.to_string()])))
            .to_vec()
    };
    view! {
        <section class="card">
            <h2>{l.lock_card}</h2>
            {live(move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <dl class="facts">
                                <dt>{w.officer}</dt>
                                <dd>{live(move || app.officer.get())}</dd>
                                <dt>{w.pin}</dt>
                                <dd>
                                    {live(move || {
                                        if app.vault.has_pin.get() { l.pin_set } else { l.pin_none }
                                    })}
                                </dd>
                            </dl>
                        }
                    })
            })}
            <Segments
                name="lock-idle"
                label=l.lock_idle
                value=Signal::derive(move || idle.get().to_string())
                on_change=move |minutes: String| {
                    if let Ok(minutes) = minutes.parse() {
                        idle.set(minutes);
                        preferences::keep_lock_after_idle(minutes);
                    }
                }
                choices=times(IDLE_MINUTES, l.minutes)
            />
            <Segments
                name="lock-hidden"
                label=l.lock_hidden
                value=Signal::derive(move || hidden.get().to_string())
                on_change=move |seconds: String| {
                    if let Ok(seconds) = seconds.parse() {
                        hidden.set(seconds);
                        preferences::keep_lock_after_hidden(seconds);
                    }
                }
                choices=times(HIDDEN_SECONDS, l.seconds)
            />
            {live(move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <div class="cluster">
                                <DeedButton
                                    label=l.lock_now
                                    icon=IconName::Lock
                                    on_press=move |()| lock_now(app)
                                />
                                <DeedButton
                                    label=l.pin_change
                                    icon=IconName::UserRound
                                    on_press=move |()| {
                                        app.access.set(Access::Unmanned);
                                        Route::Home.go();
                                    }
                                />
                                {live(move || {
                                    app.vault
                                        .has_pin
                                        .get()
                                        .then(|| {
                                            view! {
                                                <DeedButton
                                                    label=l.pin_remove
                                                    icon=IconName::X
                                                    on_press=move |()| app.vault.set_pin("")
                                                />
                                            }
                                        })
                                })}
                            </div>
                        }
                    })
            })}
        </section>
    }
}
