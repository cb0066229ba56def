//! What a tab on an iPad shows instead of registering anybody.

use leptos::prelude::*;

use crate::ui::parts::{Icon, IconName, Note, view};
use crate::ui::state::use_words;

/// How to install the app on an iPad. Stands for a whole page wherever
/// `Platform::needs_installing` says so.
#[component]
pub fn InstallFirst() -> impl IntoView {
    let w = use_words();
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.ipad_title}</h1>
                        <p class="sub small">{w.ipad_why}</p>
                    </div>
                </div>
                <section class="card">
                    <ol class="howto">
                        <li>
                            <p>{w.ipad_one} " " <Icon name=IconName::ShareIos/></p>
                        </li>
                        <li>
                            <p>{w.ipad_two} " " <Icon name=IconName::SquarePlus/></p>
                        </li>
                        <li>
                            <p>{w.ipad_three}</p>
                        </li>
                    </ol>
                </section>
                <Note tone="act" icon=IconName::Info title=w.ipad_online>
                    <p>{w.ipad_online_hint}</p>
                </Note>
            </div>
        </main>
    }
}
