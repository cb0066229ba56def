//! The vault of an event: how it is made, opened, and tried.

use thiserror::Error;
use zeroize::Zeroize;

use super::audit::{Doer, note};
use crate::domain::*;
use crate::format::digest::FingerprintKey;
use crate::format::key_ring::KeyRing;
use crate::store::{Protection, Store, StoreError, StoredEvent, Try};
use crate::vault::open::{Chance, Secrets, Vault};
use crate::vault::wrap::{Asked, KdfCost, OuterKey, RecoveryKey, WrapError, asked_by};

/// How a new vault is closed.
pub struct Closing<'a> {
    /// What the passphrase came to, and by which work.
    pub outer: &'a OuterKey,
    pub asked: Asked,
    /// Printed where there is no office key.
    pub recovery: Option<&'a RecoveryKey>,
}

impl Closing<'_> {
    /// Closes the keys of an open vault into a ring.
    pub(super) fn close(&self, vault: &Vault, ring: &mut KeyRing) {
        vault.close_by_passphrase(ring, self.outer, &self.asked);
        if let Some(recovery) = self.recovery {
            vault.close_by_recovery(ring, recovery);
        }
        vault.close_secrets(ring);
    }
}

/// Why a vault does not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnlockError {
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// The event has no vault, or its passphrase was destroyed when it was closed.
    #[error("no passphrase opens this event")]
    Closed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Secrets of chance, for an event that is made on this tablet.
pub fn fresh_secrets(chance: Chance) -> Secrets {
    let (mut fingerprint, mut tablet) = ([0; 32], [0; 32]);
    chance(&mut fingerprint);
    chance(&mut tablet);
    let secrets = Secrets {
        fingerprint: FingerprintKey(fingerprint),
        tablet,
        identity: None,
    };
    fingerprint.zeroize();
    tablet.zeroize();
    secrets
}

/// The vault of an event without an office key, open, with its keys closed.
pub fn protection(
    event: EventId,
    secrets: Secrets,
    closing: &Closing<'_>,
    doer: &Doer,
    chance: Chance,
) -> Protection {
    let vault = Vault::new(event.to_string(), secrets, chance);
    let mut ring = KeyRing::default();
    closing.close(&vault, &mut ring);
    let cost = cost_text(closing.asked.cost);
    let entry = doer.entry(AuditAction::SetUp, None, Some(cost));
    Protection {
        vault,
        ring,
        entry,
        pack: None,
        officers: Vec::new(),
        expected: Vec::new(),
    }
}

/// A cost as the audit log says it: `argon2id 65536 KiB, 3 passes`.
pub(super) fn cost_text(cost: KdfCost) -> String {
    format!("argon2id {} KiB, {} passes", cost.memory_kib, cost.passes)
}

/// Seals what a version without a vault wrote. The vault is open afterwards.
pub async fn protect(
    store: &Store,
    event: &StoredEvent,
    closing: &Closing<'_>,
    doer: &Doer,
    chance: Chance,
) -> Result<StoredEvent, StoreError> {
    let mut secrets = fresh_secrets(chance);
    if let Some(key) = event.tablet.clear_fingerprint_key {
        // Rows are indexed by it already.
        secrets.fingerprint = key;
    }
    let mut protection = protection(event.id(), secrets, closing, doer, chance);
    protection.entry.action = AuditAction::Sealed;
    store.protect(event, protection).await
}

/// What has to be done to a passphrase before an event can be opened by it.
pub async fn asked(store: &Store, event: EventId) -> Result<Asked, UnlockError> {
    let (ring, _) = store.ring(event).await?.ok_or(UnlockError::Closed)?;
    let wrap = ring.passphrase.ok_or(UnlockError::Closed)?;
    Ok(asked_by(&wrap)?)
}

/// Opens an event by what the passphrase came to. A wrong one is counted, and
/// said in the audit log once the right one came; it locks nobody out.
pub async fn unlock(
    store: &Store,
    event: EventId,
    outer: &OuterKey,
    doer: &Doer,
    chance: Chance,
) -> Result<(), UnlockError> {
    let tried = match store.count_try(event, Try::Passphrase).await {
        // What guards the passphrase is the work of a try, not the count.
        Err(StoreError::QuotaExceeded) => 1,
        counted => counted?,
    };
    let (ring, _) = store.ring(event).await?.ok_or(UnlockError::Closed)?;
    let vault = Vault::open_by_passphrase(&ring, &event.to_string(), outer, chance)?;
    open(store, event, vault, AuditAction::Unlocked, tried - 1, doer).await
}

/// Opens an event by its printed recovery key.
pub async fn recover(
    store: &Store,
    event: EventId,
    recovery: &RecoveryKey,
    doer: &Doer,
    chance: Chance,
) -> Result<(), UnlockError> {
    let (ring, tries) = store.ring(event).await?.ok_or(UnlockError::Closed)?;
    let vault = Vault::open_by_recovery(&ring, &event.to_string(), recovery, chance)?;
    let before = tries.passphrase;
    open(store, event, vault, AuditAction::Recovered, before, doer).await
}

async fn open(
    store: &Store,
    event: EventId,
    vault: Vault,
    action: AuditAction,
    wrong_before: u64,
    doer: &Doer,
) -> Result<(), UnlockError> {
    store.unlock(vault);
    let noted = async {
        store.forget_tries(event, Try::Passphrase).await?;
        let detail = (wrong_before > 0).then(|| format!("{wrong_before} wrong before"));
        note(store, event, doer, action, None, detail).await
    };
    match noted.await {
        Ok(()) => Ok(()),
        // On a full tablet the vault must open all the same: what is in it has to
        // be handed over.
        Err(StoreError::QuotaExceeded) => Ok(()),
        Err(error) => {
            store.lock();
            Err(error.into())
        }
    }
}

/// Closes an open event by another passphrase.
pub async fn change_passphrase(
    store: &Store,
    event: EventId,
    outer: &OuterKey,
    asked: &Asked,
    doer: &Doer,
) -> Result<(), StoreError> {
    let vault = store.vault_of(event)?;
    let (mut ring, _) = store.ring(event).await?.ok_or(StoreError::Locked)?;
    vault.close_by_passphrase(&mut ring, outer, asked);
    store.keep_ring(event, &ring).await?;
    // The old passphrase must not open what lies beside the database.
    store.ask_journal_renewal();
    let action = AuditAction::PassphraseChanged;
    note(
        store,
        event,
        doer,
        action,
        None,
        Some(cost_text(asked.cost)),
    )
    .await
}
