//! Lists of the invited: bytes that later versions must still read.

use super::expected_record::{read_expected, write_expected};
use super::registration_record::RecordError;
use super::vector_tests::{assert_bytes, vector};
use crate::store::samples::sample_expected;

#[test]
fn version_1_lists_stay_readable_for_ever() {
    let path = "rows/v1_expected.json";
    let list = [sample_expected(1), sample_expected(2)];
    let bytes = vector(path, || write_expected(&list));
    assert_eq!(read_expected(&bytes), Ok(list.to_vec()));
    assert_bytes(path, &write_expected(&list), &bytes);
    let newer = String::from_utf8(bytes).expect("JSON");
    let newer = newer.replace("\"version\":1", "\"version\":2");
    assert_eq!(read_expected(newer.as_bytes()), Err(RecordError::Newer(2)));
    for damaged in ["", "[]", "{}", &newer[1..]] {
        assert!(read_expected(damaged.as_bytes()).is_err());
    }
}
