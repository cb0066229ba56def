//! The rest of the app: what the first screen does without, and what only that
//! needs. It is a file of its own, fetched once the first screen stands
//! (docs/decisions/0008-two-parts.md). [`Rest`] is the only way into it: whoever
//! has one may call it at once.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;
#[cfg(not(debug_assertions))]
use wasm_split_helpers::wasm_split;

use super::outgoing;
use super::pages;
use super::pages::register::{Form, Reading, Twin};
use super::parts::Fresh;
use super::roster;
use super::routes::Route;
use super::state::AppState;
use super::vault::Access;
use crate::domain::{Draft, Field, RegistrationId, Traits};
use crate::operations::register::Saved;
use crate::store::{StoreError, StoredEvent};

/// The doors into the rest of the app.
pub struct Rest {
    /// A page that is not among the first.
    pub page: fn(Route) -> Fresh,
    /// What is asked before a page of the event.
    pub gate: fn(Access) -> Fresh,
    /// What an iPad shows instead of registering anybody in a tab.
    pub install_first: fn() -> Fresh,
    /// In the first step: the way to the list of the invited, or that it filled the form.
    pub expected: fn(Form) -> Fresh,
    /// The fields of a step after the first.
    pub step: fn(Form, u8) -> Fresh,
    /// Answers that others gave in a field.
    pub offers: fn(Form, Field) -> Fresh,
    /// What stands beside the form.
    pub checks: fn(Form) -> Fresh,
    /// What is unusual in a field.
    pub unusual: fn(Form, Field) -> Fresh,
    /// What a draft reads as.
    pub read_form: fn(AppState, &StoredEvent, &Draft, &[Twin]) -> Reading,
    /// Who may be the person with these traits; tracked.
    pub twins: fn(AppState, RegistrationId, &Traits) -> Vec<Twin>,
    /// Saves a form, or says why not where the form itself does not show it.
    pub save: fn(Form, RwSignal<Option<Saved>>) -> LocalBoxFuture<'static, Option<String>>,
    /// The receipt of what was saved.
    pub receipt: fn(Saved, Callback<()>) -> Fresh,
    /// How many registrations are not handed over; tracked.
    pub not_handed_over: fn(AppState) -> usize,
    /// Reads all that is shown of the open event.
    pub read_event: fn(AppState) -> LocalBoxFuture<'static, Result<(), StoreError>>,
    /// Shouts if something that was saved is not there.
    pub look_for_loss: fn(AppState) -> LocalBoxFuture<'static, Result<(), StoreError>>,
}

static REST: Rest = Rest {
    page: pages::page,
    gate: pages::unlock::gate,
    install_first: pages::install::page,
    expected: pages::expected::in_form,
    step: pages::register::step,
    offers: pages::register::offers,
    checks: pages::register::checks,
    unusual: pages::register::unusual,
    read_form: pages::register::read,
    twins: pages::register::twins,
    save: pages::register::save,
    receipt: pages::register::receipt,
    not_handed_over: outgoing::not_handed_over,
    read_event: roster::read_event,
    look_for_loss: roster::look_for_loss,
};

/// Fetches the rest. It can be asked for again when it did not arrive.
#[cfg(not(debug_assertions))]
#[wasm_split(rest, fallible)]
pub fn fetch() -> Result<&'static Rest, SplitLoaderError> {
    Ok(&REST)
}

/// What tests link is in one part: only the release build is split.
#[cfg(debug_assertions)]
#[expect(clippy::unused_async, reason = "the same call as in the release build")]
pub async fn fetch() -> Result<&'static Rest, SplitLoaderError> {
    Ok(&REST)
}
