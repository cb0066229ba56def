//! Before a new event: batches of earlier ones that the office has not taken for too
//! long. A coordinator may go on, knowing it.

use leptos::prelude::*;

use crate::browser::clock;
use crate::ui::format;
use crate::ui::parts::{Fresh, IconName, IntoFresh, Note, Tick, live, view};
use crate::ui::routes::Route;
use crate::ui::sending::sender;
use crate::ui::state::{use_app, use_later_words, use_words};
use crate::ui::words::fill;

const SURE: &str = "brake-sure";

/// How far one is on the way to the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Reading,
    Braked,
    Open,
}

/// The page, or what stands before it.
pub(super) fn braked(page: fn() -> Fresh) -> Fresh {
    let passed = RwSignal::new(false);
    let overdue = sender().overdue;
    // What arrives while the page is filled in does not take it away.
    let stage = Memo::new(
        move |before: Option<&Stage>| match (before, overdue.get()) {
            (Some(Stage::Open), _) => Stage::Open,
            (_, None) => Stage::Reading,
            (_, Some(None)) => Stage::Open,
            (_, Some(Some(_))) if passed.get() => Stage::Open,
            (_, Some(Some(_))) => Stage::Braked,
        },
    );
    let w = use_words();
    live(move || match stage.get() {
        Stage::Open => page(),
        Stage::Braked => view! { <Brake passed/> },
        Stage::Reading => view! {
            <main id="main" tabindex="-1">
                <p role="status">{w.loading}</p>
            </main>
        },
    })
    .fresh()
}

#[component]
fn Brake(passed: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let found = sender().overdue.get_untracked().flatten();
    let told = found.map(|found| {
        let oldest = clock::at(found.oldest.unix_ms());
        let oldest = format::date_time(language, oldest);
        let title = fill(l.brake_title, &[&found.batches.to_string()]);
        view! {
            <Note tone="warn" icon=IconName::TriangleAlert title=title>
                <p>{fill(l.brake_hint, &[&oldest])}</p>
            </Note>
        }
    });
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <h1>{w.add_event}</h1>
                {told}
                <div class="cluster">
                    <a class="button" data-kind="primary" href=Route::HandOver.href()>
                        {w.hand_over}
                    </a>
                    <a class="button" href=Route::Events.href()>
                        {w.events}
                    </a>
                </div>
                <section class="card">
                    <Tick
                        name=SURE
                        label=l.brake_sure
                        ticked=passed
                        on_change=move |ticked: bool| passed.set(ticked)
                    />
                </section>
            </div>
        </main>
    }
}
