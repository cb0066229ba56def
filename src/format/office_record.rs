//! The office's keys, version 1: the public halves for event packs, and the
//! private halves, which are written into a sealed file only.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::canonical::to_canonical;

/// `format` of the public file.
const PUBLIC_FORMAT: &str = "pendapa-office";
/// `format` of the private file, inside its seal.
const KEYS_FORMAT: &str = "pendapa-office-keys";
const OFFICE_VERSION: u32 = 1;

/// What everybody may know of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficePublic {
    format: String,
    version: u32,
    /// To whom batches are sealed: `age1…`.
    pub recipient: String,
    /// By which receipts are signed: `ed25519:…`.
    pub receipt_key: String,
}

/// What only the office may know.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct OfficeKeys {
    format: String,
    version: u32,
    /// `AGE-SECRET-KEY-1…`
    pub identity: String,
    /// Seed of the receipt key, 32 bytes in hexadecimal.
    pub receipt_seed: String,
}

impl OfficePublic {
    /// The public halves.
    pub fn new(recipient: String, receipt_key: String) -> Self {
        OfficePublic {
            format: PUBLIC_FORMAT.to_owned(),
            version: OFFICE_VERSION,
            recipient,
            receipt_key,
        }
    }

    /// As a file.
    pub fn write(&self) -> Vec<u8> {
        to_canonical(self).expect("keys are strings")
    }

    /// Reads what `write` wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.format == PUBLIC_FORMAT && read.version == OFFICE_VERSION).then_some(read)
    }
}

impl OfficeKeys {
    /// The private halves.
    pub fn new(identity: String, receipt_seed: String) -> Self {
        OfficeKeys {
            format: KEYS_FORMAT.to_owned(),
            version: OFFICE_VERSION,
            identity,
            receipt_seed,
        }
    }

    /// As bytes, to be sealed at once.
    pub fn write(&self) -> Vec<u8> {
        to_canonical(self).expect("keys are strings")
    }

    /// Reads what `write` wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.format == KEYS_FORMAT && read.version == OFFICE_VERSION).then_some(read)
    }
}
