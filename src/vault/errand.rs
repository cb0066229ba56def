//! What the app asks a worker for and what it answers, as bytes: both ends are
//! here, so that they cannot differ and tests on the host see them. App and
//! worker are of one build; nothing of this is stored.
//!
//! [`derive`] and [`carry`] run in the workers `pendapa-kdf` and
//! `pendapa-carrier`, `browser::worker` sends and reads.

use zeroize::Zeroizing;

use super::carry::{CarryError, close_pack, new_identity, open_pack, open_with, seal_to};
use super::wrap::{Asked, KdfCost, OuterKey, Passphrase, SALT_BYTES, WrapError};

/// Bytes that may hold secrets.
pub type Secret = Zeroizing<Vec<u8>>;

/// The first byte of an answer; anything else is the number of a fault.
const DONE: u8 = 0;

/// Asks for the key of a passphrase.
pub fn derive_job(passphrase: &Passphrase, asked: &Asked) -> Secret {
    let passphrase = passphrase.as_str().as_bytes();
    join(&[
        &asked.salt,
        &asked.cost.memory_kib.to_be_bytes(),
        &asked.cost.passes.to_be_bytes(),
        passphrase,
    ])
}

/// Does what [`derive_job`] asks for. `None`: no such job.
pub fn derive(job: &[u8]) -> Option<Secret> {
    let [salt, memory_kib, passes, passphrase] = split(job)?[..] else {
        return None;
    };
    let salt: &[u8; SALT_BYTES] = salt.try_into().ok()?;
    let cost = KdfCost {
        memory_kib: u32::from_be_bytes(memory_kib.try_into().ok()?),
        passes: u32::from_be_bytes(passes.try_into().ok()?),
    };
    let passphrase = Passphrase::typed(std::str::from_utf8(passphrase).ok()?);
    Some(match passphrase.derive(salt, cost) {
        Ok(key) => join(&[&[DONE], key.bytes()]),
        Err(WrapError::Cost(_)) => join(&[&[COST]]),
        Err(_) => join(&[&[OUT_OF_MEMORY]]),
    })
}

const COST: u8 = 1;
const OUT_OF_MEMORY: u8 = 2;

/// Reads what [`derive`] answered. `None`: that is no answer.
pub fn derived(answer: &[u8], asked: &Asked) -> Option<Result<OuterKey, WrapError>> {
    match split(answer)?[..] {
        [[DONE], key] => Some(Ok(OuterKey::new(key.try_into().ok()?))),
        [[COST]] => Some(Err(WrapError::Cost(asked.cost))),
        [[OUT_OF_MEMORY]] => Some(Err(WrapError::OutOfMemory)),
        _ => None,
    }
}

/// What the carrier can be asked for: the functions of [`super::carry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carry<'a> {
    /// Answers with the secret and the recipient.
    NewIdentity,
    SealTo(&'a [&'a str], &'a [u8]),
    OpenWith(&'a [&'a str], &'a [u8]),
    ClosePack(&'a str, &'a [u8]),
    OpenPack(&'a str, &'a [u8]),
}

const NEW_IDENTITY: u8 = 0;
const SEAL_TO: u8 = 1;
const OPEN_WITH: u8 = 2;
const CLOSE_PACK: u8 = 3;
const OPEN_PACK: u8 = 4;

/// Asks the carrier for one thing.
pub fn carry_job(carry: Carry) -> Secret {
    let (number, texts, bytes): (u8, &[&str], &[u8]) = match carry {
        Carry::NewIdentity => (NEW_IDENTITY, &[], &[]),
        Carry::SealTo(recipients, plain) => (SEAL_TO, recipients, plain),
        Carry::OpenWith(secrets, sealed) => (OPEN_WITH, secrets, sealed),
        Carry::ClosePack(ref passphrase, plain) => {
            (CLOSE_PACK, std::slice::from_ref(passphrase), plain)
        }
        Carry::OpenPack(ref passphrase, sealed) => {
            (OPEN_PACK, std::slice::from_ref(passphrase), sealed)
        }
    };
    let number = [number];
    let mut parts: Vec<&[u8]> = vec![&number, bytes];
    parts.extend(texts.iter().map(|text| text.as_bytes()));
    join(&parts)
}

/// Does what [`carry_job`] asks for. `None`: no such job.
pub fn carry(job: &[u8]) -> Option<Secret> {
    let parts = split(job)?;
    let (&[number], bytes) = (*parts.first()?, *parts.get(1)?) else {
        return None;
    };
    let texts: Vec<&str> = parts[2..]
        .iter()
        .map(|text| std::str::from_utf8(text))
        .collect::<Result<_, _>>()
        .ok()?;
    let outcome = match (number, &texts[..]) {
        (NEW_IDENTITY, []) => {
            let (secret, recipient) = new_identity();
            return Some(join(&[&[DONE], secret.as_bytes(), recipient.as_bytes()]));
        }
        (SEAL_TO, recipients) => seal_to(recipients, bytes),
        (OPEN_WITH, secrets) => open_with(secrets, bytes),
        (CLOSE_PACK, [passphrase]) => close_pack(passphrase, bytes),
        (OPEN_PACK, [passphrase]) => open_pack(passphrase, bytes),
        _ => return None,
    };
    Some(match outcome.map(Zeroizing::new) {
        Ok(bytes) => join(&[&[DONE], &bytes]),
        Err(error) => {
            let (number, at) = fault_number(error);
            // A list of as many recipients does not fit a tablet.
            join(&[&[number], &u32::try_from(at).ok()?.to_be_bytes()])
        }
    })
}

/// Reads what [`carry`] answered: its parts. `None`: that is no answer.
pub fn carried(answer: &[u8]) -> Option<Result<Vec<&[u8]>, CarryError>> {
    let parts = split(answer)?;
    let (&&[number], rest) = parts.split_first()? else {
        return None;
    };
    if number == DONE {
        return Some(Ok(rest.to_vec()));
    }
    let at = u32::from_be_bytes((*rest.first()?).try_into().ok()?);
    fault_of(number, usize::try_from(at).ok()?).map(Err)
}

/// The number of a fault, and the place in the list that it tells of.
fn fault_number(error: CarryError) -> (u8, usize) {
    match error {
        CarryError::NoRecipient => (1, 0),
        CarryError::Recipient(at) => (2, at),
        CarryError::Key(at) => (3, at),
        CarryError::Damaged => (4, 0),
        CarryError::NotForUs => (5, 0),
        CarryError::TooMuchWork => (6, 0),
        CarryError::Sealing => (7, 0),
    }
}

fn fault_of(number: u8, at: usize) -> Option<CarryError> {
    Some(match number {
        1 => CarryError::NoRecipient,
        2 => CarryError::Recipient(at),
        3 => CarryError::Key(at),
        4 => CarryError::Damaged,
        5 => CarryError::NotForUs,
        6 => CarryError::TooMuchWork,
        7 => CarryError::Sealing,
        _ => return None,
    })
}

/// Each part after its length. One buffer of the right size, so that none is left
/// behind in growing.
fn join(parts: &[&[u8]]) -> Secret {
    let total = parts.iter().map(|part| 4 + part.len()).sum();
    let mut joined = Zeroizing::new(Vec::with_capacity(total));
    for part in parts {
        // A part of 4 GiB does not fit the memory of a worker.
        joined.extend_from_slice(&(part.len() as u32).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

/// The parts that [`join`] joined. `None`: the lengths do not fit.
fn split(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (part, rest) =
            rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        parts.push(part);
        bytes = rest;
    }
    Some(parts)
}
