//! The rules of enrolment as they are configured: rates, discounts, limits, benefits, names and consent
//! texts.
//!
//! They are files in `src/data`, built into the app, so that a tablet without a network has them and
//! a change of regulation changes a file and no code. The pack of an office may say otherwise.

use serde::Deserialize;

use super::code::Code;
use super::digest::sha256;
use super::rules_record::{
    AgeLimitRecord, BenefitTableRecord, DiscountRecord, RateTableRecord, RulesError, RulesRecord,
};
use crate::domain::{self, Hash, Purpose, Rules};

const CONTRIBUTIONS: &str = include_str!("../data/contributions.json");
const PROGRAMME: &str = include_str!("../data/programme.json");
const BENEFITS: &str = include_str!("../data/benefits.json");
const CONSENT: &str = include_str!("../data/consent.json");

/// The configured rules.
///
/// # Panics
/// Never: a test reads the files that are built in.
#[must_use]
pub fn rules() -> Rules {
    rules_of(&RulesRecord::default(), &[]).expect("the built-in configuration is tested")
}

/// The configured rules with what a pack says: its rates and names, and its consent texts, each in
/// place of the one in its language, or beside the others.
///
/// # Errors
/// Where the pack says something that cannot be reckoned with.
pub fn rules_of(pack: &RulesRecord, consent: &[domain::ConsentText]) -> Result<Rules, RulesError> {
    let mut rules = read(CONTRIBUTIONS, PROGRAMME, BENEFITS)?;
    pack.clone().correct(&mut rules)?;
    let built_in: ConsentFile = serde_json::from_str(CONSENT)?;
    let texts = built_in.texts.into_iter();
    rules.consent = texts.map(|text| text.naming(&rules.agency)).collect();
    for text in consent {
        let mut known = rules.consent.iter_mut();
        match known.find(|known| known.language == text.language) {
            Some(known) => *known = text.clone(),
            None => rules.consent.push(text.clone()),
        }
    }
    Ok(rules)
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

fn read(contributions: &str, programme: &str, benefits: &str) -> Result<Rules, RulesError> {
    let contributions: Contributions = serde_json::from_str(contributions)?;
    let programme: ProgrammeFile = serde_json::from_str(programme)?;
    let benefits: BenefitsFile = serde_json::from_str(benefits)?;
    Ok(Rules {
        rate_tables: contributions
            .rate_tables
            .into_iter()
            .map(RateTableRecord::read)
            .collect::<Result<_, _>>()?,
        discounts: programme
            .discounts
            .into_iter()
            .map(DiscountRecord::read)
            .collect::<Result<_, _>>()?,
        age_limits: programme
            .age_limits
            .into_iter()
            .map(AgeLimitRecord::read)
            .collect::<Result<_, _>>()?,
        benefits: benefits
            .benefit_tables
            .into_iter()
            .map(BenefitTableRecord::read)
            .collect::<Result<_, _>>()?,
        bpjs_branch: programme.bpjs_branch,
        income_floor: programme.income_floor,
        consent: Vec::new(),
        agency: programme.agency,
    })
}

/// `contributions.json`
#[derive(Deserialize)]
struct Contributions {
    rate_tables: Vec<RateTableRecord>,
}

/// `programme.json`
#[derive(Deserialize)]
struct ProgrammeFile {
    agency: String,
    bpjs_branch: String,
    income_floor: u64,
    age_limits: Vec<AgeLimitRecord>,
    discounts: Vec<DiscountRecord>,
}

/// `benefits.json`
#[derive(Deserialize)]
struct BenefitsFile {
    benefit_tables: Vec<BenefitTableRecord>,
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
    fn a_text_of_a_pack_stands_where_the_one_in_its_language_stood() {
        let own = |language: &str| domain::ConsentText {
            language: language.to_owned(),
            statement: "Teks kantor".to_owned(),
            ..rules().consent[0].clone()
        };
        let rules = rules_of(&RulesRecord::default(), &[own("mad"), own("id")]).expect("rules");
        let languages: Vec<&str> = rules
            .consent
            .iter()
            .map(|text| text.language.as_str())
            .collect();
        // The first is asked first.
        assert_eq!(languages, ["id", "en", "mad"]);
        assert_eq!(rules.consent[0].statement, "Teks kantor");
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
        let error = read(CONTRIBUTIONS, &misdated, BENEFITS).expect_err("there is no 13th month");
        assert_eq!(error.to_string(), "no date: 2027-13");
        assert!(read("{}", PROGRAMME, BENEFITS).is_err());
        let misdated = BENEFITS.replace("2026-11-22", "2026-11-31");
        let error = read(CONTRIBUTIONS, PROGRAMME, &misdated).expect_err("there is no 31st");
        assert_eq!(error.to_string(), "no date: 2026-11-31");
        let twice = BENEFITS.replace("jkm_death_rupiah", "jkm_burial_rupiah");
        assert!(read(CONTRIBUTIONS, PROGRAMME, &twice).is_err());
    }
}
