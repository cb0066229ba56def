//! The port to the network: one request, and whatever answers it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::domain::SendProblem;

/// Told how many bytes are on their way.
pub type OnSent = Rc<dyn Fn(u64)>;

/// A request to an upload server.
pub struct Request<'a> {
    pub method: &'static str,
    /// Absolute.
    pub address: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<&'a [u8]>,
    /// Of the body.
    pub on_sent: Option<OnSent>,
}

/// An answer, from whomever: a network's sign-in page answers as well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// No network, or cut on the way; browsers do not tell the two apart.
    Connection,
    TimedOut,
    /// Somebody stopped it.
    Cancelled,
}

/// Who asks.
pub trait Http {
    /// Sends a request and waits for all of the answer.
    fn ask(&self, request: Request<'_>) -> impl Future<Output = Result<Answer, NoAnswer>>;

    /// An address as it is meant at another one (RFC 3986), absolute. `None`: it is no
    /// address, or of another origin, where the token must not go.
    fn resolve(&self, base: &str, address: &str) -> Option<String>;
}

impl Answer {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.trim())
    }

    /// A header that is a number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.parse().ok()
    }

    /// What a refusal means. Success that is not the protocol's own comes from somebody
    /// else.
    pub fn problem(&self) -> SendProblem {
        match self.status {
            401 => SendProblem::TokenRefused,
            403 => SendProblem::Forbidden,
            404 | 410 => SendProblem::NoSuchAddress,
            408 | 409 | 423 | 425 | 429 => SendProblem::Busy,
            413 => SendProblem::TooLarge,
            // 511: a network wants somebody to sign in (RFC 6585).
            ..=399 | 511 => SendProblem::NotTheServer,
            500.. => SendProblem::ServerFails,
            _ => SendProblem::Refused,
        }
    }
}
