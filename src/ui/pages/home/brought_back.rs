//! That the database was lost and brought back, until somebody has read it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::parts::{DeedButton, IconName, Note, live, view};
use crate::ui::state::{use_app, use_later_words};
use crate::ui::words::fill;

/// The note; nothing where nothing was brought back.
#[component]
pub(super) fn BroughtBack() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let count = RwSignal::new(None::<usize>);
    spawn_local(async move {
        if let Ok(found) = app.store().brought_back().await {
            count.try_set(found);
        }
    });
    let read = Action::new_local(move |(): &()| async move {
        // Where it cannot be forgotten it is told again.
        let _ = app.store().forget_brought_back().await;
        count.try_set(None);
    });
    live(move || {
        count.get().map(|count| {
            let title = fill(l.brought_back, &[&count.to_string()]);
            view! {
                <Note tone="warn" icon=IconName::ShieldAlert title=title>
                    <div class="stack" data-gap="s">
                        <p>{l.brought_back_hint}</p>
                        <div class="cluster">
                            <DeedButton
                                label=l.understood
                                icon=IconName::Check
                                size="small"
                                busy=read.pending()
                                on_press=move |()| {
                                    read.dispatch(());
                                }
                            />
                        </div>
                    </div>
                </Note>
            }
        })
    })
}
