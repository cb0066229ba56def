//! Settings: look, storage, installation, the officer, and what this is.

mod lock;

use leptos::prelude::*;

use crate::browser::page;
use crate::browser::platform::{self, Install, Offline};
use crate::browser::storage::{self, Persistence};
use crate::domain::{Discount, RateTable};
use crate::ui::format;
use crate::ui::journal::SecondCopy;
use crate::ui::parts::{Choice, DeedButton, IconName, IntoFresh, Note, Pill, Segments, live, view};
use crate::ui::state::{AppState, use_app, use_later_words, use_words};
use crate::ui::words::{Language, fill, payer};

/// All settings on one page.
#[component]
pub fn Settings() -> impl IntoView {
    let w = use_words();
    view! {
        <main id="main" tabindex="-1">
            <div class="narrow stack">
                <div class="page-head">
                    <div>
                        <h1>{w.settings}</h1>
                    </div>
                </div>
                <Look/>
                <lock::LockCard/>
                <StorageCard/>
                <InstallCard/>
                <About/>
            </div>
        </main>
    }
}

/// Language and theme.
#[component]
fn Look() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let languages = Language::ALL.map(|language| Choice::new(language.code(), language.name()));
    let themes = [
        ("auto", l.theme_auto),
        ("light", l.theme_light),
        ("dark", l.theme_dark),
        ("sunlight", l.theme_sunlight),
    ];
    view! {
        <section class="card">
            <h2>{l.look}</h2>
            <Segments
                name="language"
                label=w.language
                value=Signal::derive(move || app.language.get().code().to_owned())
                on_change=move |code: String| {
                    if let Some(language) = Language::from_code(&code) {
                        app.choose_language(language);
                        // All is drawn anew, and the focus would be lost.
                        page::after(0, || page::focus("language"));
                    }
                }
                choices=languages.into()
            />
            <Segments
                name="theme"
                label=w.theme
                value=app.theme
                on_change=move |theme: String| app.choose_theme(&theme)
                choices=themes.map(|(code, label)| Choice::new(code, label)).into()
            />
        </section>
    }
}

/// What the browser promises and what is used.
#[component]
fn StorageCard() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let persistence = Memo::new(move |_| app.storage.get().persistence);
    let ask = Action::new_local(move |(): &()| async move {
        let answer = storage::ask_persistence().await;
        app.look_at_storage().await;
        answer
    });
    let look = Action::new_local(move |(): &()| look_again(app));
    let used = move || {
        app.storage.get().usage.map_or_else(
            || w.unknown.to_owned(),
            |usage| format::bytes(language, usage),
        )
    };
    let offline = Memo::new(move |_| app.platform.get().offline);
    let refusal = move || match ask.value().get() {
        Some(Persistence::Denied) => Some(l.asked_denied.to_owned()),
        Some(Persistence::Unknown) => Some(l.persistence_unknown_hint.to_owned()),
        Some(Persistence::Granted) | None => None,
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.storage}</h2>
                {live(move || {
                    let (tone, icon, text) = match persistence.get() {
                        Persistence::Granted => {
                            ("good", IconName::ShieldCheck, l.storage_promised)
                        }
                        Persistence::Denied | Persistence::Unknown => {
                            ("warn", IconName::ShieldAlert, l.storage_not_promised)
                        }
                    };
                    view! { <Pill tone icon text/> }
                })}
            </div>
            <p class="sub small">{l.persistence_hint}</p>
            <dl class="facts">
                <dt>{w.promised}</dt>
                <dd>
                    {live(move || match persistence.get() {
                        Persistence::Granted => l.yes,
                        Persistence::Denied => l.no,
                        Persistence::Unknown => w.unknown,
                    })}
                </dd>
                <dt>{w.used}</dt>
                <dd>{live(used)}</dd>
                <dt>{w.reserve}</dt>
                <dd>
                    {live(move || match app.storage.get().reserve {
                        Some(true) => w.there,
                        Some(false) => w.used_up,
                        None => w.unknown,
                    })}
                </dd>
                <dt>{l.second_copy}</dt>
                <dd>
                    {live(move || match app.second_copy.get() {
                        SecondCopy::Unknown => w.unknown,
                        SecondCopy::Kept => l.second_copy_kept,
                        SecondCopy::Behind => l.second_copy_behind,
                        SecondCopy::Unsupported => l.second_copy_unsupported,
                    })}
                </dd>
                <dt>{w.offline}</dt>
                <dd>
                    {live(move || match offline.get() {
                        Offline::Ready => w.yes_checked,
                        Offline::Installing => w.offline_installing,
                        Offline::Failed | Offline::Unsupported => w.offline_failed,
                    })}
                </dd>
            </dl>
            <div role="status">
                {live(move || {
                    refusal()
                        .map(|text| view! { <Note tone="warn" icon=IconName::Info title=text/> })
                })}
            </div>
            <div class="cluster">
                {live(move || {
                    (persistence.get() != Persistence::Granted)
                        .then(|| {
                            view! {
                                <DeedButton
                                    icon=IconName::ShieldCheck
                                    label=l.ask_persistence
                                    busy=ask.pending()
                                    on_press=move |()| {
                                        ask.dispatch(());
                                    }
                                />
                            }
                        })
                })}
                <DeedButton
                    icon=IconName::Refresh
                    label=w.check_again
                    busy=look.pending()
                    on_press=move |()| {
                        look.dispatch(());
                    }
                />
            </div>
        </section>
    }
}

/// Looks again, and takes the reserve back where there is room by now.
async fn look_again(app: AppState) {
    app.storage.update(|health| health.reserve = None);
    app.look_at_storage().await;
}

/// How the app gets to the home screen.
#[component]
fn InstallCard() -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let install = Memo::new(move |_| app.platform.get().install);
    let prompt = Action::new_local(move |(): &()| async move {
        platform::prompt_install().await;
        app.platform.set(platform::look());
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{l.install}</h2>
                {live(move || {
                    (install.get() == Install::Installed)
                        .then(|| {
                            view! {
                                <Pill tone="good" icon=IconName::CheckCircle text=l.installed/>
                            }
                        })
                })}
            </div>
            <p class="sub small">{l.install_hint}</p>
            {live(move || match install.get() {
                Install::Installed => ().fresh(),
                Install::Available => {
                    view! {
                        <div class="cluster">
                            <DeedButton
                                icon=IconName::Plus
                                label=l.install_now
                                busy=prompt.pending()
                                on_press=move |()| {
                                    prompt.dispatch(());
                                }
                            />
                        </div>
                    }
                }
                Install::Unavailable => {
                    let how = if app.platform.get().is_ios { l.install_ipad } else { l.install_menu };
                    view! { <p>{how}</p> }
                }
            })}
        </section>
    }
}

/// Versions, the rules that are built in, and licences.
#[component]
fn About() -> impl IntoView {
    let app = use_app();
    let w = use_words();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let rules = app.rules();
    // The first part of the id is a time, which tablets of one day share.
    let device: String = {
        let id = app.device().to_string();
        id.get(id.len().saturating_sub(8)..)
            .unwrap_or(&id)
            .to_owned()
    };
    let rates = rules.rate_tables.iter().map(|table| {
        let text = rates_text(language, table);
        view! {
            <dt>{l.rates}</dt>
            <dd>{text}</dd>
        }
    });
    let discounts = rules.discounts.iter().map(|discount| {
        let text = discount_text(language, discount);
        view! {
            <dt>{fill(l.discount_of, &[&discount.percent.to_string()])}</dt>
            <dd>{text}</dd>
        }
    });
    view! {
        <section class="card">
            <h2>{l.about}</h2>
            <dl class="facts">
                <dt>{l.version}</dt>
                <dd>{env!("CARGO_PKG_VERSION")}</dd>
                <dt>{w.build}</dt>
                <dd>{page::build()}</dd>
                <dt>{w.device}</dt>
                <dd>{device}</dd>
                {rates.collect_view()}
                {discounts.collect_view()}
                <dt>{l.licences}</dt>
                <dd>{l.licences_text}</dd>
                <dt>{w.rescue_page}</dt>
                <dd>
                    <a href="./rescue.html">{l.rescue_open}</a>
                </dd>
            </dl>
        </section>
    }
}

/// A rate table: by which law, and from when.
pub(super) fn rates_text(language: Language, table: &RateTable) -> String {
    fill(
        language.later_words().rates_from,
        &[
            &table.legal_basis,
            &format::month(language, table.valid_from),
        ],
    )
}

/// The work for which a discount is.
pub(super) fn work_of(language: Language, discount: &Discount) -> &'static str {
    let l = language.later_words();
    match discount.transport {
        Some(true) => l.work_transport,
        Some(false) => l.work_other,
        None => l.work_all,
    }
}

/// A discount: by which law, for which work and months, and for whom not.
pub(super) fn discount_text(language: Language, discount: &Discount) -> String {
    let l = language.later_words();
    let mut text = fill(
        l.discount_when,
        &[
            &discount.legal_basis,
            work_of(language, discount),
            &format::month(language, discount.from),
            &format::month(language, discount.to),
        ],
    );
    for excluded in &discount.excluded_payers {
        text.push_str(&fill(l.discount_not_for, &[payer(language, *excluded)]));
    }
    text
}
