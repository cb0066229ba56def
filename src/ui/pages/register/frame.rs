//! What stands around the fields: the steps, the list of faults, the bar.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{STEPS, step_of};
use super::form::{Form, Found};
use super::go_to;
use crate::domain::*;
use crate::operations::drafts;
use crate::ui::format;
use crate::ui::parts::{Icon, IconName, IntoFresh, Trouble, attr, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{Keeping, Writer, use_words};
use crate::ui::words::{field_label, fill, store_problem};

pub(super) fn step_name(step: u8) -> &'static str {
    let w = use_words();
    [
        w.step_card,
        w.step_address,
        w.step_business,
        w.step_programme,
        w.step_consent,
    ][usize::from(step)]
}

#[component]
pub(super) fn StepLink(form: Form, step: u8) -> impl IntoView {
    let state = Memo::new(move |_| {
        let is_here = form.step.get() == step;
        let faulty = form.reading.with(|reading| {
            reading
                .faults
                .iter()
                .any(|found| !found.is_question && step_of(found.field) == step)
        });
        match (faulty, form.furthest.get() > step) {
            (true, _) if form.attempted.get() => Some("error"),
            (false, true) if !is_here => Some("done"),
            _ => None,
        }
    });
    let mark = move || match state.get() {
        Some("done") => view! { <Icon name=IconName::Check/> },
        _ => (step + 1).to_string().fresh(),
    };
    view! {
        <li>
            <a
                href=Route::Register.href()
                aria-current=attr(move || (form.step.get() == step).then_some("step"))
                data-state=state
                on:click=move |event| {
                    event.prevent_default();
                    go_to(form, step, None);
                }
            >
                <span class="steps-n">{live(mark)}</span>
                <span>{step_name(step)}</span>
            </a>
        </li>
    }
}

/// Every fault, once somebody tried to save; each leads to its field.
#[component]
pub(super) fn Faults(form: Form) -> impl IntoView {
    let w = use_words();
    let language = form.app.language.get_untracked();
    let faults = Memo::new(move |_| {
        if !form.attempted.get() {
            return Vec::new();
        }
        form.reading.with(|reading| reading.faults.clone())
    });
    let any = Memo::new(move |_| faults.with(|faults| !faults.is_empty()));
    let show = move |field: Field, place: &'static str| {
        go_to(form, step_of(field), Some(place));
    };
    view! {
        {live(move || {
            any.get().then(|| {
                view! {
                    <section class="error-summary" id="faults" tabindex="-1" aria-labelledby="faults-title">
                        <h2 id="faults-title">
                            {live(move || match faults.with(Vec::len) {
                                1 => w.errors_one.to_owned(),
                                count => fill(w.errors_many, &[&count.to_string()]),
                            })}
                        </h2>
                        <p class="small">{w.errors_hint}</p>
                        <ul>
                            {live(move || {
                                faults
                                    .get()
                                    .into_iter()
                                    .map(|Found { field, text, place, .. }| {
                                        let text = format!("{}: {text}", field_label(language, field));
                                        view! {
                                            <li>
                                                <button
                                                    type="button"
                                                    class="link-button"
                                                    on:click=move |_| show(field, place)
                                                >
                                                    {text}
                                                </button>
                                            </li>
                                        }
                                    })
                                    .collect_view()
                            })}
                        </ul>
                    </section>
                }
            })
        })}
    }
}

/// The bar at the foot: whether the draft is kept, and what to do next.
#[component]
pub(super) fn Bar(
    form: Form,
    save: Action<(), Option<String>>,
    correcting: bool,
    next: Callback<()>,
) -> impl IntoView {
    let app = form.app;
    let w = use_words();
    let language = app.language.get_untracked();
    let may_write = move || app.writer.get() == Writer::Here;
    let last = move || form.step.get() == STEPS - 1;
    let trouble = Signal::derive(move || save.value().get().flatten());
    let keeping = move || match app.keeping.get() {
        Keeping::Nothing => String::new(),
        Keeping::Pending => w.draft_keeping.to_owned(),
        Keeping::Kept(at) => fill(w.draft_kept, &[&format::time(language, at)]),
        Keeping::Failed => w.draft_not_kept.to_owned(),
    };
    let is_kept = Memo::new(move |_| app.keeping.get() != Keeping::Nothing);
    let set_aside = move |_| {
        let draft = form.draft.get_untracked();
        if draft.is_untouched() {
            return;
        }
        form.end();
        spawn_local(async move {
            let store = app.store();
            match drafts::set_aside(&store, &draft).await {
                Ok(()) => {
                    app.read_drafts().await;
                    app.say(w.set_aside_done, None);
                    next.run(());
                }
                Err(error) => {
                    app.say(store_problem(language, &error), None);
                }
            }
        });
    };
    view! {
        <footer class="bar">
            <Trouble text=trouble/>
            <p class="bar-note" data-tone=attr(move || {
                (app.keeping.get() == Keeping::Failed).then_some("bad")
            })>
                {live(move || {
                    is_kept.get().then(|| {
                        view! {
                            <Icon name=IconName::FileClock/>
                        }
                    })
                })}
                <span>{live(keeping)}</span>
            </p>
            {(!correcting)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=set_aside>
                            {w.set_aside}
                        </button>
                    }
                })}
            <button
                type="submit"
                class="button"
                data-kind="primary"
                disabled=attr(move || save.pending().get() || (last() && !may_write()))
            >
                {live(move || {
                    if save.pending().get() {
                        w.saving.fresh()
                    } else if last() {
                        view! {
                            <Icon name=IconName::Check/>
                            {if correcting { w.save_correction } else { w.save }}
                        }
                    } else {
                        view! {
                            {w.go_on}
                            <Icon name=IconName::ArrowRight/>
                        }
                    }
                })}
            </button>
        </footer>
    }
}
