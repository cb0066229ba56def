use proptest::prelude::*;

use super::*;
use crate::domain::programme::Tier;
use crate::format::config::rules;

/// PP 44/2015 Lampiran II: income from, base, JKK, JHT, JKK+JKM, the same with 50 % off, all three.
const TABLE: [[u64; 7]; 33] = [
    [0, 1_000_000, 10_000, 20_000, 16_800, 8_400, 36_800],
    [1_100_000, 1_200_000, 12_000, 24_000, 18_800, 9_400, 42_800],
    [1_300_000, 1_400_000, 14_000, 28_000, 20_800, 10_400, 48_800],
    [1_500_000, 1_600_000, 16_000, 32_000, 22_800, 11_400, 54_800],
    [1_700_000, 1_800_000, 18_000, 36_000, 24_800, 12_400, 60_800],
    [1_900_000, 2_000_000, 20_000, 40_000, 26_800, 13_400, 66_800],
    [2_100_000, 2_200_000, 22_000, 44_000, 28_800, 14_400, 72_800],
    [2_300_000, 2_400_000, 24_000, 48_000, 30_800, 15_400, 78_800],
    [2_500_000, 2_600_000, 26_000, 52_000, 32_800, 16_400, 84_800],
    [2_700_000, 2_950_000, 29_500, 59_000, 36_300, 18_150, 95_300],
    [
        3_200_000, 3_450_000, 34_500, 69_000, 41_300, 20_650, 110_300,
    ],
    [
        3_700_000, 3_950_000, 39_500, 79_000, 46_300, 23_150, 125_300,
    ],
    [
        4_200_000, 4_450_000, 44_500, 89_000, 51_300, 25_650, 140_300,
    ],
    [
        4_700_000, 4_950_000, 49_500, 99_000, 56_300, 28_150, 155_300,
    ],
    [
        5_200_000, 5_450_000, 54_500, 109_000, 61_300, 30_650, 170_300,
    ],
    [
        5_700_000, 5_950_000, 59_500, 119_000, 66_300, 33_150, 185_300,
    ],
    [
        6_200_000, 6_450_000, 64_500, 129_000, 71_300, 35_650, 200_300,
    ],
    [
        6_700_000, 6_950_000, 69_500, 139_000, 76_300, 38_150, 215_300,
    ],
    [
        7_200_000, 7_450_000, 74_500, 149_000, 81_300, 40_650, 230_300,
    ],
    [
        7_700_000, 7_950_000, 79_500, 159_000, 86_300, 43_150, 245_300,
    ],
    [
        8_200_000, 8_700_000, 87_000, 174_000, 93_800, 46_900, 267_800,
    ],
    [
        9_200_000, 9_700_000, 97_000, 194_000, 103_800, 51_900, 297_800,
    ],
    [
        10_200_000, 10_700_000, 107_000, 214_000, 113_800, 56_900, 327_800,
    ],
    [
        11_200_000, 11_700_000, 117_000, 234_000, 123_800, 61_900, 357_800,
    ],
    [
        12_200_000, 12_700_000, 127_000, 254_000, 133_800, 66_900, 387_800,
    ],
    [
        13_200_000, 13_700_000, 137_000, 274_000, 143_800, 71_900, 417_800,
    ],
    [
        14_200_000, 14_700_000, 147_000, 294_000, 153_800, 76_900, 447_800,
    ],
    [
        15_200_000, 15_700_000, 157_000, 314_000, 163_800, 81_900, 477_800,
    ],
    [
        16_200_000, 16_700_000, 167_000, 334_000, 173_800, 86_900, 507_800,
    ],
    [
        17_200_000, 17_700_000, 177_000, 354_000, 183_800, 91_900, 537_800,
    ],
    [
        18_200_000, 18_700_000, 187_000, 374_000, 193_800, 96_900, 567_800,
    ],
    [
        19_200_000, 19_700_000, 197_000, 394_000, 203_800, 101_900, 597_800,
    ],
    [
        20_200_000, 20_700_000, 207_000, 414_000, 213_800, 106_900, 627_800,
    ],
];

const PAIR: [Programme; 2] = [Programme::Jkk, Programme::Jkm];
const ALL: [Programme; 3] = [Programme::Jkk, Programme::Jkm, Programme::Jht];

/// A trader of the lowest tier who pays one month of JKK and JKM in January 2027, without discount.
fn ask() -> Ask {
    Ask {
        income: 0,
        programmes: PAIR.to_vec(),
        payer: Payer::Myself,
        transport: false,
        start: month("2027-01"),
        months: 1,
    }
}

fn month(text: &str) -> YearMonth {
    YearMonth::parse(text).expect("a month")
}

fn total(ask: &Ask) -> u64 {
    contributions(&rules(), ask).expect("a price").total
}

fn monthly(ask: &Ask) -> Vec<u64> {
    contributions(&rules(), ask)
        .expect("a price")
        .months
        .iter()
        .map(|month| month.total)
        .collect()
}

#[test]
fn all_33_tiers_are_those_of_the_regulation() {
    let rules = rules();
    let table = rules.rate_table_in(month("2026-11")).expect("a table");
    let expected = TABLE.map(|[from, base, jkk, jht, ..]| Tier {
        from,
        base,
        jkk,
        jkm: 6_800,
        jht,
    });
    assert_eq!(table.tiers, expected);
    for [from, _, _, _, pair, halved, all] in TABLE {
        let full = Ask {
            income: from,
            ..ask()
        };
        assert_eq!(total(&full), pair);
        assert_eq!(
            total(&Ask {
                start: month("2026-11"),
                ..full.clone()
            }),
            halved
        );
        assert_eq!(
            total(&Ask {
                programmes: ALL.to_vec(),
                ..full
            }),
            all
        );
    }
}

#[test]
fn a_tier_holds_from_its_lower_bound_to_the_next() {
    for pair in TABLE.windows(2) {
        let [below, above] = [pair[0], pair[1]];
        let at = |income| total(&Ask { income, ..ask() });
        assert_eq!(at(above[0] - 1), below[4]);
        assert_eq!(at(above[0]), above[4]);
        assert_eq!(at(above[0] + 1), above[4]);
    }
    assert_eq!(
        total(&Ask {
            income: u64::MAX,
            ..ask()
        }),
        213_800
    );
}

#[test]
fn the_gaps_of_rp_999_in_the_printed_table_belong_to_the_tier_below() {
    for pair in TABLE.windows(2) {
        for income in [pair[1][0] - 999, pair[1][0] - 500, pair[1][0] - 1] {
            assert_eq!(total(&Ask { income, ..ask() }), pair[0][4], "{income}");
        }
    }
}

#[test]
fn the_discount_for_traders_is_april_to_december_2026() {
    for (start, price) in [
        ("2025-12", 16_800),
        ("2026-01", 16_800),
        ("2026-03", 16_800),
        ("2026-04", 8_400),
        ("2026-12", 8_400),
        ("2027-01", 16_800),
    ] {
        assert_eq!(
            total(&Ask {
                start: month(start),
                ..ask()
            }),
            price,
            "{start}"
        );
    }
}

#[test]
fn the_discount_for_transport_is_january_2026_to_march_2027() {
    for (start, price) in [
        ("2025-12", 16_800),
        ("2026-01", 8_400),
        ("2027-01", 8_400),
        ("2027-03", 8_400),
        ("2027-04", 16_800),
    ] {
        assert_eq!(
            total(&Ask {
                start: month(start),
                transport: true,
                ..ask()
            }),
            price,
            "{start}"
        );
    }
}

#[test]
fn a_period_across_the_end_of_the_discount_is_priced_month_by_month() {
    let six_months = Ask {
        start: month("2026-11"),
        months: 6,
        ..ask()
    };
    assert_eq!(
        monthly(&six_months),
        [8_400, 8_400, 16_800, 16_800, 16_800, 16_800]
    );
    assert_eq!(total(&six_months), 84_000);
    assert_eq!(
        monthly(&Ask {
            transport: true,
            ..six_months
        }),
        [8_400, 8_400, 8_400, 8_400, 8_400, 16_800]
    );
}

#[test]
fn the_discount_is_named_where_it_is_taken_off() {
    let ask = Ask {
        start: month("2026-12"),
        months: 3,
        programmes: ALL.to_vec(),
        ..ask()
    };
    let priced = contributions(&rules(), &ask).expect("a price");
    let names: Vec<_> = priced
        .months
        .iter()
        .map(|month| month.discount.as_deref())
        .collect();
    assert_eq!(names, [Some("pp-50-2025-others"), None, None]);
    let december = &priced.months[0];
    assert_eq!(
        (december.jkk, december.jkm, december.jht),
        (5_000, 3_400, 20_000)
    );
    assert_eq!(priced.rate_table, "pp-44-2015");
    let old_age_only = Ask {
        programmes: vec![Programme::Jht],
        ..ask
    };
    assert!(
        contributions(&rules(), &old_age_only)
            .expect("a price")
            .months
            .iter()
            .all(|month| month.discount.is_none())
    );
}

#[test]
fn without_programme_or_table_there_is_no_price() {
    assert_eq!(
        contributions(
            &rules(),
            &Ask {
                programmes: vec![],
                ..ask()
            }
        ),
        Err(ContributionError::NoProgramme)
    );
    let early = month("2015-06");
    assert_eq!(
        contributions(
            &rules(),
            &Ask {
                start: early,
                ..ask()
            }
        ),
        Err(ContributionError::NoRateTable { month: early })
    );
}

#[test]
fn a_period_across_a_change_of_rates_names_both_tables() {
    let mut rules = rules();
    let mut next = rules.rate_tables[0].clone();
    next.version = "next".to_owned();
    next.valid_from = month("2027-02");
    next.tiers[0].jkm = 7_800;
    rules.rate_tables.insert(0, next);
    let priced = contributions(&rules, &Ask { months: 3, ..ask() }).expect("a price");
    assert_eq!(priced.rate_table, "pp-44-2015+next");
    assert_eq!(
        priced
            .months
            .iter()
            .map(|month| month.jkm)
            .collect::<Vec<_>>(),
        [6_800, 7_800, 7_800]
    );
}

#[test]
fn an_odd_amount_is_discounted_in_whole_rupiah() {
    let mut rules = rules();
    rules.rate_tables[0].tiers[0].jkm = 6_801;
    let priced = contributions(
        &rules,
        &Ask {
            start: month("2026-11"),
            ..ask()
        },
    )
    .expect("a price");
    assert_eq!(priced.months[0].jkm, 3_401);
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let programmes = prop::sample::subsequence(ALL.to_vec(), 1..=3);
    let payer = prop::sample::select(vec![Payer::Myself, Payer::PublicBudget, Payer::Other]);
    let period = prop::sample::select(vec![1, 3, 6, 12]);
    (
        0..30_000_000u64,
        programmes,
        payer,
        any::<bool>(),
        0..36u32,
        period,
    )
        .prop_map(|(income, programmes, payer, transport, after, months)| {
            let start = month("2025-06").plus(after);
            Ask {
                income,
                programmes,
                payer,
                transport,
                start,
                months,
            }
        })
}

proptest! {
    #[test]
    fn the_months_add_up(ask in any_ask()) {
        let priced = contributions(&rules(), &ask).expect("a price");
        prop_assert_eq!(priced.months.len(), usize::from(ask.months));
        prop_assert_eq!(priced.total, priced.months.iter().map(|month| month.total).sum::<u64>());
        for (passed, month) in priced.months.iter().enumerate() {
            prop_assert_eq!(month.total, month.jkk + month.jkm + month.jht);
            prop_assert_eq!(month.month, ask.start.plus(u32::try_from(passed).expect("few")));
            for (programme, amount) in [(Programme::Jkk, month.jkk), (Programme::Jkm, month.jkm), (Programme::Jht, month.jht)] {
                prop_assert_eq!(amount > 0, ask.programmes.contains(&programme));
            }
        }
    }

    #[test]
    fn public_budget_is_never_discounted(ask in any_ask()) {
        let ask = Ask { payer: Payer::PublicBudget, ..ask };
        let priced = contributions(&rules(), &ask).expect("a price");
        prop_assert!(priced.months.iter().all(|month| month.discount.is_none() && month.total == priced.months[0].total));
    }

    #[test]
    fn old_age_is_never_discounted(ask in any_ask()) {
        let ask = Ask { programmes: vec![Programme::Jht], ..ask };
        let priced = contributions(&rules(), &ask).expect("a price");
        prop_assert!(priced.months.iter().all(|month| month.jht == priced.months[0].jht && month.discount.is_none()));
    }

    #[test]
    fn who_earns_more_never_pays_less(ask in any_ask(), more in 0..5_000_000u64) {
        let richer = Ask { income: ask.income + more, ..ask.clone() };
        prop_assert!(total(&ask) <= total(&richer));
    }
}
