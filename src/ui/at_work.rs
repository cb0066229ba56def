//! What is done at the open event, now and by whoever is at work.

use leptos::prelude::*;

use super::state::AppState;
use crate::browser::clock;
use crate::domain::FullName;
use crate::operations::register::Deed;
use crate::store::{Store, StoredEvent};

/// Gives a deed the event, who does it, and what it may not find out for itself. `None`:
/// no event is open, or nobody said who is at work.
pub async fn at_work<T>(
    app: AppState,
    deed: impl AsyncFnOnce(&Store, &StoredEvent, FullName, &Deed<'_>) -> T,
) -> Option<T> {
    let event = app.event.get_untracked()?;
    let officer = app
        .officer
        .with_untracked(|name| FullName::parse(name))
        .ok()?;
    let rules = app.rules();
    let facts = Deed {
        alike: &[],
        earlier: None,
        rules: &rules,
        device: app.device(),
        now: clock::now(),
    };
    Some(deed(&app.store(), &event, officer, &facts).await)
}
