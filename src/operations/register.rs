//! Registers a person: the draft becomes a saved, proven registration.

use futures_util::future::join;
use thiserror::Error;

use crate::domain::*;
use crate::format::config::text_version;
use crate::store::{Head, Store, StoreError, StoredEvent};

/// What every deed needs to know and may not find out for itself.
pub struct Deed<'a> {
    pub rules: &'a Rules,
    pub device: DeviceId,
    pub now: Moment,
    /// Who may be the same person, as the screen knows it from this tablet and from
    /// others. The same NIK on this tablet is looked for in the store as well.
    pub alike: &'a [Alike],
    /// The last earlier event at which the NIK was registered, as the pack says.
    pub earlier: Option<&'a EarlierEvent>,
}

/// Why a draft was not saved. It is kept as it is in every case.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SaveError {
    /// The form is not right yet: every fault, in the order of the form.
    #[error("{} fields are not right", .0.len())]
    Faults(Vec<(Field, Fault)>),
    /// A correction or voiding of something that is void, or without a reason.
    #[error(transparent)]
    Revise(#[from] ReviseError),
    /// The registration that is to be corrected is not there.
    #[error("no such registration")]
    Missing,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A registration that is saved and proven, and the event after it.
#[derive(Clone)]
pub struct Saved {
    pub registration: Registration,
    pub event: StoredEvent,
}

/// Saves the first revision.
///
/// Saving twice is saving once: if this draft's registration is there already
/// (a double tap, or a tab that was killed just after the save), it is the
/// answer and nothing is written.
pub async fn register(
    store: &Store,
    event: &StoredEvent,
    draft: &Draft,
    deed: &Deed<'_>,
) -> Result<Saved, SaveError> {
    // At the same time, because an officer waits for the number.
    let (before, details) = join(
        saved_before(store, event, draft.id),
        read_draft(store, event, draft, deed),
    )
    .await;
    if let Some(saved) = before? {
        return Ok(saved);
    }
    let details = details?;
    let tablet = &event.tablet;
    let counter = u32::try_from(event.state.issued + 1).unwrap_or(u32::MAX);
    let registration = Registration::first(
        Identity {
            id: draft.id,
            event_id: event.id(),
            device_id: deed.device,
            number: RegistrationNumber::new(tablet.event.code.clone(), tablet.letter, counter),
            recorded_at: deed.now,
            sequence: event.state.saved + 1,
            officer: officer(draft)?,
        },
        details,
    );
    match store.save_revision(event, &registration).await {
        Ok(event) => Ok(Saved {
            registration,
            event,
        }),
        // The other tap may have been faster between the look and the save.
        Err(error @ StoreError::Conflict { .. }) => saved_before(store, event, draft.id)
            .await?
            .ok_or(SaveError::Store(error)),
        Err(error) => Err(error.into()),
    }
}

/// The answer for something that is saved already: its newest revision, and the
/// event as it stands now. What is left of its draft is thrown away.
pub(super) async fn saved_before(
    store: &Store,
    event: &StoredEvent,
    id: RegistrationId,
) -> Result<Option<Saved>, StoreError> {
    let Some(head) = store.registration(id).await? else {
        return Ok(None);
    };
    store.discard_draft(id).await?;
    let mut now = store
        .event(event.id())
        .await?
        .unwrap_or_else(|| event.clone());
    // Who lost the event to another tab does not get it back by this way.
    now.state.epoch = event.state.epoch;
    Ok(Some(Saved {
        registration: head.registration,
        event: now,
    }))
}

/// Reads a draft against the store: the same NIK on this tablet, the counters,
/// the last record's time. Screens use it as well, to show what is not right.
pub async fn read_draft(
    store: &Store,
    event: &StoredEvent,
    draft: &Draft,
    deed: &Deed<'_>,
) -> Result<Details, SaveError> {
    let mut alike: Vec<Alike> = same_nik(store, event, draft)
        .await?
        .into_iter()
        .map(|head| Alike {
            other: head.registration.number,
            likeness: Likeness::SameNik,
        })
        .collect();
    for known in deed.alike {
        if alike.iter().all(|found| found.other != known.other) {
            alike.push(known.clone());
        }
    }
    let language = draft.text(Field::ConsentLanguage);
    let consent_text = deed
        .rules
        .consent
        .iter()
        .find(|text| text.language == language)
        .or(deed.rules.consent.first());
    read_form(
        draft,
        &FormContext {
            event: &event.tablet.event,
            rules: deed.rules,
            alike: &alike,
            earlier: deed.earlier,
            text_version: consent_text.map_or(Hash([0; 32]), text_version),
            registered: u32::try_from(event.state.issued - event.state.voided).unwrap_or(u32::MAX),
            last_recorded_at: event.state.last_recorded_at(),
            now: deed.now,
        },
    )
    .map_err(SaveError::Faults)
}

/// Active registrations on this tablet with the NIK of the draft, without the
/// draft's own.
async fn same_nik(
    store: &Store,
    event: &StoredEvent,
    draft: &Draft,
) -> Result<Vec<Head>, StoreError> {
    let Ok(nik) = Nik::parse(draft.text(Field::Nik)) else {
        return Ok(Vec::new());
    };
    let print = store.vault_of(event.id())?.fingerprint(&nik);
    let mut heads = store.with_fingerprint(event.id(), &print).await?;
    heads.retain(|head| {
        head.registration.id != draft.id && head.registration.status == Status::Active
    });
    Ok(heads)
}

/// The officer who works at this draft.
pub(super) fn officer(draft: &Draft) -> Result<FullName, SaveError> {
    FullName::parse(draft.text(Field::Officer))
        .map_err(|error| SaveError::Faults(vec![(Field::Officer, Fault::Name(error))]))
}
