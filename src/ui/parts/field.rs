//! Fields of forms: label, control, hint, error, in this order and always
//! connected for screen readers.

use leptos::prelude::*;

use super::{Icon, IconName, IntoFresh, attr, live, view};

/// An error under a field, or nothing. The place for it is always there, so
/// that it is announced when it comes.
#[component]
pub(super) fn FieldError(id: String, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div id=id class="field-error-place">
            {live(move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field-error">
                                <Icon name=IconName::CircleAlert/>
                                <span>{text}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Also the element's id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    /// Called at each keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the field is left.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// Something here is unusual.
    #[prop(into, optional)]
    warned: Signal<bool>,
    /// Keyboard to offer: `numeric`, `tel`, `email`, or `text`.
    #[prop(default = "text")]
    keyboard: &'static str,
    #[prop(default = 160)] longest: u16,
    /// Id of a `datalist`.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] capitals: bool,
    /// Class beside `field`.
    #[prop(default = "field")]
    class: &'static str,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = if hint.is_empty() {
        error_id.clone()
    } else {
        format!("{hint_id} {error_id}")
    };
    view! {
        <div class=class data-state=attr(move || warned.get().then_some("warn"))>
            <label for=name>{label}</label>
            <input
                id=name
                type="text"
                autocomplete="off"
                spellcheck="false"
                autocapitalize=if capitals { "characters" } else { "off" }
                inputmode=keyboard
                enterkeyhint="next"
                maxlength=longest.to_string()
                list=list
                aria-describedby=described
                aria-invalid=attr(move || error.with(Option::is_some).then_some("true"))
                prop:value=value
                on:input:target=move |event| on_input.run(event.target().value())
                on:blur=move |_| {
                    // A field that is taken away with its page is left as well, too late for anybody.
                    if let Some(on_leave) = on_leave {
                        on_leave.try_run(());
                    }
                }
            />
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
}

/// One line that is covered while it is typed, with a way to look at it. It is no
/// password field: browsers offer to keep those, and this must be kept nowhere.
#[component]
pub fn SecretField(
    /// Also the element's id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// What the button says that uncovers it, and that covers it again.
    show: &'static str,
    hide: &'static str,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(default = "text")] keyboard: &'static str,
    #[prop(default = 200)] longest: u16,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = format!("{hint_id} {error_id}");
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="secret" data-shown=attr(move || shown.get().then_some(""))>
                <input
                    id=name
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="none"
                    inputmode=keyboard
                    maxlength=longest.to_string()
                    aria-describedby=described
                    aria-invalid=attr(move || error.with(Option::is_some).then_some("true"))
                    prop:value=value
                    on:input:target=move |event| on_input.run(event.target().value())
                />
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    aria-pressed=attr(move || if shown.get() { "true" } else { "false" })
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {live(move || {
                        let (icon, text) = match shown.get() {
                            true => (IconName::EyeOff, hide),
                            false => (IconName::Eye, show),
                        };
                        view! {
                            <Icon name=icon/>
                            <span>{text}</span>
                        }
                    })}
                </button>
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
}

/// One of several words: its code and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub code: String,
    pub label: String,
    /// Heading under which it stands; empty if under none.
    pub group: String,
}

impl Choice {
    /// A choice under no heading.
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Choice {
            code: code.into(),
            label: label.into(),
            group: String::new(),
        }
    }
}

/// One of many, from a list.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    choices: Vec<Choice>,
    /// What stands there while nothing is chosen; none: something is always.
    #[prop(into, optional)]
    nothing: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = format!("{hint_id} {error_id}");
    let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
    for choice in choices {
        match groups.last_mut() {
            Some((group, members)) if *group == choice.group => members.push(choice),
            _ => groups.push((choice.group.clone(), vec![choice])),
        }
    }
    let option = move |choice: Choice| {
        let code = choice.code.clone();
        view! {
            <option value=choice.code selected=attr(move || value.with(|value| *value == code))>
                {choice.label}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                autocomplete="off"
                aria-describedby=described
                aria-invalid=attr(move || error.with(Option::is_some).then_some("true"))
                on:change:target=move |event| on_change.run(event.target().value())
            >
                {nothing
                    .map(|nothing| {
                        view! {
                            <option value="" selected=attr(move || value.with(String::is_empty))>
                                {nothing}
                            </option>
                        }
                    })}
                {groups
                    .into_iter()
                    .map(|(group, members)| {
                        let options = members.into_iter().map(option).collect_view();
                        if group.is_empty() {
                            options.fresh()
                        } else {
                            view! { <optgroup label=group>{options}</optgroup> }
                        }
                    })
                    .collect_view()}
            </select>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
}

/// One of a few, side by side.
#[component]
pub fn Segments(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    choices: Vec<Choice>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = error_id.clone();
    view! {
        <fieldset
            class="segments"
            id=name
            tabindex="-1"
            aria-describedby=described
            aria-invalid=attr(move || error.with(Option::is_some).then_some("true"))
        >
            <legend>{label}</legend>
            <div>
                {choices
                    .into_iter()
                    .map(|choice| {
                        let (code, chosen) = (choice.code.clone(), choice.code.clone());
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name=name
                                    value=choice.code
                                    prop:checked=attr(move || value.with(|value| *value == code))
                                    on:change=move |_| on_change.run(chosen.clone())
                                />
                                <span>{choice.label}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
            <FieldError id=error_id error/>
        </fieldset>
    }
}

/// A tick with its sentence.
#[component]
pub fn Tick(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: String,
    #[prop(into)] ticked: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] fixed: bool,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = error_id.clone();
    view! {
        <label class="tick" for=name>
            <input
                type="checkbox"
                id=name
                autocomplete="off"
                disabled=fixed
                aria-describedby=described
                aria-invalid=attr(move || error.with(Option::is_some).then_some("true"))
                prop:checked=ticked
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <span>
                <b>{label}</b>
                {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}
            </span>
        </label>
        <FieldError id=error_id error/>
    }
}

/// What a list is searched by.
#[component]
pub fn SearchField(
    id: &'static str,
    label: &'static str,
    /// What can be typed, shorter.
    placeholder: &'static str,
    value: RwSignal<String>,
    on_input: impl Fn(String) + 'static,
) -> impl IntoView {
    view! {
        <label class="search">
            <Icon name=IconName::Search/>
            <span class="visually-hidden">{label}</span>
            <input
                id=id
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                placeholder=placeholder
                prop:value=value
                on:input:target=move |event| on_input(event.target().value())
            />
        </label>
    }
}
