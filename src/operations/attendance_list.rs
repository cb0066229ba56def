//! Whose names are on the attendance list, on paper.

use super::audit::{Doer, note};
use crate::domain::*;
use crate::store::{Store, StoreError};

/// Somebody as the list names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    pub number: RegistrationNumber,
    pub name: FullName,
    pub business: String,
    /// Where the business is; where the person lives if nobody said.
    pub place: &'static str,
}

impl Signer {
    fn of(registration: &Registration) -> Self {
        let details = &registration.details;
        let business = &details.business;
        let known = business.kelurahan.and_then(kelurahan);
        Signer {
            number: registration.number.clone(),
            name: details.person.name.clone(),
            business: business.name.clone(),
            place: known.map_or_else(|| details.address.place.name(), |found| found.name),
        }
    }
}

/// Everybody who is registered at an event and not voided, by number. That the list was
/// printed is noted before anybody sees it.
///
/// # Errors
/// What the store says; on a full tablet the list is needed all the same.
pub async fn signers(
    store: &Store,
    event: EventId,
    doer: &Doer,
) -> Result<Vec<Signer>, StoreError> {
    let (heads, _) = store.registrations_of(event).await?;
    let registered = heads.iter().map(|head| &head.registration);
    let signers: Vec<Signer> = registered
        .filter(|registration| registration.is_active())
        .map(Signer::of)
        .collect();
    let detail = Some(signers.len().to_string());
    match note(store, event, doer, AuditAction::ListPrinted, None, detail).await {
        Ok(()) | Err(StoreError::QuotaExceeded) => Ok(signers),
        Err(error) => Err(error),
    }
}
