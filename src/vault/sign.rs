//! Who made a document: an Ed25519 signature (RFC 8032) over it without its signature.
//! Batches are signed by a key that the tablet has for this event alone, receipts by
//! the office's.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use thiserror::Error;

use crate::format::batch_file::{BatchError, SignatureRecord, signed, without_signature};
use crate::format::digest::{from_hex, hex};

/// `algorithm` of every signature.
const ALGORITHM: &str = "Ed25519";
/// Before the hexadecimal digits of a public key.
const KEY_PREFIX: &str = "ed25519:";

/// A key that signs: the tablet's for one event, or the office's for receipts. Wiped from
/// memory when it is dropped.
pub struct TabletKey(SigningKey);

impl TabletKey {
    /// A key of 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        TabletKey(SigningKey::from_bytes(&random))
    }

    /// The public half, as it stands in manifests: `ed25519:` and 64 digits.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a plain batch whose manifest already names this key, or a receipt: the same
    /// document with its signature, canonical again.
    pub fn sign(&self, document: &[u8]) -> Vec<u8> {
        let signature = SignatureRecord {
            algorithm: ALGORITHM.to_owned(),
            value: hex(&self.0.sign(document).to_bytes()),
        };
        signed(document, &signature)
    }
}

/// The public half of a key that signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads exactly the form that is shown, so that one key has one text.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = from_hex(text.strip_prefix(KEY_PREFIX)?)?;
        let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
        // A weak key would fit signatures of others.
        (!key.is_weak() && PublicKey(key).to_string() == text).then_some(PublicKey(key))
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{KEY_PREFIX}{}", hex(self.0.as_bytes()))
    }
}

/// Whether a batch was signed, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// Neither a key nor a signature: a batch of the first versions, or what the office
    /// took out of a backup beside the batches in it.
    No,
    /// By the key that the manifest names. Whether that key is the tablet's own
    /// only somebody knows who has it from the tablet.
    By(PublicKey),
}

/// Why a signature cannot be relied on.
#[derive(Debug, Error)]
pub enum SignatureError {
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// A key without a signature, or a signature without a key: one of them was
    /// taken away.
    #[error("the batch has a key or a signature, but not both")]
    Half,
    #[error("the batch names a key or an algorithm that is not known")]
    Unknown,
    #[error("the signature does not fit the batch")]
    Wrong,
}

/// Holds the signature of a plain batch against the key that its manifest names, or that
/// of a receipt against the key of the office.
pub fn check_signature(bytes: &[u8], key: Option<&str>) -> Result<Signed, SignatureError> {
    let (document, signature) = without_signature(bytes)?;
    let (Some(key), Some(signature)) = (key, &signature) else {
        return match (key, signature) {
            (None, None) => Ok(Signed::No),
            _ => Err(SignatureError::Half),
        };
    };
    let key = PublicKey::parse(key).ok_or(SignatureError::Unknown)?;
    if signature.algorithm != ALGORITHM {
        return Err(SignatureError::Unknown);
    }
    let value = from_hex(&signature.value).ok_or(SignatureError::Wrong)?;
    let value = Signature::from_slice(&value).map_err(|_| SignatureError::Wrong)?;
    key.0
        .verify_strict(&document, &value)
        .map_err(|_| SignatureError::Wrong)?;
    Ok(Signed::By(key))
}
