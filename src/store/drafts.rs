//! Drafts: what is being typed, several at a time.

use super::row::{Check, Commit, Expect, Query, Range, Row, Write, fields_of};
use super::schema::{IndexName, StoreName};
use super::{Store, StoreError};
use crate::domain::{Draft, EventId, RegistrationId};
use crate::format::draft_record::{read_draft, write_draft};

impl Store {
    /// Keeps a draft as it stands.
    ///
    /// A draft that was saved meanwhile, or that corrects a revision that is no
    /// longer the newest, is refused with a conflict: the late keystroke of a
    /// saved form must not bring it back.
    pub async fn keep_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let checks = vec![Check {
            store: StoreName::Registrations,
            key: draft.id.to_string(),
            expect: match draft.corrects {
                None => Expect::Absent,
                Some(revision) => Expect::Fields(fields_of(vec![("revision", revision.into())])),
            },
        }];
        let row = Row::new(
            draft.id.to_string(),
            [
                ("event_id", draft.event_id.to_string().into()),
                ("saved_at", draft.saved_at.unix_ms().into()),
                ("set_aside", draft.set_aside.into()),
            ],
            write_draft(draft),
        );
        self.commit(&Commit {
            checks,
            writes: vec![Write::Put(StoreName::Drafts, row)],
        })
        .await
    }

    /// Every draft of an event, the one changed last at the end.
    pub async fn drafts_of(&self, event: EventId) -> Result<Vec<Draft>, StoreError> {
        let rows = self
            .rows(&Query {
                store: StoreName::Drafts,
                range: Range::Starting {
                    index: IndexName::DraftsByEvent,
                    prefix: vec![event.to_string().into()],
                },
            })
            .await?;
        Ok(rows.iter().filter_map(draft).collect())
    }

    /// One draft, if it is there and can be read.
    pub async fn draft(&self, id: RegistrationId) -> Result<Option<Draft>, StoreError> {
        let row = self.row(StoreName::Drafts, &id.to_string()).await?;
        Ok(row.as_ref().and_then(draft))
    }

    /// Throws a draft away.
    pub async fn discard_draft(&self, id: RegistrationId) -> Result<(), StoreError> {
        self.commit(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Delete(StoreName::Drafts, id.to_string())],
        })
        .await
    }
}

fn draft(row: &Row) -> Option<Draft> {
    read_draft(
        RegistrationId::parse(&row.key)?,
        EventId::parse(row.text("event_id"))?,
        row.number("set_aside") == 1,
        &row.body,
    )
    .ok()
}
