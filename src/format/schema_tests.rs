//! The published JSON Schemas are those that the types make, every batch and receipt
//! that is written keeps to its own, and what a batch may not be is refused: by the
//! schema where a shape can say it, by the reader where only reading can.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::batch_file::{BatchDocument, BatchError, read_batch};
use super::receipt_file::tests::{office, receipt};
use super::receipt_file::{ReceiptDocument, write_receipt};
use super::registration_record::RecordError;
use super::vector_tests::{batch_of, stored_event};
use crate::store::samples::{registration_of, sample_draft_with};

const SCHEMA: &str = "public/schema/pendapa-batch-1.schema.json";
const RECEIPT_SCHEMA: &str = "public/schema/pendapa-receipt-1.schema.json";

fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The schema as the types make it. Members that are not named stay allowed,
/// because readers keep what a later version adds. A member that may be absent
/// is absent, never null.
fn generated(path: &str) -> Value {
    let (mut schema, about) = match path {
        SCHEMA => (
            schemars::schema_for!(BatchDocument),
            [
                ("$id", "urn:pendapa:batch:1"),
                ("title", "Pendapa batch, version 1"),
                (
                    "description",
                    "Registrations for social-security enrolment, as one tablet hands them over. \
                     The file is in the canonical form of RFC 8785. Readers keep members that \
                     they do not know.",
                ),
            ],
        ),
        _ => (
            schemars::schema_for!(ReceiptDocument),
            [
                ("$id", "urn:pendapa:receipt:1"),
                ("title", "Pendapa receipt, version 1"),
                (
                    "description",
                    "The office's signed answer to one batch. What is signed is in the canonical \
                     form of RFC 8785. Readers leave members alone that they do not know.",
                ),
            ],
        ),
    };
    for (name, text) in about {
        schema.insert(name.to_owned(), json!(text));
    }
    let mut value = schema.to_value();
    without_null(&mut value);
    if path == RECEIPT_SCHEMA {
        // The type has receipts that are still to be signed.
        let required = value["required"].as_array_mut();
        required.expect("a list").push(json!("signature"));
    }
    value
}

/// Takes null out of what a member may be.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Array(types)) = members.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = &types[..] {
                    let only = only.clone();
                    members.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = members.get("anyOf")
                && let [only, null] = &choices[..]
                && *null == json!({ "type": "null" })
                && let Value::Object(only) = only.clone()
            {
                members.remove("anyOf");
                members.extend(only);
            }
            members.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn published(path: &str) -> Value {
    let text = fs::read_to_string(file(path)).expect("the published schema");
    serde_json::from_str(&text).expect("JSON")
}

fn validator(path: &str) -> Validator {
    jsonschema::draft202012::new(&published(path)).expect("a schema of draft 2020-12")
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for path in [SCHEMA, RECEIPT_SCHEMA] {
        let mut text = serde_json::to_string_pretty(&generated(path)).expect("JSON");
        text.push('\n');
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(file(path), &text).expect("the schema is written");
        }
        let published = fs::read_to_string(file(path)).unwrap_or_default();
        assert!(
            published == text,
            "{path} is old; UPDATE_SCHEMA=1 writes it"
        );
    }
}

#[test]
fn the_published_schemas_are_schemas() {
    for path in [SCHEMA, RECEIPT_SCHEMA] {
        let schema = published(path);
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(jsonschema::meta::is_valid(&schema), "{path}");
    }
}

/// What is wrong with a value, as place and sentence.
fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_receipt_that_is_written_keeps_to_the_schema() {
    let validator = validator(RECEIPT_SCHEMA);
    for others_accepted in [false, true] {
        let bytes = office().sign(&write_receipt(&receipt(others_accepted)));
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(faults(&validator, &value), [""; 0]);
    }
}

#[test]
fn what_a_receipt_may_not_be_is_refused_by_its_schema_and_later_members_are_not() {
    let validator = validator(RECEIPT_SCHEMA);
    let bytes = office().sign(&write_receipt(&receipt(true)));
    let whole: Value = serde_json::from_slice(&bytes).expect("JSON");
    let value = whole["signature"]["value"].as_str().expect("text");
    for (place, wrong) in [
        ("/format", json!("pendapa-batch")),
        ("/version", json!(2)),
        ("/batch", json!("7")),
        ("/file_hash", json!("ab")),
        ("/others", json!("rejected")),
        ("/at", json!("kemarin")),
        ("/results/0/id", json!("7")),
        ("/results/0/revision", json!(0)),
        ("/results/0/result", json!("perhaps")),
        ("/results/0/reason", json!("x".repeat(201))),
        ("/signature/value", json!(value.to_uppercase())),
    ] {
        let mut changed = whole.clone();
        *changed.pointer_mut(place).expect("the member") = wrong;
        let places: Vec<String> = validator
            .iter_errors(&changed)
            .map(|error| error.instance_path().to_string())
            .collect();
        assert_eq!(places, [place]);
    }
    let mut unsigned = whole.clone();
    unsigned
        .as_object_mut()
        .expect("an object")
        .remove("signature");
    assert!(!validator.is_valid(&unsigned));
    let mut later = whole;
    later["a_later_member"] = json!([1]);
    later["results"][0]["a_later_member"] = json!({});
    assert_eq!(faults(&validator, &later), [""; 0]);
    later["signature"]["a_later_member"] = json!(1);
    assert!(!validator.is_valid(&later));
}

#[test]
fn every_batch_that_is_written_keeps_to_the_schema() {
    let validator = validator(SCHEMA);
    for variety in [
        0,
        u32::MAX,
        0x0f0f_0f0f,
        0xf0f0_f0f0,
        0x5555_5555,
        0xaaaa_aaaa,
    ] {
        let stored = stored_event();
        let draft = sample_draft_with(&stored.tablet.event, 1, variety);
        let batch = batch_of(&stored, &[registration_of(&stored, &draft)]);
        let value: Value = serde_json::from_slice(&batch.bytes).expect("JSON");
        assert_eq!(faults(&validator, &value), [""; 0], "{variety:x}");
    }
}

#[test]
fn the_first_batch_and_members_of_later_versions_keep_to_the_schema() {
    let mut value = plain();
    value["manifest"]["previous"].take();
    let manifest = value["manifest"].as_object_mut().expect("an object");
    manifest.remove("previous");
    manifest.insert("a_later_member".to_owned(), json!([1]));
    value["records"][0]["person"]["a_later_member"] = json!({});
    assert!(validator(SCHEMA).is_valid(&value));
}

fn plain() -> Value {
    let bytes = fs::read(file("tests/fixtures/batches/v1_plain.pendapa.json"));
    serde_json::from_slice(&bytes.expect("the vector")).expect("JSON")
}

/// Who refuses a batch.
enum Refused {
    /// The schema at this place, and the reader too.
    Shape(&'static str),
    /// The schema at this place; the reader takes it, because it is in a part
    /// that the app carries and does not use.
    ShapeOnly(&'static str),
    /// The reader; the schema cannot say it.
    Reader(fn(&BatchError) -> bool),
}
use Refused::{Reader, Shape, ShapeOnly};

fn is_member(error: &BatchError, at: usize, name: &str) -> bool {
    matches!(error, BatchError::Record { position, error: RecordError::Member(found) }
        if *position == at && *found == name)
}

/// Every file in `tests/fixtures/batches/invalid`, named like its fault.
const INVALID: &[(&str, Refused)] = &[
    ("nik_15_digits", Shape("/records/0/person/nik")),
    ("nik_as_number", Shape("/records/0/person/nik")),
    ("nik_with_spaces", ShapeOnly("/records/0/person/nik")),
    ("nik_of_no_day", Reader(|error| is_member(error, 0, "nik"))),
    ("unknown_sex", Shape("/records/0/person/sex")),
    ("reason_null", ShapeOnly("/records/0/reason")),
    ("months_13", Shape("/records/0/programme/months")),
    (
        "phone_without_country",
        ShapeOnly("/records/0/person/phone"),
    ),
    (
        "phone_and_no_phone",
        Reader(|error| is_member(error, 0, "phone")),
    ),
    (
        "birth_date_day_first",
        Shape("/records/0/person/birth_date"),
    ),
    (
        "birth_date_31_february",
        Reader(|error| is_member(error, 0, "birth_date")),
    ),
    ("rt_formula", Shape("/records/0/address/rt")),
    ("income_as_text", Shape("/records/0/work/income")),
    ("income_with_fraction", Shape("/records/0/work/income")),
    ("income_negative", Shape("/records/0/work/income")),
    (
        "unknown_programme",
        Shape("/records/0/programme/programmes/0"),
    ),
    ("record_without_consent", Shape("/records/0")),
    (
        "consent_version_short",
        Shape("/records/0/consent/text_version"),
    ),
    ("moment_without_offset", Shape("/records/0/recorded_at")),
    ("revision_zero", Shape("/records/0/revision")),
    ("record_version_0", Shape("/records/0/version")),
    (
        "record_version_2",
        Reader(|error| {
            matches!(
                error,
                BatchError::Record {
                    position: 0,
                    error: RecordError::Newer(2)
                }
            )
        }),
    ),
    ("number_without_check", Shape("/records/0/number")),
    (
        "number_wrong_check",
        Reader(|error| is_member(error, 0, "number")),
    ),
    (
        "voided_without_reason",
        Reader(|error| is_member(error, 2, "reason")),
    ),
    ("missing_manifest", Shape("")),
    ("missing_attendance", ShapeOnly("")),
    ("sequence_zero", Shape("/manifest/sequence")),
    ("previous_hash_short", Shape("/manifest/previous")),
    ("event_code_lower_case", Shape("/manifest/event/code")),
    ("letter_of_two", Shape("/manifest/device/letter")),
    ("batch_id_upper_case", Shape("/manifest/id")),
    ("device_id_short", Shape("/manifest/device/id")),
    ("signature_upper_case", Shape("/signature/value")),
    ("signature_with_more", Shape("/signature")),
    ("signature_null", Shape("/signature")),
    ("other_format", Shape("/format")),
    ("version_0", Shape("/version")),
    ("version_2", Shape("/version")),
    (
        "count_too_high",
        Reader(|error| {
            matches!(
                error,
                BatchError::Count {
                    counted: 4,
                    held: 3
                }
            )
        }),
    ),
    (
        "records_out_of_sequence",
        Reader(|error| matches!(error, BatchError::Sequence { position: 1 })),
    ),
    (
        "record_twice",
        Reader(|error| matches!(error, BatchError::Sequence { position: 1 })),
    ),
    (
        "record_of_another_event",
        Reader(|error| matches!(error, BatchError::Foreign { position: 1 })),
    ),
    (
        "record_of_another_tablet",
        Reader(|error| matches!(error, BatchError::Foreign { position: 1 })),
    ),
    (
        "not_canonical_spaces",
        Reader(|error| matches!(error, BatchError::NotCanonical)),
    ),
    (
        "not_canonical_order",
        Reader(|error| matches!(error, BatchError::NotCanonical)),
    ),
    (
        "member_twice",
        Reader(|error| matches!(error, BatchError::NotCanonical)),
    ),
    (
        "line_feed_at_the_end",
        Reader(|error| matches!(error, BatchError::NotCanonical)),
    ),
];

#[test]
fn every_invalid_batch_is_refused_for_the_fault_that_names_it() {
    let validator = validator(SCHEMA);
    for (name, refused) in INVALID {
        let path = format!("tests/fixtures/batches/invalid/{name}.json");
        let bytes = fs::read(file(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        let places: BTreeSet<String> = validator
            .iter_errors(&value)
            .map(|error| error.instance_path().to_string())
            .collect();
        let read = read_batch(&bytes);
        match refused {
            Shape(place) | ShapeOnly(place) => {
                assert_eq!(places, BTreeSet::from([(*place).to_owned()]), "{name}");
                let is_read = matches!(refused, ShapeOnly(_));
                assert_eq!(read.is_ok(), is_read, "{name}: {:?}", read.err());
            }
            Reader(is_expected) => {
                assert_eq!(places, BTreeSet::new(), "{name}");
                let error = read.expect_err(name);
                assert!(is_expected(&error), "{name}: {error:?}");
            }
        }
    }
}

#[test]
fn a_batch_of_a_later_version_is_refused_as_such() {
    let bytes = fs::read(file("tests/fixtures/batches/invalid/version_2.json"));
    let read = read_batch(&bytes.expect("the file"));
    assert!(matches!(read, Err(BatchError::Newer(2))));
}

#[test]
fn every_invalid_batch_is_tried() {
    let listed: BTreeSet<String> = INVALID
        .iter()
        .map(|(name, _)| format!("{name}.json"))
        .collect();
    let folder = fs::read_dir(file("tests/fixtures/batches/invalid")).expect("the folder");
    let there: BTreeSet<String> = folder
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(listed, there);
}
