//! The attendance list on paper: who is registered here, and empty rows for who came
//! without being registered. What such lists have in the field: docs/decisions/0019-paper.md.

use leptos::prelude::*;

use crate::browser::page;
use crate::domain::*;
use crate::operations::attendance_list::{Signer, signers};
use crate::store::StoreError;
use crate::ui::attending::{attending, put_active};
use crate::ui::format;
use crate::ui::parts::{
    DeedButton, Empty, Fact, Fresh, Icon, IconName, InkPicture, IntoFresh, Note, TextField,
    Trouble, attr, list, live, view,
};
use crate::ui::roster::Roster;
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Writer, use_app, use_words};
use crate::ui::words::{Language, PaperWords, fill, not_registered, store_problem};

/// The sheet of papers; this page alone needs it.
const STYLE: &str = "./87-paper.css";
const MOST_BLANK: usize = 200;
/// To be filled in by hand.
const BLANK_NIP: &str = "……………………………………";

/// What is on the paper.
#[derive(Clone)]
struct Paper {
    signers: Vec<Signer>,
    blank: usize,
    nip: String,
}

/// What is asked before it is printed, and the paper.
#[component]
pub fn AttendanceList() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let language = app.language.get_untracked();
    let p = language.paper_words();
    let a = language.attend_words();
    let blank = RwSignal::new("10".to_owned());
    let nip = RwSignal::new(String::new());
    let paper = RwSignal::new(None::<Paper>);
    let attempted = RwSignal::new(false);
    let rows = Memo::new(move |_| blank.with(|typed| rows_of(typed)));
    let digits = Memo::new(move |_| nip.with(|typed| nip_of(typed)));
    let is_right = move || rows.get().is_some() && digits.get().is_some();
    let show = Action::new_local(move |(): &()| async move {
        let (Some(blank), Some(nip)) = (rows.get_untracked(), digits.get_untracked()) else {
            return Ok(());
        };
        let Some(event) = app.event_id() else {
            return Ok(());
        };
        let signers = signers(&app.store(), event, &app.doer()).await?;
        paper.set(Some(Paper {
            signers,
            blank,
            nip,
        }));
        // Once it is drawn.
        page::after(0, page::print);
        Ok(())
    });
    let trouble = Signal::derive(move || {
        let failed: Option<StoreError> = show.value().get().and_then(Result::err);
        failed.map(|error| store_problem(language, &error))
    });
    let registered = move || app.roster.with(Roster::active);
    let wrong =
        move |is_wrong: bool, text: &str| (attempted.get() && is_wrong).then(|| text.to_owned());
    view! {
        <div class="page">
            <main id="main" tabindex="-1">
                <link rel="stylesheet" href=STYLE/>
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <h1>{w.attendance_list}</h1>
                            <p class="sub">{p.lead}</p>
                        </div>
                        {live(move || {
                            (!app.is_closed())
                                .then(|| {
                                    view! {
                                        <a class="button" href=Route::Attend(None).href()>
                                            <Icon name=IconName::UserCheck/>
                                            {a.attend}
                                        </a>
                                    }
                                })
                        })}
                    </div>
                    <Note tone="warn" icon=IconName::ShieldAlert title=p.personal_title>
                        <p>{p.personal}</p>
                    </Note>
                    <section class="card" aria-label=w.attendance_list>
                        <dl class="facts">
                            <Fact
                                name=p.registered
                                value=Signal::derive(move || registered().to_string())
                            />
                            <Fact
                                name=a.present
                                value=Signal::derive(move || {
                                    attending(app).with(Vec::len).to_string()
                                })
                            />
                        </dl>
                        <TextField
                            name="blank-rows"
                            label=p.blank_rows
                            value=blank
                            on_input=move |text: String| blank.set(text)
                            hint=p.blank_hint
                            error=Signal::derive(move || {
                                wrong(rows.get().is_none(), p.blank_wrong)
                            })
                            keyboard="numeric"
                            longest=3
                        />
                        <TextField
                            name="nip"
                            label=p.nip
                            value=nip
                            on_input=move |text: String| nip.set(text)
                            hint=p.nip_hint
                            error=Signal::derive(move || wrong(digits.get().is_none(), p.nip_wrong))
                            keyboard="numeric"
                            longest=24
                        />
                        <p class="small sub">
                            {live(move || {
                                let is_empty = attending(app).with(Vec::is_empty);
                                (registered() == 0 && is_empty).then_some(p.nobody)
                            })}
                        </p>
                    </section>
                    <Present/>
                </div>
                {live(move || paper.get().map(|paper| sheet(app, language, p, paper)))}
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=trouble/>
                </div>
                <DeedButton
                    label=p.print
                    icon=IconName::Printer
                    kind="primary"
                    busy=show.pending()
                    on_press=move |()| {
                        attempted.set(true);
                        if is_right() {
                            show.dispatch(());
                        } else {
                            page::focus(if rows.get().is_none() { "blank-rows" } else { "nip" });
                        }
                    }
                />
            </footer>
        </div>
    }
}

/// Who came without registering.
#[component]
fn Present() -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let a = language.attend_words();
    let entries = attending(app);
    let is_empty = Memo::new(move |_| entries.with(Vec::is_empty));
    let may_write = move || app.writer.get() == Writer::Here && !app.is_closed();
    let row = move |entry: Attendance| {
        let name = entry.attendee.name.masked();
        let about = [
            not_registered(language, entry.attendee.reason).to_owned(),
            format::time(language, entry.recorded_at),
        ];
        let label = fill(a.take_back_of, &[&name, &about[1]]);
        view! {
            <li>
                <div class="row">
                    <span class="row-name">
                        <b>{name}</b>
                        <span class="row-sub">{about.join(" · ")}</span>
                    </span>
                    <button
                        type="button"
                        class="button"
                        data-kind="quiet"
                        data-size="small"
                        aria-label=label
                        disabled=attr(move || !may_write())
                        on:click=move |_| put_active(app, entry.clone(), false)
                    >
                        {a.take_back}
                    </button>
                </div>
            </li>
        }
    };
    view! {
        <section class="card" data-flush aria-labelledby="present">
            <div class="card-head">
                <h2 id="present">{a.present}</h2>
            </div>
            {live(move || {
                if is_empty.get() {
                    view! { <Empty icon=IconName::UserCheck title=a.nobody hint=a.printed/> }
                } else {
                    view! {
                        <ul class="rows">
                            {list(
                                move || entries.get().into_iter().rev().collect(),
                                |entry: &Attendance| format!("{} {}", entry.id, entry.sequence),
                                row,
                            )}
                        </ul>
                    }
                }
            })}
        </section>
    }
}

/// Empty rows that were asked for.
fn rows_of(typed: &str) -> Option<usize> {
    let rows = match typed.trim() {
        "" => 0,
        typed => typed.parse().ok()?,
    };
    (rows <= MOST_BLANK).then_some(rows)
}

/// What stands for the NIP on the paper; `None`: what was typed is none.
fn nip_of(typed: &str) -> Option<String> {
    match typed.trim() {
        "" => Some(BLANK_NIP.to_owned()),
        typed => Nip::parse(typed).ok().map(|nip| nip.grouped()),
    }
}

/// The paper.
fn sheet(app: AppState, language: Language, p: &'static PaperWords, paper: Paper) -> Fresh {
    let Some(event) = app.event.get_untracked() else {
        return ().fresh();
    };
    let event = event.tablet.event;
    let rules = untrack(|| app.rules());
    let officer = app.officer.get_untracked();
    let day = format::long_date(language, event.date, true);
    let signed = format!(
        "{}, {}",
        regency_name(CITY).unwrap_or(""),
        format::long_date(language, event.date, false)
    );
    let count = paper.signers.len();
    let row = |at: usize, [name, number, from]: [String; 3], signature: Option<Ink>| {
        let signature = signature.map(|ink| {
            view! { <InkPicture outline=Signal::stored(ink.outline())/> }
        });
        view! {
            <tr>
                <td class="paper-no">{at}</td>
                <td>
                    <b>{name}</b>
                    <br/>
                    <small>{number}</small>
                </td>
                <td>{from}</td>
                <td class="paper-sign" data-side=if at.is_multiple_of(2) { "right" } else { "left" }>
                    <small>{at}</small>
                    {signature}
                </td>
            </tr>
        }
    };
    let rows = paper
        .signers
        .into_iter()
        .enumerate()
        .map(|(at, signer)| {
            let number = signer.number.map_or_else(
                || language.attend_words().only_attended.to_owned(),
                |number| number.to_string(),
            );
            let name = signer.name.as_str().to_owned();
            row(at + 1, [name, number, signer.from], signer.signature)
        })
        .collect_view();
    let blanks = (count..count + paper.blank)
        .map(|at| row(at + 1, Default::default(), None))
        .collect_view();
    view! {
        <article class="paper sheet-card print-only" aria-hidden="true">
            <header class="paper-head">
                <p class="paper-agency">{rules.agency.clone()}</p>
                <h2>{language.words().attendance_list}</h2>
            </header>
            <dl class="paper-facts">
                <dt>{p.event}</dt>
                <dd>{event.name}</dd>
                <dt>{p.day}</dt>
                <dd>{day}</dd>
                <dt>{p.place}</dt>
                <dd>{event.venue}</dd>
            </dl>
            <table class="paper-list">
                <thead>
                    <tr>
                        <th scope="col">{p.number}</th>
                        <th scope="col">
                            {p.name} <br/> <small>{p.code}</small>
                        </th>
                        <th scope="col">{p.business}</th>
                        <th scope="col">{p.signature}</th>
                    </tr>
                </thead>
                <tbody>{rows} {blanks}</tbody>
            </table>
            <footer class="paper-foot">
                <p>{signed}</p>
                <p>{p.officer}</p>
                <p class="paper-name">{officer}</p>
                <p>"NIP " {paper.nip}</p>
            </footer>
        </article>
    }
}
