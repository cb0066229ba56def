//! The fields of the form, step by step.

use leptos::prelude::*;

use super::checks::Unusual;
use super::consent::ConsentStep;
use super::form::Form;
use crate::domain::*;
use crate::operations::officer::keep_officer;
use crate::ui::format;
use crate::ui::parts::{
    Choice, Icon, IconName, Segments, SelectField, TextField, Tick, live, view,
};
use crate::ui::state::{use_app, use_words};
use crate::ui::words::{self, field_label, fill};
use leptos::task::spawn_local;

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

/// The fields of the step that is shown.
#[component]
pub(super) fn StepFields(form: Form, correcting: bool) -> impl IntoView {
    live(move || match form.step.get() {
        0 => view! { <CardStep form correcting/> },
        1 => view! { <AddressStep form/> },
        2 => view! { <BusinessStep form/> },
        3 => view! { <ProgrammeStep form/> },
        _ => view! { <ConsentStep form/> },
    })
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
) -> impl IntoView {
    let language = use_app().language.get_untracked();
    view! {
        <TextField
            name=field.code()
            label=field_label(language, field)
            value=form.value(field)
            on_input=form.typing(field)
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

#[component]
fn CardStep(form: Form, correcting: bool) -> impl IntoView {
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
        <Unusual form field=Field::Nik/>
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
        <Unusual form field=Field::BirthDate/>
        <div class="two">
            <Pick form field=Field::Sex choices=sexes/>
            <Line form field=Field::MotherName/>
        </div>
        <Unusual form field=Field::Sex/>
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

#[component]
fn AddressStep(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let outside = form.ticked(Field::Outside);
    let mut reasons = vec![Choice::new("", w.has_phone)];
    reasons.extend(
        NoPhoneReason::ALL
            .iter()
            .map(|reason| Choice::new(reason.code(), words::no_phone(language, *reason))),
    );
    let no_phone = form.value(Field::NoPhone);
    let has_phone = Memo::new(move |_| no_phone.with(String::is_empty));
    view! {
        <Line form field=Field::Street/>
        <div class="two" data-keep>
            <Line form field=Field::Rt keyboard="numeric" longest=8/>
            <Line form field=Field::Rw keyboard="numeric" longest=8/>
        </div>
        {live(move || {
            if outside.get() {
                view! {
                    <Line form field=Field::Region hint=w.region_hint list="regencies"/>
                    <datalist id="regencies">
                        {regencies()
                            .filter(|(code, _)| *code != CITY)
                            .map(|(_, name)| view! { <option value=name></option> })
                            .collect_view()}
                    </datalist>
                    <Line form field=Field::PostalCode hint=w.optional keyboard="numeric" longest=5/>
                }
            } else {
                let postal = move || {
                    kelurahan(&form.text(Field::Kelurahan))
                        .map(|found| fill(w.postal, &[found.postal_code]))
                };
                view! {
                    <SelectField
                        name=Field::Kelurahan.code()
                        label=field_label(language, Field::Kelurahan)
                        value=form.value(Field::Kelurahan)
                        on_change=form.typing(Field::Kelurahan)
                        choices=kelurahan_choices()
                        nothing=w.choose.to_owned()
                        error=form.error(Field::Kelurahan)
                    />
                    <p class="small muted">{live(postal)}</p>
                }
            }
        })}
        <Tick
            name=Field::Outside.code()
            label=w.outside_city
            ticked=outside
            on_change=form.ticking(Field::Outside)
        />
        <Unusual form field=Field::Outside/>
        <SelectField
            name=Field::NoPhone.code()
            label=w.no_phone_question
            value=no_phone
            on_change=form.typing(Field::NoPhone)
            choices=reasons
        />
        {live(move || {
            has_phone.get().then(|| {
                view! {
                    <Line form field=Field::Phone keyboard="tel" longest=24/>
                    <Unusual form field=Field::Phone/>
                }
            })
        })}
        <details>
            <summary>{w.more_fields}</summary>
            <div class="stack">
                <Line form field=Field::Email keyboard="email"/>
                <Line form field=Field::FamilyCard keyboard="numeric" longest=24/>
            </div>
        </details>
    }
}

/// All kelurahan, under their kecamatan.
fn kelurahan_choices() -> Vec<Choice> {
    city_kecamatan()
        .iter()
        .flat_map(|around| {
            around.kelurahan.iter().map(|found| Choice {
                code: found.code.to_owned(),
                label: found.name.to_owned(),
                group: around.name.to_owned(),
            })
        })
        .collect()
}

#[component]
fn BusinessStep(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let sectors = Sector::ALL
        .iter()
        .map(|sector| Choice::new(sector.code(), words::sector(language, *sector)))
        .collect();
    let editions = KbliEdition::ALL
        .iter()
        .rev()
        .map(|edition| Choice::new(edition.code(), edition.code()))
        .collect();
    view! {
        <Line form field=Field::BusinessName/>
        <div class="two">
            <SelectField
                name=Field::Sector.code()
                label=field_label(language, Field::Sector)
                value=form.value(Field::Sector)
                on_change=form.typing(Field::Sector)
                choices=sectors
                nothing=w.choose.to_owned()
                error=form.error(Field::Sector)
            />
            <Line form field=Field::Workers keyboard="numeric" longest=6/>
        </div>
        <div class="two">
            <Line form field=Field::Occupation/>
            <Line form field=Field::Income hint=w.income_hint keyboard="numeric" longest=20/>
        </div>
        <Tick
            name=Field::Transport.code()
            label=field_label(language, Field::Transport)
            hint=w.transport_hint
            ticked=form.ticked(Field::Transport)
            on_change=form.ticking(Field::Transport)
        />
        <details>
            <summary>{w.more_fields}</summary>
            <div class="stack">
                <SelectField
                    name=Field::BusinessKelurahan.code()
                    label=field_label(language, Field::BusinessKelurahan)
                    value=form.value(Field::BusinessKelurahan)
                    on_change=form.typing(Field::BusinessKelurahan)
                    choices=kelurahan_choices()
                    nothing=w.choose.to_owned()
                />
                <div class="two">
                    <Line form field=Field::Nib keyboard="numeric" longest=20/>
                    <Line form field=Field::Since keyboard="numeric" longest=4/>
                </div>
                <div class="two">
                    <Line form field=Field::Kbli keyboard="numeric" longest=8/>
                    <SelectField
                        name=Field::KbliEdition.code()
                        label=field_label(language, Field::KbliEdition)
                        value=form.value(Field::KbliEdition)
                        on_change=form.typing(Field::KbliEdition)
                        choices=editions
                    />
                </div>
            </div>
        </details>
    }
}

/// How many months ahead contributions can start.
const START_MONTHS: u32 = 6;

#[component]
fn ProgrammeStep(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let payers = Payer::ALL
        .iter()
        .map(|payer| Choice::new(payer.code(), words::payer(language, *payer)))
        .collect();
    let first = app.event.with_untracked(|event| {
        let event = event.as_ref().expect("pages that register have an event");
        YearMonth::of(event.tablet.event.date)
    });
    let starts = (0..START_MONTHS)
        .map(|ahead| {
            let month = first.plus(ahead);
            Choice::new(month.to_string(), format::month(language, month))
        })
        .collect();
    let periods = [1_u8, 3, 6, 12]
        .into_iter()
        .map(|months| Choice::new(months.to_string(), words::period(language, months)))
        .collect();
    view! {
        <Pick form field=Field::Payer choices=payers/>
        <div class="ticks">
            <div class="tick" data-state="fixed">
                <Icon name=IconName::Check/>
                <span>
                    <b>"JKK + JKM"</b>
                    <small>{w.jkk} ", " {w.jkm}</small>
                </span>
            </div>
            <Tick
                name=Field::Jht.code()
                label=format!("JHT: {}", w.jht)
                hint=w.jht_hint
                ticked=form.ticked(Field::Jht)
                on_change=form.ticking(Field::Jht)
            />
        </div>
        <SelectField
            name=Field::StartMonth.code()
            label=field_label(language, Field::StartMonth)
            value=form.value(Field::StartMonth)
            on_change=form.typing(Field::StartMonth)
            choices=starts
            error=form.error(Field::StartMonth)
        />
        <Pick form field=Field::Months choices=periods/>
    }
}
