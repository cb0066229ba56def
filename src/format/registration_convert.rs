//! Between the domain's registration and its record, both ways. Reading parses
//! every member again: what is stored is not trusted more than what is typed.

use super::code::Code;
use super::registration_record::*;
use crate::domain::*;

impl From<&Registration> for RegistrationRecord {
    fn from(registration: &Registration) -> Self {
        let details = &registration.details;
        let (status, reason) = match &registration.status {
            Status::Active => (StatusCode::Active, registration.reason.clone()),
            Status::Voided { reason } => (StatusCode::Voided, Some(reason.clone())),
        };
        RegistrationRecord {
            version: RECORD_VERSION,
            id: registration.id.to_string(),
            event_id: registration.event_id.to_string(),
            device_id: registration.device_id.to_string(),
            number: registration.number.to_string(),
            revision: registration.revision,
            previous: registration.previous.map(|hash| hash.to_string()),
            status: Code(status),
            reason,
            recorded_at: registration.recorded_at.rfc3339(),
            sequence: registration.sequence,
            officer: registration.officer.as_str().to_owned(),
            person: (&details.person).into(),
            address: (&details.address).into(),
            business: (&details.business).into(),
            work: WorkRecord {
                occupation: details.work.occupation.clone(),
                transport: details.work.transport,
                income: details.work.income,
            },
            programme: (&details.programme).into(),
            consent: (&details.consent).into(),
            checks: (&details.checks).into(),
        }
    }
}

impl From<&Person> for PersonRecord {
    fn from(person: &Person) -> Self {
        let (phone, no_phone) = match &person.contact {
            Contact::Phone(phone) => (Some(phone.e164().to_owned()), None),
            Contact::NoPhone(reason) => (None, Some(Code(*reason))),
        };
        PersonRecord {
            nik: person.nik.as_str().to_owned(),
            name: person.name.as_str().to_owned(),
            birth_place: person.birth_place.as_str().to_owned(),
            birth_date: iso(person.birth_date),
            sex: Code(person.sex),
            mother_name: person.mother_name.as_str().to_owned(),
            phone,
            no_phone,
            email: person.email.as_ref().map(|email| email.as_str().to_owned()),
            family_card_number: person
                .family_card_number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
        }
    }
}

impl From<&Address> for AddressRecord {
    fn from(address: &Address) -> Self {
        let mut record = AddressRecord {
            street: address.street.clone(),
            rt: address.rt.clone(),
            rw: address.rw.clone(),
            kelurahan: None,
            kecamatan: None,
            postal_code: None,
            region_code: None,
        };
        match &address.place {
            Place::City {
                kelurahan,
                kecamatan,
                postal_code,
            } => {
                record.kelurahan = Some((*kelurahan).to_owned());
                record.kecamatan = Some((*kecamatan).to_owned());
                record.postal_code = Some(postal_code.clone());
            }
            Place::Elsewhere {
                region_code,
                postal_code,
            } => {
                record.region_code = Some(region_code.clone());
                record.postal_code.clone_from(postal_code);
            }
        }
        record
    }
}

impl From<&Business> for BusinessRecord {
    fn from(business: &Business) -> Self {
        BusinessRecord {
            name: business.name.clone(),
            sector: Code(business.sector),
            kelurahan: business.kelurahan.map(ToOwned::to_owned),
            workers: business.workers,
            nib: business.nib.as_ref().map(|nib| nib.as_str().to_owned()),
            kbli: business.kbli.as_ref().map(|kbli| KbliRecord {
                code: kbli.code.clone(),
                edition: Code(kbli.edition),
            }),
            since: business.since,
        }
    }
}

impl From<&Enrolment> for ProgrammeRecord {
    fn from(enrolment: &Enrolment) -> Self {
        ProgrammeRecord {
            programmes: enrolment.programmes.iter().copied().map(Code).collect(),
            payer: Code(enrolment.payer),
            start_month: enrolment.start_month.to_string(),
            months: enrolment.months,
            contributions: ContributionsRecord {
                rate_table: enrolment.contributions.rate_table.clone(),
                monthly: enrolment
                    .contributions
                    .months
                    .iter()
                    .map(|month| MonthRecord {
                        month: month.month.to_string(),
                        jkk: month.jkk,
                        jkm: month.jkm,
                        jht: month.jht,
                        total: month.total,
                        discount: month.discount.clone(),
                    })
                    .collect(),
                total: enrolment.contributions.total,
            },
        }
    }
}

impl From<&Consent> for ConsentRecord {
    fn from(consent: &Consent) -> Self {
        ConsentRecord {
            purposes: consent.purposes.iter().copied().map(Code).collect(),
            text_version: consent.text_version.to_string(),
            language: consent.language.clone(),
            read_aloud_by: consent.read_aloud_by.as_str().to_owned(),
            at: consent.at.rfc3339(),
            mark: consent.mark.as_ref().map(|mark| ConsentMarkRecord {
                kind: Code(mark.kind),
                ink: mark.ink.to_string(),
                witness: mark.witness.as_ref().map(|name| name.as_str().to_owned()),
            }),
            withdrawn: consent
                .withdrawn
                .iter()
                .map(|withdrawal| WithdrawalRecord {
                    purpose: Code(withdrawal.purpose),
                    at: withdrawal.at.rfc3339(),
                })
                .collect(),
        }
    }
}

impl From<&Checks> for ChecksRecord {
    fn from(checks: &Checks) -> Self {
        ChecksRecord {
            warnings: checks
                .warnings
                .iter()
                .map(|warning| WarningRecord {
                    code: warning.code().to_owned(),
                    facts: warning.facts(),
                })
                .collect(),
            duplicates: checks
                .duplicates
                .iter()
                .map(|duplicate| DuplicateRecord {
                    other: duplicate.other.to_string(),
                    likeness: Code(duplicate.likeness),
                    decision: Code(duplicate.decision),
                    reason: duplicate.reason.clone(),
                })
                .collect(),
        }
    }
}

/// `value` if it could be parsed, else the error that names the member.
fn member<T>(value: Option<T>, name: &'static str) -> Result<T, RecordError> {
    value.ok_or(RecordError::Member(name))
}

/// A member that may be absent, but may not be wrong.
fn optional<T>(
    text: Option<String>,
    parse: impl FnOnce(&str) -> Option<T>,
    name: &'static str,
) -> Result<Option<T>, RecordError> {
    match text {
        None => Ok(None),
        Some(text) => member(parse(&text), name).map(Some),
    }
}

/// A line of free text, of any length: the form, not the file, limits it.
fn line(text: String, name: &'static str) -> Result<String, RecordError> {
    member(parse_text(&text, usize::MAX).ok(), name)
}

/// Groups of digits with dots between them. Spreadsheets carry such text as it
/// is, so nothing else may come in here.
fn digits(text: String, groups: &[usize], name: &'static str) -> Result<String, RecordError> {
    let lengths = text.split('.').map(|group| {
        let is_number = group.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(group.len())
    });
    let is_right = lengths.eq(groups.iter().map(|length| Some(*length)));
    member(is_right.then_some(text), name)
}

/// A number that counts from 1.
fn counted<T: PartialOrd + From<u8>>(number: T, name: &'static str) -> Result<T, RecordError> {
    member((number >= T::from(1)).then_some(number), name)
}

impl TryFrom<RegistrationRecord> for Registration {
    type Error = RecordError;

    fn try_from(record: RegistrationRecord) -> Result<Self, RecordError> {
        if record.version > RECORD_VERSION {
            return Err(RecordError::Newer(record.version));
        }
        counted(record.version, "version")?;
        let (status, reason) = match record.status.0 {
            StatusCode::Active => (Status::Active, record.reason),
            StatusCode::Voided => (
                Status::Voided {
                    reason: member(record.reason, "reason")?,
                },
                None,
            ),
        };
        Ok(Registration {
            id: member(RegistrationId::parse(&record.id), "id")?,
            event_id: member(EventId::parse(&record.event_id), "event_id")?,
            device_id: member(DeviceId::parse(&record.device_id), "device_id")?,
            number: member(RegistrationNumber::parse(&record.number).ok(), "number")?,
            revision: counted(record.revision, "revision")?,
            previous: optional(record.previous, Hash::parse, "previous")?,
            status,
            reason,
            recorded_at: member(Moment::parse_rfc3339(&record.recorded_at), "recorded_at")?,
            sequence: counted(record.sequence, "sequence")?,
            officer: member(FullName::parse(&record.officer).ok(), "officer")?,
            details: Details {
                person: record.person.try_into()?,
                address: record.address.try_into()?,
                business: record.business.try_into()?,
                work: Work {
                    occupation: line(record.work.occupation, "occupation")?,
                    transport: record.work.transport,
                    income: record.work.income,
                },
                programme: record.programme.try_into()?,
                consent: record.consent.try_into()?,
                checks: record.checks.try_into()?,
            },
        })
    }
}

impl TryFrom<PersonRecord> for Person {
    type Error = RecordError;

    fn try_from(record: PersonRecord) -> Result<Self, RecordError> {
        let contact = match (record.phone, record.no_phone) {
            (Some(phone), None) => Contact::Phone(member(Phone::parse(&phone).ok(), "phone")?),
            (None, Some(reason)) => Contact::NoPhone(reason.0),
            _ => return Err(RecordError::Member("phone")),
        };
        Ok(Person {
            nik: member(Nik::parse(&record.nik).ok(), "nik")?,
            name: member(FullName::parse(&record.name).ok(), "name")?,
            birth_place: member(BirthPlace::parse(&record.birth_place).ok(), "birth_place")?,
            birth_date: member(parse_iso(&record.birth_date).ok(), "birth_date")?,
            sex: record.sex.0,
            mother_name: member(FullName::parse(&record.mother_name).ok(), "mother_name")?,
            contact,
            email: optional(record.email, |text| Email::parse(text).ok(), "email")?,
            family_card_number: optional(
                record.family_card_number,
                |text| FamilyCardNumber::parse(text).ok(),
                "family_card_number",
            )?,
        })
    }
}

impl TryFrom<AddressRecord> for Address {
    type Error = RecordError;

    fn try_from(record: AddressRecord) -> Result<Self, RecordError> {
        let postal_code = optional(
            record.postal_code,
            |text| parse_postal_code(text).ok(),
            "postal_code",
        )?;
        let place = match (record.kelurahan, record.region_code) {
            (Some(code), None) => {
                let found = member(kelurahan(&code), "kelurahan")?;
                Place::City {
                    kelurahan: found.code,
                    kecamatan: member(kecamatan_of(found.code), "kecamatan")?.code,
                    postal_code: member(postal_code, "postal_code")?,
                }
            }
            (None, Some(code)) => Place::Elsewhere {
                region_code: digits(code, &[2, 2], "region_code")?,
                postal_code,
            },
            _ => return Err(RecordError::Member("kelurahan")),
        };
        Ok(Address {
            street: line(record.street, "street")?,
            rt: digits(record.rt, &[3], "rt")?,
            rw: digits(record.rw, &[3], "rw")?,
            place,
        })
    }
}

impl TryFrom<BusinessRecord> for Business {
    type Error = RecordError;

    fn try_from(record: BusinessRecord) -> Result<Self, RecordError> {
        Ok(Business {
            name: line(record.name, "business name")?,
            sector: record.sector.0,
            kelurahan: optional(
                record.kelurahan,
                |code| kelurahan(code).map(|found| found.code),
                "business kelurahan",
            )?,
            workers: record.workers,
            nib: optional(record.nib, |text| Nib::parse(text).ok(), "nib")?,
            kbli: record
                .kbli
                .map(|kbli| member(Kbli::parse(&kbli.code, kbli.edition.0).ok(), "kbli"))
                .transpose()?,
            since: record.since,
        })
    }
}

impl TryFrom<ProgrammeRecord> for Enrolment {
    type Error = RecordError;

    fn try_from(record: ProgrammeRecord) -> Result<Self, RecordError> {
        let months = record
            .contributions
            .monthly
            .into_iter()
            .map(|month| {
                Ok(MonthlyContribution {
                    month: member(YearMonth::parse(&month.month), "month")?,
                    jkk: month.jkk,
                    jkm: month.jkm,
                    jht: month.jht,
                    total: month.total,
                    discount: month.discount,
                })
            })
            .collect::<Result<_, RecordError>>()?;
        Ok(Enrolment {
            programmes: record.programmes.into_iter().map(|code| code.0).collect(),
            payer: record.payer.0,
            start_month: member(YearMonth::parse(&record.start_month), "start_month")?,
            months: member(parse_period(record.months), "months")?,
            contributions: Contributions {
                months,
                total: record.contributions.total,
                rate_table: record.contributions.rate_table,
            },
        })
    }
}

impl TryFrom<ConsentRecord> for Consent {
    type Error = RecordError;

    fn try_from(record: ConsentRecord) -> Result<Self, RecordError> {
        Ok(Consent {
            purposes: record.purposes.into_iter().map(|code| code.0).collect(),
            text_version: member(Hash::parse(&record.text_version), "text_version")?,
            language: record.language,
            read_aloud_by: member(FullName::parse(&record.read_aloud_by).ok(), "read_aloud_by")?,
            at: member(Moment::parse_rfc3339(&record.at), "at")?,
            mark: record.mark.map(ConsentMark::try_from).transpose()?,
            withdrawn: record
                .withdrawn
                .into_iter()
                .map(|withdrawal| {
                    Ok(Withdrawal {
                        purpose: withdrawal.purpose.0,
                        at: member(Moment::parse_rfc3339(&withdrawal.at), "withdrawn")?,
                    })
                })
                .collect::<Result<_, RecordError>>()?,
        })
    }
}

impl TryFrom<ConsentMarkRecord> for ConsentMark {
    type Error = RecordError;

    fn try_from(record: ConsentMarkRecord) -> Result<Self, RecordError> {
        let witness = record
            .witness
            .map(|name| member(FullName::parse(&name).ok(), "witness"));
        Ok(ConsentMark {
            kind: record.kind.0,
            ink: member(Ink::parse(&record.ink).ok(), "ink")?,
            witness: witness.transpose()?,
        })
    }
}

impl TryFrom<ChecksRecord> for Checks {
    type Error = RecordError;

    fn try_from(record: ChecksRecord) -> Result<Self, RecordError> {
        let warnings = record
            .warnings
            .into_iter()
            .map(|warning| {
                member(
                    Warning::from_parts(&warning.code, warning.facts.as_deref()),
                    "warnings",
                )
            })
            .collect::<Result<_, _>>()?;
        let duplicates = record
            .duplicates
            .into_iter()
            .map(|duplicate| {
                Ok(DuplicateDecision {
                    other: member(RegistrationNumber::parse(&duplicate.other).ok(), "other")?,
                    likeness: duplicate.likeness.0,
                    decision: duplicate.decision.0,
                    reason: duplicate.reason,
                })
            })
            .collect::<Result<_, RecordError>>()?;
        Ok(Checks {
            warnings,
            duplicates,
        })
    }
}
