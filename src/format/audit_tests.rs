//! Audit entries: bytes that later versions must still read, and chains.

use proptest::prelude::*;

use super::audit_record::*;
use super::registration_record::RecordError;
use super::vector_tests::{assert_bytes, vector};
use crate::domain::*;
use crate::store::samples::sample_moment;

fn entry(sequence: u64, previous: Option<Hash>) -> AuditEntry {
    AuditEntry {
        sequence,
        previous,
        at: sample_moment(5),
        officer: Some("Hj. Rukmini".to_owned()),
        action: AuditAction::Revealed,
        subject: Some("01938f6e-7c2a-7000-8000-000000000001".to_owned()),
        detail: Some("asked".to_owned()),
    }
}

/// So many entries, each after the one before.
fn chain(length: u64) -> Vec<Vec<u8>> {
    let mut previous = None;
    (1..=length)
        .map(|sequence| {
            let bytes = write_audit(&entry(sequence, previous));
            previous = Some(audit_hash(&bytes));
            bytes
        })
        .collect()
}

fn check(entries: &[Vec<u8>]) -> Result<Option<AuditRun>, AuditChainError> {
    check_audit_chain(entries.iter().map(Vec::as_slice))
}

#[test]
fn version_1_audit_entries_stay_readable_for_ever() {
    let path = "rows/v1_audit.json";
    let written = entry(2, Some(Hash([0xab; 32])));
    let bytes = vector(path, || write_audit(&written));
    assert_eq!(read_audit(&bytes), Ok(written));
    let read = read_audit(&bytes).expect("an entry");
    assert_bytes(path, &write_audit(&read), &bytes);
    let newer = String::from_utf8(bytes).expect("JSON");
    let newer = newer.replace("\"version\":1", "\"version\":2");
    assert_eq!(read_audit(newer.as_bytes()), Err(RecordError::Newer(2)));
}

#[test]
fn a_chain_tells_where_it_begins_and_ends_and_a_gap_or_a_change_is_noticed() {
    let entries = chain(5);
    assert_eq!(check(&[]), Ok(None));
    let whole = check(&entries).expect("a chain").expect("entries");
    assert_eq!((whole.first, whole.previous, whole.last), (1, None, 5));
    let rest = check(&entries[2..]).expect("a chain").expect("entries");
    assert_eq!(
        (rest.first, rest.previous),
        (3, Some(audit_hash(&entries[1])))
    );
    let mut missing = entries.clone();
    missing.remove(2);
    assert_eq!(check(&missing), Err(AuditChainError::Gap { sequence: 3 }));
    let mut changed = entries.clone();
    changed[1] = write_audit(&AuditEntry {
        officer: None,
        ..read_audit(&changed[1]).expect("an entry")
    });
    assert_eq!(
        check(&changed),
        Err(AuditChainError::Broken { sequence: 3 })
    );
    let headless = write_audit(&entry(2, None));
    assert_eq!(
        check(&[headless]),
        Err(AuditChainError::Broken { sequence: 2 })
    );
    assert_eq!(check(&[b"?".to_vec()]), Err(AuditChainError::Unreadable));
}

proptest! {
    #[test]
    fn any_bytes_are_an_entry_or_refused(bytes: Vec<u8>) {
        let _ = read_audit(&bytes);
        let _ = check(&[bytes]);
    }

    #[test]
    fn a_chain_in_another_order_is_noticed(one in 0_usize..6, other in 0_usize..6) {
        prop_assume!(one != other);
        let mut entries = chain(6);
        entries.swap(one, other);
        prop_assert!(check(&entries).is_err());
    }
}
