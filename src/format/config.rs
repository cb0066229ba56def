//! The rules of enrolment as they are configured: rates, discounts, limits, names and consent texts.
//!
//! They are files in `src/data`, built into the app, so that a tablet without a network has them and
//! a change of regulation changes a file and no code.

use serde::Deserialize;

use super::code::Code;
use super::digest::sha256;
use crate::domain::{self, Hash, Payer, Programme, Purpose, Rules, YearMonth, parse_iso};

const CONTRIBUTIONS: &str = include_str!("../data/contributions.json");
const PROGRAMME: &str = include_str!("../data/programme.json");
const CONSENT: &str = include_str!("../data/consent.json");

/// The configured rules.
///
/// # Panics
/// Never: a test reads the files that are built in.
#[must_use]
pub fn rules() -> Rules {
    read(CONTRIBUTIONS, PROGRAMME, CONSENT).expect("the built-in configuration is tested")
}

/// The fingerprint of a consent text as it is read aloud: statement, one line for each purpose,
/// refusal, parted by line feeds. It proves later which text a participant agreed to.
#[must_use]
pub fn text_version(text: &domain::ConsentText) -> Hash {
    let purposes = text.purposes.iter().map(|(_, sentence)| sentence.as_str());
    let lines: Vec<&str> = [text.statement.as_str()]
        .into_iter()
        .chain(purposes)
        .chain([text.refusal.as_str()])
        .collect();
    sha256(lines.join("\n").as_bytes())
}

/// Why configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("no date: {0}")]
    Date(String),
}

fn read(contributions: &str, programme: &str, consent: &str) -> Result<Rules, ConfigError> {
    let contributions: Contributions = serde_json::from_str(contributions)?;
    let programme: ProgrammeFile = serde_json::from_str(programme)?;
    let consent: ConsentFile = serde_json::from_str(consent)?;
    Ok(Rules {
        rate_tables: contributions
            .rate_tables
            .into_iter()
            .map(RateTable::read)
            .collect::<Result<_, _>>()?,
        discounts: programme
            .discounts
            .into_iter()
            .map(Discount::read)
            .collect::<Result<_, _>>()?,
        age_limits: programme
            .age_limits
            .into_iter()
            .map(AgeLimit::read)
            .collect::<Result<_, _>>()?,
        bpjs_branch: programme.bpjs_branch,
        income_floor: programme.income_floor,
        consent: consent
            .texts
            .into_iter()
            .map(|text| text.naming(&programme.agency))
            .collect(),
        agency: programme.agency,
    })
}

/// `contributions.json`
#[derive(Deserialize)]
struct Contributions {
    rate_tables: Vec<RateTable>,
}

#[derive(Deserialize)]
struct RateTable {
    version: String,
    valid_from: String,
    legal_basis: String,
    tiers: Vec<Tier>,
}

#[derive(Deserialize)]
struct Tier {
    from: u64,
    base: u64,
    jkk: u64,
    jkm: u64,
    jht: u64,
}

impl RateTable {
    fn read(self) -> Result<domain::RateTable, ConfigError> {
        let tiers = self.tiers.into_iter().map(
            |Tier {
                 from,
                 base,
                 jkk,
                 jkm,
                 jht,
             }| domain::Tier {
                from,
                base,
                jkk,
                jkm,
                jht,
            },
        );
        Ok(domain::RateTable {
            version: self.version,
            valid_from: month(self.valid_from)?,
            legal_basis: self.legal_basis,
            tiers: tiers.collect(),
        })
    }
}

/// `programme.json`
#[derive(Deserialize)]
struct ProgrammeFile {
    agency: String,
    bpjs_branch: String,
    income_floor: u64,
    age_limits: Vec<AgeLimit>,
    discounts: Vec<Discount>,
}

#[derive(Deserialize)]
struct AgeLimit {
    valid_from: String,
    under: u32,
    minimum: Option<u32>,
    confirm_from: u32,
}

impl AgeLimit {
    fn read(self) -> Result<domain::AgeLimit, ConfigError> {
        Ok(domain::AgeLimit {
            valid_from: parse_iso(&self.valid_from)
                .map_err(|_| ConfigError::Date(self.valid_from))?,
            under: self.under,
            minimum: self.minimum,
            confirm_from: self.confirm_from,
        })
    }
}

#[derive(Deserialize)]
struct Discount {
    id: String,
    legal_basis: String,
    percent: u8,
    programmes: Vec<Code<Programme>>,
    transport: Option<bool>,
    from: String,
    to: String,
    excluded_payers: Vec<Code<Payer>>,
}

impl Discount {
    fn read(self) -> Result<domain::Discount, ConfigError> {
        Ok(domain::Discount {
            id: self.id,
            legal_basis: self.legal_basis,
            percent: self.percent,
            programmes: self.programmes.into_iter().map(|code| code.0).collect(),
            transport: self.transport,
            from: month(self.from)?,
            to: month(self.to)?,
            excluded_payers: self
                .excluded_payers
                .into_iter()
                .map(|code| code.0)
                .collect(),
        })
    }
}

/// `consent.json`
#[derive(Deserialize)]
struct ConsentFile {
    texts: Vec<ConsentText>,
}

#[derive(Deserialize)]
struct ConsentText {
    language: String,
    statement: String,
    purposes: Vec<PurposeText>,
    refusal: String,
}

#[derive(Deserialize)]
struct PurposeText {
    purpose: Code<Purpose>,
    text: String,
}

impl ConsentText {
    /// The text with the agency's name in place of `{agency}`.
    fn naming(self, agency: &str) -> domain::ConsentText {
        let named = |text: String| text.replace("{agency}", agency);
        domain::ConsentText {
            language: self.language,
            statement: named(self.statement),
            purposes: self
                .purposes
                .into_iter()
                .map(|asked| (asked.purpose.0, named(asked.text)))
                .collect(),
            refusal: named(self.refusal),
        }
    }
}

pub(super) fn month(text: String) -> Result<YearMonth, ConfigError> {
    YearMonth::parse(&text).ok_or(ConfigError::Date(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Coded;

    #[test]
    fn the_built_in_configuration_is_whole() {
        let rules = rules();
        assert_eq!(rules.income_floor, 1_000_000);
        assert_eq!(rules.age_limits.len(), 1);
        assert!(!rules.agency.is_empty() && !rules.bpjs_branch.is_empty());
        for table in &rules.rate_tables {
            assert_eq!(table.tiers.first().map(|tier| tier.from), Some(0));
            assert!(table.tiers.is_sorted_by(|a, b| a.from < b.from));
        }
        assert!(
            rules
                .discounts
                .iter()
                .all(|discount| discount.from <= discount.to && discount.percent <= 100)
        );
    }

    #[test]
    fn every_consent_text_asks_every_purpose_and_names_who_receives() {
        let rules = rules();
        assert_eq!(
            rules
                .consent
                .iter()
                .map(|text| text.language.as_str())
                .collect::<Vec<_>>(),
            ["id", "en"]
        );
        for text in &rules.consent {
            let purposes: Vec<_> = text.purposes.iter().map(|(purpose, _)| *purpose).collect();
            assert_eq!(purposes, Purpose::ALL);
            assert!(
                text.statement.contains(&rules.agency)
                    && text.statement.contains("BPJS Ketenagakerjaan")
            );
            let sentences = text.purposes.iter().map(|(_, sentence)| sentence);
            assert!(
                sentences
                    .chain([&text.statement, &text.refusal])
                    .all(|shown| !shown.contains(['{', '}']))
            );
        }
    }

    #[test]
    fn every_word_of_a_consent_text_counts_for_its_version() {
        let text = &rules().consent[0];
        let mut changed = [text.clone(), text.clone(), text.clone()];
        changed[0].statement.push('.');
        changed[1].purposes[2].1.push('.');
        changed[2].refusal.push('.');
        assert!(
            changed
                .iter()
                .all(|other| text_version(other) != text_version(text))
        );
    }

    #[test]
    fn faulty_configuration_names_the_fault() {
        let misdated = PROGRAMME.replace("2027-03", "2027-13");
        let error = read(CONTRIBUTIONS, &misdated, CONSENT).expect_err("there is no 13th month");
        assert_eq!(error.to_string(), "no date: 2027-13");
        assert!(read("{}", PROGRAMME, CONSENT).is_err());
    }
}
