//! Provinces, regencies and districts of the Ministry of Home Affairs, present and retired, and the
//! kelurahan of Kota Probolinggo with their postal codes.
//!
//! The lists are in `src/data`, whose `SOURCES.md` says where they come from. A NIK keeps the code of
//! the district in which it was given, so retired codes stay valid and unknown ones are only unusual.

use std::sync::LazyLock;

use super::search::normalise;

/// The regency code of Kota Probolinggo. Kabupaten Probolinggo, which surrounds it, is 35.13.
pub const CITY: &str = "35.74";

/// Dotted code and name of provinces and regencies, ordered by code.
const REGIONS: &str = include_str!("../data/regions.tsv");
/// Four digits of a regency and the joined two-digit codes of its districts, ordered by code.
const DISTRICTS: &str = include_str!("../data/districts.tsv");
/// Code, name and last list of regencies and districts that are gone.
const RETIRED: &str = include_str!("../data/retired.tsv");
/// The city's kecamatan, each followed by its kelurahan with the postal code.
const CITY_PLACES: &str = include_str!("../data/city.tsv");

/// What is known of the region in the first six digits of a NIK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NikRegion {
    /// Six digits: province, regency, district.
    pub code: String,
    /// The regency's name today, if there is a regency with this code today.
    pub regency: Option<&'static str>,
    /// The district's name; only those of Kota Probolinggo are carried.
    pub district: Option<&'static str>,
    pub state: RegionState,
}

/// Whether a region code is in the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionState {
    Current,
    /// The code was given up when regions were split or renumbered.
    Retired {
        name: String,
        /// The year of the last list that had it.
        last_list: String,
    },
    Unknown,
}

impl NikRegion {
    /// Looks up six digits. A code that is in no list at all is [`RegionState::Unknown`].
    pub(super) fn of(code: &str) -> Self {
        let (regency, district) = (
            code.get(..4).unwrap_or_default(),
            code.get(4..).unwrap_or_default(),
        );
        let dotted = |parts: [&str; 2]| parts.join(".");
        let regency_dotted = dotted([
            regency.get(..2).unwrap_or_default(),
            regency.get(2..).unwrap_or_default(),
        ]);
        let state = if districts_of(regency).any(|known| known == district) {
            RegionState::Current
        } else {
            retired(code)
                .or_else(|| retired(regency))
                .unwrap_or(RegionState::Unknown)
        };
        Self {
            code: code.to_owned(),
            regency: regency_name(&regency_dotted),
            district: kecamatan(&dotted([&regency_dotted, district])).map(|found| found.name),
            state,
        }
    }
}

/// A district of Kota Probolinggo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kecamatan {
    /// As `35.74.05`.
    pub code: &'static str,
    pub name: &'static str,
    pub kelurahan: Vec<Kelurahan>,
}

/// A ward of Kota Probolinggo. Five of them are named like a kecamatan: tell them apart by the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kelurahan {
    /// As `35.74.05.1005`.
    pub code: &'static str,
    pub name: &'static str,
    /// Five digits.
    pub postal_code: &'static str,
}

/// The five kecamatan of Kota Probolinggo and their 29 kelurahan, ordered by code.
#[must_use]
pub fn city_kecamatan() -> &'static [Kecamatan] {
    static ALL: LazyLock<Vec<Kecamatan>> = LazyLock::new(|| {
        let mut all: Vec<Kecamatan> = Vec::new();
        for row in rows(CITY_PLACES) {
            match (row, all.last_mut()) {
                ([code, name, ""], _) => all.push(Kecamatan {
                    code,
                    name,
                    kelurahan: Vec::new(),
                }),
                ([code, name, postal_code], Some(kecamatan)) => {
                    kecamatan.kelurahan.push(Kelurahan {
                        code,
                        name,
                        postal_code,
                    });
                }
                (_, None) => unreachable!("the list starts with a kecamatan"),
            }
        }
        all
    });
    &ALL
}

/// The kecamatan of Kota Probolinggo with this code.
#[must_use]
pub fn kecamatan(code: &str) -> Option<&'static Kecamatan> {
    city_kecamatan()
        .iter()
        .find(|kecamatan| kecamatan.code == code)
}

/// The kelurahan of Kota Probolinggo with this code.
#[must_use]
pub fn kelurahan(code: &str) -> Option<&'static Kelurahan> {
    city_kecamatan()
        .iter()
        .flat_map(|kecamatan| &kecamatan.kelurahan)
        .find(|kelurahan| kelurahan.code == code)
}

/// Spellings of older lists and of the press, without spaces, and what they are today.
const OLD_SPELLINGS: [(&str, &str); 2] = [("kedopak", "kedopok"), ("kedupok", "kedopok")];

/// The kelurahan of Kota Probolinggo that a list means: by name in any case and spacing (`KEDUNGASEM`,
/// `Kel. Kedung Asem`), by an older spelling, or by its code with or without dots.
#[must_use]
pub fn kelurahan_named(written: &str) -> Option<&'static Kelurahan> {
    let plain = normalise(written);
    let name = match plain.split_once(' ') {
        Some(("kelurahan" | "kel" | "desa" | "ds", name)) => name,
        _ => &plain,
    };
    let name = name.replace(' ', "");
    let name = OLD_SPELLINGS
        .iter()
        .find(|(old, _)| *old == name)
        .map_or(&*name, |(_, today)| today);
    city_kecamatan()
        .iter()
        .flat_map(|kecamatan| &kecamatan.kelurahan)
        .find(|kelurahan| {
            normalise(kelurahan.name).replace(' ', "") == name
                || kelurahan.code.replace('.', "") == name
        })
}

/// The kecamatan that the kelurahan with this code belongs to.
#[must_use]
pub fn kecamatan_of(kelurahan_code: &str) -> Option<&'static Kecamatan> {
    kecamatan(kelurahan(kelurahan_code)?.code.get(..8)?)
}

/// Code and name of every regency and city of the country, ordered by code: `("35.13", "Kabupaten Probolinggo")`.
pub fn regencies() -> impl Iterator<Item = (&'static str, &'static str)> {
    regions().filter(|(code, _)| code.len() == 5)
}

/// The code of a regency or city by its name, in any case.
#[must_use]
pub fn regency_code(name: &str) -> Option<&'static str> {
    let name = name.trim();
    regencies()
        .find(|(_, known)| known.eq_ignore_ascii_case(name))
        .map(|(code, _)| code)
}

/// The name of the regency or city with this code, as `35.13`.
#[must_use]
pub fn regency_name(code: &str) -> Option<&'static str> {
    regencies()
        .find(|(known, _)| *known == code)
        .map(|(_, name)| name)
}

/// The name of the province with this code of two digits.
#[must_use]
pub fn province_name(code: &str) -> Option<&'static str> {
    regions()
        .find(|(known, _)| known.len() == 2 && *known == code)
        .map(|(_, name)| name)
}

fn regions() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(REGIONS).map(|[code, name, _]| (code, name))
}

/// The two-digit codes of the districts of a regency given by four digits.
fn districts_of(regency: &str) -> impl Iterator<Item = &'static str> {
    let joined = rows(DISTRICTS)
        .find(|[code, ..]| *code == regency)
        .map_or("", |[_, joined, _]| joined);
    (0..joined.len())
        .step_by(2)
        .filter_map(move |start| joined.get(start..start + 2))
}

fn retired(code: &str) -> Option<RegionState> {
    rows(RETIRED)
        .find(|[known, ..]| *known == code)
        .map(|[_, name, last_list]| RegionState::Retired {
            name: name.to_owned(),
            last_list: last_list.to_owned(),
        })
}

/// The rows of a list: up to three columns, parted by tabs; what is missing is empty.
fn rows(list: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    list.lines().map(|line| {
        let mut columns = line.split('\t');
        [(); 3].map(|()| columns.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        assert_eq!(regencies().count(), 514);
        assert_eq!(regions().count(), 514 + 38);
        assert_eq!(
            regencies()
                .map(|(code, _)| districts_of(&code.replace('.', "")).count())
                .sum::<usize>(),
            7285
        );
        assert_eq!(rows(RETIRED).count(), 620);
        assert!(
            rows(RETIRED).all(|[code, name, list]| province_name(&code[..2]).is_some()
                && !name.is_empty()
                && list.len() == 4)
        );
        assert!(regencies().all(|(code, _)| province_name(&code[..2]).is_some()));
    }

    #[test]
    fn the_city_has_five_kecamatan_and_29_kelurahan() {
        let names: Vec<_> = city_kecamatan()
            .iter()
            .map(|kecamatan| (kecamatan.name, kecamatan.kelurahan.len()))
            .collect();
        assert_eq!(
            names,
            [
                ("Kademangan", 6),
                ("Wonoasih", 6),
                ("Mayangan", 5),
                ("Kanigaran", 6),
                ("Kedopok", 6)
            ]
        );
        for kecamatan in city_kecamatan() {
            for ward in &kecamatan.kelurahan {
                assert_eq!(kecamatan_of(ward.code), Some(kecamatan));
                assert_eq!(kelurahan(ward.code), Some(ward));
                assert!(ward.postal_code.starts_with("672") && ward.postal_code.len() == 5);
            }
        }
        let ward = kelurahan("35.74.05.1005").expect("Kedopok is a ward");
        assert_eq!((ward.name, ward.postal_code), ("Kedopok", "67231"));
        assert_eq!(kelurahan("35.74.05"), None);
        assert_eq!(kecamatan("35.74.05.1005"), None);
    }

    #[test]
    fn a_kelurahan_is_found_however_a_list_writes_it() {
        for (written, code) in [
            ("Kedopok", "35.74.05.1005"),
            ("KEDOPAK", "35.74.05.1005"),
            ("kel. Kedupok", "35.74.05.1005"),
            ("KEDUNGASEM", "35.74.02.1005"),
            ("Kelurahan Sumbertaman", "35.74.02.1006"),
            ("Curah Grinting", "35.74.04.1005"),
            ("35.74.05.1004", "35.74.05.1004"),
            ("3574051004", "35.74.05.1004"),
        ] {
            let found = kelurahan_named(written).map(|found| found.code);
            assert_eq!(found, Some(code), "{written}");
        }
        for written in ["", "Kel.", "Jrebeng", "Kraksaan", "35.74.05"] {
            assert_eq!(kelurahan_named(written), None, "{written}");
        }
    }

    #[test]
    fn the_city_is_not_the_regency_around_it() {
        assert_eq!(regency_name(CITY), Some("Kota Probolinggo"));
        assert_eq!(regency_name("35.13"), Some("Kabupaten Probolinggo"));
        assert_eq!(regency_name("35"), None);
        assert_eq!(province_name("35"), Some("Jawa Timur"));
    }

    #[test]
    fn codes_are_current_retired_or_unknown() {
        let here = NikRegion::of("357405");
        assert_eq!(
            (here.regency, here.district, here.state),
            (
                Some("Kota Probolinggo"),
                Some("Kedopok"),
                RegionState::Current
            )
        );
        let surabaya = NikRegion::of("357801");
        assert_eq!(
            (surabaya.district, surabaya.state),
            (None, RegionState::Current)
        );
        let retired = RegionState::Retired {
            name: "Muting".to_owned(),
            last_list: "2022".to_owned(),
        };
        assert_eq!(NikRegion::of("910102").state, retired);
        let by_regency = RegionState::Retired {
            name: "KAB. MERAUKE".to_owned(),
            last_list: "2022".to_owned(),
        };
        assert_eq!(NikRegion::of("910199").state, by_regency);
        assert_eq!(NikRegion::of("357499").state, RegionState::Unknown);
        assert_eq!(NikRegion::of("").state, RegionState::Unknown);
        assert_eq!(NikRegion::of("é5740é").state, RegionState::Unknown);
    }
}
