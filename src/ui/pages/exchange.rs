//! What the tablets of an event tell each other: this one shows whom it registered, and
//! reads what the others show. Whoever is on two of them is named.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::file_card::{FileCard, FileRead, take_drops};
use super::frames::ByFrames;
use crate::browser::{clock, files};
use crate::format::exchange::{Exchange, write_exchange};
use crate::format::frames::{paste, split_tightly};
use crate::operations::exchange::{Repeat, repeats, take, tell};
use crate::store::Neighbour;
use crate::ui::elsewhere::{Elsewhere, elsewhere};
use crate::ui::format;
use crate::ui::parts::{DeedButton, Empty, Icon, IconName, IntoFresh, Note, QrShow, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::words::{ExchangeWords, exchange_problem, fill, store_problem};

const FILE: &str = "exchange-file";

/// The page.
#[component]
pub fn ExchangePage() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let x = language.exchange_words();
    let own = RwSignal::new(None::<Exchange>);
    let trouble = RwSignal::new(None::<String>);
    // As often as somebody is registered or voided here meanwhile.
    let saved = Memo::new(move |_| {
        app.event
            .with(|event| event.as_ref().map(|event| event.state.saved))
    });
    Effect::new(move |_| {
        saved.track();
        spawn_local(async move {
            match told(app).await {
                Ok(told) => own.try_set(told),
                Err(problem) => trouble.try_set(Some(problem)).and(None),
            };
        });
    });
    let take = move |read: FileRead| {
        spawn_local(async move {
            let problem = match read {
                Ok(None) => return,
                Ok(Some(bytes)) => taken(app, &bytes).await.err(),
                Err(problem) => Some(problem),
            };
            trouble.try_set(problem);
        });
    };
    take_drops(language, take);
    view! {
        <main id="main" tabindex="-1">
            <div class="page-head">
                <div>
                    <h1>{w.exchange}</h1>
                    <p class="sub small">{x.hint}</p>
                </div>
            </div>
            <div class="columns">
                <div class="stack">
                    {live(move || own.get().map(|own| view! { <Show x own/> }))}
                </div>
                <div class="stack">
                    <Repeats x own/>
                    <ByFrames
                        title=x.read
                        hint=x.read_hint
                        on_read=Callback::new(take)
                        kind="primary"
                    />
                    <FileCard
                        id=FILE
                        accept=".pendapa-exchange"
                        label=x.file
                        hint=x.file_hint
                        on_read=Callback::new(take)
                        trouble
                        quiet=true
                    />
                    <Known x/>
                </div>
            </div>
        </main>
    }
}

/// What this tablet tells; `None`: no event is open.
async fn told(app: AppState) -> Result<Option<Exchange>, String> {
    let Some(event) = app.event.get_untracked() else {
        return Ok(None);
    };
    tell(&app.store(), &event, app.device())
        .await
        .map(Some)
        .map_err(|error| store_problem(app.language.get_untracked(), &error))
}

/// Takes what another tablet told, and says so.
async fn taken(app: AppState, bytes: &[u8]) -> Result<(), String> {
    let language = app.language.get_untracked();
    let x = language.exchange_words();
    let Some(event) = app.event.get_untracked() else {
        return Ok(());
    };
    let store = app.store();
    let taken = take(&store, &event, app.device(), bytes, &app.doer())
        .await
        .map_err(|error| exchange_problem(language, &error))?;
    let neighbours = store
        .neighbours_of(event.id())
        .await
        .map_err(|error| store_problem(language, &error))?;
    let code = &event.tablet.event.code;
    elsewhere(app).update(|known| {
        *known = Elsewhere::of(code, std::mem::take(&mut known.earlier), neighbours);
    });
    let letter = taken.letter.to_string();
    let said = if taken.is_news {
        fill(x.taken, &[&letter, &taken.people.to_string()])
    } else {
        fill(x.taken_known, &[&letter])
    };
    app.say(said, None);
    Ok(())
}

/// Codes for the cameras of the other tablets, a text, and a file.
#[component]
fn Show(x: &'static ExchangeWords, own: Exchange) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let count = own.people.len();
    let bytes = write_exchange(&own);
    let codes = match split_tightly(&bytes) {
        _ if count == 0 => view! { <p class="sub small">{x.show_nobody}</p> },
        Err(_) => view! { <p class="sub small">{fill(x.show_many, &[&count.to_string()])}</p> },
        Ok(frames) => {
            let text = paste(&frames);
            view! {
                <p class="sub small">{fill(x.show_hint, &[&count.to_string()])}</p>
                <QrShow words=l frames/>
                <details>
                    <summary>{x.as_text}</summary>
                    <textarea class="pack-text" readonly rows="5" aria-label=x.as_text>
                        {text}
                    </textarea>
                </details>
            }
        }
    };
    let save = move |()| {
        let name = app.event.with_untracked(|event| {
            event.as_ref().map(|event| {
                let tablet = &event.tablet;
                format!(
                    "pendapa-{}-{}.pendapa-exchange",
                    tablet.event.code, tablet.letter
                )
            })
        });
        if let Some(name) = name {
            // The browser says itself if it cannot.
            let _ = files::download(&name, files::SEALED, &bytes);
        }
    };
    view! {
        <section class="card stack">
            <h2>{x.show}</h2>
            {codes}
            {(count > 0)
                .then(|| {
                    view! {
                        <div class="cluster">
                            <DeedButton
                                label=x.save_file
                                icon=IconName::Download
                                on_press=save
                            />
                        </div>
                    }
                })}
        </section>
    }
}

/// Which tablets were read, and when.
#[component]
fn Known(x: &'static ExchangeWords) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let line = move |neighbour: Neighbour| {
        let letter = neighbour.told.letter.to_string();
        let count = neighbour.told.people.len().to_string();
        let received_at = clock::at(neighbour.received_at.unix_ms());
        let time = format::time(language, received_at);
        view! {
            <li class="cluster">
                <b>{fill(x.known_tablet, &[&letter])}</b>
                <span class="sub small">{fill(x.known_people, &[&count, &time])}</span>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="exchange-known">
            <h2 id="exchange-known">{x.known}</h2>
            {live(move || {
                let known = elsewhere(app).with(|known| known.neighbours.clone());
                if known.is_empty() {
                    return view! {
                        <Empty icon=IconName::TabletSmartphone title=x.known_none hint=x.known_none_hint/>
                    };
                }
                let lines = known.into_iter().map(line).collect_view();
                view! { <ul class="stack" data-gap="s">{lines}</ul> }
            })}
        </section>
    }
}

/// Who is here and on another tablet.
#[component]
fn Repeats(x: &'static ExchangeWords, own: RwSignal<Option<Exchange>>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let code = app
            .event
            .with(|event| event.as_ref().map(|event| event.tablet.event.code.clone()));
        let repeats = own.with(|own| {
            let (own, code) = own.as_ref().zip(code.as_ref())?;
            Some(elsewhere(app).with(|known| repeats(own, code, &known.others)))
        });
        repeats.unwrap_or_default()
    });
    let line = move |repeat: Repeat| {
        let here = repeat.here.to_string();
        let id = app.roster.with(|roster| roster.id_of(&here));
        let others: Vec<String> = repeat.elsewhere.iter().map(ToString::to_string).collect();
        let label = format!("{} {here}", x.open);
        view! {
            <li class="cluster">
                {match id {
                    Some(id) => {
                        view! {
                            <a
                                class="button"
                                data-size="small"
                                href=Route::Registration(id).href()
                                aria-label=label
                            >
                                {here}
                                <Icon name=IconName::ArrowRight/>
                            </a>
                        }
                    }
                    None => view! { <b>{here}</b> },
                }}
                <span class="small">{fill(x.repeat_at, &[&others.join(", ")])}</span>
            </li>
        }
    };
    let has_neighbours =
        Memo::new(move |_| elsewhere(app).with(|known| !known.neighbours.is_empty()));
    live(move || {
        let found = found.get();
        if found.is_empty() {
            return has_neighbours
                .get()
                .then(
                    || view! { <Note tone="good" icon=IconName::UserCheck title=x.repeats_none/> },
                )
                .fresh();
        }
        let count = found.len();
        let lines = found.into_iter().map(line).collect_view();
        view! {
            <section class="card" data-tone="warn" role="status">
                <h2>{x.repeats} ": " {count}</h2>
                <p class="small">{x.repeats_hint}</p>
                <ul class="stack" data-gap="m">{lines}</ul>
            </section>
        }
        .fresh()
    })
}
