//! The backup on the page of batches, and the word on the event's page that one is due.

use leptos::prelude::*;

use crate::browser::{clock, folder};
use crate::ui::backups::{self, FOLDER_EVERY};
use crate::ui::format;
use crate::ui::parts::{DeedButton, IconName, IntoFresh, Note, Pill, Trouble, live, view};
use crate::ui::routes::Route;
use crate::ui::state::{AppState, Writer, use_app, use_later_words};
use crate::ui::words::fill;

/// What can be done about backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Save,
    Grant,
    Write,
}

/// What is in a backup, and the ways to the next one.
#[component]
pub fn BackupCard() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let waiting = Memo::new(move |_| backups::waiting(app));
    let last = Memo::new(move |_| app.backups.with(|backups| backups.last().cloned()));
    let granted = RwSignal::new(folder::name());
    let every = FOLDER_EVERY.to_string();
    let go = Action::new_local(move |way: &Way| {
        let way = *way;
        async move {
            let done = go_way(app, way).await;
            granted.try_set(folder::name());
            done
        }
    });
    let busy_with = move |way| Signal::derive(move || go.input().get() == Some(way));
    let off = Signal::derive(move || go.pending().get() || app.writer.get() != Writer::Here);
    let press = move |way| {
        move |()| {
            go.clear();
            go.dispatch(way);
        }
    };
    let stand = move || {
        let (tone, icon, text) = match (last.get().is_some(), waiting.get()) {
            (false, _) => ("warn", IconName::HardDrive, l.backup_none.to_owned()),
            (true, 0) => ("good", IconName::ShieldCheck, l.backup_all.to_owned()),
            (true, many) => {
                let text = fill(l.backup_waiting, &[&many.to_string()]);
                ("warn", IconName::HardDrive, text)
            }
        };
        view! { <Pill tone icon text/> }
    };
    view! {
        <section class="card" id="backup" aria-labelledby="backup-title">
            <div class="card-head">
                <h2 id="backup-title">{l.backup}</h2>
                <span role="status">{live(stand)}</span>
            </div>
            <p class="sub small">{l.backup_hint}</p>
            {live(move || {
                last.get()
                    .map(|backup| {
                        let at = clock::at(backup.at.unix_ms());
                        view! {
                            <p class="small">
                                {fill(l.backup_last, &[&format::date_time(language, at)])} " "
                                <code>{backup.file_name}</code>
                            </p>
                        }
                    })
            })}
            <Trouble text=Signal::derive(move || go.value().get().and_then(Result::err))/>
            <div class="cluster">
                <DeedButton
                    id="backup-save"
                    icon=IconName::Download
                    label=l.backup_save
                    busy=busy_with(Way::Save)
                    off
                    on_press=press(Way::Save)
                />
                {folder::is_supported()
                    .then(|| {
                        view! {
                            <DeedButton
                                icon=IconName::HardDrive
                                label=Signal::derive(move || {
                                    match granted.get() {
                                        Some(_) => l.backup_folder_now,
                                        None => l.backup_folder,
                                    }
                                        .to_owned()
                                })
                                busy=Signal::derive(move || {
                                    matches!(go.input().get(), Some(Way::Grant | Way::Write))
                                })
                                off
                                on_press=move |()| {
                                    let is_granted = granted.with_untracked(Option::is_some);
                                    press(if is_granted { Way::Write } else { Way::Grant })(());
                                }
                            />
                        }
                    })}
            </div>
            {folder::is_supported()
                .then(|| {
                    live(move || match granted.get() {
                        None => {
                            view! {
                                <p class="sub small">{fill(l.backup_folder_hint, &[&every])}</p>
                            }
                        }
                        Some(name) => {
                            view! {
                                <p class="sub small">
                                    {fill(l.backup_folder_on, &[&name, &every])} " "
                                    <button
                                        type="button"
                                        class="link-button"
                                        on:click=move |_| {
                                            folder::forget();
                                            granted.set(None);
                                        }
                                    >
                                        {l.backup_folder_stop}
                                    </button>
                                </p>
                            }
                        }
                    })
                })}
        </section>
    }
}

async fn go_way(app: AppState, way: Way) -> Result<(), String> {
    match way {
        Way::Save => backups::save(app).await,
        Way::Write => backups::write(app).await,
        Way::Grant => {
            app.vault.set_picking(true);
            let granted = folder::grant().await;
            app.vault.set_picking(false);
            match granted {
                Ok(Some(_)) => backups::write(app).await,
                Ok(None) => Ok(()),
                Err(error) => {
                    let l = app.language.get_untracked().later_words();
                    Err(fill(l.backup_folder_failed, &[&error.name]))
                }
            }
        }
    }
}

/// On the event's page, once it is time.
#[component]
pub fn BackupDue() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    live(move || {
        if !backups::due(app) {
            return ().fresh();
        }
        let waiting = backups::waiting(app);
        view! {
            <Note tone="warn" icon=IconName::HardDrive title=l.backup_due live=true>
                <p>
                    {fill(l.backup_due_hint, &[&waiting.to_string()])} " "
                    <a href=Route::HandOver.href()>{l.backup_make}</a>
                </p>
            </Note>
        }
    })
}
