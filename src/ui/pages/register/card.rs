//! The first step: what is typed from the card.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{Line, Pick};
use super::form::Form;
use crate::domain::*;
use crate::operations::officer::keep_officer;
use crate::ui::pages::later::part_of_rest;
use crate::ui::parts::{Choice, TextField, live, view};
use crate::ui::state::{use_app, use_words};
use crate::ui::words::{self, field_label};

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
        <OfficerField form/>
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
        <UnusualIn form field=Field::BirthDate/>
        <div class="two">
            <Pick form field=Field::Sex choices=sexes/>
            <Line form field=Field::MotherName/>
        </div>
        <UnusualIn form field=Field::Sex/>
    }
}

/// The officer: asked once, then a line that can be changed.
#[component]
fn OfficerField(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let asking = RwSignal::new(
        form.draft
            .with_untracked(|draft| FullName::parse(draft.text(Field::Officer)).is_err()),
    );
    let keep = Callback::new(move |()| {
        form.leaving(Field::Officer).run(());
        let typed = form
            .draft
            .with_untracked(|draft| FullName::parse(draft.text(Field::Officer)));
        let Ok(name) = typed else { return };
        if app.officer.with_untracked(|known| known == name.as_str()) {
            return;
        }
        app.officer.set(name.as_str().to_owned());
        spawn_local(async move {
            // The name stands in the draft; only the next form would ask again.
            let _ = keep_officer(&app.store(), &name).await;
        });
    });
    let language = app.language.get_untracked();
    let error = form.error(Field::Officer);
    let name = form.value(Field::Officer);
    // The field stays the same one while its error changes.
    let is_field = Memo::new(move |_| asking.get() || error.with(Option::is_some));
    live(move || {
        if is_field.get() {
            view! {
                <TextField
                    name=Field::Officer.code()
                    label=field_label(language, Field::Officer)
                    value=name
                    on_input=form.typing(Field::Officer)
                    on_leave=keep
                    hint=w.officer_hint
                    error
                />
            }
        } else {
            view! {
                <p class="small muted">
                    {w.officer} ": " <b>{name}</b> " "
                    <button
                        type="button"
                        class="link-button"
                        id=Field::Officer.code()
                        on:click=move |_| asking.set(true)
                    >
                        {w.officer_change}
                    </button>
                </p>
            }
        }
    })
}

/// What is unusual in a field, as soon as the rest of the app can tell.
#[component]
fn UnusualIn(form: Form, field: Field) -> impl IntoView {
    part_of_rest(move |rest| (rest.unusual)(form, field))
}
