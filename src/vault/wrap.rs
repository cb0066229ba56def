//! The data key of an event, closed by something that a person has: the event
//! passphrase, or the recovery key that was printed.
//!
//! Bytes of a passphrase wrap: version (1), memory in KiB (4, big endian), passes
//! (4), salt (16), then the key sealed as a row is. The costs stand beside what
//! they close, so that a tablet with little memory and one with more can both
//! open it, and later ones may ask for more.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use super::seal::{DataKey, NONCE_BYTES, OpenError, Place, SEAL_BYTES, open, seal};
use crate::format::digest::sha256;

const WRAP_VERSION: u8 = 1;
/// Bytes of a salt.
pub const SALT_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + 4 + 4 + SALT_BYTES;
const WRAP_BYTES: usize = HEAD_BYTES + SEAL_BYTES + 32;
/// Least letters of a passphrase that somebody chose.
pub const LEAST_PASSPHRASE: usize = 12;

/// What it costs to try one passphrase: Argon2id (RFC 9106), one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    pub passes: u32,
}

impl KdfCost {
    /// Wherever the memory is there: 64 MiB, three passes (RFC 9106, second
    /// choice, with one lane).
    pub const STRONG: KdfCost = KdfCost {
        memory_kib: 64 * 1024,
        passes: 3,
    };
    /// For a tablet that cannot give 64 MiB, and the floor for all: 19 MiB, two
    /// passes (OWASP Password Storage Cheat Sheet).
    pub const SMALL: KdfCost = KdfCost {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// More is not a cost but an attempt to stop the tablet.
    const MOST: KdfCost = KdfCost {
        memory_kib: 1024 * 1024,
        passes: 16,
    };

    fn is_sane(self) -> bool {
        (Self::SMALL.memory_kib..=Self::MOST.memory_kib).contains(&self.memory_kib)
            && (Self::SMALL.passes..=Self::MOST.passes).contains(&self.passes)
    }
}

/// Why a key could not be closed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WrapError {
    #[error("a passphrase has at least {LEAST_PASSPHRASE} characters")]
    TooShort,
    /// Below the floor, or beyond reason: nobody may ask for it.
    #[error("a cost of {0:?} is refused")]
    Cost(KdfCost),
    /// The tablet does not have the memory just now.
    #[error("not enough memory to try a passphrase")]
    OutOfMemory,
    /// Another passphrase or recovery key, or not the bytes that were closed.
    #[error("does not open")]
    Wrong,
    #[error("closed in version {0}, which this app does not know")]
    Newer(u8),
}

/// A passphrase as it counts: blanks at the ends are nothing, and several are
/// one, because people type it from a card.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A passphrase to close something with.
    pub fn choose(typed: &str) -> Result<Self, WrapError> {
        let passphrase = Self::typed(typed);
        match passphrase.0.chars().count() {
            0..LEAST_PASSPHRASE => Err(WrapError::TooShort),
            _ => Ok(passphrase),
        }
    }

    /// What somebody typed to open something.
    pub fn typed(typed: &str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        for word in typed.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Passphrase(text)
    }

    /// The passphrase as it counts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does the work: the key that closes or opens a wrap. Takes the time and the
    /// memory of `cost`, so the app asks for it in a worker that is then ended.
    pub fn derive(&self, salt: &[u8; SALT_BYTES], cost: KdfCost) -> Result<OuterKey, WrapError> {
        if !cost.is_sane() {
            return Err(WrapError::Cost(cost));
        }
        let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32))
            .map_err(|_| WrapError::Cost(cost))?;
        // Asked for beforehand: without memory the app must say so and not stop.
        let mut memory: Vec<Block> = Vec::new();
        memory
            .try_reserve_exact(params.block_count())
            .map_err(|_| WrapError::OutOfMemory)?;
        memory.resize(params.block_count(), Block::default());
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(self.0.as_bytes(), salt, &mut key, &mut memory)
            .map_err(|_| WrapError::Cost(cost))?;
        let derived = OuterKey(DataKey::new(key));
        key.zeroize();
        Ok(derived)
    }
}

/// What a passphrase comes to with one salt and one cost. It closes the data key
/// and nothing else.
pub struct OuterKey(DataKey);

impl OuterKey {
    /// A key that was derived elsewhere.
    pub fn new(derived: [u8; 32]) -> Self {
        OuterKey(DataKey::new(derived))
    }

    /// The key's bytes, on their way from the worker.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

/// The place of a wrapped key: no row of any store has it.
fn wrap_place<'a>(kind: &'a str, event: &'a str) -> Place<'a> {
    Place {
        store: "key",
        event,
        id: kind,
        revision: 0,
        schema: u32::from(WRAP_VERSION),
    }
}

/// Closes a data key by what the event passphrase came to. `nonce` must be random.
pub fn close_wrap(
    key: &DataKey,
    event: &str,
    outer: &OuterKey,
    asked: &Asked,
    nonce: [u8; NONCE_BYTES],
) -> Vec<u8> {
    let mut wrap = Vec::with_capacity(WRAP_BYTES);
    wrap.push(WRAP_VERSION);
    wrap.extend_from_slice(&asked.cost.memory_kib.to_be_bytes());
    wrap.extend_from_slice(&asked.cost.passes.to_be_bytes());
    wrap.extend_from_slice(&asked.salt);
    let place = wrap_place("passphrase", event);
    wrap.extend_from_slice(&seal(&outer.0, &place, nonce, &key.0));
    wrap
}

/// Opens what [`close_wrap`] closed. A wrap that asks for too little or too much
/// work is refused, whoever did it.
pub fn open_wrap(wrap: &[u8], event: &str, outer: &OuterKey) -> Result<DataKey, WrapError> {
    asked_by(wrap)?;
    let place = wrap_place("passphrase", event);
    key_from(open(&outer.0, &place, &wrap[HEAD_BYTES..]))
}

/// What has to be done to a passphrase before it closes or opens a wrap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub salt: [u8; SALT_BYTES],
    pub cost: KdfCost,
}

/// What a wrap asks for.
pub fn asked_by(wrap: &[u8]) -> Result<Asked, WrapError> {
    match wrap.first() {
        Some(&WRAP_VERSION) if wrap.len() == WRAP_BYTES => {}
        Some(&newer) if newer > WRAP_VERSION => return Err(WrapError::Newer(newer)),
        _ => return Err(WrapError::Wrong),
    }
    let number = |at: usize| {
        let bytes = wrap[at..at + 4].try_into().expect("the length was checked");
        u32::from_be_bytes(bytes)
    };
    let cost = KdfCost {
        memory_kib: number(1),
        passes: number(5),
    };
    if !cost.is_sane() {
        return Err(WrapError::Cost(cost));
    }
    let salt = wrap[HEAD_BYTES - SALT_BYTES..HEAD_BYTES]
        .try_into()
        .expect("the length was checked");
    Ok(Asked { salt, cost })
}

fn key_from(opened: Result<Vec<u8>, OpenError>) -> Result<DataKey, WrapError> {
    let mut bytes = opened.map_err(|error| match error {
        OpenError::Newer(version) => WrapError::Newer(version),
        OpenError::Broken => WrapError::Wrong,
    })?;
    let key = <[u8; 32]>::try_from(bytes.as_slice()).map(DataKey::new);
    bytes.zeroize();
    key.map_err(|_| WrapError::Wrong)
}

/// Letters and digits that are not mistaken for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random bytes of a recovery key: 160 bits, which nobody tries out.
pub const RECOVERY_BYTES: usize = 20;
const RECOVERY_LETTERS: usize = RECOVERY_BYTES * 8 / 5;
/// The key as a number, modulo this prime, checks it: one wrong letter and two
/// that changed places are always noticed.
const CHECK: u32 = 1021;

/// A key for where there is no office: printed at set-up and kept apart.
#[derive(Clone, PartialEq, Eq, Zeroize, zeroize::ZeroizeOnDrop)]
pub struct RecoveryKey([u8; RECOVERY_BYTES]);

impl RecoveryKey {
    /// A recovery key of random bytes.
    pub fn new(random: [u8; RECOVERY_BYTES]) -> Self {
        RecoveryKey(random)
    }

    /// As it is printed: eight groups of four, and two letters to check them.
    pub fn printed(&self) -> Zeroizing<String> {
        let letters = self.letters();
        let groups: Vec<&str> = letters
            .as_bytes()
            .chunks(4)
            .map(|group| std::str::from_utf8(group).expect("the alphabet is ASCII"))
            .collect();
        Zeroizing::new(groups.join("-"))
    }

    /// The key's letters, and the two that check them.
    fn letters(&self) -> Zeroizing<String> {
        let mut values = Vec::with_capacity(RECOVERY_LETTERS + 2);
        for group in self.0.chunks(5) {
            let bits = group
                .iter()
                .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            values.extend((0..8).rev().map(|place| (bits >> (5 * place)) as u32 & 31));
        }
        let check = values
            .iter()
            .fold(0, |sum, value| (sum * 32 + value) % CHECK);
        values.extend([check / 32, check % 32]);
        let letter = |value: &u32| char::from(ALPHABET[*value as usize]);
        Zeroizing::new(values.iter().map(letter).collect())
    }

    /// Reads what was typed from the print: blanks and hyphens are nothing, small
    /// letters are capitals, and O, I and L are the digits they look like.
    pub fn parse(typed: &str) -> Result<Self, WrapError> {
        let letters: Zeroizing<String> = Zeroizing::new(
            typed
                .chars()
                .filter(|letter| !letter.is_whitespace() && *letter != '-')
                .map(|letter| match letter.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                })
                .collect(),
        );
        if letters.len() != RECOVERY_LETTERS + 2 {
            return Err(WrapError::Wrong);
        }
        let mut bytes = [0; RECOVERY_BYTES];
        for (group, letters) in bytes.chunks_mut(5).zip(letters.as_bytes().chunks(8)) {
            let mut bits = 0_u64;
            for letter in letters {
                let value = ALPHABET.iter().position(|known| known == letter);
                bits = bits << 5 | value.ok_or(WrapError::Wrong)? as u64;
            }
            group.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        let key = RecoveryKey(bytes);
        if key.letters() == letters {
            Ok(key)
        } else {
            Err(WrapError::Wrong)
        }
    }

    /// The key that it stands for. It is as random as the key it closes, so no
    /// work has to be added to each try.
    fn derive(&self) -> DataKey {
        let mut bytes = Zeroizing::new(b"pendapa recovery key".to_vec());
        bytes.extend_from_slice(&self.0);
        DataKey::new(sha256(&bytes).0)
    }
}

/// Closes a data key by the recovery key. `nonce` must be random.
pub fn wrap_by_recovery(
    key: &DataKey,
    event: &str,
    recovery: &RecoveryKey,
    nonce: [u8; NONCE_BYTES],
) -> Vec<u8> {
    let place = wrap_place("recovery", event);
    seal(&recovery.derive(), &place, nonce, &key.0)
}

/// Opens what [`wrap_by_recovery`] closed.
pub fn open_by_recovery(
    wrap: &[u8],
    event: &str,
    recovery: &RecoveryKey,
) -> Result<DataKey, WrapError> {
    let place = wrap_place("recovery", event);
    key_from(open(&recovery.derive(), &place, wrap))
}
