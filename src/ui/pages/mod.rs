//! A file or a folder for each page.

mod attend;
pub mod attendance;
mod brake;
pub mod closing;
mod cost;
pub mod events;
mod exchange;
pub mod expected;
mod file_card;
mod frames;
pub mod hand_over;
pub mod home;
pub mod install;
pub mod later;
pub mod locked;
pub mod packs;
pub mod participants;
pub mod preflight;
mod programme;
pub mod protect;
pub mod register;
pub mod registration;
pub mod restore;
pub mod rows;
pub mod settings;
mod signing;
mod tablet_part;
pub mod unlock;

use leptos::prelude::*;

use super::parts::{Empty, Fresh, IconName, view};
use super::routes::Route;
use super::state::use_words;

/// Every page that is not among the first of a visit.
pub fn page(route: Route) -> Fresh {
    match route {
        Route::Home => view! { <home::EventHome/> },
        Route::Events => view! { <events::Events/> },
        Route::Expected => view! { <expected::ExpectedPage/> },
        Route::Participants => view! { <participants::Participants/> },
        Route::Attendance => view! { <attendance::AttendanceList/> },
        Route::Attend(draft) => view! { <attend::Attend draft/> },
        Route::Registration(id) => view! { <registration::Registration id/> },
        Route::Correct(id) => view! { <register::Correct id/> },
        Route::NewEvent => brake::braked(|| view! { <events::NewEventPage/> }),
        Route::LoadPack => brake::braked(|| view! { <packs::LoadPack/> }),
        Route::Restore => view! { <restore::Restore/> },
        Route::Exchange => view! { <exchange::ExchangePage/> },
        Route::CopyEvent => view! { <packs::copy::CopyEvent/> },
        Route::CloseEvent => view! { <closing::CloseEvent/> },
        Route::Preflight => view! { <preflight::Preflight/> },
        Route::HandOver => view! { <hand_over::HandOver/> },
        Route::Programme => view! { <programme::Programme/> },
        Route::Settings => view! { <settings::Settings/> },
        Route::Register | Route::Draft(_) | Route::Missing => {
            view! { <Missing/> }
        }
    }
}

/// An address that leads nowhere.
#[component]
fn Missing() -> impl IntoView {
    let w = use_words();
    view! {
        <main id="main" tabindex="-1">
            <h1>{w.page_missing}</h1>
            <Empty icon=IconName::MapPin title=w.page_missing hint="">
                <a class="button" data-kind="primary" href=Route::Home.href()>
                    {w.to_event}
                </a>
            </Empty>
        </main>
    }
}
