//! Every field of a registration in words, by group.

use crate::domain::{
    Address, Business, Coded, Consent, Contact, Enrolment, Field, MarkKind, Person, Place, Purpose,
    Registration, Rules, Work, kecamatan, kecamatan_of, kelurahan, province_name, purpose_field,
    regency_name,
};
use crate::ui::format;
use crate::ui::words::{Language, field_label, fill, no_phone, payer, period, sector, sex};

/// Facts under one heading.
pub(super) struct Group {
    pub(super) title: &'static str,
    /// Name and value, in order.
    pub(super) facts: Vec<(String, String)>,
    /// A sentence under the facts.
    pub(super) note: Option<&'static str>,
    /// What was drawn, as a path.
    pub(super) ink: Option<(&'static str, String)>,
}

/// The groups, in the order of the form.
pub(super) fn groups(language: Language, record: &Registration, rules: &Rules) -> Vec<Group> {
    let w = language.words();
    let l = language.later_words();
    let details = &record.details;
    let group = |title, facts| Group {
        title,
        facts,
        note: None,
        ink: None,
    };
    let mark = details.consent.mark.as_ref();
    let ink = mark.filter(|mark| !mark.ink.is_empty()).map(|mark| {
        let name = mark_word(language, mark.kind);
        (name, mark.ink.outline())
    });
    vec![
        group(l.person, person(language, &details.person)),
        group(l.address, address(language, &details.address)),
        group(
            l.business,
            business(language, &details.business, &details.work),
        ),
        programme(language, &details.programme, rules),
        Group {
            ink,
            ..group(w.consent, consent(language, &details.consent))
        },
    ]
}

/// How somebody said yes.
fn mark_word(language: Language, kind: MarkKind) -> &'static str {
    let f = language.form_words();
    match kind {
        MarkKind::Signature => f.mark_signature,
        MarkKind::Mark => f.mark_mark,
    }
}

/// Facts as they are gathered; the name is a field's label or a word.
struct Facts {
    language: Language,
    facts: Vec<(String, String)>,
}

impl Facts {
    fn new(language: Language) -> Self {
        Facts {
            language,
            facts: Vec::new(),
        }
    }

    fn word(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((name.into(), value.into()));
        self
    }

    fn field(self, field: Field, value: impl Into<String>) -> Self {
        let name = field_label(self.language, field);
        self.word(name, value)
    }

    /// A field that may be left empty.
    fn optional(self, field: Field, value: Option<String>) -> Self {
        let missing = self.language.later_words().not_filled;
        self.field(field, value.unwrap_or_else(|| missing.to_owned()))
    }

    fn yes_or_no(self, field: Field, value: bool) -> Self {
        let l = self.language.later_words();
        self.field(field, if value { l.yes } else { l.no })
    }
}

fn person(language: Language, person: &Person) -> Vec<(String, String)> {
    let born = format!(
        "{}, {}",
        person.birth_place.as_str(),
        format::typed_date_text(person.birth_date)
    );
    let phone = match &person.contact {
        Contact::Phone(phone) => phone.shown(),
        Contact::NoPhone(reason) => no_phone(language, *reason).to_owned(),
    };
    Facts::new(language)
        .field(Field::Nik, person.nik.grouped())
        .field(Field::Name, person.name.as_str())
        .word(language.later_words().born, born)
        .field(Field::Sex, sex(language, person.sex))
        .field(Field::MotherName, person.mother_name.as_str())
        .field(Field::Phone, phone)
        .optional(
            Field::Email,
            person.email.as_ref().map(|email| email.as_str().to_owned()),
        )
        .optional(
            Field::FamilyCard,
            person
                .family_card_number
                .as_ref()
                .map(|card| card.as_str().to_owned()),
        )
        .facts
}

fn address(language: Language, address: &Address) -> Vec<(String, String)> {
    let l = language.later_words();
    let facts = Facts::new(language)
        .field(Field::Street, address.street.as_str())
        .word(l.rt_rw, format!("{}/{}", address.rt, address.rw));
    match &address.place {
        Place::City {
            kelurahan: ward,
            kecamatan: district,
            postal_code,
        } => facts
            .field(
                Field::Kelurahan,
                kelurahan(ward).map_or(*ward, |found| found.name),
            )
            .word(
                l.kecamatan,
                kecamatan(district).map_or(*district, |found| found.name),
            )
            .field(Field::PostalCode, postal_code.as_str()),
        Place::Elsewhere {
            region_code,
            postal_code,
        } => {
            let regency = regency_name(region_code).unwrap_or(region_code);
            let region = match region_code.get(..2).and_then(province_name) {
                Some(province) => format!("{regency}, {province}"),
                None => regency.to_owned(),
            };
            facts
                .field(Field::Region, region)
                .optional(Field::PostalCode, postal_code.clone())
        }
    }
    .facts
}

fn business(language: Language, business: &Business, work: &Work) -> Vec<(String, String)> {
    let l = language.later_words();
    let place = business.kelurahan.map_or_else(
        || l.outside.to_owned(),
        |code| match (kelurahan(code), kecamatan_of(code)) {
            (Some(ward), Some(district)) => format!("{}, Kec. {}", ward.name, district.name),
            _ => code.to_owned(),
        },
    );
    Facts::new(language)
        .field(Field::BusinessName, business.name.as_str())
        .field(Field::Sector, sector(language, business.sector))
        .field(Field::BusinessKelurahan, place)
        .field(Field::Workers, business.workers.to_string())
        .optional(
            Field::Nib,
            business.nib.as_ref().map(|nib| nib.as_str().to_owned()),
        )
        .optional(
            Field::Kbli,
            business
                .kbli
                .as_ref()
                .map(|kbli| format!("{} (KBLI {})", kbli.code, kbli.edition.code())),
        )
        .optional(Field::Since, business.since.map(|year| year.to_string()))
        .field(Field::Occupation, work.occupation.as_str())
        .yes_or_no(Field::Transport, work.transport)
        .field(Field::Income, format::rupiah(work.income))
        .facts
}

fn programme(language: Language, enrolment: &Enrolment, rules: &Rules) -> Group {
    let l = language.later_words();
    let chosen: Vec<String> = enrolment
        .programmes
        .iter()
        .map(|programme| programme.code().to_ascii_uppercase())
        .collect();
    let time = fill(
        l.period_from,
        &[
            &period(language, enrolment.months),
            &format::month(language, enrolment.start_month),
        ],
    );
    let contributions = &enrolment.contributions;
    let mut facts = Facts::new(language)
        .word(l.programme, chosen.join(" + "))
        .field(Field::Payer, payer(language, enrolment.payer))
        .word(l.period, time);
    for run in contributions.runs() {
        let first = format::month(language, run.first);
        let name = if run.first == run.last {
            first
        } else {
            fill(
                l.month_to_month,
                &[&first, &format::month(language, run.last)],
            )
        };
        let monthly = format!("{} {}", format::rupiah(run.monthly), l.per_month);
        facts = facts.word(name, monthly);
    }
    facts = facts.word(l.total, format::rupiah(contributions.total));
    let mut discounts: Vec<&str> = contributions
        .months
        .iter()
        .filter_map(|month| month.discount.as_deref())
        .collect();
    discounts.dedup();
    for id in discounts {
        let told = rules
            .discounts
            .iter()
            .find(|discount| discount.id == id)
            .map_or_else(
                || id.to_owned(),
                |discount| {
                    fill(
                        l.discount_percent,
                        &[&discount.percent.to_string(), &discount.legal_basis],
                    )
                },
            );
        facts = facts.word(l.discount_label, told);
    }
    let rates: Vec<&str> = contributions
        .rate_table
        .split('+')
        .map(|version| {
            rules
                .rate_tables
                .iter()
                .find(|table| table.version == version)
                .map_or(version, |table| table.legal_basis.as_str())
        })
        .collect();
    Group {
        title: l.programme,
        facts: facts.word(l.rates, rates.join("; ")).facts,
        note: (enrolment.payer == crate::domain::Payer::PublicBudget).then_some(l.paid_by_budget),
        ink: None,
    }
}

fn consent(language: Language, consent: &Consent) -> Vec<(String, String)> {
    let l = language.later_words();
    let spoken = Language::from_code(&consent.language)
        .map_or(consent.language.as_str(), |spoken| spoken.name());
    let mark = consent.mark.as_ref();
    let facts = Purpose::ALL
        .iter()
        .fold(Facts::new(language), |facts, purpose| {
            let field = purpose_field(*purpose);
            match consent.withdrawn_at(*purpose) {
                Some(at) => {
                    let when = format::date_time(language, at);
                    facts.field(field, fill(language.form_words().withdrawn_on, &[&when]))
                }
                None => facts.yes_or_no(field, consent.covers(*purpose)),
            }
        })
        .field(Field::ConsentLanguage, spoken)
        .word(l.consent_text, consent.text_version.short())
        .field(Field::ReadAloudBy, consent.read_aloud_by.as_str())
        .field(Field::ConsentAt, format::date_time(language, consent.at));
    let facts = match mark {
        Some(mark) => facts.field(Field::Mark, mark_word(language, mark.kind)),
        None => facts,
    };
    match mark.and_then(|mark| mark.witness.as_ref()) {
        Some(witness) => facts.field(Field::Witness, witness.as_str()),
        None => facts,
    }
    .facts
}
