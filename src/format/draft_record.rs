//! A registration that is being typed, as it is kept between keystrokes and a
//! crash, version 1. Values are kept exactly as typed, right or wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::canonical::to_canonical;
use super::code::Code;
use super::registration_record::{RecordError, is_same_nik, same_nik};
use crate::domain::*;

/// The version that this code writes.
const DRAFT_VERSION: u32 = 1;

/// The body of a row in `drafts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct DraftRecord {
    version: u32,
    fields: BTreeMap<String, String>,
    confirmed: Vec<String>,
    decisions: Vec<DecisionRecord>,
    step: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrects: Option<u32>,
    started_at: String,
    saved_at: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct DecisionRecord {
    other: String,
    #[serde(default = "same_nik", skip_serializing_if = "is_same_nik")]
    likeness: Code<Likeness>,
    decision: Code<Decision>,
    reason: String,
}

/// The bytes of a draft's row.
pub fn write_draft(draft: &Draft) -> Vec<u8> {
    // One by one: collecting into a map sorts first, which is code for nothing here.
    let mut fields = BTreeMap::new();
    for (field, text) in &draft.fields {
        fields.insert(field.code().to_owned(), text.clone());
    }
    to_canonical(&DraftRecord {
        version: DRAFT_VERSION,
        fields,
        confirmed: draft.confirmed.clone(),
        decisions: draft
            .decisions
            .iter()
            .map(|decision| DecisionRecord {
                other: decision.other.to_string(),
                likeness: Code(decision.likeness),
                decision: Code(decision.decision),
                reason: decision.reason.clone(),
            })
            .collect(),
        step: draft.step,
        corrects: draft.corrects,
        started_at: draft.started_at.rfc3339(),
        saved_at: draft.saved_at.rfc3339(),
    })
    .expect("a draft holds only strings and small integers")
}

/// Reads what `write_draft` wrote. A field that this version does not know is
/// left out rather than refused, so that a draft survives a version change.
pub fn read_draft(
    id: RegistrationId,
    event_id: EventId,
    set_aside: bool,
    bytes: &[u8],
) -> Result<Draft, RecordError> {
    let record: DraftRecord = serde_json::from_slice(bytes).map_err(|error| RecordError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    if record.version > DRAFT_VERSION {
        return Err(RecordError::Newer(record.version));
    }
    let mut fields = BTreeMap::new();
    for (code, text) in record.fields {
        if let Some(field) = Field::from_code(&code) {
            fields.insert(field, text);
        }
    }
    Ok(Draft {
        id,
        event_id,
        set_aside,
        fields,
        confirmed: record.confirmed,
        decisions: record
            .decisions
            .into_iter()
            .filter_map(|decision| {
                Some(DuplicateDecision {
                    other: RegistrationNumber::parse(&decision.other).ok()?,
                    likeness: decision.likeness.0,
                    decision: decision.decision.0,
                    reason: decision.reason,
                })
            })
            .collect(),
        step: record.step,
        corrects: record.corrects,
        started_at: Moment::parse_rfc3339(&record.started_at)
            .ok_or(RecordError::Member("started_at"))?,
        saved_at: Moment::parse_rfc3339(&record.saved_at).ok_or(RecordError::Member("saved_at"))?,
    })
}
