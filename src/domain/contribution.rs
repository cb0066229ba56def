//! What each month costs.
//!
//! Everything is reckoned for the contribution month, not for the day of payment: whoever pays six
//! months in November 2026 has two months with the discount and four without.

use super::date::YearMonth;
use super::programme::{Payer, Programme, Rules};

/// What decides the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Declared rupiah a month.
    pub income: u64,
    pub programmes: Vec<Programme>,
    pub payer: Payer,
    pub transport: bool,
    /// The first contribution month.
    pub start: YearMonth,
    pub months: u8,
}

/// What a period costs, month by month, in rupiah.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributions {
    pub months: Vec<MonthlyContribution>,
    pub total: u64,
    /// The version of the rate table; two joined by `+` where the period crosses a change.
    pub rate_table: String,
}

/// What one month costs, in rupiah.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyContribution {
    pub month: YearMonth,
    pub jkk: u64,
    pub jkm: u64,
    pub jht: u64,
    pub total: u64,
    /// The id of the discount that is already taken off.
    pub discount: Option<String>,
}

/// Months in a row that cost the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub first: YearMonth,
    pub last: YearMonth,
    /// Rupiah a month.
    pub monthly: u64,
}

impl Contributions {
    /// The months, gathered where neighbours cost the same.
    #[must_use]
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for month in &self.months {
            match runs.last_mut() {
                Some(run) if run.monthly == month.total => run.last = month.month,
                _ => runs.push(Run {
                    first: month.month,
                    last: month.month,
                    monthly: month.total,
                }),
            }
        }
        runs
    }
}

/// Why no price can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContributionError {
    #[error("no rate table for {month}")]
    NoRateTable { month: YearMonth },
    #[error("no programme chosen")]
    NoProgramme,
}

/// The contributions for every month of a period.
///
/// # Errors
/// [`ContributionError::NoRateTable`] for a month before the first table, or an income below its
/// first tier.
pub fn contributions(rules: &Rules, ask: &Ask) -> Result<Contributions, ContributionError> {
    if ask.programmes.is_empty() {
        return Err(ContributionError::NoProgramme);
    }
    let mut months = Vec::with_capacity(ask.months.into());
    let mut versions: Vec<&str> = Vec::new();
    for month in (0..ask.months).map(|passed| ask.start.plus(passed.into())) {
        let missing = ContributionError::NoRateTable { month };
        let table = rules.rate_table_in(month).ok_or(missing)?;
        let tier = table.tier(ask.income).ok_or(missing)?;
        let (jkk, jkk_discount) = price(rules, ask, month, Programme::Jkk, tier.jkk);
        let (jkm, jkm_discount) = price(rules, ask, month, Programme::Jkm, tier.jkm);
        let (jht, jht_discount) = price(rules, ask, month, Programme::Jht, tier.jht);
        let discount = jkk_discount.or(jkm_discount).or(jht_discount);
        months.push(MonthlyContribution {
            month,
            jkk,
            jkm,
            jht,
            total: jkk + jkm + jht,
            discount,
        });
        if !versions.contains(&table.version.as_str()) {
            versions.push(&table.version);
        }
    }
    let total = months.iter().map(|month| month.total).sum();
    Ok(Contributions {
        months,
        total,
        rate_table: versions.join("+"),
    })
}

/// What a programme costs in a month, and the discount taken off; nothing if it was not chosen.
/// A discount that does not come out even is rounded down to whole rupiah.
fn price(
    rules: &Rules,
    ask: &Ask,
    month: YearMonth,
    programme: Programme,
    full: u64,
) -> (u64, Option<String>) {
    if !ask.programmes.contains(&programme) {
        return (0, None);
    }
    match rules.discount_on(programme, month, ask) {
        Some(discount) => {
            let taken_off = full * u64::from(discount.percent.min(100)) / 100;
            (full - taken_off, Some(discount.id.clone()))
        }
        None => (full, None),
    }
}

#[cfg(test)]
#[path = "contribution_tests.rs"]
mod tests;
