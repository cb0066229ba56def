//! The steps after the first.

use leptos::prelude::*;

use super::checks::Unusual;
use super::consent::ConsentStep;
use super::fields::{Line, Pick};
use super::form::Form;
use crate::domain::*;
use crate::ui::pages::cost::{payer_choices, period_choices, start_choices};
use crate::ui::parts::{Choice, Fresh, Icon, IconName, SelectField, Tick, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_words};
use crate::ui::words::{self, field_label, fill};

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

#[component]
fn ProgrammeStep(form: Form) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
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
            choices=start_choices(language, first)
            error=form.error(Field::StartMonth)
        />
        <Pick form field=Field::Months choices=period_choices(language)/>
        <p class="small">
            <a href=Route::Programme.href()>{w.programme_explained}</a>
        </p>
    }
}
