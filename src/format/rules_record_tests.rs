use super::*;
use crate::domain::{BenefitTable, Coded, benefits_in};
use crate::format::config::{rules, rules_of};

fn benefits() -> Vec<BenefitTable> {
    rules().benefits
}

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

fn said(json: serde_json::Value) -> RulesRecord {
    serde_json::from_value(json).expect("rules of a pack")
}

fn corrected(json: serde_json::Value) -> Result<Rules, String> {
    rules_of(&said(json), &[]).map_err(|error| error.to_string())
}

fn table(version: &str, valid_from: &str) -> serde_json::Value {
    serde_json::json!({
        "version": version, "valid_from": valid_from, "legal_basis": "PP 1/2027",
        "tiers": [{ "from": 0, "base": 1_000_000, "jkk": 11_000, "jkm": 7_000, "jht": 20_000 }]
    })
}

#[test]
fn a_pack_that_says_nothing_leaves_all_as_it_is_built_in() {
    assert!(said(serde_json::json!({})).is_empty());
    assert_eq!(corrected(serde_json::json!({})), Ok(rules()));
}

#[test]
fn a_rate_table_of_a_pack_holds_from_its_month_on() {
    let later = YearMonth {
        year: 2027,
        month: 1,
    };
    let json = serde_json::json!({ "rate_tables": [table("pp-1-2027", "2027-01")] });
    let rules = corrected(json).expect("rules");
    let version = |month| {
        rules
            .rate_table_in(month)
            .map(|table| table.version.as_str())
    };
    assert_eq!(version(NOW), Some("pp-44-2015"));
    assert_eq!(version(later), Some("pp-1-2027"));
    // A wrong one is put right under a name of its own.
    let json = serde_json::json!({ "rate_tables": [table("pp-44-2015-b", "2015-07")] });
    let rules = corrected(json).expect("rules");
    assert_eq!(rules.rate_tables.len(), 1);
    assert_eq!(rules.rate_tables[0].tiers[0].jkk, 11_000);
}

#[test]
fn a_discount_that_goes_on_takes_the_place_of_the_one_with_its_id() {
    let json = serde_json::json!({ "discounts": [{
        "id": "pp-50-2025-others", "legal_basis": "PP 2/2026", "percent": 50, "programmes": ["jkk", "jkm"],
        "transport": false, "from": "2026-04", "to": "2027-12", "excluded_payers": ["public_budget"]
    }] });
    let discounts = corrected(json).expect("rules").discounts;
    assert_eq!(discounts.len(), rules().discounts.len());
    let ends = discounts
        .iter()
        .find(|known| known.id == "pp-50-2025-others");
    assert_eq!(
        ends.map(|found| found.to.to_string()).as_deref(),
        Some("2027-12")
    );
}

#[test]
fn the_agency_of_a_pack_stands_in_the_consent_texts_too() {
    let json = serde_json::json!({ "agency": "Dinas Contoh", "income_floor": 1_200_000 });
    let rules = corrected(json).expect("rules");
    assert_eq!(
        (rules.agency.as_str(), rules.income_floor),
        ("Dinas Contoh", 1_200_000)
    );
    assert!(
        rules
            .consent
            .iter()
            .all(|text| text.statement.contains("Dinas Contoh"))
    );
}

#[test]
fn what_cannot_be_reckoned_with_is_named() {
    let mut wrong = table("pp-1-2027", "2027-01");
    wrong["tiers"][0]["from"] = 1.into();
    let tables = |table: serde_json::Value| serde_json::json!({ "rate_tables": [table] });
    let told = corrected(tables(wrong)).expect_err("no tier from 0");
    assert!(told.contains("pp-1-2027"), "{told}");
    let told = corrected(tables(table("pp-1-2027", "2027-13"))).expect_err("no month");
    assert_eq!(told, "no date: 2027-13");
    // Registrations name their table: one name is one table.
    let told = corrected(tables(table("pp-44-2015", "2015-07"))).expect_err("another table");
    assert!(told.contains("pp-44-2015"), "{told}");
    let discount = serde_json::json!({ "discounts": [{
        "id": "wrong", "legal_basis": "-", "percent": 101, "programmes": [], "from": "2026-01", "to": "2026-01",
        "excluded_payers": []
    }] });
    assert!(
        corrected(discount)
            .expect_err("101 percent")
            .contains("wrong")
    );
}
