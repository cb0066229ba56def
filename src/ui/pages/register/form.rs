//! The state of the form: the draft, what it reads as, and its keeping.

use std::collections::BTreeSet;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, page};
use crate::domain::*;
use crate::store::{StoreError, StoredEvent};
use crate::ui::state::{AppState, Keeping};

/// How long after the last keystroke a draft is kept, in milliseconds.
const KEEP_AFTER_MS: i32 = 300;

/// Somebody who may be the same person, as the officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    pub(super) alike: Alike,
    /// Masked, and when; of another tablet only the number is known.
    pub(super) known: Option<(String, Moment)>,
}

/// What a draft reads as, in words. Before the rest of the app is here nothing
/// is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the form.
    pub(super) faults: Vec<Found>,
    pub(super) unusual: Vec<Unusual>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) field: Field,
    pub(super) text: String,
    /// Id of the element where it is put right.
    pub(super) place: &'static str,
    /// Something unusual that waits for the officer: asked, not marked as wrong.
    pub(super) is_question: bool,
}

/// Id of what is asked about others who may be the same person.
pub(super) const TWINS: &str = "twins";

/// What is unusual in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unusual {
    pub(super) field: Field,
    pub(super) key: String,
    pub(super) text: String,
    /// What the officer is asked, and answers.
    pub(super) check: &'static str,
    pub(super) confirm: &'static str,
    pub(super) is_confirmed: bool,
}

/// The form while one person is filled in.
#[derive(Clone, Copy)]
pub struct Form {
    pub(super) app: AppState,
    pub(super) draft: RwSignal<Draft>,
    /// Fields that were left once; only these show their faults.
    touched: RwSignal<BTreeSet<Field>>,
    /// Somebody tried to save: every fault is shown.
    pub(super) attempted: RwSignal<bool>,
    pub(super) twins: Memo<Vec<Twin>>,
    pub(super) reading: Memo<Reading>,
    pub(super) step: RwSignal<u8>,
    /// The tablet is turned towards the participant: what is the officer's is not shown.
    pub(super) turned: RwSignal<bool>,
    /// The last step that was looked at.
    pub(super) furthest: RwSignal<u8>,
    /// Id of what to focus once the next step is drawn, if not its first field.
    pub(super) focus_next: StoredValue<Option<&'static str>>,
    timer: StoredValue<i32>,
    /// After the save no late keystroke may keep the draft again.
    over: StoredValue<bool>,
}

impl Form {
    /// A form over a draft of the open event.
    pub(super) fn new(app: AppState, event: StoredEvent, draft: Draft) -> Self {
        let step = RwSignal::new(draft.step);
        let draft = RwSignal::new(draft);
        let traits = Memo::new(move |_| draft.with(Traits::typed));
        let own = draft.with_untracked(|draft| draft.id);
        let twins = Memo::new(move |_| {
            app.rest().map_or_else(Vec::new, |rest| {
                traits.with(|traits| (rest.twins)(app, own, traits))
            })
        });
        let event = StoredValue::new(event);
        let reading = Memo::new(move |_| {
            app.rest().map_or_else(Reading::default, |rest| {
                event.with_value(|event| {
                    draft.with(|draft| {
                        twins.with(|twins| (rest.read_form)(app, event, draft, twins))
                    })
                })
            })
        });
        Form {
            app,
            draft,
            touched: RwSignal::new(BTreeSet::new()),
            attempted: RwSignal::new(false),
            twins,
            reading,
            step,
            turned: RwSignal::new(false),
            furthest: RwSignal::new(step.get_untracked()),
            focus_next: StoredValue::new(None),
            timer: StoredValue::new(0),
            over: StoredValue::new(false),
        }
    }

    /// Whether it is a person's first form and was not kept by typing yet, and whether it
    /// began empty.
    pub(in crate::ui) fn begins(self) -> (bool, bool) {
        self.draft.with_untracked(|draft| {
            let is_new = draft.corrects.is_none() && draft.saved_at == draft.started_at;
            (is_new, draft.is_untouched())
        })
    }

    /// What stands in a field now; tracked.
    pub(super) fn text(self, field: Field) -> String {
        self.draft.with(|draft| draft.text(field).to_owned())
    }

    /// What stands in a field, as a signal for its input.
    pub(super) fn value(self, field: Field) -> Signal<String> {
        Memo::new(move |_| {
            self.draft
                .with(|draft| draft.fields.get(&field).cloned().unwrap_or_default())
        })
        .into()
    }

    /// Whether a tick is set.
    pub(super) fn ticked(self, field: Field) -> Signal<bool> {
        Memo::new(move |_| self.draft.with(|draft| draft.ticked(field))).into()
    }

    /// Puts text into a field.
    pub(super) fn put(self, field: Field, text: &str) {
        self.change(|draft| draft.set(field, text));
    }

    /// A change of the draft, to be kept soon.
    pub(super) fn change(self, change: impl FnOnce(&mut Draft)) {
        if self.is_over() {
            return;
        }
        self.draft.update(change);
        if self.draft.with_untracked(Draft::is_untouched) {
            return;
        }
        self.app.keeping.set(Keeping::Pending);
        page::forget_after(self.timer.get_value());
        self.timer
            .set_value(page::after(KEEP_AFTER_MS, move || self.keep_now()));
    }

    /// Takes what a keystroke made.
    pub(super) fn typing(self, field: Field) -> Callback<String> {
        Callback::new(move |text: String| self.put(field, &text))
    }

    /// Sets or clears a tick.
    pub(super) fn ticking(self, field: Field) -> Callback<bool> {
        Callback::new(move |ticked: bool| self.put(field, if ticked { TICKED } else { "" }))
    }

    /// Leaving a field shows its fault, or brings what is right into its usual
    /// form.
    pub(super) fn leaving(self, field: Field) -> Callback<()> {
        Callback::new(move |()| {
            let text = self
                .draft
                .with_untracked(|draft| draft.text(field).to_owned());
            if !text.is_empty() {
                self.touched.update(|touched| {
                    touched.insert(field);
                });
            }
            if let Some(usual) = usual_text(field, &text)
                && usual != text
            {
                self.put(field, &usual);
            }
        })
    }

    /// Shows the faults of these fields; where the first of them is put right.
    pub(super) fn touch(self, fields: impl IntoIterator<Item = Field>) -> Option<&'static str> {
        let fields: BTreeSet<Field> = fields.into_iter().collect();
        let first = self.reading.with_untracked(|reading| {
            reading
                .faults
                .iter()
                .find(|found| !found.is_question && fields.contains(&found.field))
                .map(|found| found.place)
        });
        self.touched.update(|touched| touched.extend(fields));
        first
    }

    /// Whether it can be saved as it stands.
    pub(super) fn is_right(self) -> bool {
        let is_read = self
            .app
            .rest
            .with_untracked(|rest| matches!(rest, Ok(Some(_))));
        is_read
            && self
                .reading
                .with_untracked(|reading| reading.faults.is_empty())
    }

    /// The sentence under a field, once it may be shown.
    pub(super) fn error(self, field: Field) -> Signal<Option<String>> {
        Memo::new(move |_| {
            let shown =
                self.attempted.get() || self.touched.with(|touched| touched.contains(&field));
            if !shown {
                return None;
            }
            self.reading.with(|reading| {
                reading
                    .faults
                    .iter()
                    .find(|found| !found.is_question && found.field == field)
                    .map(|found| found.text.clone())
            })
        })
        .into()
    }

    /// Whether something unusual in a field, or somebody alike, waits for the officer.
    pub(super) fn warned(self, field: Field) -> Signal<bool> {
        Memo::new(move |_| {
            self.reading.with(|reading| {
                let mut faults = reading.faults.iter();
                faults.any(|found| found.is_question && found.field == field)
            })
        })
        .into()
    }

    /// Keeps the draft now, whatever the timer says.
    pub(super) fn keep_now(self) {
        if let Some(keeping) = self.keep() {
            spawn_local(async move {
                keeping.await;
            });
        }
    }

    /// Keeps the draft and lets nothing more be typed into it: the vault is about
    /// to be locked. Where it could not be kept, typing goes on.
    pub(super) fn keep_for_lock(self) -> LocalBoxFuture<'static, bool> {
        let keeping = self.keep();
        Box::pin(async move {
            let Some(keeping) = keeping else { return true };
            self.over.try_set_value(true);
            let kept = keeping.await;
            if !kept {
                self.over.try_set_value(false);
            }
            kept
        })
    }

    /// The keeping of the draft as it stands; whether it succeeded. `None`: there
    /// is nothing to keep.
    fn keep(self) -> Option<impl Future<Output = bool> + 'static> {
        let (timer, mut draft) = (self.timer.try_get_value()?, self.draft.try_get_untracked()?);
        page::forget_after(timer);
        if self.is_over() || draft.is_untouched() {
            return None;
        }
        draft.saved_at = clock::now();
        draft.step = self.step.get_untracked();
        let app = self.app;
        let store = app.store();
        app.drafts.update(|drafts| {
            drafts.retain(|known| known.id != draft.id);
            drafts.push(draft.clone());
        });
        Some(async move {
            let kept = crate::operations::drafts::keep(&store, &draft).await;
            match &kept {
                Ok(()) => app.keeping.set(Keeping::Kept(draft.saved_at)),
                // The registration was saved meanwhile; there is nothing to keep.
                Err(StoreError::Conflict { .. }) => app.keeping.set(Keeping::Nothing),
                Err(_) => app.keeping.set(Keeping::Failed),
            }
            matches!(kept, Ok(()) | Err(StoreError::Conflict { .. }))
        })
    }

    /// Whether nothing may be kept any more. A timer or an event of a field that
    /// is taken away can come after the form itself is gone.
    fn is_over(self) -> bool {
        self.over.try_get_value() != Some(false)
    }

    /// Keeps what was typed and is done: the page goes.
    pub(super) fn leave(self) {
        self.keep_now();
        self.over.set_value(true);
        self.app.keeping.set(Keeping::Nothing);
    }

    /// Stops keeping the draft: it was saved, set aside or thrown away. A save
    /// may end after the form is gone.
    pub(super) fn end(self) {
        if let Some(timer) = self.timer.try_get_value() {
            page::forget_after(timer);
        }
        self.over.try_set_value(true);
        self.app.keeping.set(Keeping::Nothing);
    }
}
