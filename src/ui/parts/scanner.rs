//! The camera that reads QR codes.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{DeedButton, IconName, attr, live, view};
use crate::browser::camera::{self, Camera, CameraError};
use crate::ui::words::LaterWords;

/// One scanner at a time: there is one camera.
const VIDEO: &str = "scanner-video";
/// The corners of the frame to aim with, in a box of 100.
const CORNERS: &str = "M8 26V8h18M74 8h18v18M92 74v18H74M26 92H8V74";

/// What the camera sees, and a frame to aim with. The camera is open as long as this
/// is on the screen. `on_text` gets each text as often as it is read; `on_error` once,
/// and nothing is read after it; `on_stop` when the person closes the camera.
///
/// The vault must be told while it is open (`Lock::set_picking`): the question for
/// permission may hide the page.
#[component]
pub fn Scanner(
    words: &'static LaterWords,
    /// What to do with the camera.
    hint: &'static str,
    #[prop(into)] on_text: Callback<String>,
    #[prop(into)] on_error: Callback<CameraError>,
    #[prop(into)] on_stop: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    // Dropped with this part of the page, or as soon as it is open after that.
    let held = StoredValue::<Option<Camera>, LocalStorage>::new_local(None);
    Effect::new(move |_| {
        spawn_local(async move {
            let texts = move |text| on_text.run(text);
            let lost = move |error| {
                is_open.set(false);
                on_error.run(error);
            };
            let opened = camera::open(VIDEO, texts, lost).await;
            if held.is_disposed() {
                return;
            }
            match opened {
                Ok(camera) => {
                    held.set_value(Some(camera));
                    is_open.set(true);
                }
                Err(error) => on_error.run(error),
            }
        });
    });
    view! {
        <div class="scanner">
            <div class="scanner-eye" data-open=attr(move || is_open.get().then_some("true"))>
                <video id=VIDEO playsinline="" aria-label=words.scanner_picture></video>
                <svg class="scanner-aim" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
                    <path d=CORNERS></path>
                </svg>
            </div>
            <p role="status">
                {live(move || {
                    if is_open.get() { hint } else { words.scanner_opening }
                })}
            </p>
            <DeedButton
                label=words.scanner_stop
                icon=IconName::X
                on_press=move |()| {
                    held.set_value(None);
                    is_open.set(false);
                    on_stop.run(());
                }
            />
        </div>
    }
}
