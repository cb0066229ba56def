//! Notes in the audit log what leaves no other trace.

use crate::domain::*;
use crate::store::{Store, StoreError};

/// Who does something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// Empty: nobody has said who is at work yet.
    pub officer: String,
    pub now: Moment,
}

impl Doer {
    /// An entry that stands nowhere yet.
    pub fn entry(
        &self,
        action: AuditAction,
        subject: Option<String>,
        detail: Option<String>,
    ) -> AuditEntry {
        let officer = self.officer.trim();
        AuditEntry {
            sequence: 1,
            previous: None,
            at: self.now,
            officer: (!officer.is_empty()).then(|| officer.to_owned()),
            action,
            subject,
            detail,
        }
    }
}

/// Notes a deed.
pub async fn note(
    store: &Store,
    event: EventId,
    doer: &Doer,
    action: AuditAction,
    subject: Option<String>,
    detail: Option<String>,
) -> Result<(), StoreError> {
    let entry = doer.entry(action, subject, detail);
    store.append_audit(event, entry).await.map(drop)
}
