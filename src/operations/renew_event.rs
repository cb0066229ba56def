//! A pack whose event is on this tablet already: the office made a new token, corrected a
//! rate, or invited more people.

use super::audit::{Doer, note};
use super::expected::{Imported, import};
use super::load_pack::{LoadPackError, kept, pack_of};
use crate::domain::*;
use crate::format::event_pack::{EventPack, HandOverRecord, write_pack};
use crate::format::key_ring::KeyRing;
use crate::store::{Store, StoreError};

/// What of a pack was news to the tablet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renewed {
    /// Upload address, token, or how long things may take.
    pub hand_over: bool,
    /// Rates and names.
    pub rules: bool,
    /// Consent texts, or who was at earlier events.
    pub texts: bool,
    /// Of the list of the invited, where somebody of it is new.
    pub expected: Option<Imported>,
    /// The vault is closed, and the pack says more than what needs no key.
    pub is_waiting: bool,
}

/// Takes over what a pack says anew of an event that is here. Only the event's own office
/// may say so. What concerns handing over, and rates, need no open vault: a token that was
/// revoked is replaced on a closed event too. Everything else is sealed and waits until the
/// vault is open. The event itself, its keys and registrations stay as they are.
///
/// # Errors
/// [`LoadPackError::OtherOffice`], and what the store says. What was taken before stays.
pub async fn renew_event(
    store: &Store,
    pack: &EventPack,
    doer: &Doer,
) -> Result<Renewed, LoadPackError> {
    let event = pack.event.id;
    let (ring, _) = store.ring(event).await?.ok_or(LoadPackError::OtherOffice)?;
    let office = pack.office.as_ref().ok_or(LoadPackError::OtherOffice)?;
    if ring.receipt_key.as_ref() != Some(&office.receipt_key)
        || !ring.recipients.contains(&office.recipient)
    {
        return Err(LoadPackError::OtherOffice);
    }
    // Closed with an office key: nothing on this tablet opens it any more.
    let can_be_opened = ring.passphrase.is_some();
    let mut renewed = renew_ring(store, pack, ring, doer).await?;
    if store.vault_of(event).is_err() {
        renewed.is_waiting = can_be_opened && says_more(pack);
        return Ok(renewed);
    }
    renewed.texts = renew_texts(store, pack, doer).await?;
    let imported = import(store, event, &pack.expected, doer).await?;
    renewed.expected = (imported.added + imported.changed > 0).then_some(imported);
    Ok(renewed)
}

/// Whether a pack has something for the open vault.
fn says_more(pack: &EventPack) -> bool {
    !(pack.consent.is_empty() && pack.earlier.is_empty() && pack.expected.is_empty())
}

/// What lies beside the closed keys.
async fn renew_ring(
    store: &Store,
    pack: &EventPack,
    mut ring: KeyRing,
    doer: &Doer,
) -> Result<Renewed, LoadPackError> {
    let (hand_over, rules) = (HandOverRecord::of(&pack.hand_over), pack.rules.text());
    let renewed = Renewed {
        hand_over: ring.upload != pack.upload || ring.hand_over != hand_over,
        rules: ring.rules != rules,
        ..Renewed::default()
    };
    if renewed == Renewed::default() {
        return Ok(renewed);
    }
    ring.upload.clone_from(&pack.upload);
    (ring.hand_over, ring.rules) = (hand_over, rules);
    store.keep_ring(pack.event.id, &ring).await?;
    let what = match (renewed.hand_over, renewed.rules) {
        (true, true) => "hand_over rules",
        (true, false) => "hand_over",
        _ => "rules",
    };
    match noted(store, pack, doer, what).await {
        Ok(()) | Err(StoreError::Locked) => Ok(renewed),
        Err(error) => Err(error.into()),
    }
}

async fn renew_texts(store: &Store, pack: &EventPack, doer: &Doer) -> Result<bool, LoadPackError> {
    let known = match pack_of(store, pack.event.id).await {
        // What cannot be read is made good.
        Err(StoreError::Damaged { .. }) => None,
        known => known?,
    };
    let mut newer = kept(pack);
    if let Some(known) = &known {
        // By these the tablet already works.
        newer.event.clone_from(&known.event);
        newer.fingerprint_key = known.fingerprint_key;
    }
    let is_known = known
        .is_some_and(|known| (&known.consent, &known.earlier) == (&newer.consent, &newer.earlier));
    if is_known {
        return Ok(false);
    }
    store.keep_pack(pack.event.id, &write_pack(&newer)).await?;
    noted(store, pack, doer, "texts").await?;
    Ok(true)
}

async fn noted(store: &Store, pack: &EventPack, doer: &Doer, what: &str) -> Result<(), StoreError> {
    let detail = Some(what.to_owned());
    note(
        store,
        pack.event.id,
        doer,
        AuditAction::PackLoaded,
        None,
        detail,
    )
    .await
}
