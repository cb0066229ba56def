//! Several tabs of one browser: one writer per event (Web Locks), the others
//! follow what it tells them (BroadcastChannel).

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::error::JsError;
use crate::domain::EventId;

#[wasm_bindgen(module = "/src/browser/locks.js")]
extern "C" {
    /// See `locks.js`.
    #[wasm_bindgen(catch)]
    async fn hold(name: &str, mode: &str, lost: &js_sys::Function) -> Result<JsValue, JsValue>;
}

/// The right to write or to send, until it is dropped or stolen.
pub struct WriterLock {
    release: js_sys::Function,
    _lost: Closure<dyn FnMut()>,
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // The function only settles a promise and cannot throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// How to ask for the right to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Only if no other tab has it.
    IfFree,
    /// Once the other tab gives it up or is closed.
    Wait,
    /// At once, from a tab that may be frozen.
    Steal,
}

/// Asks for the right to write an event. `None`: another tab has it. `lost` is
/// called when another tab steals it.
pub async fn writer_lock(
    event: EventId,
    ask: Ask,
    lost: impl FnMut() + 'static,
) -> Result<Option<WriterLock>, JsError> {
    lock(&format!("pendapa-writer-{event}"), ask, lost).await
}

/// Asks for the right to send batches, whatever the event: one tab does. `None`:
/// another tab is at it.
pub async fn sender_lock() -> Result<Option<WriterLock>, JsError> {
    lock("pendapa-sender", Ask::IfFree, || ()).await
}

/// Asks for the right to keep the journal in order: one tab does. `None`: another tab
/// is at it.
pub async fn journal_lock() -> Result<Option<WriterLock>, JsError> {
    lock("pendapa-journal", Ask::IfFree, || ()).await
}

async fn lock(
    name: &str,
    ask: Ask,
    lost: impl FnMut() + 'static,
) -> Result<Option<WriterLock>, JsError> {
    let mode = match ask {
        Ask::IfFree => "free",
        Ask::Wait => "wait",
        Ask::Steal => "steal",
    };
    let lost = Closure::<dyn FnMut()>::new(lost);
    let held = hold(name, mode, lost.as_ref().unchecked_ref()).await?;
    Ok(held
        .dyn_into::<js_sys::Function>()
        .ok()
        .map(|release| WriterLock {
            release,
            _lost: lost,
        }))
}

/// Tells the other tabs that something changed, and hears it from them.
pub struct Channel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the app's channel; `heard` gets the id of the event that changed.
    pub fn open(heard: impl FnMut(EventId) + 'static) -> Result<Self, JsError> {
        let channel = BroadcastChannel::new("pendapa")?;
        let heard = Rc::new(RefCell::new(heard));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let id = message.data().as_string();
            if let Some(id) = id.as_deref().and_then(EventId::parse) {
                (heard.borrow_mut())(id);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Ok(Channel {
            channel,
            _on_message: on_message,
        })
    }

    /// Says that an event changed.
    pub fn tell(&self, event: EventId) {
        // A channel that was closed has nobody to tell.
        let _ = self.channel.post_message(&event.to_string().into());
    }
}
