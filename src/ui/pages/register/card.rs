//! The first step: what is typed from the card.

use leptos::prelude::*;

use super::fields::{Line, Pick};
use super::form::Form;
use crate::domain::*;
use crate::ui::pages::later::part_of_rest;
use crate::ui::parts::{Choice, live, view};
use crate::ui::state::{use_app, use_words};
use crate::ui::vault::Access;
use crate::ui::words;

#[component]
pub(super) fn CardStep(form: Form, correcting: bool) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let sexes = [Sex::Female, Sex::Male]
        .map(|sex| Choice::new(sex.code(), words::sex(language, sex)))
        .to_vec();
    view! {
        {correcting
            .then(|| {
                view! { <Line form field=Field::Reason hint=w.correction_reason_hint/> }
            })}
        <OfficerLine/>
        {part_of_rest(move |rest| (rest.expected)(form))}
        <Line
            form
            field=Field::Nik
            hint=w.nik_hint
            keyboard="numeric"
            longest=24
            class="field field-nik"
        />
        <UnusualIn form field=Field::Nik/>
        <Line form field=Field::Name hint=w.name_hint/>
        <div class="two">
            <Line form field=Field::BirthPlace/>
            <Line
                form
                field=Field::BirthDate
                hint=w.birth_hint
                keyboard="numeric"
                longest=16
            />
        </div>
        {part_of_rest(move |rest| (rest.offers)(form, Field::BirthPlace))}
        <UnusualIn form field=Field::BirthDate/>
        <div class="two">
            <Pick form field=Field::Sex choices=sexes/>
            <Line form field=Field::MotherName/>
        </div>
        <UnusualIn form field=Field::Sex/>
    }
}

/// Who works here; another officer takes over in two taps.
#[component]
fn OfficerLine() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    view! {
        <p class="small muted">
            {w.officer} ": " <b>{live(move || app.officer.get())}</b> " "
            <button
                type="button"
                class="link-button"
                on:click=move |_| app.access.set(Access::Unmanned)
            >
                {w.officer_change}
            </button>
        </p>
    }
}

/// What is unusual in a field, as soon as the rest of the app can tell.
#[component]
fn UnusualIn(form: Form, field: Field) -> impl IntoView {
    part_of_rest(move |rest| (rest.unusual)(form, field))
}
