//! Which field stands on which step, and how a field of the form is drawn.

use leptos::prelude::*;

use super::form::Form;
use crate::domain::*;
use crate::ui::parts::{Choice, Segments, TextField, view};
use crate::ui::state::use_app;
use crate::ui::words::field_label;

/// How many steps there are.
pub(super) const STEPS: u8 = 5;

/// The step on which a field stands.
pub(super) fn step_of(field: Field) -> u8 {
    match field {
        Field::Nik
        | Field::Name
        | Field::BirthPlace
        | Field::BirthDate
        | Field::Sex
        | Field::MotherName
        | Field::Officer
        | Field::Reason => 0,
        Field::FamilyCard
        | Field::Phone
        | Field::NoPhone
        | Field::Email
        | Field::Street
        | Field::Rt
        | Field::Rw
        | Field::Outside
        | Field::Kelurahan
        | Field::Region
        | Field::PostalCode => 1,
        Field::BusinessName
        | Field::Sector
        | Field::BusinessKelurahan
        | Field::Workers
        | Field::Nib
        | Field::Kbli
        | Field::KbliEdition
        | Field::Since
        | Field::Occupation
        | Field::Transport
        | Field::Income => 2,
        Field::Jht | Field::Payer | Field::StartMonth | Field::Months => 3,
        Field::ConsentLanguage
        | Field::ReadAloudBy
        | Field::ConsentBpjs
        | Field::ConsentCity
        | Field::ConsentWhatsapp
        | Field::Mark
        | Field::Ink
        | Field::Witness
        | Field::ConsentAt => 4,
    }
}

/// The fields of a step.
pub(super) fn fields_of(step: u8) -> Vec<Field> {
    Field::ALL
        .iter()
        .copied()
        .filter(|field| step_of(*field) == step)
        .collect()
}

/// Where typing begins on a step.
pub(super) fn first_field(step: u8) -> Field {
    match step {
        0 => Field::Nik,
        1 => Field::Street,
        2 => Field::BusinessName,
        3 => Field::Payer,
        _ => Field::ConsentLanguage,
    }
}

/// A line of text of the form, with all that belongs to it.
#[component]
pub(super) fn Line(
    form: Form,
    field: Field,
    #[prop(into, optional)] hint: String,
    #[prop(default = "text")] keyboard: &'static str,
    #[prop(default = 160)] longest: u16,
    #[prop(optional)] list: Option<&'static str>,
    #[prop(default = "field")] class: &'static str,
    /// In place of putting what is typed into the field as it is.
    #[prop(into, optional)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let language = use_app().language.get_untracked();
    view! {
        <TextField
            name=field.code()
            label=field_label(language, field)
            value=form.value(field)
            on_input=on_input.unwrap_or_else(|| form.typing(field))
            on_leave=form.leaving(field)
            hint
            error=form.error(field)
            warned=form.warned(field)
            keyboard
            longest
            list=list.unwrap_or_default()
            class
        />
    }
}

/// One of a few, of the form.
#[component]
pub(super) fn Pick(form: Form, field: Field, choices: Vec<Choice>) -> impl IntoView {
    let language = use_app().language.get_untracked();
    view! {
        <Segments
            name=field.code()
            label=field_label(language, field)
            value=form.value(field)
            on_change=form.typing(field)
            choices
            error=form.error(field)
        />
    }
}
