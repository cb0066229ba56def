//! A registration while it is typed: every field as text, right or wrong.

use std::collections::BTreeMap;

use super::*;

coded! {
    /// Everything that the officer can fill in, in the order of the form.
    pub enum Field {
        Nik => "nik",
        Name => "name",
        BirthPlace => "birth_place",
        BirthDate => "birth_date",
        Sex => "sex",
        MotherName => "mother_name",
        Street => "street",
        Rt => "rt",
        Rw => "rw",
        Outside => "outside",
        Kelurahan => "kelurahan",
        Region => "region_code",
        PostalCode => "postal_code",
        NoPhone => "no_phone",
        Phone => "phone",
        Email => "email",
        FamilyCard => "family_card_number",
        BusinessName => "business_name",
        Sector => "sector",
        BusinessKelurahan => "business_kelurahan",
        Workers => "workers",
        Nib => "nib",
        Kbli => "kbli",
        KbliEdition => "kbli_edition",
        Since => "since",
        Occupation => "occupation",
        Transport => "transport",
        Income => "income",
        Jht => "jht",
        Payer => "payer",
        StartMonth => "start_month",
        Months => "months",
        ConsentLanguage => "consent_language",
        ReadAloudBy => "read_aloud_by",
        ConsentBpjs => "consent_register_bpjs",
        ConsentCity => "consent_city_database",
        ConsentWhatsapp => "consent_contact_whatsapp",
        Mark => "mark",
        Ink => "ink",
        Witness => "witness",
        ConsentAt => "consent_at",
        Reason => "reason",
        Officer => "officer",
    }
}

/// The text of a tick that is set; one that is not set is empty.
pub const TICKED: &str = "yes";

/// A registration that is not saved yet. Its id is already the registration's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: RegistrationId,
    pub event_id: EventId,
    /// Put aside on purpose, to be taken up again.
    pub set_aside: bool,
    pub fields: BTreeMap<Field, String>,
    /// Keys of the warnings that the officer confirmed, facts included: a
    /// confirmation does not outlive a change of what it confirmed.
    pub confirmed: Vec<String>,
    pub decisions: Vec<DuplicateDecision>,
    /// Step of the form, from 0.
    pub step: u8,
    /// The revision that this draft corrects, if it is a correction.
    pub corrects: Option<u32>,
    pub started_at: Moment,
    pub saved_at: Moment,
}

impl Draft {
    /// An empty draft for a person at an event, with what the event sets.
    pub fn new(id: RegistrationId, event: &Event, now: Moment) -> Self {
        let mut draft = Draft {
            id,
            event_id: event.id,
            set_aside: false,
            fields: BTreeMap::new(),
            confirmed: Vec::new(),
            decisions: Vec::new(),
            step: 0,
            corrects: None,
            started_at: now,
            saved_at: now,
        };
        draft.set(Field::Payer, event.payer.code());
        draft.set(Field::StartMonth, &YearMonth::of(event.date).to_string());
        draft.set(Field::Months, "1");
        draft.set(Field::Mark, MarkKind::Signature.code());
        if event.programmes.contains(&Programme::Jht) {
            draft.set(Field::Jht, TICKED);
        }
        draft
    }

    /// What stands in a field, without surrounding space; empty if nothing.
    pub fn text(&self, field: Field) -> &str {
        self.fields.get(&field).map_or("", |text| text.trim())
    }

    /// Whether a tick is set.
    pub fn ticked(&self, field: Field) -> bool {
        self.text(field) == TICKED
    }

    /// Puts text into a field; empty text takes the field out. What was unusual
    /// in it has to be confirmed anew when it changes, also where the warning
    /// stays the same: the officer looked at another text.
    pub fn set(&mut self, field: Field, text: &str) {
        // The moment of consent moves with each tick, and nobody types it.
        if field != Field::ConsentAt && self.text(field) != text.trim() {
            self.confirmed.retain(|key| {
                warning_of(key).is_none_or(|warning| warning_field(&warning) != field)
            });
        }
        if text.is_empty() {
            self.fields.remove(&field);
        } else {
            self.fields.insert(field, text.to_owned());
        }
    }

    /// What the officer decided about somebody who may be the same person, if it was
    /// for this reason: whoever turns out to be more alike is asked about again.
    pub fn decision_on(&self, alike: &Alike) -> Option<&DuplicateDecision> {
        self.decisions
            .iter()
            .find(|known| known.other == alike.other && known.likeness == alike.likeness)
    }

    /// Whether nobody has typed anything about a person yet.
    pub fn is_untouched(&self) -> bool {
        const GIVEN: [Field; 8] = [
            Field::Mark,
            Field::Payer,
            Field::StartMonth,
            Field::Months,
            Field::Jht,
            Field::Officer,
            Field::ConsentLanguage,
            Field::ReadAloudBy,
        ];
        self.corrects.is_none() && self.fields.keys().all(|field| GIVEN.contains(field))
    }

    /// A draft that holds what a registration holds, to correct it.
    pub fn correcting(registration: &Registration, now: Moment) -> Self {
        let details = &registration.details;
        let person = &details.person;
        let mut draft = Draft {
            id: registration.id,
            event_id: registration.event_id,
            set_aside: false,
            fields: BTreeMap::new(),
            confirmed: Vec::new(),
            decisions: details.checks.duplicates.clone(),
            step: 0,
            corrects: Some(registration.revision),
            started_at: now,
            saved_at: now,
        };
        let mut set = |field, text: &str| draft.set(field, text);
        set(Field::Nik, person.nik.as_str());
        set(Field::Name, person.name.as_str());
        set(Field::BirthPlace, person.birth_place.as_str());
        set(Field::BirthDate, &typed_date(person.birth_date));
        set(Field::Sex, person.sex.code());
        set(Field::MotherName, person.mother_name.as_str());
        match &person.contact {
            Contact::Phone(phone) => set(Field::Phone, phone.shown().as_str()),
            Contact::NoPhone(reason) => set(Field::NoPhone, reason.code()),
        }
        set(
            Field::Email,
            person.email.as_ref().map_or("", Email::as_str),
        );
        set(
            Field::FamilyCard,
            person
                .family_card_number
                .as_ref()
                .map_or("", FamilyCardNumber::as_str),
        );
        set(Field::Street, &details.address.street);
        set(Field::Rt, &details.address.rt);
        set(Field::Rw, &details.address.rw);
        match &details.address.place {
            Place::City { kelurahan, .. } => set(Field::Kelurahan, kelurahan),
            Place::Elsewhere {
                region_code,
                postal_code,
            } => {
                set(Field::Outside, TICKED);
                set(Field::Region, regency_name(region_code).unwrap_or(""));
                set(Field::PostalCode, postal_code.as_deref().unwrap_or(""));
            }
        }
        let business = &details.business;
        set(Field::BusinessName, &business.name);
        set(Field::Sector, business.sector.code());
        set(Field::BusinessKelurahan, business.kelurahan.unwrap_or(""));
        set(Field::Workers, &business.workers.to_string());
        set(Field::Nib, business.nib.as_ref().map_or("", Nib::as_str));
        if let Some(kbli) = &business.kbli {
            set(Field::Kbli, &kbli.code);
            set(Field::KbliEdition, kbli.edition.code());
        }
        if let Some(since) = business.since {
            set(Field::Since, &since.to_string());
        }
        set(Field::Occupation, &details.work.occupation);
        if details.work.transport {
            set(Field::Transport, TICKED);
        }
        set(Field::Income, &grouped(details.work.income));
        let programme = &details.programme;
        if programme.programmes.contains(&Programme::Jht) {
            set(Field::Jht, TICKED);
        }
        set(Field::Payer, programme.payer.code());
        set(Field::StartMonth, &programme.start_month.to_string());
        set(Field::Months, &programme.months.to_string());
        let consent = &details.consent;
        set(Field::ConsentLanguage, &consent.language);
        set(Field::ReadAloudBy, consent.read_aloud_by.as_str());
        let mark = consent.mark.as_ref();
        // Who registered before it was asked is not here to sign.
        set(Field::Mark, mark.map_or("", |mark| mark.kind.code()));
        set(
            Field::Ink,
            &mark.map_or_else(String::new, |mark| mark.ink.to_string()),
        );
        let witness = mark.and_then(|mark| mark.witness.as_ref());
        set(Field::Witness, witness.map_or("", FullName::as_str));
        for purpose in &consent.purposes {
            set(purpose_field(*purpose), TICKED);
        }
        set(Field::ConsentAt, &consent.at.rfc3339());
        set(Field::Officer, registration.officer.as_str());
        draft.confirmed = details.checks.warnings.iter().map(warning_key).collect();
        draft
    }
}

/// The tick that stands for a purpose.
pub fn purpose_field(purpose: Purpose) -> Field {
    match purpose {
        Purpose::Bpjs => Field::ConsentBpjs,
        Purpose::CityDatabase => Field::ConsentCity,
        Purpose::Whatsapp => Field::ConsentWhatsapp,
    }
}

/// A date as officers type it and as the card shows it: `24-11-2026`.
pub fn typed_date(date: Date) -> String {
    format!(
        "{:02}-{:02}-{:04}",
        date.day(),
        u8::from(date.month()),
        date.year()
    )
}

/// What was typed, as it is usually written; `None` if it is not right yet.
pub fn usual_text(field: Field, text: &str) -> Option<String> {
    match field {
        Field::Nik => Nik::parse(text).ok().map(|nik| nik.grouped()),
        Field::BirthDate => parse_typed_date(text).ok().map(typed_date),
        Field::Phone => Phone::parse(text).ok().map(|phone| phone.shown()),
        Field::Rt | Field::Rw => parse_rt_rw(text).ok(),
        Field::Income => parse_rupiah(text).ok().map(grouped),
        _ => None,
    }
}

/// What identifies a confirmed warning: its code and its facts.
pub fn warning_key(warning: &Warning) -> String {
    match warning.facts() {
        Some(facts) => format!("{}:{facts}", warning.code()),
        None => warning.code().to_owned(),
    }
}

/// The warning of a key, if it is one.
fn warning_of(key: &str) -> Option<Warning> {
    match key.split_once(':') {
        Some((code, facts)) => Warning::from_parts(code, Some(facts)),
        None => Warning::from_parts(key, None),
    }
}
