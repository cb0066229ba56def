//! Sends a batch to the upload server, and looks there for the office's receipt.
//!
//! Only the protocol's own answers are believed. What was sent is *delivered* and not
//! yet *acknowledged*: integrity rests on our hash and signature, never on the server.
//! A try that was cut short is gone on with where the server says that it is.

pub mod http;
mod put;
pub mod queue;
mod tus;

use http::{Answer, Http, NoAnswer, OnSent, Request};

use super::audit::Doer;
use super::hand_over::note_step;
use super::receipts::{TakeReceiptError, TakenReceipt, take_receipt};
use crate::domain::*;
use crate::format::digest::hex;
use crate::format::event_pack::Upload;
use crate::format::receipt_file::is_receipt;
use crate::store::{Store, StoreError, StoredBatch, UploadTrack};

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Delivered,
    /// The server may say after how many milliseconds to come again.
    Failed {
        problem: SendProblem,
        after: Option<u64>,
    },
    /// Somebody stopped it. What the server has stays there.
    Cancelled,
}

/// What is asked for longest before the next try, whatever the server says, in
/// milliseconds.
const LONGEST_AFTER_MS: u64 = 3_600_000;

impl From<SendProblem> for Outcome {
    fn from(problem: SendProblem) -> Self {
        Outcome::Failed {
            problem,
            after: None,
        }
    }
}

impl From<NoAnswer> for Outcome {
    fn from(why: NoAnswer) -> Self {
        match why {
            NoAnswer::Connection => SendProblem::NoConnection.into(),
            NoAnswer::TimedOut => SendProblem::TimedOut.into(),
            NoAnswer::Cancelled => Outcome::Cancelled,
        }
    }
}

impl From<&Answer> for Outcome {
    fn from(answer: &Answer) -> Self {
        Outcome::Failed {
            problem: answer.problem(),
            after: answer
                .number("retry-after")
                .map(|seconds| seconds.saturating_mul(1000).min(LONGEST_AFTER_MS)),
        }
    }
}

/// Where an event's batches are uploaded to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Absolute, with a slash at the end.
    pub base: String,
    pub token: Option<String>,
    pub protocol: UploadProtocol,
}

impl Target {
    /// From what the pack says, at the app's own address. `None`: that is no address.
    pub fn of(upload: &Upload, own: &str, http: &impl Http) -> Option<Self> {
        let slash = if upload.address.ends_with('/') {
            ""
        } else {
            "/"
        };
        let address = format!("{}{slash}", upload.address);
        let base = if address.contains("://") {
            address
        } else {
            http.resolve(own, &address)?
        };
        Some(Target {
            base,
            token: upload.token.clone(),
            protocol: upload.protocol.0,
        })
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let bearer = |token: &String| ("Authorization", format!("Bearer {token}"));
        self.token.iter().map(bearer).collect()
    }
}

/// A batch on its way.
struct Sending<'a, H> {
    http: &'a H,
    target: &'a Target,
    name: &'a str,
    hash: Hash,
    bytes: &'a [u8],
    on_sent: OnSent,
}

impl<H: Http> Sending<'_, H> {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    async fn ask(
        &self,
        method: &'static str,
        address: &str,
        headers: Vec<(&'static str, String)>,
        body: Option<&[u8]>,
        on_sent: Option<OnSent>,
    ) -> Result<Answer, NoAnswer> {
        let mut all = self.target.headers();
        all.extend(headers);
        let request = Request {
            method,
            address,
            headers: all,
            body,
            on_sent,
        };
        self.http.ask(request).await
    }
}

/// Time and chance of a try.
#[derive(Clone)]
pub struct SendDeed<'a> {
    pub doer: &'a Doer,
    /// What time it is: a try may last longer than the pause after it.
    pub clock: &'a dyn Fn() -> Moment,
    /// Spreads the tries of several tablets.
    pub chance: u32,
    /// Told how many bytes of the batch are on their way.
    pub on_sent: OnSent,
}

/// Tries to send a batch, and writes down how it ended. The vault may be locked.
pub async fn send_batch(
    store: &Store,
    http: &impl Http,
    target: &Target,
    batch: &StoredBatch,
    deed: &SendDeed<'_>,
) -> Result<Outcome, StoreError> {
    let (event, doer) = (batch.event_id, deed.doer);
    let damaged = StoreError::Damaged { store: "batches" };
    let (_, bytes) = store.batch_bytes(batch.id).await?.ok_or(damaged)?;
    let log = store.steps_of(event).await?;
    let state = Standing::of(batch.id, &log).state;
    let known = store.track(batch.id).await?;
    let mut track = known.unwrap_or_else(|| UploadTrack::new(batch.id, doer.now));
    // Of another origin, as after a backup was restored elsewhere: not ours to ask.
    track
        .address
        .take_if(|address| http.resolve(&target.base, address).is_none());
    if state == BatchState::Delivered {
        // Sent once more because the server lost it, or the office did not find it whole.
        let before = track.address.take();
        track = UploadTrack::new(batch.id, doer.now);
        if target.protocol == UploadProtocol::Put {
            track.address = before;
        }
        store.keep_track(event, &track).await?;
    }
    if state != BatchState::Sending {
        note(store, batch, Step::Sending, None, doer).await?;
    }
    track.tried_at = doer.now;
    let before = track.sent;
    let sending = Sending {
        http,
        target,
        name: &batch.file_name,
        hash: batch.file_hash,
        bytes: &bytes,
        on_sent: deed.on_sent.clone(),
    };
    let outcome = match target.protocol {
        UploadProtocol::Tus => tus::send(&sending, store, event, &mut track).await?,
        UploadProtocol::Put => put::send(&sending, &mut track).await,
    };
    let now = (deed.clock)();
    if track.sent > before {
        (track.failed, track.moved_at) = (0, now);
    }
    match outcome {
        Outcome::Delivered => {
            (track.sent, track.failed, track.problem) = (bytes.len() as u64, 0, None);
            store.keep_track(event, &track).await?;
            note(store, batch, Step::Delivered, None, doer).await?;
        }
        Outcome::Failed { problem, after } => {
            track.failed += 1;
            track.problem = Some(problem);
            let pause = back_off(track.failed, deed.chance).max(after.unwrap_or(0));
            let pause = i64::try_from(pause).unwrap_or(i64::MAX);
            track.next_at = Moment::new(now.unix_ms().saturating_add(pause), 0);
            store.keep_track(event, &track).await?;
            if !problem.passes() {
                note(store, batch, Step::Refused, Some(problem), doer).await?;
            }
        }
        Outcome::Cancelled => store.keep_track(event, &track).await?,
    }
    Ok(outcome)
}

async fn note(
    store: &Store,
    batch: &StoredBatch,
    step: Step,
    problem: Option<SendProblem>,
    doer: &Doer,
) -> Result<(), StoreError> {
    let entry = TransportEntry {
        batch_id: batch.id,
        step,
        at: doer.now,
        problem,
    };
    note_step(store, batch.event_id, &entry, doer).await
}

/// What became of looking for a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The server has none yet.
    NoneYet,
    Taken(Box<TakenReceipt>),
    /// What is there is no receipt to believe.
    NotBelieved(TakeReceiptError),
    /// It could not be asked.
    Failed(SendProblem),
}

/// Looks on the upload server for the receipt of a batch.
pub async fn fetch_receipt(
    store: &Store,
    http: &impl Http,
    target: &Target,
    batch: &StoredBatch,
    doer: &Doer,
) -> Result<Fetched, StoreError> {
    let address = format!("{}receipts/{}.json", target.base, hex(&batch.file_hash.0));
    let request = Request {
        method: "GET",
        address: &address,
        headers: target.headers(),
        body: None,
        on_sent: None,
    };
    let answer = match http.ask(request).await {
        Ok(answer) => answer,
        Err(NoAnswer::TimedOut) => return Ok(Fetched::Failed(SendProblem::TimedOut)),
        Err(_) => return Ok(Fetched::Failed(SendProblem::NoConnection)),
    };
    match answer.status {
        404 | 410 => Ok(Fetched::NoneYet),
        200 if is_receipt(&answer.body) => match take_receipt(store, &answer.body, doer).await {
            Ok(taken) => Ok(Fetched::Taken(Box::new(taken))),
            Err(TakeReceiptError::Store(error)) => Err(error),
            Err(error) => Ok(Fetched::NotBelieved(error)),
        },
        _ => Ok(Fetched::Failed(answer.problem())),
    }
}

#[cfg(test)]
mod tests;
