//! Promises about rows: all or nothing, checks, indexes, order, exactness.

use crate::store::BALLAST_BYTES;
use crate::store::row::{Check, Commit, Expect, Query, Range, Row, Value, Write};
use crate::store::samples::sample_vault;
use crate::store::schema::{IndexName, StoreName};
use crate::store::{Store, StoreError};

fn revision(key: &str, event: &str, sequence: u64) -> Row {
    Row::new(
        key,
        [
            ("event_id", event.into()),
            ("registration_id", key.into()),
            ("revision", 1_u32.into()),
            ("sequence", sequence.into()),
        ],
        key.as_bytes().to_vec(),
    )
}

fn setting(key: &str, body: &[u8]) -> Row {
    Row::new(key, [], body.to_vec())
}

fn by_sequence(prefix: &[&str]) -> Query {
    Query {
        store: StoreName::Revisions,
        range: Range::Starting {
            index: IndexName::RevisionsBySequence,
            prefix: prefix.iter().map(|text| Value::from(*text)).collect(),
        },
    }
}

/// Writes rows of events that are open.
async fn write(store: &Store, writes: Vec<Write>) -> Result<(), StoreError> {
    for write in &writes {
        if let Write::Put(_, row) | Write::Add(_, row) = write
            && store.vault(row.text("event_id")).is_err()
        {
            store.unlock(sample_vault(row.text("event_id")));
        }
    }
    let checks = Vec::new();
    store.commit(&Commit { checks, writes }).await
}

async fn keys(store: &Store, query: &Query) -> Vec<String> {
    let rows = store.rows(query).await.expect("rows");
    let count = store.count(query).await.expect("a count");
    assert_eq!(
        count as usize,
        rows.len(),
        "rows are counted as they are read"
    );
    rows.into_iter().map(|row| row.key).collect()
}

#[track_caller]
fn assert_conflict(outcome: Result<(), StoreError>) {
    assert!(
        matches!(outcome, Err(StoreError::Conflict { .. })),
        "{outcome:?} is not a conflict"
    );
}

pub async fn a_commit_writes_every_row_or_none(store: &Store) {
    let taken = setting("taken", b"first");
    write(store, vec![Write::Add(StoreName::Settings, taken.clone())])
        .await
        .expect("the key is free");
    let outcome = write(
        store,
        vec![
            Write::Put(StoreName::Revisions, revision("r1", "e", 1)),
            Write::Put(StoreName::Settings, setting("other", b"new")),
            Write::Add(StoreName::Settings, setting("taken", b"second")),
        ],
    )
    .await;
    assert_conflict(outcome);
    for (name, key) in [(StoreName::Revisions, "r1"), (StoreName::Settings, "other")] {
        assert_eq!(store.row(name, key).await, Ok(None), "{key}");
    }
    let found = store.row(StoreName::Settings, "taken").await;
    assert_eq!(found, Ok(Some(taken)));
}

pub async fn a_check_that_fails_stops_every_write(store: &Store) {
    let stored = revision("r1", "e", 1);
    write(
        store,
        vec![Write::Put(StoreName::Revisions, stored.clone())],
    )
    .await
    .expect("a write");
    let sequence = |number: u64| Expect::Fields([("sequence", Value::from(number))].into());
    for (key, expect) in [
        ("r1", Expect::Absent),
        ("r1", sequence(2)),
        ("nowhere", sequence(1)),
        ("nowhere", Expect::Fields([].into())),
    ] {
        let outcome = store
            .commit(&Commit {
                checks: vec![Check {
                    store: StoreName::Revisions,
                    key: key.to_owned(),
                    expect: expect.clone(),
                }],
                writes: vec![
                    Write::Delete(StoreName::Revisions, "r1".to_owned()),
                    Write::Put(StoreName::Settings, setting("s", b"")),
                ],
            })
            .await;
        let conflict = StoreError::Conflict { store: "revisions" };
        assert_eq!(outcome, Err(conflict), "{key}: {expect:?}");
    }
    let found = store.row(StoreName::Revisions, "r1").await;
    assert_eq!(found, Ok(Some(stored)));
    assert_eq!(store.row(StoreName::Settings, "s").await, Ok(None));
}

pub async fn a_check_looks_at_the_named_fields_only(store: &Store) {
    write(
        store,
        vec![Write::Put(StoreName::Revisions, revision("r1", "e", 7))],
    )
    .await
    .expect("a write");
    let check = |key: &str, expect| Check {
        store: StoreName::Revisions,
        key: key.to_owned(),
        expect,
    };
    store
        .commit(&Commit {
            checks: vec![
                check("r1", Expect::Fields([("sequence", 7_u64.into())].into())),
                check("r2", Expect::Absent),
            ],
            writes: vec![Write::Add(StoreName::Revisions, revision("r2", "e", 8))],
        })
        .await
        .expect("both checks hold");
    assert_eq!(keys(store, &by_sequence(&["e"])).await, ["r1", "r2"]);
}

pub async fn a_unique_index_takes_a_key_once(store: &Store) {
    let first = Write::Add(StoreName::Revisions, revision("r1", "e", 1));
    write(store, vec![first]).await.expect("the first");
    let second = revision("r2", "e", 1);
    assert_conflict(
        write(
            store,
            vec![Write::Add(StoreName::Revisions, second.clone())],
        )
        .await,
    );
    assert_conflict(write(store, vec![Write::Put(StoreName::Revisions, second)]).await);
    let again = Write::Put(StoreName::Revisions, revision("r1", "e", 1));
    write(store, vec![again]).await.expect("the same row again");
    let elsewhere = Write::Add(StoreName::Revisions, revision("r2", "f", 1));
    write(store, vec![elsewhere]).await.expect("another event");
    for key in ["r3", "r4"] {
        let bare = Write::Add(StoreName::Revisions, Row::new(key, [], Vec::new()));
        write(store, vec![bare])
            .await
            .expect("a row that is in no index");
    }
}

pub async fn an_index_that_is_not_unique_takes_a_key_often(store: &Store) {
    for key in ["b", "a", "c"] {
        let draft = Row::new(
            key,
            [
                ("event_id", "e".into()),
                ("saved_at", 1_u32.into()),
                ("set_aside", false.into()),
            ],
            Vec::new(),
        );
        write(store, vec![Write::Add(StoreName::Drafts, draft)])
            .await
            .expect("any number of drafts of one moment");
    }
    let query = Query {
        store: StoreName::Drafts,
        range: Range::Starting {
            index: IndexName::DraftsByEvent,
            prefix: vec!["e".into(), Value::Integer(1)],
        },
    };
    assert_eq!(keys(store, &query).await, ["a", "b", "c"], "then by key");
}

pub async fn rows_come_in_the_order_of_the_index(store: &Store) {
    for (key, sequence) in [("z", 10), ("y", 9), ("x", 100), ("w", 2)] {
        let row = revision(key, "e", sequence);
        write(store, vec![Write::Put(StoreName::Revisions, row)])
            .await
            .expect("a write");
    }
    let found = keys(store, &by_sequence(&["e"])).await;
    assert_eq!(found, ["w", "y", "z", "x"], "numbers, not their digits");
    let all = Query {
        store: StoreName::Revisions,
        range: Range::All,
    };
    assert_eq!(keys(store, &all).await, ["w", "x", "y", "z"], "by key");
}

pub async fn a_range_holds_what_begins_with_its_prefix_and_no_more(store: &Store) {
    for (key, event) in [("1", "e"), ("2", "ee"), ("3", "d"), ("4", "f"), ("5", "")] {
        let row = revision(key, event, 1);
        write(store, vec![Write::Put(StoreName::Revisions, row)])
            .await
            .expect("a write");
    }
    assert_eq!(keys(store, &by_sequence(&["e"])).await, ["1"]);
    assert_eq!(keys(store, &by_sequence(&["nothing"])).await, [""; 0]);
    let whole_key = Query {
        store: StoreName::Revisions,
        range: Range::Starting {
            index: IndexName::RevisionsBySequence,
            prefix: vec!["ee".into(), Value::Integer(1)],
        },
    };
    assert_eq!(keys(store, &whole_key).await, ["2"]);
}

pub async fn a_range_after_a_number_leaves_that_number_out(store: &Store) {
    for sequence in 1..=12 {
        let row = revision(&format!("{sequence:02}"), "e", sequence);
        write(store, vec![Write::Put(StoreName::Revisions, row)])
            .await
            .expect("a write");
    }
    let other = revision("other", "f", 11);
    write(store, vec![Write::Put(StoreName::Revisions, other)])
        .await
        .expect("a write");
    let after = |after| Query {
        store: StoreName::Revisions,
        range: Range::After {
            index: IndexName::RevisionsBySequence,
            prefix: vec!["e".into()],
            after,
        },
    };
    assert_eq!(keys(store, &after(9)).await, ["10", "11", "12"]);
    assert_eq!(keys(store, &after(0)).await.len(), 12);
    assert_eq!(keys(store, &after(12)).await, [""; 0]);
}

pub async fn bodies_come_back_byte_for_byte(store: &Store) {
    let every_byte: Vec<u8> = (0..=u8::MAX).collect();
    let large: Vec<u8> = (0..BALLAST_BYTES).map(|at| (at % 251) as u8).collect();
    for body in [Vec::new(), vec![0], every_byte, large] {
        let row = setting("body", &body);
        store
            .commit_proven(&Commit {
                checks: Vec::new(),
                writes: vec![Write::Put(StoreName::Settings, row.clone())],
            })
            .await
            .expect("a proof");
        let found = store.row(StoreName::Settings, "body").await;
        assert!(found == Ok(Some(row)), "{} bytes", body.len());
    }
}

pub async fn fields_come_back_exactly(store: &Store) {
    const MOST_EXACT: u64 = (1 << 53) - 1;
    let row = Row::new(
        "kunci/é/\u{1f600}",
        [
            ("event_id", "Ma'ruf \"é\" \u{1f600}\n".into()),
            ("saved_at", MOST_EXACT.into()),
            ("set_aside", true.into()),
        ],
        Vec::new(),
    );
    write(store, vec![Write::Put(StoreName::Drafts, row.clone())])
        .await
        .expect("a write");
    let found = store.row(StoreName::Drafts, &row.key).await;
    assert_eq!(found, Ok(Some(row)));
}

pub async fn put_writes_over_and_delete_takes_away(store: &Store) {
    for body in [b"one", b"two"] {
        let put = Write::Put(StoreName::Settings, setting("key", body));
        write(store, vec![put]).await.expect("a write");
    }
    let found = store.row(StoreName::Settings, "key").await;
    assert_eq!(found, Ok(Some(setting("key", b"two"))));
    for _ in 0..2 {
        let delete = Write::Delete(StoreName::Settings, "key".to_owned());
        write(store, vec![delete]).await.expect("a deletion");
        assert_eq!(store.row(StoreName::Settings, "key").await, Ok(None));
    }
}

/// As when a connection died after the commit and before its answer.
pub async fn a_proven_commit_repeated_is_success(store: &Store) {
    store.unlock(sample_vault("e"));
    let commit = Commit {
        checks: vec![Check {
            store: StoreName::Revisions,
            key: "r1".to_owned(),
            expect: Expect::Absent,
        }],
        writes: vec![
            Write::Add(StoreName::Revisions, revision("r1", "e", 1)),
            Write::Put(StoreName::Settings, setting("key", b"new")),
            Write::Delete(StoreName::Drafts, "d".to_owned()),
        ],
    };
    for _ in 0..2 {
        assert_eq!(store.commit_proven(&commit).await, Ok(()));
    }
    assert_eq!(keys(store, &by_sequence(&["e"])).await, ["r1"]);
}

pub async fn a_proven_commit_that_others_overtook_is_a_conflict(store: &Store) {
    let commit = |body: &[u8]| Commit {
        checks: Vec::new(),
        writes: vec![
            Write::Add(StoreName::Settings, setting("key", body)),
            Write::Add(StoreName::Settings, setting("same", b"same")),
        ],
    };
    assert_eq!(store.commit_proven(&commit(b"theirs")).await, Ok(()));
    assert_conflict(store.commit_proven(&commit(b"ours")).await);
    let found = store.row(StoreName::Settings, "key").await;
    assert_eq!(found, Ok(Some(setting("key", b"theirs"))));
}
