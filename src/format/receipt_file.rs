//! The receipt, version 1: the office's signed answer to a batch, as a file, as the
//! text of a QR code, or at `receipts/<file_hash>.json` (`docs/receipt-format.md`).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::batch_file::SignatureRecord;
use super::canonical::to_canonical;
use super::code::Code;
use super::head::head_of;
#[cfg(test)]
use super::registration_record::{HASH, MOMENT, UUID};
use crate::domain::*;

/// `format` of every receipt.
pub const RECEIPT_FORMAT: &str = "pendapa-receipt";
/// The version that this code writes.
pub const RECEIPT_VERSION: u32 = 1;
/// Most characters of a reason.
pub const MOST_REASON: usize = 200;

/// The shape of the whole document, for the schema and for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReceiptDocument {
    #[cfg_attr(test, schemars(extend("const" = RECEIPT_FORMAT)))]
    pub format: String,
    #[cfg_attr(test, schemars(extend("const" = RECEIPT_VERSION)))]
    pub version: u32,
    /// Id of the batch.
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub batch: String,
    /// SHA-256 of the bytes that the office received, sealed as they were.
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub file_hash: String,
    pub results: Vec<ResultRecord>,
    /// `accepted`: every record of the batch that is not in `results` was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("enum" = ["accepted"])))]
    pub others: Option<String>,
    /// When the office took the batch, by the office's clock.
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub at: String,
    /// By the office's receipt key, over the document without this member. A receipt
    /// without it is not believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureRecord>,
}

/// What became of one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResultRecord {
    /// Id of the registration.
    #[cfg_attr(test, schemars(regex(pattern = UUID)))]
    pub id: String,
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub revision: u32,
    pub result: Code<RecordResult>,
    /// In words for the officer, without anything about the participant; after
    /// `duplicate_of` the number of the registration that was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(length(max = 200)))]
    pub reason: Option<String>,
}

/// What an office writes down about a registration that it does not simply accept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeAnswer {
    /// Its number (`KDP1-A-058-K`) or its id.
    pub registration: String,
    pub result: Code<RecordResult>,
    #[serde(default)]
    pub reason: Option<String>,
}

/// Reads a list of answers. The text says line, column and what is wrong.
pub fn read_answers(bytes: &[u8]) -> Result<Vec<OfficeAnswer>, String> {
    let answers: Vec<OfficeAnswer> =
        serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    for answer in &answers {
        if answer
            .reason
            .as_deref()
            .is_some_and(|reason| !is_reason(reason))
        {
            return Err(format!(
                "{}: a reason has at most {MOST_REASON} characters, all of them printable",
                answer.registration
            ));
        }
    }
    Ok(answers)
}

fn is_reason(text: &str) -> bool {
    text.chars().count() <= MOST_REASON && !text.chars().any(char::is_control)
}

/// Why bytes are no receipt.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    #[error("not a receipt: line {line}, column {column}")]
    Json { line: usize, column: usize },
    #[error("not a pendapa receipt")]
    Format,
    #[error("receipt version {0} is newer than this app")]
    Newer(u32),
    #[error("member {0} is not what it should be")]
    Member(&'static str),
}

/// The bytes of a receipt that is still to be signed.
pub fn write_receipt(receipt: &Receipt) -> Vec<u8> {
    let results = receipt.answers.iter().map(|answer| ResultRecord {
        id: answer.id.to_string(),
        revision: answer.revision,
        result: Code(answer.result),
        reason: answer.reason.clone(),
    });
    to_canonical(&ReceiptDocument {
        format: RECEIPT_FORMAT.to_owned(),
        version: RECEIPT_VERSION,
        batch: receipt.batch.to_string(),
        file_hash: receipt.file_hash.to_string(),
        results: results.collect(),
        others: receipt
            .others_accepted
            .then(|| RecordResult::Accepted.code().to_owned()),
        at: receipt.at.rfc3339(),
        signature: None,
    })
    .expect("a receipt holds only strings and small integers")
}

/// Whether bytes call themselves a receipt.
pub fn is_receipt(bytes: &[u8]) -> bool {
    head_of(bytes).is_ok_and(|head| head.format == RECEIPT_FORMAT)
}

/// Reads a receipt. Its signature is not checked here, and members that are not known
/// are left alone.
pub fn read_receipt(bytes: &[u8]) -> Result<Receipt, ReceiptError> {
    let head = head_of(bytes).map_err(json)?;
    match (head.format.as_str(), head.version) {
        (RECEIPT_FORMAT, RECEIPT_VERSION) => {}
        (RECEIPT_FORMAT, newer) if newer > RECEIPT_VERSION => {
            return Err(ReceiptError::Newer(newer));
        }
        _ => return Err(ReceiptError::Format),
    }
    let document: ReceiptDocument = serde_json::from_slice(bytes).map_err(json)?;
    let member = ReceiptError::Member;
    let others_accepted = match document.others.as_deref() {
        None => false,
        Some("accepted") => true,
        Some(_) => return Err(member("others")),
    };
    let answers = document.results.into_iter().map(|result| {
        if result
            .reason
            .as_deref()
            .is_some_and(|reason| !is_reason(reason))
        {
            return Err(member("reason"));
        }
        Ok(RecordAnswer {
            id: RegistrationId::parse(&result.id).ok_or(member("id"))?,
            revision: result.revision,
            result: result.result.0,
            reason: result.reason,
        })
    });
    Ok(Receipt {
        batch: BatchId::parse(&document.batch).ok_or(member("batch"))?,
        file_hash: Hash::parse(&document.file_hash).ok_or(member("file_hash"))?,
        answers: answers.collect::<Result<_, _>>()?,
        others_accepted,
        at: Moment::parse_rfc3339(&document.at).ok_or(member("at"))?,
    })
}

fn json(error: serde_json::Error) -> ReceiptError {
    ReceiptError::Json {
        line: error.line(),
        column: error.column(),
    }
}

#[cfg(test)]
#[path = "receipt_tests.rs"]
pub(super) mod tests;
