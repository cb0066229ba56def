//! The open vault and its closed keys: bytes that later versions must still open,
//! and what must not open.

use std::cell::Cell;
use std::sync::LazyLock;

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::open::{Secrets, Vault};
use super::seal::OpenError;
use super::wrap::*;
use crate::domain::UploadProtocol;
use crate::domain::{Moment, Nik};
use crate::format::code::Code;
use crate::format::digest::FingerprintKey;
use crate::format::event_pack::Upload;
use crate::format::key_ring::{KeyRing, read_ring, write_ring};
use crate::format::registration_record::RecordError;
use crate::format::vector_tests::{assert_bytes, vector};

const EVENT: &str = "01938f6e-7c2a-7000-8000-020000000001";
const WORDS: &str = "mangga jangkar pendapa kali empat lima";

/// Chance that counts: the same in every run, never the same twice in one test.
fn chance(bytes: &mut [u8]) {
    thread_local!(static NEXT: Cell<u8> = const { Cell::new(1) });
    let next = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    bytes.fill(next);
}

fn asked() -> Asked {
    Asked {
        salt: [3; SALT_BYTES],
        cost: KdfCost::SMALL,
    }
}

fn outer() -> OuterKey {
    let Asked { salt, cost } = asked();
    Passphrase::typed(WORDS)
        .derive(&salt, cost)
        .expect("derived")
}

fn recovery() -> RecoveryKey {
    RecoveryKey::new([5; RECOVERY_BYTES])
}

fn vault() -> Vault {
    let secrets = Secrets {
        fingerprint: FingerprintKey([7; 32]),
        tablet: [11; 32],
        identity: Some(Zeroizing::new("AGE-SECRET-KEY-1EXAMPLE".to_owned())),
    };
    Vault::new(EVENT.to_owned(), secrets, chance)
}

/// A ring with everything that one can have.
fn ring(vault: &Vault) -> KeyRing {
    let mut ring = KeyRing {
        office: Some(b"age-encryption.org/v1\nsealed".to_vec()),
        recipients: vec!["age1office".to_owned()],
        own_recipient: Some("age1own".to_owned()),
        upload: Some(Upload {
            address: "upload/".to_owned(),
            protocol: Code(UploadProtocol::Put),
            token: Some("create-only".to_owned()),
        }),
        closed_at: Some(Moment::new(1_795_482_000_000, 7 * 60)),
        ..KeyRing::default()
    };
    vault.close_by_passphrase(&mut ring, &outer(), &asked());
    vault.close_by_recovery(&mut ring, &recovery());
    vault.close_secrets(&mut ring);
    ring
}

fn nik() -> Nik {
    Nik::parse("3574055205849001").expect("a NIK")
}

#[test]
fn version_1_rings_stay_readable_for_ever() {
    let path = "vault/v1_ring.json";
    let row = "vault/v1_ring_row.bin";
    let fresh = vault();
    let sealed = vector(row, || fresh.seal_row("drafts", "id", 9, b"typed"));
    let bytes = vector(path, || write_ring(&ring(&fresh)));
    let ring = read_ring(&bytes).expect("a ring");
    assert_bytes(path, &write_ring(&ring), &bytes);
    assert_eq!(ring.recipients, ["age1office"]);
    assert_eq!(
        ring.upload.as_ref().map(|upload| upload.address.as_str()),
        Some("upload/")
    );
    assert_eq!(
        ring.closed_at.map(|at| at.unix_ms()),
        Some(1_795_482_000_000)
    );
    let opened = [
        Vault::open_by_passphrase(&ring, EVENT, &outer(), chance),
        Vault::open_by_recovery(&ring, EVENT, &recovery(), chance),
    ];
    for vault in opened {
        let vault = vault.expect("opened");
        let opened = vault.open_row("drafts", "id", 9, &sealed);
        assert_eq!(opened.as_deref(), Ok(b"typed".as_slice()));
        assert_eq!(vault.identity(), Some("AGE-SECRET-KEY-1EXAMPLE"));
        assert_eq!(vault.fingerprint(&nik()), self::vault().fingerprint(&nik()));
        let key = vault.tablet_key().public().to_string();
        assert_eq!(key, self::vault().tablet_key().public().to_string());
    }
}

#[test]
fn a_ring_of_a_later_version_is_refused_and_nothing_of_another_event_opens() {
    let vault = vault();
    let ring = ring(&vault);
    let newer = String::from_utf8(write_ring(&ring)).expect("JSON");
    let newer = newer.replace("\"version\":1", "\"version\":2");
    assert_eq!(read_ring(newer.as_bytes()), Err(RecordError::Newer(2)));
    let elsewhere = Vault::open_by_passphrase(&ring, "another event", &outer(), chance);
    assert_eq!(elsewhere.err(), Some(WrapError::Wrong));
    let sealed = vault.seal_row("drafts", "id", 9, b"typed");
    for (store, id, revision) in [
        ("audit", "id", 9),
        ("drafts", "other", 9),
        ("drafts", "id", 8),
    ] {
        let opened = vault.open_row(store, id, revision, &sealed);
        assert_eq!(opened, Err(OpenError::Broken), "{store} {id} {revision}");
    }
}

#[test]
fn a_ring_without_a_key_opens_nothing() {
    let vault = vault();
    let mut closed = ring(&vault);
    closed.secrets = None;
    let opened = Vault::open_by_passphrase(&closed, EVENT, &outer(), chance);
    assert_eq!(opened.err(), Some(WrapError::Wrong));
    let opened = Vault::open_by_recovery(&KeyRing::default(), EVENT, &recovery(), chance);
    assert_eq!(opened.err(), Some(WrapError::Wrong));
}

#[test]
fn two_seals_of_the_same_row_differ() {
    let vault = vault();
    let seal = || vault.seal_row("drafts", "id", 9, b"typed");
    assert_ne!(seal(), seal());
}

proptest! {
    #[test]
    fn any_bytes_are_a_ring_or_refused(bytes: Vec<u8>) {
        let _ = read_ring(&bytes);
    }

    #[test]
    fn any_change_of_the_closed_keys_is_noticed(part in 0_usize..2, at: prop::sample::Index, bit in 0_u8..8) {
        // Made once: closing by a passphrase is work, and its wrap has its own law.
        static RING: LazyLock<KeyRing> = LazyLock::new(|| ring(&vault()));
        let mut ring = RING.clone();
        let bytes = [&mut ring.recovery, &mut ring.secrets][part].as_mut().expect("closed");
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(Vault::open_by_recovery(&ring, EVENT, &recovery(), chance).is_err());
    }
}
