//! A server that speaks both protocols, in memory, and the network before it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::operations::send::http::*;

pub(super) const BASE: &str = "https://kantor.example/upload/";

/// What happens to one request.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    None,
    /// The server keeps only so many bytes of the body, and nobody answers.
    Cut(usize),
    /// The server does all of it, and the answer is lost.
    LoseAnswer,
    /// Somebody answers for the server.
    Answer(u16),
    /// The server forgets all uploads first.
    Forget,
}

/// Its length, and what is there of it.
type Upload = (usize, Vec<u8>);

/// The server.
#[derive(Default)]
pub(super) struct Server {
    /// Length and what is there of it; `None`: forgotten.
    pub(super) uploads: RefCell<Vec<Option<Upload>>>,
    pub(super) files: RefCell<Vec<(String, Vec<u8>)>>,
    faults: RefCell<VecDeque<Fault>>,
    /// Bytes of bodies that left the tablet.
    pub(super) sent: Cell<usize>,
    pub(super) asked: RefCell<Vec<String>>,
    pub(super) receipt: RefCell<Option<Vec<u8>>>,
}

fn answer(status: u16, headers: &[(&str, String)]) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    Answer {
        status,
        headers: headers.collect(),
        body: Vec::new(),
    }
}

impl Server {
    fn tus(status: u16, headers: &[(&str, String)]) -> Answer {
        let mut all = headers.to_vec();
        all.push(("tus-resumable", "1.0.0".to_owned()));
        answer(status, &all)
    }

    pub(super) fn with(faults: impl IntoIterator<Item = Fault>) -> Self {
        Server {
            faults: RefCell::new(faults.into_iter().collect()),
            ..Server::default()
        }
    }

    pub(super) fn fail_next(&self, fault: Fault) {
        self.faults.borrow_mut().push_front(fault);
    }

    fn do_it(&self, request: &Request<'_>, body: &[u8]) -> Answer {
        let header = |wanted: &str| {
            let found = request.headers.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.clone())
        };
        if header("Authorization").as_deref() != Some("Bearer create-only") {
            return answer(401, &[]);
        }
        let path = request.address.strip_prefix(BASE).expect("under the base");
        let mut uploads = self.uploads.borrow_mut();
        let upload = path.strip_prefix("u/").map(|id| {
            let id: usize = id.parse().expect("a number");
            uploads
                .get(id)
                .and_then(Clone::clone)
                .ok_or(id)
                .map(|upload| (id, upload))
        });
        match (request.method, upload) {
            ("POST", _) => {
                let length = header("Upload-Length").expect("a length");
                let length = length.parse().expect("a number");
                uploads.push(Some((length, Vec::new())));
                let place = ("location", format!("u/{}", uploads.len() - 1));
                Server::tus(201, &[place])
            }
            ("HEAD" | "PATCH", Some(Err(_))) => Server::tus(404, &[]),
            ("HEAD", Some(Ok((_, (length, kept))))) => {
                let offset = ("upload-offset", kept.len().to_string());
                Server::tus(200, &[offset, ("upload-length", length.to_string())])
            }
            ("PATCH", Some(Ok((id, (length, mut kept))))) => {
                if header("Upload-Offset") != Some(kept.len().to_string()) {
                    return Server::tus(409, &[]);
                }
                kept.extend_from_slice(body);
                let offset = ("upload-offset", kept.len().to_string());
                uploads[id] = Some((length, kept));
                Server::tus(204, &[offset])
            }
            ("GET", None) => match self.receipt.borrow().clone() {
                None => answer(404, &[]),
                Some(body) => Answer {
                    body,
                    ..answer(200, &[])
                },
            },
            (method, _) => {
                let mut files = self.files.borrow_mut();
                let there = files.iter().find(|(name, _)| name == path);
                match (method, there) {
                    ("PUT", Some(_)) => answer(412, &[]),
                    ("PUT", None) => {
                        files.push((path.to_owned(), body.to_vec()));
                        answer(201, &[])
                    }
                    ("HEAD", Some((_, bytes))) => {
                        answer(200, &[("content-length", bytes.len().to_string())])
                    }
                    _ => answer(404, &[]),
                }
            }
        }
    }

    /// What arrived whole.
    pub(super) fn arrived(&self) -> Vec<Vec<u8>> {
        let uploads = self.uploads.borrow();
        let whole = uploads.iter().flatten();
        let whole = whole.filter(|(length, kept)| kept.len() == *length);
        let files = self.files.borrow();
        let files = files.iter().map(|(_, bytes)| bytes.clone());
        whole.map(|(_, kept)| kept.clone()).chain(files).collect()
    }
}

impl Http for Server {
    async fn ask(&self, request: Request<'_>) -> Result<Answer, NoAnswer> {
        self.asked.borrow_mut().push(request.method.to_owned());
        let body = request.body.unwrap_or_default();
        self.sent.set(self.sent.get() + body.len());
        let fault = self.faults.borrow_mut().pop_front();
        match fault.unwrap_or(Fault::None) {
            Fault::None => Ok(self.do_it(&request, body)),
            Fault::Cut(at) => {
                // A half PUT stays as if it were the whole, as some servers do.
                self.do_it(&request, &body[..at.min(body.len())]);
                Err(NoAnswer::Connection)
            }
            Fault::LoseAnswer => {
                self.do_it(&request, body);
                Err(NoAnswer::TimedOut)
            }
            Fault::Answer(status) => Ok(answer(status, &[])),
            Fault::Forget => {
                self.uploads.borrow_mut().fill(None);
                Ok(self.do_it(&request, body))
            }
        }
    }

    fn resolve(&self, base: &str, address: &str) -> Option<String> {
        match address.split_once("://") {
            None => Some(format!("{base}{address}")),
            Some(_) => address.starts_with(BASE).then(|| address.to_owned()),
        }
    }
}
