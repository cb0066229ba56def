//! The status strip: saved? handed over? can I work without a network? is there
//! room?

use leptos::prelude::*;

use super::format;
use super::parts::{Icon, IconName, live, view};
use super::state::{Keeping, use_app, use_words};
use super::vault::Access;
use super::words::fill;
use crate::browser::clock;
use crate::browser::platform::Offline;
use crate::browser::storage::Persistence;

/// One answer of the strip: long where there is room, short on a phone.
#[component]
fn StripItem(
    #[prop(into)] tone: Signal<Option<&'static str>>,
    #[prop(into)] icon: Signal<IconName>,
    #[prop(into)] long: Signal<String>,
    #[prop(into)] short: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="strip-item" data-tone=tone>
            {live(move || view! { <Icon name=icon.get()/> })}
            <span class="long">{long}</span>
            <span class="short" aria-hidden="true">
                {short}
            </span>
        </span>
    }
}

/// Saved? Handed over? Can I work without a network? Is there room?
#[component]
pub(super) fn Strip() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let last = move || {
        let last = match app.access.get() {
            Access::Open => app.roster.with(|roster| roster.last_recorded_at()),
            _ => app
                .event
                .with(|event| event.as_ref()?.state.last_recorded_at()),
        };
        last.map(|moment| format::time(language, clock::at(moment.unix_ms())))
    };
    // Nothing is known of an event that was not read yet.
    let nobody = Memo::new(move |_| {
        app.event.with(|event| {
            event
                .as_ref()
                .is_none_or(|event| event.state.saved + event.state.attended == 0)
        })
    });
    let waiting = Memo::new(move |_| {
        let is_locked = !matches!(app.access.get(), Access::Open | Access::Unmanned);
        let is_known = app.is_read.get() || (app.is_open.get() && is_locked);
        if nobody.get() {
            return is_known.then_some(0);
        }
        let rest = app.rest().filter(|_| is_known)?;
        Some((rest.not_handed_over)(app))
    });
    let unsaved = move || matches!(app.keeping.get(), Keeping::Pending | Keeping::Failed);
    let ready = move || app.platform.get().offline == Offline::Ready;
    let promised = move || app.storage.get().persistence == Persistence::Granted;
    let usage = move || {
        app.storage.get().usage.map_or_else(
            || w.space_unknown.to_owned(),
            |usage| fill(w.space_used, &[&format::bytes(language, usage)]),
        )
    };
    view! {
        <header class="strip" aria-label=w.strip>
            <StripItem
                tone=Signal::derive(move || Some(if unsaved() { "warn" } else { "good" }))
                icon=Signal::derive(move || {
                    if unsaved() { IconName::FileClock } else { IconName::ShieldCheck }
                })
                long=Signal::derive(move || match (app.keeping.get(), last()) {
                    (Keeping::Pending, _) => w.draft_keeping.to_owned(),
                    (Keeping::Failed, _) => w.draft_not_kept.to_owned(),
                    (_, Some(time)) => fill(w.all_saved_at, &[&time]),
                    (_, None) => w.all_saved.to_owned(),
                })
                short=Signal::derive(move || {
                    match (unsaved(), last()) {
                        (true, _) => w.not_saved.to_owned(),
                        (false, Some(time)) => fill(w.saved_short_at, &[&time]),
                        (false, None) => w.saved_short.to_owned(),
                    }
                })
            />
            <StripItem
                tone=Signal::derive(move || (waiting.get() > Some(0)).then_some("warn"))
                icon=Signal::derive(|| IconName::Send)
                long=Signal::derive(move || match waiting.get() {
                    None => w.loading.to_owned(),
                    Some(0) if nobody.get() => w.nothing_registered.trim_end_matches('.').to_owned(),
                    Some(0) => w.all_handed_over.to_owned(),
                    Some(count) => fill(w.not_handed_over, &[&count.to_string()]),
                })
                short=Signal::derive(move || {
                    waiting
                        .get()
                        .map_or_else(
                            || "…".to_owned(),
                            |count| fill(w.not_handed_over_short, &[&count.to_string()]),
                        )
                })
            />
            <StripItem
                tone=Signal::derive(move || (!ready()).then_some("warn"))
                icon=Signal::derive(move || {
                    if ready() { IconName::WifiOff } else { IconName::CloudOff }
                })
                long=Signal::derive(move || {
                    match app.platform.get().offline {
                        Offline::Ready => w.offline_ready,
                        Offline::Installing => w.offline_installing,
                        Offline::Failed | Offline::Unsupported => w.offline_failed,
                    }
                        .to_owned()
                })
                short=Signal::derive(move || {
                    if ready() { w.offline_ready_short } else { w.offline_short }.to_owned()
                })
            />
            <StripItem
                tone=Signal::derive(move || (!promised()).then_some("warn"))
                icon=Signal::derive(|| IconName::HardDrive)
                long=Signal::derive(move || {
                    if promised() { usage() } else { format!("{} · {}", usage(), w.not_promised) }
                })
                short=Signal::derive(move || {
                    let usage = app.storage.get().usage;
                    match (promised(), usage) {
                        (false, _) => w.not_promised_short.to_owned(),
                        (true, Some(usage)) => format::bytes(language, usage),
                        (true, None) => "?".to_owned(),
                    }
                })
            />
        </header>
    }
}
