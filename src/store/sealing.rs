//! Which rows are sealed, by whose vault, and bound to which place.
//!
//! Everything that tells of people is: registrations and their revisions, drafts,
//! the audit log, what a pack says, who works here, and batches that are plain.
//! Events, closed keys, batches that are sealed to the office, the transport log
//! and receipts are not, because they are needed while the vault is locked.

use std::borrow::Cow;
use std::rc::Rc;

use super::row::{Commit, Row, Write};
use super::schema::StoreName;
use super::{Store, StoreError};
use crate::vault::open::Vault;

/// Field of a batch: what its bytes are sealed with.
pub(super) const SEALED_TO: &str = "sealed_to";
/// To the office, for its way there: not by the vault once more.
pub(super) const OFFICE: &str = "office";
/// By the vault: the batch itself is plain.
pub(super) const VAULT: &str = "vault";

/// The event whose vault seals a row; `None`: it is kept in clear.
fn sealed_for(store: StoreName, row: &Row) -> Option<&str> {
    match store {
        StoreName::Registrations
        | StoreName::Revisions
        | StoreName::Drafts
        | StoreName::Audit
        | StoreName::Packs
        | StoreName::Expected
        | StoreName::Neighbours
        | StoreName::Attendance => Some(row.text("event_id")),
        StoreName::Batches => (row.text(SEALED_TO) != OFFICE).then(|| row.text("event_id")),
        StoreName::Settings => Some(row.text("event_id")).filter(|event| !event.is_empty()),
        StoreName::Events | StoreName::Vaults | StoreName::Transport | StoreName::Receipts => None,
    }
}

/// The number by which a row differs from earlier ones with the same key.
fn revision_of(store: StoreName, row: &Row) -> u64 {
    match store {
        StoreName::Registrations | StoreName::Revisions => row.number("revision"),
        StoreName::Drafts => row.number("saved_at"),
        StoreName::Audit | StoreName::Batches | StoreName::Attendance => row.number("sequence"),
        StoreName::Neighbours => row.number("saved"),
        _ => 0,
    }
}

impl Store {
    /// Opens an event's data. Several may be open; the app opens one.
    pub fn unlock(&self, vault: Vault) {
        let event = vault.event().to_owned();
        self.vaults.borrow_mut().insert(event, Rc::new(vault));
    }

    /// Opens an event's data with a vault that is open already; for tests with two
    /// connections to one database.
    pub fn share_vault(&self, vault: &Rc<Vault>) {
        let event = vault.event().to_owned();
        self.vaults.borrow_mut().insert(event, vault.clone());
    }

    /// Forgets every key but those of one event.
    pub fn lock_others(&self, event: &str) {
        self.vaults.borrow_mut().retain(|open, _| open == event);
    }

    /// Forgets every key.
    pub fn lock(&self) {
        self.vaults.borrow_mut().clear();
    }

    /// The open vault of an event.
    pub fn vault(&self, event: &str) -> Result<Rc<Vault>, StoreError> {
        let vaults = self.vaults.borrow();
        vaults.get(event).cloned().ok_or(StoreError::Locked)
    }

    /// A commit as it is kept: with every body sealed that tells of people.
    pub(super) fn sealed<'a>(&self, commit: &'a Commit) -> Result<Cow<'a, Commit>, StoreError> {
        let mut kept = Cow::Borrowed(commit);
        for (at, write) in commit.writes.iter().enumerate() {
            let (Write::Put(store, row) | Write::Add(store, row)) = write else {
                continue;
            };
            let Some(event) = sealed_for(*store, row) else {
                continue;
            };
            let body = self.vault(event)?.seal_row(
                store.name(),
                &row.key,
                revision_of(*store, row),
                &row.body,
            );
            if let Write::Put(_, row) | Write::Add(_, row) = &mut kept.to_mut().writes[at] {
                row.body = body;
            }
        }
        Ok(kept)
    }

    /// A row with its body opened, where it is sealed.
    pub(super) fn opened(&self, store: StoreName, row: Row) -> Result<Row, StoreError> {
        match sealed_for(store, &row) {
            None => Ok(row),
            Some(event) => Ok(opened_by(&*self.vault(event)?, store, row)),
        }
    }
}

/// A row of the vault's event with its body opened, where it is sealed. A body whose
/// seal is broken comes back empty, which no shape is: whoever reads it finds it
/// damaged, and the other rows stay readable.
pub(super) fn opened_by(vault: &Vault, store: StoreName, mut row: Row) -> Row {
    if sealed_for(store, &row).is_none() {
        return row;
    }
    let revision = revision_of(store, &row);
    row.body = vault
        .open_row(store.name(), &row.key, revision, &row.body)
        .unwrap_or_default();
    row
}
