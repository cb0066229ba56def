//! The last step: what was typed is read back, then each purpose is asked for
//! on its own (UU 27/2022 art. 20 to 24). Nothing is ticked beforehand.

use leptos::prelude::*;

use super::checks::Unusual;
use super::fields::{Line, Pick};
use super::form::Form;
use crate::browser::{clock, page};
use crate::domain::*;
use crate::format::config::text_version;
use crate::ui::format;
use crate::ui::pages::signing::SigningPad;
use crate::ui::parts::{Choice, Fresh, Icon, IconName, Segments, Tick, live, view};
use crate::ui::state::{lasting, use_app};
use crate::ui::words::{self, Language, field_label, fill};

/// Reading back, and consent: in the language of the participant, who may have the tablet
/// turned towards them.
#[component]
pub(super) fn ConsentStep(form: Form) -> impl IntoView {
    let app = use_app();
    let language = app.language.get_untracked();
    let f = language.form_words();
    let languages = languages(&app.rules());
    let code = form.value(Field::ConsentLanguage);
    let text = Memo::new(move |_| code.with(|code| app.rules().consent_in(code).cloned()));
    // A text that the office supplied has no screens in its language.
    let spoken = Memo::new(move |_| {
        code.with(|code| Language::from_code(code).unwrap_or(Language::Indonesian))
    });
    // Another text is another question: what was agreed to does not carry over.
    let was = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let now = code.get();
        if let Some(before) = was.get_value().filter(|before| *before != now) {
            empty_consent(form, &before, was);
        }
        was.set_value(Some(now));
    });
    let turn = move |is_turned: bool| {
        form.turned.set(is_turned);
        page::scroll_to_start();
    };
    view! {
        <div class="status-place" id=Field::ConsentAt.code() tabindex="-1">
            <Unusual form field=Field::ConsentAt/>
        </div>
        <Pick form field=Field::ConsentLanguage choices=languages/>
        <button type="button" class="button officer-only" on:click=move |_| turn(true)>
            <Icon name=IconName::Users/>
            {f.turn}
        </button>
        {live(move || {
            let spoken = spoken.get();
            let text = text.get().map(|text| asked(form, spoken, text));
            view! {
                <ReadBack form spoken/>
                {text}
                <Signing form spoken/>
            }
        })}
        <div class="officer-only">
            <Line form field=Field::ReadAloudBy/>
        </div>
        <button
            type="button"
            class="button participant-only"
            data-kind="primary"
            data-size="big"
            on:click=move |_| turn(false)
        >
            {live(move || spoken.get().form_words().turn_back)}
        </button>
    }
}

/// The languages in which there is a text to read out.
fn languages(rules: &Rules) -> Vec<Choice> {
    let choice = |text: &ConsentText| {
        let name = match text.language.as_str() {
            "jv" => "Jawa",
            "mad" => "Madura",
            code => {
                let known = Language::from_code(code);
                known.map_or(code, |known| known.name())
            }
        };
        Choice::new(text.language.clone(), name)
    };
    rules.consent.iter().map(choice).collect()
}

/// The text, and a tick for each purpose.
fn asked(form: Form, spoken: Language, text: ConsentText) -> Fresh {
    let l = spoken.later_words();
    let version = text_version(&text).short();
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
                label=field_label(spoken, field)
                hint=format!("{sentence} {hint}.")
                ticked=form.ticked(field)
                on_change
                error=form.error(field)
            />
        }
    };
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
}

/// A signature, or the mark of who does not write, and who saw it.
#[component]
fn Signing(form: Form, spoken: Language) -> impl IntoView {
    let f = spoken.form_words();
    let kinds = [
        Choice::new(MarkKind::Signature.code(), f.mark_signature),
        Choice::new(MarkKind::Mark.code(), f.mark_mark),
    ];
    let kind = form.value(Field::Mark);
    let is_mark = Memo::new(move |_| kind.with(|kind| kind == MarkKind::Mark.code()));
    let on_change = Callback::new(move |text: String| {
        if kind.with_untracked(String::is_empty) {
            form.put(Field::Mark, MarkKind::Signature.code());
        }
        form.put(Field::Ink, &text);
        form.put(Field::ConsentAt, &clock::now().rfc3339());
    });
    let witness = move || {
        is_mark
            .get()
            .then(|| view! { <Line form field=Field::Witness hint=f.witness_hint/> })
    };
    view! {
        <Segments
            name=Field::Mark.code()
            label=field_label(spoken, Field::Mark)
            value=kind
            on_change=form.typing(Field::Mark)
            choices=kinds.to_vec()
        />
        <SigningPad
            name=Field::Ink.code()
            label=Signal::derive(move || {
                if is_mark.get() { f.ink_mark } else { f.ink_sign }.to_owned()
            })
            spoken
            value=form.value(Field::Ink)
            on_change
            error=form.error(Field::Ink)
        />
        {live(witness)}
    }
}

/// Empties what was agreed to under a text in another language, and offers to go back.
/// `was` is the language that the form goes by.
fn empty_consent(form: Form, before: &str, was: StoredValue<Option<String>>) {
    let app = form.app;
    let fields = Purpose::ALL
        .iter()
        .map(|purpose| purpose_field(*purpose))
        .chain([Field::Ink, Field::Witness, Field::ConsentAt]);
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
        if draft.text(Field::Mark).is_empty() {
            draft.set(Field::Mark, MarkKind::Signature.code());
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
fn ReadBack(form: Form, spoken: Language) -> impl IntoView {
    let l = spoken.later_words();
    let facts = Memo::new(move |_| form.draft.with(|draft| read_out(spoken, draft)));
    view! {
        <section class="card" aria-labelledby="readback">
            <h2 id="readback">
                <Icon name=IconName::Eye/>
                {l.readback}
            </h2>
            <p class="small sub officer-only">{l.readback_hint}</p>
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
fn read_out(language: Language, draft: &Draft) -> Vec<(&'static str, String)> {
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
