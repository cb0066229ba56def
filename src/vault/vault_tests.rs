//! Promises of the vault, and the bytes that later versions must still open.

use proptest::prelude::*;

use super::seal::*;
use super::sign::*;
use super::wrap::*;
use crate::format::batch_file::{BatchBodies, BatchError, read_batch, write_batch};
use crate::format::digest::{from_hex, hex};
use crate::format::registration_record::write_registration;
use crate::format::vector_tests::{assert_bytes, manifest_of, three_revisions, vector};

const PLACE: Place<'static> = Place {
    store: "registrations",
    event: "01938f6e-7c2a-7000-8000-020000000001",
    id: "01938f6e-7c2a-7000-8000-000000000001",
    revision: 2,
    schema: 1,
};
const EVENT: &str = PLACE.event;
const PLAIN: &[u8] = br#"{"name":"Ngatiyem","nik":"3574050105849002"}"#;

fn key() -> DataKey {
    DataKey::new([7; 32])
}

fn passphrase() -> Passphrase {
    Passphrase::choose("mangga jangkar pendapa kali empat").expect("long enough")
}

/* ---- Rows ---- */

#[test]
fn version_1_sealed_rows_stay_readable_for_ever() {
    let path = "vault/v1_row.hex";
    let vector = vector(path, || {
        hex(&seal(&key(), &PLACE, [9; NONCE_BYTES], PLAIN)).into_bytes()
    });
    let sealed = from_hex(std::str::from_utf8(&vector).expect("hex").trim()).expect("hex");
    assert_eq!(open(&key(), &PLACE, &sealed).as_deref(), Ok(PLAIN));
    let again = hex(&seal(&key(), &PLACE, [9; NONCE_BYTES], PLAIN));
    assert_bytes(path, again.as_bytes(), &vector);
}

#[test]
fn a_row_from_a_later_version_is_named_as_such() {
    let mut sealed = seal(&key(), &PLACE, [9; NONCE_BYTES], PLAIN);
    sealed[0] = 2;
    assert_eq!(open(&key(), &PLACE, &sealed), Err(OpenError::Newer(2)));
}

#[test]
fn a_row_opens_in_its_own_place_only() {
    let sealed = seal(&key(), &PLACE, [9; NONCE_BYTES], PLAIN);
    let others = [
        Place {
            store: "revisions",
            ..PLACE
        },
        Place {
            event: "01938f6e-7c2a-7000-8000-020000000002",
            ..PLACE
        },
        Place {
            id: "01938f6e-7c2a-7000-8000-000000000002",
            ..PLACE
        },
        Place {
            revision: 1,
            ..PLACE
        },
        Place { schema: 2, ..PLACE },
        // The same letters, parted elsewhere.
        Place {
            store: "registration",
            event: "s01938f6e-7c2a-7000-8000-020000000001",
            ..PLACE
        },
    ];
    for place in others {
        assert_eq!(
            open(&key(), &place, &sealed),
            Err(OpenError::Broken),
            "{place:?}"
        );
    }
    assert_eq!(
        open(&DataKey::new([8; 32]), &PLACE, &sealed),
        Err(OpenError::Broken)
    );
}

proptest! {
    #[test]
    fn what_was_sealed_opens_and_is_as_long_as_promised(plain: Vec<u8>, random: [u8; 32], nonce: [u8; 24]) {
        let key = DataKey::new(random);
        let sealed = seal(&key, &PLACE, nonce, &plain);
        prop_assert_eq!(sealed.len(), plain.len() + SEAL_BYTES);
        prop_assert_eq!(open(&key, &PLACE, &sealed), Ok(plain));
    }

    #[test]
    fn any_flipped_bit_and_any_cut_is_noticed(plain: Vec<u8>, at: prop::sample::Index, bit in 0_u8..8) {
        let sealed = seal(&key(), &PLACE, [9; NONCE_BYTES], &plain);
        let mut flipped = sealed.clone();
        flipped[at.index(sealed.len())] ^= 1 << bit;
        prop_assert!(open(&key(), &PLACE, &flipped).is_err());
        prop_assert!(open(&key(), &PLACE, &sealed[..at.index(sealed.len())]).is_err());
    }

    #[test]
    fn any_bytes_open_or_are_refused(bytes: Vec<u8>) {
        prop_assert!(open(&key(), &PLACE, &bytes).is_err());
        let _ = asked_by(&bytes);
        prop_assert!(open_by_recovery(&bytes, EVENT, &RecoveryKey::new([1; 20])).is_err());
    }
}

/* ---- Keys ---- */

fn wrapped() -> Vec<u8> {
    let asked = Asked {
        salt: [3; SALT_BYTES],
        cost: KdfCost::SMALL,
    };
    let outer = passphrase().derive(&asked.salt, asked.cost);
    close_wrap(
        &key(),
        EVENT,
        &outer.expect("derived"),
        &asked,
        [4; NONCE_BYTES],
    )
}

/// Opens a wrap as the app and its worker do.
fn open_by_passphrase(
    wrap: &[u8],
    event: &str,
    passphrase: &Passphrase,
) -> Result<DataKey, WrapError> {
    let asked = asked_by(wrap)?;
    open_wrap(wrap, event, &passphrase.derive(&asked.salt, asked.cost)?)
}

/// Whether the key is the one that seals these tests' rows.
fn is_the_key(opened: Result<DataKey, WrapError>) -> Result<bool, WrapError> {
    let sealed = seal(&key(), &PLACE, [9; NONCE_BYTES], PLAIN);
    opened.map(|opened| open(&opened, &PLACE, &sealed).is_ok())
}

#[test]
fn version_1_passphrase_wraps_stay_readable_for_ever() {
    let path = "vault/v1_passphrase_wrap.hex";
    let vector = vector(path, || hex(&wrapped()).into_bytes());
    let wrap = from_hex(std::str::from_utf8(&vector).expect("hex").trim()).expect("hex");
    assert_eq!(asked_by(&wrap).map(|asked| asked.cost), Ok(KdfCost::SMALL));
    assert_eq!(
        is_the_key(open_by_passphrase(&wrap, EVENT, &passphrase())),
        Ok(true)
    );
}

#[test]
fn a_passphrase_is_the_same_however_it_is_spaced() {
    let typed = Passphrase::typed("  mangga jangkar\tpendapa   kali empat\n");
    assert_eq!(
        is_the_key(open_by_passphrase(&wrapped(), EVENT, &typed)),
        Ok(true)
    );
}

#[test]
fn another_passphrase_or_event_does_not_open() {
    let other = Passphrase::typed("Mangga jangkar pendapa kali empat");
    assert_eq!(
        is_the_key(open_by_passphrase(&wrapped(), EVENT, &other)),
        Err(WrapError::Wrong)
    );
    let elsewhere = open_by_passphrase(&wrapped(), "another event", &passphrase());
    assert_eq!(is_the_key(elsewhere), Err(WrapError::Wrong));
}

#[test]
fn a_short_passphrase_closes_nothing() {
    for typed in ["", "           ", "elevenchars", "a    b    c"] {
        assert!(
            matches!(Passphrase::choose(typed), Err(WrapError::TooShort)),
            "{typed:?}"
        );
    }
    assert!(Passphrase::choose("dua belas ya").is_ok());
}

#[test]
fn a_wrap_that_asks_for_too_little_or_for_a_tablets_whole_memory_is_refused() {
    let costs = [
        (19 * 1024 - 1, 2),
        (19 * 1024, 1),
        (u32::MAX, 2),
        (19 * 1024, 17),
        (0, 0),
    ];
    for (memory_kib, passes) in costs {
        let cost = KdfCost { memory_kib, passes };
        let derived = passphrase().derive(&[3; SALT_BYTES], cost);
        assert_eq!(derived.err(), Some(WrapError::Cost(cost)));
        let mut altered = wrapped();
        altered[1..5].copy_from_slice(&memory_kib.to_be_bytes());
        altered[5..9].copy_from_slice(&passes.to_be_bytes());
        let opened = open_by_passphrase(&altered, EVENT, &passphrase());
        assert_eq!(opened.err(), Some(WrapError::Cost(cost)));
    }
}

#[test]
fn a_wrap_that_was_cut_altered_or_is_from_a_later_version_is_refused() {
    let mut salted = wrapped();
    salted[9] ^= 1;
    let mut sealed = wrapped();
    *sealed.last_mut().expect("bytes") ^= 1;
    for wrap in [salted, sealed, wrapped()[..40].to_vec(), Vec::new()] {
        assert_eq!(
            open_by_passphrase(&wrap, EVENT, &passphrase()).err(),
            Some(WrapError::Wrong)
        );
    }
    let mut newer = wrapped();
    newer[0] = 9;
    assert_eq!(
        open_by_passphrase(&newer, EVENT, &passphrase()).err(),
        Some(WrapError::Newer(9))
    );
}

#[test]
fn version_1_recovery_keys_stay_readable_for_ever() {
    let recovery = RecoveryKey::new(std::array::from_fn(|at| (at * 13) as u8));
    assert_eq!(
        recovery.printed().as_str(),
        "006H-M9SM-8575-PT3N-GA7S-SADP-RF8D-VTQQ-2J"
    );
    let wrap = wrap_by_recovery(&key(), EVENT, &recovery, [5; NONCE_BYTES]);
    assert_eq!(
        is_the_key(open_by_recovery(&wrap, EVENT, &recovery)),
        Ok(true)
    );
    let path = "vault/v1_recovery_wrap.hex";
    assert_bytes(
        path,
        hex(&wrap).as_bytes(),
        &vector(path, || hex(&wrap).into_bytes()),
    );
    let other = RecoveryKey::new([0; RECOVERY_BYTES]);
    assert_eq!(
        is_the_key(open_by_recovery(&wrap, EVENT, &other)),
        Err(WrapError::Wrong)
    );
}

proptest! {
    #[test]
    fn a_recovery_key_is_read_back_however_it_is_typed(random: [u8; RECOVERY_BYTES]) {
        let key = RecoveryKey::new(random);
        let printed = key.printed();
        prop_assert!(RecoveryKey::parse(&printed).is_ok_and(|read| read == key));
        let sloppy = printed.replace('-', " ").replace('0', "o").replace('1', "l").to_lowercase();
        prop_assert!(RecoveryKey::parse(&sloppy).is_ok_and(|read| read == key));
    }

    #[test]
    fn two_letters_of_a_recovery_key_that_changed_places_are_noticed(random: [u8; RECOVERY_BYTES], at in 0_usize..31) {
        let mut typed = RecoveryKey::new(random).printed().replace('-', "").into_bytes();
        prop_assume!(typed[at] != typed[at + 1]);
        typed.swap(at, at + 1);
        let typed = String::from_utf8(typed).expect("ASCII");
        prop_assert!(RecoveryKey::parse(&typed).is_err());
    }

    #[test]
    fn one_wrong_letter_of_a_recovery_key_is_noticed(random: [u8; RECOVERY_BYTES], at in 0_usize..32, other in 0_usize..32) {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut typed = RecoveryKey::new(random).printed().replace('-', "").into_bytes();
        prop_assume!(typed[at] != LETTERS[other]);
        typed[at] = LETTERS[other];
        let typed = String::from_utf8(typed).expect("ASCII");
        prop_assert!(RecoveryKey::parse(&typed).is_err());
    }

    #[test]
    fn any_text_is_a_recovery_key_or_refused(text: String) {
        let _ = RecoveryKey::parse(&text);
    }
}

/* ---- Signatures ---- */

fn tablet() -> TabletKey {
    TabletKey::new([11; 32])
}

/// A batch whose manifest names a key or none, not signed yet.
fn unsigned(key: Option<String>) -> Vec<u8> {
    let (stored, registrations) = three_revisions();
    let mut manifest = manifest_of(&stored, &registrations);
    manifest.device.key = key;
    let bodies: Vec<Vec<u8>> = registrations.iter().map(write_registration).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    write_batch(
        &manifest,
        BatchBodies {
            records: &bodies,
            ..BatchBodies::default()
        },
    )
}

fn key_text() -> String {
    tablet().public().to_string()
}

#[test]
fn a_signed_batch_is_a_batch_and_names_its_tablet() {
    let path = "batches/v1_signed.pendapa.json";
    let bytes = tablet().sign(&unsigned(Some(key_text())));
    assert_bytes(path, &bytes, &vector(path, || bytes.clone()));
    let batch = read_batch(&bytes).expect("a batch");
    assert_eq!(
        batch.manifest.device.key.as_deref(),
        Some(key_text().as_str())
    );
    let signed = check_signature(&bytes, Some(&key_text())).expect("signed");
    assert_eq!(signed, Signed::By(tablet().public()));
}

#[test]
fn an_unsigned_batch_is_told_from_one_whose_signature_was_taken_away() {
    let plain = unsigned(None);
    assert!(matches!(check_signature(&plain, None), Ok(Signed::No)));
    let taken = check_signature(&unsigned(Some(key_text())), Some(&key_text()));
    assert!(matches!(taken, Err(SignatureError::Half)));
    let keyless = check_signature(&tablet().sign(&plain), None);
    assert!(matches!(keyless, Err(SignatureError::Half)));
}

#[test]
fn an_altered_batch_another_key_and_an_unknown_algorithm_are_noticed() {
    let bytes = tablet().sign(&unsigned(Some(key_text())));
    let text = String::from_utf8(bytes.clone()).expect("JSON");
    let altered = text.replace("Ngatiyem", "Ngatiyah");
    assert_ne!(altered, text);
    let wrong = check_signature(altered.as_bytes(), Some(&key_text()));
    assert!(matches!(wrong, Err(SignatureError::Wrong)));
    let other = TabletKey::new([12; 32]).public().to_string();
    assert!(matches!(
        check_signature(&bytes, Some(&other)),
        Err(SignatureError::Wrong)
    ));
    let unknown = text.replace("\"Ed25519\"", "\"none\"");
    let unknown = check_signature(unknown.as_bytes(), Some(&key_text()));
    assert!(matches!(unknown, Err(SignatureError::Unknown)));
    for key in [
        "",
        "ed25519:",
        "ed25519:00",
        &format!("ed25519:{}", "0".repeat(64)),
    ] {
        assert!(
            matches!(
                check_signature(&bytes, Some(key)),
                Err(SignatureError::Unknown)
            ),
            "{key}"
        );
    }
}

#[test]
fn a_signature_in_another_form_is_refused_so_that_nobody_alters_a_batch_without_the_key() {
    let text = String::from_utf8(tablet().sign(&unsigned(Some(key_text())))).expect("JSON");
    let (_, value) = text.rsplit_once("\"value\":\"").expect("a signature");
    let value = &value[..128];
    let ended = format!("{value}\"}}");
    for other in [
        text.replace(value, &value.to_uppercase()),
        text.replace(&ended, &format!("{value}\",\"zzz\":1}}")),
        text.replace(value, &value[..126]),
    ] {
        assert_ne!(other, text);
        let checked = check_signature(other.as_bytes(), Some(&key_text()));
        let is_refused = matches!(checked, Err(SignatureError::Batch(BatchError::Signature)));
        assert!(is_refused, "{checked:?}");
        assert!(matches!(
            read_batch(other.as_bytes()),
            Err(BatchError::Signature)
        ));
    }
    let capitals = key_text().to_uppercase().replace("ED25519", "ed25519");
    let key = check_signature(text.as_bytes(), Some(&capitals));
    assert!(matches!(key, Err(SignatureError::Unknown)));
}
