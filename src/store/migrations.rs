//! Numbered steps from an empty database to the current one. A step only adds
//! stores and indexes; bodies are brought up to date when they are read. The
//! steps are data, so that a test on the host can hold them against `schema`.

pub mod v0_to_v1;
pub mod v1_to_v2;
pub mod v2_to_v3;
pub mod v3_to_v4;
pub mod v4_to_v5;

/// The version that this code needs.
pub const SCHEMA_VERSION: u32 = 5;

/// One change of the database's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    CreateStore {
        store: &'static str,
    },
    CreateIndex {
        store: &'static str,
        index: &'static str,
        fields: &'static [&'static str],
        unique: bool,
    },
}

/// All steps in order: the version that each leads to, and its changes.
pub const STEPS: [(u32, &[Change]); 5] = [
    (1, v0_to_v1::CHANGES),
    (2, v1_to_v2::CHANGES),
    (3, v2_to_v3::CHANGES),
    (4, v3_to_v4::CHANGES),
    (5, v4_to_v5::CHANGES),
];

/// The changes that bring a database of version `from` up to date.
pub fn changes_since(from: u32) -> impl Iterator<Item = &'static Change> {
    STEPS
        .iter()
        .filter(move |(to, _)| *to > from)
        .flat_map(|(_, changes)| changes.iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::StoreName;

    #[test]
    fn steps_are_numbered_without_gaps_up_to_the_current_version() {
        let numbers: Vec<u32> = STEPS.iter().map(|(to, _)| *to).collect();
        assert_eq!(numbers, (1..=SCHEMA_VERSION).collect::<Vec<_>>());
    }

    #[test]
    fn the_steps_together_make_the_schema() {
        let mut expected = Vec::new();
        for store in StoreName::ALL {
            expected.push(format!("store {}", store.name()));
            for index in store.indexes() {
                expected.push(format!(
                    "index {} {} {:?} {}",
                    store.name(),
                    index.name(),
                    index.fields(),
                    index.is_unique()
                ));
                for field in index.fields() {
                    assert!(store.fields().contains(field), "{field} is not a field");
                }
            }
        }
        let mut made: Vec<String> = changes_since(0)
            .map(|change| match change {
                Change::CreateStore { store } => format!("store {store}"),
                Change::CreateIndex {
                    store,
                    index,
                    fields,
                    unique,
                } => format!("index {store} {index} {fields:?} {unique}"),
            })
            .collect();
        made.sort();
        expected.sort();
        assert_eq!(made, expected);
    }
}
