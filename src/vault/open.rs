//! An open vault: what can be done with an event's data while somebody has said
//! the passphrase. Dropping it locks it: its keys are wiped from memory.

use zeroize::{Zeroize, Zeroizing};

use super::seal::{DataKey, NONCE_BYTES, OpenError, Place, open, seal};
use super::sign::TabletKey;
use super::wrap::{
    Asked, OuterKey, RecoveryKey, WrapError, close_wrap, open_by_recovery, open_wrap,
    wrap_by_recovery,
};
use crate::domain::Nik;
use crate::format::digest::{FingerprintKey, fingerprint};
use crate::format::key_ring::KeyRing;

/// Fills bytes with chance.
pub type Chance = fn(&mut [u8]);

/// The version of the sealed secrets that this code writes.
const SECRETS_VERSION: u8 = 1;
/// Schema of every row body that is sealed today.
const BODY_SCHEMA: u32 = 1;

/// What an event keeps secret beside its rows.
pub struct Secrets {
    /// From which fingerprints of NIKs are made; the same on all tablets of an event.
    pub fingerprint: FingerprintKey,
    /// Seed of this tablet's signing key for this event.
    pub tablet: [u8; 32],
    /// The vault's own age identity, where batches are sealed (`AGE-SECRET-KEY-1…`).
    pub identity: Option<Zeroizing<String>>,
}

impl Drop for Secrets {
    fn drop(&mut self) {
        self.fingerprint.0.zeroize();
        self.tablet.zeroize();
    }
}

impl Secrets {
    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let identity = self
            .identity
            .as_ref()
            .map_or("", |identity| identity.as_str());
        let mut bytes = Zeroizing::new(Vec::with_capacity(65 + identity.len()));
        bytes.push(SECRETS_VERSION);
        bytes.extend_from_slice(&self.fingerprint.0);
        bytes.extend_from_slice(&self.tablet);
        bytes.extend_from_slice(identity.as_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Self, WrapError> {
        let (&version, rest) = bytes.split_first().ok_or(WrapError::Wrong)?;
        if version > SECRETS_VERSION {
            return Err(WrapError::Newer(version));
        }
        let (fingerprint, rest) = rest.split_first_chunk().ok_or(WrapError::Wrong)?;
        let (tablet, identity) = rest.split_first_chunk().ok_or(WrapError::Wrong)?;
        let identity = std::str::from_utf8(identity).map_err(|_| WrapError::Wrong)?;
        Ok(Secrets {
            fingerprint: FingerprintKey(*fingerprint),
            tablet: *tablet,
            identity: (!identity.is_empty()).then(|| Zeroizing::new(identity.to_owned())),
        })
    }
}

/// The open vault of one event.
pub struct Vault {
    event: String,
    data: DataKey,
    secrets: Secrets,
    chance: Chance,
}

impl Vault {
    /// The vault of an event that is just made, with a data key of its own.
    pub fn new(event: String, secrets: Secrets, chance: Chance) -> Self {
        let mut random = [0; 32];
        chance(&mut random);
        let data = DataKey::new(random);
        random.zeroize();
        Vault {
            event,
            data,
            secrets,
            chance,
        }
    }

    /// The id of its event.
    pub fn event(&self) -> &str {
        &self.event
    }

    fn place<'a>(&'a self, store: &'a str, id: &'a str, revision: u64) -> Place<'a> {
        Place {
            store,
            event: &self.event,
            id,
            revision,
            schema: BODY_SCHEMA,
        }
    }

    fn nonce(&self) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        (self.chance)(&mut nonce);
        nonce
    }

    /// Seals a row of this event.
    pub fn seal_row(&self, store: &str, id: &str, revision: u64, plain: &[u8]) -> Vec<u8> {
        seal(
            &self.data,
            &self.place(store, id, revision),
            self.nonce(),
            plain,
        )
    }

    /// Opens a row of this event where it stands.
    pub fn open_row(
        &self,
        store: &str,
        id: &str,
        revision: u64,
        sealed: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        open(&self.data, &self.place(store, id, revision), sealed)
    }

    /// What stands in for a NIK in the index of this event.
    pub fn fingerprint(&self, nik: &Nik) -> String {
        fingerprint(&self.secrets.fingerprint, nik)
    }

    /// The key from which fingerprints are made, for a copy of the event.
    pub fn fingerprint_key(&self) -> FingerprintKey {
        self.secrets.fingerprint
    }

    /// This tablet's key for this event.
    pub fn tablet_key(&self) -> TabletKey {
        TabletKey::new(self.secrets.tablet)
    }

    /// A vault that only opens rows, by the data key that was sealed to the office:
    /// once an event is closed, its other secrets are nowhere. `None`: no data key.
    pub fn for_office(event: String, key: &[u8]) -> Option<Self> {
        let key = key.try_into().ok()?;
        Some(Vault {
            event,
            data: DataKey::new(key),
            secrets: Secrets {
                fingerprint: FingerprintKey([0; 32]),
                tablet: [0; 32],
                identity: None,
            },
            chance: |_| (),
        })
    }

    /// The same vault on another tablet, which signs with a key of its own.
    #[must_use]
    pub fn on_another_tablet(mut self, tablet: [u8; 32]) -> Self {
        self.secrets.tablet = tablet;
        self
    }

    /// The vault's own age identity.
    pub fn identity(&self) -> Option<&str> {
        self.secrets
            .identity
            .as_ref()
            .map(|identity| identity.as_str())
    }

    /// The bytes of the data key, to be sealed to the office.
    pub fn key_for_office(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.data.0.to_vec())
    }

    /// Closes the data key by a passphrase, into a ring.
    pub fn close_by_passphrase(&self, ring: &mut KeyRing, outer: &OuterKey, asked: &Asked) {
        let wrap = close_wrap(&self.data, &self.event, outer, asked, self.nonce());
        ring.passphrase = Some(wrap);
    }

    /// Closes the data key by a recovery key, into a ring.
    pub fn close_by_recovery(&self, ring: &mut KeyRing, recovery: &RecoveryKey) {
        let wrap = wrap_by_recovery(&self.data, &self.event, recovery, self.nonce());
        ring.recovery = Some(wrap);
    }

    /// Puts the secrets into a ring.
    pub fn close_secrets(&self, ring: &mut KeyRing) {
        ring.secrets = Some(seal(
            &self.data,
            &self.place("key", "secrets", 0),
            self.nonce(),
            &self.secrets.bytes(),
        ));
    }

    /// Opens a ring by what the passphrase came to.
    pub fn open_by_passphrase(
        ring: &KeyRing,
        event: &str,
        outer: &OuterKey,
        chance: Chance,
    ) -> Result<Self, WrapError> {
        let wrap = ring.passphrase.as_deref().ok_or(WrapError::Wrong)?;
        Self::opened(ring, event, open_wrap(wrap, event, outer)?, chance)
    }

    /// Opens a ring by its recovery key.
    pub fn open_by_recovery(
        ring: &KeyRing,
        event: &str,
        recovery: &RecoveryKey,
        chance: Chance,
    ) -> Result<Self, WrapError> {
        let wrap = ring.recovery.as_deref().ok_or(WrapError::Wrong)?;
        Self::opened(
            ring,
            event,
            open_by_recovery(wrap, event, recovery)?,
            chance,
        )
    }

    fn opened(
        ring: &KeyRing,
        event: &str,
        data: DataKey,
        chance: Chance,
    ) -> Result<Self, WrapError> {
        let place = Place {
            store: "key",
            event,
            id: "secrets",
            revision: 0,
            schema: BODY_SCHEMA,
        };
        let sealed = ring.secrets.as_deref().ok_or(WrapError::Wrong)?;
        let bytes = open(&data, &place, sealed).map_err(|error| match error {
            OpenError::Newer(version) => WrapError::Newer(version),
            OpenError::Broken => WrapError::Wrong,
        })?;
        let secrets = Secrets::read(&Zeroizing::new(bytes))?;
        Ok(Vault {
            event: event.to_owned(),
            data,
            secrets,
            chance,
        })
    }
}
