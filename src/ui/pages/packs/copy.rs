//! A copy of an event that was made on this tablet, for the other tablets: a pack
//! without office keys, closed by the event passphrase.

use leptos::prelude::*;

use super::super::locked::Question;
use crate::browser::{files, random, worker};
use crate::format::frames::{paste, split};
use crate::operations::load_pack::copy_of;
use crate::operations::protect;
use crate::ui::parts::{DeedButton, IconName, Note, QrShow, SecretField, live, view};
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::words::{carry_problem, store_problem, work_problem};
use crate::vault::open::Vault;
use crate::vault::wrap::Passphrase;

const WORDS: &str = "copy-passphrase";

/// The page that makes the copy.
#[component]
pub fn CopyEvent() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let typed = RwSignal::new(String::new());
    let made = RwSignal::new(None::<(String, Vec<u8>)>);
    let is_offices = Memo::new(move |_| {
        app.vault.ring.with(|ring| {
            ring.as_ref()
                .is_some_and(|ring| !ring.recipients.is_empty())
        })
    });
    let copy = Action::new_local(move |(): &()| {
        let words = typed.get_untracked();
        async move {
            let file = copy_event(app, &words).await?;
            typed.try_set(String::new());
            made.try_set(Some(file));
            Ok(())
        }
    });
    let save = move || {
        made.with_untracked(|made| {
            if let Some((name, bytes)) = made {
                // The browser says itself if it cannot.
                let _ = files::download(name, files::SEALED, bytes);
            }
        });
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.copy_event}</h1>
                        <p class="sub small">{l.copy_event_hint}</p>
                    </div>
                </div>
                {live(move || match (is_offices.get(), made.get()) {
                    (true, _) => {
                        view! {
                            <Note tone="act" icon=IconName::Info title=l.copy_offices>
                                <p>{l.copy_offices_hint}</p>
                            </Note>
                        }
                    }
                    (false, None) => {
                        view! {
                            <Question
                                class="card"
                                deed=copy
                                first=WORDS
                                label=l.make_copy
                                at_work=l.making_copy
                                icon=IconName::Package
                            >
                                <SecretField
                                    name=WORDS
                                    label=l.passphrase
                                    hint=l.copy_passphrase_hint
                                    show=w.show
                                    hide=w.hide
                                    value=typed
                                    on_input=move |text| typed.set(text)
                                />
                            </Question>
                        }
                    }
                    (false, Some((name, bytes))) => {
                        view! {
                            <CopyFrames bytes/>
                            <section class="card">
                                <h2>{l.copy_file}</h2>
                                <p>
                                    <code>{name}</code>
                                </p>
                                <p class="sub small">{l.copy_file_hint}</p>
                                <div class="cluster">
                                    <DeedButton
                                        label=l.batch_save
                                        icon=IconName::Download
                                        kind="primary"
                                        on_press=move |()| save()
                                    />
                                </div>
                            </section>
                        }
                    }
                })}
            </div>
        </main>
    }
}

/// The copy for the cameras of the other tablets, and as a text to paste.
#[component]
fn CopyFrames(bytes: Vec<u8>) -> impl IntoView {
    let l = use_later_words();
    match split(&bytes) {
        Ok(frames) => {
            let text = paste(&frames);
            view! {
                <section class="card stack">
                    <h2>{l.copy_frames}</h2>
                    <p class="sub small">{l.copy_frames_hint}</p>
                    <QrShow words=l frames/>
                    <details>
                        <summary>{l.copy_text}</summary>
                        <textarea class="pack-text" readonly rows="5" aria-label=l.copy_text>
                            {text}
                        </textarea>
                    </details>
                </section>
            }
        }
        Err(_) => view! { <p class="sub small">{l.copy_too_large}</p> },
    }
}

/// Makes the copy, once the passphrase proved to be the event's: all tablets of an
/// event have the same.
async fn copy_event(app: AppState, words: &str) -> Result<(String, Vec<u8>), String> {
    let language = app.language.get_untracked();
    let w = language.words();
    let l = language.later_words();
    let Some(event) = app.event.get_untracked() else {
        return Err(w.no_events.to_owned());
    };
    let store = app.store();
    let failed = |error| store_problem(language, &error);
    let (ring, _) = store
        .ring(event.id())
        .await
        .map_err(failed)?
        .ok_or_else(|| w.passphrase_wrong.to_owned())?;
    let asked = protect::asked(&store, event.id())
        .await
        .map_err(|_| w.passphrase_wrong.to_owned())?;
    let passphrase = Passphrase::typed(words);
    let outer = worker::derive(&passphrase, &asked)
        .await
        .map_err(|error| work_problem(language, &error))?;
    Vault::open_by_passphrase(&ring, &event.id().to_string(), &outer, random::fill)
        .map_err(|_| w.passphrase_wrong.to_owned())?;
    let plain = copy_of(&store, &event, &app.doer()).await.map_err(failed)?;
    let plain = plain.ok_or_else(|| l.copy_offices.to_owned())?;
    let sealed = worker::close_pack(passphrase.as_str(), &plain)
        .await
        .map_err(|error| carry_problem(language, &error))?;
    let name = format!("pendapa-{}.pack.age", event.tablet.event.code);
    Ok((name, sealed))
}
