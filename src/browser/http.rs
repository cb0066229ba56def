//! Requests to an upload server. `XMLHttpRequest` and not `fetch`, because only that
//! tells how much of a body is on its way (docs/decisions/0014-upload.md).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ProgressEvent, Url, XmlHttpRequest, XmlHttpRequestResponseType};

/// Waits so long for the answer to an empty request, in milliseconds.
const PATIENCE_MS: u32 = 60_000;
/// And one millisecond more for so many bytes: 32 kbit/s is a poor network.
const BYTES_A_MS: usize = 4;
/// An answer that is larger is of somebody else: a receipt of 1,000 records has some
/// 120,000 bytes.
const MOST_ANSWER: u32 = 4 * 1024 * 1024;

/// An answer: status, headers with their names in lower case, body.
pub struct HttpAnswer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// No network, cut on the way, or forbidden by the page's own policy.
    Connection,
    TimedOut,
    Stopped,
}

/// A handle to stop a request that is under way.
#[derive(Clone, Default)]
pub struct Stopper {
    request: Rc<RefCell<Option<XmlHttpRequest>>>,
    is_stopped: Rc<Cell<bool>>,
}

impl Stopper {
    /// Lets requests go again.
    pub fn begin(&self) {
        self.is_stopped.set(false);
    }

    /// Stops what is under way, and what would be asked next, until it begins again.
    pub fn stop(&self) {
        self.is_stopped.set(true);
        let request = self.request.borrow_mut().take();
        if let Some(request) = request {
            // A request that is over cannot be stopped, and need not be.
            let _ = request.abort();
        }
    }
}

/// Sends a request and waits for the whole answer. Neither cookies nor the browser's
/// own store take part.
pub async fn ask(
    method: &str,
    address: &str,
    headers: &[(&'static str, String)],
    body: Option<&[u8]>,
    on_sent: impl Fn(u64) + 'static,
    stopper: &Stopper,
) -> Result<HttpAnswer, HttpError> {
    if stopper.is_stopped.get() {
        return Err(HttpError::Stopped);
    }
    let failed = |_: JsValue| HttpError::Connection;
    let request = XmlHttpRequest::new().map_err(failed)?;
    request
        .open_with_async(method, address, true)
        .map_err(failed)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    let length = body.map_or(0, <[u8]>::len);
    request.set_timeout(PATIENCE_MS + u32::try_from(length / BYTES_A_MS).unwrap_or(u32::MAX / 2));
    for (name, value) in headers {
        request.set_request_header(name, value).map_err(failed)?;
    }
    let (over, outcome) = oneshot::channel();
    let over = Rc::new(RefCell::new(Some(over)));
    let ends = |how: Result<(), HttpError>| {
        let over = over.clone();
        Closure::<dyn FnMut()>::new(move || {
            if let Some(over) = over.borrow_mut().take() {
                // Nobody waits any more.
                let _ = over.send(how);
            }
        })
    };
    let loaded = ends(Ok(()));
    let error = ends(Err(HttpError::Connection));
    let timeout = ends(Err(HttpError::TimedOut));
    let abort = ends(Err(HttpError::Stopped));
    request.set_onload(Some(loaded.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    request.set_ontimeout(Some(timeout.as_ref().unchecked_ref()));
    request.set_onabort(Some(abort.as_ref().unchecked_ref()));
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        on_sent(event.loaded() as u64);
    });
    if body.is_some() {
        // Asked for without a body, this alone would make another origin ask back.
        let upload = request.upload().map_err(failed)?;
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    *stopper.request.borrow_mut() = Some(request.clone());
    match body {
        None => request.send(),
        // Copied: the app's memory may move while the browser reads it.
        Some(bytes) => request.send_with_opt_js_u8_array(Some(&Uint8Array::from(bytes))),
    }
    .map_err(failed)?;
    let outcome = outcome.await.unwrap_or(Err(HttpError::Connection));
    stopper.request.borrow_mut().take();
    request.set_onload(None);
    outcome?;
    Ok(HttpAnswer {
        status: request.status().unwrap_or(0),
        headers: headers_of(&request),
        body: body_of(&request),
    })
}

fn headers_of(request: &XmlHttpRequest) -> BTreeMap<String, String> {
    let all = request.get_all_response_headers().unwrap_or_default();
    let lines = all.lines().filter_map(|line| line.split_once(':'));
    lines
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

fn body_of(request: &XmlHttpRequest) -> Vec<u8> {
    let body = request.response().ok();
    let buffer = body.and_then(|body| body.dyn_into::<ArrayBuffer>().ok());
    match buffer {
        Some(buffer) if buffer.byte_length() <= MOST_ANSWER => Uint8Array::new(&buffer).to_vec(),
        _ => Vec::new(),
    }
}

/// An address as it is meant at another one, if it is of the same origin.
pub fn resolve(base: &str, address: &str) -> Option<String> {
    let at = Url::new(base).ok()?;
    let meant = Url::new_with_base(address, base).ok()?;
    (meant.origin() == at.origin()).then(|| meant.href())
}

/// Where the app itself lies, with a slash at the end.
pub fn own_address() -> Option<String> {
    let document = web_sys::window()?.document()?;
    resolve(&document.base_uri().ok()??, "./")
}
