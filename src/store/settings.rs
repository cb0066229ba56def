//! What this tablet knows of itself.

use std::fmt::Display;

use super::row::{Commit, Row, Write};
use super::schema::StoreName;
use super::{Store, StoreError};
use crate::domain::{DeviceId, EventId};

/// Key of the row that holds this tablet's id.
const DEVICE: &str = "device";
/// Key of the row that holds the event in which this tablet works.
const CURRENT_EVENT: &str = "current_event";
/// Key of the row that tells of a database that was brought back.
const BROUGHT_BACK: &str = "brought_back";
/// Key of the row that only takes up room.
pub(super) const BALLAST: &str = "ballast";
/// Bytes of the ballast: room for a record and a batch on a full tablet.
pub const BALLAST_BYTES: usize = 2 * 1024 * 1024;

impl Store {
    /// This tablet's id. Where its row is lost or damaged, the events tell it;
    /// where they do not either, `fresh` becomes it.
    pub async fn device(&self, fresh: DeviceId) -> Result<DeviceId, StoreError> {
        let row = self.row(StoreName::Settings, DEVICE).await?;
        let kept = row.and_then(|row| DeviceId::parse(&String::from_utf8_lossy(&row.body)));
        if let Some(device) = kept {
            return Ok(device);
        }
        let (events, _) = self.events().await?;
        let known = events.iter().rev().find_map(|event| event.tablet.device);
        let device = known.unwrap_or(fresh);
        self.keep(DEVICE, device.to_string().into_bytes()).await?;
        Ok(device)
    }

    /// Who worked at this tablet at an event, the last one first, as typed.
    pub async fn officers(&self, event: EventId) -> Result<Vec<String>, StoreError> {
        let row = self.row(StoreName::Settings, &officers_key(event)).await?;
        let names = row.map(|row| String::from_utf8_lossy(&row.body).into_owned());
        Ok(names
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect())
    }

    /// Remembers the officer who is at work now. A name is one line.
    pub async fn keep_officer(&self, event: EventId, name: &str) -> Result<(), StoreError> {
        let mut names = self.officers(event).await?;
        names.retain(|known| known != name);
        names.insert(0, name.to_owned());
        self.put_setting(officers_row(event, &names)).await
    }

    /// The event in which this tablet works, if one was chosen.
    pub async fn current_event(&self) -> Result<Option<EventId>, StoreError> {
        let row = self.row(StoreName::Settings, CURRENT_EVENT).await?;
        Ok(row.and_then(|row| EventId::parse(&String::from_utf8_lossy(&row.body))))
    }

    /// Remembers the event in which this tablet works.
    pub async fn keep_current_event(&self, id: EventId) -> Result<(), StoreError> {
        self.keep(CURRENT_EVENT, id.to_string().into_bytes()).await
    }

    /// Notes that the database was lost and brought back, with so many registrations,
    /// until somebody has read it.
    pub async fn note_brought_back(&self, registrations: usize) -> Result<(), StoreError> {
        let text = registrations.to_string();
        self.keep(BROUGHT_BACK, text.into_bytes()).await
    }

    /// How many registrations were brought back, if nobody has read it yet.
    pub async fn brought_back(&self) -> Result<Option<usize>, StoreError> {
        let row = self.row(StoreName::Settings, BROUGHT_BACK).await?;
        Ok(row.and_then(|row| String::from_utf8_lossy(&row.body).parse().ok()))
    }

    /// Somebody has read that the database was brought back.
    pub async fn forget_brought_back(&self) -> Result<(), StoreError> {
        let writes = vec![Write::Delete(StoreName::Settings, BROUGHT_BACK.to_owned())];
        let checks = Vec::new();
        self.commit_proven(&Commit { checks, writes }).await
    }

    /// Whether the reserve is there that is freed when the tablet is full.
    pub async fn has_ballast(&self) -> Result<bool, StoreError> {
        self.has(StoreName::Settings, BALLAST).await
    }

    /// Takes the reserve; `noise` must be random, or the disk would shrink it.
    pub async fn keep_ballast(&self, noise: Vec<u8>) -> Result<(), StoreError> {
        self.keep(BALLAST, noise).await
    }

    /// Frees the reserve; whether there was one.
    pub async fn drop_ballast(&self) -> Result<bool, StoreError> {
        let had = self.has_ballast().await?;
        if had {
            self.commit(&Commit {
                checks: Vec::new(),
                writes: vec![Write::Delete(StoreName::Settings, BALLAST.to_owned())],
            })
            .await?;
        }
        Ok(had)
    }

    pub(super) async fn keep(&self, key: &str, body: Vec<u8>) -> Result<(), StoreError> {
        self.put_setting(Row::new(key, [], body)).await
    }

    async fn put_setting(&self, row: Row) -> Result<(), StoreError> {
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Settings, row)],
        })
        .await
    }
}

/// The row of who works here at an event. It is sealed.
pub(super) fn officers_row(event: EventId, names: &[String]) -> Row {
    let fields = [("event_id", event.to_string().into())];
    Row::new(officers_key(event), fields, names.join("\n").into_bytes())
}

/// The key of the row of who works at an event.
pub(super) fn officers_key(event: impl Display) -> String {
    format!("officers/{event}")
}
