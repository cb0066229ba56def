//! The form of a new event: four things are asked, the rest is filled in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use uuid::Uuid;

use super::super::install::install_first;
use super::super::protect::{Chosen, Protect};
use super::{SampleOffer, create_problem, free_code, start_event};
use crate::browser::{clock, page};
use crate::domain::*;
use crate::operations::create_event::{
    CreateEventError, EventFault, EventField, NewEvent, USUAL_CAPACITY, read_event_form,
    read_new_event,
};
use crate::ui::parts::{
    Choice, DeedButton, Icon, IconName, Segments, TextField, Tick, Trouble, live, view,
};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, use_app, use_words};
use crate::ui::words::{Words, event_fault, fill, payer};

/// Id of the list of faults.
const FAULTS: &str = "faults";

/// The page of a new event; in a tab on an iPad, how to install the app.
#[component]
pub fn NewEventPage() -> impl IntoView {
    let app = use_app();
    let needs_installing = Memo::new(move |_| app.platform.get().needs_installing());
    live(move || {
        if needs_installing.get() {
            install_first()
        } else {
            view! { <NewEventForm/> }
        }
    })
}

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct EventForm {
    typed: RwSignal<NewEvent>,
    /// The code as somebody typed it; `None`: it is suggested.
    own_code: RwSignal<Option<String>>,
    /// Nothing before the first try; then checked anew at each change.
    faults: RwSignal<Option<Vec<(EventField, EventFault)>>>,
}

impl EventForm {
    fn new() -> Self {
        EventForm {
            typed: RwSignal::new(NewEvent {
                date: typed_date(clock::now().local_date()),
                payer: Payer::Myself.code().to_owned(),
                capacity: USUAL_CAPACITY.to_string(),
                ..NewEvent::default()
            }),
            own_code: RwSignal::new(None),
            faults: RwSignal::new(None),
        }
    }

    /// What stands in the field of the code.
    fn code(self, app: AppState) -> String {
        self.own_code.get().unwrap_or_else(|| {
            self.typed.with(|typed| {
                if typed.venue.trim().is_empty() && typed.name.trim().is_empty() {
                    return String::new();
                }
                app.events
                    .with(|events| free_code(events, &typed.venue, &typed.name, &typed.letter))
            })
        })
    }

    fn filled_in(self, app: AppState) -> NewEvent {
        untrack(|| NewEvent {
            code: self.code(app),
            ..self.typed.get()
        })
    }

    /// Changes what is typed.
    fn change(self, app: AppState, change: impl FnOnce(&mut NewEvent)) {
        self.typed.update(change);
        self.check_again(app);
    }

    fn check_again(self, app: AppState) {
        if self.faults.with_untracked(Option::is_some) {
            // The id plays no part in what may be wrong.
            let read = read_event_form(&self.filled_in(app), EventId(Uuid::nil()));
            self.faults.set(Some(read.err().unwrap_or_default()));
        }
    }
}

#[component]
fn NewEventForm() -> impl IntoView {
    let form = EventForm::new();
    // What was typed and found right: next, its vault.
    let right = RwSignal::new(None::<NewEvent>);
    let is_right = Memo::new(move |_| right.with(Option::is_some));
    live(move || {
        if is_right.get() {
            view! { <NewVault right/> }
        } else {
            view! { <Questions form right/> }
        }
    })
}

/// The four questions, and what is filled in already.
#[component]
fn Questions(form: EventForm, right: RwSignal<Option<NewEvent>>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let read = Action::new_local(move |typed: &NewEvent| {
        let typed = typed.clone();
        async move {
            // The id plays no part in what may be wrong.
            let id = EventId(Uuid::nil());
            let read = read_new_event(&app.store(), &typed, id).await;
            match read {
                Ok(_) => {
                    right.set(Some(typed));
                    page::scroll_to_start();
                    page::after(0, || page::focus("main"));
                    None
                }
                Err(CreateEventError::Faults(faults)) => {
                    form.faults.try_set(Some(faults));
                    page::after(0, || page::focus(FAULTS));
                    None
                }
                Err(error) => Some(create_problem(language, &error)),
            }
        }
    });
    let pending = read.pending();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !pending.get_untracked() {
            read.dispatch_local(form.filled_in(app));
        }
    };
    view! {
        <form class="page" novalidate on:submit=submit>
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <h1>{w.new_event}</h1>
                            <p class="sub small">{w.new_event_hint}</p>
                        </div>
                    </div>
                    <Fields form/>
                    <FaultList form/>
                    <SampleOffer/>
                </div>
            </main>
            <footer class="bar">
                <p class="bar-note">
                    <Icon name=IconName::TabletSmartphone/>
                    {w.event_local}
                </p>
                <Trouble text=Signal::derive(move || read.value().get().flatten())/>
                <DeedButton
                    label=w.go_on
                    icon=IconName::ArrowRight
                    kind="primary"
                    busy=pending
                />
            </footer>
        </form>
    }
}

/// The vault of the new event.
#[component]
fn NewVault(right: RwSignal<Option<NewEvent>>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let create = Action::new_local(move |chosen: &Chosen| {
        let (typed, chosen) = (right.get_untracked().unwrap_or_default(), chosen.clone());
        async move {
            let made = start_event(app, &typed, &chosen).await;
            made.map_err(|error| create_problem(language, &error))
        }
    });
    view! {
        <Protect
            title=w.protect_title
            hint=w.protect_hint
            label=w.create_event
            busy=create.pending()
            trouble=Signal::derive(move || create.value().get().and_then(Result::err))
            on_done=move |chosen: Chosen| {
                create.clear();
                create.dispatch_local(chosen);
            }
            on_back=move |()| right.set(None)
        />
    }
}

#[component]
fn Fields(form: EventForm) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let payers = Payer::ALL
        .iter()
        .map(|one| Choice::new(one.code(), payer(app.language.get_untracked(), *one)))
        .collect::<Vec<_>>();
    let fixed = move |id, name, short| {
        view! {
            <Tick
                name=id
                label=format!("{name} ({short})")
                hint=w.always
                ticked=true
                on_change=|_: bool| {}
                fixed=true
            />
        }
    };
    view! {
        <div class="card">
            <EventText form field=EventField::Name/>
            <div class="two">
                <EventText form field=EventField::Venue/>
                <EventText
                    form
                    field=EventField::Date
                    hint=w.date_hint
                    keyboard="numeric"
                    longest=10
                />
            </div>
            <div class="two">
                <EventText
                    form
                    field=EventField::Letter
                    hint=w.letter_hint
                    longest=1
                    capitals=true
                />
                <EventText
                    form
                    field=EventField::Code
                    hint=w.code_hint
                    longest=6
                    capitals=true
                />
            </div>
            <fieldset>
                <legend class="label">{w.programmes_offered}</legend>
                <div class="ticks">
                    {fixed("jkk", w.jkk, "JKK")} {fixed("jkm", w.jkm, "JKM")}
                    <Tick
                        name="jht"
                        label=format!("{} (JHT)", w.jht)
                        ticked=Signal::derive(move || form.typed.with(|typed| typed.jht))
                        on_change=move |ticked: bool| form.change(app, |typed| typed.jht = ticked)
                    />
                </div>
            </fieldset>
            <Segments
                name=EventField::Payer.code()
                label=w.payer_question
                value=Signal::derive(move || form.typed.with(|typed| typed.payer.clone()))
                on_change=move |code: String| form.change(app, |typed| typed.payer = code)
                choices=payers
                error=fault_of(form, EventField::Payer)
            />
            <div class="two">
                <EventText
                    form
                    field=EventField::Capacity
                    keyboard="numeric"
                    longest=4
                />
            </div>
        </div>
    }
}

/// One of the texts of the form.
#[component]
fn EventText(
    form: EventForm,
    field: EventField,
    #[prop(optional)] hint: &'static str,
    #[prop(default = "text")] keyboard: &'static str,
    #[prop(default = 160)] longest: u16,
    #[prop(optional)] capitals: bool,
) -> impl IntoView {
    let app = use_app();
    let value = Signal::derive(move || match field {
        EventField::Code => form.code(app),
        _ => form.typed.with(|typed| text_of(typed, field).to_owned()),
    });
    let on_input = move |text: String| match field {
        EventField::Code => {
            form.own_code.set(Some(text));
            form.check_again(app);
        }
        _ => form.change(app, |typed| put_text(typed, field, text)),
    };
    // An emptied code is suggested again.
    let on_leave = Callback::new(move |()| {
        let emptied = |code: &Option<String>| code.as_deref().is_some_and(str::is_empty);
        if field == EventField::Code && form.own_code.with_untracked(emptied) {
            form.own_code.set(None);
        }
    });
    view! {
        <TextField
            name=field.code()
            label=label(use_words(), field)
            value
            on_input
            on_leave
            hint
            error=fault_of(form, field)
            keyboard
            longest
            capitals
        />
    }
}

fn text_of(typed: &NewEvent, field: EventField) -> &str {
    match field {
        EventField::Name => &typed.name,
        EventField::Venue => &typed.venue,
        EventField::Date => &typed.date,
        EventField::Letter => &typed.letter,
        EventField::Code => &typed.code,
        EventField::Payer => &typed.payer,
        EventField::Capacity => &typed.capacity,
        EventField::Programmes => "",
    }
}

fn put_text(typed: &mut NewEvent, field: EventField, text: String) {
    match field {
        EventField::Name => typed.name = text,
        EventField::Venue => typed.venue = text,
        EventField::Date => typed.date = text,
        EventField::Letter => typed.letter = text,
        EventField::Code => typed.code = text,
        EventField::Payer => typed.payer = text,
        EventField::Capacity => typed.capacity = text,
        // Ticks, not text.
        EventField::Programmes => {}
    }
}

fn label(w: &'static Words, field: EventField) -> &'static str {
    match field {
        EventField::Name => w.event_name,
        EventField::Venue => w.venue,
        EventField::Date => w.date,
        EventField::Letter => w.letter,
        EventField::Code => w.code,
        EventField::Payer => w.payer_question,
        EventField::Capacity => w.capacity,
        EventField::Programmes => w.programmes_offered,
    }
}

/// What is wrong with one field, in words.
fn fault_of(form: EventForm, field: EventField) -> Signal<Option<String>> {
    let language = use_app().language.get_untracked();
    Signal::derive(move || {
        form.faults.with(|faults| {
            faults
                .iter()
                .flatten()
                .find(|(at, _)| *at == field)
                .map(|(_, fault)| event_fault(language, fault))
        })
    })
}

/// Everything that is wrong, with the way to each field.
#[component]
fn FaultList(form: EventForm) -> impl IntoView {
    let w = use_words();
    let language = use_app().language.get_untracked();
    // Drawn anew only when another field is wrong, or in another way.
    let faults = Memo::new(move |_| form.faults.get().unwrap_or_default());
    let item = move |(field, fault): (EventField, EventFault)| {
        let text = format!("{}: {}", label(w, field), event_fault(language, &fault));
        view! {
            <li>
                <a
                    href=Route::NewEvent.href()
                    on:click=move |event| {
                        event.prevent_default();
                        page::focus(field.code());
                    }
                >
                    {text}
                </a>
            </li>
        }
    };
    live(move || {
        let faults = faults.get();
        let title = match faults.len() {
            0 => return None,
            1 => w.errors_one.to_owned(),
            many => fill(w.errors_many, &[&many.to_string()]),
        };
        Some(view! {
            <div class="error-summary" id=FAULTS role="alert" tabindex="-1">
                <h2>
                    <Icon name=IconName::CircleAlert/>
                    {title}
                </h2>
                <p class="small">{w.errors_hint}</p>
                <ul>{faults.into_iter().map(item).collect_view()}</ul>
            </div>
        })
    })
}
