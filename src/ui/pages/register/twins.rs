//! Somebody who may be the same person: why, and what the officer says it is.

use leptos::prelude::*;

use super::form::{Form, Twin};
use crate::domain::*;
use crate::ui::format;
use crate::ui::parts::{Choice, IconName, Note, Segments, TextField, attr, live, view};
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{self, fill};

/// Names of the fields of a question, by its place: a name stands once on a page.
const DECISIONS: [&str; 5] = [
    "decision",
    "decision-2",
    "decision-3",
    "decision-4",
    "decision-5",
];
const REASONS: [&str; 5] = [
    "decision-reason",
    "decision-reason-2",
    "decision-reason-3",
    "decision-reason-4",
    "decision-reason-5",
];

/// The question, or what was decided, with the way back.
#[component]
pub(super) fn TwinNote(form: Form, at: usize, twin: Twin) -> impl IntoView {
    let l = use_later_words();
    let language = use_app().language.get_untracked();
    let number = twin.alike.other.to_string();
    let alike = StoredValue::new(twin.alike);
    let decided = Memo::new(move |_| {
        form.draft.with(|draft| {
            let decision = alike.with_value(|alike| draft.decision_on(alike).cloned());
            decision.map(|known| (known.decision, known.reason))
        })
    });
    let forget = move |_| {
        form.change(|draft| {
            draft
                .decisions
                .retain(|decision| alike.with_value(|alike| decision.other != alike.other));
        });
    };
    let who = match &twin.known {
        Some((name, recorded_at)) => {
            let time = format::time(language, *recorded_at);
            fill(l.alike_here, &[&number, name, &time])
        }
        None => fill(l.alike_elsewhere, &[&number]),
    };
    live(move || match decided.get() {
        Some((decision, why)) => {
            let decided = format!("{number}. {why} ");
            view! {
                <Note
                    tone="plain"
                    icon=IconName::UserCheck
                    title=Signal::stored(
                        fill(l.decision_kept, &[words::decision(language, decision)]),
                    )
                >
                    <p>
                        {decided}
                        <button type="button" class="link-button" on:click=forget>
                            {l.decision_change}
                        </button>
                    </p>
                </Note>
            }
        }
        None => view! { <Ask form at alike who=who.clone()/> },
    })
}

/// What is it, and why does the officer say so?
#[component]
fn Ask(form: Form, at: usize, alike: StoredValue<Alike>, who: String) -> impl IntoView {
    let l = use_later_words();
    let language = use_app().language.get_untracked();
    let likeness = alike.with_value(|alike| alike.likeness);
    let choice = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let chosen = move || choice.with(|code| Decision::from_code(code));
    let keep = move |reason: &str| {
        let (Some(decision), reason) = (chosen(), reason.trim().to_owned()) else {
            return;
        };
        if reason.is_empty() {
            return;
        }
        let other = alike.with_value(|alike| alike.other.clone());
        form.change(|draft| {
            draft.decisions.retain(|known| known.other != other);
            draft.decisions.push(DuplicateDecision {
                other,
                likeness,
                decision,
                reason,
            });
        });
    };
    let choices = words::decisions_on(likeness)
        .map(|decision| Choice::new(decision.code(), words::decision(language, decision)))
        .to_vec();
    let heading = words::likeness(language, likeness);
    // Until something is chosen a question is short: several fit beside the form.
    let why = move || {
        let decision = chosen()?;
        let usual = words::usual_reasons(language, decision).map(|text| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-size="small"
                    on:click=move |_| keep(text)
                >
                    {text}
                </button>
            }
        });
        Some(view! {
            <div class="cluster" role="group" aria-label=l.decision_reason>{usual}</div>
            <TextField
                name=REASONS[at]
                label=l.decision_reason
                value=reason
                on_input=Callback::new(move |text| reason.set(text))
                hint=l.decision_reason_hint
            />
            <button
                type="button"
                class="button"
                on:click=move |_| reason.with_untracked(|reason| keep(reason))
                disabled=attr(move || reason.with(|reason| reason.trim().is_empty()))
            >
                {l.decision_keep}
            </button>
        })
    };
    view! {
        <section class="card" data-tone="warn" aria-label=heading>
            <h2>{heading}</h2>
            <p class="small">{who}</p>
            <Segments
                name=DECISIONS[at]
                label=words::likeness_check(language, likeness)
                value=choice
                on_change=Callback::new(move |code| choice.set(code))
                choices
            />
            {live(why)}
        </section>
    }
}
