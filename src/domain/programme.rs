//! Programmes, payers and the dated rules of enrolment.
//!
//! Rates, discounts, age limits, the agency's name and the consent text change with regulations and
//! with offices. They are configuration with dates: [`Rules`] is what the code knows of them.

use super::benefit::BenefitTable;
use super::code::coded;
use super::consent::Purpose;
use super::contribution::Ask;
use super::date::{Date, YearMonth};

coded! {
    /// The programmes of BPJS Ketenagakerjaan that people who work for themselves can join.
    pub enum Programme {
        /// Work accident.
        Jkk => "jkk",
        /// Death.
        Jkm => "jkm",
        /// Old age.
        Jht => "jht",
    }
}

coded! {
    /// Who pays the contributions, which decides the price.
    pub enum Payer {
        /// The participant.
        Myself => "self",
        /// The budget of the state, the province or the city.
        PublicBudget => "public_budget",
        /// Somebody else, as an employer's gift.
        Other => "other",
    }
}

/// For how many months contributions can be paid at once.
pub const PERIODS: [u8; 4] = [1, 3, 6, 12];

/// The number of months, if contributions can be paid for so many at once.
#[must_use]
pub fn parse_period(months: u8) -> Option<u8> {
    PERIODS.contains(&months).then_some(months)
}

/// All that is configured: rates, discounts, limits, names and texts, with the dates they hold for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub rate_tables: Vec<RateTable>,
    pub discounts: Vec<Discount>,
    pub age_limits: Vec<AgeLimit>,
    /// What the programmes pay.
    pub benefits: Vec<BenefitTable>,
    /// The agency that registers, the controller of the data.
    pub agency: String,
    /// The branch of BPJS Ketenagakerjaan that receives.
    pub bpjs_branch: String,
    /// The least income that is declared, rupiah a month.
    pub income_floor: u64,
    pub consent: Vec<ConsentText>,
}

impl Rules {
    /// The rate table that holds for a contribution month: the one that began last before its end.
    #[must_use]
    pub fn rate_table_in(&self, month: YearMonth) -> Option<&RateTable> {
        self.rate_tables
            .iter()
            .filter(|table| table.valid_from <= month)
            .max_by_key(|table| table.valid_from)
    }

    /// The discount on a programme in a contribution month, the highest if there are several.
    #[must_use]
    pub fn discount_on(
        &self,
        programme: Programme,
        month: YearMonth,
        ask: &Ask,
    ) -> Option<&Discount> {
        self.discounts
            .iter()
            .filter(|discount| discount.programmes.contains(&programme))
            .filter(|discount| {
                discount
                    .transport
                    .is_none_or(|transport| transport == ask.transport)
            })
            .filter(|discount| (discount.from..=discount.to).contains(&month))
            .filter(|discount| !discount.excluded_payers.contains(&ask.payer))
            .max_by_key(|discount| discount.percent)
    }

    /// The age limit that holds on a day.
    #[must_use]
    pub fn age_limit_on(&self, date: Date) -> Option<&AgeLimit> {
        self.age_limits
            .iter()
            .filter(|limit| limit.valid_from <= date)
            .max_by_key(|limit| limit.valid_from)
    }

    /// The consent text in a language, given as `id` or `en`.
    #[must_use]
    pub fn consent_in(&self, language: &str) -> Option<&ConsentText> {
        self.consent.iter().find(|text| text.language == language)
    }
}

/// Monthly rates by declared income.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateTable {
    /// The name under which registrations refer to it.
    pub version: String,
    pub valid_from: YearMonth,
    pub legal_basis: String,
    /// Ordered by lower bound, the first from 0.
    pub tiers: Vec<Tier>,
}

impl RateTable {
    /// The tier of an income: the last whose lower bound it reaches. The printed table leaves gaps of
    /// Rp999 between its rows, so upper bounds are not used.
    #[must_use]
    pub fn tier(&self, income: u64) -> Option<&Tier> {
        self.tiers.iter().rev().find(|tier| tier.from <= income)
    }
}

/// What one month costs from an income on, in rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The least income, rupiah a month.
    pub from: u64,
    /// The income that benefits and contributions are reckoned from.
    pub base: u64,
    pub jkk: u64,
    pub jkm: u64,
    pub jht: u64,
}

/// A part of the contributions that is remitted for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    pub id: String,
    pub legal_basis: String,
    pub percent: u8,
    pub programmes: Vec<Programme>,
    /// `Some(true)` for transport work only, `Some(false)` for all other work only.
    pub transport: Option<bool>,
    /// The first contribution month.
    pub from: YearMonth,
    /// The last contribution month.
    pub to: YearMonth,
    pub excluded_payers: Vec<Payer>,
}

/// Who may register by age, reckoned on the day of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeLimit {
    pub valid_from: Date,
    /// One must be younger than so many years.
    pub under: u32,
    /// One must be at least so many years old, where a programme says so.
    pub minimum: Option<u32>,
    /// From this age on the officer confirms.
    pub confirm_from: u32,
}

/// What a participant is told and asked, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// `id` or `en`.
    pub language: String,
    pub statement: String,
    /// One sentence for each purpose, each with its own tick.
    pub purposes: Vec<(Purpose, String)>,
    /// What happens if the participant does not agree.
    pub refusal: String,
}
