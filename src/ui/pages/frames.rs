//! A pack or a receipt from another screen: scanned, or pasted as a text.

use leptos::prelude::*;

use super::file_card::FileRead;
use crate::browser::camera::CameraError;
use crate::format::frames::{FrameError, Frames, Progress};
use crate::ui::parts::{DeedButton, IconName, Scanner, Trouble, live, view};
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::{camera_problem, fill, frame_problem};

const TEXT: &str = "frames-text";

/// Codes before the camera, or a text where there is no camera.
#[component]
pub fn ByFrames(
    title: &'static str,
    hint: &'static str,
    on_read: Callback<FileRead>,
    /// Of the button: `primary` where scanning is the page's own deed.
    #[prop(default = "plain")]
    kind: &'static str,
) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let frames = RwSignal::new(Frames::default());
    let scanning = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let scan = move |wanted: bool| {
        app.vault.set_picking(wanted);
        scanning.set(wanted);
    };
    on_cleanup(move || app.vault.set_picking(false));
    let take = move |read: Result<Progress, FrameError>| match read {
        Ok(progress) if progress.is_complete() => {
            scan(false);
            let bytes = frames.with_untracked(Frames::bytes);
            on_read.run(Ok(bytes));
        }
        Ok(progress) => trouble.set((!scanning.get_untracked()).then(|| {
            let [have, of] = [progress.have, progress.of].map(|number| number.to_string());
            fill(l.frames_missing, &[&have, &of])
        })),
        // The camera sees other codes as well.
        Err(FrameError::NoFrame) if scanning.get_untracked() => {}
        Err(error) => trouble.set(Some(frame_problem(language, error))),
    };
    let seen = Callback::new(move |text: String| {
        let read = frames.try_update(|frames| frames.add(&text));
        if let Some(read) = read {
            take(read);
        }
    });
    let failed = Callback::new(move |error: CameraError| {
        scan(false);
        trouble.set(Some(camera_problem(language, error).to_owned()));
    });
    let progress = move || {
        let Progress { have, of } = frames.with(Frames::progress);
        (have > 0).then(|| {
            view! {
                <p role="status">
                    <b>{fill(l.frames_have, &[&have.to_string(), &of.to_string()])}</b>
                </p>
            }
        })
    };
    view! {
        <section class="card">
            <h2>{title}</h2>
            <p class="sub small">{hint}</p>
            {live(progress)}
            {live(move || {
                if scanning.get() {
                    view! {
                        <Scanner
                            words=l
                            hint=l.scanner_hint
                            on_text=seen
                            on_error=failed
                            on_stop=Callback::new(move |()| scan(false))
                        />
                    }
                } else {
                    view! {
                        <div class="cluster">
                            <DeedButton
                                label=l.scan_codes
                                icon=IconName::Camera
                                kind
                                on_press=move |()| {
                                    trouble.set(None);
                                    frames.update(Frames::begin_anew);
                                    scan(true);
                                }
                            />
                        </div>
                    }
                }
            })}
            <Trouble text=trouble/>
            <details>
                <summary>{l.paste_text}</summary>
                <div class="stack">
                    <textarea
                        class="pack-text"
                        id=TEXT
                        rows="5"
                        autocomplete="off"
                        spellcheck="false"
                        aria-label=l.paste_text
                        prop:value=text
                        on:input:target=move |event| text.set(event.target().value())
                    ></textarea>
                    <div class="cluster">
                        <DeedButton
                            label=l.take_text
                            icon=IconName::ArrowRight
                            on_press=move |()| {
                                frames.update(Frames::begin_anew);
                                let typed = text.get_untracked();
                                let read = frames.try_update(|frames| frames.add_text(&typed));
                                if let Some(read) = read {
                                    take(read);
                                }
                            }
                        />
                    </div>
                </div>
            </details>
        </section>
    }
}
