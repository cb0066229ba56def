//! Registrations and their revisions.

use super::row::{Check, Expect, Query, Range, Row, Value, Write, fields_of};
use super::schema::{IndexName, StoreName};
use super::{EventState, Store, StoreError, StoredEvent, numbered_key};
use crate::domain::{EventId, Registration, RegistrationId, Status};
use crate::format::registration_record::{read_registration, revision_hash, write_registration};

/// The newest revision of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub registration: Registration,
    /// Its stored bytes, whose hash the next revision names.
    pub body: Vec<u8>,
}

/// One revision as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRevision {
    pub registration_id: String,
    pub revision: u64,
    pub sequence: u64,
    pub body: Vec<u8>,
}

/// A row whose body cannot be read; it is named, and the others stay readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    pub store: &'static str,
    pub key: String,
}

impl Store {
    /// Saves a revision: counters, newest revision, frozen revision, and the
    /// draft that it came from is gone, all in one transaction that is proven.
    ///
    /// `event` is the event as the caller knows it; the result is the event
    /// after the save.
    pub async fn save_revision(
        &self,
        event: &StoredEvent,
        registration: &Registration,
    ) -> Result<StoredEvent, StoreError> {
        if event.state.closed_at > 0 {
            return Err(StoreError::Closed);
        }
        let vault = self.vault(&event.id().to_string())?;
        let body = write_registration(registration);
        let id = registration.id.to_string();
        let is_first = registration.revision == 1;
        let voided = matches!(registration.status, Status::Voided { .. });
        let next = EventState {
            issued: event.state.issued + u64::from(is_first),
            saved: registration.sequence,
            voided: event.state.voided + u64::from(voided),
            last_at: u64::try_from(registration.recorded_at.unix_ms()).unwrap_or(0),
            ..event.state
        };
        let head = Row::new(
            id.clone(),
            [
                ("event_id", event.id().to_string().into()),
                ("counter", registration.number.counter().into()),
                ("revision", registration.revision.into()),
                ("sequence", registration.sequence.into()),
                ("voided", voided.into()),
                (
                    "fingerprint",
                    vault.fingerprint(&registration.details.person.nik).into(),
                ),
            ],
            body.clone(),
        );
        let revision = Row::new(
            numbered_key(&id, u64::from(registration.revision)),
            [
                ("event_id", event.id().to_string().into()),
                ("registration_id", id.clone().into()),
                ("revision", registration.revision.into()),
                ("sequence", registration.sequence.into()),
            ],
            body,
        );
        let mut commit = event.advance(next);
        commit.checks.push(Check {
            store: StoreName::Registrations,
            key: id.clone(),
            expect: if is_first {
                Expect::Absent
            } else {
                Expect::Fields(fields_of(vec![(
                    "revision",
                    Value::from(registration.revision - 1),
                )]))
            },
        });
        commit.writes.extend([
            Write::Put(StoreName::Registrations, head),
            Write::Add(StoreName::Revisions, revision),
            Write::Delete(StoreName::Drafts, id),
        ]);
        self.commit_proven(&commit).await?;
        Ok(StoredEvent {
            tablet: event.tablet.clone(),
            state: next,
        })
    }

    /// The newest revision of one registration.
    pub async fn registration(&self, id: RegistrationId) -> Result<Option<Head>, StoreError> {
        match self.row(StoreName::Registrations, &id.to_string()).await? {
            None => Ok(None),
            Some(row) => match head(row) {
                Ok(head) => Ok(Some(head)),
                Err(_) => self.head_from_revisions(id).await,
            },
        }
    }

    /// Where the newest revision is damaged in `registrations`, its twin in
    /// `revisions` stands in.
    async fn head_from_revisions(&self, id: RegistrationId) -> Result<Option<Head>, StoreError> {
        let damaged = StoreError::Damaged {
            store: StoreName::Registrations.name(),
        };
        let newest = self.revisions_of(id).await?.pop().ok_or(damaged.clone())?;
        match read_registration(&newest.body) {
            Ok(registration) => Ok(Some(Head {
                registration,
                body: newest.body,
            })),
            Err(_) => Err(damaged),
        }
    }

    /// The newest revision of every registration of an event, by number, and
    /// those that cannot be read.
    pub async fn registrations_of(
        &self,
        event: EventId,
    ) -> Result<(Vec<Head>, Vec<Damaged>), StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Registrations,
                range: Range::Starting {
                    index: IndexName::RegistrationsByEvent,
                    prefix: vec![event.to_string().into()],
                },
            })
            .await?;
        let mut heads = Vec::with_capacity(rows.len());
        let mut damaged = Vec::new();
        for row in rows {
            match head(row) {
                Ok(head) => heads.push(head),
                Err(row) => match RegistrationId::parse(&row.key) {
                    Some(id) => match self.head_from_revisions(id).await {
                        Ok(Some(head)) => heads.push(head),
                        _ => damaged.push(Damaged {
                            store: StoreName::Registrations.name(),
                            key: row.key,
                        }),
                    },
                    None => damaged.push(Damaged {
                        store: StoreName::Registrations.name(),
                        key: row.key,
                    }),
                },
            }
        }
        Ok((heads, damaged))
    }

    /// Registrations of an event with the same NIK, voided ones included.
    pub async fn with_fingerprint(
        &self,
        event: EventId,
        fingerprint: &str,
    ) -> Result<Vec<Head>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Registrations,
                range: Range::Starting {
                    index: IndexName::RegistrationsByFingerprint,
                    prefix: vec![event.to_string().into(), fingerprint.into()],
                },
            })
            .await?;
        Ok(rows.into_iter().filter_map(|row| head(row).ok()).collect())
    }

    /// Every revision of one registration, oldest first.
    pub async fn revisions_of(
        &self,
        id: RegistrationId,
    ) -> Result<Vec<StoredRevision>, StoreError> {
        self.revisions(Range::Starting {
            index: IndexName::RevisionsByRegistration,
            prefix: vec![id.to_string().into()],
        })
        .await
    }

    /// Every revision of an event after a sequence, in order.
    pub async fn revisions_after(
        &self,
        event: EventId,
        sequence: u64,
    ) -> Result<Vec<StoredRevision>, StoreError> {
        self.revisions(Range::After {
            index: IndexName::RevisionsBySequence,
            prefix: vec![event.to_string().into()],
            after: sequence,
        })
        .await
    }

    async fn revisions(&self, range: Range) -> Result<Vec<StoredRevision>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Revisions,
                range,
            })
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| StoredRevision {
                registration_id: row.text("registration_id").to_owned(),
                revision: row.number("revision"),
                sequence: row.number("sequence"),
                body: row.body,
            })
            .collect())
    }

    /// How many revisions of an event are stored, to hold against the counter.
    pub async fn count_revisions(&self, event: EventId) -> Result<u64, StoreError> {
        self.count(&Query {
            store: StoreName::Revisions,
            range: Range::Starting {
                index: IndexName::RevisionsBySequence,
                prefix: vec![event.to_string().into()],
            },
        })
        .await
        .map(u64::from)
    }
}

/// A row's registration, or the row back if its body cannot be read.
fn head(row: Row) -> Result<Head, Row> {
    match read_registration(&row.body) {
        Ok(registration) => Ok(Head {
            registration,
            body: row.body,
        }),
        Err(_) => Err(row),
    }
}

impl Head {
    /// The hash by which the next revision names this one.
    pub fn hash(&self) -> crate::domain::Hash {
        revision_hash(&self.body)
    }
}
