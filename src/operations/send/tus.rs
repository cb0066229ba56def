//! tus 1.0 (https://tus.io/protocols/resumable-upload): an upload is created, then
//! sent in pieces, each from where the server says that it is. Its address is written
//! down before the first piece, so that a crash goes on with it; where the answer to
//! the creation is lost, an empty upload stays behind, and the office takes a batch
//! once.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::http::{Answer, Http, OnSent};
use super::{Outcome, Sending};
use crate::domain::{EventId, SendProblem};
use crate::format::digest::hex;
use crate::store::{Store, StoreError, UploadTrack};

const VERSION: &str = "1.0.0";
/// Bytes of a piece: a cut costs no more than one.
pub const PIECE: usize = 256 * 1024;
/// So often in one try the server may say another place than expected: one that loses
/// what it took would else be sent to without end.
const MOST_SURPRISES: u32 = 3;

/// Where the server is with an upload.
enum Place {
    At(u64),
    /// It knows no such upload, or another one at that address.
    Gone,
}

fn protocol() -> (&'static str, String) {
    ("Tus-Resumable", VERSION.to_owned())
}

/// Whether an answer is of a tus server at all; everything else may say 200 as well.
fn is_tus(answer: &Answer) -> bool {
    answer.header("tus-resumable").is_some()
}

pub(super) async fn send<H: Http>(
    sending: &Sending<'_, H>,
    store: &Store,
    event: EventId,
    track: &mut UploadTrack,
) -> Result<Outcome, StoreError> {
    let mut surprises = 0;
    loop {
        let (address, mut at) = match track.address.clone() {
            Some(address) => match place(sending, &address).await {
                Ok(Place::At(at)) => (address, at),
                Ok(Place::Gone) => {
                    (track.address, track.sent) = (None, 0);
                    continue;
                }
                Err(outcome) => {
                    if let Outcome::Failed {
                        problem: SendProblem::Forbidden | SendProblem::NoSuchAddress,
                        ..
                    } = outcome
                    {
                        // The intake may have moved: the next try begins anew.
                        (track.address, track.sent) = (None, 0);
                    }
                    return Ok(outcome);
                }
            },
            None => match create(sending).await {
                Ok(address) => {
                    track.address = Some(address.clone());
                    track.sent = 0;
                    store.keep_track(event, track).await?;
                    (address, 0)
                }
                Err(outcome) => return Ok(outcome),
            },
        };
        loop {
            track.sent = at;
            (sending.on_sent)(at);
            if at == sending.size() {
                return Ok(Outcome::Delivered);
            }
            match piece(sending, &address, at).await {
                Ok(Some(next)) if next > at => at = next,
                // Somebody else moved it, or it kept nothing: ask where it is.
                Ok(_) => {
                    surprises += 1;
                    if surprises > MOST_SURPRISES {
                        return Ok(SendProblem::Busy.into());
                    }
                    break;
                }
                Err(outcome) => return Ok(outcome),
            }
        }
    }
}

/// Creates an upload, and returns its address.
async fn create<H: Http>(sending: &Sending<'_, H>) -> Result<String, Outcome> {
    let metadata = [
        ("filename", sending.name.to_owned()),
        ("file_hash", hex(&sending.hash.0)),
    ]
    .map(|(name, value)| format!("{name} {}", STANDARD.encode(value)))
    .join(",");
    let headers = vec![
        protocol(),
        ("Upload-Length", sending.size().to_string()),
        ("Upload-Metadata", metadata),
    ];
    let base = &sending.target.base;
    let answer = sending.ask("POST", base, headers, None, None).await?;
    if answer.status != 201 {
        return Err(Outcome::from(&answer));
    }
    let address = answer
        .header("location")
        .filter(|_| is_tus(&answer))
        .and_then(|location| sending.http.resolve(base, location));
    address.ok_or(Outcome::from(SendProblem::NotTheServer))
}

/// Asks where the server is.
async fn place<H: Http>(sending: &Sending<'_, H>, address: &str) -> Result<Place, Outcome> {
    let answer = sending
        .ask("HEAD", address, vec![protocol()], None, None)
        .await?;
    match answer.status {
        200 | 204 if is_tus(&answer) => {}
        404 | 410 if is_tus(&answer) => return Ok(Place::Gone),
        _ => return Err(Outcome::from(&answer)),
    }
    let length = answer.number("upload-length").unwrap_or(sending.size());
    match answer.number("upload-offset") {
        Some(at) if length == sending.size() && at <= length => Ok(Place::At(at)),
        Some(_) => Ok(Place::Gone),
        None => Err(SendProblem::NotTheServer.into()),
    }
}

/// Sends the piece that begins at a place. `None`: the server is somewhere else.
async fn piece<H: Http>(
    sending: &Sending<'_, H>,
    address: &str,
    at: u64,
) -> Result<Option<u64>, Outcome> {
    let begin = usize::try_from(at).unwrap_or(usize::MAX);
    let end = (begin + PIECE).min(sending.bytes.len());
    let headers = vec![
        protocol(),
        ("Upload-Offset", at.to_string()),
        ("Content-Type", "application/offset+octet-stream".to_owned()),
    ];
    let body = &sending.bytes[begin..end];
    let (all, most) = (sending.on_sent.clone(), body.len() as u64);
    let on_sent: OnSent = Rc::new(move |sent| all(at + sent.min(most)));
    let answer = sending
        .ask("PATCH", address, headers, Some(body), Some(on_sent))
        .await?;
    match answer.status {
        204 if is_tus(&answer) => {
            let next = answer.number("upload-offset");
            let next = next.ok_or(Outcome::from(SendProblem::NotTheServer))?;
            Ok(Some(next).filter(|next| *next <= end as u64))
        }
        // Gone meanwhile, or not where we thought: asking says which.
        404 | 409 | 410 if is_tus(&answer) => Ok(None),
        _ => Err(Outcome::from(&answer)),
    }
}
