//! The canary of loss: counters that are also kept outside the database, so
//! that a database that lost rows is noticed when the app starts.

use crate::domain::EventId;
use crate::store::{EventState, Store, StoreError};

/// Counters of one event, as they are kept outside the database. They name
/// nobody and may lag behind, never run ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Canary {
    pub issued: u64,
    pub saved: u64,
    pub batches: u64,
}

impl Canary {
    /// The counters of an event as it stands.
    pub fn of(state: &EventState) -> Self {
        Canary {
            issued: state.issued,
            saved: state.saved,
            batches: state.batches,
        }
    }

    /// `issued.saved.batches`.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.issued, self.saved, self.batches)
    }

    /// Reads what `text` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|part| part.parse().ok());
        let canary = Canary {
            issued: numbers.next()??,
            saved: numbers.next()??,
            batches: numbers.next()??,
        };
        numbers.next().is_none().then_some(canary)
    }
}

/// What is missing from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Revisions and entries of the attendance list that were saved and are not there.
    pub records: u64,
    /// Batches that were made and are not there.
    pub batches: u64,
}

/// Holds the canary, the counters and the rows of an event against each other.
/// `state` is `None` where the whole event is gone.
pub async fn loss(
    store: &Store,
    event: EventId,
    state: Option<&EventState>,
    canary: Canary,
) -> Result<Option<Loss>, StoreError> {
    let counted = state.map_or(Canary::default(), Canary::of);
    let wiped = state.map_or(0, |state| state.wiped);
    let expected_revisions = counted.saved.max(canary.saved).saturating_sub(wiped);
    let expected_batches = counted.batches.max(canary.batches);
    let revisions = store.count_revisions(event).await?;
    let batches = store.batches_of(event).await?.len() as u64;
    let attended = state.map_or(0, |state| {
        state.attended.saturating_sub(state.wiped_attendance)
    });
    let present = store.attendance_sequences(event).await?.len() as u64;
    let loss = Loss {
        records: expected_revisions.saturating_sub(revisions) + attended.saturating_sub(present),
        batches: expected_batches.saturating_sub(batches),
    };
    Ok((loss.records > 0 || loss.batches > 0).then_some(loss))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(issued: u64, saved: u64, batches: u64) {
            let canary = Canary { issued, saved, batches };
            prop_assert_eq!(Canary::parse(&canary.text()), Some(canary));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = Canary::parse(&text);
        }
    }
}
