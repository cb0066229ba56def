//! Who works at this tablet.

use super::audit::{Doer, note};
use crate::domain::{AuditAction, EventId, FullName, Moment};
use crate::store::{Store, StoreError};

/// An officer takes over: what is done from now on is done by this name.
pub async fn choose_officer(
    store: &Store,
    event: EventId,
    name: &FullName,
    now: Moment,
) -> Result<(), StoreError> {
    store.keep_officer(event, name.as_str()).await?;
    let doer = Doer {
        officer: name.as_str().to_owned(),
        now,
    };
    note(store, event, &doer, AuditAction::OfficerChosen, None, None).await
}
