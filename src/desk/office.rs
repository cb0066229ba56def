//! What the office does with keys and files: makes its keys, opens a batch that
//! was sealed to it, and reads every batch it was given.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use super::chain::Link;
use crate::domain::{Date, EarlierEvent, Hash, Registration, RegistrationId, parse_iso};
use crate::format::batch_file::{Batch, BatchError, ManifestEvent, read_batch};
use crate::format::digest::{FingerprintKey, fingerprint, from_hex, hex, sha256};
use crate::format::event_pack::EarlierPeople;
use crate::format::key_ring::KeyRing;
use crate::format::office_record::{OfficeKeys, OfficePublic};
use crate::vault::carry::{
    CarryError, close_keys, is_identity, is_sealed, new_identity, open_keys, open_with,
};
use crate::vault::open::Vault;
use crate::vault::sign::{SignatureError, Signed, TabletKey, check_signature};
use crate::vault::wrap::{Passphrase, WrapError, asked_by};

/// New keys of an office: what everybody may know, and the private halves closed
/// by the passphrase. `receipt_seed` must be random.
pub fn make_keys(
    passphrase: &str,
    mut receipt_seed: [u8; 32],
) -> Result<(OfficePublic, Vec<u8>), CarryError> {
    let (identity, recipient) = new_identity();
    let receipt_key = TabletKey::new(receipt_seed).public().to_string();
    let keys = OfficeKeys::new(identity.to_string(), hex(&receipt_seed));
    receipt_seed.zeroize();
    let plain = Zeroizing::new(keys.write());
    let public = OfficePublic::new(recipient, receipt_key);
    Ok((public, close_keys(passphrase, &plain)?))
}

/// Why the office's keys do not open.
#[derive(Debug, Error)]
pub enum KeysError {
    #[error(transparent)]
    Carry(#[from] CarryError),
    /// Opened, but not what `make_keys` closed.
    #[error("no file of an office's keys")]
    Format,
}

/// The private halves, open.
pub struct OpenKeys {
    /// For batches, `AGE-SECRET-KEY-1…`.
    pub identity: Zeroizing<String>,
    /// For receipts.
    pub receipt_key: TabletKey,
}

/// Opens the office's keys.
pub fn open_office(passphrase: &str, closed: &[u8]) -> Result<OpenKeys, KeysError> {
    let plain = Zeroizing::new(open_keys(passphrase, closed)?);
    let keys = OfficeKeys::read(&plain).ok_or(KeysError::Format)?;
    let identity = Zeroizing::new(keys.identity.clone());
    let seed = from_hex(&keys.receipt_seed).map(Zeroizing::new);
    let seed = seed.and_then(|seed| <[u8; 32]>::try_from(seed.as_slice()).ok());
    match seed {
        Some(seed) if is_identity(&identity) => Ok(OpenKeys {
            identity,
            receipt_key: TabletKey::new(seed),
        }),
        _ => Err(KeysError::Format),
    }
}

/// The same keys closed by another passphrase, for one more custodian: either opens
/// every batch, and losing one of the two loses nothing.
pub fn close_again(passphrase: &str, closed: &[u8], chosen: &str) -> Result<Vec<u8>, KeysError> {
    let plain = Zeroizing::new(open_keys(passphrase, closed)?);
    OfficeKeys::read(&plain).ok_or(KeysError::Format)?;
    let again = close_keys(chosen, &plain)?;
    // Keys that do not open again would be found out too late.
    open_office(chosen, &again)?;
    Ok(again)
}

/// Who opens a vault at the office.
pub enum Opener<'a> {
    /// The office, by its key (`AGE-SECRET-KEY-1…`).
    Office(&'a str),
    /// Whoever knows the event passphrase, until the event was closed.
    Passphrase(&'a str),
}

/// Why a vault does not open at the office.
#[derive(Debug, Error)]
pub enum OpenVaultError {
    /// The ring has no key for this opener.
    #[error("its keys are not in it")]
    NoKey,
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Wrap(#[from] WrapError),
}

/// Opens the vault of an event, to read its rows.
pub fn open_vault(
    ring: &KeyRing,
    event: &str,
    opener: &Opener<'_>,
) -> Result<Vault, OpenVaultError> {
    match opener {
        Opener::Office(identity) => {
            let sealed = ring.office.as_deref().ok_or(OpenVaultError::NoKey)?;
            let key = Zeroizing::new(open_with(&[identity], sealed)?);
            Vault::for_office(event.to_owned(), &key).ok_or(OpenVaultError::NoKey)
        }
        Opener::Passphrase(words) => {
            let wrap = ring.passphrase.as_deref().ok_or(OpenVaultError::NoKey)?;
            let asked = asked_by(wrap)?;
            let outer = Passphrase::typed(words).derive(&asked.salt, asked.cost)?;
            // Nothing is sealed with it, so it needs no chance.
            Ok(Vault::open_by_passphrase(ring, event, &outer, |_| ())?)
        }
    }
}

/// A batch that arrived whole.
#[derive(Debug)]
pub struct Received {
    pub batch: Batch,
    /// The document as the tablet wrote it.
    pub plain: Vec<u8>,
    /// Of the bytes that arrived.
    pub file_hash: Hash,
    pub was_sealed: bool,
    pub signed: Signed,
}

impl Received {
    /// Its place in the tablet's chain.
    pub fn link(&self) -> Link {
        Link::of(&self.batch)
    }
}

/// Why a file that arrived is not a batch to rely on.
#[derive(Debug, Error)]
pub enum ReceiveError {
    /// Sealed, and no key was given.
    #[error("sealed, and no keys were given")]
    Sealed,
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Batch(#[from] BatchError),
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The name ends in the first digits of another hash.
    #[error("the name belongs to other bytes")]
    Name,
}

/// Reads a file that arrived, sealed or plain, and checks all that can be checked
/// of it alone. `name` is the file's name, in which its hash stands.
pub fn receive(name: &str, bytes: &[u8], identity: Option<&str>) -> Result<Received, ReceiveError> {
    let file_hash = sha256(bytes);
    if named_hash(name).is_some_and(|named| named != file_hash.short()) {
        return Err(ReceiveError::Name);
    }
    let was_sealed = is_sealed(bytes);
    let plain = if was_sealed {
        let identity = identity.ok_or(ReceiveError::Sealed)?;
        open_with(&[identity], bytes)?
    } else {
        bytes.to_vec()
    };
    let batch = read_batch(&plain)?;
    let signed = check_signature(&plain, batch.manifest.device.key.as_deref())?;
    Ok(Received {
        batch,
        plain,
        file_hash,
        was_sealed,
        signed,
    })
}

/// Everybody who is registered in these batches and was not voided later, by event, as
/// fingerprints under the key of the next event: each once, in an order that tells
/// nothing. Events without anybody are left out; the latest event is first.
pub fn earlier_people(batches: &[Received], key: &FingerprintKey) -> Vec<EarlierPeople> {
    let mut newest: BTreeMap<RegistrationId, (&ManifestEvent, &Registration)> = BTreeMap::new();
    for received in batches {
        let event = &received.batch.manifest.event;
        for registration in &received.batch.registrations {
            let known = newest
                .entry(registration.id)
                .or_insert((event, registration));
            if registration.revision > known.1.revision {
                *known = (event, registration);
            }
        }
    }
    let mut events: BTreeMap<(Option<Date>, &str), BTreeSet<String>> = BTreeMap::new();
    for (event, registration) in newest.into_values() {
        if registration.is_active() {
            events
                .entry((parse_iso(&event.date).ok(), event.venue.as_str()))
                .or_default()
                .insert(fingerprint(key, &registration.details.person.nik));
        }
    }
    let people = events
        .into_iter()
        .rev()
        .map(|((date, venue), prints)| EarlierPeople {
            event: EarlierEvent {
                date,
                venue: venue.to_owned(),
            },
            fingerprints: prints.into_iter().collect(),
        });
    people.collect()
}

/// Whether a file is a batch by its name. Browsers name a second download
/// `….pendapa.json (1).age` or `….pendapa (1).json`.
pub fn has_batch_name(name: &str) -> bool {
    (name.starts_with("pendapa-") && name.contains(".pendapa"))
        || name.ends_with(".pendapa.json")
        || name.ends_with(".pendapa.json.age")
}

/// The eight digits in `pendapa-KDP1-A-3-0123abcd.pendapa.json`, whatever a browser, an
/// upload or a copy put behind them; `None` where somebody gave the file a name of their
/// own.
fn named_hash(name: &str) -> Option<&str> {
    let stem = name.strip_prefix("pendapa-")?.split_once(".pendapa")?.0;
    // After the event's code, the tablet's letter and the number.
    let digits = stem.splitn(4, '-').nth(3)?;
    let end = digits.find(|character: char| !character.is_ascii_alphanumeric());
    let digits = &digits[..end.unwrap_or(digits.len())];
    let is_hash = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_download_and_a_second_upload_are_batches_whose_digits_are_found() {
        for name in [
            "pendapa-KDP1-A-3-0123abcd.pendapa.json",
            "pendapa-KDP1-A-3-0123abcd.pendapa.json.age",
            "pendapa-KDP1-A-3-0123abcd.pendapa.json (1).age",
            "pendapa-KDP1-A-3-0123abcd.pendapa (1).json",
            "pendapa-KDP1-A-3-0123abcd (1).pendapa.json",
            "pendapa-KDP1-A-3-0123abcd.2.pendapa.json.age",
            "pendapa-KDP1-A-3-0123abcd.pendapa.json - Copy.age",
            "pendapa-KDP1-A-3-0123abcd - Copy.pendapa.json",
        ] {
            assert!(has_batch_name(name), "{name}");
            assert_eq!(named_hash(name), Some("0123abcd"), "{name}");
        }
    }

    #[test]
    fn a_name_of_ones_own_says_nothing_of_the_bytes_and_other_files_are_no_batches() {
        for name in [
            "kiriman kedua.pendapa.json",
            "pendapa-kiriman-dari-meja-2.pendapa.json",
            "pendapa-KDP1-A-3-0123abcde.pendapa.json",
            "pendapa-KDP1-A-3-0123abxy.pendapa.json",
        ] {
            assert!(has_batch_name(name), "{name}");
            assert_eq!(named_hash(name), None, "{name}");
        }
        for name in [
            "pendapa-KDP1-A-backup-0002.json",
            "pendapa-KDP1.pack.age",
            "office.keys.age",
            "passphrase",
        ] {
            assert!(!has_batch_name(name), "{name}");
        }
    }
}
