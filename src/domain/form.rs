//! From a draft to what can be registered: every field is read, and either all
//! is well or every fault is listed, in the order of the form.

use thiserror::Error;

use super::*;

/// What is wrong with one field. Facts only; the sentence is the screen's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("nothing was entered")]
    Missing,
    #[error(transparent)]
    Nik(#[from] NikError),
    #[error(transparent)]
    Name(#[from] NameError),
    #[error(transparent)]
    Date(#[from] DateError),
    #[error(transparent)]
    Age(#[from] AgeError),
    #[error(transparent)]
    Phone(#[from] PhoneError),
    #[error("no email address")]
    Email,
    #[error(transparent)]
    FamilyCard(#[from] FamilyCardError),
    #[error("not at most three digits")]
    RtRw,
    #[error("not five digits")]
    PostalCode,
    #[error("longer than {most} characters")]
    TooLong { most: usize },
    #[error("not a whole number in range")]
    Number,
    #[error("not 13 digits")]
    Nib,
    #[error("not five digits")]
    Kbli,
    #[error("not a year between 1900 and the event")]
    Since,
    #[error(transparent)]
    Rupiah(#[from] RupiahError),
    #[error(transparent)]
    Contribution(#[from] ContributionError),
    #[error("without this consent nobody can be registered")]
    ConsentNeeded,
    #[error("unusual and not confirmed")]
    Unconfirmed(Warning),
    #[error("may be the same person as {}, and nobody decided", .0.other)]
    Undecided(Alike),
}

/// What the form is read against.
pub struct FormContext<'a> {
    pub event: &'a Event,
    pub rules: &'a Rules,
    /// Who may be the same person, without the registration that is being corrected.
    pub alike: &'a [Alike],
    /// The last earlier event at which the NIK was registered.
    pub earlier: Option<&'a EarlierEvent>,
    /// Hash of the consent text in the language that was read out.
    pub text_version: Hash,
    /// Active registrations on this tablet so far.
    pub registered: u32,
    /// The last record's moment, against which the clock is held.
    pub last_recorded_at: Option<Moment>,
    pub now: Moment,
}

/// Collects faults while the fields are read.
struct Reader<'a> {
    draft: &'a Draft,
    faults: Vec<(Field, Fault)>,
}

impl Reader<'_> {
    /// A field that must hold something that parses.
    fn needed<T, E: Into<Fault>>(
        &mut self,
        field: Field,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.draft.text(field);
        if text.is_empty() {
            self.faults.push((field, Fault::Missing));
            return None;
        }
        self.parsed(field, parse(text))
    }

    /// A field that may be empty; what stands there must parse.
    fn optional<T, E: Into<Fault>>(
        &mut self,
        field: Field,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.draft.text(field);
        if text.is_empty() {
            return None;
        }
        self.parsed(field, parse(text))
    }

    fn parsed<T, E: Into<Fault>>(&mut self, field: Field, result: Result<T, E>) -> Option<T> {
        result
            .map_err(|error| self.faults.push((field, error.into())))
            .ok()
    }

    /// One of a closed vocabulary.
    fn choice<T: Coded>(&mut self, field: Field) -> Option<T> {
        self.needed(field, |text| T::from_code(text).ok_or(Fault::Missing))
    }

    /// Text of one line that must be there, at most `most` characters.
    fn line(&mut self, field: Field, most: usize) -> Option<String> {
        self.needed(field, |text| {
            parse_text(text, most).map_err(|error| match error {
                TextError::Empty => Fault::Missing,
                TextError::TooLong { most, .. } => Fault::TooLong { most },
            })
        })
    }
}

/// Longest street, business name and occupation, in characters.
const MOST_STREET: usize = 120;
pub const MOST_BUSINESS_NAME: usize = 100;
pub const MOST_OCCUPATION: usize = 60;

/// Reads the whole form. On success the details hold exactly the warnings that
/// apply, all of them confirmed, and a decision on everybody who may be the same
/// person.
pub fn read_form(draft: &Draft, context: &FormContext) -> Result<Details, Vec<(Field, Fault)>> {
    let mut reader = Reader {
        draft,
        faults: Vec::new(),
    };
    let person = read_person(&mut reader, context);
    let address = read_address(&mut reader);
    let business = read_business(&mut reader, context);
    let work = read_work(&mut reader);
    let programme = read_programme(&mut reader, context, work.as_ref());
    let consent = read_consent(&mut reader, context);
    let warnings = warnings_in(draft, context);
    for warning in &warnings {
        if !draft.confirmed.contains(&warning_key(warning)) {
            reader
                .faults
                .push((warning_field(warning), Fault::Unconfirmed(warning.clone())));
        }
    }
    let mut duplicates = Vec::new();
    for alike in context.alike {
        match draft.decision_on(alike) {
            Some(decision) => duplicates.push(decision.clone()),
            None => reader
                .faults
                .push((alike.likeness.field(), Fault::Undecided(alike.clone()))),
        }
    }
    if draft.corrects.is_some() {
        reader.line(Field::Reason, MOST_STREET);
    }
    reader.needed(Field::Officer, FullName::parse);
    let mut faults = reader.faults;
    // A fault in a field hides what is merely unusual there.
    let wrong: Vec<Field> = faults
        .iter()
        .filter(|(_, fault)| !matches!(fault, Fault::Unconfirmed(_) | Fault::Undecided(_)))
        .map(|(field, _)| *field)
        .collect();
    faults
        .retain(|(field, fault)| !matches!(fault, Fault::Unconfirmed(_)) || !wrong.contains(field));
    faults.sort_by_key(|(field, _)| *field);
    match (person, address, business, work, programme, consent) {
        (
            Some(person),
            Some(address),
            Some(business),
            Some(work),
            Some(programme),
            Some(consent),
        ) if faults.is_empty() => Ok(Details {
            person,
            address,
            business,
            work,
            programme,
            consent,
            checks: Checks {
                warnings,
                duplicates,
            },
        }),
        _ => Err(faults),
    }
}

/// Everything unusual about a draft as far as it is typed, confirmed or not.
pub fn warnings_in(draft: &Draft, context: &FormContext) -> Vec<Warning> {
    let mut warnings = warnings_of(&subject(draft), context.event, context.rules);
    if let Some(earlier) = context.earlier {
        warnings.push(Warning::RegisteredBefore(earlier.clone()));
    }
    if draft.corrects.is_none()
        && !draft.is_untouched()
        && is_over_capacity(context.event, context.registered + 1)
    {
        warnings.push(Warning::OverCapacity {
            capacity: context.event.capacity,
        });
    }
    if context
        .last_recorded_at
        .is_some_and(|last| last > context.now)
    {
        warnings.push(Warning::ClockBeforeLastRecord);
    }
    warnings
}

/// What of a draft warnings can be about, as far as it is typed.
fn subject(draft: &Draft) -> Subject {
    Subject {
        nik: Nik::parse(draft.text(Field::Nik)).ok(),
        birth_date: parse_typed_date(draft.text(Field::BirthDate)).ok(),
        sex: Sex::from_code(draft.text(Field::Sex)),
        phone: Phone::parse(draft.text(Field::Phone))
            .ok()
            .filter(|_| draft.text(Field::NoPhone).is_empty()),
        outside_city: draft.ticked(Field::Outside),
    }
}

/// The field beside which a warning is shown.
pub fn warning_field(warning: &Warning) -> Field {
    match warning {
        Warning::NikBirthDateDiffers { .. } | Warning::AgeNearLimit { .. } => Field::BirthDate,
        Warning::NikSexDiffers { .. } => Field::Sex,
        Warning::RegionUnknown { .. }
        | Warning::RegionRetired { .. }
        | Warning::RegisteredBefore(_) => Field::Nik,
        Warning::OverCapacity { .. } | Warning::ClockBeforeLastRecord => Field::ConsentAt,
        Warning::OutsideCity => Field::Outside,
        Warning::PhonePrefixUnknown => Field::Phone,
    }
}

fn read_person(reader: &mut Reader, context: &FormContext) -> Option<Person> {
    let nik = reader.needed(Field::Nik, Nik::parse);
    let name = reader.needed(Field::Name, FullName::parse);
    let birth_place = reader.needed(Field::BirthPlace, BirthPlace::parse);
    let birth_date = reader.needed(Field::BirthDate, |text| {
        let date = parse_typed_date(text)?;
        match age_error(date, context.event.date, context.rules) {
            Some(error) => Err(Fault::from(error)),
            None => Ok(date),
        }
    });
    let sex = reader.choice(Field::Sex);
    let mother_name = reader.needed(Field::MotherName, FullName::parse);
    let family_card_number = reader.optional(Field::FamilyCard, FamilyCardNumber::parse);
    let email = reader.optional(Field::Email, |text| {
        Email::parse(text).map_err(|_| Fault::Email)
    });
    let contact = if reader.draft.text(Field::NoPhone).is_empty() {
        reader
            .needed(Field::Phone, Phone::parse)
            .map(Contact::Phone)
    } else {
        reader.choice(Field::NoPhone).map(Contact::NoPhone)
    };
    Some(Person {
        nik: nik?,
        name: name?,
        birth_place: birth_place?,
        birth_date: birth_date?,
        sex: sex?,
        mother_name: mother_name?,
        contact: contact?,
        email,
        family_card_number,
    })
}

fn read_address(reader: &mut Reader) -> Option<Address> {
    let street = reader.line(Field::Street, MOST_STREET);
    let rt = reader.needed(Field::Rt, |text| parse_rt_rw(text).map_err(|_| Fault::RtRw));
    let rw = reader.needed(Field::Rw, |text| parse_rt_rw(text).map_err(|_| Fault::RtRw));
    let place = if reader.draft.ticked(Field::Outside) {
        let region = reader.needed(Field::Region, |name| {
            regency_code(name)
                .map(ToOwned::to_owned)
                .ok_or(Fault::Missing)
        });
        let postal_code = reader.optional(Field::PostalCode, |text| {
            parse_postal_code(text).map_err(|_| Fault::PostalCode)
        });
        region.map(|region_code| Place::Elsewhere {
            region_code,
            postal_code,
        })
    } else {
        reader.needed(Field::Kelurahan, |code| {
            let found = kelurahan(code).ok_or(Fault::Missing)?;
            let around = kecamatan_of(code).ok_or(Fault::Missing)?;
            Ok::<_, Fault>(Place::City {
                kelurahan: found.code,
                kecamatan: around.code,
                postal_code: found.postal_code.to_owned(),
            })
        })
    };
    Some(Address {
        street: street?,
        rt: rt?,
        rw: rw?,
        place: place?,
    })
}

fn read_business(reader: &mut Reader, context: &FormContext) -> Option<Business> {
    let name = reader.line(Field::BusinessName, MOST_BUSINESS_NAME);
    let sector = reader.choice(Field::Sector);
    let place = reader.optional(Field::BusinessKelurahan, |code| {
        kelurahan(code)
            .map(|found| found.code)
            .ok_or(Fault::Missing)
    });
    let workers = reader.needed(Field::Workers, |text| {
        parse_workers(text).map_err(|_| Fault::Number)
    });
    let nib = reader.optional(Field::Nib, |text| Nib::parse(text).map_err(|_| Fault::Nib));
    let edition = KbliEdition::from_code(reader.draft.text(Field::KbliEdition))
        .unwrap_or(KbliEdition::Kbli2025);
    let kbli = reader.optional(Field::Kbli, |text| {
        Kbli::parse(text, edition).map_err(|_| Fault::Kbli)
    });
    let since = reader.optional(Field::Since, |text| {
        parse_since(text, context.event.date.year()).map_err(|_| Fault::Since)
    });
    Some(Business {
        name: name?,
        sector: sector?,
        kelurahan: place,
        workers: workers?,
        nib,
        kbli,
        since,
    })
}

fn read_work(reader: &mut Reader) -> Option<Work> {
    let occupation = reader.line(Field::Occupation, MOST_OCCUPATION);
    let income = reader.needed(Field::Income, parse_rupiah);
    Some(Work {
        occupation: occupation?,
        transport: reader.draft.ticked(Field::Transport),
        income: income?,
    })
}

fn read_programme(
    reader: &mut Reader,
    context: &FormContext,
    work: Option<&Work>,
) -> Option<Enrolment> {
    let payer = reader.choice(Field::Payer);
    let start_month = reader.needed(Field::StartMonth, |text| {
        YearMonth::parse(text).ok_or(Fault::Missing)
    });
    let months = reader.needed(Field::Months, |text| {
        text.parse()
            .ok()
            .and_then(parse_period)
            .ok_or(Fault::Missing)
    });
    let ask = Ask {
        income: work?.income,
        programmes: programmes(reader.draft),
        payer: payer?,
        transport: work?.transport,
        start: start_month?,
        months: months?,
    };
    let computed = contributions(context.rules, &ask);
    let contributions = reader.parsed(Field::StartMonth, computed)?;
    Some(Enrolment {
        programmes: ask.programmes,
        payer: ask.payer,
        start_month: ask.start,
        months: ask.months,
        contributions,
    })
}

/// The programmes that a draft asks for: the obligatory pair, and JHT if wished
/// (Permenaker 5/2021; JHT is voluntary for the self-employed).
pub fn programmes(draft: &Draft) -> Vec<Programme> {
    let mut programmes = vec![Programme::Jkk, Programme::Jkm];
    if draft.ticked(Field::Jht) {
        programmes.push(Programme::Jht);
    }
    programmes
}

fn read_consent(reader: &mut Reader, context: &FormContext) -> Option<Consent> {
    let language = reader.needed(Field::ConsentLanguage, |code| {
        context
            .rules
            .consent
            .iter()
            .find(|text| text.language == code)
            .map(|text| text.language.clone())
            .ok_or(Fault::Missing)
    });
    let read_aloud_by = reader.needed(Field::ReadAloudBy, FullName::parse);
    let purposes: Vec<Purpose> = Purpose::ALL
        .iter()
        .copied()
        .filter(|purpose| reader.draft.ticked(purpose_field(*purpose)))
        .collect();
    let mark = read_mark(reader);
    if !purposes.contains(&Purpose::REQUIRED) {
        reader
            .faults
            .push((purpose_field(Purpose::REQUIRED), Fault::ConsentNeeded));
        return None;
    }
    Some(Consent {
        purposes,
        text_version: context.text_version,
        language: language?,
        read_aloud_by: read_aloud_by?,
        at: Moment::parse_rfc3339(reader.draft.text(Field::ConsentAt)).unwrap_or(context.now),
        mark: mark?,
        withdrawn: Vec::new(),
    })
}

/// A signature, or a mark and who saw it; neither in the correction of a registration that
/// has none and is not asked about anew.
fn read_mark(reader: &mut Reader) -> Option<Option<ConsentMark>> {
    let kind = match MarkKind::from_code(reader.draft.text(Field::Mark)) {
        None if reader.draft.corrects.is_some() => return Some(None),
        kind => kind.unwrap_or(MarkKind::Signature),
    };
    let parse = |text: &str| Ink::parse(text).map_err(|_| Fault::Missing);
    match kind {
        MarkKind::Signature => reader.needed(Field::Ink, parse).map(|ink| {
            Some(ConsentMark {
                kind,
                ink,
                witness: None,
            })
        }),
        MarkKind::Mark => {
            let witness = reader.needed(Field::Witness, FullName::parse);
            let ink = reader.optional(Field::Ink, parse).unwrap_or_default();
            Some(Some(ConsentMark {
                kind,
                ink,
                witness: Some(witness?),
            }))
        }
    }
}
