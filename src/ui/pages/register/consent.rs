//! The last step: what was typed is read back, then each purpose is asked for
//! on its own (UU 27/2022 art. 20 to 24). Nothing is ticked beforehand.

use leptos::prelude::*;

use super::checks::Unusual;
use super::fields::{Line, Pick};
use super::form::Form;
use crate::browser::clock;
use crate::domain::*;
use crate::format::config::text_version;
use crate::ui::format;
use crate::ui::parts::{Choice, Icon, IconName, Tick, live, view};
use crate::ui::state::{lasting, use_app, use_later_words};
use crate::ui::words::{self, Language, field_label, fill};

/// Reading back, and consent.
#[component]
pub(super) fn ConsentStep(form: Form) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let rules = app.rules();
    let languages = rules
        .consent
        .iter()
        .map(|text| {
            let name = match text.language.as_str() {
                "jv" => "Jawa".to_owned(),
                "mad" => "Madura".to_owned(),
                code => Language::from_code(code)
                    .map_or(code.to_owned(), |language| language.name().to_owned()),
            };
            Choice::new(text.language.clone(), name)
        })
        .collect();
    let text = Memo::new(move |_| {
        let code = form.text(Field::ConsentLanguage);
        app.rules().consent_in(&code).cloned()
    });
    // Another text is another question: what was agreed to does not carry over.
    let was = StoredValue::new(None::<String>);
    let chosen = form.value(Field::ConsentLanguage);
    Effect::new(move |_| {
        let now = chosen.get();
        if let Some(before) = was.get_value().filter(|before| *before != now) {
            empty_consent(form, &before, was);
        }
        was.set_value(Some(now));
    });
    let tick = move |purpose: Purpose, sentence: String| {
        let field = purpose_field(purpose);
        let hint = if purpose == Purpose::REQUIRED {
            l.consent_required
        } else {
            l.consent_optional
        };
        let on_change = Callback::new(move |ticked: bool| {
            form.put(field, if ticked { TICKED } else { "" });
            if ticked {
                form.put(Field::ConsentAt, &clock::now().rfc3339());
            }
        });
        view! {
            <Tick
                name=field.code()
                label=field_label(language, field)
                hint=format!("{sentence} {hint}.")
                ticked=form.ticked(field)
                on_change
                error=form.error(field)
            />
        }
    };
    view! {
        <div class="status-place" id=Field::ConsentAt.code() tabindex="-1">
            <Unusual form field=Field::ConsentAt/>
        </div>
        <ReadBack form/>
        <Pick form field=Field::ConsentLanguage choices=languages/>
        {live(move || {
            text.get()
                .map(|text| {
                    let version = text_version(&text).short();
                    view! {
                        <div class="card consent-text" lang=text.language.clone()>
                            <p>{text.statement.clone()}</p>
                            <p>{text.refusal.clone()}</p>
                            <p class="small muted">{fill(l.consent_version, &[&version])}</p>
                        </div>
                        <fieldset class="stack" data-gap="s">
                            <legend class="label">{l.consent_agrees}</legend>
                            {text
                                .purposes
                                .into_iter()
                                .map(|(purpose, sentence)| tick(purpose, sentence))
                                .collect_view()}
                        </fieldset>
                    }
                })
        })}
        <Line form field=Field::ReadAloudBy/>
    }
}

/// Empties what was agreed to under a text in another language, and offers to go back.
/// `was` is the language that the form goes by.
fn empty_consent(form: Form, before: &str, was: StoredValue<Option<String>>) {
    let app = form.app;
    let fields = Purpose::ALL
        .iter()
        .map(|purpose| purpose_field(*purpose))
        .chain([Field::ConsentAt]);
    let given: Vec<(Field, String)> = form.draft.with_untracked(|draft| {
        fields
            .map(|field| (field, draft.text(field).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    });
    if given.is_empty() {
        return;
    }
    form.change(|draft| {
        for (field, _) in &given {
            draft.set(*field, "");
        }
    });
    let before = before.to_owned();
    let undo = lasting(move || {
        // The form may be gone.
        was.try_set_value(Some(before.clone()));
        form.change(|draft| {
            draft.set(Field::ConsentLanguage, &before);
            for (field, text) in &given {
                draft.set(*field, text);
            }
        });
    });
    let language = app.language.get_untracked();
    app.say(language.form_words().consent_emptied, Some(undo));
}

/// What was typed, large, to be read by the participant or to them.
#[component]
fn ReadBack(form: Form) -> impl IntoView {
    let app = use_app();
    let l = use_later_words();
    let language = app.language.get_untracked();
    let facts = Memo::new(move |_| form.draft.with(|draft| spoken(language, draft)));
    view! {
        <section class="card" aria-labelledby="readback">
            <h2 id="readback">
                <Icon name=IconName::Eye/>
                {l.readback}
            </h2>
            <p class="small sub">{l.readback_hint}</p>
            <dl class="readback">
                {live(move || {
                    facts
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(position, (name, value))| {
                            let big = position < 2;
                            view! {
                                <div
                                    data-size=big.then_some("big")
                                    data-span=big.then_some("all")
                                >
                                    <dt>{name}</dt>
                                    <dd>{value}</dd>
                                </div>
                            }
                        })
                        .collect_view()
                })}
            </dl>
        </section>
    }
}

/// The draft in words, in the order in which it is read out.
fn spoken(language: Language, draft: &Draft) -> Vec<(&'static str, String)> {
    let l = language.later_words();
    let label = |field| field_label(language, field);
    let text = |field| draft.text(field).to_owned();
    let born = parse_typed_date(draft.text(Field::BirthDate)).map_or_else(
        |_| text(Field::BirthDate),
        |date| format::long_date(language, date, false),
    );
    let place = if draft.ticked(Field::Outside) {
        text(Field::Region)
    } else {
        kelurahan(draft.text(Field::Kelurahan))
            .map_or_else(String::new, |found| found.name.to_owned())
    };
    let phone = NoPhoneReason::from_code(draft.text(Field::NoPhone)).map_or_else(
        || text(Field::Phone),
        |reason| words::no_phone(language, reason).to_owned(),
    );
    let sector = Sector::from_code(draft.text(Field::Sector))
        .map_or("", |sector| words::sector(language, sector));
    let programme = programmes(draft)
        .iter()
        .map(|programme| programme.code().to_ascii_uppercase())
        .collect::<Vec<_>>()
        .join(" + ");
    let start = YearMonth::parse(draft.text(Field::StartMonth))
        .map_or_else(String::new, |month| format::month(language, month));
    vec![
        (label(Field::Name), text(Field::Name)),
        (
            "NIK",
            Nik::parse(draft.text(Field::Nik))
                .map_or_else(|_| text(Field::Nik), |nik| nik.grouped()),
        ),
        (l.born, format!("{}, {born}", draft.text(Field::BirthPlace))),
        (
            label(Field::Sex),
            Sex::from_code(draft.text(Field::Sex))
                .map_or_else(String::new, |sex| words::sex(language, sex).to_owned()),
        ),
        (label(Field::MotherName), text(Field::MotherName)),
        (label(Field::Phone), phone),
        (
            l.address,
            format!(
                "{}, RT {} RW {}, {place}",
                draft.text(Field::Street),
                draft.text(Field::Rt),
                draft.text(Field::Rw)
            ),
        ),
        (
            l.business,
            format!("{}, {sector}", draft.text(Field::BusinessName)),
        ),
        (
            l.programme,
            format!(
                "{programme}, {}",
                fill(l.months_from, &[draft.text(Field::Months), &start])
            ),
        ),
        (
            label(Field::Payer),
            Payer::from_code(draft.text(Field::Payer)).map_or_else(String::new, |payer| {
                words::payer(language, payer).to_owned()
            }),
        ),
    ]
}
