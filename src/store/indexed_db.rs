//! Rows in IndexedDB, over a connection that may die at any time.
//!
//! WebKit drops connections of pages in the background and fails every request
//! on the dead handle. So a failure that looks like that throws the handle away,
//! opens a new one and does the work once more; what the work is does not
//! matter, because a commit that is repeated finds its own rows there.

use std::cell::RefCell;
use std::rc::Rc;

use super::StoreError;
use super::migrations::SCHEMA_VERSION;
use super::row::{Commit, Query, Row};
use super::schema::StoreName;
use crate::browser::error::JsError;
use crate::browser::idb::{self, Connection};

/// A store in the browser's database.
pub struct IndexedDbStore {
    name: String,
    connection: RefCell<Option<Rc<Connection>>>,
}

impl IndexedDbStore {
    /// Opens the database of this name, creating or upgrading it.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let store = IndexedDbStore {
            name: name.to_owned(),
            connection: RefCell::new(None),
        };
        store.connected().await?;
        Ok(store)
    }

    pub(super) async fn rows_at(
        &self,
        places: &[(StoreName, &str)],
    ) -> Result<Vec<Option<Row>>, StoreError> {
        self.replayed(async |connection| connection.rows_at(places).await)
            .await
    }

    pub(super) async fn rows(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        self.replayed(async |connection| connection.rows(query).await)
            .await
    }

    pub(super) async fn count(&self, query: &Query) -> Result<u32, StoreError> {
        self.replayed(async |connection| connection.count(query).await)
            .await
    }

    pub(super) async fn has(&self, store: StoreName, key: &str) -> Result<bool, StoreError> {
        self.replayed(async |connection| connection.has(store, key).await)
            .await
    }

    pub(super) async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.replayed(async |connection| connection.commit(commit).await)
            .await
    }

    /// Closes the connection under the store's feet; for tests.
    pub fn lose_connection(&self) {
        if let Some(connection) = &*self.connection.borrow() {
            connection.lose();
        }
    }

    /// Does the work, and once more on a new connection if the first one died.
    async fn replayed<T>(
        &self,
        work: impl AsyncFn(&Connection) -> Result<T, JsError>,
    ) -> Result<T, StoreError> {
        let connection = self.connected().await?;
        let first = match work(&connection).await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if !connection.is_closed() && !looks_dead(&first) {
            return Err(store_error(first));
        }
        drop(connection);
        self.connection.borrow_mut().take();
        let connection = self.connected().await?;
        work(&connection).await.map_err(|second| {
            if looks_dead(&second) {
                StoreError::ConnectionLost { name: second.name }
            } else {
                store_error(second)
            }
        })
    }

    async fn connected(&self) -> Result<Rc<Connection>, StoreError> {
        let known = self.connection.borrow().clone();
        if let Some(connection) = known
            && !connection.is_closed()
        {
            return Ok(connection);
        }
        let connection = match idb::open(&self.name, SCHEMA_VERSION).await {
            Ok(connection) => Rc::new(connection),
            Err(error) => return Err(self.open_error(error).await),
        };
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }

    async fn open_error(&self, error: JsError) -> StoreError {
        match error.name.as_str() {
            "VersionError" => StoreError::SchemaTooNew {
                found: idb::version_on_disk(&self.name)
                    .await
                    .unwrap_or(SCHEMA_VERSION + 1),
                supported: SCHEMA_VERSION,
            },
            idb::BLOCKED => StoreError::Blocked,
            "QuotaExceededError" => StoreError::QuotaExceeded,
            _ => StoreError::Unavailable { name: error.name },
        }
    }
}

/// Whether an error is what a dead connection says (WebKit in the background,
/// Chromium after its database process ended).
fn looks_dead(error: &JsError) -> bool {
    matches!(
        error.name.as_str(),
        "InvalidStateError" | "UnknownError" | "TransactionInactiveError" | "AbortError"
    )
}

fn store_error(error: JsError) -> StoreError {
    match error.name.as_str() {
        idb::CHECK_FAILED => StoreError::Conflict {
            store: StoreName::ALL
                .iter()
                .find(|store| store.name() == error.message)
                .map_or("", |store| store.name()),
        },
        "ConstraintError" => StoreError::Conflict { store: "" },
        "QuotaExceededError" => StoreError::QuotaExceeded,
        _ => StoreError::Browser {
            name: error.name,
            message: error.message,
        },
    }
}
