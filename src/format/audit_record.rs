//! An entry of the audit log, version 1: a row in `audit`, and carried verbatim
//! in batches.

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::digest::sha256;
use super::registration_record::RecordError;
#[cfg(test)]
use super::registration_record::{HASH, MOMENT};
use crate::domain::*;

/// The version that this code writes.
const AUDIT_VERSION: u32 = 1;

/// The body of a row in `audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AuditRecord {
    #[cfg_attr(test, schemars(extend("const" = AUDIT_VERSION)))]
    pub version: u32,
    /// 1 for the first entry of the event, one more for each after. A tablet that goes on
    /// from a backup counts on from the last entry in that.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub sequence: u64,
    /// Hash of the canonical bytes of the entry before; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub previous: Option<String>,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// What was done. Readers keep actions that they do not know.
    pub action: String,
    /// Id of the registration or the batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The bytes of an entry.
pub fn write_audit(entry: &AuditEntry) -> Vec<u8> {
    to_canonical(&AuditRecord {
        version: AUDIT_VERSION,
        sequence: entry.sequence,
        previous: entry.previous.map(|hash| hash.to_string()),
        at: entry.at.rfc3339(),
        officer: entry.officer.clone(),
        action: entry.action.code().to_owned(),
        subject: entry.subject.clone(),
        detail: entry.detail.clone(),
    })
    .expect("an entry holds only strings and exact integers")
}

/// Reads what `write_audit` wrote.
pub fn read_audit(bytes: &[u8]) -> Result<AuditEntry, RecordError> {
    let record: AuditRecord = serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    if record.version > AUDIT_VERSION {
        return Err(RecordError::Newer(record.version));
    }
    let action = AuditAction::from_code(&record.action).ok_or(RecordError::Member("action"))?;
    let previous = match record.previous {
        None => None,
        Some(hash) => Some(Hash::parse(&hash).ok_or(RecordError::Member("previous"))?),
    };
    Ok(AuditEntry {
        sequence: record.sequence,
        previous,
        at: Moment::parse_rfc3339(&record.at).ok_or(RecordError::Member("at"))?,
        officer: record.officer,
        action,
        subject: record.subject,
        detail: record.detail,
    })
}

/// The hash by which the next entry names this one.
pub fn audit_hash(bytes: &[u8]) -> Hash {
    sha256(bytes)
}

/// Why entries are not a whole piece of one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuditChainError {
    #[error("audit entry {sequence} is missing or twice there")]
    Gap { sequence: u64 },
    #[error("audit entry {sequence} does not follow the one before it")]
    Broken { sequence: u64 },
    #[error("an audit entry cannot be read")]
    Unreadable,
}

/// A piece of the audit log without gaps, and where it begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditRun {
    pub first: u64,
    /// Hash of the entry before the first; `None`: there is none.
    pub previous: Option<Hash>,
    pub last: u64,
    pub last_hash: Hash,
}

/// Holds entries against each other, as canonical bytes in their order. `None`:
/// there are no entries.
pub fn check_audit_chain<'a>(
    entries: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Option<AuditRun>, AuditChainError> {
    #[derive(Deserialize)]
    struct Link {
        sequence: u64,
        previous: Option<String>,
    }
    let mut run: Option<AuditRun> = None;
    for bytes in entries {
        let link: Link = serde_json::from_slice(bytes).map_err(|_| AuditChainError::Unreadable)?;
        let previous = match &link.previous {
            None => None,
            Some(hash) => Some(Hash::parse(hash).ok_or(AuditChainError::Unreadable)?),
        };
        let Link { sequence, .. } = link;
        let hash = audit_hash(bytes);
        run = Some(match run {
            None if (sequence == 1) != previous.is_none() => {
                return Err(AuditChainError::Broken { sequence });
            }
            None => AuditRun {
                first: sequence,
                previous,
                last: sequence,
                last_hash: hash,
            },
            Some(run) if sequence != run.last + 1 => {
                return Err(AuditChainError::Gap {
                    sequence: run.last + 1,
                });
            }
            Some(run) if previous != Some(run.last_hash) => {
                return Err(AuditChainError::Broken { sequence });
            }
            Some(run) => AuditRun {
                last: sequence,
                last_hash: hash,
                ..run
            },
        });
    }
    Ok(run)
}
