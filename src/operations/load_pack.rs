//! An event from the office's pack: the same event on every tablet that loads it.
//! And a copy of an event that was made on a tablet, for the other tablets.

use thiserror::Error;

use super::audit::{Doer, note};
use super::protect::{Closing, cost_text, fresh_secrets};
use super::sealer::Sealer;
use crate::domain::*;
use crate::format::event_pack::{EventPack, HandOverRecord, PackError, read_pack, write_pack};
use crate::format::event_record::TabletEvent;
use crate::format::key_ring::KeyRing;
use crate::format::rules_record::RulesRecord;
use crate::store::{Protection, Store, StoreError, StoredEvent};
use crate::vault::open::{Chance, Vault};

/// Days after the event on which the copy of an event may still be loaded.
const COPY_DAYS: i32 = 30;

/// Why a pack was not loaded. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LoadPackError {
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The event is on this tablet already.
    #[error("the event is here already")]
    Here,
    /// The event is here and is another office's.
    #[error("the pack is not of the event's office")]
    OtherOffice,
    /// Another event on this tablet gives out the same numbers.
    #[error("code and letter are taken on this tablet")]
    Taken,
    #[error("not sealed to the office: {0}")]
    Sealing(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// This tablet's part in the event, and how its vault is closed.
pub struct PackDeed<'a> {
    pub letter: TabletLetter,
    pub device: DeviceId,
    pub closing: Closing<'a>,
    pub doer: &'a Doer,
    pub chance: Chance,
}

/// Looks whether this tablet can take the event of a pack, before anybody is asked
/// for more.
pub async fn check_pack(
    store: &Store,
    pack: &EventPack,
    letter: TabletLetter,
) -> Result<(), LoadPackError> {
    let (others, _) = store.events().await?;
    for other in others {
        if other.id() == pack.event.id {
            return Err(LoadPackError::Here);
        }
        if other.tablet.event.code == pack.event.code && other.tablet.letter == letter {
            return Err(LoadPackError::Taken);
        }
    }
    Ok(())
}

/// Makes the event of a pack on this tablet. Its vault is open afterwards. With an
/// office, its data key is sealed to the office before anything is registered.
pub async fn load_pack(
    store: &Store,
    pack: &EventPack,
    deed: &PackDeed<'_>,
    sealer: &impl Sealer,
) -> Result<StoredEvent, LoadPackError> {
    check_pack(store, pack, deed.letter).await?;
    let mut secrets = fresh_secrets(deed.chance);
    secrets.fingerprint = pack.fingerprint_key;
    let mut ring = KeyRing {
        upload: pack.upload.clone(),
        receipt_key: pack
            .office
            .as_ref()
            .map(|office| office.receipt_key.clone()),
        hand_over: HandOverRecord::of(&pack.hand_over),
        rules: pack.rules.text(),
        ..KeyRing::default()
    };
    if let Some(office) = &pack.office {
        let (secret, recipient) = sealer.identity().await.map_err(LoadPackError::Sealing)?;
        secrets.identity = Some(secret);
        ring.own_recipient = Some(recipient);
        ring.recipients = vec![office.recipient.clone()];
    }
    let vault = Vault::new(pack.event.id.to_string(), secrets, deed.chance);
    if pack.office.is_some() {
        let sealed = sealer.seal(&ring.recipients, &vault.key_for_office()).await;
        ring.office = Some(sealed.map_err(LoadPackError::Sealing)?);
    }
    deed.closing.close(&vault, &mut ring);
    let cost = cost_text(deed.closing.asked.cost);
    let tablet = TabletEvent {
        event: pack.event.clone(),
        letter: deed.letter,
        device: Some(deed.device),
        restored_from: Vec::new(),
        clear_fingerprint_key: None,
        created_at: deed.doer.now,
    };
    let protection = Protection {
        vault,
        ring,
        entry: deed.doer.entry(AuditAction::PackLoaded, None, Some(cost)),
        pack: Some(write_pack(&kept(pack))),
        officers: pack
            .officers
            .iter()
            .map(|officer| officer.as_str().to_owned())
            .collect(),
        expected: pack.expected.clone(),
    };
    Ok(store.add_event(tablet, protection).await?)
}

/// A pack as it is kept: who is expected has a row of its own, which can be added to
/// and cleared, and the rates are with what is known while the vault is locked.
pub(super) fn kept(pack: &EventPack) -> EventPack {
    EventPack {
        expected: Vec::new(),
        rules: RulesRecord::default(),
        ..pack.clone()
    }
}

/// What the pack of an event says, but who is expected and the rates; `None`: it was made on this
/// tablet. A pack that was good when it was loaded is not refused for its age.
pub async fn pack_of(store: &Store, event: EventId) -> Result<Option<EventPack>, StoreError> {
    let Some(bytes) = store.pack(event).await? else {
        return Ok(None);
    };
    match read_pack(&bytes, Date::MIN) {
        Ok(pack) => Ok(Some(pack)),
        Err(_) => Err(StoreError::Damaged { store: "packs" }),
    }
}

/// A copy of an event that was made on a tablet: the bytes of a pack without office
/// keys, to be closed by the event passphrase. `None`: the event is the office's,
/// which makes its packs itself.
pub async fn copy_of(
    store: &Store,
    event: &StoredEvent,
    doer: &Doer,
) -> Result<Option<Vec<u8>>, StoreError> {
    if pack_of(store, event.id())
        .await?
        .is_some_and(|pack| pack.office.is_some())
    {
        return Ok(None);
    }
    let officers = store.officers(event.id()).await?;
    let day = event.tablet.event.date;
    let pack = EventPack {
        event: event.tablet.event.clone(),
        expires: Date::from_julian_day(day.to_julian_day() + COPY_DAYS).unwrap_or(day),
        officers: officers
            .iter()
            .filter_map(|name| FullName::parse(name).ok())
            .collect(),
        office: None,
        upload: None,
        hand_over: HandOverRules::USUAL,
        fingerprint_key: store.vault_of(event.id())?.fingerprint_key(),
        earlier: Vec::new(),
        consent: Vec::new(),
        rules: RulesRecord::default(),
        expected: Vec::new(),
    };
    note(store, event.id(), doer, AuditAction::PackCopied, None, None).await?;
    Ok(Some(write_pack(&pack)))
}
