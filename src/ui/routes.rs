//! Where in the app one is. The address is the part behind `#`, so every page
//! works on any static host and offline; it never holds a personal datum.

use leptos::prelude::*;

use crate::browser::page;
use crate::domain::RegistrationId;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The current event, or the first steps where there is none.
    Home,
    Events,
    NewEvent,
    /// An event from the office's pack, or from another tablet's copy.
    LoadPack,
    /// An event from a backup.
    Restore,
    /// A copy of the event for the other tablets.
    CopyEvent,
    /// What the tablets of the event tell each other.
    Exchange,
    /// The last look at the tablet before an event.
    Preflight,
    CloseEvent,
    /// A new person, or the draft that was left open.
    Register,
    /// A draft that was set aside.
    Draft(RegistrationId),
    /// Who is expected.
    Expected,
    Participants,
    /// Who came, on paper and without being registered.
    Attendance,
    /// Somebody comes and does not register; they may be who a draft is of.
    Attend(Option<RegistrationId>),
    Registration(RegistrationId),
    Correct(RegistrationId),
    HandOver,
    /// What the programme pays and costs, for the talk and for the table.
    Programme,
    Settings,
    Missing,
}

impl Route {
    /// The page of an address.
    pub fn parse(hash: &str) -> Route {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let mut parts = path.split('/');
        let first = parts.next().unwrap_or_default();
        let id = parts.next().and_then(RegistrationId::parse);
        match (first, id, parts.next()) {
            ("" | "home", None, None) => Route::Home,
            ("events", None, None) if path == "events/new" => Route::NewEvent,
            ("events", None, None) if path == "events/pack" => Route::LoadPack,
            ("events", None, None) if path == "events/restore" => Route::Restore,
            ("events", None, None) if path == "events/copy" => Route::CopyEvent,
            ("events", None, None) if path == "events/close" => Route::CloseEvent,
            ("exchange", None, None) => Route::Exchange,
            ("preflight", None, None) => Route::Preflight,
            ("events", None, None) => Route::Events,
            ("register", None, None) => Route::Register,
            ("register", Some(id), None) => Route::Draft(id),
            ("expected", None, None) => Route::Expected,
            ("participants", None, None) => Route::Participants,
            ("attendance", None, None) => Route::Attendance,
            ("attend", draft, None) if draft.is_some() || path == "attend" => Route::Attend(draft),
            ("registrations", Some(id), None) => Route::Registration(id),
            ("registrations", Some(id), Some("correct")) => Route::Correct(id),
            ("handover", None, None) => Route::HandOver,
            ("programme", None, None) => Route::Programme,
            ("settings", None, None) => Route::Settings,
            _ => Route::Missing,
        }
    }

    /// The address of a page.
    pub fn href(self) -> String {
        match self {
            Route::Home => "#/".to_owned(),
            Route::Events => "#/events".to_owned(),
            Route::NewEvent => "#/events/new".to_owned(),
            Route::LoadPack => "#/events/pack".to_owned(),
            Route::Restore => "#/events/restore".to_owned(),
            Route::CopyEvent => "#/events/copy".to_owned(),
            Route::CloseEvent => "#/events/close".to_owned(),
            Route::Exchange => "#/exchange".to_owned(),
            Route::Preflight => "#/preflight".to_owned(),
            Route::Register => "#/register".to_owned(),
            Route::Draft(id) => format!("#/register/{id}"),
            Route::Expected => "#/expected".to_owned(),
            Route::Participants => "#/participants".to_owned(),
            Route::Attendance => "#/attendance".to_owned(),
            Route::Attend(None) => "#/attend".to_owned(),
            Route::Attend(Some(draft)) => format!("#/attend/{draft}"),
            Route::Registration(id) => format!("#/registrations/{id}"),
            Route::Correct(id) => format!("#/registrations/{id}/correct"),
            Route::HandOver => "#/handover".to_owned(),
            Route::Programme => "#/programme".to_owned(),
            Route::Settings => "#/settings".to_owned(),
            Route::Missing => "#/missing".to_owned(),
        }
    }

    /// Whether it tells of people, or takes them down, and needs an open vault.
    pub fn shows_people(self) -> bool {
        match self {
            Route::Home
            | Route::Register
            | Route::Draft(_)
            | Route::Expected
            | Route::Participants
            | Route::Attendance
            | Route::Attend(_)
            | Route::Registration(_)
            | Route::Correct(_)
            | Route::CopyEvent
            | Route::Exchange
            | Route::CloseEvent
            | Route::Preflight => true,
            Route::Events
            | Route::NewEvent
            | Route::LoadPack
            | Route::Restore
            | Route::HandOver
            | Route::Programme
            | Route::Settings
            | Route::Missing => false,
        }
    }

    /// Goes there.
    pub fn go(self) {
        page::go(&self.href());
    }

    /// The route as the address changes.
    pub fn current() -> ReadSignal<Route> {
        let (route, set_route) = signal(Route::parse(&page::hash()));
        let listener = page::on("hashchange", move || {
            set_route.set(Route::parse(&page::hash()));
        });
        StoredValue::new_local(listener);
        route
    }
}
