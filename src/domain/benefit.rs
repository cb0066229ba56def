//! What the programmes pay, as dated figures that each name where they were found.
//!
//! A figure that was not confirmed is never said: [`BenefitTable::said`] gives nothing for it, and
//! the screens leave the sentence out or send people to BPJS Ketenagakerjaan.

use super::code::coded;
use super::date::{Date, YearMonth};

coded! {
    /// What is paid, each a whole number in the unit that its code ends with.
    pub enum Benefit {
        /// Percent of the declared income while an accident at work keeps somebody from working.
        AccidentIncome => "jkk_income_percent",
        /// For so many months.
        AccidentIncomeMonths => "jkk_income_months",
        /// Percent of the declared income after these months.
        AccidentIncomeLater => "jkk_income_later_percent",
        /// The way to treatment over land, at most.
        TransportLand => "jkk_transport_land_rupiah",
        /// By sea, at most.
        TransportSea => "jkk_transport_sea_rupiah",
        /// By air, at most.
        TransportAir => "jkk_transport_air_rupiah",
        /// The part of so many months' income for whom an accident at work killed.
        AccidentDeath => "jkk_death_percent",
        /// The part of so many months' income for who can never work again.
        Disability => "jkk_disability_percent",
        /// The months' income of which both are a part.
        AccidentMonths => "jkk_lump_months",
        /// The periodic payment after a death by an accident at work, paid at once.
        AccidentPeriodic => "jkk_periodic_rupiah",
        /// The burial after a death by an accident at work.
        AccidentBurial => "jkk_burial_rupiah",
        /// Scholarships for all children together, at most.
        Scholarship => "jkk_scholarship_rupiah",
        /// For so many children at most.
        ScholarshipChildren => "jkk_scholarship_children",
        /// The lump sum after any other death.
        Death => "jkm_death_rupiah",
        /// The periodic payment after any other death, paid at once.
        DeathPeriodic => "jkm_periodic_rupiah",
        /// The burial after any other death.
        DeathBurial => "jkm_burial_rupiah",
        /// From so many years of contributions on there are scholarships after any other death.
        DeathScholarshipYears => "jkm_scholarship_years",
        /// For so many children at most.
        DeathScholarshipChildren => "jkm_scholarship_children",
        /// The age at which the savings are paid out.
        SavingsAge => "jht_age_years",
    }
}

coded! {
    /// How sure a figure is.
    pub enum Confidence {
        /// The statute, BPJS itself, or several sources that agree.
        Confirmed => "confirmed",
        /// One decent source.
        Reported => "reported",
        /// Sources that contradict each other, or a guess.
        Unsure => "unsure",
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitFigure {
    pub benefit: Benefit,
    pub amount: u64,
    pub confidence: Confidence,
    /// Statute and article, or where it was read.
    pub source: String,
}

/// The figures that hold from a month on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitTable {
    pub version: String,
    pub valid_from: YearMonth,
    pub legal_basis: String,
    /// The day on which the figures were last held against their sources.
    pub checked_on: Date,
    pub figures: Vec<BenefitFigure>,
}

/// The table that holds in a month: the one that began last before its end.
#[must_use]
pub fn benefits_in(tables: &[BenefitTable], month: YearMonth) -> Option<&BenefitTable> {
    tables
        .iter()
        .filter(|table| table.valid_from <= month)
        .max_by_key(|table| table.valid_from)
}

impl BenefitTable {
    /// A figure, if it is sure enough to be told to people.
    #[must_use]
    pub fn said(&self, benefit: Benefit) -> Option<u64> {
        self.figures
            .iter()
            .find(|figure| figure.benefit == benefit && figure.confidence != Confidence::Unsure)
            .map(|figure| figure.amount)
    }

    /// What a family receives after a death that no accident at work caused, rupiah
    /// (PP 82/2019 Lampiran III).
    #[must_use]
    pub fn death(&self) -> Option<u64> {
        Some(
            self.said(Benefit::Death)?
                + self.said(Benefit::DeathPeriodic)?
                + self.said(Benefit::DeathBurial)?,
        )
    }

    /// What a family receives after a death by an accident at work, rupiah, from the base of the
    /// income's tier: 60 % of 80 months' income, the periodic payment and the burial
    /// (PP 82/2019 Lampiran III).
    #[must_use]
    pub fn death_by_accident(&self, base: u64) -> Option<u64> {
        Some(
            self.part_of_income(Benefit::AccidentDeath, base)?
                + self.said(Benefit::AccidentPeriodic)?
                + self.said(Benefit::AccidentBurial)?,
        )
    }

    /// The lump sum for who can never work again after an accident at work, rupiah, from the base of
    /// the income's tier: 70 % of 80 months' income (PP 82/2019 Lampiran III).
    #[must_use]
    pub fn disability(&self, base: u64) -> Option<u64> {
        self.part_of_income(Benefit::Disability, base)
    }

    fn part_of_income(&self, percent: Benefit, base: u64) -> Option<u64> {
        Some(base * self.said(Benefit::AccidentMonths)? * self.said(percent)? / 100)
    }

    /// Where the figures were read, each place once, in the order of the figures.
    #[must_use]
    pub fn sources(&self) -> Vec<&str> {
        let mut sources: Vec<&str> = Vec::new();
        for figure in &self.figures {
            if !sources.contains(&figure.source.as_str()) {
                sources.push(&figure.source);
            }
        }
        sources
    }
}
