//! The steps after the first.

use leptos::prelude::*;

use super::checks::Unusual;
use super::consent::ConsentStep;
use super::fields::{Line, Pick};
use super::form::Form;
use super::offers::{KelurahanLine, Offers, sector_choices};
use crate::browser::page;
use crate::domain::*;
use crate::ui::pages::cost::{payer_choices, period_choices, start_choices};
use crate::ui::parts::{Choice, Fresh, Icon, IconName, SelectField, Tick, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_words};
use crate::ui::words::{self, field_label};

/// The fields of a step after the first.
pub fn step(form: Form, step: u8) -> Fresh {
    match step {
        1 => view! { <AddressStep form/> },
        2 => view! { <BusinessStep form/> },
        3 => view! { <ProgrammeStep form/> },
        _ => view! { <ConsentStep form/> },
    }
}

#[component]
fn AddressStep(form: Form) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let outside = form.ticked(Field::Outside);
    let mut reasons = vec![Choice::new("", f.has_phone)];
    reasons.extend(
        NoPhoneReason::ALL
            .iter()
            .map(|reason| Choice::new(reason.code(), words::no_phone(language, *reason))),
    );
    let no_phone = form.value(Field::NoPhone);
    let has_phone = Memo::new(move |_| no_phone.with(String::is_empty));
    view! {
        <Line form field=Field::Street/>
        <Offers form field=Field::Street/>
        <div class="two" data-keep>
            <Line form field=Field::Rt keyboard="numeric" longest=8/>
            <Line form field=Field::Rw keyboard="numeric" longest=8/>
        </div>
        {live(move || {
            if outside.get() {
                view! {
                    <Line form field=Field::Region hint=f.region_hint list="regencies"/>
                    <datalist id="regencies">
                        {regencies()
                            .filter(|(code, _)| *code != CITY)
                            .map(|(_, name)| view! { <option value=name></option> })
                            .collect_view()}
                    </datalist>
                    <Line form field=Field::PostalCode hint=f.optional keyboard="numeric" longest=5/>
                }
            } else {
                view! { <KelurahanLine form field=Field::Kelurahan/> }
            }
        })}
        <Tick
            name=Field::Outside.code()
            label=f.outside_city
            ticked=outside
            on_change=form.ticking(Field::Outside)
        />
        <Unusual form field=Field::Outside/>
        <SelectField
            name=Field::NoPhone.code()
            label=f.no_phone_question
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
            <summary>{f.more_fields}</summary>
            <div class="stack">
                <Line form field=Field::Email keyboard="email"/>
                <Line form field=Field::FamilyCard keyboard="numeric" longest=24/>
            </div>
        </details>
    }
}

#[component]
fn BusinessStep(form: Form) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let type_income = Callback::new(move |typed: String| {
        let sum = grouped_as_typed(&typed);
        page::retype(Field::Income.code(), &sum);
        form.put(Field::Income, &sum);
    });
    let editions = KbliEdition::ALL
        .iter()
        .rev()
        .map(|edition| Choice::new(edition.code(), edition.code()))
        .collect();
    view! {
        <Line form field=Field::BusinessName/>
        <Offers form field=Field::BusinessName/>
        <Pick form field=Field::Sector choices=sector_choices(app)/>
        <div class="two">
            <Line form field=Field::Workers keyboard="numeric" longest=6/>
            <Line form field=Field::Occupation/>
        </div>
        <Offers form field=Field::Occupation/>
        <Line
            form
            field=Field::Income
            hint=f.income_hint
            keyboard="numeric"
            longest=20
            on_input=type_income
        />
        <Offers form field=Field::Income/>
        <Tick
            name=Field::Transport.code()
            label=field_label(language, Field::Transport)
            hint=f.transport_hint
            ticked=form.ticked(Field::Transport)
            on_change=form.ticking(Field::Transport)
        />
        <details>
            <summary>{f.more_fields}</summary>
            <div class="stack">
                <KelurahanLine form field=Field::BusinessKelurahan/>
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

#[component]
fn ProgrammeStep(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let first = app.event.with_untracked(|event| {
        let event = event.as_ref().expect("pages that register have an event");
        YearMonth::of(event.tablet.event.date)
    });
    view! {
        <Pick form field=Field::Payer choices=payer_choices(language)/>
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
                hint=f.jht_hint
                ticked=form.ticked(Field::Jht)
                on_change=form.ticking(Field::Jht)
            />
        </div>
        <SelectField
            name=Field::StartMonth.code()
            label=field_label(language, Field::StartMonth)
            value=form.value(Field::StartMonth)
            on_change=form.typing(Field::StartMonth)
            choices=start_choices(language, first)
            error=form.error(Field::StartMonth)
        />
        <Pick form field=Field::Months choices=period_choices(language)/>
        <p class="small">
            <a href=Route::Programme.href()>{w.programme_explained}</a>
        </p>
    }
}
