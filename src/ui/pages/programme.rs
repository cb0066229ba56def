//! The programme explained: what it pays, what it costs, three examples, and a
//! calculator. One page for the table, whose ideas can be shown one by one to the
//! hall. It shows nobody, so it needs neither an event nor an open vault.

mod calculator;
mod drawing;
mod ideas;
mod price;
mod sources;

use leptos::ev;
use leptos::prelude::*;

use self::calculator::{CALCULATOR, Calculator};
use self::drawing::Picture;
use self::ideas::{Facts, Idea, ideas};
use self::sources::Sources;
use crate::browser::page;
use crate::ui::parts::{DeedButton, IconName, attr, live, view};
use crate::ui::state::{use_app, use_programme_words, use_words};
use crate::ui::words::fill;

/// The style of this page, which a first visit does without (index.html copies it).
const STYLE: &str = "./80-programme.css";

/// Ids of the buttons that a presenter keeps under the finger.
const NEXT: &str = "talk-next";
const PREVIOUS: &str = "talk-previous";

/// How far a finger goes sideways, in pixels, until it turns the page.
const SWIPE: i32 = 60;

/// Which idea is shown alone; none: all of them, one under the other.
#[derive(Clone, Copy)]
struct Talk {
    at: RwSignal<Option<usize>>,
    titles: StoredValue<Vec<String>>,
    /// Where a finger came down.
    finger: StoredValue<Option<(i32, i32)>>,
}

impl Talk {
    fn new(ideas: &[Idea]) -> Self {
        Talk {
            at: RwSignal::new(None),
            titles: StoredValue::new(ideas.iter().map(|idea| idea.title.clone()).collect()),
            finger: StoredValue::new(None),
        }
    }

    fn last(self) -> usize {
        self.titles
            .with_value(|titles| titles.len().saturating_sub(1))
    }

    fn start(self) {
        self.show(0);
    }

    /// Shows an idea alone. The focus goes to it, unless the presenter turns the
    /// pages with the buttons; what is shown is read out in any case.
    fn show(self, at: usize) {
        self.at.set(Some(at));
        page::scroll_to_start();
        if !page::is_focused(NEXT) && !page::is_focused(PREVIOUS) {
            page::after(0, move || page::focus(&heading(at)));
        }
    }

    fn next(self) {
        if let Some(at) = self.at.get_untracked().filter(|at| *at < self.last()) {
            self.show(at + 1);
        }
    }

    fn previous(self) {
        if let Some(at) = self.at.get_untracked().filter(|at| *at > 0) {
            self.show(at - 1);
        }
    }

    /// Back to the whole page, where the talk was.
    fn end(self) {
        if let Some(at) = self.at.get_untracked() {
            self.at.set(None);
            page::after(0, move || page::focus(&heading(at)));
        }
    }

    /// The keys of a keyboard and of a presenter's remote.
    fn key(self, event: &ev::KeyboardEvent) {
        // With Alt the arrows go back and forth in the browser's history.
        if self.at.get_untracked().is_none() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" | "PageDown" => self.next(),
            "ArrowLeft" | "PageUp" => self.previous(),
            "Escape" => self.end(),
            _ => return,
        }
        event.prevent_default();
    }

    /// A finger came down.
    fn touch(self, event: &ev::PointerEvent) {
        let is_finger = event.pointer_type() != "mouse";
        self.finger
            .set_value(is_finger.then(|| (event.client_x(), event.client_y())));
    }

    /// It was lifted: further sideways than up or down, it turned the page.
    fn lift(self, event: &ev::PointerEvent) {
        let Some((x, y)) = self.finger.get_value() else {
            return;
        };
        self.finger.set_value(None);
        let (right, down) = (event.client_x() - x, event.client_y() - y);
        if right.abs() < SWIPE || right.abs() < 2 * down.abs() {
            return;
        }
        if right < 0 {
            self.next();
        } else {
            self.previous();
        }
    }
}

/// Id of the heading of an idea.
fn heading(at: usize) -> String {
    format!("idea-{at}")
}

/// The whole page. It is drawn anew once the event is read, if its pack has other rates.
#[component]
pub(super) fn Programme() -> impl IntoView {
    let app = use_app();
    live(move || {
        let facts = Facts::now(app);
        view! { <Explained facts/> }
    })
}

#[component]
fn Explained(facts: Facts) -> impl IntoView {
    let w = use_words();
    let p = use_programme_words();
    let ideas = ideas(&facts);
    let talk = Talk::new(&ideas);
    let keys = window_event_listener(ev::keydown, move |event| talk.key(&event));
    on_cleanup(move || keys.remove());
    let is_talking = Memo::new(move |_| talk.at.get().is_some());
    let ideas = ideas
        .into_iter()
        .enumerate()
        .map(|(at, idea)| view! { <Shown talk at idea/> })
        .collect_view();
    view! {
        <div class="page">
            <main
                id="main"
                tabindex="-1"
                class="programme"
                data-talk=attr(move || is_talking.get().then_some(""))
                on:pointerdown=move |event| talk.touch(&event)
                on:pointerup=move |event| talk.lift(&event)
                on:pointercancel=move |_| talk.finger.set_value(None)
            >
                <link rel="stylesheet" href=STYLE/>
                <div class="page-head" hidden=attr(move || is_talking.get())>
                    <div>
                        <h1>{w.programme_explained}</h1>
                        <p class="sub">{p.lead}</p>
                    </div>
                    <div class="cluster">
                        <DeedButton
                            label=p.start_talk
                            icon=IconName::Eye
                            kind="primary"
                            on_press=move |()| talk.start()
                        />
                        <DeedButton
                            label=p.calculator
                            icon=IconName::ArrowRight
                            on_press=move |()| page::focus(CALCULATOR)
                        />
                        <DeedButton
                            label=p.print
                            icon=IconName::Printer
                            on_press=move |()| page::print()
                        />
                    </div>
                </div>
                {ideas}
                <div class="stack" hidden=attr(move || is_talking.get())>
                    <Calculator facts=facts.clone()/>
                    <Sources facts=facts/>
                </div>
            </main>
            {live(move || is_talking.get().then(|| view! { <Bar talk/> }))}
        </div>
    }
}

/// One idea: a drawing and few words.
#[component]
fn Shown(talk: Talk, at: usize, idea: Idea) -> impl IntoView {
    let is_hidden = move || talk.at.get().is_some_and(|shown| shown != at);
    view! {
        <section class="card idea" aria-labelledby=heading(at) hidden=attr(is_hidden)>
            <Picture of=idea.drawing/>
            <div class="idea-words">
                <p class="eyebrow">{idea.eyebrow}</p>
                <h2 id=heading(at) tabindex="-1">
                    {idea.title}
                </h2>
                {idea.body}
            </div>
        </section>
    }
}

/// What turns the pages of the talk.
#[component]
fn Bar(talk: Talk) -> impl IntoView {
    let p = use_programme_words();
    let place = move || {
        let at = talk.at.get()?;
        talk.titles.with_value(|titles| {
            let title = titles.get(at)?;
            let (number, count) = ((at + 1).to_string(), titles.len().to_string());
            Some(fill(p.place, &[&number, &count, title]))
        })
    };
    view! {
        <div class="bar talk-bar">
            <p class="bar-note" role="status">
                {live(place)}
            </p>
            <DeedButton
                label=p.end_talk
                icon=IconName::X
                kind="quiet"
                on_press=move |()| talk.end()
            />
            <DeedButton
                id=PREVIOUS
                label=p.previous
                icon=IconName::ArrowLeft
                off=Signal::derive(move || talk.at.get() == Some(0))
                on_press=move |()| talk.previous()
            />
            <DeedButton
                id=NEXT
                label=p.next
                icon=IconName::ArrowRight
                kind="primary"
                off=Signal::derive(move || talk.at.get() == Some(talk.last()))
                on_press=move |()| talk.next()
            />
        </div>
    }
}
