//! Heavy work beside the page. Each job has a worker of its own, which is ended
//! after its one answer, whatever that is: so the memory goes back (64 MiB for a
//! passphrase), and with it what was secret in it. Only [`CodeReader`] stays: it
//! reads one picture after another, and none of them is a secret.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};
use zeroize::Zeroizing;

use super::page;
use crate::qr::scan::{scan_job, scanned};
use crate::vault::carry::CarryError;
use crate::vault::errand::{Carry, Secret, carried, carry_job, derive_job, derived};
use crate::vault::wrap::{Asked, OuterKey, Passphrase, WrapError};

/// The page's `meta` that name the workers' files (`tools/workers.mjs`).
const KDF: &str = "worker-kdf";
const CARRIER: &str = "worker-carrier";
const SCAN: &str = "worker-scan";
/// A worker that says nothing for so long was ended by the system. The slowest
/// tablet takes some seconds.
const MOST_WAIT_MS: i32 = 3 * 60 * 1000;
/// The same for a picture, which takes a fraction of a second.
const MOST_SCAN_MS: i32 = 20 * 1000;

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

type Heard = dyn FnMut(MessageEvent);
type Failed = dyn FnMut(Event);

/// A worker, until it is dropped.
struct Running {
    worker: Worker,
    /// Who waits for the answer.
    waiting: Rc<RefCell<Option<oneshot::Sender<End>>>>,
    _on_message: Closure<Heard>,
    _on_error: Closure<Failed>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Running {
    /// Starts the worker that the page's `meta` of this name names. `None`: it is not
    /// here, or may not run.
    fn start(name: &str) -> Option<Self> {
        let address = page::meta(name);
        if address.is_empty() {
            return None;
        }
        // A string: boot.js admits it if it names one of the app's workers.
        let worker = Worker::new(&address).ok()?;
        let waiting = Rc::new(RefCell::new(None));
        let on_message = Closure::<Heard>::new({
            let waiting = waiting.clone();
            move |message: MessageEvent| say(&waiting, end_of(&message.data()))
        });
        // Its file did not come; what is thrown inside is caught there.
        let on_error = Closure::<Failed>::new({
            let waiting = waiting.clone();
            move |event: Event| {
                event.prevent_default();
                say(&waiting, End::Unavailable);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Running {
            worker,
            waiting,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Gives it a job and waits for the answer. One job at a time.
    async fn ask(&self, job: Secret, most_wait_ms: i32) -> End {
        let (sender, end) = oneshot::channel();
        *self.waiting.borrow_mut() = Some(sender);
        let bytes = Uint8Array::from(&job[..]);
        drop(job);
        // Moved and not copied: nothing of it stays on this side.
        let posted = self
            .worker
            .post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
        if posted.is_err() {
            return End::Unavailable;
        }
        let waiting = self.waiting.clone();
        let timer = page::after(most_wait_ms, move || say(&waiting, End::Died));
        let end = end.await;
        page::forget_after(timer);
        end.unwrap_or(End::Died)
    }
}

/// Tells who waits how it ended.
fn say(waiting: &RefCell<Option<oneshot::Sender<End>>>, end: End) {
    if let Some(sender) = waiting.borrow_mut().take() {
        // Nobody waits any more.
        let _ = sender.send(end);
    }
}

/// Gives a job to a worker of its own and waits for the answer.
async fn run<E>(name: &str, job: Secret) -> Result<Secret, WorkError<E>> {
    let worker = Running::start(name).ok_or(WorkError::Unavailable)?;
    match worker.ask(job, MOST_WAIT_MS).await {
        End::Answer(answer) => Ok(answer),
        End::Unavailable => Err(WorkError::Unavailable),
        End::Died => Err(WorkError::Died),
    }
}

/// The worker that reads QR codes in pictures. It is ended when dropped.
pub(super) struct CodeReader(Running);

impl CodeReader {
    /// `None`: its files are not here, or may not run.
    pub(super) fn start() -> Option<Self> {
        Running::start(SCAN).map(CodeReader)
    }

    /// The texts in a picture, given as red, green, blue and opacity of each point.
    /// `None`: the worker is of no use any more.
    pub(super) async fn read(&self, width: u32, height: u32, rgba: &[u8]) -> Option<Vec<String>> {
        let job = Zeroizing::new(scan_job(width, height, rgba));
        match self.0.ask(job, MOST_SCAN_MS).await {
            End::Answer(answer) => scanned(&answer),
            End::Unavailable | End::Died => None,
        }
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
