//! A pad to sign on, and the ways back.

use leptos::prelude::*;

use crate::domain::Ink;
use crate::ui::parts::{InkPad, attr, view};
use crate::ui::state::{lasting, use_app};
use crate::ui::words::Language;

/// A pad with what takes the last line back and what clears it, in the language of whoever
/// signs.
#[component]
pub(super) fn SigningPad(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    spoken: Language,
    /// What is drawn, as a text.
    value: Signal<String>,
    /// Called when something was drawn, also on the way back.
    #[prop(into)]
    on_change: Callback<String>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let f = spoken.form_words();
    let is_blank = Memo::new(move |_| value.with(String::is_empty));
    let undo_line = move |()| {
        let mut drawn = value.with_untracked(|text| Ink::parse(text).unwrap_or_default());
        drawn.undo();
        on_change.run(drawn.to_string());
    };
    let clear = move |()| {
        let before = value.get_untracked();
        on_change.run(String::new());
        let undo = lasting(move || on_change.run(before.clone()));
        app.say(f.ink_cleared, Some(undo));
    };
    let quiet = move |label: &'static str, on_press: Callback<()>| {
        view! {
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-size="small"
                disabled=attr(move || is_blank.get())
                on:click=move |_| on_press.run(())
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="stack" data-gap="s">
            <InkPad name label value on_change error/>
            <div class="cluster">
                {quiet(f.ink_undo, Callback::new(undo_line))}
                {quiet(f.ink_clear, Callback::new(clear))}
            </div>
        </div>
    }
}
