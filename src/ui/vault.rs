//! The vault as people meet it: opened with the passphrase, locked by itself,
//! opened again with a PIN while the key is in memory.

use futures_util::future::{LocalBoxFuture, join};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{AppState, Keeping};
use super::words::{store_problem, work_problem};
use crate::browser::worker::{self, WorkError};
use crate::browser::{clock, random};
use crate::domain::*;
use crate::format::digest::sha256;
use crate::format::key_ring::KeyRing;
use crate::operations::audit::{Doer, note};
use crate::operations::officer::choose_officer;
use crate::operations::protect::{self, UnlockError};
use crate::store::{StoreError, Try};
use crate::vault::wrap::{
    Asked, KdfCost, OuterKey, Passphrase, RecoveryKey, SALT_BYTES, WrapError,
};

/// Whether the data of the open event can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    NoEvent,
    /// The event is of a version without a vault: it needs a passphrase first.
    Unprotected,
    /// The passphrase is asked.
    Locked,
    /// The key is in memory, the screen is covered: the PIN is asked.
    Covered,
    /// Open, and nobody has said yet who works here.
    Unmanned,
    Open,
    /// Closed with an office key: nobody at this tablet can read it.
    SealedOff,
}

/// Why the vault is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Asked,
    /// Nobody touched the tablet for a while.
    Idle,
    /// The app was out of sight for a while.
    Hidden,
}

impl Why {
    fn detail(self) -> &'static str {
        match self {
            Why::Asked => "asked",
            Why::Idle => "idle",
            Why::Hidden => "hidden",
        }
    }
}

/// Wrong PINs in a row before the passphrase is asked.
pub const MOST_PIN_TRIES: u64 = 5;
/// Digits of a PIN.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// A key that takes longer than this to derive is derived at the smaller cost.
const MOST_KDF_MS: i64 = 4_000;

/// The quick lock of the screen, in memory only.
#[derive(Clone)]
struct Pin {
    salt: [u8; 16],
    hash: Hash,
}

impl Pin {
    fn new(digits: &str) -> Self {
        let mut salt = [0; 16];
        random::fill(&mut salt);
        Pin {
            salt,
            hash: Self::hash(&salt, digits),
        }
    }

    fn hash(salt: &[u8; 16], digits: &str) -> Hash {
        sha256(&[salt.as_slice(), digits.as_bytes()].concat())
    }

    fn fits(&self, digits: &str) -> bool {
        Self::hash(&self.salt, digits) == self.hash
    }
}

/// Keeps a form before the vault is locked; whether that worked.
pub type KeepForm = Box<dyn Fn() -> LocalBoxFuture<'static, bool>>;

/// What locking and opening need to know.
#[derive(Clone, Copy)]
pub struct Lock {
    /// The closed keys of the open event.
    pub ring: RwSignal<Option<KeyRing>>,
    /// Who worked here, the last one first; known once the vault is open.
    pub officers: RwSignal<Vec<String>>,
    pub has_pin: RwSignal<bool>,
    /// Why the passphrase is asked where somebody typed a PIN; told on the lock.
    pub refused: RwSignal<Option<String>>,
    /// Deeds that are being done, during which nothing is locked.
    deeds: StoredValue<u32>,
    /// A picker of the app's own is open, behind which the page is hidden.
    picking: StoredValue<bool>,
    pin: StoredValue<Option<Pin>>,
    form: StoredValue<Option<KeepForm>, LocalStorage>,
}

impl Lock {
    /// Of an event of which nothing was read yet.
    pub fn new() -> Self {
        Lock {
            ring: RwSignal::new(None),
            officers: RwSignal::new(Vec::new()),
            has_pin: RwSignal::new(false),
            refused: RwSignal::new(None),
            deeds: StoredValue::new(0),
            picking: StoredValue::new(false),
            pin: StoredValue::new(None),
            form: StoredValue::new_local(None),
        }
    }

    /// The form on the screen, to be kept before the vault is locked.
    pub fn watch_form(&self, keep: Option<KeepForm>) {
        self.form.set_value(keep);
    }

    /// Does something that must not be cut short by a lock.
    pub async fn unbroken<T>(self, deed: impl Future<Output = T>) -> T {
        let deeds = self.deeds;
        deeds.update_value(|deeds| *deeds += 1);
        let done = deed.await;
        deeds.update_value(|deeds| *deeds -= 1);
        done
    }

    /// Says whether a picker of the app's own covers the page.
    pub fn set_picking(&self, picking: bool) {
        self.picking.set_value(picking);
    }

    /// Whether a picker of the app's own covers the page.
    pub fn is_picking(&self) -> bool {
        self.picking.get_value()
    }

    /// Sets the PIN; an empty one takes it away.
    pub fn set_pin(&self, digits: &str) {
        self.has_pin.set(!digits.is_empty());
        self.pin
            .set_value((!digits.is_empty()).then(|| Pin::new(digits)));
    }
}

/// Derives a key for a new vault: at the strong cost, or at the smaller one where
/// the tablet has not the memory or is too slow.
pub async fn derive_new(
    passphrase: &Passphrase,
) -> Result<(OuterKey, Asked), WorkError<WrapError>> {
    let mut salt = [0; SALT_BYTES];
    random::fill(&mut salt);
    let mut asked = Asked {
        salt,
        cost: KdfCost::STRONG,
    };
    let began = clock::now().unix_ms();
    match worker::derive(passphrase, &asked).await {
        Ok(outer) if clock::now().unix_ms() - began <= MOST_KDF_MS => return Ok((outer, asked)),
        Ok(_) | Err(WorkError::Died | WorkError::Failed(WrapError::OutOfMemory)) => {}
        Err(error) => return Err(error),
    }
    asked.cost = KdfCost::SMALL;
    let outer = worker::derive(passphrase, &asked).await?;
    Ok((outer, asked))
}

impl AppState {
    /// Who does something now.
    pub fn doer(&self) -> Doer {
        Doer {
            officer: self.officer.get_untracked(),
            now: clock::now(),
        }
    }

    /// Reads how an event is closed, and says what can be done with it.
    pub async fn look_at_vault(self, id: EventId) -> Result<(), StoreError> {
        let store = self.store();
        let access = match store.opens(id).await? {
            None => Access::Unprotected,
            Some(false) => Access::SealedOff,
            Some(_) if store.vault_of(id).is_err() => Access::Locked,
            Some(_) if self.officer.with_untracked(String::is_empty) => Access::Unmanned,
            Some(_) => Access::Open,
        };
        self.access.set(access);
        Ok(())
    }

    /// Opens the vault with what somebody typed; or says in words why not.
    pub async fn unlock(self, typed: String) -> Result<(), String> {
        let language = self.language.get_untracked();
        let Some(id) = self.event_id() else {
            return Ok(());
        };
        let store = self.store();
        let opened = async {
            let asked = protect::asked(&store, id).await?;
            let passphrase = Passphrase::typed(&typed);
            let outer = match worker::derive(&passphrase, &asked).await {
                Ok(outer) => outer,
                Err(error) => return Ok(Err(work_problem(language, &error))),
            };
            protect::unlock(&store, id, &outer, &self.doer(), random::fill).await?;
            Ok(Ok(()))
        };
        match opened.await {
            Ok(Ok(())) => self
                .opened(id)
                .await
                .map_err(|error| store_problem(language, &error)),
            Ok(Err(problem)) => Err(problem),
            Err(error) => Err(self.unlock_problem(&error)),
        }
    }

    /// Opens the vault with the printed recovery key, and closes it by a new
    /// passphrase.
    pub async fn recover(self, typed: String, words: String) -> Result<(), String> {
        let language = self.language.get_untracked();
        let w = language.words();
        let Some(id) = self.event_id() else {
            return Ok(());
        };
        let recovery = RecoveryKey::parse(&typed).map_err(|_| w.recovery_mistyped.to_owned())?;
        let passphrase =
            Passphrase::choose(&words).map_err(|_| w.passphrase_too_short.to_owned())?;
        let store = self.store();
        protect::recover(&store, id, &recovery, &self.doer(), random::fill)
            .await
            .map_err(|error| self.unlock_problem(&error))?;
        let changed = async {
            let (outer, asked) = derive_new(&passphrase)
                .await
                .map_err(|error| work_problem(language, &error))?;
            protect::change_passphrase(&store, id, &outer, &asked, &self.doer())
                .await
                .map_err(|error| store_problem(language, &error))?;
            self.opened(id)
                .await
                .map_err(|error| store_problem(language, &error))
        };
        let changed = changed.await;
        if changed.is_err() {
            store.lock();
        }
        changed
    }

    fn unlock_problem(&self, error: &UnlockError) -> String {
        let language = self.language.get_untracked();
        let w = language.words();
        match error {
            UnlockError::Wrap(WrapError::Newer(_)) => w.vault_newer.to_owned(),
            UnlockError::Wrap(_) => w.passphrase_wrong.to_owned(),
            UnlockError::Closed => w.sealed_off_hint.to_owned(),
            UnlockError::Store(error) => store_problem(language, error),
        }
    }

    /// The vault is open: asks who works here, and reads meanwhile.
    pub async fn opened(self, id: EventId) -> Result<(), StoreError> {
        self.vault.refused.set(None);
        let store = self.store();
        self.vault.officers.set(store.officers(id).await?);
        self.look_at_vault(id).await?;
        spawn_local(async move {
            if let Err(error) = self.read_open_event().await {
                self.failed.set(Some(error));
            }
        });
        Ok(())
    }

    async fn read_open_event(self) -> Result<(), StoreError> {
        if let Some(id) = self.event_id() {
            // The card step needs them before the rest of the app is here.
            let drafts = self.store().drafts_of(id).await?;
            self.drafts.set(drafts);
        }
        let (read, loss) = join(self.read_event(), self.look_for_loss()).await;
        read.and(loss)
    }

    /// An officer says that it is they who work here now.
    pub async fn man(self, name: &FullName) -> Result<(), StoreError> {
        let Some(id) = self.event_id() else {
            return Ok(());
        };
        self.on_duty(id, name).await?;
        if self.access.get_untracked() == Access::Unmanned {
            self.access.set(Access::Open);
        }
        Ok(())
    }

    /// Writes down who works at an event whose vault is open.
    pub async fn on_duty(self, id: EventId, name: &FullName) -> Result<(), StoreError> {
        let store = self.store();
        match choose_officer(&store, id, name, clock::now()).await {
            // On a full tablet what is here must still be handed over.
            Ok(()) | Err(StoreError::QuotaExceeded) => {}
            Err(error) => return Err(error),
        }
        let mut officers = store.officers(id).await?;
        officers.retain(|known| known != name.as_str());
        officers.insert(0, name.as_str().to_owned());
        self.officer.set(name.as_str().to_owned());
        self.vault.officers.set(officers);
        Ok(())
    }

    /// Locks, or covers the screen where there is a PIN. `false`: something must
    /// be finished first, or what is typed could not be kept; try again later.
    pub async fn lock_vault(self, why: Why) -> bool {
        let access = self.access.get_untracked();
        if !matches!(access, Access::Open | Access::Unmanned) {
            return true;
        }
        if self.vault.deeds.get_value() > 0 {
            return false;
        }
        let keeping = self
            .vault
            .form
            .with_value(|form| form.as_ref().map(|keep| keep()));
        if let Some(keeping) = keeping
            && !keeping.await
        {
            return false;
        }
        if let Some(id) = self.event_id() {
            let detail = Some(why.detail().to_owned());
            let doer = self.doer();
            // A full tablet is locked all the same.
            let store = self.store();
            let _ = note(&store, id, &doer, AuditAction::Locked, None, detail).await;
        }
        if self.vault.pin.with_value(Option::is_some) && access == Access::Open {
            self.access.set(Access::Covered);
        } else {
            self.drop_keys();
        }
        true
    }

    /// Forgets the keys and everybody that was read with them.
    fn drop_keys(self) {
        self.vault.set_pin("");
        self.store().lock();
        self.access.set(Access::Locked);
        self.forget_people();
    }

    /// The event was closed with an office key: nobody here reads it any more.
    pub fn seal_off(self) {
        self.store().lock();
        self.access.set(Access::SealedOff);
        self.forget_people();
    }

    /// Forgets what was read of the event that was open.
    pub fn forget_people(self) {
        self.is_read.set(false);
        self.roster.set(super::roster::Roster::default());
        self.drafts.set(Vec::new());
        self.officer.set(String::new());
        self.vault.officers.set(Vec::new());
        self.notice.set(None);
        self.keeping.set(Keeping::Nothing);
        self.vault.set_pin("");
    }

    /// Uncovers the screen with the PIN. Each try is counted in the database
    /// before anybody looks at it; after too many the passphrase is asked.
    pub async fn uncover(self, digits: String) -> Result<(), String> {
        let language = self.language.get_untracked();
        let w = language.words();
        let Some(id) = self.event_id() else {
            return Ok(());
        };
        let store = self.store();
        let tried = match store.count_try(id, Try::Pin).await {
            Ok(tried) => tried,
            Err(error) => {
                // Without a count there are no five tries.
                self.drop_keys();
                self.vault
                    .refused
                    .set(Some(store_problem(language, &error)));
                return Ok(());
            }
        };
        let fits = tried <= MOST_PIN_TRIES
            && self
                .vault
                .pin
                .with_value(|pin| pin.as_ref().is_some_and(|pin| pin.fits(&digits)));
        let doer = self.doer();
        if fits {
            let detail = (tried > 1).then(|| format!("{} wrong before", tried - 1));
            // The screen opens also where the note does not fit any more.
            let _ = store.forget_tries(id, Try::Pin).await;
            let _ = note(&store, id, &doer, AuditAction::PinUsed, None, detail).await;
            self.access.set(Access::Open);
            return Ok(());
        }
        if tried >= MOST_PIN_TRIES {
            let _ = note(&store, id, &doer, AuditAction::PinRefused, None, None).await;
            self.drop_keys();
            self.vault.refused.set(Some(w.pin_refused.to_owned()));
            return Ok(());
        }
        let left = (MOST_PIN_TRIES - tried).to_string();
        Err(super::words::fill(w.pin_wrong, &[&left]))
    }

    /// Gives the PIN up and asks for the passphrase.
    pub fn give_up_pin(self) {
        self.drop_keys();
    }
}
