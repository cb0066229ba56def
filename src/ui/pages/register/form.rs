//! The state of the form: the draft, what it reads as, and its keeping.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, page};
use crate::domain::*;
use crate::format::config::text_version;
use crate::operations::register::same_nik;
use crate::store::{StoreError, StoredEvent};
use crate::ui::state::{AppState, Keeping};
use crate::ui::words;

/// How long after the last keystroke a draft is kept, in milliseconds.
const KEEP_AFTER_MS: i32 = 300;

/// A registration with the same NIK, as the officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Twin {
    pub(super) number: RegistrationNumber,
    pub(super) name: String,
    pub(super) recorded_at: Moment,
}

/// The form while one person is filled in.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) app: AppState,
    pub(super) draft: RwSignal<Draft>,
    /// Fields that were left once; only these show their faults.
    touched: RwSignal<BTreeSet<Field>>,
    /// Somebody tried to save: every fault is shown.
    pub(super) attempted: RwSignal<bool>,
    pub(super) twins: RwSignal<Vec<Twin>>,
    pub(super) reading: Memo<Result<Details, Vec<(Field, Fault)>>>,
    pub(super) warnings: Memo<Vec<Warning>>,
    pub(super) step: RwSignal<u8>,
    /// The last step that was looked at.
    pub(super) furthest: RwSignal<u8>,
    /// The field to focus once the next step is drawn, if not its first.
    pub(super) focus_next: StoredValue<Option<Field>>,
    timer: StoredValue<i32>,
    /// After the save no late keystroke may keep the draft again.
    over: StoredValue<bool>,
}

impl Form {
    /// A form over a draft of the open event.
    pub(super) fn new(app: AppState, event: StoredEvent, draft: Draft) -> Self {
        let step = RwSignal::new(draft.step);
        let draft = RwSignal::new(draft);
        let twins = RwSignal::new(Vec::<Twin>::new());
        let event = StoredValue::new(event);
        let with_context = move |read: &dyn Fn(&Draft, &FormContext)| {
            let rules = app.rules();
            let same_nik: Vec<_> =
                twins.with(|twins| twins.iter().map(|twin| twin.number.clone()).collect());
            draft.with(|draft| {
                event.with_value(|event| {
                    let text = rules
                        .consent_in(draft.text(Field::ConsentLanguage))
                        .or(rules.consent.first());
                    read(
                        draft,
                        &FormContext {
                            event: &event.tablet.event,
                            rules: &rules,
                            same_nik: &same_nik,
                            text_version: text.map_or(Hash([0; 32]), text_version),
                            registered: u32::try_from(event.state.issued - event.state.voided)
                                .unwrap_or(u32::MAX),
                            last_recorded_at: event.state.last_recorded_at(),
                            now: clock::now(),
                        },
                    );
                });
            });
        };
        let reading = Memo::new(move |_| {
            let result = std::cell::RefCell::new(Err(Vec::new()));
            with_context(&|draft, context| *result.borrow_mut() = read_form(draft, context));
            result.into_inner()
        });
        let warnings = Memo::new(move |_| {
            let result = std::cell::RefCell::new(Vec::new());
            with_context(&|draft, context| *result.borrow_mut() = warnings_in(draft, context));
            result.into_inner()
        });
        let form = Form {
            app,
            draft,
            touched: RwSignal::new(BTreeSet::new()),
            attempted: RwSignal::new(false),
            twins,
            reading,
            warnings,
            step,
            furthest: RwSignal::new(step.get_untracked()),
            focus_next: StoredValue::new(None),
            timer: StoredValue::new(0),
            over: StoredValue::new(false),
        };
        form.watch_nik(event);
        form
    }

    /// Looks for the same NIK on this tablet whenever the NIK changes.
    fn watch_nik(self, event: StoredValue<StoredEvent>) {
        let nik = Memo::new(move |_| {
            self.draft
                .with(|draft| Nik::parse(draft.text(Field::Nik)).ok())
        });
        Effect::new(move |_| {
            let asked = nik.get();
            if asked.is_none() {
                self.twins.set(Vec::new());
                return;
            }
            let store = self.app.store();
            let draft = self.draft.get_untracked();
            let event = event.get_value();
            spawn_local(async move {
                let Ok(heads) = same_nik(&store, &event, &draft).await else {
                    // Saving asks again and says what is wrong.
                    return;
                };
                if nik.try_get_untracked() == Some(asked) {
                    self.twins.try_set(
                        heads
                            .into_iter()
                            .map(|head| Twin {
                                number: head.registration.number,
                                name: head.registration.details.person.name.masked(),
                                recorded_at: head.registration.recorded_at,
                            })
                            .collect(),
                    );
                }
            });
        });
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
        if self.over.get_value() {
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
            if let Some(usual) = usual_form(field, &text)
                && usual != text
            {
                self.put(field, &usual);
            }
        })
    }

    /// Shows the faults of these fields; whether there are any.
    pub(super) fn touch(self, fields: impl IntoIterator<Item = Field>) -> Option<Field> {
        let fields: BTreeSet<Field> = fields.into_iter().collect();
        let first = self.reading.with_untracked(|reading| match reading {
            Ok(_) => None,
            Err(faults) => faults
                .iter()
                .find(|(field, fault)| {
                    fields.contains(field) && !matches!(fault, Fault::Unconfirmed(_))
                })
                .map(|(field, _)| *field),
        });
        self.touched.update(|touched| touched.extend(fields));
        first
    }

    /// The sentence under a field, once it may be shown.
    pub(super) fn error(self, field: Field) -> Signal<Option<String>> {
        let language = self.app.language.get_untracked();
        Memo::new(move |_| {
            let shown =
                self.attempted.get() || self.touched.with(|touched| touched.contains(&field));
            if !shown {
                return None;
            }
            self.reading.with(|reading| {
                reading.as_ref().err().and_then(|faults| {
                    faults
                        .iter()
                        .find(|(at, fault)| *at == field && !matches!(fault, Fault::Unconfirmed(_)))
                        .map(|(_, fault)| words::fault(language, field, fault))
                })
            })
        })
        .into()
    }

    /// Whether something unusual in a field waits for the officer.
    pub(super) fn warned(self, field: Field) -> Signal<bool> {
        Memo::new(move |_| {
            let draft = self.draft.get();
            self.warnings.with(|warnings| {
                warnings.iter().any(|warning| {
                    warning_field(warning) == field
                        && !draft.confirmed.contains(&warning_key(warning))
                })
            })
        })
        .into()
    }

    /// Keeps the draft now, whatever the timer says.
    pub(super) fn keep_now(self) {
        page::forget_after(self.timer.get_value());
        let Some(mut draft) = self.draft.try_get_untracked() else {
            return;
        };
        if self.over.get_value() || draft.is_untouched() {
            return;
        }
        draft.saved_at = clock::now();
        draft.step = self.step.get_untracked();
        let app = self.app;
        let store = app.store();
        app.drafts.update(|drafts| {
            drafts.retain(|known| known.id != draft.id);
            drafts.push(draft.clone());
        });
        spawn_local(async move {
            match crate::operations::drafts::keep(&store, &draft).await {
                Ok(()) => app.keeping.set(Keeping::Kept(draft.saved_at)),
                // The registration was saved meanwhile; there is nothing to keep.
                Err(StoreError::Conflict { .. }) => app.keeping.set(Keeping::Nothing),
                Err(_) => app.keeping.set(Keeping::Failed),
            }
        });
    }

    /// Stops keeping the draft: it was saved, set aside or thrown away.
    pub(super) fn end(self) {
        page::forget_after(self.timer.get_value());
        self.over.set_value(true);
        self.app.keeping.set(Keeping::Nothing);
    }
}

/// What was typed, as it is usually written; `None` if it is not right yet.
fn usual_form(field: Field, text: &str) -> Option<String> {
    match field {
        Field::Nik => Nik::parse(text).ok().map(|nik| nik.grouped()),
        Field::BirthDate => parse_typed_date(text).ok().map(typed_date),
        Field::Phone => Phone::parse(text).ok().map(|phone| phone.shown()),
        Field::Rt | Field::Rw => parse_rt_rw(text).ok(),
        Field::Income => parse_rupiah(text).ok().map(grouped),
        _ => None,
    }
}
