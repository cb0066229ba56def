//! What somebody pays, in the examples and in the calculator.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::*;
use crate::ui::format;
use crate::ui::pages::cost::{CostFacts, discount_in};
use crate::ui::parts::view;
use crate::ui::state::{use_app, use_programme_words};
use crate::ui::words::{self, fill};

/// The price by months, from when it changes and why; where a public budget pays, what
/// that pays and that the participant pays nothing.
#[component]
pub(super) fn Price(rules: Arc<Rules>, ask: Ask) -> impl IntoView {
    let p = use_programme_words();
    let language = use_app().language.get_untracked();
    let Ok(cost) = contributions(&rules, &ask) else {
        return view! { <p>{p.no_rates}</p> };
    };
    if ask.payer == Payer::PublicBudget {
        let monthly: Vec<String> = cost
            .runs()
            .iter()
            .map(|run| format::rupiah(run.monthly))
            .collect();
        let text = fill(
            p.budget_pays,
            &[
                &monthly.join(p.and_then),
                &format::rupiah(cost.total),
                &words::period(language, ask.months),
            ],
        );
        return view! {
            <div class="price">
                <p class="money">{format::rupiah(0)} " " <small>{p.from_person}</small></p>
                <p class="small">{text}</p>
            </div>
        };
    }
    let discount = discount_in(&rules, &cost).map_or_else(
        || p.discount_none.to_owned(),
        |discount| {
            fill(
                p.discount_taken,
                &[
                    &discount.percent.to_string(),
                    &format::month(language, discount.from),
                    &format::month(language, discount.to),
                    &discount.legal_basis,
                ],
            )
        },
    );
    view! {
        <div class="price">
            <CostFacts cost/>
            <p class="small sub">{discount}</p>
            {(ask.payer == Payer::Other).then(|| view! { <p class="small sub">{p.other_pays}</p> })}
        </div>
    }
}
