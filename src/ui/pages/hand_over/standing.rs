//! How a batch stands, in a word and in a sentence.

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::domain::*;
use crate::operations::receipts::{BatchAnswers, answers_of, newest_receipt};
use crate::store::{StoredBatch, UploadTrack};
use crate::ui::format;
use crate::ui::outgoing::{has_upload, rules_of};
use crate::ui::parts::{IconName, IntoFresh, Note, live, view};
use crate::ui::routes::Route;
use crate::ui::sending::{Live, sender};
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::vault::Access;
use crate::ui::words::{Language, LaterWords, fill, send_problem};

/// Tone, icon and word, and the sentence beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui::pages) struct Told {
    pub tone: &'static str,
    pub icon: IconName,
    pub word: String,
    pub hint: String,
}

/// All that is known of a batch; tracked.
struct Known {
    standing: Standing,
    attention: Option<Attention>,
    track: Option<UploadTrack>,
    live: Option<Live>,
    is_stopped: bool,
    answers: BatchAnswers,
    /// Records that were rejected and not corrected since.
    unsettled: u64,
}

fn known(app: AppState, batch: &StoredBatch) -> Known {
    let sender = sender();
    sender.minute.track();
    let id = batch.id;
    let standing = app.carried.with(|log| Standing::of(id, log));
    let find = |tracks: &Vec<UploadTrack>| {
        let found = tracks.iter().find(|track| track.batch_id == id);
        found.cloned()
    };
    let track = sender.tracks.with(find);
    let stuck = track
        .as_ref()
        .and_then(|track| Some((track.moved_at, track.problem?)));
    let made_at = clock::at(i64::try_from(batch.created_at).unwrap_or(0));
    let rules = rules_of(app);
    let has_office = app.vault.ring.with(|ring| {
        ring.as_ref()
            .is_some_and(|ring| !ring.recipients.is_empty())
    });
    let (answers, unsettled) = sender
        .receipts
        .with(|receipts| {
            let receipt = newest_receipt(batch, receipts)?;
            let answers = answers_of(batch, receipt);
            if app.access.get() != Access::Open {
                return Some((answers, answers.rejected));
            }
            // A correction is a new revision, in another batch, with an answer of its own.
            let unsettled = app.roster.with(|roster| {
                let rejected = receipt.answers.iter().filter(|answer| {
                    !answer.result.is_settled()
                        && roster.revision_of(answer.id) == Some(answer.revision)
                });
                rejected.count() as u64
            });
            Some((answers, unsettled))
        })
        .unwrap_or_default();
    Known {
        attention: attention(&standing, made_at, stuck, &rules, clock::now())
            // Where there is no office nobody answers.
            .filter(|attention| has_office || *attention != Attention::NotAcknowledged),
        standing,
        track,
        live: sender.live.get().filter(|live| live.batch == id),
        is_stopped: sender.stopped.with(|stopped| stopped.contains(&id)),
        answers,
        unsettled,
    }
}

/// How a batch stands; tracked.
pub(in crate::ui::pages) fn told(app: AppState, batch: &StoredBatch) -> Told {
    let language = app.language.get_untracked();
    let l = language.later_words();
    let known = known(app, batch);
    let said = |tone, icon, word: &str, hint: String| Told {
        tone,
        icon,
        word: word.to_owned(),
        hint,
    };
    let since = known
        .standing
        .since
        .map_or(clock::at(i64::try_from(batch.created_at).unwrap_or(0)), at);
    let since = format::date_time(language, since);
    if let Some(live) = known.live {
        return said(
            "act",
            IconName::Send,
            l.state_sending,
            progress(language, &live),
        );
    }
    if let Some(attention) = known.attention {
        let hint = match attention {
            Attention::Refused(problem) => send_problem(language, problem).to_owned(),
            Attention::NotHandedOver => fill(l.attention_not_handed_over, &[&since]),
            Attention::NotAcknowledged => fill(l.attention_not_acknowledged, &[&since]),
            Attention::Stuck(problem) => {
                let moved = known.track.as_ref().map(|track| at(track.moved_at));
                let moved = moved.map_or(since, |moved| format::date_time(language, moved));
                fill(
                    l.attention_stuck,
                    &[&moved, send_problem(language, problem)],
                )
            }
        };
        return said("bad", IconName::TriangleAlert, l.state_attention, hint);
    }
    match known.standing.state {
        BatchState::Wiped => said(
            "plain",
            IconName::ShieldCheck,
            l.state_wiped,
            l.wiped_hint.to_owned(),
        ),
        BatchState::Acknowledged => {
            let BatchAnswers {
                accepted,
                duplicates,
                rejected,
            } = known.answers;
            let came = fill(l.acknowledged_hint, &[&since]);
            let counts = [accepted, duplicates, rejected].map(|count| count.to_string());
            let [accepted, duplicates, many] = &counts;
            let counts = fill(l.answers_told, &[accepted, duplicates, many]);
            let hint = format!("{came} {counts}");
            let unsettled = known.unsettled;
            match unsettled {
                0 => said("good", IconName::CheckCircle, l.state_acknowledged, hint),
                _ => said(
                    "bad",
                    IconName::TriangleAlert,
                    &fill(l.state_rejected, &[&unsettled.to_string()]),
                    hint,
                ),
            }
        }
        BatchState::Delivered => {
            let hint = fill(l.delivered_hint, &[&since]);
            said("good", IconName::CheckCircle, l.state_delivered, hint)
        }
        BatchState::Sending if known.is_stopped => said(
            "warn",
            IconName::Send,
            l.state_stopped,
            l.is_stopped_hint.to_owned(),
        ),
        BatchState::Sending => {
            let hint = waiting(language, l, known.track.as_ref());
            let failed = known.track.is_some_and(|track| track.problem.is_some());
            let word = if failed && page::is_online() {
                l.state_again
            } else {
                l.state_waiting
            };
            said("act", IconName::Send, word, hint)
        }
        BatchState::Made | BatchState::NeedsAttention(_) => {
            copied(app, l, batch.sealed, known.standing.copied)
        }
    }
}

/// Where nothing was sent: which copies left the tablet by hand.
fn copied(app: AppState, l: &'static LaterWords, is_sealed: bool, copied: Copied) -> Told {
    let language = app.language.get_untracked();
    let (tone, icon, word) = match copied {
        Copied::Nowhere => ("warn", IconName::Package, l.batch_new),
        Copied::Saved => ("act", IconName::FileDown, l.batch_saved_file),
        Copied::Shared => ("act", IconName::Send, l.batch_shared),
        Copied::InFolder => ("act", IconName::HardDrive, l.batch_in_folder),
        Copied::Confirmed(_) => ("good", IconName::CopyCheck, l.batch_confirmed),
    };
    let hint = match copied {
        Copied::Nowhere if is_sealed && has_upload(app) => l.batch_sends_itself.to_owned(),
        Copied::Nowhere => l.batch_new_hint.to_owned(),
        Copied::Confirmed(then) => fill(
            l.batch_confirmed_at,
            &[&format::date_time(language, at(then))],
        ),
        _ => l.batch_confirm_hint.to_owned(),
    };
    Told {
        tone,
        icon,
        word: word.to_owned(),
        hint,
    }
}

fn at(moment: Moment) -> Moment {
    clock::at(moment.unix_ms())
}

/// `1,2 MB of 4 MB · 120 kB a second · 23 s left`
fn progress(language: Language, live: &Live) -> String {
    let l = language.later_words();
    let sent = format::bytes(language, live.sent);
    let size = format::bytes(language, live.size);
    match live.rate() {
        None => fill(l.sending_progress, &[&sent, &size]),
        Some((rate, seconds)) => {
            let rate = format::bytes(language, rate);
            let left = match seconds {
                0..=90 => fill(l.seconds_left, &[&seconds.to_string()]),
                _ => fill(l.minutes_left, &[&seconds.div_ceil(60).to_string()]),
            };
            fill(l.sending_rate, &[&sent, &size, &rate, &left])
        }
    }
}

/// When the next try is, and why the last one failed.
fn waiting(language: Language, l: &'static LaterWords, track: Option<&UploadTrack>) -> String {
    let problem = track.and_then(|track| Some((track.next_at, track.problem?)));
    match problem {
        Some((next_at, problem)) if page::is_online() => {
            let time = format::time(language, at(next_at));
            fill(l.next_try, &[&time, send_problem(language, problem)])
        }
        _ => l.next_try_online.to_owned(),
    }
}

/// On the event's page, while batches wait for somebody.
#[component]
pub(in crate::ui::pages) fn Reminder() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let waiting = Memo::new(move |_| {
        app.batches.with(|batches| {
            let wait = |batch: &&StoredBatch| {
                let known = known(app, batch);
                let is_answered = known.standing.state == BatchState::Acknowledged;
                known.attention.is_some() || (is_answered && known.unsettled > 0)
            };
            batches.iter().filter(wait).count()
        })
    });
    live(move || match waiting.get() {
        0 => ().fresh(),
        many => view! {
            <Note
                tone="warn"
                icon=IconName::Send
                title=fill(l.remind_title, &[&many.to_string()])
                live=true
            >
                <p>
                    <a href=Route::HandOver.href()>{w.hand_over}</a>
                </p>
            </Note>
        },
    })
}
