//! Locks the vault by itself: when nobody touched the tablet for a while, and when
//! the app was out of sight for a while. And hides what is on the screen as soon as
//! another app comes before it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::AppState;
use super::vault::{Access, Why};
use crate::browser::{clock, page, preferences};

/// Minutes without a touch, one of which can be chosen.
pub const IDLE_MINUTES: [u32; 4] = [1, 3, 5, 10];
/// Minutes unless somebody chose others.
pub const USUAL_IDLE: u32 = 3;
/// Seconds out of sight, one of which can be chosen.
pub const HIDDEN_SECONDS: [u32; 4] = [10, 30, 60, 180];
/// Seconds unless somebody chose others.
pub const USUAL_HIDDEN: u32 = 30;
/// How often is looked, in milliseconds.
const LOOK_EVERY_MS: i32 = 1_000;

/// Minutes without a touch after which the vault is locked.
pub fn idle_minutes() -> u32 {
    let chosen = preferences::lock_after_idle();
    chosen
        .filter(|minutes| IDLE_MINUTES.contains(minutes))
        .unwrap_or(USUAL_IDLE)
}

/// Seconds out of sight after which the vault is locked.
pub fn hidden_seconds() -> u32 {
    let chosen = preferences::lock_after_hidden();
    chosen
        .filter(|seconds| HIDDEN_SECONDS.contains(seconds))
        .unwrap_or(USUAL_HIDDEN)
}

/// A moment by both clocks: the wall's may be set, the other may stand still while
/// the tablet sleeps.
#[derive(Clone, Copy)]
struct Instant {
    wall_ms: f64,
    ticks_ms: f64,
}

impl Instant {
    fn now() -> Self {
        Instant {
            wall_ms: clock::now().unix_ms() as f64,
            ticks_ms: clock::ticks(),
        }
    }

    /// Milliseconds since then, by the clock that says more.
    fn elapsed_ms(self) -> f64 {
        let now = Instant::now();
        (now.wall_ms - self.wall_ms).max(now.ticks_ms - self.ticks_ms)
    }
}

/// Watches for as long as the page lives.
pub fn watch(app: AppState) {
    let touched = StoredValue::new(Instant::now());
    let hidden = StoredValue::new(None::<Instant>);
    let touch = move || touched.set_value(Instant::now());
    let seen = move || {
        let is_hidden = page::is_hidden();
        page::set_veil(is_hidden);
        if is_hidden {
            hidden.update_value(|since| *since = since.or(Some(Instant::now())));
        } else {
            // Before anything is shown again.
            look(app, touched, hidden);
            hidden.set_value(None);
        }
    };
    let listeners = [
        page::on("pointerdown", touch),
        page::on("keydown", touch),
        page::on("visibilitychange", seen),
        page::on("pageshow", seen),
        page::on("blur", || page::set_veil(true)),
        page::on("focus", || page::set_veil(page::is_hidden())),
    ];
    StoredValue::new_local(listeners);
    page::every(LOOK_EVERY_MS, move || look(app, touched, hidden));
}

fn look(app: AppState, touched: StoredValue<Instant>, hidden: StoredValue<Option<Instant>>) {
    if !matches!(app.access.get_untracked(), Access::Open | Access::Unmanned)
        || app.vault.is_picking()
    {
        return;
    }
    let idle_ms = f64::from(idle_minutes()) * 60_000.0;
    let hidden_ms = f64::from(hidden_seconds()) * 1_000.0;
    let why = if hidden
        .get_value()
        .is_some_and(|since| since.elapsed_ms() >= hidden_ms)
    {
        Why::Hidden
    } else if touched.get_value().elapsed_ms() >= idle_ms {
        Why::Idle
    } else {
        return;
    };
    spawn_local(async move {
        app.lock_vault(why).await;
    });
}
