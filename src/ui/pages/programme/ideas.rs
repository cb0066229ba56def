//! The ideas of the talk, in their order. Every amount comes from the rules and the
//! benefit tables; a sentence whose figure is not sure is left out.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing::{self, Drawing};
use super::price::Price;
use crate::browser::clock;
use crate::domain::*;
use crate::ui::format;
use crate::ui::pages::settings::work_of;
use crate::ui::parts::{Fresh, view};
use crate::ui::state::AppState;
use crate::ui::words::{self, Language, ProgrammeWords, fill};

/// What the page explains with: the rules of the open event, or those that are built
/// in, and the month from which contributions are reckoned.
#[derive(Clone)]
pub(super) struct Facts {
    pub(super) rules: Arc<Rules>,
    pub(super) benefits: Option<BenefitTable>,
    /// The month of the open event, or this one.
    pub(super) first: YearMonth,
    /// Who pays at the open event.
    pub(super) payer: Payer,
    day: Date,
    pub(super) language: Language,
    words: &'static ProgrammeWords,
}

impl Facts {
    /// As they stand today, or at the open event.
    pub(super) fn now(app: AppState) -> Self {
        let event = app.event.with_untracked(|event| {
            event
                .as_ref()
                .map(|event| (event.tablet.event.date, event.tablet.event.payer))
        });
        let (day, payer) = event.unwrap_or((clock::now().local_date(), Payer::Myself));
        let first = YearMonth::of(day);
        let language = app.language.get_untracked();
        let rules = app.rules();
        Facts {
            benefits: benefits_in(&rules.benefits, first).cloned(),
            rules,
            first,
            payer,
            day,
            language,
            words: language.programme_words(),
        }
    }

    fn said(&self, benefit: Benefit) -> Option<u64> {
        self.benefits.as_ref()?.said(benefit)
    }

    /// A figure as a number.
    fn number(&self, benefit: Benefit) -> Option<String> {
        self.said(benefit).map(|number| number.to_string())
    }

    /// A figure as money.
    fn money(&self, benefit: Benefit) -> Option<String> {
        self.said(benefit).map(|amount| self.spoken(amount))
    }

    fn spoken(&self, amount: u64) -> String {
        format::spoken_rupiah(self.language, amount)
    }

    /// The least income from which benefits are reckoned.
    fn least_base(&self) -> Option<u64> {
        let table = self.rules.rate_table_in(self.first)?;
        table.tier(0).map(|tier| tier.base)
    }

    /// Somebody's question what it costs, from the first month on.
    fn ask(&self, income: u64, payer: Payer, transport: bool, months: u8) -> Ask {
        Ask {
            income,
            programmes: vec![Programme::Jkk, Programme::Jkm],
            payer,
            transport,
            start: self.first,
            months,
        }
    }
}

/// A drawing and what is said beside it.
pub(super) struct Idea {
    pub(super) drawing: Drawing,
    pub(super) eyebrow: String,
    pub(super) title: String,
    pub(super) body: Fresh,
}

impl Idea {
    fn new(drawing: Drawing, eyebrow: &str, title: &str, body: Fresh) -> Self {
        Idea {
            drawing,
            eyebrow: eyebrow.to_owned(),
            title: title.to_owned(),
            body,
        }
    }
}

/// All ideas.
pub(super) fn ideas(facts: &Facts) -> Vec<Idea> {
    let ideas = [
        Some(all(facts)),
        Some(accident(facts)),
        Some(accident_death(facts)),
        Some(death(facts)),
        Some(savings(facts)),
        Some(cost(facts)),
        discount(facts),
        Some(snacks(facts)),
        Some(rider(facts)),
        Some(tailor(facts)),
        Some(join(facts)),
    ];
    ideas.into_iter().flatten().collect()
}

/// A sentence with its figures, or nothing where one of them is not sure.
fn sentence(text: &str, figures: &[Option<String>]) -> Option<String> {
    let figures: Vec<&str> = figures
        .iter()
        .map(Option::as_deref)
        .collect::<Option<_>>()?;
    Some(fill(text, &figures))
}

/// Sentences one under the other; those without their figures are left out.
fn points<const N: usize>(sentences: [Option<String>; N]) -> Fresh {
    let points = sentences
        .into_iter()
        .flatten()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect_view();
    view! { <ul class="idea-points">{points}</ul> }
}

/// An amount to remember, and what it is.
fn amount(amount: Option<String>, what: String) -> Option<Fresh> {
    amount.map(|amount| {
        view! {
            <p class="idea-amount">
                <b>{amount}</b>
                " "
                <span>{what}</span>
            </p>
        }
    })
}

fn all(facts: &Facts) -> Idea {
    let p = facts.words;
    let kinds = [
        (Programme::Jkk, p.all_jkk),
        (Programme::Jkm, p.all_jkm),
        (Programme::Jht, p.all_jht),
    ];
    let rows = kinds
        .map(|(programme, what)| {
            view! {
                <p class="idea-amount">
                    <b>{programme.code().to_ascii_uppercase()}</b>
                    " "
                    <span>{what}</span>
                </p>
            }
        })
        .collect_view();
    let body = view! {
        {rows}
        <p class="sub">{p.all_pair}</p>
    };
    Idea::new(drawing::UMBRELLA, p.all, p.all_title, body)
}

fn accident(facts: &Facts) -> Idea {
    let p = facts.words;
    let income = [
        facts.number(Benefit::AccidentIncome),
        facts.number(Benefit::AccidentIncomeMonths),
        facts.number(Benefit::AccidentIncomeLater),
    ];
    let transport = [
        facts.money(Benefit::TransportLand),
        facts.money(Benefit::TransportSea),
        facts.money(Benefit::TransportAir),
    ];
    let body = view! {
        {points([
            Some(p.accident_treatment.to_owned()),
            sentence(p.accident_income, &income),
            sentence(p.accident_transport, &transport),
        ])}
        <p class="sub">{p.accident_reckoned}</p>
    };
    Idea::new(drawing::SLING, p.jkk, p.accident_title, body)
}

fn accident_death(facts: &Facts) -> Idea {
    let p = facts.words;
    let from = |sum: Option<u64>| sum.map(|sum| fill(p.from_amount, &[&facts.spoken(sum)]));
    let reckoned = |reckon: fn(&BenefitTable, u64) -> Option<u64>| {
        from(reckon(facts.benefits.as_ref()?, facts.least_base()?))
    };
    let scholarship = sentence(p.scholarship, &[facts.number(Benefit::ScholarshipChildren)]);
    let body = view! {
        {amount(reckoned(BenefitTable::death_by_accident), p.accident_death.to_owned())}
        {amount(reckoned(BenefitTable::disability), p.disability.to_owned())}
        {scholarship
            .and_then(|what| {
                let most = sentence(p.up_to_amount, &[facts.money(Benefit::Scholarship)]);
                amount(most, what)
            })}
        <p class="sub">{p.ask_amount}</p>
    };
    Idea::new(
        drawing::FAMILY_AND_MONEY,
        p.jkk,
        p.accident_death_title,
        body,
    )
}

fn death(facts: &Facts) -> Idea {
    let p = facts.words;
    let sum = facts.benefits.as_ref().and_then(BenefitTable::death);
    let parts = [
        facts.money(Benefit::Death),
        facts.money(Benefit::DeathPeriodic),
        facts.money(Benefit::DeathBurial),
    ];
    let scholarship = [
        facts.number(Benefit::DeathScholarshipYears),
        facts.number(Benefit::DeathScholarshipChildren),
    ];
    let body = view! {
        {amount(sum.map(|sum| facts.spoken(sum)), p.death_family.to_owned())}
        {points([
            sentence(p.death_parts, &parts),
            sentence(p.death_scholarship, &scholarship),
        ])}
    };
    Idea::new(drawing::HOUSE, p.jkm, p.death_title, body)
}

fn savings(facts: &Facts) -> Idea {
    let p = facts.words;
    let body = view! {
        {points([
            // PP 46/2015 Pasal 22: what was paid in and what it earned, at 56, on total disability
            // or after death.
            Some(p.savings_own.to_owned()),
            sentence(p.savings_when, &[facts.number(Benefit::SavingsAge)]),
            Some(p.savings_earlier.to_owned()),
        ])}
        <p class="sub">{p.savings_choice}</p>
    };
    Idea::new(drawing::SAVINGS, p.jht, p.savings_title, body)
}

fn cost(facts: &Facts) -> Idea {
    let p = facts.words;
    let floor = facts.rules.income_floor;
    let ask = facts.ask(floor, Payer::Myself, false, 6);
    let least = facts
        .rules
        .rate_table_in(facts.first)
        .and_then(|table| table.tiers.iter().find(|tier| tier.from > floor))
        .map(|tier| fill(p.cost_least, &[&format::rupiah(tier.from)]));
    let (last, some) = PERIODS.split_last().unwrap_or((&1, &[]));
    let some: Vec<String> = some.iter().map(ToString::to_string).collect();
    let periods = format!("{} {} {last}", some.join(", "), p.or);
    let body = view! {
        {least.map(|text| view! { <p class="sub">{text}</p> })}
        <Price rules=facts.rules.clone() ask/>
        <ul class="idea-points">
            <li>{p.cost_grows}</li>
            <li>{fill(p.cost_periods, &[&periods])}</li>
        </ul>
    };
    Idea::new(drawing::CALENDAR, p.cost, p.cost_title, body)
}

/// The discounts of these months, or nothing where there are none.
fn discount(facts: &Facts) -> Option<Idea> {
    let p = facts.words;
    let open: Vec<&Discount> = facts
        .rules
        .discounts
        .iter()
        .filter(|discount| (discount.from..=discount.to).contains(&facts.first))
        .collect();
    if open.is_empty() {
        return None;
    }
    let not_budget = open
        .iter()
        .any(|discount| discount.excluded_payers.contains(&Payer::PublicBudget))
        .then(|| p.discount_not_budget.to_owned());
    let rows = open
        .into_iter()
        .map(|discount| {
            let what = fill(
                p.discount_open,
                &[
                    &programmes_text(&discount.programmes),
                    work_of(facts.language, discount),
                    &format::month(facts.language, discount.from),
                    &format::month(facts.language, discount.to),
                ],
            );
            amount(
                Some(fill(p.percent, &[&discount.percent.to_string()])),
                what,
            )
        })
        .collect_view();
    let body = view! {
        {rows}
        {points([Some(p.discount_same.to_owned()), not_budget])}
    };
    Some(Idea::new(drawing::TAG, p.discount, p.discount_title, body))
}

/// Programmes as people call them: `JKK + JKM`.
fn programmes_text(programmes: &[Programme]) -> String {
    programmes
        .iter()
        .map(|programme| programme.code().to_ascii_uppercase())
        .collect::<Vec<_>>()
        .join(" + ")
}

/// An example: who somebody is, and what is paid for them.
fn example(
    facts: &Facts,
    number: u8,
    drawing: Drawing,
    (title, story): (&str, &str),
    ask: Ask,
) -> Idea {
    let story = fill(
        story,
        &[
            &format::rupiah(ask.income),
            &words::period(facts.language, ask.months),
        ],
    );
    let body = view! {
        <p class="idea-story">{story}</p>
        <Price rules=facts.rules.clone() ask/>
    };
    let eyebrow = fill(facts.words.example, &[&number.to_string()]);
    Idea::new(drawing, &eyebrow, title, body)
}

/// The city pays, as it did for micro-business owners in 2023 to 2025, so there is no
/// discount (PP 50/2025).
fn snacks(facts: &Facts) -> Idea {
    let p = facts.words;
    let ask = facts.ask(1_000_000, Payer::PublicBudget, false, 12);
    example(facts, 1, drawing::CART, (p.snacks_title, p.snacks), ask)
}

/// Transport work, whose discount ends later than that of other work (PP 50/2025).
fn rider(facts: &Facts) -> Idea {
    let p = facts.words;
    let ask = facts.ask(2_000_000, Payer::Myself, true, 6);
    example(facts, 2, drawing::MOTORCYCLE, (p.rider_title, p.rider), ask)
}

/// With JHT, of which nothing is remitted (PP 50/2025).
fn tailor(facts: &Facts) -> Idea {
    let p = facts.words;
    let mut ask = facts.ask(1_500_000, Payer::Myself, false, 6);
    ask.programmes.push(Programme::Jht);
    example(
        facts,
        3,
        drawing::SEWING_MACHINE,
        (p.tailor_title, p.tailor),
        ask,
    )
}

fn join(facts: &Facts) -> Idea {
    let p = facts.words;
    let card = facts.rules.age_limit_on(facts.day).map_or_else(
        || p.join_card_plain.to_owned(),
        |limit| fill(p.join_card, &[&limit.under.to_string()]),
    );
    let body = view! {
        {points([
            Some(card),
            Some(p.join_readback.to_owned()),
            Some(p.join_number.to_owned()),
        ])}
        <p class="sub">{p.join_active}</p>
    };
    Idea::new(drawing::CARD, p.join, p.join_title, body)
}
