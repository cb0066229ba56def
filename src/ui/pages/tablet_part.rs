//! This tablet's part in an event that comes from elsewhere: its letter, and who works
//! here.

use leptos::prelude::*;

use crate::browser::page;
use crate::domain::{FullName, TabletLetter};
use crate::operations::create_event::EventFault;
use crate::ui::parts::{Choice, SelectField, TextField, view};
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::event_fault;

/// Id of the letter's field.
pub const LETTER: &str = "tablet-letter";
const OFFICER: &str = "tablet-officer";

/// What is typed of it.
#[derive(Clone, Copy)]
pub struct TabletPart {
    letter: RwSignal<String>,
    officer: RwSignal<String>,
    attempted: RwSignal<bool>,
}

impl TabletPart {
    /// Nothing yet.
    pub fn new() -> Self {
        TabletPart {
            letter: RwSignal::new(String::new()),
            officer: RwSignal::new(String::new()),
            attempted: RwSignal::new(false),
        }
    }

    /// What was typed. Where it is wrong, the fields say so from now on, and the first
    /// wrong one has the focus.
    pub fn read(self) -> Option<(TabletLetter, FullName)> {
        self.attempted.set(true);
        let letter = self
            .letter
            .with_untracked(|typed| TabletLetter::parse(typed));
        let officer = self.officer.with_untracked(|typed| FullName::parse(typed));
        match (letter, officer) {
            (Ok(letter), Ok(officer)) => return Some((letter, officer)),
            (Err(_), _) => page::focus(LETTER),
            (_, Err(_)) => page::focus(OFFICER),
        }
        None
    }
}

/// Its two fields; the officer is chosen where it is known who there may be.
#[component]
pub fn TabletFields(
    part: TabletPart,
    letter_hint: &'static str,
    #[prop(optional)] officers: Vec<Choice>,
) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let TabletPart {
        letter,
        officer,
        attempted,
    } = part;
    let letter_error = Signal::derive(move || {
        let is_wrong = letter.with(|typed| TabletLetter::parse(typed).is_err());
        (attempted.get() && is_wrong).then(|| event_fault(language, &EventFault::Letter))
    });
    let officer_error = Signal::derive(move || {
        let is_wrong = officer.with(|typed| FullName::parse(typed).is_err());
        (attempted.get() && is_wrong).then(|| w.officer_wrong.to_owned())
    });
    view! {
        <TextField
            name=LETTER
            label=w.letter
            hint=letter_hint
            value=letter
            on_input=move |text| letter.set(text)
            error=letter_error
            longest=1
            capitals=true
        />
        {if officers.is_empty() {
            view! {
                <TextField
                    name=OFFICER
                    label=w.officer_name
                    hint=w.officer_hint
                    value=officer
                    on_input=move |text| officer.set(text)
                    error=officer_error
                    longest=60
                />
            }
        } else {
            view! {
                <SelectField
                    name=OFFICER
                    label=l.who_title
                    value=officer
                    on_change=move |name| officer.set(name)
                    choices=officers
                    nothing=l.choose_officer
                    error=officer_error
                />
            }
        }}
    }
}
