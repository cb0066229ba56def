//! Speaks with upload servers, for `operations::send`.

use crate::browser::http::{HttpError, Stopper, ask, resolve};
use crate::operations::send::http::{Answer, Http, NoAnswer, Request};

/// The browser's network. What it is told to stop, it stops.
#[derive(Clone, Default)]
pub struct Network(pub Stopper);

impl Http for Network {
    async fn ask(&self, request: Request<'_>) -> Result<Answer, NoAnswer> {
        let on_sent = request.on_sent;
        let sent = move |bytes| {
            if let Some(on_sent) = &on_sent {
                on_sent(bytes);
            }
        };
        let Request {
            method,
            address,
            headers,
            body,
            ..
        } = request;
        match ask(method, address, &headers, body, sent, &self.0).await {
            Ok(answer) => Ok(Answer {
                status: answer.status,
                headers: answer.headers,
                body: answer.body,
            }),
            Err(HttpError::Connection) => Err(NoAnswer::Connection),
            Err(HttpError::TimedOut) => Err(NoAnswer::TimedOut),
            Err(HttpError::Stopped) => Err(NoAnswer::Cancelled),
        }
    }

    fn resolve(&self, base: &str, address: &str) -> Option<String> {
        resolve(base, address)
    }
}
