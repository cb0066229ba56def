//! A pack whose event is on this tablet already: what the office says anew can be taken
//! from it, as a new token, a corrected rate, or more people who are invited.

use leptos::prelude::*;

use super::load_problem;
use crate::browser::clock;
use crate::format::event_pack::EventPack;
use crate::operations::audit::Doer;
use crate::operations::renew_event::{Renewed, renew_event};
use crate::ui::format;
use crate::ui::pages::events::enter;
use crate::ui::parts::{DeedButton, Fact, IconName, Note, Trouble, view};
use crate::ui::sending::sender;
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::words::{LaterWords, fill, store_problem};

/// What this pack says of handing over, and whether to take it.
#[component]
pub(super) fn Renew(pack: EventPack) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let id = pack.event.id;
    let title = pack.event.name.clone();
    let address = pack
        .upload
        .as_ref()
        .map_or_else(|| "-".to_owned(), |upload| upload.address.clone());
    let facts = [
        (w.code, pack.event.code.as_str().to_owned()),
        (w.date, format::long_date(language, pack.event.date, true)),
        (l.pack_upload, address),
    ]
    .map(|(name, value)| view! { <Fact name value/> });
    let pack = StoredValue::new(pack);
    let renew =
        Action::new_local(move |(): &()| async move { renewed(app, &pack.get_value()).await });
    let open = Action::new_local(move |(): &()| async move { enter(app, id, None).await });
    let trouble = Signal::derive(move || {
        let renewed = renew.value().get().and_then(Result::err);
        let opened = open.value().get().and_then(Result::err);
        renewed.or_else(|| opened.map(|error| store_problem(language, &error)))
    });
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <p class="eyebrow">{w.load_pack}</p>
                        <h1>{title}</h1>
                    </div>
                </div>
                <Note tone="info" icon=IconName::Info title=l.pack_here>
                    <p>{l.pack_renew_hint}</p>
                </Note>
                <section class="card">
                    <dl class="facts">{facts}</dl>
                </section>
            </div>
        </main>
        <footer class="bar">
            <div class="bar-note">
                <Trouble text=trouble/>
            </div>
            <DeedButton
                label=w.event_open
                icon=IconName::ArrowRight
                busy=open.pending()
                on_press=move |()| {
                    open.dispatch(());
                }
            />
            <DeedButton
                label=l.pack_renew
                icon=IconName::Package
                kind="primary"
                busy=renew.pending()
                on_press=move |()| {
                    renew.dispatch(());
                }
            />
        </footer>
    }
}

async fn renewed(app: AppState, pack: &EventPack) -> Result<(), String> {
    let language = app.language.get_untracked();
    let l = language.later_words();
    let doer = Doer {
        now: clock::now(),
        ..app.doer()
    };
    let renewed = renew_event(&app.store(), pack, &doer)
        .await
        .map_err(|error| load_problem(language, &error))?;
    if renewed.hand_over {
        // What waited for a person is tried again, with the new token.
        sender().start_anew(app);
    }
    enter(app, pack.event.id, None)
        .await
        .map_err(|error| store_problem(language, &error))?;
    // Entering an event takes away what was said at the one before.
    app.say(told(l, &renewed), None);
    Ok(())
}

/// What was taken, and what was not.
fn told(l: &LaterWords, renewed: &Renewed) -> String {
    let invited = renewed.expected.as_ref().map(|list| {
        let counts = [list.added, list.changed].map(|count| count.to_string());
        fill(l.pack_invited, &[&counts[0], &counts[1]])
    });
    let told: Vec<String> = [
        renewed.hand_over.then(|| l.pack_renewed.to_owned()),
        renewed.rules.then(|| l.pack_rules_renewed.to_owned()),
        renewed.texts.then(|| l.pack_texts_renewed.to_owned()),
        invited,
        renewed.is_waiting.then(|| l.pack_locked.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if told.is_empty() {
        return l.pack_nothing_new.to_owned();
    }
    told.join(" ")
}
