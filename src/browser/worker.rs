//! Heavy work beside the page. Each job has a worker of its own, which is ended
//! after its one answer, whatever that is: so the memory goes back (64 MiB for a
//! passphrase), and with it what was secret in it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};
use zeroize::Zeroizing;

use super::page;
use crate::vault::carry::CarryError;
use crate::vault::errand::{Carry, Secret, carried, carry_job, derive_job, derived};
use crate::vault::wrap::{Asked, OuterKey, Passphrase, WrapError};

/// The page's `meta` that name the workers' files (`tools/workers.mjs`).
const KDF: &str = "worker-kdf";
const CARRIER: &str = "worker-carrier";
/// A worker that says nothing for so long was ended by the system. The slowest
/// tablet takes some seconds.
const MOST_WAIT_MS: i32 = 3 * 60 * 1000;

/// Why a worker brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WorkError<E> {
    /// Its files are not here, or may not run.
    #[error("a part of the app is missing")]
    Unavailable,
    /// It stopped in the middle of the work, for want of memory as far as is known.
    #[error("a worker stopped in the middle")]
    Died,
    /// What the work came to.
    #[error(transparent)]
    Failed(E),
}

/// The key of a passphrase.
pub async fn derive(
    passphrase: &Passphrase,
    asked: &Asked,
) -> Result<OuterKey, WorkError<WrapError>> {
    let answer = run(KDF, derive_job(passphrase, asked)).await?;
    let key = derived(&answer, asked).ok_or(WorkError::Died)?;
    key.map_err(WorkError::Failed)
}

/// A new key, `AGE-SECRET-KEY-1…`, and its recipient, `age1…`.
pub async fn new_identity() -> Result<(Zeroizing<String>, String), WorkError<CarryError>> {
    carry(Carry::NewIdentity, |parts| match parts {
        [secret, recipient] => Some((Zeroizing::new(text(secret)?), text(recipient)?)),
        _ => None,
    })
    .await
}

/// See [`crate::vault::carry::seal_to`].
pub async fn seal_to(recipients: &[&str], plain: &[u8]) -> Result<Vec<u8>, WorkError<CarryError>> {
    carry(Carry::SealTo(recipients, plain), bytes).await
}

/// See [`crate::vault::carry::open_with`].
pub async fn open_with(secrets: &[&str], sealed: &[u8]) -> Result<Secret, WorkError<CarryError>> {
    carry(Carry::OpenWith(secrets, sealed), secret).await
}

/// See [`crate::vault::carry::close_pack`].
pub async fn close_pack(passphrase: &str, plain: &[u8]) -> Result<Vec<u8>, WorkError<CarryError>> {
    carry(Carry::ClosePack(passphrase, plain), bytes).await
}

/// See [`crate::vault::carry::open_pack`].
pub async fn open_pack(passphrase: &str, sealed: &[u8]) -> Result<Secret, WorkError<CarryError>> {
    carry(Carry::OpenPack(passphrase, sealed), secret).await
}

/// Has the carrier do one thing and reads the parts of its answer.
async fn carry<T>(
    asked: Carry<'_>,
    read: impl FnOnce(&[&[u8]]) -> Option<T>,
) -> Result<T, WorkError<CarryError>> {
    let answer = run(CARRIER, carry_job(asked)).await?;
    let parts = carried(&answer).ok_or(WorkError::Died)?;
    read(&parts.map_err(WorkError::Failed)?).ok_or(WorkError::Died)
}

fn text(part: &[u8]) -> Option<String> {
    String::from_utf8(part.to_vec()).ok()
}

fn bytes(parts: &[&[u8]]) -> Option<Vec<u8>> {
    match parts {
        [part] => Some(part.to_vec()),
        _ => None,
    }
}

fn secret(parts: &[&[u8]]) -> Option<Secret> {
    bytes(parts).map(Zeroizing::new)
}

/// How a worker ended.
enum End {
    Answer(Secret),
    Unavailable,
    Died,
}

/// A worker, until it is dropped.
struct Started(Worker);

impl Drop for Started {
    fn drop(&mut self) {
        self.0.set_onmessage(None);
        self.0.set_onerror(None);
        self.0.terminate();
    }
}

/// Gives a job to a worker of its own and waits for the answer.
async fn run<E>(name: &str, job: Secret) -> Result<Secret, WorkError<E>> {
    let address = page::meta(name);
    if address.is_empty() {
        return Err(WorkError::Unavailable);
    }
    // A string: boot.js admits it if it names one of the app's workers.
    let worker = Worker::new(&address).map_err(|_| WorkError::Unavailable)?;
    let worker = Started(worker);
    let (sender, end) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let say = move |end: End| {
        if let Some(sender) = sender.borrow_mut().take() {
            // Nobody waits any more.
            let _ = sender.send(end);
        }
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
        let say = say.clone();
        move |message: MessageEvent| say(end_of(&message.data()))
    });
    // Its file did not come; what is thrown inside is caught there.
    let on_error = Closure::<dyn FnMut(Event)>::new({
        let say = say.clone();
        move |event: Event| {
            event.prevent_default();
            say(End::Unavailable);
        }
    });
    worker
        .0
        .set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker
        .0
        .set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let bytes = Uint8Array::from(&job[..]);
    drop(job);
    // Moved and not copied: nothing of it stays on this side.
    worker
        .0
        .post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()))
        .map_err(|_| WorkError::Unavailable)?;
    let timer = page::after(MOST_WAIT_MS, move || say(End::Died));
    let end = end.await;
    page::forget_after(timer);
    match end {
        Ok(End::Answer(answer)) => Ok(answer),
        Ok(End::Unavailable) => Err(WorkError::Unavailable),
        Ok(End::Died) | Err(_) => Err(WorkError::Died),
    }
}

/// What `src/bin/worker.js` posted.
fn end_of(message: &JsValue) -> End {
    match message.dyn_ref::<Uint8Array>() {
        Some(answer) => {
            let copy = Zeroizing::new(answer.to_vec());
            answer.fill(0, 0, answer.length());
            End::Answer(copy)
        }
        None if message.as_string().as_deref() == Some("unavailable") => End::Unavailable,
        None => End::Died,
    }
}
