//! Who works at this tablet.

use crate::domain::FullName;
use crate::store::{Store, StoreError};

/// Remembers the officer, so that the next form begins with the name.
pub async fn keep_officer(store: &Store, name: &FullName) -> Result<(), StoreError> {
    store.keep_officer(name.as_str()).await
}
