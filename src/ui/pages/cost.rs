//! What contributions cost, as it is shown beside the form and where the programme is
//! explained, and what both offer to choose from.

use leptos::prelude::*;

use crate::domain::*;
use crate::ui::format;
use crate::ui::parts::{Choice, view};
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{self, Language, fill};

/// How many months ahead contributions can start.
const START_MONTHS: u32 = 6;

/// Who may pay.
pub(super) fn payer_choices(language: Language) -> Vec<Choice> {
    Payer::ALL
        .iter()
        .map(|payer| Choice::new(payer.code(), words::payer(language, *payer)))
        .collect()
}

/// The months with which contributions may start.
pub(super) fn start_choices(language: Language, first: YearMonth) -> Vec<Choice> {
    (0..START_MONTHS)
        .map(|ahead| {
            let month = first.plus(ahead);
            Choice::new(month.to_string(), format::month(language, month))
        })
        .collect()
}

/// For how many months may be paid at once.
pub(super) fn period_choices(language: Language) -> Vec<Choice> {
    PERIODS
        .iter()
        .map(|months| Choice::new(months.to_string(), words::period(language, *months)))
        .collect()
}

/// The discount that is taken off in these months, the first if there are several.
pub(super) fn discount_in<'a>(rules: &'a Rules, cost: &Contributions) -> Option<&'a Discount> {
    let id = cost
        .months
        .iter()
        .find_map(|month| month.discount.as_ref())?;
    rules.discounts.iter().find(|discount| discount.id == *id)
}

/// The monthly amount, from when it changes, and the sum.
#[component]
pub(super) fn CostFacts(cost: Contributions) -> impl IntoView {
    let l = use_later_words();
    let language = use_app().language.get_untracked();
    let runs = cost.runs();
    let first = runs.first().map(|run| run.monthly).unwrap_or_default();
    let until = (runs.len() > 1)
        .then(|| runs.first().map(|run| format::month(language, run.last)))
        .flatten();
    let months = u8::try_from(cost.months.len()).unwrap_or(u8::MAX);
    view! {
        <p class="money">
            {format::rupiah(first)} " " <small>{l.per_month}</small>
        </p>
        {until.map(|month| view! { <p class="small">{fill(l.until_month, &[&month])}</p> })}
        {runs
            .iter()
            .skip(1)
            .map(|run| {
                let text = fill(
                    l.from_month,
                    &[&format::month(language, run.first), &format::rupiah(run.monthly)],
                );
                view! { <p class="small">{text}</p> }
            })
            .collect_view()}
        <p class="small sub">
            {fill(
                l.total_months,
                &[&format::rupiah(cost.total), &words::period(language, months)],
            )}
        </p>
    }
}
