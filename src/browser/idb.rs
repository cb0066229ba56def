//! IndexedDB, just as much as the store needs: open with numbered changes, one
//! strict transaction that writes all or nothing, and reads by index and range.
//!
//! Two rules make it dependable. All requests of a write are queued at once and
//! nothing is awaited in between, so a transaction can never commit by itself
//! half way. And a write is over only with the transaction's `complete` event;
//! when it aborts, the reason is read from the transaction, because a full disk
//! is reported there and nowhere else.

mod values;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    IdbDatabase, IdbFactory, IdbIndexParameters, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode, IdbVersionChangeEvent,
};

use self::values::{range_key, row_of, text_of, value_of};
use super::error::JsError;
use crate::store::migrations::{Change, changes_since};
use crate::store::row::{Check, Commit, Query, Range, Row, Write};
use crate::store::schema::StoreName;

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase.transaction` with its third argument, which web-sys keeps
    /// behind an unstable flag.
    type DurableDatabase;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn strict_transaction(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Name of the check that did not hold, as an error.
pub const CHECK_FAILED: &str = "CheckFailed";
/// Another connection keeps an older version open.
pub const BLOCKED: &str = "Blocked";

/// An open connection.
pub struct Connection {
    database: IdbDatabase,
    closed: Rc<Cell<bool>>,
    _on_close: Closure<dyn FnMut()>,
    _on_version_change: Closure<dyn FnMut()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onclose(None);
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

/// Opens a database and brings it to `version`.
///
/// # Errors
/// `VersionError` if the database is newer, `Blocked` if another tab keeps it
/// open at an older version, and whatever else the browser says.
pub async fn open(name: &str, version: u32) -> Result<Connection, JsError> {
    let request = factory()?.open_with_u32(name, version)?;
    let upgrade = {
        let request = request.clone();
        Closure::<dyn FnMut(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
            if upgrade(&request, event.old_version() as u32).is_err()
                && let Some(transaction) = request.transaction()
            {
                let _ = transaction.abort();
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let outcome = Outcome::new();
    let blocked = outcome.resolver(|| Err(JsError::named(BLOCKED)));
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    let opened = settle(&request, outcome).await;
    request.set_onblocked(None);
    if opened.as_ref().is_err_and(|error| error.name == BLOCKED) {
        abandon(&request, upgrade);
    } else {
        request.set_onupgradeneeded(None);
    }
    let database: IdbDatabase = opened?.unchecked_into();
    let closed = Rc::new(Cell::new(false));
    let on_close = Closure::<dyn FnMut()>::new({
        let closed = closed.clone();
        move || closed.set(true)
    });
    let on_version_change = Closure::<dyn FnMut()>::new({
        let closed = closed.clone();
        let database = database.clone();
        move || {
            // A newer app wants to upgrade, or the site's data is being deleted.
            closed.set(true);
            database.close();
        }
    });
    database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
    database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
    Ok(Connection {
        database,
        closed,
        _on_close: on_close,
        _on_version_change: on_version_change,
    })
}

/// Leaves a blocked request to itself. It cannot be called off: when the other
/// tab closes, the browser upgrades after all. So the upgrade must still be made,
/// or the database would have the new version without its stores, and the
/// connection that nobody waits for any more must not block others in turn.
fn abandon(request: &IdbOpenDbRequest, upgrade: Closure<dyn FnMut(IdbVersionChangeEvent)>) {
    let on_success = Closure::once_into_js({
        let request = request.clone();
        move || {
            if let Ok(database) = request.result() {
                database.unchecked_into::<IdbDatabase>().close();
            }
        }
    });
    request.set_onsuccess(Some(on_success.unchecked_ref()));
    upgrade.forget();
}

/// The version that a database has on disk; `None` if the browser cannot say.
pub async fn version_on_disk(name: &str) -> Option<u32> {
    let factory: JsValue = factory().ok()?.into();
    let databases = Reflect::get(&factory, &"databases".into()).ok()?;
    let databases: js_sys::Function = databases.dyn_into().ok()?;
    let promise: js_sys::Promise = databases.call0(&factory).ok()?.dyn_into().ok()?;
    let list: Array = wasm_bindgen_futures::JsFuture::from(promise)
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    list.iter()
        .find(|entry| text_of(entry, "name").as_deref() == Some(name))
        .and_then(|entry| Reflect::get(&entry, &"version".into()).ok())
        .and_then(|version| version.as_f64())
        .map(|version| version as u32)
}

/// Deletes a database; for tests.
pub async fn delete(name: &str) -> Result<(), JsError> {
    let request: IdbRequest = factory()?.delete_database(name)?.into();
    settle(&request, Outcome::new()).await.map(drop)
}

fn factory() -> Result<IdbFactory, JsError> {
    let window = web_sys::window().ok_or_else(|| JsError::named("NoWindow"))?;
    window
        .indexed_db()?
        .ok_or_else(|| JsError::named("NoIndexedDb"))
}

fn upgrade(request: &IdbOpenDbRequest, old_version: u32) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let transaction = request
        .transaction()
        .ok_or_else(|| JsValue::from("no upgrade transaction"))?;
    for change in changes_since(old_version) {
        match change {
            Change::CreateStore { store } => {
                database.create_object_store(store)?;
            }
            Change::CreateIndex {
                store,
                index,
                fields,
                unique,
            } => {
                let parameters = IdbIndexParameters::new();
                parameters.set_unique(*unique);
                let path: Array = fields.iter().map(|field| JsValue::from(*field)).collect();
                transaction
                    .object_store(store)?
                    .create_index_with_str_sequence_and_optional_parameters(
                        index,
                        &path,
                        &parameters,
                    )?;
            }
        }
    }
    Ok(())
}

impl Connection {
    /// Whether the browser or another tab closed it.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Closes it as the browser would; for tests.
    pub fn lose(&self) {
        self.database.close();
    }

    /// Rows by store and key, all in one transaction, in the order of the places.
    pub async fn rows_at(&self, places: &[(StoreName, &str)]) -> Result<Vec<Option<Row>>, JsError> {
        let Some(transaction) = self.reading_all(places.iter().map(|(store, _)| *store))? else {
            return Ok(Vec::new());
        };
        let mut requests = Vec::with_capacity(places.len());
        for (store, key) in places {
            let object_store = transaction.object_store(store.name())?;
            requests.push(object_store.get(&(*key).into())?);
        }
        // Requests are answered in their order, and one that fails takes the later
        // ones along.
        if let Some(last) = requests.last() {
            settle(last, Outcome::new()).await?;
        }
        let row = |(request, (store, _)): (&IdbRequest, &(StoreName, &str))| {
            let found = request.result()?;
            Ok((!found.is_undefined()).then(|| row_of(*store, &found)))
        };
        requests.iter().zip(places).map(row).collect()
    }

    /// Whether there is a row by this key.
    pub async fn has(&self, store: StoreName, key: &str) -> Result<bool, JsError> {
        let request = self.reading(store)?.count_with_key(&key.into())?;
        let counted = settle(&request, Outcome::new()).await?;
        Ok(counted.as_f64() == Some(1.0))
    }

    /// Rows by index and range.
    pub async fn rows(&self, query: &Query) -> Result<Vec<Row>, JsError> {
        let object_store = self.reading(query.store)?;
        let request = match &query.range {
            Range::All => object_store.get_all()?,
            Range::Starting { index, .. } | Range::After { index, .. } => object_store
                .index(index.name())?
                .get_all_with_key(&range_key(&query.range)?)?,
        };
        let found: Array = settle(&request, Outcome::new()).await?.unchecked_into();
        Ok(found
            .iter()
            .map(|value| row_of(query.store, &value))
            .collect())
    }

    /// How many rows a range holds.
    pub async fn count(&self, query: &Query) -> Result<u32, JsError> {
        let object_store = self.reading(query.store)?;
        let request = match &query.range {
            Range::All => object_store.count()?,
            Range::Starting { index, .. } | Range::After { index, .. } => object_store
                .index(index.name())?
                .count_with_key(&range_key(&query.range)?)?,
        };
        let counted = settle(&request, Outcome::new()).await?;
        Ok(counted.as_f64().unwrap_or(0.0) as u32)
    }

    fn reading(&self, store: StoreName) -> Result<IdbObjectStore, JsError> {
        let transaction = self
            .database
            .transaction_with_str_and_mode(store.name(), IdbTransactionMode::Readonly)?;
        Ok(transaction.object_store(store.name())?)
    }

    /// A transaction that reads of several stores; `None`: of none.
    fn reading_all(
        &self,
        stores: impl Iterator<Item = StoreName>,
    ) -> Result<Option<IdbTransaction>, JsError> {
        let stores: BTreeSet<StoreName> = stores.collect();
        if stores.is_empty() {
            return Ok(None);
        }
        let names: Array = stores
            .iter()
            .map(|store| JsValue::from(store.name()))
            .collect();
        Ok(Some(self.database.transaction_with_str_sequence_and_mode(
            &names,
            IdbTransactionMode::Readonly,
        )?))
    }

    /// Checks and writes in one strict transaction.
    ///
    /// # Errors
    /// `CheckFailed` with the store's name as its message if a check did not
    /// hold; else the name of what aborted the transaction.
    pub async fn commit(&self, commit: &Commit) -> Result<(), JsError> {
        let stores: Array = commit
            .stores()
            .iter()
            .map(|store| JsValue::from(store.name()))
            .collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let database: &DurableDatabase = self.database.unchecked_ref();
        let transaction = database.strict_transaction(&stores, "readwrite", &options)?;
        let outcome = Outcome::new();
        let complete = outcome.resolver(|| Ok(JsValue::UNDEFINED));
        let failed_check: Rc<RefCell<Option<&'static str>>> = Rc::default();
        let abort = outcome.resolver({
            let transaction = transaction.clone();
            let failed_check = failed_check.clone();
            move || {
                Err(match *failed_check.borrow() {
                    Some(store) => JsError {
                        name: CHECK_FAILED.to_owned(),
                        message: store.to_owned(),
                    },
                    None => transaction
                        .error()
                        .map_or_else(|| JsError::named("AbortError"), |error| JsError::of(&error)),
                })
            }
        });
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
        let queued = queue(&transaction, commit, &failed_check);
        // The closures must live until the transaction is over.
        let _checks = match queued {
            Ok(closures) => closures,
            Err(error) => {
                let _ = transaction.abort();
                transaction.set_oncomplete(None);
                transaction.set_onabort(None);
                return Err(error);
            }
        };
        let result = outcome.wait().await;
        transaction.set_oncomplete(None);
        transaction.set_onabort(None);
        result.map(drop)
    }
}

type CheckClosure = Closure<dyn FnMut()>;

/// Queues every request of a commit. A check that does not hold aborts the
/// transaction from its own success event, before it can complete.
fn queue(
    transaction: &IdbTransaction,
    commit: &Commit,
    failed: &Rc<RefCell<Option<&'static str>>>,
) -> Result<Vec<CheckClosure>, JsError> {
    let mut closures = Vec::with_capacity(commit.checks.len());
    for Check { store, key, expect } in &commit.checks {
        let store = *store;
        let request = transaction
            .object_store(store.name())?
            .get(&key.as_str().into())?;
        let on_success = Closure::<dyn FnMut()>::new({
            let request = request.clone();
            let transaction = transaction.clone();
            let expect = expect.clone();
            let failed = failed.clone();
            move || {
                let found = request.result().unwrap_or(JsValue::UNDEFINED);
                let row = (!found.is_undefined()).then(|| row_of(store, &found));
                if !expect.holds(row.as_ref()) {
                    *failed.borrow_mut() = Some(store.name());
                    let _ = transaction.abort();
                }
            }
        });
        request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
        closures.push(on_success);
    }
    for write in &commit.writes {
        let object_store = transaction.object_store(write.store().name())?;
        match write {
            Write::Put(_, row) => {
                object_store.put_with_key(&value_of(row)?, &row.key.as_str().into())?;
            }
            Write::Add(_, row) => {
                object_store.add_with_key(&value_of(row)?, &row.key.as_str().into())?;
            }
            Write::Delete(_, key) => {
                object_store.delete(&key.as_str().into())?;
            }
        }
    }
    Ok(closures)
}

/// What a request or a transaction answers.
type Answer = Result<JsValue, JsError>;

/// A result that arrives once, by whichever event comes first.
struct Outcome {
    sender: Rc<RefCell<Option<oneshot::Sender<Answer>>>>,
    receiver: oneshot::Receiver<Answer>,
}

impl Outcome {
    fn new() -> Self {
        let (sender, receiver) = oneshot::channel();
        Outcome {
            sender: Rc::new(RefCell::new(Some(sender))),
            receiver,
        }
    }

    /// An event handler that settles the result.
    fn resolver(&self, result: impl Fn() -> Answer + 'static) -> Closure<dyn FnMut()> {
        let sender = self.sender.clone();
        Closure::new(move || {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(result());
            }
        })
    }

    async fn wait(self) -> Answer {
        self.receiver
            .await
            .unwrap_or_else(|_| Err(JsError::named("AbortError")))
    }
}

/// Waits for a request's success or error.
async fn settle(request: &IdbRequest, outcome: Outcome) -> Answer {
    let success = outcome.resolver({
        let request = request.clone();
        move || request.result().map_err(JsError::from)
    });
    let error = outcome.resolver({
        let request = request.clone();
        move || {
            Err(match request.error() {
                Ok(Some(error)) => JsError::of(&error),
                _ => JsError::named("UnknownError"),
            })
        }
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let result = outcome.wait().await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    result
}
