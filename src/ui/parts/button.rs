//! The button of a deed.

use leptos::prelude::*;

use super::{Icon, IconName, attr, live, view};

/// A button for a deed that takes a moment. At work, or while it may not be
/// pressed, it keeps its place and the focus and does nothing: a button that is
/// truly disabled would throw the focus back to the start of the page.
#[component]
pub fn DeedButton(
    #[prop(into)] label: Signal<String>,
    icon: IconName,
    /// The deed is being done.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// May not be pressed now.
    #[prop(into, optional)]
    off: Signal<bool>,
    /// Left out where it submits a form.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// `primary`, `danger` or `quiet`.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// `big` or `small`.
    #[prop(optional)]
    size: Option<&'static str>,
    #[prop(into, optional)] id: Option<String>,
    /// Id of what tells this button from others with the same label.
    #[prop(into, optional)]
    described_by: Option<String>,
) -> impl IntoView {
    let rests = move || busy.get() || off.get();
    view! {
        <button
            type=if on_press.is_some() { "button" } else { "submit" }
            class="button"
            id=id
            data-kind=kind
            data-size=size
            aria-describedby=described_by
            aria-disabled=attr(move || rests().then_some("true"))
            aria-busy=attr(move || busy.get().then_some("true"))
            on:click=move |event| {
                if untrack(rests) {
                    event.prevent_default();
                } else if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            {live(move || {
                view! { <Icon name=if busy.get() { IconName::Refresh } else { icon }/> }
            })}
            {label}
        </button>
    }
}
