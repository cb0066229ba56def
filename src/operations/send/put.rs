//! One HTTP PUT with `If-None-Match: *` (RFC 9110), as WebDAV servers and plain ones
//! take it: what is there is never written over. Some servers keep half of a PUT that
//! was cut as if it were the whole, so the length is asked for afterwards, and what
//! turns out to be other bytes is left where it is and sent under one more name.

use super::http::{Answer, Http};
use super::{Outcome, Sending};
use crate::domain::SendProblem;
use crate::store::UploadTrack;

/// Names that are tried before somebody has to look.
const MOST_NAMES: u32 = 5;

/// What stands under a name.
enum There {
    /// As many bytes as sent.
    Whole,
    Other,
    /// The server does not say.
    Untold,
}

/// An address in the track is the one at which it was delivered before, and the office
/// did not find it whole: the next name is tried then.
pub(super) async fn send<H: Http>(sending: &Sending<'_, H>, track: &mut UploadTrack) -> Outcome {
    let before = track.address.clone();
    let address = |number| format!("{}{}", sending.target.base, numbered(sending.name, number));
    let used = (1..=MOST_NAMES).find(|number| before == Some(address(*number)));
    for number in used.map_or(1, |used| used + 1)..=MOST_NAMES {
        let address = address(number);
        match put(sending, &address).await {
            Ok(true) => {
                track.address = Some(address);
                return Outcome::Delivered;
            }
            Ok(false) => {}
            Err(outcome) => return outcome,
        }
    }
    SendProblem::OtherBytes.into()
}

/// Sends it to one address. `false`: something else is there.
async fn put<H: Http>(sending: &Sending<'_, H>, address: &str) -> Result<bool, Outcome> {
    let headers = vec![
        ("If-None-Match", "*".to_owned()),
        ("Content-Type", "application/octet-stream".to_owned()),
    ];
    let body = Some(sending.bytes);
    let answer = sending
        .ask("PUT", address, headers, body, Some(sending.on_sent.clone()))
        .await?;
    match answer.status {
        201 => Ok(!matches!(there(sending, address).await?, There::Other)),
        412 => Ok(matches!(there(sending, address).await?, There::Whole)),
        _ => Err(Outcome::from(&answer)),
    }
}

/// Asks how much is there. A token that may only create is often not told.
async fn there<H: Http>(sending: &Sending<'_, H>, address: &str) -> Result<There, Outcome> {
    let answer: Answer = sending.ask("HEAD", address, Vec::new(), None, None).await?;
    match (answer.status, answer.number("content-length")) {
        (200, Some(length)) if length == sending.size() => Ok(There::Whole),
        (200, Some(_)) => Ok(There::Other),
        (500.., _) => Err(Outcome::from(&answer)),
        _ => Ok(There::Untold),
    }
}

/// The name of the first try, or with a number before its ending.
fn numbered(name: &str, number: u32) -> String {
    match name.split_once('.') {
        Some((stem, ending)) if number > 1 => format!("{stem}.{number}.{ending}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_names_keep_stem_and_ending() {
        let name = "pendapa-KDP1-A-3-0123abcd.pendapa.json.age";
        assert_eq!(numbered(name, 1), name);
        let second = "pendapa-KDP1-A-3-0123abcd.2.pendapa.json.age";
        assert_eq!(numbered(name, 2), second);
    }
}
