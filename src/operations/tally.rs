//! Who registered how many, and when: counted from what is on this tablet.

use std::collections::BTreeMap;

use crate::domain::*;
use crate::format::registration_record::read_registration;
use crate::store::{Store, StoreError};

/// How many people were registered, by officer and by hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The most first; of two with as many the first by name.
    pub officers: Vec<(String, usize)>,
    /// Day and hour as the tablet's clock showed them, in their order; hours in which
    /// nobody was registered are left out.
    pub hours: Vec<((Date, u8), usize)>,
    /// All of them, also those that were voided later.
    pub registered: usize,
}

impl Tally {
    /// Counts first revisions: who corrects or voids registers nobody.
    pub fn of<'a>(registrations: impl IntoIterator<Item = &'a Registration>) -> Self {
        let mut officers = BTreeMap::<&str, usize>::new();
        let mut hours = BTreeMap::<(Date, u8), usize>::new();
        let mut registered = 0;
        for registration in registrations {
            if registration.revision != 1 {
                continue;
            }
            let at = registration.recorded_at;
            registered += 1;
            *officers.entry(registration.officer.as_str()).or_default() += 1;
            *hours
                .entry((at.local_date(), at.local_hour_minute().0))
                .or_default() += 1;
        }
        let mut officers: Vec<(String, usize)> = officers
            .into_iter()
            .map(|(officer, count)| (officer.to_owned(), count))
            .collect();
        officers.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Tally {
            officers,
            hours: hours.into_iter().collect(),
            registered,
        }
    }

    /// The most in one hour; 0 while there is nobody.
    #[must_use]
    pub fn busiest(&self) -> usize {
        self.hours
            .iter()
            .map(|(_, count)| *count)
            .max()
            .unwrap_or(0)
    }
}

/// Counts what was registered at an event. What cannot be read is left out.
///
/// # Errors
/// [`StoreError::Locked`] while the vault is locked.
pub async fn tally(store: &Store, event: EventId) -> Result<Tally, StoreError> {
    let revisions = store.revisions_after(event, 0).await?;
    let read: Vec<Registration> = revisions
        .iter()
        .filter(|revision| revision.revision == 1)
        .filter_map(|revision| read_registration(&revision.body).ok())
        .collect();
    Ok(Tally::of(&read))
}
