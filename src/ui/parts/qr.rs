//! QR codes on the screen.

use std::time::Duration;

use leptos::prelude::*;

use super::{DeedButton, Fresh, IconName, IntoFresh, live, view};
use crate::browser::page;
use crate::qr::draw::draw;
use crate::ui::words::{LaterWords, fill};

/// So long a code of several stays, unless somebody touches them: a camera reads
/// several times a second, and the hand must find it first.
const STAYS: Duration = Duration::from_secs(2);

/// A text as a QR code, black on white in every theme. Nothing if it is too long.
#[component]
pub fn Qr(#[prop(into)] text: String, #[prop(into)] label: String) -> impl IntoView {
    code(&text, label)
}

fn code(text: &str, label: String) -> Fresh {
    let Some(drawing) = draw(text) else {
        return ().fresh();
    };
    let side = drawing.side;
    let whole = format!("M0 0h{side}v{side}h-{side}z");
    view! {
        <svg
            class="qr"
            viewBox=format!("0 0 {side} {side}")
            role="img"
            aria-label=label
            shape-rendering="crispEdges"
        >
            <path class="qr-light" d=whole></path>
            <path class="qr-dark" d=drawing.path></path>
        </svg>
    }
}

const CODES: &str = "codes";

/// Several codes, one at a time. It goes on by itself until somebody touches it. It
/// has the focus once it is drawn: all of it is on the screen then, and the arrow
/// keys turn it.
#[component]
pub fn QrShow(words: &'static LaterWords, frames: Vec<String>) -> impl IntoView {
    let count = frames.len();
    let at = RwSignal::new(0);
    let moves = RwSignal::new(count > 1 && !page::wants_less_motion());
    let go_on = move || at.update(|at| *at = (*at + 1) % count.max(1));
    let go_back = move || at.update(|at| *at = (*at + count.max(1) - 1) % count.max(1));
    let timer = set_interval_with_handle(
        move || {
            // A timer that could not be cleared may outlive the screen it belongs to.
            if moves.try_get_untracked() == Some(true) {
                go_on();
            }
        },
        STAYS,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    page::focus_drawn(CODES);
    let place = move || {
        fill(
            words.code_of,
            &[&(at.get() + 1).to_string(), &count.to_string()],
        )
    };
    view! {
        <div
            id=CODES
            class="qr-show"
            tabindex="-1"
            on:pointerdown=move |_| moves.set(false)
            on:keydown=move |event| {
                match event.key().as_str() {
                    "ArrowRight" => go_on(),
                    "ArrowLeft" => go_back(),
                    _ => return,
                }
                moves.set(false);
                event.prevent_default();
            }
        >
            {live(move || frames.get(at.get()).map(|frame| code(frame, place())))}
            {(count > 1)
                .then(|| {
                    view! {
                        <p class="qr-place">{live(place)}</p>
                        <div class="qr-ways">
                            <DeedButton
                                label=words.code_previous
                                icon=IconName::ArrowLeft
                                on_press=move |()| {
                                    moves.set(false);
                                    go_back();
                                }
                            />
                            <DeedButton
                                label=words.code_next
                                icon=IconName::ArrowRight
                                on_press=move |()| {
                                    moves.set(false);
                                    go_on();
                                }
                            />
                        </div>
                    }
                })}
        </div>
    }
}
