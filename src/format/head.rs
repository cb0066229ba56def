//! What every document of ours begins with, whatever it is.

use serde::Deserialize;

/// Format and version of a document; empty and 0 where it does not say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub format: String,
    pub version: u32,
}

/// Reads the head of a document in JSON, and nothing else of it.
pub(super) fn head_of(bytes: &[u8]) -> serde_json::Result<Head> {
    serde_json::from_slice(bytes)
}
