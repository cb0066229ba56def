//! Parts of screens that know Leptos and nothing of the app.

mod button;
mod field;
mod fresh;
mod icon;
mod ink;
mod qr;
mod scanner;

pub use button::DeedButton;
pub use field::{Choice, SearchField, SecretField, Segments, SelectField, TextField, Tick};
pub(crate) use fresh::view;
pub use fresh::{Fresh, Inside, IntoFresh, attr, list, live};
pub use icon::{Icon, IconName};
pub use ink::{InkPad, InkPicture};
pub use qr::{Qr, QrShow};
pub use scanner::Scanner;

use leptos::prelude::*;

/// A message in the page: an icon, a bold line, and what belongs to it.
#[component]
pub fn Note(
    tone: &'static str,
    icon: IconName,
    #[prop(into)] title: Signal<String>,
    /// Read out when it appears.
    #[prop(optional)]
    live: bool,
    #[prop(optional)] children: Option<Inside>,
) -> impl IntoView {
    view! {
        <div class="note" data-tone=tone role=live.then_some("status")>
            <Icon name=icon/>
            <div>
                <b>{title}</b>
                {children.map(Inside::make)}
            </div>
        </div>
    }
}

/// A trouble beside the deed that failed: stays until something changes.
#[component]
pub fn Trouble(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {live(move || {
                text.get()
                    .map(|text| {
                        view! {
                            <div class="note" data-tone="bad">
                                <Icon name=IconName::CircleAlert/>
                                <p>{text}</p>
                            </div>
                        }
                    })
            })}
        </div>
    }
}

/// A word with an icon and a tone.
#[component]
pub fn Pill(tone: &'static str, icon: IconName, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <span class="pill" data-tone=tone>
            <Icon name=icon/>
            {text}
        </span>
    }
}

/// What a list shows when it is empty.
#[component]
pub fn Empty(
    icon: IconName,
    #[prop(into)] title: String,
    #[prop(into)] hint: String,
    #[prop(optional)] children: Option<Inside>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <p>
                <b>{title}</b>
            </p>
            <p class="sub">{hint}</p>
            {children.map(Inside::make)}
        </div>
    }
}

/// A name and a value in a list of facts.
#[component]
pub fn Fact(#[prop(into)] name: String, #[prop(into)] value: Signal<String>) -> impl IntoView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
}
