//! The calculator: an income and a few choices, and the price beside them. It keeps
//! nothing and reckons nothing itself (`domain::contribution` does).

use leptos::prelude::*;

use super::ideas::Facts;
use super::price::Price;
use crate::browser::page;
use crate::domain::*;
use crate::ui::format;
use crate::ui::pages::cost::{payer_choices, period_choices, start_choices};
use crate::ui::parts::{IntoFresh, Segments, SelectField, TextField, Tick, live, view};
use crate::ui::state::{use_app, use_programme_words, use_words};
use crate::ui::words::{field_label, fill};

/// Id of its heading.
pub(super) const CALCULATOR: &str = "calculator";

/// The period with which it begins: long enough to show where a discount ends.
const MONTHS: u8 = 6;

/// Fields on one side, the price on the other.
#[component]
pub(super) fn Calculator(facts: Facts) -> impl IntoView {
    let w = use_words();
    let f = use_app().language.get_untracked().form_words();
    let p = use_programme_words();
    let language = facts.language;
    let label = move |field| field_label(language, field);
    let income = RwSignal::new(String::new());
    let payer = RwSignal::new(facts.payer.code().to_owned());
    let transport = RwSignal::new(false);
    let jht = RwSignal::new(false);
    let start = RwSignal::new(facts.first.to_string());
    let months = RwSignal::new(MONTHS.to_string());
    let ask = Memo::new(move |_| {
        let mut programmes = vec![Programme::Jkk, Programme::Jkm];
        if jht.get() {
            programmes.push(Programme::Jht);
        }
        Some(Ask {
            income: income.with(|typed| parse_rupiah(typed)).ok()?,
            programmes,
            payer: payer.with(|code| Payer::from_code(code))?,
            transport: transport.get(),
            start: start.with(|month| YearMonth::parse(month))?,
            months: months.with(|months| months.parse().ok().and_then(parse_period))?,
        })
    });
    let type_income = move |typed: String| {
        let sum = grouped_as_typed(&typed);
        page::retype(Field::Income.code(), &sum);
        income.set(sum);
    };
    let rules = facts.rules;
    let result = move || {
        let Some(ask) = ask.get() else {
            return view! { <p class="muted">{p.result_later}</p> };
        };
        let floor = rules.income_floor;
        let is_low = ask.income < floor;
        view! {
            <Price rules=rules.clone() ask/>
            {is_low
                .then(|| {
                    let text = fill(p.income_floor, &[&format::rupiah(floor)]);
                    view! { <p class="small sub">{text}</p> }
                })}
        }
        .fresh()
    };
    view! {
        <section class="card calculator screen-only" aria-labelledby=CALCULATOR>
            <h2 id=CALCULATOR tabindex="-1">
                {p.calculator}
            </h2>
            <p class="sub small">{p.calculator_hint}</p>
            <div class="columns">
                <div class="stack" data-gap="m">
                    <TextField
                        name=Field::Income.code()
                        label=label(Field::Income)
                        hint=f.income_hint
                        keyboard="numeric"
                        longest=20
                        value=income
                        on_input=type_income
                    />
                    <Segments
                        name=Field::Payer.code()
                        label=label(Field::Payer)
                        value=payer
                        on_change=move |code| payer.set(code)
                        choices=payer_choices(language)
                    />
                    <div class="ticks">
                        <Tick
                            name=Field::Transport.code()
                            label=label(Field::Transport)
                            hint=f.transport_hint
                            ticked=transport
                            on_change=move |ticked| transport.set(ticked)
                        />
                        <Tick
                            name=Field::Jht.code()
                            label=format!("JHT: {}", w.jht)
                            hint=f.jht_hint
                            ticked=jht
                            on_change=move |ticked| jht.set(ticked)
                        />
                    </div>
                    <SelectField
                        name=Field::StartMonth.code()
                        label=label(Field::StartMonth)
                        value=start
                        on_change=move |month| start.set(month)
                        choices=start_choices(language, facts.first)
                    />
                    <Segments
                        name=Field::Months.code()
                        label=label(Field::Months)
                        value=months
                        on_change=move |number| months.set(number)
                        choices=period_choices(language)
                    />
                </div>
                <section class="calculator-result" aria-labelledby="calculator-result">
                    <h3 id="calculator-result">{p.result}</h3>
                    <div role="status">{live(result)}</div>
                </section>
            </div>
        </section>
    }
}
