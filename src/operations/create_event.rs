//! A new event on this tablet: the quick start that asks four things.

use thiserror::Error;

use crate::domain::*;
use crate::format::event_record::TabletEvent;
use crate::store::{Protection, Store, StoreError, StoredEvent};

coded! {
    /// What is asked, in the order of the form.
    pub enum EventField {
        Name => "name",
        Venue => "venue",
        Date => "date",
        Letter => "letter",
        Code => "code",
        Payer => "payer",
        Capacity => "capacity",
        Programmes => "programmes",
    }
}

/// An event as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEvent {
    pub name: String,
    pub venue: String,
    pub date: String,
    pub letter: String,
    /// Empty: suggested from venue and name.
    pub code: String,
    pub payer: String,
    pub capacity: String,
    pub jht: bool,
    pub sample: bool,
}

/// What is wrong with one field of a new event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EventFault {
    #[error("nothing was entered")]
    Missing,
    #[error("longer than {most} characters")]
    TooLong { most: usize },
    #[error(transparent)]
    Date(#[from] DateError),
    #[error("not a letter from A to Z")]
    Letter,
    #[error("not two to six letters and digits")]
    Code,
    #[error("not a number from 1 to 9999")]
    Capacity,
    /// The event, with this code and letter, is on this tablet already.
    #[error("code and letter are taken on this tablet")]
    Taken,
}

/// Why no event was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateEventError {
    #[error("{} fields are not right", .0.len())]
    Faults(Vec<(EventField, EventFault)>),
    /// Its vault could not be made; the text says why.
    #[error("no vault: {0}")]
    Vault(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a new event is made with: chance, time and place.
pub struct EventSeed {
    pub id: EventId,
    pub device: DeviceId,
    pub now: Moment,
}

/// People who fit into a hall unless somebody says otherwise.
pub const USUAL_CAPACITY: u32 = 100;
const MOST_TITLE: usize = 120;

/// Reads what was typed, and looks whether this tablet can have such an event.
pub async fn read_new_event(
    store: &Store,
    typed: &NewEvent,
    id: EventId,
) -> Result<(Event, TabletLetter), CreateEventError> {
    let (event, letter) = read_event_form(typed, id).map_err(CreateEventError::Faults)?;
    let (others, _) = store.events().await?;
    // Numbers of two events may not be the same on one tablet.
    let taken = others
        .iter()
        .any(|other| other.tablet.event.code == event.code && other.tablet.letter == letter);
    if taken {
        return Err(CreateEventError::Faults(vec![(
            EventField::Code,
            EventFault::Taken,
        )]));
    }
    Ok((event, letter))
}

/// Makes an event and keeps it. Its vault is open afterwards.
pub async fn create_event(
    store: &Store,
    typed: &NewEvent,
    seed: EventSeed,
    protection: Protection,
) -> Result<StoredEvent, CreateEventError> {
    let (event, letter) = read_new_event(store, typed, seed.id).await?;
    let tablet = TabletEvent {
        event,
        letter,
        device: Some(seed.device),
        restored_from: Vec::new(),
        clear_fingerprint_key: None,
        created_at: seed.now,
    };
    Ok(store.add_event(tablet, protection).await?)
}

/// Reads what was typed: an event and this tablet's letter, or every fault.
pub fn read_event_form(
    typed: &NewEvent,
    id: EventId,
) -> Result<(Event, TabletLetter), Vec<(EventField, EventFault)>> {
    let mut faults = Vec::new();
    let mut title = |field, text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            faults.push((field, EventFault::Missing));
        } else if text.chars().count() > MOST_TITLE {
            faults.push((field, EventFault::TooLong { most: MOST_TITLE }));
        }
        text
    };
    let name = title(EventField::Name, &typed.name);
    let venue = title(EventField::Venue, &typed.venue);
    let date = parse_typed_date(&typed.date)
        .map_err(|error| {
            let fault = match error {
                DateError::Empty => EventFault::Missing,
                other => EventFault::Date(other),
            };
            faults.push((EventField::Date, fault));
        })
        .ok();
    let letter = TabletLetter::parse(&typed.letter)
        .map_err(|_| faults.push((EventField::Letter, EventFault::Letter)))
        .ok();
    let code = if typed.code.trim().is_empty() {
        Some(suggest_code(&typed.venue, &typed.name))
    } else {
        EventCode::parse(&typed.code)
            .map_err(|_| faults.push((EventField::Code, EventFault::Code)))
            .ok()
    };
    let payer = Payer::from_code(&typed.payer);
    if payer.is_none() {
        faults.push((EventField::Payer, EventFault::Missing));
    }
    let capacity = match typed.capacity.trim() {
        "" => Some(USUAL_CAPACITY),
        text => text
            .parse::<u32>()
            .ok()
            .filter(|number| (1..=9999).contains(number)),
    };
    if capacity.is_none() {
        faults.push((EventField::Capacity, EventFault::Capacity));
    }
    match (date, letter, code, payer, capacity) {
        (Some(date), Some(letter), Some(code), Some(payer), Some(capacity))
            if faults.is_empty() =>
        {
            let mut programmes = vec![Programme::Jkk, Programme::Jkm];
            if typed.jht {
                programmes.push(Programme::Jht);
            }
            Ok((
                Event {
                    id,
                    code,
                    name,
                    venue,
                    date,
                    programmes,
                    payer,
                    capacity,
                    sample: typed.sample,
                },
                letter,
            ))
        }
        _ => {
            // In the order of the form; a sort would be more code than this.
            let in_order = EventField::ALL.iter().flat_map(|field| {
                let of_field = faults.iter().filter(move |(at, _)| at == field);
                of_field.cloned()
            });
            Err(in_order.collect())
        }
    }
}
