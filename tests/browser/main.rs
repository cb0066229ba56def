//! Tests in a real browser: the store's promises on IndexedDB, and what only a
//! database in a browser can do to them.
#![cfg(target_arch = "wasm32")]

mod connections;
mod workers;

use pendapa::browser::idb;
use pendapa::store::{Store, contract};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Opens the database of this name.
async fn open(name: &str) -> Store {
    Store::open(name).await.expect("a database")
}

/// Runs a test on a database of its own, which is deleted afterwards.
async fn with_store(test: &str, run: impl AsyncFnOnce(&Store, &str)) {
    let name = format!("pendapa-test-{test}");
    // What an earlier, broken run left behind.
    idb::delete(&name).await.expect("a deletion");
    let store = open(&name).await;
    run(&store, &name).await;
    drop(store);
    idb::delete(&name).await.expect("a deletion");
}

macro_rules! on_indexed_db {
    ($promise:ident) => {
        #[wasm_bindgen_test]
        async fn $promise() {
            with_store(stringify!($promise), async |store, _| {
                contract::$promise(store).await
            })
            .await;
        }
    };
}
pendapa::each_promise!(on_indexed_db);
