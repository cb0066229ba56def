//! Answers that others of the event gave, each to be taken with one tap, and the
//! kelurahan, which is found by two letters.

use leptos::prelude::*;

use super::form::Form;
use crate::browser::{field_order, page};
use crate::domain::*;
use crate::ui::parts::{Choice, IntoFresh, TextField, live, view};
use crate::ui::state::{AppState, use_app};
use crate::ui::words::{self, field_label, fill};

/// How many answers are offered at once: a row of them, or two.
const MOST: usize = 4;
const MOST_KELURAHAN: usize = 8;

/// A row of answers below a field. Where nobody said anything yet there is none, so that
/// nothing moves while somebody types.
#[component]
pub(super) fn Offers(form: Form, field: Field) -> impl IntoView {
    let app = use_app();
    let proposals = proposals(app, field);
    if proposals.is_empty() {
        return ().fresh();
    }
    let language = app.language.get_untracked();
    let label = fill(language.form_words().quick, &[field_label(language, field)]);
    let most = if is_kelurahan(field) {
        MOST_KELURAHAN
    } else {
        MOST
    };
    let offered = Memo::new(move |_| {
        let typed = shown(field, &form.text(field));
        let fitting = proposals.fitting(&typed, most).into_iter();
        fitting.map(str::to_owned).collect::<Vec<_>>()
    });
    let button = move |text: String| {
        let taken = text.clone();
        view! {
            // The keyboard has letters for it.
            <button
                type="button"
                class="offer"
                tabindex="-1"
                on:click=move |_| take(form, field, &taken)
            >
                {text}
            </button>
        }
    };
    view! {
        // The field keeps the focus: a tap on an answer does not leave it half typed.
        <div
            class="offers"
            role="group"
            aria-label=label
            data-rows=(most > MOST).then_some("2")
            on:mousedown=|event| event.prevent_default()
        >
            {live(move || offered.get().into_iter().map(button).collect_view())}
        </div>
    }
}

/// The row below the birth place, which stands in the first part of the app.
pub fn offers(form: Form, field: Field) -> crate::ui::parts::Fresh {
    view! { <Offers form field/> }
}

/// Takes an answer: a street or a name of a business is gone on with, everything else
/// is whole.
fn take(form: Form, field: Field, text: &str) {
    form.put(field, &stored(field, text));
    page::focus(field.code());
    if !matches!(field, Field::Street | Field::BusinessName)
        && let Some(left) = field_order::leave(super::FIELDS)
        && !left.focus_next_empty()
    {
        page::focus(field.code());
    }
}

fn proposals(app: AppState, field: Field) -> Proposals {
    let said = app.roster.with_untracked(|roster| roster.said(field));
    // Most people here were born here.
    let born_here = match field {
        Field::BirthPlace => ["Probolinggo"; 2].as_slice(),
        _ => &[],
    };
    let proposals = Proposals::of(
        said.iter()
            .map(String::as_str)
            .chain(born_here.iter().copied()),
    );
    if is_kelurahan(field) {
        proposals.and_known(all_kelurahan().map(|found| found.name))
    } else {
        proposals
    }
}

fn is_kelurahan(field: Field) -> bool {
    matches!(field, Field::Kelurahan | Field::BusinessKelurahan)
}

fn all_kelurahan() -> impl Iterator<Item = &'static Kelurahan> {
    city_kecamatan()
        .iter()
        .flat_map(|around| around.kelurahan.iter())
}

/// What is shown of what stands in a field.
fn shown(field: Field, text: &str) -> String {
    let found = is_kelurahan(field).then(|| kelurahan(text)).flatten();
    found.map_or(text, |found| found.name).to_owned()
}

/// What is put into a field for what was typed: the code of a kelurahan, once it is one.
fn stored(field: Field, typed: &str) -> String {
    let wanted = normalise(typed);
    let found = is_kelurahan(field)
        .then(|| all_kelurahan().find(|found| normalise(found.name) == wanted))
        .flatten();
    found.map_or(typed, |found| found.code).to_owned()
}

/// The kelurahan: typed, and chosen as soon as only one fits.
#[component]
pub(super) fn KelurahanLine(form: Form, field: Field) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let proposals = StoredValue::new(proposals(app, field));
    let value = Memo::new(move |_| shown(field, &form.text(field)));
    let on_input = Callback::new(move |typed: String| form.put(field, &stored(field, &typed)));
    let on_leave = Callback::new(move |()| {
        let typed = value.get_untracked();
        let only = proposals.with_value(|proposals| proposals.only(&typed).map(str::to_owned));
        if let Some(name) = only {
            form.put(field, &stored(field, &name));
        }
        form.leaving(field).run(());
    });
    let postal = move || {
        let found = kelurahan(&form.text(field))?;
        Some(fill(f.postal, &[found.postal_code]))
    };
    view! {
        <div class="stack" data-gap="s">
            <TextField
                name=field.code()
                label=field_label(language, field)
                value
                on_input
                on_leave
                hint=f.kelurahan_hint
                error=form.error(field)
                longest=40
            />
            <Offers form field/>
            <p class="small muted">{live(postal)}</p>
        </div>
    }
}

/// The sectors, the most used at this event first.
pub(super) fn sector_choices(app: AppState) -> Vec<Choice> {
    let language = app.language.get_untracked();
    let said = app
        .roster
        .with_untracked(|roster| roster.said(Field::Sector));
    let used = |sector: &Sector| said.iter().filter(|code| **code == sector.code()).count();
    let mut sectors = Sector::ALL.to_vec();
    sectors.sort_by_key(|sector| std::cmp::Reverse(used(sector)));
    let choice = |sector: Sector| Choice::new(sector.code(), words::sector(language, sector));
    sectors.into_iter().map(choice).collect()
}
