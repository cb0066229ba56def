//! Corrects or voids a saved registration. What was saved stays; a new revision
//! with its reason stands before it.

use super::register::{Deed, SaveError, Saved, officer, read_draft, saved_before};
use crate::domain::*;
use crate::store::{Store, StoreError, StoredEvent};

/// Saves a correction: the draft's fields become the next revision.
pub async fn correct(
    store: &Store,
    event: &StoredEvent,
    draft: &Draft,
    deed: &Deed<'_>,
) -> Result<Saved, SaveError> {
    let head = store
        .registration(draft.id)
        .await?
        .ok_or(SaveError::Missing)?;
    if !head.registration.is_active() {
        return Err(ReviseError::Voided.into());
    }
    let mut details = read_draft(store, event, draft, deed).await?;
    let consent = &head.registration.details.consent;
    details.consent.withdrawn.clone_from(&consent.withdrawn);
    if (details.consent.at, &details.consent.language) == (consent.at, &consent.language) {
        // Nobody asked again, so it is still the text of then that was agreed to.
        details.consent.text_version = consent.text_version;
    }
    if draft.corrects != Some(head.registration.revision) {
        // Saved already, by a double tap or just before the tab was killed.
        if draft.corrects == Some(head.registration.revision - 1)
            && head.registration.details == details
            && let Some(saved) = saved_before(store, event, draft.id).await?
        {
            return Ok(saved);
        }
        return Err(StoreError::Conflict {
            store: "registrations",
        }
        .into());
    }
    let registration = head.registration.corrected(
        details,
        draft.text(Field::Reason),
        stamp(event, head.hash(), officer(draft)?, deed),
    )?;
    let event = store.save_revision(event, &registration).await?;
    Ok(Saved {
        registration,
        event,
    })
}

/// Voids a registration. It keeps its number, is shown as void, and goes into
/// the next batch as such.
pub async fn void(
    store: &Store,
    event: &StoredEvent,
    id: RegistrationId,
    reason: &str,
    officer: FullName,
    deed: &Deed<'_>,
) -> Result<Saved, SaveError> {
    let head = store.registration(id).await?.ok_or(SaveError::Missing)?;
    let registration = head
        .registration
        .voided(reason, stamp(event, head.hash(), officer, deed))?;
    let event = store.save_revision(event, &registration).await?;
    Ok(Saved {
        registration,
        event,
    })
}

/// Takes back what a participant agreed to: the next revision says so, and the next batch
/// carries it. Without the purpose that registering needs, the registration is void.
pub async fn withdraw(
    store: &Store,
    event: &StoredEvent,
    id: RegistrationId,
    purposes: &[Purpose],
    reason: &str,
    officer: FullName,
    deed: &Deed<'_>,
) -> Result<Saved, SaveError> {
    let head = store.registration(id).await?.ok_or(SaveError::Missing)?;
    let stamp = stamp(event, head.hash(), officer, deed);
    let registration = head.registration.withdrawn(purposes, reason, stamp)?;
    let event = store.save_revision(event, &registration).await?;
    Ok(Saved {
        registration,
        event,
    })
}

fn stamp(event: &StoredEvent, previous: Hash, officer: FullName, deed: &Deed) -> Stamp {
    Stamp {
        previous,
        recorded_at: deed.now,
        sequence: event.state.saved + 1,
        officer,
    }
}
