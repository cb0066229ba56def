//! What people do, from the first keystroke to the file, on rows in memory.

mod amending;
mod attending;
mod backups;
mod batches;
mod events;
mod exchanging;
mod expected;
mod packs;
mod protecting;
mod receipts;
mod registering;
mod tallying;
mod vaults;

use pollster::block_on;
use zeroize::Zeroizing;

use super::audit::Doer;
use super::hand_over::batch_csv;
use super::make_batch::{BatchDeed, MOST_BYTES, MadeBatch, MakeBatchError, make_batch};
use super::register::{Deed, SaveError, Saved, register};
use super::sealer::Sealer;
use crate::domain::*;
use crate::format::config::rules;
use crate::store::memory::MemoryStore;
use crate::store::samples::*;
use crate::store::{Store, StoredEvent};
use crate::vault::carry::{new_identity, open_with, seal_to};

/// What the worker does in the browser.
struct Age;

impl Sealer for Age {
    async fn identity(&self) -> Result<(Zeroizing<String>, String), String> {
        Ok(new_identity())
    }

    async fn seal(&self, recipients: &[String], plain: &[u8]) -> Result<Vec<u8>, String> {
        let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
        seal_to(&recipients, plain).map_err(|error| error.to_string())
    }

    async fn open(&self, identity: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
        open_with(&[identity], sealed).map_err(|error| error.to_string())
    }
}

/// A tablet in a hall, and its clock.
struct Hall {
    store: Store,
    rules: Rules,
    event: StoredEvent,
    /// Minutes since eight o'clock.
    minutes: u32,
    /// Batches asked for so far, each with an id of its own.
    batches_asked: u64,
    device: DeviceId,
}

impl Hall {
    fn new() -> Self {
        Hall::with_capacity(100)
    }

    fn with_capacity(capacity: u32) -> Self {
        let store = Store::in_memory();
        let mut tablet = sample_event(1);
        tablet.event.capacity = capacity;
        let event = block_on(add_sample(&store, tablet));
        Hall {
            store,
            rules: rules(),
            event,
            minutes: 10,
            batches_asked: 0,
            device: sample_device(),
        }
    }

    fn memory(&self) -> &MemoryStore {
        self.store.memory()
    }

    fn draft(&self, number: u32) -> Draft {
        sample_draft(&self.event.tablet.event, number)
    }

    fn deed(&self) -> Deed<'_> {
        Deed {
            rules: &self.rules,
            device: self.device,
            now: sample_moment(self.minutes),
            alike: &[],
            earlier: None,
        }
    }

    fn doer(&self) -> Doer {
        Doer {
            officer: "Budi Santoso".to_owned(),
            now: sample_moment(self.minutes),
        }
    }

    fn save(&mut self, draft: &Draft) -> Result<Saved, SaveError> {
        self.minutes += 1;
        let outcome = block_on(register(&self.store, &self.event, draft, &self.deed()));
        self.follow(outcome)
    }

    fn follow(&mut self, outcome: Result<Saved, SaveError>) -> Result<Saved, SaveError> {
        if let Ok(saved) = &outcome {
            self.event = saved.event.clone();
        }
        outcome
    }

    /// Registers the sample person of this number.
    fn register(&mut self, number: u32) -> Registration {
        let saved = self.save(&self.draft(number)).expect("a save");
        saved.registration
    }

    fn batch_deed(&self) -> BatchDeed {
        BatchDeed {
            id: BatchId(sample_uuid((1 << 42) + self.batches_asked)),
            device: self.device,
            doer: self.doer(),
            is_last: false,
            app: "pendapa 0.1.0".to_owned(),
            most_bytes: MOST_BYTES,
        }
    }

    fn make_batch(&mut self) -> Result<MadeBatch, MakeBatchError> {
        self.minutes += 1;
        self.batches_asked += 1;
        let deed = self.batch_deed();
        let made = block_on(make_batch(&self.store, &self.event, &deed, &Age))?;
        self.event = made.event.clone();
        Ok(made)
    }

    /// A batch as a spreadsheet, or why not.
    fn spreadsheet(&self, batch: BatchId) -> Result<Option<(String, Vec<u8>)>, String> {
        block_on(batch_csv(&self.store, batch, &self.doer(), &Age))
            .map_err(|error| error.to_string())
    }

    /// The app starts again and knows only what is stored.
    fn start_again(&mut self) {
        self.event = self.stored_event();
    }

    fn stored_event(&self) -> StoredEvent {
        let event = block_on(self.store.event(self.event.id()));
        event.expect("a read").expect("the event")
    }

    fn head(&self, id: RegistrationId) -> Option<Registration> {
        let head = block_on(self.store.registration(id)).expect("a read");
        head.map(|head| head.registration)
    }
}

/// The faults of a save that must fail by them.
#[track_caller]
fn faults(outcome: Result<Saved, SaveError>) -> Vec<(Field, Fault)> {
    match outcome {
        Err(SaveError::Faults(faults)) => faults,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("saved"),
    }
}
