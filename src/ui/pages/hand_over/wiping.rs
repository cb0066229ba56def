//! Takes off the tablet what the office has, after somebody has seen what that is.

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::operations::wipe::{WipePlan, wipe, wipe_plan};
use crate::ui::format;
use crate::ui::outgoing::rules_of;
use crate::ui::parts::{DeedButton, Fact, IconName, IntoFresh, Tick, Trouble, live, view};
use crate::ui::state::{AppState, Writer, use_app};
use crate::ui::words::{fill, store_problem};

const SURE: &str = "wipe-sure";

/// What would be wiped, and the deed.
#[component]
pub(super) fn Wiping() -> impl IntoView {
    let app = use_app();
    let n = app.language.get_untracked().answered_words();
    let language = app.language.get_untracked();
    let plan = RwSignal::new(None::<WipePlan>);
    let sure = RwSignal::new(false);
    let attempted = RwSignal::new(false);
    let gone = RwSignal::new(0_usize);
    let look = Action::new_local(move |(): &()| async move {
        let looked = plan_of(app).await?;
        plan.try_set(Some(looked));
        sure.try_set(false);
        Ok::<(), String>(())
    });
    let deed = Action::new_local(move |looked: &WipePlan| {
        let looked = looked.clone();
        app.vault.unbroken(async move {
            wipe_it(app, &looked, gone).await?;
            plan.try_set(None);
            Ok::<(), String>(())
        })
    });
    let wiping = deed.pending();
    let failed = move || {
        let looked = look.value().get().and_then(Result::err);
        looked.or_else(|| deed.value().get().and_then(Result::err))
    };
    let facts = move |looked: &WipePlan| {
        let waiting = match looked.waiting_until {
            None => looked.waiting.to_string(),
            Some(until) => {
                let until = clock::at(until.unix_ms());
                let until = format::date_time(language, until);
                fill(n.wipe_waiting_until, &[&looked.waiting.to_string(), &until])
            }
        };
        [
            (n.wipe_ready, looked.ready.len().to_string()),
            (n.wipe_attendance, looked.attendance.len().to_string()),
            (n.wipe_attendance_stays, looked.attendance_stays.to_string()),
            (n.wipe_batches, looked.batches.len().to_string()),
            (n.wipe_waiting, waiting),
            (n.wipe_unanswered, looked.unanswered.to_string()),
            (n.wipe_rejected, looked.rejected.to_string()),
            (n.wipe_in_drafts, looked.in_drafts.to_string()),
        ]
        .map(|(name, value)| view! { <Fact name value/> })
    };
    let preview = move || {
        let Some(looked) = plan.get() else {
            return ().fresh();
        };
        let facts = facts(&looked);
        if looked.ready.is_empty() && looked.batches.is_empty() && looked.attendance.is_empty() {
            return view! {
                <dl class="facts">{facts}</dl>
                <p role="status">{n.wipe_nothing}</p>
            };
        }
        let count = looked.ready.len().to_string();
        let all = count.clone();
        view! {
            <dl class="facts">{facts}</dl>
            <Tick
                name=SURE
                label=fill(n.wipe_sure, &[&count])
                ticked=sure
                on_change=move |ticked: bool| sure.set(ticked)
                error=Signal::derive(move || {
                    (attempted.get() && !sure.get()).then(|| n.wipe_tick_first.to_owned())
                })
            />
            <div class="cluster">
                <DeedButton
                    kind="danger"
                    icon=IconName::Trash
                    label=Signal::derive(move || {
                        if wiping.get() {
                            fill(n.wiping, &[&gone.get().to_string(), &all])
                        } else {
                            n.wipe_deed.to_owned()
                        }
                    })
                    busy=wiping
                    off=Signal::derive(move || app.writer.get() != Writer::Here)
                    on_press=move |()| {
                        attempted.set(true);
                        if sure.get_untracked() {
                            gone.set(0);
                            deed.dispatch_local(looked.clone());
                        } else {
                            page::focus(SURE);
                        }
                    }
                />
            </div>
        }
    };
    view! {
        <section class="card" aria-labelledby="wipe-title">
            <h2 id="wipe-title">{n.wipe}</h2>
            <p class="sub small">
                {live(move || {
                    let days = rules_of(app).wipe_after_days.to_string();
                    fill(n.wipe_hint, &[&days])
                })}
            </p>
            {live(preview)}
            <Trouble text=Signal::derive(failed)/>
            <div class="cluster">
                <DeedButton
                    id="wipe-look"
                    icon=IconName::Search
                    label=n.wipe_look
                    busy=look.pending()
                    off=wiping
                    on_press=move |()| {
                        attempted.set(false);
                        deed.clear();
                        look.dispatch(());
                    }
                />
            </div>
        </section>
    }
}

async fn plan_of(app: AppState) -> Result<WipePlan, String> {
    let Some(event) = app.event.get_untracked() else {
        return Ok(WipePlan::default());
    };
    wipe_plan(&app.store(), &event, clock::now())
        .await
        .map_err(|error| store_problem(app.language.get_untracked(), &error))
}

async fn wipe_it(app: AppState, plan: &WipePlan, gone: RwSignal<usize>) -> Result<(), String> {
    let language = app.language.get_untracked();
    let Some(event) = app.event.get_untracked() else {
        return Ok(());
    };
    let on_progress = move |count| gone.set(count);
    let wiped = wipe(&app.store(), &event, plan, &app.doer(), on_progress).await;
    let shown = async {
        app.show_event(wiped?);
        app.read_event().await?;
        app.read_batches().await
    };
    shown.await.map_err(|error| {
        app.note_conflict(&error);
        store_problem(language, &error)
    })?;
    let n = language.answered_words();
    let said = match plan.ready.len() {
        0 => n.wiped_rest_toast.to_owned(),
        count => fill(n.wiped_toast, &[&count.to_string()]),
    };
    app.say(said, None);
    Ok(())
}
