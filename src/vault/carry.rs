//! Batches on their way to the office: sealed in the age format (version 1) to
//! the office's recipients, so that the office opens them with any age tool.

use std::io::{Read, Write};

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, Identity, Recipient};
use thiserror::Error;

/// What every file in the age format begins with.
const AGE_MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// Work to try one passphrase on a file of keys, as a power of two (RFC 7914):
/// about a second on a laptop.
const KEYS_WORK_FACTOR: u8 = 18;
/// The same for an event pack: 32 MiB, which a cheap tablet has to spare.
const PACK_WORK_FACTOR: u8 = 15;

/// Why bytes could not be sealed or opened.
#[derive(Debug, Error)]
pub enum CarryError {
    /// Nobody to seal it to.
    #[error("no recipient")]
    NoRecipient,
    /// Not in the age format, or cut or altered on its way.
    #[error("no sealed file, or damaged: {0}")]
    Damaged(String),
    /// Sealed, but not to any of these keys.
    #[error("none of the keys opens it")]
    NotForUs,
    /// Closed so that one try takes more work than may be asked for here.
    #[error("opening it takes more work than may be asked for")]
    TooMuchWork,
    #[error("sealing failed: {0}")]
    Sealing(String),
}

/// Whether bytes are in the age format.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(AGE_MAGIC)
}

/// Seals bytes to everybody who is named; each of them opens it alone. Two seals
/// of the same bytes differ.
pub fn seal_to(recipients: &[&dyn Recipient], plain: &[u8]) -> Result<Vec<u8>, CarryError> {
    if recipients.is_empty() {
        return Err(CarryError::NoRecipient);
    }
    let sealing = |error: &dyn std::fmt::Display| CarryError::Sealing(error.to_string());
    let encryptor =
        Encryptor::with_recipients(recipients.iter().copied()).map_err(|error| sealing(&error))?;
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor
        .wrap_output(&mut sealed)
        .map_err(|error| sealing(&error))?;
    writer.write_all(plain).map_err(|error| sealing(&error))?;
    writer.finish().map_err(|error| sealing(&error))?;
    Ok(sealed)
}

/// Opens what was sealed to one of these keys.
pub fn open_with(identities: &[&dyn Identity], sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    let decryptor =
        Decryptor::new(sealed).map_err(|error| CarryError::Damaged(error.to_string()))?;
    let mut reader =
        decryptor
            .decrypt(identities.iter().copied())
            .map_err(|error| match error {
                age::DecryptError::NoMatchingKeys | age::DecryptError::DecryptionFailed => {
                    CarryError::NotForUs
                }
                // Its text is not asked for: age 0.12 counts below zero there on a fast machine.
                age::DecryptError::ExcessiveWork { .. } => CarryError::TooMuchWork,
                other => CarryError::Damaged(other.to_string()),
            })?;
    let mut plain = Vec::with_capacity(sealed.len());
    reader
        .read_to_end(&mut plain)
        .map_err(|error| CarryError::Damaged(error.to_string()))?;
    Ok(plain)
}

/// Closes a file of private keys by a passphrase.
pub fn close_keys(passphrase: &str, plain: &[u8]) -> Result<Vec<u8>, CarryError> {
    close(passphrase, KEYS_WORK_FACTOR, plain)
}

/// Opens what [`close_keys`] closed.
pub fn open_keys(passphrase: &str, sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    open_closed(passphrase, KEYS_WORK_FACTOR, sealed)
}

/// Closes an event pack by the event passphrase.
pub fn close_pack(passphrase: &str, plain: &[u8]) -> Result<Vec<u8>, CarryError> {
    close(passphrase, PACK_WORK_FACTOR, plain)
}

/// Opens what [`close_pack`] closed. A pack that asks for more work than a tablet
/// can do is refused.
pub fn open_pack(passphrase: &str, sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    open_closed(passphrase, PACK_WORK_FACTOR, sealed)
}

fn close(passphrase: &str, work_factor: u8, plain: &[u8]) -> Result<Vec<u8>, CarryError> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(work_factor);
    seal_to(&[&recipient], plain)
}

fn open_closed(passphrase: &str, most_work: u8, sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(most_work);
    open_with(&[&identity], sealed)
}
