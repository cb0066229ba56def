//! What stands beside the form: what the NIK says, who has the same NIK, what
//! it costs; and the unusual, which the officer confirms.

use leptos::prelude::*;

use super::fields::STEPS;
use super::form::{self, Form, TWINS};
use super::twins::TwinNote;
use crate::domain::*;
use crate::ui::format;
use crate::ui::pages::cost::{CostFacts, discount_in};
use crate::ui::parts::{Fact, Icon, IconName, IntoFresh, Note, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::{self, fill};

/// The side column. The last step is turned to the participant, who is not
/// asked about what only concerns the officer.
#[component]
pub(super) fn Checks(form: Form) -> impl IntoView {
    let is_shown_to_person = Memo::new(move |_| form.step.get() == STEPS - 1);
    view! {
        {live(move || (!is_shown_to_person.get()).then(|| view! { <NikSays form/> }))}
        <Twins form/>
        <Cost form/>
        {live(move || (!is_shown_to_person.get()).then(|| view! { <Instead form/> }))}
    }
}

/// The way out for who turns out not to register.
#[component]
fn Instead(form: Form) -> impl IntoView {
    let app = form.app;
    let a = app.language.get_untracked().attend_words();
    let id = form.draft.with_untracked(|draft| draft.id);
    let is_correction = form.draft.with_untracked(|draft| draft.corrects.is_some());
    (!is_correction).then(|| {
        view! {
            <p class="small">
                <a href=Route::Attend(Some(id)).href() on:click=move |_| form.keep_now()>
                    {a.instead}
                </a>
            </p>
        }
    })
}

/// What is unusual in a field, each with the way out inside the sentence.
#[component]
pub(super) fn Unusual(form: Form, field: Field) -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    let found = Memo::new(move |_| {
        form.reading.with(|reading| {
            reading
                .unusual
                .iter()
                .filter(|unusual| unusual.field == field)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let one = move |unusual: form::Unusual| {
        let key = unusual.key;
        if unusual.is_confirmed {
            return view! {
                <div class="note" data-tone="plain">
                    <Icon name=IconName::Check/>
                    <p>
                        {unusual.text} " " {l.warning_confirmed} ". "
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| {
                                form.change(|draft| draft.confirmed.retain(|known| *known != key));
                            }
                        >
                            {w.undo}
                        </button>
                    </p>
                </div>
            };
        }
        view! {
            <div class="note" data-tone="warn">
                <Icon name=IconName::TriangleAlert/>
                <p>
                    {unusual.text} " " {unusual.check} " "
                    <button
                        type="button"
                        class="link-button"
                        on:click=move |_| form.change(|draft| draft.confirmed.push(key.clone()))
                    >
                        {unusual.confirm}
                    </button> "."
                </p>
            </div>
        }
    };
    view! {
        <div class="stack" data-gap="s" role="status">
            {live(move || found.get().into_iter().map(one).collect_view())}
        </div>
    }
}

/// What the NIK says, once birth date and sex were typed from the card: shown
/// before, it would be copied instead of compared.
#[component]
fn NikSays(form: Form) -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    let app = use_app();
    let language = app.language.get_untracked();
    let read = Memo::new(move |_| {
        form.draft.with(|draft| {
            let nik = Nik::parse(draft.text(Field::Nik)).ok()?;
            let card = parse_typed_date(draft.text(Field::BirthDate)).ok()?;
            let _sex = Sex::from_code(draft.text(Field::Sex))?;
            Some((nik, card))
        })
    });
    let event_date = app
        .event
        .with_untracked(|event| event.as_ref().map(|event| event.tablet.event.date));
    let facts = move |(nik, card): (Nik, Date)| {
        let region = nik.region();
        let place = match (region.district, region.regency) {
            (Some(district), Some(regency)) => format!("Kec. {district}, {regency}"),
            (None, Some(regency)) => regency.to_owned(),
            _ => l.region_unknown.to_owned(),
        };
        let in_nik = nik.birth_date(card);
        let born = in_nik.map_or_else(
            || w.unknown.to_owned(),
            |date| format::long_date(language, date, false),
        );
        let age = event_date
            .zip(in_nik)
            .and_then(|(on, born)| age_on(born, on))
            .map(|age| fill(l.years, &[&age.to_string()]));
        view! {
            <dl class="facts">
                <Fact name=l.region value=Signal::stored(place)/>
                <Fact name=l.born value=Signal::stored(born)/>
                {age.map(|age| view! { <Fact name=l.age value=Signal::stored(age)/> })}
                <Fact
                    name=l.sex
                    value=Signal::stored(words::sex(language, nik.sex()).to_owned())
                />
            </dl>
        }
    };
    view! {
        <section class="card">
            <h2>{l.nik_says}</h2>
            {live(move || match read.get() {
                Some(read) => facts(read).fresh(),
                None => view! { <p class="small muted">{l.nik_says_later}</p> },
            })}
        </section>
    }
}

/// Who may be the same person, and what the officer decided.
#[component]
fn Twins(form: Form) -> impl IntoView {
    let l = use_later_words();
    let has_nik = Memo::new(move |_| {
        form.draft
            .with(|draft| Nik::parse(draft.text(Field::Nik)).is_ok())
    });
    view! {
        <div class="stack" data-gap="s" id=TWINS tabindex="-1" role="status">
            {live(move || {
                let twins = form.twins.get();
                if twins.is_empty() {
                    return has_nik
                        .get()
                        .then(|| {
                            view! {
                                <Note
                                    tone="good"
                                    icon=IconName::UserCheck
                                    title=Signal::stored(l.not_registered.to_owned())
                                >
                                    <p>{l.not_registered_hint}</p>
                                </Note>
                            }
                        })
                        .fresh();
                }
                twins
                    .into_iter()
                    .enumerate()
                    .map(|(at, twin)| view! { <TwinNote form at twin/> })
                    .collect_view()
                    .fresh()
            })}
        </div>
    }
}

/// What it costs, as soon as the income is known.
#[component]
fn Cost(form: Form) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let rules = app.rules();
    let cost = Memo::new(move |_| {
        form.draft.with(|draft| {
            let ask = Ask {
                income: parse_rupiah(draft.text(Field::Income)).ok()?,
                programmes: programmes(draft),
                payer: Payer::from_code(draft.text(Field::Payer))?,
                transport: draft.ticked(Field::Transport),
                start: YearMonth::parse(draft.text(Field::StartMonth))?,
                months: draft
                    .text(Field::Months)
                    .parse()
                    .ok()
                    .and_then(parse_period)?,
            };
            let payer = ask.payer;
            contributions(&rules, &ask).ok().map(|cost| (payer, cost))
        })
    });
    let rules = app.rules();
    view! {
        <section class="card">
            <h2>{l.contribution}</h2>
            {live(move || match cost.get() {
                None => view! { <p class="small muted">{l.contribution_later}</p> },
                Some((payer, cost)) => {
                    let discount = discount_in(&rules, &cost).map(|discount| {
                        fill(
                            l.discount,
                            &[&discount.percent.to_string(), &discount.legal_basis],
                        )
                    });
                    view! {
                        <CostFacts cost=cost/>
                        {discount.map(|text| view! { <p class="small sub">{text}</p> })}
                        {(payer == Payer::PublicBudget)
                            .then(|| view! { <p class="small sub">{l.paid_by_budget}</p> })}
                    }
                }
            })}
            <p class="small muted">
                {live(move || {
                    form.draft
                        .with(|draft| {
                            programmes(draft)
                                .iter()
                                .map(|programme| programme.code().to_ascii_uppercase())
                                .collect::<Vec<_>>()
                                .join(" + ")
                        })
                })} ", " {live(move || words::payer(
                    language,
                    Payer::from_code(&form.text(Field::Payer)).unwrap_or(Payer::Other),
                ))}
            </p>
        </section>
    }
}
