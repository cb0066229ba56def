//! By which law, from when, and where it was read.

use leptos::prelude::*;

use super::ideas::Facts;
use crate::ui::format;
use crate::ui::pages::settings::{discount_text, rates_text};
use crate::ui::parts::{Fact, view};
use crate::ui::state::{use_later_words, use_programme_words};
use crate::ui::words::fill;

/// Rates, discounts and benefits with their dates, at the foot of the page.
#[component]
pub(super) fn Sources(facts: Facts) -> impl IntoView {
    let l = use_later_words();
    let p = use_programme_words();
    let language = facts.language;
    let rates = facts.rules.rate_table_in(facts.first).map(|table| {
        view! { <Fact name=l.rates value=Signal::stored(rates_text(language, table))/> }
    });
    let discounts = facts
        .rules
        .discounts
        .iter()
        .map(|discount| {
            let name = fill(l.discount_of, &[&discount.percent.to_string()]);
            view! { <Fact name value=Signal::stored(discount_text(language, discount))/> }
        })
        .collect_view();
    let benefits = facts.benefits.as_ref().map(|table| {
        let text = fill(
            p.benefits_from,
            &[
                &table.legal_basis,
                &format::month(language, table.valid_from),
                &format::long_date(language, table.checked_on, false),
            ],
        );
        view! { <Fact name=p.benefits value=Signal::stored(text)/> }
    });
    let read = facts.benefits.as_ref().map(|table| {
        let places = table
            .sources()
            .into_iter()
            .map(|place| view! { <li>{place.to_owned()}</li> })
            .collect_view();
        view! {
            <details>
                <summary>{p.figures}</summary>
                <ul class="dotted small">{places}</ul>
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby="sources">
            <h2 id="sources">{p.sources}</h2>
            <dl class="facts">{rates} {discounts} {benefits}</dl>
            {read}
            <p class="small sub">{fill(p.no_promise, &[&facts.rules.bpjs_branch])}</p>
        </section>
    }
}
