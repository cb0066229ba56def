//! Drafts that were put aside on purpose, to be taken up again or discarded.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, page};
use crate::domain::*;
use crate::operations::drafts;
use crate::store::StoreError;
use crate::ui::format;
use crate::ui::parts::{DeedButton, Icon, IconName, Trouble, list, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Writer, lasting, use_app, use_later_words, use_words};
use crate::ui::words::{Language, fill, store_problem};

/// Id of the heading, which takes the focus when a draft is gone.
const HEADING: &str = "set-aside";

/// The drafts that are set aside; nothing where there are none.
#[component]
pub(super) fn SetAside() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let drafts = Memo::new(move |_| {
        app.drafts.with(|drafts| {
            let mut aside: Vec<Draft> = drafts
                .iter()
                .filter(|draft| draft.set_aside)
                .cloned()
                .collect();
            aside.reverse();
            aside
        })
    });
    let discard = Action::new_local(move |draft: &Draft| {
        let draft = draft.clone();
        async move { discard(app, draft).await }
    });
    let discarded = discard.value();
    let trouble = Signal::derive(move || {
        discarded.with(|discarded| match discarded {
            Some(Err(error)) => Some(store_problem(language, error)),
            _ => None,
        })
    });
    let any = Memo::new(move |_| drafts.with(|drafts| !drafts.is_empty()));
    live(move || {
        any.get().then(|| {
            view! {
                <section class="card" aria-labelledby=HEADING>
                    <h2 id=HEADING tabindex="-1">
                        {w.drafts}
                    </h2>
                    <ul class="stack" data-gap="m">
                        {list(
                            move || drafts.get(),
                            |draft| format!("{} {}", draft.id, draft.saved_at.rfc3339()),
                            move |draft| view! { <DraftRow draft discard/> },
                        )}
                    </ul>
                    <Trouble text=trouble/>
                </section>
            }
        })
    })
}

#[component]
fn DraftRow(draft: Draft, discard: Action<Draft, Result<(), StoreError>>) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let id = draft.id;
    let name_id = format!("draft-{id}");
    let name = FullName::parse(draft.text(Field::Name))
        .map_or_else(|_| l.draft_unnamed.to_owned(), |name| name.masked());
    let mut about = fill(
        l.draft_set_aside_at,
        &[&when(app.language.get_untracked(), draft.saved_at)],
    );
    let mut to = Route::Draft(id);
    if draft.corrects.is_some() {
        about = format!("{} · {about}", l.draft_correction);
        to = Route::Correct(id);
    }
    let pending = discard.pending();
    view! {
        <li class="cluster">
            <span class="grow">
                <span class="row-name">
                    <b id=name_id.clone()>{name}</b>
                    <time class="row-sub" datetime=draft.saved_at.rfc3339()>
                        {about}
                    </time>
                </span>
            </span>
            <a
                class="button"
                data-size="small"
                aria-describedby=name_id.clone()
                href=to.href()
            >
                <Icon name=IconName::Pencil/>
                {l.draft_continue}
            </a>
            <DeedButton
                label=l.draft_discard
                icon=IconName::Trash
                kind="quiet"
                size="small"
                off=Signal::derive(move || pending.get() || app.writer.get() != Writer::Here)
                described_by=name_id
                on_press=move |()| {
                    discard.dispatch_local(draft.clone());
                }
            />
        </li>
    }
}

/// The time of day, with the date where it is not today's.
fn when(language: Language, moment: Moment) -> String {
    if moment.local_date() == clock::now().local_date() {
        format::time(language, moment)
    } else {
        format::date_time(language, moment)
    }
}

/// Throws a draft away and offers to bring it back.
async fn discard(app: AppState, draft: Draft) -> Result<(), StoreError> {
    drafts::discard(&app.store(), draft.id)
        .await
        .inspect_err(|error| app.note_conflict(error))?;
    app.read_drafts().await;
    app.tell_tabs(draft.event_id);
    let is_any_left = app
        .drafts
        .with_untracked(|drafts| drafts.iter().any(|draft| draft.set_aside));
    page::after(0, move || {
        page::focus(if is_any_left { HEADING } else { "main" })
    });
    let undo = lasting(move || spawn_local(bring_back(app, draft.clone())));
    app.say(app.words().draft_discarded, Some(undo));
    Ok(())
}

async fn bring_back(app: AppState, draft: Draft) {
    let kept = drafts::keep(&app.store(), &draft).await;
    app.read_drafts().await;
    app.tell_tabs(draft.event_id);
    if let Err(error) = kept {
        app.note_conflict(&error);
        app.say(store_problem(app.language.get_untracked(), &error), None);
    }
}
