//! A pad to sign on, with a finger, a pen or a mouse.

use leptos::prelude::*;

use super::field::FieldError;
use super::{attr, view};
use crate::browser::pointer;
use crate::domain::{Ink, InkPoint, PAD};

/// A pad, and what is drawn on it.
#[component]
pub fn InkPad(
    /// Also the element's id.
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    /// What is drawn, as a text.
    #[prop(into)]
    value: Signal<String>,
    /// Called when the finger is lifted.
    #[prop(into)]
    on_change: Callback<String>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = error_id.clone();
    let kept = Memo::new(move |_| value.with(|text| Ink::parse(text).unwrap_or_default()));
    // While the finger is on the glass.
    let drawing = RwSignal::new(None::<Ink>);
    let draw = move |event: &_| {
        for (x, y) in pointer::places(event) {
            let to = on_pad(x, y);
            if let Some(ink) = drawing.write_untracked().as_mut()
                && ink.extend(to)
            {
                drawing.notify();
            }
        }
    };
    let end = move || {
        if let Some(ink) = drawing.get_untracked() {
            on_change.run(ink.to_string());
            drawing.set(None);
        }
    };
    view! {
        <div class="field">
            <span class="label" id=format!("{name}-label")>{label}</span>
            <div
                class="ink"
                id=name
                role="img"
                tabindex="-1"
                aria-labelledby=format!("{name}-label")
                aria-describedby=described
                data-invalid=attr(move || error.with(Option::is_some).then_some(""))
                on:pointerdown=move |event| {
                    if pointer::hold(&event) {
                        let mut ink = kept.get_untracked();
                        if let Some((x, y)) = pointer::places(&event).pop() {
                            ink.begin(on_pad(x, y));
                        }
                        drawing.set(Some(ink));
                    }
                }
                on:pointermove=move |event| draw(&event)
                on:pointerup=move |_| end()
                on:pointercancel=move |_| end()
            >
                <InkPicture outline=Signal::derive(move || {
                    drawing
                        .with(|ink| ink.as_ref().map(Ink::outline))
                        .unwrap_or_else(|| kept.with(Ink::outline))
                })/>
            </div>
            <FieldError id=error_id error/>
        </div>
    }
}

/// What was drawn, as a picture.
#[component]
pub fn InkPicture(#[prop(into)] outline: Signal<String>) -> impl IntoView {
    view! {
        <svg class="ink-picture" viewBox=format!("0 0 {} {}", PAD.0, PAD.1) aria-hidden="true">
            <path d=outline/>
        </svg>
    }
}

/// The nearest point of the pad.
fn on_pad(x: f64, y: f64) -> InkPoint {
    let width = f64::from(PAD.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held within the pad"
    )]
    let held = |place: f64, most: u16| (place * width).round().clamp(0.0, f64::from(most)) as u16;
    InkPoint {
        x: held(x, PAD.0),
        y: held(y, PAD.1),
    }
}
