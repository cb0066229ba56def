//! Tablets with a vault, and an office: what the tests of both begin with.

use pollster::block_on;

use super::*;
use crate::format::audit_record::{check_audit_chain, read_audit};
use crate::format::batch_file::{Batch, read_batch};
use crate::format::code::Code;
use crate::format::digest::FingerprintKey;
use crate::format::event_pack::{EventPack, OfficeAddress, Upload};
use crate::format::rules_record::RulesRecord;
use crate::operations::close_event::{CloseError, Closed, close_event};
use crate::operations::load_pack::*;
use crate::operations::preflight::{TrialDeed, TrialError, trial};
use crate::operations::protect::*;
use crate::store::row::{Query, Range};
use crate::store::schema::StoreName;
use crate::vault::sign::{Signed, TabletKey, check_signature};
use crate::vault::wrap::{Asked, KdfCost, OuterKey, Passphrase, RecoveryKey, SALT_BYTES};

pub(super) const WORDS: &str = "mangga jangkar pendapa kali empat lima";

pub(super) fn asked_for() -> Asked {
    Asked {
        salt: [3; SALT_BYTES],
        cost: KdfCost::SMALL,
    }
}

pub(super) fn outer(words: &str) -> OuterKey {
    let Asked { salt, cost } = asked_for();
    let outer = Passphrase::typed(words).derive(&salt, cost);
    outer.expect("derived")
}

pub(super) fn recovery() -> RecoveryKey {
    RecoveryKey::new([5; 20])
}

pub(super) fn doer(minutes: u32) -> Doer {
    Doer {
        officer: "Budi Santoso".to_owned(),
        now: sample_moment(minutes),
    }
}

impl Hall {
    pub(super) fn of(store: Store, event: StoredEvent) -> Self {
        Hall {
            store,
            rules: rules(),
            event,
            minutes: 10,
            batches_asked: 0,
            device: sample_device(),
        }
    }

    /// A tablet on which an event was made, with a passphrase and a recovery key.
    pub(super) fn with_passphrase() -> Self {
        let store = Store::in_memory();
        let tablet = sample_event(1);
        let (outer, recovery) = (outer(WORDS), recovery());
        let closing = Closing {
            outer: &outer,
            asked: asked_for(),
            recovery: Some(&recovery),
        };
        let secrets = fresh_secrets(sample_chance);
        let id = tablet.event.id;
        let protection = protection(id, secrets, &closing, &doer(0), sample_chance);
        let event = block_on(store.add_event(tablet, protection)).expect("an event");
        Hall::of(store, event)
    }

    /// A tablet that loaded a pack of the office, as this letter.
    pub(super) fn with_pack(pack: &EventPack, letter: &str) -> Result<Self, LoadPackError> {
        let store = Store::in_memory();
        let event = load(&store, pack, letter)?;
        Ok(Hall::of(store, event))
    }

    pub(super) fn unlock(&self, words: &str) -> Result<(), UnlockError> {
        let id = self.event.id();
        block_on(asked(&self.store, id))?;
        let outer = outer(words);
        block_on(unlock(&self.store, id, &outer, &self.doer(), sample_chance))
    }

    pub(super) fn log(&self) -> Vec<AuditEntry> {
        let log = block_on(self.store.audit_after(self.event.id(), 0)).expect("a log");
        check_audit_chain(log.iter().map(|(_, body)| body.as_slice())).expect("a chain");
        log.iter()
            .map(|(_, body)| read_audit(body).expect("an entry"))
            .collect()
    }

    pub(super) fn actions(&self) -> Vec<AuditAction> {
        self.log().iter().map(|entry| entry.action).collect()
    }

    pub(super) fn close(&mut self) -> Result<Closed, CloseError> {
        self.minutes += 1;
        self.batches_asked += 1;
        let deed = BatchDeed {
            is_last: true,
            ..self.batch_deed()
        };
        let closed = block_on(close_event(
            &self.store,
            &self.event,
            &deed,
            &Age,
            || BatchId(sample_uuid((1 << 42) + 999)),
            |_| (),
        ))?;
        self.event = closed.event.clone();
        Ok(closed)
    }

    pub(super) fn try_out(&self, sealer: &impl Sealer) -> Result<(), TrialError> {
        let doer = self.doer();
        let deed = TrialDeed {
            rules: &self.rules,
            device: sample_device(),
            doer: &doer,
            app: "pendapa 0.1.0".to_owned(),
            chance: sample_chance,
            ids: [1, 2, 3].map(|number| sample_uuid((1 << 43) + number)),
        };
        block_on(trial(&self.store, &self.event, &deed, sealer))
    }

    pub(super) fn rows_in(&self, store: StoreName) -> usize {
        let query = Query {
            store,
            range: Range::All,
        };
        block_on(self.store.count(&query)).expect("a count") as usize
    }
}

pub(super) fn load(
    store: &Store,
    pack: &EventPack,
    letter: &str,
) -> Result<StoredEvent, LoadPackError> {
    let outer = outer(WORDS);
    let doer = doer(0);
    let deed = PackDeed {
        letter: TabletLetter::parse(letter).expect("a letter"),
        device: sample_device(),
        closing: Closing {
            outer: &outer,
            asked: asked_for(),
            recovery: None,
        },
        doer: &doer,
        chance: sample_chance,
    };
    block_on(load_pack(store, pack, &deed, &Age))
}

/// By which the office of the samples signs receipts.
pub(super) fn receipt_key() -> TabletKey {
    TabletKey::new([9; 32])
}

/// An office, and its pack for the sample event.
pub(super) fn office() -> (Zeroizing<String>, EventPack) {
    let (identity, recipient) = new_identity();
    let pack = EventPack {
        event: sample_event(1).event,
        expires: parse_iso("2026-12-24").expect("a date"),
        officers: vec![FullName::parse("Budi Santoso").expect("a name")],
        office: Some(OfficeAddress {
            recipient,
            receipt_key: receipt_key().public().to_string(),
        }),
        upload: Some(Upload {
            address: "upload/".to_owned(),
            protocol: Code(UploadProtocol::Tus),
            token: Some("create-only".to_owned()),
        }),
        hand_over: HandOverRules::USUAL,
        fingerprint_key: FingerprintKey([9; 32]),
        earlier: Vec::new(),
        consent: Vec::new(),
        rules: RulesRecord::default(),
        expected: Vec::new(),
    };
    (identity, pack)
}

pub(super) fn read_by(identity: &str, sealed: &[u8]) -> Batch {
    let plain = open_with(&[identity], sealed).expect("opened");
    let batch = read_batch(&plain).expect("a batch");
    let signed = check_signature(&plain, batch.manifest.device.key.as_deref());
    assert!(matches!(signed, Ok(Signed::By(_))));
    batch
}
