//! Connections that die, block or meet, and databases of other versions.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use pendapa::browser::idb;
use pendapa::domain::DeviceId;
use pendapa::format::config::rules;
use pendapa::operations::register::{Deed, register};
use pendapa::store::migrations::SCHEMA_VERSION;
use pendapa::store::row::{Commit, Query, Range, Row, Write};
use pendapa::store::samples::*;
use pendapa::store::schema::{IndexName, StoreName};
use pendapa::store::{Store, StoreError, contract};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{open, with_store};

#[wasm_bindgen(inline_js = r#"
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Stores and indexes of a database, a line each, sorted. */
export async function shape_of(name) {
  const database = await answer(indexedDB.open(name));
  const lines = [`version ${database.version}`];
  const transaction = database.transaction([...database.objectStoreNames]);
  for (const name of database.objectStoreNames) {
    const store = transaction.objectStore(name);
    lines.push(`store ${name}`);
    for (const index of store.indexNames) {
      const { keyPath, unique } = store.index(index);
      lines.push(`index ${name} ${index} ${keyPath.join(" ")} ${unique}`);
    }
  }
  database.close();
  return lines.sort().join("\n");
}

let held;
/** A connection of a tab that hangs: it does not answer to a version change. */
export async function hold(name) {
  held = await answer(indexedDB.open(name));
}

/** Lets the others go on, and comes back when those that waited had their turn. */
export async function release(name) {
  held.close();
  (await answer(indexedDB.open(name))).close();
}
"#)]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn shape_of(name: &str) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>;
    #[wasm_bindgen(catch)]
    async fn hold(name: &str) -> Result<(), wasm_bindgen::JsValue>;
    #[wasm_bindgen(catch)]
    async fn release(name: &str) -> Result<(), wasm_bindgen::JsValue>;
}

/// Runs two futures at the same time.
async fn both<A, B>(one: impl Future<Output = A>, two: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut two) = (pin!(one), pin!(two));
    let (mut of_one, mut of_two) = (None, None);
    poll_fn(move |context| {
        if of_one.is_none()
            && let Poll::Ready(output) = one.as_mut().poll(context)
        {
            of_one = Some(output);
        }
        if of_two.is_none()
            && let Poll::Ready(output) = two.as_mut().poll(context)
        {
            of_two = Some(output);
        }
        match (of_one.take(), of_two.take()) {
            (Some(one), Some(two)) => Poll::Ready((one, two)),
            (one, two) => {
                (of_one, of_two) = (one, two);
                Poll::Pending
            }
        }
    })
    .await
}

fn lose_connection(store: &Store) {
    store.indexed_db().lose_connection();
}

fn setting(key: &str) -> Commit {
    Commit {
        checks: Vec::new(),
        writes: vec![Write::Add(
            StoreName::Settings,
            Row::new(key, [], key.as_bytes().to_vec()),
        )],
    }
}

fn settings() -> Query {
    Query {
        store: StoreName::Settings,
        range: Range::All,
    }
}

#[wasm_bindgen_test]
async fn an_empty_database_is_brought_to_the_schema() {
    with_store("schema", async |_, name| {
        let mut expected = vec![format!("version {SCHEMA_VERSION}")];
        for store in StoreName::ALL {
            expected.push(format!("store {}", store.name()));
            for index in store.indexes() {
                expected.push(format!(
                    "index {} {} {} {}",
                    store.name(),
                    index.name(),
                    index.fields().join(" "),
                    index.is_unique()
                ));
            }
        }
        expected.sort();
        let shape = shape_of(name).await.expect("a description");
        assert_eq!(shape.as_string(), Some(expected.join("\n")));
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_opened_again_and_the_work_done() {
    with_store("lost", async |store, _| {
        lose_connection(store);
        assert_eq!(store.commit_proven(&setting("a")).await, Ok(()));
        lose_connection(store);
        assert_eq!(store.count(&settings()).await, Ok(1));
        lose_connection(store);
        assert_eq!(store.rows(&settings()).await.expect("rows").len(), 1);
        lose_connection(store);
        let row = store.row(StoreName::Settings, "a").await;
        assert!(row.expect("a read").is_some());
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_commit_repeated_on_a_new_connection_is_success_not_conflict() {
    with_store("repeated", async |store, _| {
        assert_eq!(store.commit_proven(&setting("a")).await, Ok(()));
        lose_connection(store);
        assert_eq!(store.commit_proven(&setting("a")).await, Ok(()));
        assert_eq!(store.count(&settings()).await, Ok(1));
    })
    .await;
}

#[wasm_bindgen_test]
async fn works_that_lose_their_connection_together_are_all_done() {
    with_store("together", async |store, _| {
        lose_connection(store);
        let (one, two) = (setting("one"), setting("two"));
        let saved = both(store.commit_proven(&one), store.commit_proven(&two)).await;
        assert_eq!(saved, (Ok(()), Ok(())));
        lose_connection(store);
        let (counted, query) = (settings(), settings());
        let (count, rows) = both(store.count(&counted), store.rows(&query)).await;
        assert_eq!((count, rows.map(|rows| rows.len())), (Ok(2), Ok(2)));
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_database_newer_than_the_app_is_refused_with_both_versions() {
    let name = "pendapa-test-newer";
    let newer = idb::open(name, SCHEMA_VERSION + 6)
        .await
        .expect("a database");
    let refused = Store::open(name).await.err();
    let expected = StoreError::SchemaTooNew {
        found: SCHEMA_VERSION + 6,
        supported: SCHEMA_VERSION,
    };
    assert_eq!(refused, Some(expected));
    assert_eq!(idb::version_on_disk(name).await, Some(SCHEMA_VERSION + 6));
    drop(newer);
    idb::delete(name).await.expect("a deletion");
}

#[wasm_bindgen_test]
async fn a_newer_app_in_another_tab_is_let_in_and_the_older_stops() {
    with_store("upgraded", async |store, name| {
        assert_eq!(store.commit_proven(&setting("a")).await, Ok(()));
        let newer = idb::open(name, SCHEMA_VERSION + 1).await;
        let newer = newer.expect("the older tab gave way");
        let refused = store.commit_proven(&setting("b")).await;
        let expected = StoreError::SchemaTooNew {
            found: SCHEMA_VERSION + 1,
            supported: SCHEMA_VERSION,
        };
        assert_eq!(refused, Err(expected));
        assert_eq!(newer.count(&settings()).await, Ok(1), "nothing was lost");
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_tab_that_hangs_blocks_an_upgrade_and_nothing_after_it() {
    with_store("blocked", async |_, name| {
        hold(name).await.expect("a connection");
        let refused = idb::open(name, SCHEMA_VERSION + 1).await.err();
        let error = refused.expect("the tab that hangs");
        assert_eq!(error.name, idb::BLOCKED);
        release(name).await.expect("a connection");
        // The upgrade was made after all, and its connection, for which nobody
        // waits any more, is in nobody's way.
        let found = idb::version_on_disk(name).await;
        assert_eq!(found, Some(SCHEMA_VERSION + 1));
        let next = idb::open(name, SCHEMA_VERSION + 2).await;
        assert!(next.is_ok(), "{:?}", next.err());
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_connections_see_each_others_rows_and_one_of_two_writers_wins() {
    with_store("two", async |one, name| {
        let two = open(name).await;
        // Two tabs of one tablet, each unlocked with the same key.
        let event = add_sample(one, sample_event(1)).await;
        let vault = one.vault_of(event.id()).expect("it is open");
        two.share_vault(&vault);
        let seen = two.event(event.id()).await;
        assert!(seen == Ok(Some(event.clone())));
        let [first, second] = [1, 2].map(|number| sample_registration(&event, number));
        let (first, second) = both(
            one.save_revision(&event, &first),
            two.save_revision(&event, &second),
        )
        .await;
        assert!(first.is_ok());
        let conflict = StoreError::Conflict { store: "events" };
        assert!(second.err() == Some(conflict));
        assert_eq!(two.count_revisions(event.id()).await, Ok(1));
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_taps_at_the_same_time_save_once_and_get_the_same_number() {
    with_store("taps", async |store, _| {
        let event = add_sample(store, sample_event(1)).await;
        let draft = sample_draft(&event.tablet.event, 1);
        let rules = rules();
        let tap = |minutes| Deed {
            rules: &rules,
            device: DeviceId(sample_uuid(0)),
            now: sample_moment(minutes),
            alike: &[],
            earlier: None,
        };
        let (one, two) = (tap(10), tap(11));
        let (one, two) = both(
            register(store, &event, &draft, &one),
            register(store, &event, &draft, &two),
        )
        .await;
        let (Ok(one), Ok(two)) = (one, two) else {
            panic!("both saves succeed");
        };
        assert_eq!(one.registration, two.registration);
        assert!(one.event == two.event);
        assert_eq!(store.count_revisions(event.id()).await, Ok(1));
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_promises_hold_on_a_connection_that_was_lost_before() {
    with_store("after", async |store, _| {
        lose_connection(store);
        contract::a_first_save_counts_and_takes_the_draft_away(store).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn ten_thousand_rows_are_read_in_order() {
    with_store("many", async |store, _| {
        store.unlock(sample_vault("e"));
        for thousand in 0..10_u64 {
            let writes = (0..1_000).map(|number| {
                let sequence = thousand * 1_000 + number + 1;
                Write::Add(
                    StoreName::Revisions,
                    Row::new(
                        // Keys in another order than the sequence.
                        format!("{:05}", sequence * 7_919 % 10_007),
                        [
                            ("event_id", "e".into()),
                            ("registration_id", sequence.to_string().into()),
                            ("revision", 1_u32.into()),
                            ("sequence", sequence.into()),
                        ],
                        vec![b'x'; 2_000],
                    ),
                )
            });
            let commit = Commit {
                checks: Vec::new(),
                writes: writes.collect(),
            };
            store.commit(&commit).await.expect("a thousand rows");
        }
        let query = Query {
            store: StoreName::Revisions,
            range: Range::Starting {
                index: IndexName::RevisionsBySequence,
                prefix: vec!["e".into()],
            },
        };
        assert_eq!(store.count(&query).await, Ok(10_000));
        let rows = store.rows(&query).await.expect("rows");
        let sequences = rows.iter().map(|row| row.number("sequence"));
        assert!(sequences.eq(1..=10_000));
        assert!(rows.iter().all(|row| row.body.len() == 2_000));
    })
    .await;
}
