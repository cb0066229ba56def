//! Registers a person, or corrects a registration: five steps over one draft.

mod card;
mod checks;
mod consent;
mod fields;
mod form;
mod frame;
mod offers;
mod reading;
mod saved;
mod steps;
mod twins;

use leptos::prelude::*;
use leptos::task::spawn_local;

pub use self::form::{Form, Reading, Twin};
pub use self::offers::offers;
pub use self::reading::{read, save, twins};
pub use self::steps::step;

use self::card::CardStep;
use self::fields::{STEPS, fields_of, first_field};
use self::frame::{Bar, Faults, StepLink, step_name};
use super::install::install_first;
use super::later::{needed_part_of_rest, part_of_rest};
use crate::browser::{clock, field_order, page, random};
use crate::domain::*;
use crate::operations::drafts;
use crate::operations::register::Saved;
use crate::ui::parts::{Empty, Fresh, Icon, IconName, IntoFresh, attr, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{lasting, use_app, use_words};

/// A new person, the draft that was left open, or one that was set aside.
#[component]
pub fn Register(draft: Option<RegistrationId>) -> impl IntoView {
    let app = use_app();
    // Raised for each person, so that the next form starts from nothing.
    let round = RwSignal::new(0_u32);
    let taken_up = StoredValue::new(draft);
    let has_event = Memo::new(move |_| app.event.with(Option::is_some));
    let must_install = Memo::new(move |_| app.platform.get().needs_installing());
    let is_closed = Memo::new(move |_| app.is_closed());
    live(move || {
        round.track();
        if must_install.get() {
            return install_first();
        }
        if is_closed.get() {
            page::replace(&Route::Home.href());
            return ().fresh();
        }
        if !has_event.get() {
            page::replace(&Route::Home.href());
            return ().fresh();
        }
        let (draft, restored) = draft_to_fill(taken_up.get_value());
        taken_up.set_value(None);
        let next = Callback::new(move |()| {
            if draft_in_address() {
                page::replace(&Route::Register.href());
            }
            round.update(|round| *round += 1);
        });
        view! { <Filling draft restored next/> }
    })
}

/// Id of what holds the fields of the step that is shown.
const FIELDS: &str = "fields";

/// Whether the address names a draft, which is over once it was saved.
fn draft_in_address() -> bool {
    matches!(Route::parse(&page::hash()), Route::Draft(_))
}

/// Corrects a saved registration.
#[component]
pub fn Correct(id: RegistrationId) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let head = LocalResource::new(move || {
        let store = app.store();
        async move { store.registration(id).await }
    });
    live(move || {
        let Some(found) = head.get() else {
            return view! {
                <main id="main" tabindex="-1">
                    <p role="status">{w.loading}</p>
                </main>
            };
        };
        let Ok(Some(head)) = found else {
            return view! {
                <main id="main" tabindex="-1">
                    <Empty icon=IconName::CircleAlert title=w.registration_missing hint=""/>
                </main>
            };
        };
        let kept = app.drafts.with_untracked(|drafts| {
            drafts
                .iter()
                .find(|draft| draft.id == id && draft.corrects == Some(head.registration.revision))
                .cloned()
        });
        let restored = kept.is_some();
        let mut draft = kept.unwrap_or_else(|| Draft::correcting(&head.registration, clock::now()));
        draft.set(Field::Officer, &app.officer.get_untracked());
        let next = Callback::new(move |()| Route::Registration(id).go());
        view! { <Filling draft restored next/> }
    })
}

/// The draft to fill in, and whether it was left by somebody.
fn draft_to_fill(wanted: Option<RegistrationId>) -> (Draft, bool) {
    let app = use_app();
    let known = app.drafts.with_untracked(|drafts| match wanted {
        Some(id) => drafts.iter().find(|draft| draft.id == id).cloned(),
        None => drafts
            .iter()
            .rev()
            .find(|draft| !draft.set_aside && draft.corrects.is_none())
            .cloned(),
    });
    if let Some(mut draft) = known {
        draft.set_aside = false;
        // Whoever finishes it is at work now.
        draft.set(Field::Officer, &app.officer.get_untracked());
        // One that was filled in from the list a moment ago was left by nobody.
        let restored = draft.saved_at != draft.started_at;
        return (draft, restored);
    }
    let now = clock::now();
    let event = app
        .event
        .get_untracked()
        .expect("the caller looked for the event");
    let mut draft = Draft::new(RegistrationId(random::uuid(now)), &event.tablet.event, now);
    draft.set(Field::Officer, &app.officer.get_untracked());
    draft.set(Field::ConsentLanguage, app.language.get_untracked().code());
    (draft, false)
}

/// One person's form, and the receipt after it.
#[component]
fn Filling(draft: Draft, restored: bool, next: Callback<()>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let event = app
        .event
        .get_untracked()
        .expect("pages that register have an event");
    let correcting = draft.corrects.is_some();
    let code = event.tablet.event.code.clone();
    let letter = event.tablet.letter;
    let form = Form::new(app, event, draft);
    let saved = RwSignal::new(None::<Saved>);
    let save = Action::new_local(move |(): &()| {
        let rest = app.rest.get_untracked().ok().flatten();
        app.vault
            .unbroken(async move { (rest?.save)(form, saved).await })
    });
    let restored = RwSignal::new(restored && !correcting);

    // What was typed is kept when the page goes, however it goes.
    let listeners =
        ["pagehide", "visibilitychange"].map(|name| page::on(name, move || form.keep_now()));
    StoredValue::new_local(listeners);
    app.vault
        .watch_form(Some(Box::new(move || form.keep_for_lock())));
    on_cleanup(move || {
        app.vault.watch_form(None);
        form.leave();
    });
    Effect::new(move |_| {
        let step = form.step.get();
        // Later steps are drawn once the rest of the app is here.
        if step > 0 && app.rest().is_none() {
            return;
        }
        let wanted = form.focus_next.get_value();
        form.focus_next.set_value(None);
        match wanted {
            Some(place) => {
                page::after(0, move || page::focus(place));
            }
            None => page::focus_drawn(first_field(step).code()),
        }
    });

    let submit = move || {
        let step = form.step.get_untracked();
        if step < STEPS - 1 {
            match form.touch(fields_of(step)) {
                Some(place) => page::focus(place),
                None => go_to(form, step + 1, None),
            }
        } else if !save.pending().get_untracked() {
            form.attempted.set(true);
            if form.is_right() {
                save.dispatch(());
            } else {
                page::after(0, || {
                    page::focus("faults");
                    // The focus alone may show the foot of a long list.
                    page::scroll_to_start();
                });
            }
        }
    };
    let number = move || {
        app.event.with(|event| {
            let issued = event.as_ref().map_or(0, |event| event.state.issued);
            let counter = u32::try_from(issued + 1).unwrap_or(u32::MAX);
            RegistrationNumber::new(code.clone(), letter, counter).to_string()
        })
    };
    let head = move || {
        if correcting {
            view! { <h1>{w.correct}</h1> }
        } else {
            view! {
                <div>
                    <h1>{w.new_person}</h1>
                </div>
                <p class="small muted">{w.next_number} " " <b class="nowrap">{live(number.clone())}</b></p>
            }
        }
    };
    let body = move || {
        view! {
            <form
                class="page"
                novalidate
                data-turned=attr(move || form.turned.get().then_some(""))
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
                on:keydown=move |event| {
                    // Enter also ends a word that is being composed.
                    if event.key() != "Enter" || event.is_composing() {
                        return;
                    }
                    if let Some(left) = field_order::leave(FIELDS) {
                        event.prevent_default();
                        let field = Field::from_code(&left.name());
                        match field.and_then(|field| form.touch([field])) {
                            Some(place) => page::focus(place),
                            None if left.focus_next_empty() => {}
                            None => submit(),
                        }
                    }
                }
            >
                <main id="main" tabindex="-1">
                    <div class="page-head">{live(head.clone())}</div>
                    {live(move || {
                        restored.get().then(|| {
                            view! {
                                <div class="note" data-tone="act" role="status">
                                    <Icon name=IconName::FileClock/>
                                    <div>
                                        <b>{w.draft_restored}</b>
                                        <p>
                                            {w.draft_restored_hint} " "
                                            <button
                                                type="button"
                                                class="link-button"
                                                on:click=move |_| start_over(form, next)
                                            >
                                                {w.start_over}
                                            </button>
                                        </p>
                                    </div>
                                </div>
                            }
                        })
                    })}
                    <Faults form/>
                    <div class="register">
                        <nav aria-label=w.steps>
                            <ol class="steps">
                                {(0..STEPS).map(|step| view! { <StepLink form step/> }).collect_view()}
                            </ol>
                        </nav>
                        <section class="stack" id=FIELDS aria-labelledby="step">
                            <h2 class="step-title" id="step">
                                {live(move || step_name(form.step.get()))}
                            </h2>
                            {correcting
                                .then(|| view! { <p class="small sub">{w.correction_note}</p> })}
                            <StepFields form correcting/>
                        </section>
                        <aside class="stack">
                            {part_of_rest(move |rest| (rest.checks)(form))}
                        </aside>
                    </div>
                </main>
                <Bar form save correcting next/>
            </form>
        }
    };
    live(move || match saved.get() {
        Some(saved) if !correcting => {
            needed_part_of_rest(move |rest| (rest.receipt)(saved.clone(), next)).fresh()
        }
        Some(_) => ().fresh(),
        None => body.clone()().fresh(),
    })
}

/// The fields of the step that is shown.
#[component]
fn StepFields(form: Form, correcting: bool) -> impl IntoView {
    live(move || match form.step.get() {
        0 => view! { <CardStep form correcting/> },
        step => needed_part_of_rest(move |rest| (rest.step)(form, step)).fresh(),
    })
}

/// What stands beside the form.
pub fn checks(form: Form) -> Fresh {
    view! { <checks::Checks form/> }
}

/// What is unusual in a field.
pub fn unusual(form: Form, field: Field) -> Fresh {
    view! { <checks::Unusual form field/> }
}

/// The receipt of what was saved.
pub fn receipt(saved: Saved, next: Callback<()>) -> Fresh {
    view! { <saved::Receipt saved next/> }
}

/// Shows a step, with the focus on something in it or on its first field.
fn go_to(form: Form, step: u8, focus: Option<&'static str>) {
    if form.step.get_untracked() == step {
        page::focus(focus.unwrap_or(first_field(step).code()));
        return;
    }
    form.turned.set(false);
    form.focus_next.set_value(focus);
    form.furthest
        .update(|furthest| *furthest = step.max(*furthest));
    form.step.set(step);
    if step == STEPS - 1
        && form
            .draft
            .with_untracked(|draft| draft.text(Field::ReadAloudBy).is_empty())
    {
        let officer = form
            .draft
            .with_untracked(|draft| draft.text(Field::Officer).to_owned());
        form.put(Field::ReadAloudBy, &officer);
    }
    page::scroll_to_start();
    form.keep_now();
}

/// Throws the restored draft away and starts with an empty form.
fn start_over(form: Form, next: Callback<()>) {
    let app = form.app;
    let w = app.words();
    let draft = form.draft.get_untracked();
    form.end();
    app.drafts
        .update(|drafts| drafts.retain(|known| known.id != draft.id));
    spawn_local(async move {
        let store = app.store();
        // A draft that could not be deleted is offered again; nothing is lost.
        let _ = drafts::discard(&store, draft.id).await;
        let undo = lasting(move || {
            let draft = draft.clone();
            spawn_local(async move {
                let store = app.store();
                if drafts::set_aside(&store, &draft).await.is_ok() {
                    app.read_drafts().await;
                }
            });
        });
        app.say(w.draft_discarded, Some(undo));
    });
    next.run(());
}
