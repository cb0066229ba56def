//! The closed keys of each event, how often they were tried in vain, and the
//! sealing of what a version without a vault wrote.

use std::rc::Rc;

use super::audit::audit_row;
use super::events::pack_row;
use super::expected::expected_row;
use super::row::{Check, Commit, Expect, Fields, Query, Range, Row, Value, Write, fields_of};
use super::schema::{IndexName, StoreName};
use super::sealing::{SEALED_TO, VAULT};
use super::settings::officers_row;
use super::{Store, StoreError, StoredEvent};
use crate::domain::{AuditEntry, EventId};
use crate::format::event_record::TabletEvent;
use crate::format::key_ring::{KeyRing, read_ring, write_ring};
use crate::format::pack_lists::Expected;
use crate::vault::open::Vault;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    Passphrase,
    Pin,
}

impl Try {
    fn field(self) -> &'static str {
        match self {
            Try::Passphrase => "passphrase_tries",
            Try::Pin => "pin_tries",
        }
    }
}

/// How often each was tried since it was last right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    pub passphrase: u64,
    pub pin: u64,
}

impl Tries {
    fn fields(self, opens: bool) -> Fields {
        fields_of(vec![
            (OPENS, opens.into()),
            (Try::Passphrase.field(), Value::from(self.passphrase)),
            (Try::Pin.field(), Value::from(self.pin)),
        ])
    }

    fn of(row: &Row) -> Self {
        Tries {
            passphrase: row.number(Try::Passphrase.field()),
            pin: row.number(Try::Pin.field()),
        }
    }
}

/// The vault that an event gets: open, with its keys closed, the first entry of
/// the audit log, and what the pack says that the event came from.
pub struct Protection {
    pub vault: Vault,
    pub ring: KeyRing,
    pub entry: AuditEntry,
    pub pack: Option<Vec<u8>>,
    /// Who works at the event, as far as the pack says.
    pub officers: Vec<String>,
    /// Who is expected, as far as the pack says.
    pub expected: Vec<Expected>,
}

impl Protection {
    pub(super) fn writes(&self, event: EventId) -> Vec<Write> {
        let mut writes = vec![
            Write::Add(
                StoreName::Vaults,
                ring_row(event, &self.ring, Tries::default()),
            ),
            Write::Add(StoreName::Audit, audit_row(event, &self.entry)),
        ];
        let pack = self.pack.as_deref();
        writes.extend(pack.map(|pack| Write::Put(StoreName::Packs, pack_row(event, pack))));
        if !self.officers.is_empty() {
            let row = officers_row(event, &self.officers);
            writes.push(Write::Put(StoreName::Settings, row));
        }
        if !self.expected.is_empty() {
            let row = expected_row(event, &self.expected);
            writes.push(Write::Put(StoreName::Expected, row));
        }
        writes
    }
}

/// Field that says whether there is a passphrase that opens the event.
const OPENS: &str = "opens";
/// Key of the setting that names the event of a trial.
const TRIAL: &str = "trial";
const DAMAGED: StoreError = StoreError::Damaged { store: "vaults" };

impl Store {
    /// The closed keys of an event, and the tries. `None`: the event is from a
    /// version without a vault.
    pub async fn ring(&self, event: EventId) -> Result<Option<(KeyRing, Tries)>, StoreError> {
        let Some(row) = self.row(StoreName::Vaults, &event.to_string()).await? else {
            return Ok(None);
        };
        let ring = read_ring(&row.body).map_err(|_| DAMAGED)?;
        Ok(Some((ring, Tries::of(&row))))
    }

    /// Whether a passphrase opens an event; `None`: the event is from a version
    /// without a vault.
    pub async fn opens(&self, event: EventId) -> Result<Option<bool>, StoreError> {
        let row = self.row(StoreName::Vaults, &event.to_string()).await?;
        Ok(row.map(|row| row.number(OPENS) == 1))
    }

    /// Changes the closed keys of an event, and nothing else of their row.
    pub async fn keep_ring(&self, event: EventId, ring: &KeyRing) -> Result<(), StoreError> {
        let (_, tries) = self.ring(event).await?.ok_or(DAMAGED)?;
        self.put_ring(event, ring, tries).await
    }

    /// Counts a try, before anybody looks whether it is right. Returns how many
    /// there were since the last right one, this one included.
    pub async fn count_try(&self, event: EventId, what: Try) -> Result<u64, StoreError> {
        let (ring, mut tries) = self.ring(event).await?.ok_or(DAMAGED)?;
        let tried = match what {
            Try::Passphrase => &mut tries.passphrase,
            Try::Pin => &mut tries.pin,
        };
        *tried += 1;
        let tried = *tried;
        self.put_ring(event, &ring, tries).await?;
        Ok(tried)
    }

    /// Forgets the tries: the passphrase was right, or the PIN.
    pub async fn forget_tries(&self, event: EventId, what: Try) -> Result<(), StoreError> {
        let (ring, tries) = self.ring(event).await?.ok_or(DAMAGED)?;
        let left = match what {
            Try::Passphrase => Tries::default(),
            Try::Pin => Tries { pin: 0, ..tries },
        };
        if left == tries {
            return Ok(());
        }
        self.put_ring(event, &ring, left).await
    }

    async fn put_ring(
        &self,
        event: EventId,
        ring: &KeyRing,
        tries: Tries,
    ) -> Result<(), StoreError> {
        self.commit_proven(&Commit {
            checks: Vec::new(),
            writes: vec![Write::Put(StoreName::Vaults, ring_row(event, ring, tries))],
        })
        .await
    }

    /// Gives an event of a version without a vault its vault: every row of it is
    /// sealed, all in one proven transaction. The vault is open afterwards.
    pub async fn protect(
        &self,
        event: &StoredEvent,
        protection: Protection,
    ) -> Result<StoredEvent, StoreError> {
        let id = event.id().to_string();
        let mut protected = event.clone();
        protected.tablet.clear_fingerprint_key = None;
        let mut commit = protected.advance(event.state);
        commit.checks.push(Check {
            store: StoreName::Vaults,
            key: id.clone(),
            expect: Expect::Absent,
        });
        commit.writes.extend(protection.writes(event.id()));
        for (store, index) in [
            (StoreName::Registrations, IndexName::RegistrationsByEvent),
            (StoreName::Revisions, IndexName::RevisionsBySequence),
            (StoreName::Drafts, IndexName::DraftsByEvent),
            (StoreName::Batches, IndexName::BatchesByEvent),
        ] {
            let rows = self
                .rows_as_kept(&Query {
                    store,
                    range: Range::Starting {
                        index,
                        prefix: vec![id.as_str().into()],
                    },
                })
                .await?;
            commit.writes.extend(rows.into_iter().map(|mut row| {
                if store == StoreName::Batches {
                    row.fields.insert(SEALED_TO, VAULT.into());
                    row.fields.insert("size", (row.body.len() as u64).into());
                }
                Write::Put(store, row)
            }));
        }
        // The officer's name of that version lay in clear, and with no event.
        commit
            .writes
            .push(Write::Delete(StoreName::Settings, "officer".to_owned()));
        self.commit_unlocked(protection.vault, &commit).await?;
        // What was in clear may not stay so beside the database.
        self.ask_journal_renewal();
        Ok(protected)
    }

    /// Commits with a vault that is open afterwards, or as before if the commit fails.
    pub(super) async fn commit_unlocked(
        &self,
        vault: Vault,
        commit: &Commit,
    ) -> Result<(), StoreError> {
        let id = vault.event().to_owned();
        let before = self.vaults.borrow_mut().insert(id.clone(), Rc::new(vault));
        let done = self.commit_proven(commit).await;
        if done.is_err() {
            let mut vaults = self.vaults.borrow_mut();
            vaults.remove(&id);
            vaults.extend(before.map(|vault| (id, vault)));
        }
        done
    }

    /// Adds an event that only a trial uses. Its id is written down first, so that
    /// a trial that was cut short is taken away at the next start.
    pub async fn add_trial(
        &self,
        tablet: TabletEvent,
        protection: Protection,
    ) -> Result<StoredEvent, StoreError> {
        self.erase_trials().await?;
        self.keep(TRIAL, tablet.event.id.to_string().into_bytes())
            .await?;
        self.add_event(tablet, protection).await
    }

    /// Takes away everything of a trial's event, and nothing else.
    pub async fn erase_trials(&self) -> Result<(), StoreError> {
        let Some(row) = self.row(StoreName::Settings, TRIAL).await? else {
            return Ok(());
        };
        let id = String::from_utf8_lossy(&row.body).into_owned();
        let mut writes = vec![Write::Delete(StoreName::Settings, TRIAL.to_owned())];
        let rows = self.event_rows(&id).await?;
        writes.extend(
            rows.into_iter()
                .map(|(store, row)| Write::Delete(store, row.key)),
        );
        let checks = Vec::new();
        self.commit_proven(&Commit { checks, writes }).await?;
        self.vaults.borrow_mut().remove(&id);
        Ok(())
    }

    /// The id of the event of a trial that was not taken away yet.
    pub async fn trial(&self) -> Result<Option<String>, StoreError> {
        let row = self.row(StoreName::Settings, TRIAL).await?;
        Ok(row.map(|row| String::from_utf8_lossy(&row.body).into_owned()))
    }

    /// The vault of an event, to be asked for things that are no rows.
    pub fn vault_of(&self, event: EventId) -> Result<Rc<Vault>, StoreError> {
        self.vault(&event.to_string())
    }
}

/// The row of the closed keys.
pub(super) fn ring_row(event: EventId, ring: &KeyRing, tries: Tries) -> Row {
    Row {
        key: event.to_string(),
        fields: tries.fields(ring.passphrase.is_some()),
        body: write_ring(ring),
    }
}
