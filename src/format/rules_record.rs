//! Rates, discounts, age limits and benefits as configuration writes them: the files that are built
//! in, and what an office's pack says in their place.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::code::Code;
use crate::domain::{
    self, Benefit, Confidence, Date, Payer, Programme, Rules, YearMonth, parse_iso,
};

/// Why configuration cannot be used.
#[derive(Debug, Error)]
pub enum RulesError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("no date: {0}")]
    Date(String),
    #[error("rate table {0} does not begin at 0 and go up")]
    Tiers(String),
    #[error("discount {0} is of more than 100 percent, or ends before it begins")]
    Discount(String),
    /// Registrations name the table that they were reckoned with.
    #[error("there is another rate table {0}: a corrected one has a name of its own")]
    Named(String),
    #[error("benefit table {version} has the figure {benefit} twice")]
    Benefit {
        version: String,
        benefit: &'static str,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RateTableRecord {
    version: String,
    valid_from: String,
    legal_basis: String,
    tiers: Vec<TierRecord>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct TierRecord {
    from: u64,
    base: u64,
    jkk: u64,
    jkm: u64,
    jht: u64,
}

impl RateTableRecord {
    pub(super) fn read(self) -> Result<domain::RateTable, RulesError> {
        let from_0 = self.tiers.first().is_some_and(|tier| tier.from == 0);
        if !from_0 || !self.tiers.is_sorted_by(|one, next| one.from < next.from) {
            return Err(RulesError::Tiers(self.version));
        }
        let tiers = self.tiers.into_iter().map(|tier| domain::Tier {
            from: tier.from,
            base: tier.base,
            jkk: tier.jkk,
            jkm: tier.jkm,
            jht: tier.jht,
        });
        Ok(domain::RateTable {
            version: self.version,
            valid_from: month(self.valid_from)?,
            legal_basis: self.legal_basis,
            tiers: tiers.collect(),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AgeLimitRecord {
    valid_from: String,
    under: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minimum: Option<u32>,
    confirm_from: u32,
}

impl AgeLimitRecord {
    pub(super) fn read(self) -> Result<domain::AgeLimit, RulesError> {
        Ok(domain::AgeLimit {
            valid_from: day(self.valid_from)?,
            under: self.under,
            minimum: self.minimum,
            confirm_from: self.confirm_from,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DiscountRecord {
    id: String,
    legal_basis: String,
    percent: u8,
    programmes: Vec<Code<Programme>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    transport: Option<bool>,
    from: String,
    to: String,
    excluded_payers: Vec<Code<Payer>>,
}

impl DiscountRecord {
    pub(super) fn read(self) -> Result<domain::Discount, RulesError> {
        let (from, to) = (month(self.from)?, month(self.to)?);
        if self.percent > 100 || to < from {
            return Err(RulesError::Discount(self.id));
        }
        let payers = self.excluded_payers.into_iter().map(|code| code.0);
        Ok(domain::Discount {
            id: self.id,
            legal_basis: self.legal_basis,
            percent: self.percent,
            programmes: self.programmes.into_iter().map(|code| code.0).collect(),
            transport: self.transport,
            from,
            to,
            excluded_payers: payers.collect(),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BenefitTableRecord {
    version: String,
    valid_from: String,
    legal_basis: String,
    checked_on: String,
    figures: Vec<BenefitFigureRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct BenefitFigureRecord {
    benefit: Code<Benefit>,
    amount: u64,
    confidence: Code<Confidence>,
    source: String,
}

impl BenefitTableRecord {
    pub(super) fn read(self) -> Result<domain::BenefitTable, RulesError> {
        use crate::domain::Coded;
        let times = |benefit: Benefit| {
            let named = self
                .figures
                .iter()
                .filter(|figure| figure.benefit.0 == benefit);
            named.count()
        };
        if let Some(benefit) = Benefit::ALL.iter().find(|benefit| times(**benefit) > 1) {
            let benefit = benefit.code();
            let version = self.version;
            return Err(RulesError::Benefit { version, benefit });
        }
        let figures = self
            .figures
            .into_iter()
            .map(|figure| domain::BenefitFigure {
                benefit: figure.benefit.0,
                amount: figure.amount,
                confidence: figure.confidence.0,
                source: figure.source,
            });
        Ok(domain::BenefitTable {
            version: self.version,
            valid_from: month(self.valid_from)?,
            legal_basis: self.legal_basis,
            checked_on: day(self.checked_on)?,
            figures: figures.collect(),
        })
    }
}

/// What an office's pack says in place of what is built in; what it leaves out is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesRecord {
    /// Who registers, and is the controller of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bpjs_branch: Option<String>,
    /// Rupiah a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    income_floor: Option<u64>,
    /// Each takes the place of the one that holds from the same month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rate_tables: Vec<RateTableRecord>,
    /// Each takes the place of the one with its id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    discounts: Vec<DiscountRecord>,
    /// Each takes the place of the one that holds from the same day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    age_limits: Vec<AgeLimitRecord>,
    /// Each takes the place of the one that holds from the same month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    benefit_tables: Vec<BenefitTableRecord>,
}

impl RulesRecord {
    /// Whether nothing is said, so that all is as it is built in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As a text; `None`: nothing is said.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let text = || serde_json::to_string(self).expect("rules hold only strings and numbers");
        (!self.is_empty()).then(text)
    }

    /// From its text. What cannot be read says nothing.
    #[must_use]
    pub fn of_text(text: Option<&str>) -> Self {
        let read = text.and_then(|text| serde_json::from_str(text).ok());
        read.unwrap_or_default()
    }

    /// The rules with what is said here.
    ///
    /// # Errors
    /// Where something is said that cannot be reckoned with.
    pub(super) fn correct(self, rules: &mut Rules) -> Result<(), RulesError> {
        let built_in = rules.rate_tables.clone();
        for table in self.rate_tables {
            let table = table.read()?;
            if built_in
                .iter()
                .any(|known| known.version == table.version && *known != table)
            {
                return Err(RulesError::Named(table.version));
            }
            put(&mut rules.rate_tables, table, |table| table.valid_from);
        }
        for discount in self.discounts {
            put(&mut rules.discounts, discount.read()?, |known| {
                known.id.clone()
            });
        }
        for limit in self.age_limits {
            put(&mut rules.age_limits, limit.read()?, |limit| {
                limit.valid_from
            });
        }
        for table in self.benefit_tables {
            put(&mut rules.benefits, table.read()?, |table| table.valid_from);
        }
        let say = |said: Option<String>, built_in: &mut String| {
            if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
                *built_in = said;
            }
        };
        say(self.agency, &mut rules.agency);
        say(self.bpjs_branch, &mut rules.bpjs_branch);
        rules.income_floor = self.income_floor.unwrap_or(rules.income_floor);
        Ok(())
    }
}

/// Puts something in the place of what has the same key, or beside the others, in order.
fn put<T, K: Ord>(all: &mut Vec<T>, one: T, key: impl Fn(&T) -> K) {
    let place = key(&one);
    match all.iter_mut().find(|known| key(known) == place) {
        Some(known) => *known = one,
        None => all.push(one),
    }
    all.sort_by_key(key);
}

fn month(text: String) -> Result<YearMonth, RulesError> {
    YearMonth::parse(&text).ok_or(RulesError::Date(text))
}

fn day(text: String) -> Result<Date, RulesError> {
    parse_iso(&text).map_err(|_| RulesError::Date(text))
}

#[cfg(test)]
#[path = "rules_record_tests.rs"]
mod tests;
