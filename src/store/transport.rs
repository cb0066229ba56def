//! What happened to batches, which is appended, and where sending stands. None of it
//! is sealed: batches are handed over while the vault is locked.

use super::row::{Commit, Fields, Query, Range, Row, Value, Write, fields_of};
use super::schema::{IndexName, StoreName};
use super::{Store, StoreError};
use crate::domain::{BatchId, Coded, EventId, Moment, SendProblem, Step, TransportEntry};

/// Where sending a batch stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadTrack {
    pub batch_id: BatchId,
    /// Where the upload server keeps what it has, once it said so (tus).
    pub address: Option<String>,
    /// Bytes that the server had when it was last heard.
    pub sent: u64,
    /// Tries in a row that failed.
    pub failed: u64,
    /// Why the last one did.
    pub problem: Option<SendProblem>,
    pub tried_at: Moment,
    /// When sending last came on.
    pub moved_at: Moment,
    /// Not to be tried before.
    pub next_at: Moment,
}

impl UploadTrack {
    /// Before the first try.
    pub fn new(batch_id: BatchId, now: Moment) -> Self {
        UploadTrack {
            batch_id,
            address: None,
            sent: 0,
            failed: 0,
            problem: None,
            tried_at: now,
            moved_at: now,
            next_at: now,
        }
    }
}

/// In place of a step's code, in the row that says where sending stands.
const TRACK: &str = "upload";

impl Store {
    /// Appends to the transport log.
    pub async fn log_step(&self, event: EventId, entry: &TransportEntry) -> Result<(), StoreError> {
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![step_write(event, entry)],
        })
        .await
    }

    /// The transport log of an event, oldest first.
    pub async fn steps_of(&self, event: EventId) -> Result<Vec<TransportEntry>, StoreError> {
        let rows = self.transport_of(event).await?;
        Ok(rows.iter().filter_map(read_step).collect())
    }

    /// Where sending the batches of an event stands.
    pub async fn tracks_of(&self, event: EventId) -> Result<Vec<UploadTrack>, StoreError> {
        let rows = self.transport_of(event).await?;
        Ok(rows.iter().filter_map(read_track).collect())
    }

    /// Where sending a batch stands; `None`: it was never tried.
    pub async fn track(&self, batch: BatchId) -> Result<Option<UploadTrack>, StoreError> {
        let row = self.row(StoreName::Transport, &track_key(batch)).await?;
        Ok(row.as_ref().and_then(read_track))
    }

    /// Writes down where sending stands.
    pub async fn keep_track(&self, event: EventId, track: &UploadTrack) -> Result<(), StoreError> {
        let mut pairs = vec![
            ("event_id", event.to_string().into()),
            ("batch_id", track.batch_id.to_string().into()),
            ("carrier", TRACK.into()),
            ("at", ms(track.tried_at).into()),
            ("sent", track.sent.into()),
            ("failed", track.failed.into()),
            ("moved_at", ms(track.moved_at).into()),
            ("next_at", ms(track.next_at).into()),
        ];
        pairs.extend(
            track
                .address
                .as_ref()
                .map(|text| ("address", text.clone().into())),
        );
        pairs.extend(
            track
                .problem
                .map(|problem| ("problem", problem.code().into())),
        );
        let row = row(track_key(track.batch_id), fields_of(pairs));
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Transport, row)],
        })
        .await
    }

    /// The rows of the transport log of an event, oldest first.
    pub(super) async fn transport_of(&self, event: EventId) -> Result<Vec<Row>, StoreError> {
        self.rows(&Query {
            store: StoreName::Transport,
            range: Range::Starting {
                index: IndexName::TransportByEvent,
                prefix: vec![event.to_string().into()],
            },
        })
        .await
    }
}

/// The write that appends a step.
pub(super) fn step_write(event: EventId, entry: &TransportEntry) -> Write {
    let mut pairs = vec![
        ("event_id", event.to_string().into()),
        ("batch_id", entry.batch_id.to_string().into()),
        ("carrier", Value::from(entry.step.code())),
        ("at", ms(entry.at).into()),
    ];
    pairs.extend(
        entry
            .problem
            .map(|problem| ("problem", problem.code().into())),
    );
    Write::Put(StoreName::Transport, row(step_key(entry), fields_of(pairs)))
}

fn step_key(entry: &TransportEntry) -> String {
    format!("{}/{}/{}", entry.batch_id, entry.step.code(), ms(entry.at))
}

fn track_key(batch: BatchId) -> String {
    format!("{batch}/{TRACK}")
}

fn row(key: String, fields: Fields) -> Row {
    Row {
        key,
        fields,
        body: Vec::new(),
    }
}

fn ms(at: Moment) -> u64 {
    u64::try_from(at.unix_ms()).unwrap_or(0)
}

fn moment(row: &Row, field: &str) -> Option<Moment> {
    Some(Moment::new(i64::try_from(row.number(field)).ok()?, 0))
}

fn read_step(row: &Row) -> Option<TransportEntry> {
    Some(TransportEntry {
        batch_id: BatchId::parse(row.text("batch_id"))?,
        step: Step::from_code(row.text("carrier"))?,
        at: moment(row, "at")?,
        problem: SendProblem::from_code(row.text("problem")),
    })
}

fn read_track(row: &Row) -> Option<UploadTrack> {
    if row.text("carrier") != TRACK {
        return None;
    }
    Some(UploadTrack {
        batch_id: BatchId::parse(row.text("batch_id"))?,
        address: Some(row.text("address"))
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        sent: row.number("sent"),
        failed: row.number("failed"),
        problem: SendProblem::from_code(row.text("problem")),
        tried_at: moment(row, "at")?,
        moved_at: moment(row, "moved_at")?,
        next_at: moment(row, "next_at")?,
    })
}
