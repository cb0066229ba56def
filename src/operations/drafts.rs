//! Drafts: kept while typing, set aside, taken up again, thrown away.

use crate::domain::{Draft, RegistrationId};
use crate::store::{Store, StoreError};

/// Keeps a draft as it stands.
pub async fn keep(store: &Store, draft: &Draft) -> Result<(), StoreError> {
    store.keep_draft(draft).await
}

/// Puts a draft aside, so that the next person can be registered.
pub async fn set_aside(store: &Store, draft: &Draft) -> Result<(), StoreError> {
    let mut draft = draft.clone();
    draft.set_aside = true;
    store.keep_draft(&draft).await
}

/// Throws a draft away.
pub async fn discard(store: &Store, id: RegistrationId) -> Result<(), StoreError> {
    store.discard_draft(id).await
}
