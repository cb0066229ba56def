//! One sealed row: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under the data
//! key of an event, bound to the place where it belongs, so that a row that was
//! moved, swapped, cut, altered or put back from an earlier day does not open.
//!
//! Bytes: version (1), nonce (24), cipher text, tag (16).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The version that this code writes.
const SEAL_VERSION: u8 = 1;
/// Bytes of a nonce: long enough to be drawn by chance for every row.
pub const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// Bytes that sealing adds.
pub const SEAL_BYTES: usize = 1 + NONCE_BYTES + TAG_BYTES;

/// The key under which the rows of one event on one tablet are sealed: 32 random
/// bytes, wiped from memory when they are dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey(pub(super) [u8; 32]);

impl DataKey {
    /// A key of 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        DataKey(random)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

/// The place to which a row is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the store.
    pub store: &'a str,
    pub event: &'a str,
    /// Key of the row.
    pub id: &'a str,
    /// Which revision of it; 0 where there is only one.
    pub revision: u64,
    /// Version of the shape of what is sealed.
    pub schema: u32,
}

impl Place<'_> {
    /// The place as bytes. Every text comes after its length, so that no two
    /// places have the same bytes.
    fn associated_data(&self) -> Vec<u8> {
        let mut bytes = b"pendapa row".to_vec();
        for text in [self.store, self.event, self.id] {
            bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&self.revision.to_be_bytes());
        bytes.extend_from_slice(&self.schema.to_be_bytes());
        bytes
    }
}

/// Why a sealed row does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A later version of the app sealed it.
    #[error("sealed in version {0}, which this app does not know")]
    Newer(u8),
    /// Another key, another place, or not the bytes that were sealed.
    #[error("the seal is broken")]
    Broken,
}

/// Seals a row. `nonce` must be random, and new for every call.
pub fn seal(key: &DataKey, place: &Place<'_>, nonce: [u8; NONCE_BYTES], plain: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: plain,
        aad: &place.associated_data(),
    };
    let cipher_text = key
        .cipher()
        .encrypt(&XNonce::from(nonce), payload)
        .expect("a row is shorter than 256 GB");
    let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + cipher_text.len());
    sealed.push(SEAL_VERSION);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&cipher_text);
    sealed
}

/// Opens a row in its place.
pub fn open(key: &DataKey, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
    let (&version, rest) = sealed.split_first().ok_or(OpenError::Broken)?;
    if version > SEAL_VERSION {
        return Err(OpenError::Newer(version));
    }
    let (nonce, cipher_text) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .filter(|_| version == SEAL_VERSION)
        .ok_or(OpenError::Broken)?;
    let payload = Payload {
        msg: cipher_text,
        aad: &place.associated_data(),
    };
    key.cipher()
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| OpenError::Broken)
}
