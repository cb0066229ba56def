//! An event from a pack: chosen, dropped, opened with the app, or pasted as text;
//! opened with the event passphrase; and made on this tablet.

pub mod copy;
mod renew;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::renew::Renew;
use super::events::{added, enter};
use super::file_card::{FileCard, FileRead, file_problem, take_drops};
use super::frames::ByFrames;
use super::install::install_first;
use super::locked::focus_soon;
use super::tablet_part::{LETTER, TabletFields, TabletPart};
use crate::browser::{clock, files, page, random, worker};
use crate::domain::*;
use crate::format::event_pack::{EventPack, read_pack};
use crate::operations::audit::Doer;
use crate::operations::create_event::EventFault;
use crate::operations::load_pack::{LoadPackError, PackDeed, check_pack, load_pack};
use crate::operations::protect::Closing;
use crate::ui::format;
use crate::ui::parts::{
    Choice, DeedButton, Fact, IconName, Note, SecretField, Trouble, live, view,
};
use crate::ui::sealer::WorkerSealer;
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::vault::derive_new;
use crate::ui::words::{
    Language, carry_problem, event_fault, pack_problem, store_problem, work_problem,
};
use crate::vault::carry::is_sealed;
use crate::vault::wrap::Passphrase;

const FILE: &str = "pack-file";
const WORDS: &str = "pack-passphrase";

/// How far the loading is.
#[derive(Clone)]
enum Stage {
    /// Which pack?
    Choosing,
    /// Sealed bytes; with which passphrase?
    Sealed(Vec<u8>),
    /// Open: which letter, and who works here?
    Open(Box<Opened>),
    /// Open, and its event is here already.
    Here(Box<EventPack>),
}

#[derive(Clone)]
struct Opened {
    pack: EventPack,
    /// The event passphrase, which closes this tablet's vault as well.
    words: String,
}

/// The page of packs; in a tab on an iPad, how to install the app.
#[component]
pub fn LoadPack() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let needs_installing = Memo::new(move |_| app.platform.get().needs_installing());
    let stage = RwSignal::new(Stage::Choosing);
    let trouble = RwSignal::new(None::<String>);
    let take = move |read: FileRead| match read {
        Ok(None) => {}
        Ok(Some(bytes)) if is_sealed(&bytes) => {
            trouble.try_set(None);
            stage.try_set(Stage::Sealed(bytes));
            focus_soon(WORDS);
        }
        Ok(Some(_)) => {
            trouble.try_set(Some(l.pack_no_pack.to_owned()));
        }
        Err(problem) => {
            trouble.try_set(Some(problem));
        }
    };
    let language = app.language.get_untracked();
    let take_launched = move || {
        spawn_local(async move {
            let read = files::launched().await;
            take(read.map_err(|error| file_problem(language, &error)));
        });
    };
    take_launched();
    let listener = page::on("pendapa:launched", take_launched);
    StoredValue::new_local(listener);
    take_drops(language, take);
    live(move || {
        if needs_installing.get() {
            return install_first();
        }
        match stage.get() {
            Stage::Choosing => view! { <Choose on_read=Callback::new(take) trouble/> },
            Stage::Sealed(bytes) => view! { <Unseal bytes stage/> },
            Stage::Open(opened) => view! { <Join opened=*opened/> },
            Stage::Here(pack) => view! { <Renew pack=*pack/> },
        }
    })
}

/// Which pack?
#[component]
fn Choose(on_read: Callback<FileRead>, trouble: RwSignal<Option<String>>) -> impl IntoView {
    let w = use_words();
    let l = use_later_words();
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.load_pack}</h1>
                        <p class="sub small">{l.load_pack_hint}</p>
                    </div>
                </div>
                <FileCard
                    id=FILE
                    accept=".age"
                    label=l.pack_file
                    hint=l.pack_file_hint
                    on_read
                    trouble
                />
                <ByFrames title=l.pack_codes hint=l.pack_codes_hint on_read/>
            </div>
        </main>
    }
}

/// With which passphrase?
#[component]
fn Unseal(bytes: Vec<u8>, stage: RwSignal<Stage>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let typed = RwSignal::new(String::new());
    let bytes = StoredValue::new(bytes);
    let open = Action::new_local(move |(): &()| {
        let words = Passphrase::typed(&typed.get_untracked())
            .as_str()
            .to_owned();
        async move {
            let opened = open(app, &words, &bytes.get_value()).await;
            match opened {
                Ok((pack, true)) => {
                    stage.set(Stage::Here(Box::new(pack)));
                    focus_soon("main");
                    Ok(())
                }
                Ok((pack, false)) => {
                    stage.set(Stage::Open(Box::new(Opened { pack, words })));
                    focus_soon(LETTER);
                    Ok(())
                }
                Err(problem) => {
                    focus_soon(WORDS);
                    Err(problem)
                }
            }
        }
    });
    let opening = open.pending();
    view! {
        <form
            class="page"
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                if !opening.get_untracked() {
                    open.clear();
                    open.dispatch(());
                }
            }
        >
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <h1>{w.load_pack}</h1>
                    <section class="card">
                        <SecretField
                            name=WORDS
                            label=l.passphrase
                            hint=l.pack_passphrase_hint
                            show=w.show
                            hide=w.hide
                            value=typed
                            on_input=move |text| typed.set(text)
                        />
                    </section>
                </div>
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=Signal::derive(move || open.value().get().and_then(Result::err))/>
                </div>
                <DeedButton
                    label=w.back
                    icon=IconName::ArrowLeft
                    off=opening
                    on_press=move |()| stage.set(Stage::Choosing)
                />
                <DeedButton
                    label=l.unlock
                    icon=IconName::LockOpen
                    kind="primary"
                    busy=opening
                />
            </footer>
        </form>
    }
}

/// The pack, and whether its event is here already.
async fn open(app: AppState, words: &str, sealed: &[u8]) -> Result<(EventPack, bool), String> {
    let language = app.language.get_untracked();
    let plain = worker::open_pack(words, sealed)
        .await
        .map_err(|error| carry_problem(language, &error))?;
    let pack = read_pack(&plain, clock::now().local_date())
        .map_err(|error| pack_problem(language, &error))?;
    let events = app.store().events().await;
    let (events, _) = events.map_err(|error| store_problem(language, &error))?;
    let is_here = events.iter().any(|event| event.id() == pack.event.id);
    Ok((pack, is_here))
}

/// Which letter, and who works here?
#[component]
fn Join(opened: Opened) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let Opened { pack, words } = opened;
    let event = &pack.event;
    let part = TabletPart::new();
    let date = format::long_date(language, event.date, true);
    let office = match &pack.office {
        Some(office) => short_key(&office.recipient),
        None => l.pack_no_office.to_owned(),
    };
    let earlier: usize = pack
        .earlier
        .iter()
        .map(|people| people.fingerprints.len())
        .sum();
    let facts = [
        (w.venue, event.venue.clone()),
        (w.date, date),
        (w.code, event.code.as_str().to_owned()),
        (l.pack_office, office),
        (l.pack_good_until, format::typed_date_text(pack.expires)),
        (l.pack_earlier, earlier.to_string()),
        (w.expected, pack.expected.len().to_string()),
    ]
    .map(|(name, value)| view! { <Fact name value/> });
    let title = event.name.clone();
    let has_office = pack.office.is_some();
    let officers: Vec<Choice> = pack
        .officers
        .iter()
        .map(|officer| Choice::new(officer.as_str(), officer.as_str()))
        .collect();
    let opened = StoredValue::new((pack, words));
    let join = Action::new_local(move |(letter, officer): &(TabletLetter, FullName)| {
        let (letter, officer) = (*letter, officer.clone());
        let (pack, words) = opened.get_value();
        app.vault
            .unbroken(async move { join_event(app, &pack, &words, letter, &officer).await })
    });
    let joining = join.pending();
    let submit = move || {
        if !joining.get_untracked()
            && let Some(part) = part.read()
        {
            join.clear();
            join.dispatch_local(part);
        }
    };
    view! {
        <form
            class="page"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <p class="eyebrow">{w.load_pack}</p>
                            <h1>{title}</h1>
                        </div>
                    </div>
                    <section class="card">
                        <dl class="facts">{facts}</dl>
                    </section>
                    {(!has_office)
                        .then(|| {
                            view! {
                                <Note tone="warn" icon=IconName::Info title=l.pack_no_office>
                                    <p>{l.pack_no_office_hint}</p>
                                </Note>
                            }
                        })}
                    <section class="card">
                        <TabletFields part letter_hint=w.letter_hint officers/>
                    </section>
                </div>
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=Signal::derive(move || join.value().get().and_then(Result::err))/>
                </div>
                <DeedButton
                    label=Signal::derive(move || {
                        if joining.get() { w.protecting } else { l.join_event }.to_owned()
                    })
                    icon=IconName::ArrowRight
                    kind="primary"
                    busy=joining
                />
            </footer>
        </form>
    }
}

/// The end of a key, to be compared with what the office says.
pub(super) fn short_key(key: &str) -> String {
    let tail: String = key.chars().rev().take(8).collect();
    format!("…{}", tail.chars().rev().collect::<String>())
}

async fn join_event(
    app: AppState,
    pack: &EventPack,
    words: &str,
    letter: TabletLetter,
    officer: &FullName,
) -> Result<(), String> {
    let language = app.language.get_untracked();
    let store = app.store();
    let failed = |error: LoadPackError| load_problem(language, &error);
    // Before the long work.
    check_pack(&store, pack, letter).await.map_err(failed)?;
    let (outer, asked) = derive_new(&Passphrase::typed(words))
        .await
        .map_err(|error| work_problem(language, &error))?;
    let now = clock::now();
    let doer = Doer {
        officer: officer.as_str().to_owned(),
        now,
    };
    let deed = PackDeed {
        letter,
        device: app.device(),
        closing: Closing {
            outer: &outer,
            asked,
            recovery: None,
        },
        doer: &doer,
        chance: random::fill,
    };
    let event = load_pack(&store, pack, &deed, &WorkerSealer)
        .await
        .map_err(failed)?;
    let id = event.id();
    added(app, event);
    enter(app, id, Some(officer))
        .await
        .map_err(|error| store_problem(language, &error))
}

fn load_problem(language: Language, error: &LoadPackError) -> String {
    let l = language.later_words();
    match error {
        LoadPackError::Pack(error) => pack_problem(language, error),
        LoadPackError::Here => l.pack_here.to_owned(),
        LoadPackError::OtherOffice => l.pack_other_office.to_owned(),
        LoadPackError::Taken => event_fault(language, &EventFault::Taken),
        LoadPackError::Sealing(_) => l.pack_not_sealed.to_owned(),
        LoadPackError::Store(error) => store_problem(language, error),
    }
}
