//! Closes an event: nobody registers at it any more, and where there is an office
//! key, nobody at the tablet can read it any more either.

use thiserror::Error;

use super::audit::note;
use super::make_batch::{BatchDeed, MadeBatch, MakeBatchError, make_batches};
use super::sealer::Sealer;
use crate::domain::{AuditAction, BatchId};
use crate::store::{Store, StoreError, StoredEvent};

/// Why an event was not closed. It goes on as before.
#[derive(Debug, Error)]
pub enum CloseError {
    /// Somebody is half registered.
    #[error("{0} drafts are open")]
    Drafts(usize),
    #[error(transparent)]
    Batch(#[from] MakeBatchError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What closing left: the last batch, and the event after it.
pub struct Closed {
    pub batch: MadeBatch,
    pub event: StoredEvent,
    /// The keys were destroyed: only the office opens what is here.
    pub is_sealed_off: bool,
}

/// Makes the last batch, or as many as it takes, then ends registering. With an office key the passphrase's
/// wrap, the batch identity and the fingerprint key are destroyed, and the vault is
/// locked for ever; sealed batches can still be handed over.
pub async fn close_event(
    store: &Store,
    event: &StoredEvent,
    deed: &BatchDeed,
    sealer: &impl Sealer,
    next_id: impl FnMut() -> BatchId,
    on_made: impl Fn(&MadeBatch),
) -> Result<Closed, CloseError> {
    let drafts = store.drafts_of(event.id()).await?.len();
    if drafts > 0 {
        return Err(CloseError::Drafts(drafts));
    }
    let (id, doer) = (event.id(), &deed.doer);
    note(store, id, doer, AuditAction::Closed, None, None).await?;
    let deed = BatchDeed {
        is_last: true,
        ..deed.clone()
    };
    let batch = make_batches(store, event, &deed, sealer, next_id, on_made).await?;
    let (mut ring, _) = store.ring(id).await?.ok_or(StoreError::Locked)?;
    ring.closed_at = Some(doer.now);
    // Only what the office can open may lose its other keys.
    let is_sealed_off = ring.office.is_some() && batch.batch.sealed;
    if is_sealed_off {
        (ring.passphrase, ring.recovery, ring.secrets) = (None, None, None);
    }
    let event = store.close_event(&batch.event, &ring, doer.now).await?;
    if is_sealed_off {
        store.lock();
    }
    Ok(Closed {
        batch,
        event,
        is_sealed_off,
    })
}
