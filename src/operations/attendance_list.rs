//! Whose names are on the attendance list, on paper.

use super::attend::attendance_of;
use super::audit::{Doer, note};
use crate::domain::*;
use crate::store::{Store, StoreError};

/// Somebody as the list names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// `None`: came and was not registered.
    pub number: Option<RegistrationNumber>,
    pub name: FullName,
    /// Name and place of the business, or where the person comes from.
    pub from: String,
    /// What they signed with on the glass, where it was for this list.
    pub signature: Option<Ink>,
}

impl Signer {
    fn of(registration: &Registration) -> Self {
        let details = &registration.details;
        let business = &details.business;
        let known = business.kelurahan.and_then(kelurahan);
        // Where the person lives if nobody said where the business is.
        let place = known.map_or_else(|| details.address.place.name(), |found| found.name);
        Signer {
            number: Some(registration.number.clone()),
            name: details.person.name.clone(),
            from: format!("{}, {place}", business.name),
            signature: None,
        }
    }

    fn attending(entry: Attendance) -> Self {
        let Attendee {
            name,
            origin,
            signature,
            ..
        } = entry.attendee;
        Signer {
            number: None,
            name,
            from: origin,
            signature: Some(signature),
        }
    }
}

/// Everybody who is registered at an event and not voided, by number; after them who came and
/// was not registered, in the order in which they came. That the list was
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
    let registered = registered.filter(|registration| registration.is_active());
    let attending = attendance_of(store, event).await?.into_iter();
    let signers: Vec<Signer> = registered
        .map(Signer::of)
        .chain(attending.map(Signer::attending))
        .collect();
    let detail = Some(signers.len().to_string());
    match note(store, event, doer, AuditAction::ListPrinted, None, detail).await {
        Ok(()) | Err(StoreError::QuotaExceeded) => Ok(signers),
        Err(error) => Err(error),
    }
}
