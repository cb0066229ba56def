use proptest::prelude::*;

use super::carry::*;
use super::errand::*;
use super::wrap::*;
use crate::format::digest::hex;

const PLAIN: &[u8] = br#"{"name":"Ngatiyem","nik":"3574050105849002"}"#;

/* ---- To the office ---- */

#[test]
fn each_recipient_opens_a_sealed_batch_alone_and_nobody_else_does() {
    let [office, custodian, stranger] = [(); 3].map(|()| new_identity());
    let recipients = [office.1.as_str(), &custodian.1];
    let sealed = seal_to(&recipients, PLAIN).expect("sealed");
    assert!(is_sealed(&sealed) && !is_sealed(PLAIN));
    for (secret, _) in [&office, &custodian] {
        assert!(is_identity(secret) && secret.starts_with("AGE-SECRET-KEY-1"));
        assert_eq!(open_with(&[secret], &sealed).as_deref(), Ok(PLAIN));
    }
    assert_eq!(
        open_with(&[&stranger.0], &sealed),
        Err(CarryError::NotForUs)
    );
    let either = open_with(&[&stranger.0, &office.0], &sealed);
    assert_eq!(either.as_deref(), Ok(PLAIN));
    let again = seal_to(&recipients, PLAIN).expect("sealed");
    assert_ne!(sealed, again);
}

#[test]
fn what_is_no_recipient_and_what_is_no_key_are_named_by_their_place() {
    let (secret, recipient) = new_identity();
    assert_eq!(seal_to(&[], PLAIN), Err(CarryError::NoRecipient));
    for other in ["", "age1", &recipient[1..], &secret, "ssh-ed25519 AAAA"] {
        let refused = seal_to(&[&recipient, other], PLAIN);
        assert_eq!(refused, Err(CarryError::Recipient(1)), "{other}");
    }
    let sealed = seal_to(&[&recipient], PLAIN).expect("sealed");
    let refused = open_with(&[&recipient, &secret], &sealed);
    assert_eq!(refused, Err(CarryError::Key(0)));
    assert!(!is_identity(&recipient) && !is_identity(""));
    assert_eq!(
        CarryError::Recipient(1).to_string(),
        "recipient 2 is no `age1…`"
    );
}

#[test]
fn a_sealed_batch_that_was_cut_or_altered_is_damaged() {
    let (secret, recipient) = new_identity();
    let sealed = seal_to(&[&recipient], PLAIN).expect("sealed");
    let mut altered = sealed.clone();
    *altered.last_mut().expect("bytes") ^= 1;
    for bytes in [
        &altered[..],
        &sealed[..sealed.len() - 1],
        &sealed[..30],
        b"",
    ] {
        assert_eq!(open_with(&[&secret], bytes), Err(CarryError::Damaged));
    }
}

#[test]
fn an_event_pack_opens_with_its_passphrase_and_no_other() {
    let closed = close_pack("mangga jangkar pendapa", PLAIN).expect("closed");
    let opened = open_pack("mangga jangkar pendapa", &closed).expect("opened");
    assert_eq!(opened, PLAIN);
    let other = open_pack("mangga jangkar pendopo", &closed);
    assert!(matches!(other, Err(CarryError::NotForUs)));
    let mut altered = closed.clone();
    *altered.last_mut().expect("bytes") ^= 1;
    let altered = open_pack("mangga jangkar pendapa", &altered);
    assert!(matches!(altered, Err(CarryError::Damaged)));
}

#[test]
fn a_pack_that_asks_for_a_laptops_work_is_refused_before_it_is_done() {
    let closed = close_keys("mangga jangkar pendapa", PLAIN).expect("closed");
    let opened = open_pack("mangga jangkar pendapa", &closed);
    assert!(matches!(opened, Err(CarryError::TooMuchWork)));
}

/* ---- By way of a worker ---- */

/// What the carrier answers, as parts of bytes.
fn carried_by_worker(asked: Carry) -> Result<Vec<Vec<u8>>, CarryError> {
    let answer = carry(&carry_job(asked)).expect("a job");
    let parts = carried(&answer).expect("an answer")?;
    Ok(parts.into_iter().map(<[u8]>::to_vec).collect())
}

/// What the key of version 1 is made of, and the key; `tests/e2e/worker.spec.ts`
/// asks the worker itself.
const DERIVED: [(KdfCost, &str); 2] = [
    (
        KdfCost::SMALL,
        "07ade58975ba5319527392b600520609e9d3c87dd10ff52406162f833840e97b",
    ),
    (
        KdfCost::STRONG,
        "a947498c1df2d564bbb7ea44f6eefcb99c1726d3c51d15bb5f01e43b65940c6e",
    ),
];

#[test]
fn a_worker_derives_what_the_app_would() {
    let passphrase = Passphrase::typed("mangga jangkar pendapa kali empat");
    for (cost, key) in DERIVED {
        let asked = Asked {
            salt: [5; SALT_BYTES],
            cost,
        };
        let here = passphrase.derive(&asked.salt, cost).expect("a key");
        assert_eq!(hex(here.bytes()), key);
        let answer = derive(&derive_job(&passphrase, &asked)).expect("a job");
        let there = derived(&answer, &asked).expect("an answer");
        assert_eq!(there.expect("a key").bytes(), here.bytes());
    }
}

#[test]
fn a_worker_refuses_the_costs_that_are_refused_here() {
    let passphrase = Passphrase::typed("mangga jangkar pendapa");
    let cost = KdfCost {
        memory_kib: 1024,
        passes: 1,
    };
    let asked = Asked {
        salt: [5; SALT_BYTES],
        cost,
    };
    let answer = derive(&derive_job(&passphrase, &asked)).expect("a job");
    let refused = derived(&answer, &asked).expect("an answer");
    assert_eq!(refused.err(), Some(WrapError::Cost(cost)));
}

#[test]
fn a_carrier_does_each_deed_and_brings_each_fault_back() {
    let made = carried_by_worker(Carry::NewIdentity).expect("keys");
    let [secret, recipient] =
        [0, 1].map(|at| String::from_utf8(made[at].clone()).expect("text of age"));
    let sealed = carried_by_worker(Carry::SealTo(&[&recipient], PLAIN)).expect("sealed");
    let opened = carried_by_worker(Carry::OpenWith(&[&secret], &sealed[0]));
    assert_eq!(opened, Ok(vec![PLAIN.to_vec()]));
    let pack = carried_by_worker(Carry::ClosePack("mangga jangkar", PLAIN)).expect("closed");
    let opened = carried_by_worker(Carry::OpenPack("mangga jangkar", &pack[0]));
    assert_eq!(opened, Ok(vec![PLAIN.to_vec()]));

    let other = new_identity().0;
    let faults = [
        (Carry::SealTo(&[], PLAIN), CarryError::NoRecipient),
        (
            Carry::SealTo(&[&recipient, "age1"], PLAIN),
            CarryError::Recipient(1),
        ),
        (Carry::OpenWith(&["secret"], &sealed[0]), CarryError::Key(0)),
        (Carry::OpenWith(&[&other], &sealed[0]), CarryError::NotForUs),
        (Carry::OpenPack("mangga", PLAIN), CarryError::Damaged),
        (
            Carry::OpenPack("mangga jangkor", &pack[0]),
            CarryError::NotForUs,
        ),
    ];
    for (asked, fault) in faults {
        assert_eq!(carried_by_worker(asked), Err(fault), "{asked:?}");
    }
}

proptest! {
    #[test]
    fn bytes_that_are_no_job_or_no_answer_are_none(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let asked = Asked { salt: [5; SALT_BYTES], cost: KdfCost::SMALL };
        prop_assert!(derive(&bytes).is_none());
        prop_assert!(derived(&bytes, &asked).is_none_or(|read| read.is_err()));
        let _ = carried(&bytes);
        let _ = carry(&bytes);
    }
}
