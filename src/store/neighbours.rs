//! What the other tablets of an event told of whom they registered: the newest of each.

use super::row::{Commit, Query, Range, Row, Write};
use super::schema::{IndexName, StoreName};
use super::{Store, StoreError};
use crate::domain::{EventId, Moment};
use crate::format::exchange::{Exchange, read_exchange, write_exchange};

/// What a tablet told, and when it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    pub told: Exchange,
    /// By this tablet's clock.
    pub received_at: Moment,
}

impl Store {
    /// Keeps what another tablet told, in the place of what it told before; an older one
    /// changes nothing. Returns whether it is news.
    pub async fn keep_neighbour(&self, told: &Exchange, now: Moment) -> Result<bool, StoreError> {
        let (event, saved) = (told.event.to_string(), u64::from(told.saved));
        let key = format!("{event}:{}", told.device);
        let known = self.row(StoreName::Neighbours, &key).await?;
        // One that cannot be read is made good.
        if known.is_some_and(|row| row.number("saved") >= saved && read_exchange(&row.body).is_ok())
        {
            return Ok(false);
        }
        let received_at = u64::try_from(now.unix_ms()).unwrap_or(0);
        let row = Row::new(
            key,
            [
                ("event_id", event.into()),
                ("letter", told.letter.to_string().into()),
                ("saved", saved.into()),
                ("received_at", received_at.into()),
            ],
            write_exchange(told),
        );
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Neighbours, row)],
        })
        .await?;
        Ok(true)
    }

    /// What the other tablets of an event told, by letter. What cannot be read is left
    /// out: the tablet can be asked again.
    pub async fn neighbours_of(&self, event: EventId) -> Result<Vec<Neighbour>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Neighbours,
                range: Range::Starting {
                    index: IndexName::NeighboursByEvent,
                    prefix: vec![event.to_string().into()],
                },
            })
            .await?;
        let read = rows.iter().filter_map(|row| {
            Some(Neighbour {
                told: read_exchange(&row.body).ok()?,
                received_at: Moment::new(i64::try_from(row.number("received_at")).ok()?, 0),
            })
        });
        Ok(read.collect())
    }
}
