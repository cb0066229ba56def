//! An event and made-up people, for the tests of every layer on every back end.
//! The app does not call it, so nothing of it is in the app. Serials of the NIKs
//! are 9001 and above, which the registry does not give out.

use uuid::Uuid;

use std::cell::Cell;

use super::{Protection, Store, StoredEvent};
use crate::domain::*;
use crate::format::config::{rules, text_version};
use crate::format::digest::{FingerprintKey, sha256};
use crate::format::event_record::TabletEvent;
use crate::format::key_ring::KeyRing;
use crate::format::pack_lists::Expected;
use crate::vault::open::{Secrets, Vault};

const GIVEN_NAMES: [&str; 7] = [
    "Siti",
    "Slamet",
    "Hj. Fatimah",
    "Ma'ruf",
    "Sri",
    "Moh. Holil",
    "Ngatiyem",
];
const FAMILY_NAMES: [&str; 5] = ["Aminah", "Wahyudi", "Suhartini", "Hidayat", "Rukmini"];
const KELURAHAN: [&str; 3] = ["35.74.05.1005", "35.74.01.1001", "35.74.01.1002"];

/// A UUIDv7 of a fixed time that only `number` tells apart from others.
pub fn sample_uuid(number: u64) -> Uuid {
    Uuid::from_u128(0x0193_8f6e_7c2a_7000_8000_0000_0000_0000 + u128::from(number))
}

/// The tablet on which the samples are registered.
pub fn sample_device() -> DeviceId {
    DeviceId(sample_uuid(1 << 40))
}

/// The morning of the sample event and `minutes` later: 24 November 2026, 08:00 in Probolinggo.
pub fn sample_moment(minutes: u32) -> Moment {
    const EIGHT_O_CLOCK: i64 = 1_795_482_000_000;
    Moment::new(EIGHT_O_CLOCK + i64::from(minutes) * 60_000, 7 * 60)
}

/// An event on this tablet; each number gives another one, with its own code.
pub fn sample_event(number: u32) -> TabletEvent {
    TabletEvent {
        event: Event {
            id: EventId(sample_uuid((1 << 41) + u64::from(number))),
            code: EventCode::parse(&format!("KDP{number}")).expect("a code of at most 6"),
            name: "Pendaftaran pelaku usaha".to_owned(),
            venue: "Pendapa Kecamatan Kedopok".to_owned(),
            date: parse_iso("2026-11-24").expect("a date"),
            programmes: vec![Programme::Jkk, Programme::Jkm],
            payer: Payer::Myself,
            capacity: 20_000,
            sample: false,
        },
        letter: TabletLetter::parse("A").expect("a letter"),
        device: None,
        restored_from: Vec::new(),
        clear_fingerprint_key: None,
        created_at: sample_moment(0),
    }
}

/// Chance that is the same in every run, and never the same twice in one.
pub fn sample_chance(bytes: &mut [u8]) {
    thread_local!(static CALLS: Cell<u64> = const { Cell::new(0) });
    for chunk in bytes.chunks_mut(32) {
        let call = CALLS.with(|calls| calls.replace(calls.get() + 1));
        chunk.copy_from_slice(&sha256(&call.to_be_bytes()).0[..chunk.len()]);
    }
}

/// The first entry of an event's attendance list.
pub fn sample_attendance(event: &StoredEvent) -> Attendance {
    let typed = TypedAttendee {
        name: "Sugeng Riyadi".to_owned(),
        origin: "Kelompok Mangga Manis".to_owned(),
        phone: "081234567890".to_owned(),
        reason: NotRegistered::AlreadyCovered.code().to_owned(),
        invitation: "U-12".to_owned(),
        signature: "100,200 300,120;500,90".to_owned(),
    };
    Attendance {
        id: AttendanceId(sample_uuid(1 << 43)),
        event_id: event.id(),
        device_id: sample_device(),
        sequence: event.state.attended + 1,
        recorded_at: sample_moment(5),
        officer: FullName::parse("Rukmini").expect("a name"),
        is_active: true,
        attendee: typed.read().expect("an attendee"),
    }
}

/// An open vault for an event of this id, with a key of its own.
pub fn sample_vault(event: &str) -> Vault {
    let secrets = Secrets {
        fingerprint: FingerprintKey([7; 32]),
        tablet: [11; 32],
        identity: None,
    };
    Vault::new(event.to_owned(), secrets, sample_chance)
}

/// The vault of an event that no passphrase opens again: trying one is work, and
/// what is tested here is what an open vault does.
pub fn sample_protection(event: EventId) -> Protection {
    let vault = sample_vault(&event.to_string());
    let mut ring = KeyRing::default();
    vault.close_secrets(&mut ring);
    Protection {
        vault,
        ring,
        entry: sample_entry(AuditAction::SetUp),
        pack: None,
        officers: Vec::new(),
        expected: Vec::new(),
    }
}

/// An entry that stands nowhere yet.
pub fn sample_entry(action: AuditAction) -> AuditEntry {
    AuditEntry {
        sequence: 1,
        previous: None,
        at: sample_moment(0),
        officer: Some("Budi Santoso".to_owned()),
        action,
        subject: None,
        detail: None,
    }
}

/// Adds an event to a store; its vault is open afterwards.
pub async fn add_sample(store: &Store, tablet: TabletEvent) -> StoredEvent {
    let protection = sample_protection(tablet.event.id);
    let added = store.add_event(tablet, protection).await;
    added.expect("a new event")
}

/// What an officer types for the sample person of this number: complete, right,
/// and with nothing unusual. Numbers below 27,972 have a NIK each.
pub fn sample_draft(event: &Event, number: u32) -> Draft {
    let pick = |words: &[&str]| words[number as usize % words.len()].to_owned();
    let is_woman = number.is_multiple_of(2);
    let day = 1 + number / 999 % 28;
    let day_in_nik = if is_woman { day + 40 } else { day };
    let serial = 9001 + number % 999;
    let name = if number % 3 == 1 {
        pick(&["Ngatiyem", "Sumiati", "Buhari"])
    } else {
        format!("{} {}", pick(&GIVEN_NAMES), pick(&FAMILY_NAMES))
    };
    let mut draft = Draft::new(
        RegistrationId(sample_uuid(u64::from(number))),
        event,
        sample_moment(0),
    );
    for (field, text) in [
        (Field::Nik, format!("357405{day_in_nik:02}0584{serial}")),
        (Field::Name, name),
        (Field::BirthPlace, "Probolinggo".to_owned()),
        (Field::BirthDate, format!("{day:02}-05-1984")),
        (
            Field::Sex,
            if is_woman { "female" } else { "male" }.to_owned(),
        ),
        (Field::MotherName, "Sumiati".to_owned()),
        (Field::Phone, format!("0812{number:08}")),
        (Field::Street, format!("Jl. Mangga {}", number + 1)),
        (Field::Rt, "3".to_owned()),
        (Field::Rw, "02".to_owned()),
        (Field::Kelurahan, pick(&KELURAHAN)),
        (
            Field::BusinessName,
            format!("Warung {}", pick(&FAMILY_NAMES)),
        ),
        (
            Field::Sector,
            Sector::ALL[number as usize % Sector::ALL.len()]
                .code()
                .to_owned(),
        ),
        (Field::Workers, "1".to_owned()),
        (Field::Occupation, "Pemilik warung".to_owned()),
        (Field::Income, "1.500.000".to_owned()),
        (Field::ConsentLanguage, "id".to_owned()),
        (Field::ReadAloudBy, "Budi Santoso".to_owned()),
        (Field::ConsentBpjs, TICKED.to_owned()),
        (Field::Ink, "120,240 400,80 700,220;480,300".to_owned()),
        (Field::ConsentAt, sample_moment(1).rfc3339()),
        (Field::Officer, "Budi Santoso".to_owned()),
    ] {
        draft.set(field, &text);
    }
    draft
}

/// What the office knows of the sample person of this number before they come.
pub fn sample_expected(number: u32) -> Expected {
    let draft = sample_draft(&sample_event(1).event, number);
    let mut known = Expected::default();
    for field in [
        Field::Nik,
        Field::Name,
        Field::BirthDate,
        Field::Phone,
        Field::BusinessName,
    ] {
        let text = draft.text(field).to_owned();
        known.0.insert(field.code().to_owned(), text);
    }
    let code = format!("U-{number:03}");
    known.0.insert(Expected::INVITATION.to_owned(), code);
    known
}

/// As [`sample_draft`], with every optional part there or not by the bits of
/// `variety`: 0 has none of them, `u32::MAX` all. What is unusual is confirmed.
pub fn sample_draft_with(event: &Event, number: u32, variety: u32) -> Draft {
    let bit = |position: u32| variety >> position & 1 == 1;
    let bits = |position: u32| (variety >> position & 3) as usize;
    let mut draft = sample_draft(event, number);
    let mut set = |is_there: bool, field, text: &str| {
        if is_there {
            draft.set(field, text);
        }
    };
    set(bit(0), Field::Email, &format!("warung{number}@contoh.id"));
    set(bit(1), Field::FamilyCard, "3574050101109001");
    set(bit(2), Field::BusinessKelurahan, KELURAHAN[2]);
    set(bit(3), Field::Nib, &format!("9{number:012}"));
    set(bit(4), Field::Kbli, "56103");
    set(bit(4) && bit(5), Field::KbliEdition, "2020");
    set(bit(6), Field::Since, "2015");
    set(bit(7), Field::Transport, TICKED);
    set(bit(8), Field::Jht, TICKED);
    set(bit(9), Field::ConsentCity, TICKED);
    set(bit(10), Field::ConsentWhatsapp, TICKED);
    set(bit(11), Field::ConsentLanguage, "en");
    set(
        bit(12),
        Field::Payer,
        Payer::ALL[bits(12) % Payer::ALL.len()].code(),
    );
    set(bit(14), Field::Months, &PERIODS[bits(14)].to_string());
    set(bit(16), Field::StartMonth, "2026-12");
    if bit(17) && !bit(18) {
        let reason = NoPhoneReason::ALL[bits(19) % NoPhoneReason::ALL.len()];
        draft.set(Field::Phone, "");
        draft.set(Field::NoPhone, reason.code());
    }
    if bit(21) && !bit(22) {
        draft.set(Field::Kelurahan, "");
        draft.set(Field::Outside, TICKED);
        draft.set(Field::Region, regency_name("35.13").expect("a regency"));
        draft.set(Field::PostalCode, if bit(23) { "67282" } else { "" });
        draft.confirmed.push(warning_key(&Warning::OutsideCity));
    }
    draft
}

/// What a draft says, read by the rules in force.
///
/// # Panics
/// If the draft has a fault.
pub fn sample_details(event: &Event, draft: &Draft) -> Details {
    let rules = rules();
    let text = rules
        .consent_in(draft.text(Field::ConsentLanguage))
        .expect("a consent text in the language of the draft");
    read_form(
        draft,
        &FormContext {
            event,
            rules: &rules,
            alike: &[],
            earlier: None,
            text_version: text_version(text),
            registered: 0,
            last_recorded_at: None,
            now: sample_moment(2),
        },
    )
    .expect("a draft without faults")
}

/// The first revision of the sample person of this number, as the next one of
/// the event as it stands.
pub fn sample_registration(stored: &StoredEvent, number: u32) -> Registration {
    registration_of(stored, &sample_draft(&stored.tablet.event, number))
}

/// The first revision of what a draft says, as the next one of the event as it
/// stands.
///
/// # Panics
/// If the draft has a fault.
pub fn registration_of(stored: &StoredEvent, draft: &Draft) -> Registration {
    let tablet = &stored.tablet;
    let counter = u32::try_from(stored.state.issued + 1).expect("a counter");
    Registration::first(
        Identity {
            id: draft.id,
            event_id: stored.id(),
            device_id: sample_device(),
            number: RegistrationNumber::new(tablet.event.code.clone(), tablet.letter, counter),
            recorded_at: sample_moment(counter + 1),
            sequence: stored.state.saved + 1,
            officer: FullName::parse("Budi Santoso").expect("a name"),
        },
        sample_details(&tablet.event, draft),
    )
}
