//! Made-up people and an event, for tests.

use time::macros::date;
use uuid::Uuid;

use super::*;

pub(crate) fn person() -> Person {
    let name = |text| FullName::parse(text).expect("a name");
    Person {
        nik: Nik::parse("3574055205849001").expect("a NIK"),
        name: name("Siti Aminah"),
        birth_place: BirthPlace::parse("Probolinggo").expect("a place"),
        birth_date: date!(1984 - 05 - 12),
        sex: Sex::Female,
        mother_name: name("Sumiati"),
        contact: Contact::Phone(Phone::parse("081234567890").expect("a number")),
        email: None,
        family_card_number: None,
    }
}

pub(crate) fn address() -> Address {
    Address {
        street: "Jl. Mangga 7".to_owned(),
        rt: "003".to_owned(),
        rw: "002".to_owned(),
        place: Place::in_city("35.74.05.1005").expect("a kelurahan"),
    }
}

pub(crate) fn event() -> Event {
    Event {
        id: EventId(Uuid::from_u128(1)),
        code: EventCode::parse("KDP1").expect("a code"),
        name: "Pendaftaran pelaku usaha".to_owned(),
        venue: "Pendapa Kecamatan Kedopok".to_owned(),
        date: date!(2026 - 11 - 24),
        programmes: vec![Programme::Jkk, Programme::Jkm],
        payer: Payer::Myself,
        capacity: 50,
        sample: false,
    }
}

pub(crate) fn registration() -> Registration {
    let now = Moment::new(1_795_491_727_123, 420);
    let officer = FullName::parse("Budi").expect("a name");
    let start = YearMonth {
        year: 2026,
        month: 11,
    };
    let ask = Ask {
        income: 1_500_000,
        programmes: vec![Programme::Jkk, Programme::Jkm],
        payer: Payer::Myself,
        transport: false,
        start,
        months: 3,
    };
    let details = Details {
        person: person(),
        address: address(),
        business: Business {
            name: "Warung Bu Siti".to_owned(),
            sector: Sector::Culinary,
            kelurahan: Some("35.74.05.1005"),
            workers: 1,
            nib: None,
            kbli: None,
            since: Some(2015),
        },
        work: Work {
            occupation: "Pemilik warung".to_owned(),
            transport: false,
            income: ask.income,
        },
        programme: Enrolment {
            contributions: contributions(&crate::format::config::rules(), &ask).expect("a price"),
            programmes: ask.programmes,
            payer: ask.payer,
            start_month: start,
            months: ask.months,
        },
        consent: Consent {
            purposes: vec![Purpose::Bpjs],
            text_version: Hash([1; 32]),
            language: "id".to_owned(),
            read_aloud_by: officer.clone(),
            at: now,
            mark: None,
            withdrawn: Vec::new(),
        },
        checks: Checks::default(),
    };
    let identity = Identity {
        id: RegistrationId(Uuid::from_u128(2)),
        event_id: EventId(Uuid::from_u128(1)),
        device_id: DeviceId(Uuid::from_u128(3)),
        number: RegistrationNumber::new(
            event().code,
            TabletLetter::parse("A").expect("a letter"),
            1,
        ),
        recorded_at: now,
        sequence: 1,
        officer,
    };
    Registration::first(identity, details)
}
