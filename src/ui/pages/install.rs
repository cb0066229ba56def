//! What a tab on an iPad shows instead of registering anybody.

use leptos::prelude::*;

use crate::ui::pages::later::needed_part_of_rest;
use crate::ui::parts::{Fresh, Icon, IconName, IntoFresh, Note, view};
use crate::ui::state::use_later_words;

/// How to install the app on an iPad. Stands for a whole page wherever
/// `Platform::needs_installing` says so.
pub fn install_first() -> Fresh {
    needed_part_of_rest(|rest| (rest.install_first)()).fresh()
}

/// The page itself.
pub fn page() -> Fresh {
    view! { <InstallFirst/> }
}

#[component]
fn InstallFirst() -> impl IntoView {
    let l = use_later_words();
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{l.ipad_title}</h1>
                        <p class="sub small">{l.ipad_why}</p>
                    </div>
                </div>
                <section class="card">
                    <ol class="howto">
                        <li>
                            <p>{l.ipad_one} " " <Icon name=IconName::ShareIos/></p>
                        </li>
                        <li>
                            <p>{l.ipad_two} " " <Icon name=IconName::SquarePlus/></p>
                        </li>
                        <li>
                            <p>{l.ipad_three}</p>
                        </li>
                    </ol>
                </section>
                <Note tone="act" icon=IconName::Info title=l.ipad_online>
                    <p>{l.ipad_online_hint}</p>
                </Note>
            </div>
        </main>
    }
}
