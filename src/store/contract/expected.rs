//! Promises about the list of who is expected.

use super::registering::{event, save};
use crate::format::pack_lists::Expected;
use crate::store::row::{Commit, Row, Write};
use crate::store::samples::*;
use crate::store::schema::StoreName;
use crate::store::{Store, StoreError};

pub async fn who_is_expected_is_kept_event_by_event(store: &Store) {
    let [one, two] = [event(store, 1).await.id(), event(store, 2).await.id()];
    let list: Vec<Expected> = (1..=3).map(sample_expected).collect();
    assert_eq!(store.expected_of(one).await, Ok(Vec::new()));
    for kept in [&list[..], &list[1..], &[]] {
        store.keep_expected(one, kept).await.expect("a list");
        assert_eq!(store.expected_of(one).await, Ok(kept.to_vec()));
    }
    store.keep_expected(two, &list).await.expect("a list");
    assert_eq!(store.expected_of(one).await, Ok(Vec::new()));
    let key = one.to_string();
    assert_eq!(store.has(StoreName::Expected, &key).await, Ok(false));
    assert_eq!(store.expected_of(two).await, Ok(list));
}

pub async fn a_damaged_list_stops_nothing_else(store: &Store) {
    let mut event = event(store, 1).await;
    let list = [sample_expected(1)];
    for body in [&b""[..], b"{}", br#"{"expected":[],"version":2}"#] {
        let fields = [("event_id", event.id().to_string().into())];
        let row = Row::new(event.id().to_string(), fields, body.to_vec());
        let commit = Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Expected, row)],
        };
        store.commit(&commit).await.expect("the damage");
        let damaged = StoreError::Damaged { store: "expected" };
        assert_eq!(store.expected_of(event.id()).await, Err(damaged));
    }
    save(store, &mut event, 1).await;
    let (heads, lost) = store.registrations_of(event.id()).await.expect("a read");
    assert_eq!((heads.len(), lost.len()), (1, 0));
    let kept = store.keep_expected(event.id(), &list).await;
    kept.expect("another list");
    assert_eq!(store.expected_of(event.id()).await, Ok(list.to_vec()));
}
