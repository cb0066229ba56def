//! Hashes over bytes and the keyed fingerprint of a NIK.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::domain::{Hash, Nik};

/// SHA-256 (FIPS 180-4) of the bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The secret of an event from which fingerprints are made, 32 random bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FingerprintKey(pub [u8; 32]);

/// What stands in for a NIK in an index: the first 16 bytes of HMAC-SHA-256
/// (RFC 2104) under the event's key, in hexadecimal. Equal NIKs of one event
/// have equal fingerprints; without the key a fingerprint tells nothing.
pub fn fingerprint(key: &FingerprintKey, nik: &Nik) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes a key of any length");
    mac.update(nik.as_str().as_bytes());
    hex(&mac.finalize().into_bytes()[..16])
}

/// Lower-case hexadecimal text of the bytes.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| {
            [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 15)],
            ]
        })
        .map(char::from)
        .collect()
}

/// Bytes from hexadecimal text, or `None` if it is not that.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    // `from_str_radix` alone would also take a sign.
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_abc_is_the_published_vector() {
        assert_eq!(
            sha256(b"abc").to_string(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_fingerprint_depends_on_nik_and_key_only() {
        let nik = Nik::parse("3574055205849001").expect("NIK");
        let grouped = Nik::parse("357405 520584 9001").expect("NIK");
        let other = Nik::parse("3574055205849002").expect("NIK");
        let key = FingerprintKey([7; 32]);
        assert_eq!(fingerprint(&key, &nik), fingerprint(&key, &grouped));
        assert_ne!(fingerprint(&key, &nik), fingerprint(&key, &other));
        assert_ne!(
            fingerprint(&key, &nik),
            fingerprint(&FingerprintKey([8; 32]), &nik)
        );
        assert_eq!(fingerprint(&key, &nik).len(), 32);
    }

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(hex(&[0, 15, 255]), "000fff");
        assert_eq!(from_hex("000fff"), Some(vec![0, 15, 255]));
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("é0"), None);
        assert_eq!(from_hex("+f-0"), None);
    }
}
