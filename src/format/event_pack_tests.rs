use super::*;
use crate::format::vector_tests::{assert_bytes, vector};
use crate::store::samples::sample_event;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_iso(text).expect("a date")
}

fn pack() -> EventPack {
    EventPack {
        event: sample_event(1).event,
        expires: day("2026-12-24"),
        officers: vec![FullName::parse("Budi Santoso").expect("a name")],
        office: Some(OfficeAddress {
            recipient: "age1example".to_owned(),
            receipt_key: "ed25519:example".to_owned(),
        }),
        upload: Some(Upload {
            address: "upload/".to_owned(),
            protocol: Code(UploadProtocol::Tus),
            token: Some("create-only".to_owned()),
        }),
        hand_over: HandOverRules::USUAL,
        fingerprint_key: FingerprintKey([7; 32]),
        earlier: vec![EarlierPeople {
            event: EarlierEvent::default(),
            fingerprints: vec!["00ff".repeat(8)],
        }],
        consent: Vec::new(),
        rules: RulesRecord::default(),
        expected: Vec::new(),
    }
}

fn with(member: &str, value: serde_json::Value) -> Vec<u8> {
    let mut json: serde_json::Value = serde_json::from_slice(&write_pack(&pack())).expect("JSON");
    json[member] = value;
    serde_json::to_vec(&json).expect("JSON")
}

fn refused(bytes: &[u8]) -> Option<PackError> {
    read_pack(bytes, day("2026-11-24")).err()
}

#[test]
fn version_1_packs_stay_readable_for_ever() {
    let path = "packs/v1.json";
    let vector = vector(path, || write_pack(&pack()));
    assert!(read_pack(&vector, day("2026-11-24")) == Ok(pack()));
    assert_bytes(path, &write_pack(&pack()), &vector);
}

#[test]
fn version_1_packs_that_say_which_event_was_earlier_stay_readable_for_ever() {
    let path = "packs/v1_earlier.json";
    let mut said = pack();
    said.earlier.push(EarlierPeople {
        event: EarlierEvent {
            date: Some(day("2026-10-12")),
            venue: "Pendapa Kecamatan Wonoasih".to_owned(),
        },
        fingerprints: vec!["01ab".repeat(8), "77ff".repeat(8)],
    });
    let vector = vector(path, || write_pack(&said));
    assert!(read_pack(&vector, day("2026-11-24")) == Ok(said.clone()));
    assert_bytes(path, &write_pack(&said), &vector);
    let mut json: serde_json::Value = serde_json::from_slice(&vector).expect("JSON");
    json["earlier_events"][0]["date"] = "12-10-2026".into();
    let wrong = serde_json::to_vec(&json).expect("JSON");
    assert_eq!(refused(&wrong), Some(PackError::Member("earlier_events")));
}

#[test]
fn version_1_packs_that_say_how_batches_go_stay_readable_for_ever() {
    let path = "packs/v1_hand_over.json";
    let mut said = pack();
    said.hand_over.wipe_after_days = 14;
    said.hand_over.remind_after_hours = 48;
    if let Some(upload) = &mut said.upload {
        upload.protocol = Code(UploadProtocol::Put);
    }
    let vector = vector(path, || write_pack(&said));
    assert!(read_pack(&vector, day("2026-11-24")) == Ok(said.clone()));
    assert_bytes(path, &write_pack(&said), &vector);
}

#[test]
fn version_1_packs_that_correct_rates_stay_readable_for_ever() {
    let path = "packs/v1_rules.json";
    let mut said = pack();
    said.rules = serde_json::from_value(serde_json::json!({
        "agency": "Dinas Contoh",
        "bpjs_branch": "BPJS Ketenagakerjaan Cabang Contoh",
        "income_floor": 1_200_000,
        "rate_tables": [{
            "version": "contoh-2027", "valid_from": "2027-01", "legal_basis": "contoh",
            "tiers": [
                { "from": 0, "base": 1_000_000, "jkk": 10_000, "jkm": 7_000, "jht": 20_000 },
                { "from": 2_000_000, "base": 2_200_000, "jkk": 22_000, "jkm": 7_000, "jht": 44_000 }
            ]
        }],
        "discounts": [{
            "id": "contoh", "legal_basis": "contoh", "percent": 25, "programmes": ["jkk"],
            "transport": true, "from": "2027-01", "to": "2027-06", "excluded_payers": ["public_budget"]
        }],
        "age_limits": [{ "valid_from": "2027-01-01", "under": 65, "minimum": 18, "confirm_from": 64 }],
        "benefit_tables": [{
            "version": "contoh-2027", "valid_from": "2027-01", "legal_basis": "contoh",
            "checked_on": "2026-12-01",
            "figures": [{
                "benefit": "jkm_death_rupiah", "amount": 21_000_000, "confidence": "confirmed",
                "source": "contoh"
            }]
        }]
    }))
    .expect("rules");
    let vector = vector(path, || write_pack(&said));
    assert!(read_pack(&vector, day("2026-11-24")) == Ok(said.clone()));
    assert_bytes(path, &write_pack(&said), &vector);
    let wrong = with("rules", serde_json::json!({ "discounts": 50 }));
    assert!(matches!(refused(&wrong), Some(PackError::Json { .. })));
    let tiers = serde_json::json!([{ "version": "x", "valid_from": "2027-01", "legal_basis": "", "tiers": [] }]);
    let wrong = with("rules", serde_json::json!({ "rate_tables": tiers }));
    assert_eq!(refused(&wrong), Some(PackError::Member("rules")));
}

#[test]
fn a_slip_of_the_pen_in_the_rules_of_a_description_is_refused() {
    let written = |rules: &str| {
        let text = format!(
            r#"{{"name": "Contoh", "venue": "Balai", "date": "2026-12-02", "payer": "self", "rules": {rules}}}"#
        );
        read_description(text.as_bytes())
    };
    assert!(written(r#"{"income_floor": 1200000}"#).is_ok());
    assert!(written(r#"{"income_flor": 1200000}"#).is_err());
}

#[test]
fn a_pack_without_an_office_is_a_pack() {
    let mut quick = pack();
    (quick.office, quick.upload) = (None, None);
    quick.officers.clear();
    assert!(read_pack(&write_pack(&quick), day("2026-11-24")) == Ok(quick));
}

#[test]
fn a_pack_is_good_on_its_last_day_and_not_on_the_next() {
    let bytes = write_pack(&pack());
    assert!(read_pack(&bytes, day("2026-12-24")).is_ok());
    let expired = read_pack(&bytes, day("2026-12-25")).err();
    let until = day("2026-12-24");
    assert_eq!(expired, Some(PackError::Expired { until }));
}

#[test]
fn a_pack_from_a_later_office_is_named_as_such_and_more_members_are_left_alone() {
    assert_eq!(
        refused(&with("version", 2.into())),
        Some(PackError::Newer(2))
    );
    assert_eq!(refused(&with("weather", "hot".into())), None);
}

#[test]
fn what_is_no_pack_is_refused_with_its_reason() {
    assert!(matches!(refused(b"{"), Some(PackError::Json { .. })));
    assert_eq!(refused(b"{}"), Some(PackError::Format));
    assert_eq!(
        refused(&with("format", "pendapa-batch".into())),
        Some(PackError::Format)
    );
    for (member, value) in [
        ("id", "1"),
        ("code", "?"),
        ("date", "2026-02-30"),
        ("expires", "soon"),
        ("fingerprint_key", "07"),
    ] {
        assert_eq!(
            refused(&with(member, value.into())),
            Some(PackError::Member(member))
        );
    }
    let print = serde_json::json!(["12"]);
    assert_eq!(
        refused(&with("earlier", print)),
        Some(PackError::Member("earlier"))
    );
}

#[test]
fn batches_go_only_where_nobody_listens_on_the_way() {
    let to = |address: &str| refused(&with("upload", serde_json::json!({ "address": address })));
    for safe in [
        "https://kantor.example/upload/",
        "http://localhost:8080/",
        "http://127.0.0.1/u",
        "upload/",
    ] {
        assert_eq!(to(safe), None, "{safe}");
    }
    for unsafe_one in [
        "http://kantor.example/",
        "ftp://x",
        "//x",
        "",
        "https://",
        "http://localhost.example/",
    ] {
        assert_eq!(
            to(unsafe_one),
            Some(PackError::Member("upload")),
            "{unsafe_one}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = read_pack(&bytes, day("2026-11-24")).is_ok();
    }
}

/// A pack with its longer parts.
fn full_pack() -> EventPack {
    let text = ConsentText {
        language: "jv".to_owned(),
        statement: "Kula sarujuk.".to_owned(),
        purposes: Purpose::ALL
            .iter()
            .map(|purpose| (*purpose, format!("Kangge {}.", purpose.code())))
            .collect(),
        refusal: "Mboten punapa-punapa.".to_owned(),
    };
    let expected = [
        (Field::Name, "Ngatiyem"),
        (Field::Nik, "3574055205849001"),
        (Field::ConsentBpjs, TICKED),
    ];
    let expected = expected.map(|(field, text)| (field.code().to_owned(), text.to_owned()));
    EventPack {
        consent: vec![text],
        expected: vec![Expected(expected.into())],
        ..pack()
    }
}

#[test]
fn version_1_packs_with_texts_and_a_list_stay_readable_for_ever() {
    let path = "packs/v1_full.json";
    let vector = vector(path, || write_pack(&full_pack()));
    let read = read_pack(&vector, day("2026-11-24"));
    assert!(read == Ok(full_pack()));
    assert_bytes(path, &write_pack(&full_pack()), &vector);
    let fields: Vec<_> = full_pack().expected[0]
        .fields()
        .map(|(field, text)| (field, text.to_owned()))
        .collect();
    let told = [
        (Field::Name, "Ngatiyem".to_owned()),
        (Field::Nik, "3574055205849001".to_owned()),
    ];
    assert_eq!(fields, told, "nobody agrees before they were asked");
}

#[test]
fn an_invitation_travels_in_the_list_and_is_no_field_of_the_form() {
    let mut pack = full_pack();
    let expected = &mut pack.expected[0].0;
    expected.insert(Expected::INVITATION.to_owned(), "A-017".to_owned());
    let read = read_pack(&write_pack(&pack), day("2026-11-24")).expect("a pack");
    assert_eq!(read.expected[0].invitation(), Some("A-017"));
    assert_eq!(read.expected[0].fields().count(), 2);
}

#[test]
fn a_consent_text_that_asks_too_little_and_somebody_without_a_name_are_refused() {
    let with_full = |pointer: &str, value: serde_json::Value| {
        let mut json: serde_json::Value =
            serde_json::from_slice(&write_pack(&full_pack())).expect("JSON");
        *json.pointer_mut(pointer).expect("a member") = value;
        refused(&serde_json::to_vec(&json).expect("JSON"))
    };
    for (pointer, value) in [
        ("/consent/0/purposes", serde_json::json!([])),
        ("/consent/0/purposes/0/text", serde_json::json!(" ")),
        (
            "/consent/0/purposes/1/purpose",
            serde_json::json!("register_bpjs"),
        ),
        ("/consent/0/statement", serde_json::json!("")),
        ("/consent/0/language", serde_json::json!("Jawa")),
    ] {
        let member = Some(PackError::Member("consent"));
        assert_eq!(with_full(pointer, value), member, "{pointer}");
    }
    for (pointer, value) in [
        ("/expected/0/name", serde_json::json!("")),
        ("/expected/0", serde_json::json!({})),
        ("/expected/0/nik", serde_json::json!("9".repeat(1_001))),
    ] {
        let member = Some(PackError::Member("expected"));
        assert_eq!(with_full(pointer, value), member, "{pointer}");
    }
}
