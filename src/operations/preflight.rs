//! Tries the tablet before the event: a made-up person goes the whole way, from the
//! form to the opened batch, in an event of its own that is then taken away.

use thiserror::Error;

use super::audit::{Doer, note};
use super::make_batch::{BatchDeed, MOST_BYTES, MakeBatchError, make_batch};
use super::protect::fresh_secrets;
use super::register::{Deed, SaveError, register};
use super::sealer::Sealer;
use crate::domain::*;
use crate::format::batch_file::{BatchError, read_batch};
use crate::format::event_record::TabletEvent;
use crate::format::key_ring::KeyRing;
use crate::store::{Protection, Store, StoreError, StoredEvent};
use crate::vault::open::{Chance, Vault};

/// What did not work on the way.
#[derive(Debug, Error)]
pub enum TrialError {
    #[error("the trial was not saved: {0}")]
    Save(#[from] SaveError),
    #[error("the trial batch was not made: {0}")]
    Batch(#[from] MakeBatchError),
    #[error("the trial batch does not open: {0}")]
    Open(String),
    #[error("the trial batch does not read: {0}")]
    Read(#[from] BatchError),
    /// What came back is not what was typed.
    #[error("another person came back")]
    Other,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a trial is made with.
pub struct TrialDeed<'a> {
    pub rules: &'a Rules,
    pub device: DeviceId,
    pub doer: &'a Doer,
    pub app: String,
    pub chance: Chance,
    /// Ids for the trial's event, person and batch.
    pub ids: [uuid::Uuid; 3],
}

/// Nobody's clock is right that shows an earlier moment: this app did not exist.
/// 26 October 2026, in milliseconds since 1970.
const FIRST_BUILD_MS: i64 = 1_793_000_000_000;
/// Clocks of one tablet may differ so much between two looks, in milliseconds.
const CLOCK_TOLERANCE_MS: i64 = 60_000;

/// Whether the tablet's clock can be right: not before there was a Pendapa, and not
/// before the last registration was recorded.
pub fn is_clock_plausible(now: Moment, last_recorded: Option<Moment>) -> bool {
    now.unix_ms() >= FIRST_BUILD_MS
        && last_recorded.is_none_or(|last| last.unix_ms() <= now.unix_ms() + CLOCK_TOLERANCE_MS)
}

/// Registers a made-up person, makes a batch of it, sealed as the batches of
/// `event` are, opens it, reads it and compares. Everything of it is taken away
/// afterwards, also where something failed. Noted in the audit log of `event`.
pub async fn trial(
    store: &Store,
    event: &StoredEvent,
    deed: &TrialDeed<'_>,
    sealer: &impl Sealer,
) -> Result<(), TrialError> {
    let outcome = go_the_way(store, event, deed, sealer).await;
    let erased = store.erase_trials().await;
    let detail = if outcome.is_ok() { "passed" } else { "failed" };
    let (action, detail) = (AuditAction::Preflight, Some(detail.to_owned()));
    note(store, event.id(), deed.doer, action, None, detail).await?;
    outcome?;
    Ok(erased?)
}

async fn go_the_way(
    store: &Store,
    event: &StoredEvent,
    deed: &TrialDeed<'_>,
    sealer: &impl Sealer,
) -> Result<(), TrialError> {
    let [event_id, person, batch] = deed.ids;
    let (real, _) = store.ring(event.id()).await?.ok_or(StoreError::Locked)?;
    let mut secrets = fresh_secrets(deed.chance);
    let mut ring = KeyRing {
        recipients: real.recipients,
        ..KeyRing::default()
    };
    if !ring.recipients.is_empty() {
        let (secret, recipient) = sealer.identity().await.map_err(TrialError::Open)?;
        (secrets.identity, ring.own_recipient) = (Some(secret), Some(recipient));
    }
    let identity = secrets.identity.clone();
    let vault = Vault::new(event_id.to_string(), secrets, deed.chance);
    let tablet = TabletEvent {
        event: Event {
            id: EventId(event_id),
            ..event.tablet.event.clone()
        },
        device: Some(deed.device),
        ..event.tablet.clone()
    };
    let protection = Protection {
        vault,
        ring,
        entry: deed.doer.entry(AuditAction::SetUp, None, None),
        pack: None,
        officers: Vec::new(),
        expected: Vec::new(),
    };
    let tried = store.add_trial(tablet, protection).await?;
    let draft = made_up_person(RegistrationId(person), &tried.tablet.event, deed);
    let to_save = Deed {
        alike: &[],
        earlier: None,
        rules: deed.rules,
        device: deed.device,
        now: deed.doer.now,
    };
    let saved = register(store, &tried, &draft, &to_save).await?;
    let deed = BatchDeed {
        id: BatchId(batch),
        device: deed.device,
        doer: deed.doer.clone(),
        app: deed.app.clone(),
        is_last: false,
        most_bytes: MOST_BYTES,
    };
    let made = make_batch(store, &saved.event, &deed, sealer).await?;
    let kept = store.batch_bytes(made.batch.id).await?;
    let (stored, bytes) = kept.ok_or(TrialError::Other)?;
    let plain = match identity {
        Some(identity) if stored.sealed => {
            let opened = sealer.open(&identity, &bytes).await;
            opened.map_err(TrialError::Open)?
        }
        _ => bytes,
    };
    if read_batch(&plain)?.registrations == [saved.registration] {
        Ok(())
    } else {
        Err(TrialError::Other)
    }
}

/// Nobody: the serial of the NIK is one that the registry does not give out.
fn made_up_person(id: RegistrationId, event: &Event, deed: &TrialDeed<'_>) -> Draft {
    let now = deed.doer.now;
    let mut draft = Draft::new(id, event, now);
    let language = deed
        .rules
        .consent
        .first()
        .map_or("id", |text| &text.language);
    for (field, text) in [
        (Field::Nik, "3574055205849001"),
        (Field::Name, "Uji Coba"),
        (Field::BirthPlace, "Probolinggo"),
        (Field::BirthDate, "12-05-1984"),
        (Field::Sex, Sex::Female.code()),
        (Field::MotherName, "Uji Coba"),
        (Field::NoPhone, NoPhoneReason::None.code()),
        (Field::Street, "Jl. Uji Coba 1"),
        (Field::Rt, "1"),
        (Field::Rw, "1"),
        (Field::Kelurahan, "35.74.05.1005"),
        (Field::BusinessName, "Uji Coba"),
        (Field::Sector, Sector::Trade.code()),
        (Field::Workers, "1"),
        (Field::Occupation, "Uji Coba"),
        (Field::Income, "1000000"),
        (Field::ConsentLanguage, language),
        (Field::ReadAloudBy, "Uji Coba"),
        (Field::ConsentBpjs, TICKED),
        (Field::Ink, "100,175 900,175"),
        (Field::Officer, "Uji Coba"),
    ] {
        draft.set(field, text);
    }
    draft.set(Field::ConsentAt, &now.rfc3339());
    draft
}
