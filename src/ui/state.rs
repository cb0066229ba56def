//! What every page shares: the store, the event in which this tablet works, and
//! what is shown of both. The truth is in the store; the signals here are what
//! was read last, and change only after the store did.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::{join, join3};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::journal::SecondCopy;
use super::rest::{self, Rest};
use super::roster::Roster;
use super::vault::{Access, Lock};
use super::words::{ExpectedWords, Language, LaterWords, ProgrammeWords, Words};
pub use super::writer::Writer;
use crate::browser::platform::{self, Platform};
use crate::browser::storage::{self, Persistence};
use crate::browser::tabs::{Ask, Channel, WriterLock};
use crate::browser::{canaries, clock, page, preferences, random};
use crate::domain::*;
use crate::format::config;
use crate::operations::canary::{Canary, Loss};
use crate::operations::register::Saved;
use crate::store::{BALLAST_BYTES, KeptBackup, Store, StoreError, StoredBatch, StoredEvent};

/// Name of the app's database; `rescue.html` knows it too.
const DATABASE: &str = "pendapa";

/// How the storage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageHealth {
    pub persistence: Persistence,
    /// Bytes used, if the browser tells.
    pub usage: Option<u64>,
    /// Whether the reserve for a full tablet is there; `None`: not looked yet.
    pub reserve: Option<bool>,
}

/// A short message that goes by itself, with a way to undo what it tells.
#[derive(Clone)]
pub struct Notice {
    pub text: String,
    pub undo: Option<Callback<()>>,
}

/// What a short message offers. It lasts as long as the app: the message stays
/// when its page is left, and a callback of a page that is gone stops the app.
pub fn lasting(deed: impl Fn() + Send + Sync + 'static) -> Callback<()> {
    let owner = Owner::new_root(None);
    let callback = owner.with(|| Callback::new(move |()| deed()));
    // A few bytes for each message.
    std::mem::forget(owner);
    callback
}

/// Whether the draft on the screen is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// No draft is open.
    Nothing,
    Pending,
    Kept(Moment),
    Failed,
}

/// Everything that pages share.
#[derive(Clone, Copy)]
pub struct AppState {
    store: StoredValue<Option<Rc<Store>>, LocalStorage>,
    pub(super) channel: StoredValue<Option<Channel>, LocalStorage>,
    pub(super) lock: StoredValue<Option<WriterLock>, LocalStorage>,
    /// Whether the data of the open event can be read.
    pub access: RwSignal<Access>,
    /// How it is locked and opened.
    pub vault: Lock,
    rules: RwSignal<Option<Arc<Rules>>>,
    /// The rest of the app, once it arrived; `Err`: it did not.
    pub rest: RwSignal<Result<Option<&'static Rest>, ()>>,
    /// All that is shown of the open event was read.
    pub is_read: RwSignal<bool>,
    /// The store failed while the app was in use, and nothing shown can be trusted.
    pub failed: RwSignal<Option<StoreError>>,
    device: StoredValue<Option<DeviceId>>,
    /// The store is open, and what the first screen needs was read.
    pub is_open: RwSignal<bool>,
    pub language: RwSignal<Language>,
    pub theme: RwSignal<String>,
    pub platform: RwSignal<Platform>,
    pub events: RwSignal<Vec<StoredEvent>>,
    pub event: RwSignal<Option<StoredEvent>>,
    pub roster: RwSignal<Roster>,
    pub second_copy: RwSignal<SecondCopy>,
    pub batches: RwSignal<Vec<StoredBatch>>,
    pub carried: RwSignal<Vec<TransportEntry>>,
    pub backups: RwSignal<Vec<KeptBackup>>,
    pub drafts: RwSignal<Vec<Draft>>,
    pub officer: RwSignal<String>,
    pub writer: RwSignal<Writer>,
    pub storage: RwSignal<StorageHealth>,
    pub loss: RwSignal<Option<Loss>>,
    pub keeping: RwSignal<Keeping>,
    pub notice: RwSignal<Option<Notice>>,
    /// Raised with each notice, so that an old one's timer leaves a new one be.
    notice_number: StoredValue<u32>,
}

/// The app's state, in any component.
pub fn use_app() -> AppState {
    expect_context()
}

/// The sentences in the current language. The whole app is drawn anew when the
/// language changes, so they need not be tracked.
pub fn use_words() -> &'static Words {
    use_app().words()
}

/// The sentences of the rest of the app, in the current language.
pub fn use_later_words() -> &'static LaterWords {
    use_app().language.get_untracked().later_words()
}

/// The sentences that explain the programme, in the current language.
pub fn use_programme_words() -> &'static ProgrammeWords {
    use_app().language.get_untracked().programme_words()
}

/// The sentences about who is expected, in the current language.
pub fn use_expected_words() -> &'static ExpectedWords {
    use_app().language.get_untracked().expected_words()
}

/// The language that was chosen, or the browser's, or Indonesian.
pub fn preferred_language() -> Language {
    preferences::language()
        .as_deref()
        .and_then(Language::from_code)
        .or_else(|| {
            page::languages()
                .iter()
                .find_map(|code| Language::from_code(code))
        })
        .unwrap_or(Language::Indonesian)
}

impl AppState {
    /// A state of which nothing was read yet.
    pub fn new() -> Self {
        AppState {
            store: StoredValue::new_local(None),
            channel: StoredValue::new_local(None),
            lock: StoredValue::new_local(None),
            access: RwSignal::new(Access::NoEvent),
            vault: Lock::new(),
            rules: RwSignal::new(None),
            rest: RwSignal::new(Ok(None)),
            is_read: RwSignal::new(false),
            failed: RwSignal::new(None),
            device: StoredValue::new(None),
            is_open: RwSignal::new(false),
            language: RwSignal::new(preferred_language()),
            theme: RwSignal::new(preferences::theme().unwrap_or_else(|| "auto".to_owned())),
            platform: RwSignal::new(platform::look()),
            events: RwSignal::new(Vec::new()),
            event: RwSignal::new(None),
            roster: RwSignal::new(Roster::default()),
            second_copy: RwSignal::new(SecondCopy::Unknown),
            batches: RwSignal::new(Vec::new()),
            carried: RwSignal::new(Vec::new()),
            backups: RwSignal::new(Vec::new()),
            drafts: RwSignal::new(Vec::new()),
            officer: RwSignal::new(String::new()),
            writer: RwSignal::new(Writer::Nobody),
            storage: RwSignal::new(StorageHealth {
                persistence: Persistence::Unknown,
                usage: None,
                reserve: None,
            }),
            loss: RwSignal::new(None),
            keeping: RwSignal::new(Keeping::Nothing),
            notice: RwSignal::new(None),
            notice_number: StoredValue::new(0),
        }
    }

    /// Opens the store and reads what the first screen needs, all at the same
    /// time: an officer waits for it.
    pub async fn open(self) -> Result<(), StoreError> {
        let store = Store::open(DATABASE).await?;
        let fresh = DeviceId(random::uuid(clock::now()));
        let (device, events, current) =
            join3(store.device(fresh), store.events(), store.current_event()).await;
        let (device, (events, _), current) = (device?, events?, current?);
        let open = events
            .iter()
            .find(|event| Some(event.id()) == current)
            .or_else(|| events.iter().max_by_key(|event| event.tablet.created_at))
            .cloned();
        self.store.set_value(Some(Rc::new(store)));
        self.device.set_value(Some(device));
        self.events.set(events);
        if let Some(event) = open {
            self.look_at_vault(event.id()).await?;
            self.event.set(Some(event));
        }
        self.is_open.set(true);
        Ok(())
    }

    /// What the first screen did not wait for: the rest of the app, the right to
    /// write, and all that is shown of the open event.
    pub async fn settle(self) {
        // These live as long as the page does.
        StoredValue::new_local(platform::watch(move || self.platform.set(platform::look())));
        self.platform.set(platform::look());
        self.channel.set_value(
            Channel::open(move |changed| {
                if self.event_id() == Some(changed) {
                    spawn_local(self.reread(changed));
                }
            })
            .ok(),
        );
        spawn_local(self.look_at_storage());
        let writing = async {
            let Some(id) = self.event_id() else { return };
            match self.become_writer(id, Ask::IfFree).await {
                Ok(()) => {}
                Err(error @ StoreError::Conflict { .. }) => self.note_conflict(&error),
                Err(error) => self.failed.set(Some(error)),
            }
            if self.writer.get_untracked() == Writer::Elsewhere {
                // The other tab may have written before this one listened.
                self.reread(id).await;
            }
        };
        join(self.fetch_rest(), writing).await;
    }

    /// Fetches the rest of the app, and reads with it what is shown.
    pub async fn fetch_rest(self) {
        self.rest.set(Ok(None));
        match rest::fetch().await {
            Ok(rest) => {
                self.rest.set(Ok(Some(rest)));
                let read = join(self.read_event(), self.look_for_loss()).await;
                if let Err(error) = read.0.and(read.1) {
                    self.failed.set(Some(error));
                }
            }
            Err(_) => self.rest.set(Err(())),
        }
    }

    /// Reads all that is shown of the open event. Before the rest of the app is
    /// here nothing of it is shown.
    pub(super) async fn read_event(self) -> Result<(), StoreError> {
        match self.rest.get_untracked() {
            Ok(Some(rest)) => (rest.read_event)(self).await,
            _ => Ok(()),
        }
    }

    /// Shouts if something that was saved is not there.
    pub(super) async fn look_for_loss(self) -> Result<(), StoreError> {
        match self.rest.get_untracked() {
            Ok(Some(rest)) => (rest.look_for_loss)(self).await,
            _ => Ok(()),
        }
    }

    /// The rest of the app, if it is here; tracked.
    pub fn rest(&self) -> Option<&'static Rest> {
        self.rest.get().unwrap_or_default()
    }

    /// The store. Pages are drawn once it is open.
    pub fn store(&self) -> Rc<Store> {
        self.store
            .get_value()
            .expect("pages are drawn once it is open")
    }

    /// This tablet's id.
    pub fn device(&self) -> DeviceId {
        self.device
            .get_value()
            .expect("pages are drawn once the store is open")
    }

    /// The dated configuration; tracked: the pack of the event that is opened may have another.
    pub fn rules(&self) -> Arc<Rules> {
        thread_local! {
            static BUILT_IN: OnceCell<Arc<Rules>> = const { OnceCell::new() };
        }
        let built_in =
            || BUILT_IN.with(|rules| rules.get_or_init(|| Arc::new(config::rules())).clone());
        self.rules.get().unwrap_or_else(built_in)
    }

    /// Goes by the rules as the pack of the open event has them.
    pub fn use_rules(&self, rules: Rules) {
        let is_known = self
            .rules
            .with_untracked(|known| known.as_deref() == Some(&rules));
        if !is_known {
            self.rules.set(Some(Arc::new(rules)));
        }
    }

    /// The sentences in the current language, where there is no component.
    pub fn words(&self) -> &'static Words {
        self.language.get_untracked().words()
    }

    /// Whether registering at the open event ended; tracked.
    pub fn is_closed(&self) -> bool {
        self.event.with(|event| {
            event
                .as_ref()
                .is_some_and(|event| event.state.closed_at > 0)
        })
    }

    /// The open event.
    pub fn event_id(&self) -> Option<EventId> {
        self.event
            .with_untracked(|event| event.as_ref().map(StoredEvent::id))
    }

    /// Makes an event the one in which this tablet works; whoever opened its vault
    /// just now is not asked again who they are.
    pub async fn open_event(
        self,
        id: EventId,
        officer: Option<&FullName>,
    ) -> Result<(), StoreError> {
        let store = self.store();
        self.lock.set_value(None);
        self.writer.set(Writer::Nobody);
        let (kept, event) = join(store.keep_current_event(id), store.event(id)).await;
        kept?;
        let Some(event) = event? else {
            return Ok(());
        };
        self.forget_people();
        // What was open before asks for its own passphrase again.
        store.lock_others(&id.to_string());
        if let Some(name) = officer {
            self.on_duty(id, name).await?;
        }
        self.look_at_vault(id).await?;
        self.event.set(Some(event));
        let writer = self.become_writer(id, Ask::IfFree);
        // Each goes on to its end: a lock that was asked for must not be left behind.
        let (writer, read, loss) = join3(writer, self.read_event(), self.look_for_loss()).await;
        writer.and(read).and(loss)
    }

    /// Shows a revision that was saved and proven, and tells the other tabs.
    pub fn show_saved(&self, saved: &Saved) {
        self.roster.update(|roster| roster.put(&saved.registration));
        self.show_event(saved.event.clone());
        let id = saved.registration.id;
        self.drafts
            .update(|drafts| drafts.retain(|draft| draft.id != id));
        self.keeping.set(Keeping::Nothing);
        spawn_local(self.look_at_storage());
    }

    /// Shows an event whose counters moved, keeps the canary, tells other tabs.
    pub fn show_event(&self, event: StoredEvent) {
        let id = event.id();
        canaries::keep(id, Canary::of(&event.state));
        self.event.set(Some(event));
        self.tell_tabs(id);
    }

    /// Reads the drafts again.
    pub async fn read_drafts(self) {
        if let Some(id) = self.event_id()
            && let Ok(drafts) = self.store().drafts_of(id).await
        {
            self.drafts.set(drafts);
        }
    }

    /// Reads batches and what happened to them again, here and in other tabs.
    pub async fn read_batches(self) -> Result<(), StoreError> {
        let Some(id) = self.event_id() else {
            return Ok(());
        };
        let store = self.store();
        self.batches.set(store.batches_of(id).await?);
        self.carried.set(store.steps_of(id).await?);
        self.tell_tabs(id);
        Ok(())
    }

    /// Looks at promise, usage and reserve; takes the reserve where it is not
    /// there and the tablet has room.
    pub async fn look_at_storage(self) {
        let store = self.store();
        let mut reserve = store.has_ballast().await.ok();
        if reserve == Some(false) && self.storage.get_untracked().reserve.is_none() {
            let mut noise = vec![0; BALLAST_BYTES];
            random::fill(&mut noise);
            reserve = Some(store.keep_ballast(noise).await.is_ok());
        }
        let health = StorageHealth {
            persistence: storage::persistence().await,
            usage: storage::usage().await,
            reserve,
        };
        self.storage.try_set(health);
    }

    /// Shows a short message for some seconds.
    pub fn say(&self, text: impl Into<String>, undo: Option<Callback<()>>) {
        let app = *self;
        let number = app.notice_number.get_value() + 1;
        app.notice_number.set_value(number);
        app.notice.set(Some(Notice {
            text: text.into(),
            undo,
        }));
        page::after(NOTICE_MS, move || {
            if app.notice_number.get_value() == number {
                app.notice.set(None);
            }
        });
    }

    /// Gives the page the language and the theme that were chosen.
    pub fn show_preferences(&self) {
        page::set_theme(&self.theme.get_untracked());
        page::set_language(self.language.get_untracked().code());
    }

    /// Changes the language of the screens.
    pub fn choose_language(&self, language: Language) {
        preferences::keep_language(language.code());
        page::set_language(language.code());
        self.language.set(language);
    }

    /// Changes the theme.
    pub fn choose_theme(&self, theme: &str) {
        preferences::keep_theme(theme);
        page::set_theme(theme);
        self.theme.set(theme.to_owned());
    }
}

/// How long a short message stays, in milliseconds.
const NOTICE_MS: i32 = 8_000;
