//! What the programmes pay, as it is configured: `src/data/benefits.json`, built into the app beside
//! the rates. Only the page that explains the programme reads it, so it comes with the second part.

use serde::Deserialize;

use super::code::Code;
use super::config::{ConfigError, month};
use crate::domain::{self, Benefit, Confidence, parse_iso};

const BENEFITS: &str = include_str!("../data/benefits.json");

/// The configured benefit tables.
///
/// # Panics
/// Never: a test reads the file that is built in.
#[must_use]
pub fn benefits() -> Vec<domain::BenefitTable> {
    read(BENEFITS).expect("the built-in benefits are tested")
}

fn read(text: &str) -> Result<Vec<domain::BenefitTable>, ConfigError> {
    let file: BenefitsFile = serde_json::from_str(text)?;
    file.benefit_tables
        .into_iter()
        .map(BenefitTable::read)
        .collect()
}

/// `benefits.json`
#[derive(Deserialize)]
struct BenefitsFile {
    benefit_tables: Vec<BenefitTable>,
}

#[derive(Deserialize)]
struct BenefitTable {
    version: String,
    valid_from: String,
    legal_basis: String,
    checked_on: String,
    figures: Vec<BenefitFigure>,
}

#[derive(Deserialize)]
struct BenefitFigure {
    benefit: Code<Benefit>,
    amount: u64,
    confidence: Code<Confidence>,
    source: String,
}

impl BenefitTable {
    fn read(self) -> Result<domain::BenefitTable, ConfigError> {
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
            checked_on: parse_iso(&self.checked_on)
                .map_err(|_| ConfigError::Date(self.checked_on))?,
            figures: figures.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Coded, YearMonth, benefits_in};
    use crate::format::config::rules;

    /// November 2026, for which the figures were written down.
    const NOW: YearMonth = YearMonth {
        year: 2026,
        month: 11,
    };

    #[test]
    fn every_figure_is_there_once_and_says_where_it_was_read() {
        for table in benefits() {
            let named: Vec<_> = table.figures.iter().map(|figure| figure.benefit).collect();
            assert_eq!(named, Benefit::ALL, "{}", table.version);
            for figure in &table.figures {
                assert!(figure.amount > 0, "{figure:?}");
                assert!(figure.source.len() > 8, "{figure:?}");
                let is_percent = figure.benefit.code().ends_with("_percent");
                assert!(!is_percent || figure.amount <= 100, "{figure:?}");
            }
            assert!(!table.legal_basis.is_empty());
        }
    }

    #[test]
    fn the_tables_begin_one_after_the_other_and_were_checked_after_they_began() {
        let tables = benefits();
        assert!(tables.is_sorted_by(|a, b| a.valid_from < b.valid_from));
        for table in &tables {
            assert!(table.valid_from <= YearMonth::of(table.checked_on));
        }
        let first = tables[0].valid_from;
        assert_eq!(first.to_string(), "2019-12");
        let before = YearMonth {
            year: 2019,
            month: 11,
        };
        assert_eq!(benefits_in(&tables, before), None);
        assert_eq!(benefits_in(&tables, NOW), tables.last());
    }

    #[test]
    fn the_sums_are_those_that_bpjs_names() {
        let tables = benefits();
        let table = benefits_in(&tables, NOW).expect("a table");
        let rules = rules();
        let base = rules
            .rate_table_in(NOW)
            .and_then(|rates| rates.tier(0))
            .expect("a tier")
            .base;
        assert_eq!(table.death(), Some(42_000_000));
        assert_eq!(table.death_by_accident(base), Some(70_000_000));
        assert_eq!(table.disability(base), Some(56_000_000));
        // The law lets the lump sum after an accident fall no lower than what JKM pays.
        assert!(base * 80 * 60 / 100 >= table.death().unwrap_or(u64::MAX));
    }

    #[test]
    fn what_is_unsure_is_not_said_and_neither_is_a_sum_of_it() {
        let mut table = benefits().remove(0);
        for figure in &mut table.figures {
            if figure.benefit == Benefit::AccidentBurial {
                figure.confidence = Confidence::Unsure;
            }
        }
        assert_eq!(table.said(Benefit::AccidentBurial), None);
        assert_eq!(table.death_by_accident(1_000_000), None);
        assert_eq!(table.death(), Some(42_000_000));
    }

    #[test]
    fn faulty_figures_name_the_fault() {
        let misdated = BENEFITS.replace("2026-11-22", "2026-11-31");
        let error = read(&misdated).expect_err("November has 30 days");
        assert_eq!(error.to_string(), "no date: 2026-11-31");
        assert!(read(&BENEFITS.replace("jkm_death_rupiah", "jkm_death")).is_err());
        assert!(read(&BENEFITS.replace("\"source\"", "\"read_in\"")).is_err());
    }
}
