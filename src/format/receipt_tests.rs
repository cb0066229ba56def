use super::*;
use crate::format::digest::sha256;
use crate::format::vector_tests::{assert_bytes, vector};
use crate::store::samples::sample_moment;
use crate::vault::sign::{SignatureError, Signed, TabletKey, check_signature};
use proptest::prelude::*;
use uuid::Uuid;

const FULL: &str = "receipts/v1_full.json";
const SHORT: &str = "receipts/v1_others.json";

pub(crate) fn office() -> TabletKey {
    TabletKey::new([9; 32])
}

/// A receipt that accepts one record, calls one a duplicate and rejects one.
pub(crate) fn receipt(others_accepted: bool) -> Receipt {
    let answer = |at: u128, result, reason: Option<&str>| RecordAnswer {
        id: RegistrationId(Uuid::from_u128(at)),
        revision: 1,
        result,
        reason: reason.map(str::to_owned),
    };
    let mut answers = vec![
        answer(2, RecordResult::DuplicateOf, Some("WNS1-B-004-T")),
        answer(3, RecordResult::Rejected, Some("NIK tidak terbaca di foto")),
    ];
    if !others_accepted {
        answers.insert(0, answer(1, RecordResult::Accepted, None));
    }
    Receipt {
        batch: BatchId(Uuid::from_u128(7)),
        file_hash: sha256(b"a batch"),
        answers,
        others_accepted,
        at: sample_moment(90),
    }
}

#[test]
fn receipts_of_version_1_are_read_and_written_for_ever() {
    for (path, others) in [(FULL, false), (SHORT, true)] {
        let bytes = vector(path, || office().sign(&write_receipt(&receipt(others))));
        let read = read_receipt(&bytes).expect("a receipt");
        assert_eq!(read, receipt(others));
        assert_bytes(path, &office().sign(&write_receipt(&read)), &bytes);
        let key = office().public().to_string();
        let signed = check_signature(&bytes, Some(&key)).expect("signed");
        assert_eq!(signed, Signed::By(office().public()));
    }
}

#[test]
fn a_receipt_by_another_key_or_with_one_word_changed_does_not_fit() {
    let key = office().public().to_string();
    let signed = TabletKey::new([8; 32]).sign(&write_receipt(&receipt(true)));
    let wrong = |bytes: &[u8]| {
        matches!(
            check_signature(bytes, Some(&key)),
            Err(SignatureError::Wrong)
        )
    };
    assert!(wrong(&signed));
    let right = office().sign(&write_receipt(&receipt(true)));
    let text = String::from_utf8(right).expect("text");
    assert!(wrong(text.replace("rejected", "accepted").as_bytes()));
    let bare = write_receipt(&receipt(true));
    assert!(matches!(
        check_signature(&bare, Some(&key)),
        Err(SignatureError::Half)
    ));
}

#[test]
fn what_is_no_receipt_is_refused_with_the_member() {
    let with = |name: &str, value: serde_json::Value| {
        let bytes = write_receipt(&receipt(false));
        let mut document: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        document[name] = value;
        read_receipt(document.to_string().as_bytes())
    };
    let member = |name| Err(ReceiptError::Member(name));
    assert_eq!(
        with("format", "pendapa-batch".into()),
        Err(ReceiptError::Format)
    );
    assert_eq!(with("version", 2.into()), Err(ReceiptError::Newer(2)));
    assert_eq!(with("version", 0.into()), Err(ReceiptError::Format));
    assert_eq!(with("batch", "7".into()), member("batch"));
    assert_eq!(with("file_hash", "ab".into()), member("file_hash"));
    assert_eq!(with("at", "kemarin".into()), member("at"));
    assert_eq!(with("others", "rejected".into()), member("others"));
    let result = |reason: String| {
        let id = Uuid::from_u128(1).to_string();
        let record =
            serde_json::json!({ "id": id, "revision": 1, "result": "rejected", "reason": reason });
        with("results", serde_json::json!([record]))
    };
    assert_eq!(result("x".repeat(201)), member("reason"));
    assert_eq!(result("a\nb".to_owned()), member("reason"));
    assert!(result("x".repeat(200)).is_ok());
    assert!(matches!(
        read_receipt(b"<html>"),
        Err(ReceiptError::Json { .. })
    ));
    assert!(with("later", serde_json::json!({ "a": 1 })).is_ok());
    assert!(is_receipt(&write_receipt(&receipt(true))) && !is_receipt(b"{}"));
}

#[test]
fn a_record_that_is_not_named_is_accepted_only_where_the_receipt_says_so() {
    let id = |at: u128| RegistrationId(Uuid::from_u128(at));
    let short = receipt(true);
    assert_eq!(short.answer(id(1), 1), Some((RecordResult::Accepted, None)));
    assert_eq!(
        short.answer(id(2), 1),
        Some((RecordResult::DuplicateOf, Some("WNS1-B-004-T")))
    );
    let full = receipt(false);
    assert_eq!(full.answer(id(1), 1), Some((RecordResult::Accepted, None)));
    // Another revision is another record.
    assert_eq!(full.answer(id(1), 2), None);
    assert_eq!(full.answer(id(9), 1), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = read_receipt(&bytes);
    }

    #[test]
    fn a_receipt_written_is_read_back(
        ids in proptest::collection::vec((any::<u128>(), 1_u32..99, 0_usize..3, "[^\\p{C}]{0,40}"), 0..20),
        others_accepted: bool,
    ) {
        let answers = ids.into_iter().map(|(id, revision, result, reason)| RecordAnswer {
            id: RegistrationId(Uuid::from_u128(id)),
            revision,
            result: RecordResult::ALL[result],
            reason: (!reason.is_empty()).then_some(reason),
        });
        let receipt = Receipt { answers: answers.collect(), ..receipt(others_accepted) };
        prop_assert_eq!(read_receipt(&write_receipt(&receipt)), Ok(receipt));
    }
}
