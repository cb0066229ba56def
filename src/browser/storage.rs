//! What the browser says about the app's storage.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Whether the browser promised not to delete the app's data by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    Granted,
    Denied,
    /// This browser has no such promise.
    Unknown,
}

/// Whether the promise was given.
pub async fn persistence() -> Persistence {
    answer(manager().and_then(|manager| manager.persisted().ok())).await
}

/// Asks for the promise. Some browsers ask the person, some decide alone.
pub async fn ask_persistence() -> Persistence {
    answer(manager().and_then(|manager| manager.persist().ok())).await
}

/// Bytes that the app uses, as far as the browser tells. How many are left
/// nobody tells truly: `quota` is not free space on the disk.
pub async fn usage() -> Option<u64> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let usage = Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()?;
    Some(usage as u64)
}

fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    // Missing where the page is not a secure context.
    Reflect::get(&navigator, &"storage".into())
        .ok()?
        .dyn_into()
        .ok()
}

async fn answer(promise: Option<js_sys::Promise>) -> Persistence {
    let Some(promise) = promise else {
        return Persistence::Unknown;
    };
    match JsFuture::from(promise).await.map(|answer| answer.as_bool()) {
        Ok(Some(true)) => Persistence::Granted,
        Ok(Some(false)) => Persistence::Denied,
        _ => Persistence::Unknown,
    }
}
