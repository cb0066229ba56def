//! The receipt: the number, large enough to be read across a table, and what
//! was proven. Enter goes on to the next person.

use leptos::prelude::*;

use crate::browser::page;
use crate::domain::*;
use crate::operations::register::Saved;
use crate::ui::format;
use crate::ui::parts::{Icon, IconName, Qr, view};
use crate::ui::routes::Route;
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{Language, fill};

/// The receipt of a registration that was just saved.
#[component]
pub(super) fn Receipt(saved: Saved, next: Callback<()>) -> impl IntoView {
    let l = use_later_words();
    let language = use_app().language.get_untracked();
    let registration = &saved.registration;
    let number = registration.number.to_string();
    let programme = &registration.details.programme;
    let summary = format!(
        "{} · {}",
        registration.details.person.name.as_str(),
        programme_summary(language, programme)
    );
    let id = registration.id;
    page::after(0, || page::focus("next"));
    view! {
        <main id="main" tabindex="-1">
            <div class="receipt screen-only" role="status">
                <span class="receipt-tick">
                    <Icon name=IconName::Check/>
                </span>
                <p data-tone="good">
                    <b>{l.saved_proven}</b>
                </p>
                <p class="receipt-number">{number.clone()}</p>
                <p class="sub">{summary}</p>
                <div class="cluster">
                    <button type="button" class="button" on:click=|_| page::print()>
                        <Icon name=IconName::Printer/>
                        {l.print_slip}
                    </button>
                    <a class="button" href=Route::Registration(id).href()>
                        <Icon name=IconName::Eye/>
                        {l.see}
                    </a>
                </div>
                <button
                    type="button"
                    id="next"
                    class="button"
                    data-kind="primary"
                    data-size="big"
                    on:click=move |_| next.run(())
                >
                    <Icon name=IconName::UserPlus/>
                    {l.next_person}
                </button>
                {page::has_keyboard().then(|| view! { <p class="small muted">{l.enter_too}</p> })}
            </div>
            <Slip saved/>
        </main>
    }
}

/// `JKK + JKM · 6 bulan mulai November 2026 · Rp84.000`.
pub(crate) fn programme_summary(language: Language, programme: &Enrolment) -> String {
    let l = language.later_words();
    let programmes = programme
        .programmes
        .iter()
        .map(|programme| programme.code().to_ascii_uppercase())
        .collect::<Vec<_>>()
        .join(" + ");
    format!(
        "{programmes}, {} · {}",
        fill(
            l.months_from,
            &[
                &programme.months.to_string(),
                &format::month(language, programme.start_month)
            ]
        ),
        format::rupiah(programme.contributions.total)
    )
}

/// The slip on paper.
#[component]
fn Slip(saved: Saved) -> impl IntoView {
    let l = use_later_words();
    let language = use_app().language.get_untracked();
    let registration = saved.registration;
    let event = saved.event.tablet.event;
    let p = language.paper_words();
    let rules = use_app().rules();
    // Number and check character, and nothing about the person.
    let number = registration.number.to_string();
    let recorded = format!(
        "{}, {}",
        format::date_time(language, registration.recorded_at),
        registration.officer.as_str()
    );
    view! {
        <article class="slip" aria-hidden="true">
            <div>
                <p>
                    <b>{l.slip_title}</b>
                </p>
                <p>
                    {event.name} <br/> {event.venue} ", "
                    {format::long_date(language, event.date, false)}
                </p>
            </div>
            <p class="slip-number">{number.clone()}</p>
            <div data-span="all">
                <dl class="facts">
                    <dt>{l.person}</dt>
                    <dd>{registration.details.person.name.as_str().to_owned()}</dd>
                    <dt>{l.programme}</dt>
                    <dd>{programme_summary(language, &registration.details.programme)}</dd>
                    <dt>{l.slip_recorded}</dt>
                    <dd>{recorded}</dd>
                </dl>
            </div>
            <div class="slip-code">
                <Qr text=number label=""/>
                <small>{p.slip_show}</small>
            </div>
            <div>
                <p>
                    <b>{p.slip_next}</b>
                </p>
                <p>{l.slip_note}</p>
                <p>
                    <b>{p.slip_ask}</b> <br/> {rules.agency.clone()} <br/>
                    {rules.bpjs_branch.clone()}
                </p>
            </div>
        </article>
    }
}
