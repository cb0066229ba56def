//! The code on an invitation, read by the camera.

use leptos::prelude::*;

use crate::browser::camera::CameraError;
use crate::ui::parts::{DeedButton, IconName, Inside, Scanner, Trouble, live, view};
use crate::ui::state::{use_app, use_expected_words, use_later_words};
use crate::ui::words::invitation_camera_problem;

/// The search with the button that opens the camera beside it, and below what the camera sees. The
/// first text that is read closes it.
#[component]
pub(super) fn OrScan(on_text: Callback<String>, children: Inside) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let e = use_expected_words();
    let language = app.language.get_untracked();
    let scanning = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let scan = move |wanted: bool| {
        app.vault.set_picking(wanted);
        scanning.set(wanted);
    };
    on_cleanup(move || app.vault.set_picking(false));
    let seen = Callback::new(move |text: String| {
        if scanning.get_untracked() {
            scan(false);
            on_text.run(text);
        }
    });
    let failed = Callback::new(move |error: CameraError| {
        scan(false);
        let problem = invitation_camera_problem(language, error);
        trouble.set(Some(problem.to_owned()));
    });
    view! {
        <div class="cluster">
            <div class="grow">{children.make()}</div>
            <DeedButton
                label=e.scan
                icon=IconName::Camera
                off=scanning
                on_press=move |()| {
                    trouble.set(None);
                    scan(true);
                }
            />
        </div>
        {live(move || {
            scanning
                .get()
                .then(|| {
                    view! {
                        <section class="card">
                            <Scanner
                                words=l
                                hint=e.scan_hint
                                on_text=seen
                                on_error=failed
                                on_stop=Callback::new(move |()| scan(false))
                            />
                        </section>
                    }
                })
        })}
        <Trouble text=trouble/>
    }
}
