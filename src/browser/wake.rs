//! Keeps the screen on while something is sent: a tablet that falls asleep stops its
//! pages, and with them what they send.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The screen stays on as long as this lives, where the browser has such a thing.
pub struct WakeLock(Option<JsValue>);

impl WakeLock {
    /// Asks for it. A browser that refuses (an empty battery, a hidden page) is right.
    pub async fn ask() -> Self {
        WakeLock(sentinel().await.ok())
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        if let Some(sentinel) = &self.0
            && let Ok(release) = Reflect::get(sentinel, &"release".into())
            && let Ok(release) = release.dyn_into::<Function>()
        {
            // It may be gone already, with the page that was hidden.
            let _ = release.call0(sentinel);
        }
    }
}

async fn sentinel() -> Result<JsValue, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let lock = Reflect::get(&navigator, &"wakeLock".into())?;
    let request: Function = Reflect::get(&lock, &"request".into())?.dyn_into()?;
    let asked: Promise = request.call1(&lock, &"screen".into())?.dyn_into()?;
    JsFuture::from(asked).await
}
