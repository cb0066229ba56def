//! Batches on their way to the office: sealed in the age format (version 1) to
//! the office's recipients, so that the office opens them with any age tool.
//! Keys are text here, as age tools print and read them.

use std::io::{Read, Write};

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt, x25519};
use thiserror::Error;
use zeroize::Zeroizing;

/// What every file in the age format begins with.
const AGE_MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// Work to try one passphrase on a file of keys, as a power of two (RFC 7914):
/// about a second on a laptop.
const KEYS_WORK_FACTOR: u8 = 18;
/// The same for an event pack: 32 MiB, which a cheap tablet has to spare.
const PACK_WORK_FACTOR: u8 = 15;

/// Why bytes could not be sealed or opened. The sentences of `age` are not passed
/// on: they bring its catalogue of languages along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CarryError {
    /// Nobody to seal it to.
    #[error("no recipient")]
    NoRecipient,
    /// The recipient at this place of the list is none.
    #[error("recipient {} is no `age1…`", .0 + 1)]
    Recipient(usize),
    /// The key at this place of the list is none.
    #[error("key {} is no `AGE-SECRET-KEY-1…`", .0 + 1)]
    Key(usize),
    /// Not in the age format, or cut or altered on its way.
    #[error("no sealed file, or damaged")]
    Damaged,
    /// Sealed, but not to any of these keys.
    #[error("none of the keys opens it")]
    NotForUs,
    /// Closed so that one try takes more work than may be asked for here.
    #[error("opening it takes more work than may be asked for")]
    TooMuchWork,
    #[error("sealing failed")]
    Sealing,
}

/// Whether bytes are in the age format.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(AGE_MAGIC)
}

/// A new key, `AGE-SECRET-KEY-1…`, and who it is to those that seal, `age1…`.
pub fn new_identity() -> (Zeroizing<String>, String) {
    let identity = x25519::Identity::generate();
    let secret = Zeroizing::new(identity.to_string().expose_secret().to_owned());
    (secret, identity.to_public().to_string())
}

/// Whether this is a key as [`new_identity`] makes them.
pub fn is_identity(text: &str) -> bool {
    text.parse::<x25519::Identity>().is_ok()
}

/// Seals bytes to everybody who is named; each of them opens it alone. Two seals
/// of the same bytes differ.
pub fn seal_to(recipients: &[&str], plain: &[u8]) -> Result<Vec<u8>, CarryError> {
    let parse = |(at, text): (usize, &&str)| {
        text.parse::<x25519::Recipient>()
            .map_err(|_| CarryError::Recipient(at))
    };
    let recipients: Vec<_> = recipients
        .iter()
        .enumerate()
        .map(parse)
        .collect::<Result<_, _>>()?;
    if recipients.is_empty() {
        return Err(CarryError::NoRecipient);
    }
    seal(recipients.iter().map(|recipient| recipient as _), plain)
}

/// Opens what was sealed to one of these keys.
pub fn open_with(secrets: &[&str], sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    let parse = |(at, text): (usize, &&str)| {
        text.parse::<x25519::Identity>()
            .map_err(|_| CarryError::Key(at))
    };
    let identities: Vec<_> = secrets
        .iter()
        .enumerate()
        .map(parse)
        .collect::<Result<_, _>>()?;
    open(identities.iter().map(|identity| identity as _), sealed)
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
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(work_factor);
    seal([&recipient as _].into_iter(), plain)
}

fn open_closed(passphrase: &str, most_work: u8, sealed: &[u8]) -> Result<Vec<u8>, CarryError> {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(most_work);
    open([&identity as _].into_iter(), sealed)
}

fn seal<'a>(
    recipients: impl Iterator<Item = &'a dyn Recipient>,
    plain: &[u8],
) -> Result<Vec<u8>, CarryError> {
    let encryptor = Encryptor::with_recipients(recipients).map_err(|_| CarryError::Sealing)?;
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let written = encryptor.wrap_output(&mut sealed).and_then(|mut writer| {
        writer.write_all(plain)?;
        writer.finish()
    });
    written.map_err(|_| CarryError::Sealing)?;
    Ok(sealed)
}

fn open<'a>(
    identities: impl Iterator<Item = &'a dyn Identity>,
    sealed: &[u8],
) -> Result<Vec<u8>, CarryError> {
    let decryptor = Decryptor::new(sealed).map_err(|_| CarryError::Damaged)?;
    let mut reader = decryptor.decrypt(identities).map_err(|error| match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed => CarryError::NotForUs,
        DecryptError::ExcessiveWork { .. } => CarryError::TooMuchWork,
        _ => CarryError::Damaged,
    })?;
    // As much as it can come to: a buffer that grows would leave copies behind.
    let mut plain = Vec::with_capacity(sealed.len());
    reader
        .read_to_end(&mut plain)
        .map_err(|_| CarryError::Damaged)?;
    Ok(plain)
}
