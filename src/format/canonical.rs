//! Canonical JSON (RFC 8785) for the values that Pendapa writes: strings,
//! booleans, null, integers, arrays and objects. Floats are refused, because
//! nothing in the formats needs one and their canonical text is the hard part
//! of the standard.
//!
//! Two documents with the same meaning have the same bytes, so a hash of the
//! bytes is a hash of the meaning.

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

/// Why a value has no canonical bytes.
#[derive(Debug, Error)]
pub enum CanonicalError {
    /// A number that is not an integer within ±(2^53 − 1), the range that every
    /// JSON reader keeps exactly (RFC 7493).
    #[error("number {0} is not an exact integer")]
    Number(String),
    /// The value could not be turned into JSON at all.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The largest integer that every JSON reader keeps exactly (RFC 7493).
const MAX_EXACT: u64 = (1 << 53) - 1;

/// The canonical bytes of a serialisable value, UTF-8 without trailing newline.
pub fn to_canonical(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    canonical_value(&serde_json::to_value(value)?)
}

/// The canonical bytes of a JSON value that was already read.
pub fn canonical_value(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    let mut bytes = Vec::with_capacity(1024);
    write_value(value, &mut bytes)?;
    Ok(bytes)
}

fn write_value(value: &Value, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => {
            let exact = number.as_u64().is_some_and(|n| n <= MAX_EXACT)
                || number
                    .as_i64()
                    .is_some_and(|n| n.unsigned_abs() <= MAX_EXACT);
            if !exact {
                return Err(CanonicalError::Number(number.to_string()));
            }
            out.extend_from_slice(number.to_string().as_bytes());
        }
        // serde_json escapes as ECMAScript's JSON.stringify does, which is what
        // RFC 8785 section 3.2.2.2 asks for.
        Value::String(text) => serde_json::to_writer(out, text)?,
        Value::Array(items) => {
            out.push(b'[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write_value(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // RFC 8785 section 3.2.3 sorts by UTF-16 code units, which differs
            // from UTF-8 order above U+FFFF.
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (position, (name, member)) in members.into_iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                serde_json::to_writer(&mut *out, name)?;
                out.push(b':');
                write_value(member, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn text(value: &Value) -> String {
        String::from_utf8(canonical_value(value).expect("canonical")).expect("UTF-8")
    }

    #[test]
    fn members_are_sorted_and_nothing_is_padded() {
        assert_eq!(
            text(&json!({"b": [1, true, null], "a": "x\ny"})),
            r#"{"a":"x\ny","b":[1,true,null]}"#
        );
    }

    #[test]
    fn members_sort_by_utf16_units_not_by_code_point() {
        // U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB33.
        assert_eq!(
            text(&json!({"\u{fb33}": 1, "\u{1f600}": 2})),
            "{\"\u{1f600}\":2,\"\u{fb33}\":1}"
        );
    }

    #[test]
    fn floats_and_inexact_integers_are_refused() {
        assert!(canonical_value(&json!(1.5)).is_err());
        assert!(canonical_value(&json!(9_007_199_254_740_992_u64)).is_err());
        assert!(canonical_value(&json!(-9_007_199_254_740_991_i64)).is_ok());
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn agrees_with_an_independent_canonicaliser(value in any_json()) {
            let ours = canonical_value(&value).expect("canonical");
            let theirs = serde_json_canonicalizer::to_vec(&value).expect("canonical");
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn reading_and_writing_again_changes_nothing(value in any_json()) {
            let once = canonical_value(&value).expect("canonical");
            let read: Value = serde_json::from_slice(&once).expect("JSON");
            prop_assert_eq!(&read, &value);
            prop_assert_eq!(canonical_value(&read).expect("canonical"), once);
        }
    }
}
