//! Batches that the office has not taken for too long, of whatever event.

use crate::domain::*;
use crate::format::event_pack::HandOverRecord;
use crate::store::{Store, StoreError};

/// What stands in the way of a new event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    pub batches: usize,
    /// When the oldest of them was made.
    pub oldest: Moment,
}

const MS_PER_DAY: i64 = 86_400_000;

/// Looks over every event of the tablet. A batch of an event with an office is settled
/// by a receipt; one of an event without, by whoever answers for the copy.
pub async fn overdue(store: &Store, now: Moment) -> Result<Option<Overdue>, StoreError> {
    let mut found: Option<Overdue> = None;
    for event in store.events().await?.0 {
        let id = event.id();
        if event.tablet.event.sample {
            continue;
        }
        let ring = match store.ring(id).await {
            // Its own page says so; the others are looked at.
            Err(StoreError::Damaged { .. }) => continue,
            ring => ring?.map(|(ring, _)| ring),
        };
        let has_office = ring
            .as_ref()
            .is_some_and(|ring| !ring.recipients.is_empty());
        let rules = HandOverRecord::read(ring.and_then(|ring| ring.hand_over));
        let limit = i64::from(rules.brake_after_days) * MS_PER_DAY;
        let log = store.steps_of(id).await?;
        for batch in store.batches_of(id).await? {
            let standing = Standing::of(batch.id, &log);
            let is_settled = match standing.state {
                BatchState::Acknowledged | BatchState::Wiped => true,
                _ => !has_office && standing.is_handed_over(),
            };
            let made_at = Moment::new(i64::try_from(batch.created_at).unwrap_or(0), 0);
            if is_settled || now.unix_ms() - made_at.unix_ms() <= limit {
                continue;
            }
            let before = found.map_or(made_at, |found| found.oldest);
            found = Some(Overdue {
                batches: found.map_or(0, |found| found.batches) + 1,
                oldest: if made_at < before { made_at } else { before },
            });
        }
    }
    Ok(found)
}
