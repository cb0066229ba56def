//! The form held against the rules, and what is wrong or unusual in words.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::{Form, Found, Reading, TWINS, Twin, Unusual};
use crate::browser::clock;
use crate::domain::*;
use crate::format::config::text_version;
use crate::operations::amend::correct;
use crate::operations::register::{Deed, SaveError, Saved, register};
use crate::store::StoredEvent;
use crate::ui::backups;
use crate::ui::elsewhere::{earlier_event, on_other_tablets};
use crate::ui::routes::Route;
use crate::ui::state::AppState;
use crate::ui::words::{self, save_problem};

/// What a draft reads as.
pub fn read(app: AppState, event: &StoredEvent, draft: &Draft, twins: &[Twin]) -> Reading {
    let rules = app.rules();
    let language = app.language.get_untracked();
    let l = language.later_words();
    let alike: Vec<_> = twins.iter().map(|twin| twin.alike.clone()).collect();
    let nik = Nik::parse(draft.text(Field::Nik)).ok();
    let earlier = earlier_event(app, nik.as_ref());
    let text = rules
        .consent_in(draft.text(Field::ConsentLanguage))
        .or(rules.consent.first());
    let context = FormContext {
        event: &event.tablet.event,
        rules: &rules,
        alike: &alike,
        earlier: earlier.as_ref(),
        text_version: text.map_or(Hash([0; 32]), text_version),
        registered: u32::try_from(event.state.issued - event.state.voided).unwrap_or(u32::MAX),
        last_recorded_at: event.state.last_recorded_at(),
        now: clock::now(),
    };
    let faults = read_form(draft, &context).err().unwrap_or_default();
    let faults = faults.iter().map(|(field, fault)| Found {
        field: *field,
        text: words::fault(language, *field, fault),
        place: match fault {
            Fault::Undecided(_) => TWINS,
            _ => field.code(),
        },
        // Only the same NIK looks like a mistake in its field; who is merely alike is asked
        // about beside the form.
        is_question: match fault {
            Fault::Unconfirmed(_) => true,
            Fault::Undecided(alike) => alike.likeness != Likeness::SameNik,
            _ => false,
        },
    });
    let unusual = warnings_in(draft, &context).into_iter().map(|warning| {
        let key = warning_key(&warning);
        let (check, confirm) = match warning {
            Warning::NikBirthDateDiffers { .. } | Warning::NikSexDiffers { .. } => {
                (l.warning_check, l.warning_confirm)
            }
            _ => (l.warning_check_plain, l.warning_confirm_plain),
        };
        Unusual {
            field: warning_field(&warning),
            text: words::warning(language, &warning),
            check,
            confirm,
            is_confirmed: draft.confirmed.contains(&key),
            key,
        }
    });
    Reading {
        faults: faults.collect(),
        unusual: unusual.collect(),
    }
}

/// Who is asked about at most: the officer reads it with a queue at the table.
const MOST_TWINS: usize = 4;

/// Who on this tablet may be the person with these traits, and who has the same NIK on
/// the others, the strongest reason first; tracked.
pub fn twins(app: AppState, own: RegistrationId, traits: &Traits) -> Vec<Twin> {
    let alike = app
        .roster
        .with(|roster| roster.alike(own, traits, MOST_TWINS));
    let here = alike.into_iter().filter_map(|(likeness, line)| {
        Some(Twin {
            alike: Alike {
                other: RegistrationNumber::parse(&line.number).ok()?,
                likeness,
            },
            known: Some((line.masked_name.clone(), line.recorded_at)),
        })
    });
    let numbers = traits.nik.iter().flat_map(|nik| on_other_tablets(app, nik));
    let elsewhere = numbers.map(|other| Twin {
        alike: Alike {
            other,
            likeness: Likeness::SameNik,
        },
        known: None,
    });
    let mut twins: Vec<Twin> = here.chain(elsewhere).collect();
    twins.sort_by_key(|twin| twin.alike.likeness);
    twins.truncate(MOST_TWINS);
    twins
}

/// Saves what the draft reads as, and shows it once it is proven. Says why not,
/// unless the form lists it.
pub fn save(form: Form, saved: RwSignal<Option<Saved>>) -> LocalBoxFuture<'static, Option<String>> {
    let app = form.app;
    let store = app.store();
    let rules = app.rules();
    let event = app.event.get_untracked();
    let draft = form.draft.get_untracked();
    let alike: Vec<_> = form
        .twins
        .with_untracked(|twins| twins.iter().map(|twin| twin.alike.clone()).collect());
    let nik = Nik::parse(draft.text(Field::Nik)).ok();
    let earlier = untrack(|| earlier_event(app, nik.as_ref()));
    Box::pin(async move {
        let deed = Deed {
            rules: &rules,
            device: app.device(),
            now: clock::now(),
            alike: &alike,
            earlier: earlier.as_ref(),
        };
        let event = event?;
        let is_correction = draft.corrects.is_some();
        let outcome = if is_correction {
            correct(&store, &event, &draft, &deed).await
        } else {
            register(&store, &event, &draft, &deed).await
        };
        match outcome {
            Ok(done) => {
                form.end();
                app.show_saved(&done);
                spawn_local(backups::keep_up(app));
                let id = done.registration.id;
                saved.try_set(Some(done));
                if is_correction {
                    Route::Registration(id).go();
                }
                None
            }
            Err(SaveError::Faults(_)) => None,
            Err(error) => {
                if let SaveError::Store(error) = &error {
                    app.note_conflict(error);
                }
                Some(save_problem(app.language.get_untracked(), &error))
            }
        }
    })
}
