//! Tablets of one event tell each other whom they registered, with no network: each as
//! fingerprints under the event's key, which only the tablets of the event have.

use std::collections::BTreeMap;

use thiserror::Error;

use super::audit::{Doer, note};
use crate::domain::*;
use crate::format::exchange::{
    Exchange, ExchangeFormatError, Exchanged, PRINT, read_exchange, short_print,
};
use crate::store::{Neighbour, Store, StoreError, StoredEvent};

/// Why what a tablet told was not taken. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExchangeError {
    #[error(transparent)]
    Format(#[from] ExchangeFormatError),
    /// The tablets have to work at the same event, from one pack or one copy.
    #[error("of another event")]
    OtherEvent,
    #[error("of this tablet itself")]
    Own,
    /// Both give out the same numbers.
    #[error("another tablet with letter {0} as well")]
    SameLetter(TabletLetter),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was taken from a tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub letter: TabletLetter,
    /// How many registrations stand there.
    pub people: usize,
    /// Nothing was known of it before, or less.
    pub is_news: bool,
}

/// What this tablet tells the others.
pub async fn tell(
    store: &Store,
    event: &StoredEvent,
    device: DeviceId,
) -> Result<Exchange, StoreError> {
    let vault = store.vault_of(event.id())?;
    let (heads, _) = store.registrations_of(event.id()).await?;
    let people = heads.iter().filter_map(|head| {
        let registration = &head.registration;
        let print = vault.fingerprint(&registration.details.person.nik);
        registration.is_active().then_some(())?;
        Some(Exchanged {
            letter: registration.number.letter(),
            counter: u16::try_from(registration.number.counter()).ok()?,
            print: short_print(&print)?,
        })
    });
    Ok(Exchange {
        event: event.id(),
        device,
        letter: event.tablet.letter,
        saved: u32::try_from(event.state.saved).unwrap_or(u32::MAX),
        people: people.collect(),
    })
}

/// Takes what another tablet told. Taking it twice, or an older one later, is taking it
/// once.
pub async fn take(
    store: &Store,
    event: &StoredEvent,
    device: DeviceId,
    bytes: &[u8],
    doer: &Doer,
) -> Result<Taken, ExchangeError> {
    let told = read_exchange(bytes)?;
    if told.event != event.id() {
        return Err(ExchangeError::OtherEvent);
    }
    if told.device == device {
        return Err(ExchangeError::Own);
    }
    if told.letter == event.tablet.letter {
        return Err(ExchangeError::SameLetter(told.letter));
    }
    let is_news = store.keep_neighbour(&told, doer.now).await?;
    let letter = told.letter;
    if is_news {
        let action = AuditAction::Exchanged;
        note(
            store,
            event.id(),
            doer,
            action,
            None,
            Some(letter.to_string()),
        )
        .await?;
    }
    Ok(Taken {
        letter,
        people: told.people.len(),
        is_news,
    })
}

/// Who is registered on the other tablets, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others(BTreeMap<[u8; PRINT], Vec<RegistrationNumber>>);

impl Others {
    /// From what they told, at an event with this code.
    pub fn of(code: &EventCode, neighbours: &[Neighbour]) -> Self {
        let mut others = BTreeMap::<_, Vec<_>>::new();
        for person in neighbours
            .iter()
            .flat_map(|neighbour| &neighbour.told.people)
        {
            let counter = u32::from(person.counter);
            let number = RegistrationNumber::new(code.clone(), person.letter, counter);
            let numbers = others.entry(person.print).or_default();
            // A tablet that went on from a backup tells what the first one told too.
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Others(others)
    }

    /// The numbers of whoever has the NIK with this fingerprint.
    pub fn with(&self, fingerprint: &str) -> &[RegistrationNumber] {
        short_print(fingerprint)
            .and_then(|print| self.0.get(&print))
            .map_or(&[], Vec::as_slice)
    }
}

/// Registrations that stand on this tablet and on another, by number.
pub fn repeats(own: &Exchange, code: &EventCode, others: &Others) -> Vec<Repeat> {
    let found = own.people.iter().filter_map(|person| {
        let elsewhere = others.0.get(&person.print)?;
        let here = RegistrationNumber::new(code.clone(), person.letter, person.counter.into());
        let elsewhere: Vec<_> = elsewhere
            .iter()
            .filter(|other| **other != here)
            .cloned()
            .collect();
        (!elsewhere.is_empty()).then_some(Repeat { here, elsewhere })
    });
    let mut repeats: Vec<Repeat> = found.collect();
    repeats.sort_by_key(|repeat| (repeat.here.letter(), repeat.here.counter()));
    repeats
}

/// Somebody with one NIK on two tablets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    pub here: RegistrationNumber,
    pub elsewhere: Vec<RegistrationNumber>,
}
