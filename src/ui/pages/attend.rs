//! Somebody comes and does not register: a name, why, and a signature for the attendance list.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::signing::SigningPad;
use crate::browser::{clock, field_order, page, random};
use crate::domain::*;
use crate::operations::attend::{AttendError, attend};
use crate::operations::register::SaveError;
use crate::ui::at_work::at_work;
use crate::ui::attending::{put_active, read_attending};
use crate::ui::backups;
use crate::ui::invited::invited;
use crate::ui::parts::{Choice, DeedButton, IconName, Segments, TextField, Trouble, view};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Keeping, Writer, lasting, use_app};
use crate::ui::words::{attendee_fault, not_registered, save_problem};

/// Id of the element with all fields.
const FORM: &str = "attend";

/// Where each answer is typed.
fn place(field: AttendeeField) -> &'static str {
    match field {
        AttendeeField::Name => "attend-name",
        AttendeeField::Origin => "attend-origin",
        AttendeeField::Phone => "attend-phone",
        AttendeeField::Reason => "attend-reason",
        AttendeeField::Signature => "attend-signature",
    }
}

/// The form; it begins with what the draft says of who turned out not to register.
#[component]
pub fn Attend(draft: Option<RegistrationId>) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let a = language.attend_words();
    let id = AttendanceId(random::uuid(clock::now()));
    let typed = RwSignal::new(TypedAttendee::default());
    let attempted = RwSignal::new(false);
    if let Some(draft) = draft {
        spawn_local(async move {
            let known = known_of(app, draft).await;
            typed.try_set(known.unwrap_or_default());
        });
    }
    let faults = Memo::new(move |_| typed.with(|typed| typed.read().err().unwrap_or_default()));
    let error = move |field: AttendeeField| {
        Signal::derive(move || {
            let found = faults.with(|faults| faults.iter().find(|(at, _)| *at == field).cloned());
            let (_, fault) = found.filter(|_| attempted.get())?;
            Some(attendee_fault(language, field, &fault))
        })
    };
    let value = move |read: fn(&TypedAttendee) -> &String| {
        Signal::derive(move || typed.with(|typed| read(typed).clone()))
    };
    let put = move |at: fn(&mut TypedAttendee) -> &mut String| {
        Callback::new(move |text: String| typed.update(|typed| *at(typed) = text))
    };
    let save = Action::new_local(move |(): &()| {
        app.vault
            .unbroken(note_it(app, id, typed.get_untracked(), draft))
    });
    let press = move || {
        attempted.set(true);
        match faults.with_untracked(|faults| faults.first().map(|(field, _)| *field)) {
            Some(field) => page::focus(place(field)),
            None => {
                save.dispatch(());
            }
        }
    };
    let next = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if field_order::leave(FORM).is_none_or(|left| !left.focus_next_empty()) {
            press();
        }
    };
    let reasons = NotRegistered::ALL
        .iter()
        .map(|reason| Choice::new(reason.code(), not_registered(language, *reason)));
    view! {
        <div class="page">
            <main id="main" tabindex="-1">
                <div class="narrow stack">
                    <div class="page-head">
                        <div>
                            <h1>{a.attend}</h1>
                            <p class="sub">{a.lead}</p>
                        </div>
                    </div>
                    <form id=FORM class="stack" novalidate on:submit=next>
                        <TextField
                            name=place(AttendeeField::Name)
                            label=a.name
                            value=value(|typed| &typed.name)
                            on_input=put(|typed| &mut typed.name)
                            error=error(AttendeeField::Name)
                        />
                        <TextField
                            name=place(AttendeeField::Origin)
                            label=a.origin
                            value=value(|typed| &typed.origin)
                            on_input=put(|typed| &mut typed.origin)
                            error=error(AttendeeField::Origin)
                        />
                        <TextField
                            name=place(AttendeeField::Phone)
                            label=a.phone
                            value=value(|typed| &typed.phone)
                            on_input=put(|typed| &mut typed.phone)
                            error=error(AttendeeField::Phone)
                            keyboard="tel"
                        />
                        <Segments
                            name=place(AttendeeField::Reason)
                            label=a.reason
                            value=value(|typed| &typed.reason)
                            on_change=put(|typed| &mut typed.reason)
                            choices=reasons.collect()
                            error=error(AttendeeField::Reason)
                        />
                        <SigningPad
                            name=place(AttendeeField::Signature)
                            label=Signal::stored(language.form_words().ink_sign.to_owned())
                            spoken=language
                            value=value(|typed| &typed.signature)
                            on_change=put(|typed| &mut typed.signature)
                            error=error(AttendeeField::Signature)
                        />
                        // Enter is asked for of a form that has one.
                        <button type="submit" hidden>
                            {a.save}
                        </button>
                    </form>
                </div>
            </main>
            <footer class="bar">
                <div class="bar-note">
                    <Trouble text=Signal::derive(move || save.value().get().and_then(Result::err))/>
                </div>
                <DeedButton
                    label=a.save
                    icon=IconName::UserCheck
                    kind="primary"
                    busy=save.pending()
                    off=Signal::derive(move || app.writer.get() != Writer::Here)
                    on_press=move |()| press()
                />
            </footer>
        </div>
    }
}

/// What a draft says of somebody, and the list of the invited that they are on.
async fn known_of(app: AppState, id: RegistrationId) -> Option<TypedAttendee> {
    let draft = app.store().draft(id).await.ok()??;
    let invited = invited(app);
    let arrived = untrack(|| invited.arrived());
    let invitation = invited.list.with_untracked(|list| {
        let guest = list.guest_of(&arrived, id)?;
        guest.known.invitation().map(ToOwned::to_owned)
    });
    let text = |field| draft.text(field).to_owned();
    Some(TypedAttendee {
        name: text(Field::Name),
        origin: text(Field::BusinessName),
        phone: text(Field::Phone),
        invitation: invitation.unwrap_or_default(),
        ..TypedAttendee::default()
    })
}

/// Saves it, says so, and shows the list.
async fn note_it(
    app: AppState,
    id: AttendanceId,
    typed: TypedAttendee,
    draft: Option<RegistrationId>,
) -> Result<(), String> {
    let language = app.language.get_untracked();
    let noted = at_work(app, async move |store, event, officer, deed| {
        attend(store, event, id, &typed, draft, officer, deed).await
    });
    let Some(noted) = noted.await else {
        return Err(save_problem(language, &SaveError::Missing));
    };
    let noted = noted.map_err(|error| match error {
        // The form shows each.
        AttendError::Faults(_) => String::new(),
        AttendError::Store(error) => {
            app.note_conflict(&error);
            save_problem(language, &SaveError::Store(error))
        }
    })?;
    app.show_event(noted.event);
    if draft.is_some() {
        app.keeping.set(Keeping::Nothing);
        app.read_drafts().await;
    }
    spawn_local(backups::keep_up(app));
    // It is saved in any case; a list that cannot be read is read with the event again.
    let _ = read_attending(app).await;
    let entry = noted.entry;
    let undo = lasting(move || put_active(app, entry.clone(), false));
    app.say(language.attend_words().noted, Some(undo));
    Route::Attendance.go();
    Ok(())
}
