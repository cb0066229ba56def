use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn typed() -> TypedAttendee {
    TypedAttendee {
        name: " Pak  Sugeng ".to_owned(),
        origin: "RT 3 Kedopok".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        reason: "already_covered".to_owned(),
        invitation: "U-12".to_owned(),
        signature: "10,10 20,20".to_owned(),
    }
}

#[test]
fn what_was_typed_is_read() {
    let read = typed().read().expect("an attendee");
    assert_eq!(read.name.as_str(), "Pak Sugeng");
    assert_eq!(read.phone.expect("a phone").e164(), "+6281234567890");
    assert_eq!(read.reason, NotRegistered::AlreadyCovered);
    assert_eq!(read.invitation.as_deref(), Some("U-12"));
    let bare = TypedAttendee {
        origin: String::new(),
        phone: String::new(),
        invitation: String::new(),
        ..typed()
    };
    let bare = bare.read().expect("an attendee");
    assert_eq!(
        (bare.origin.as_str(), bare.phone, bare.invitation),
        ("", None, None)
    );
}

#[test]
fn every_fault_is_told_in_the_order_of_the_form() {
    let wrong = TypedAttendee {
        origin: "x".repeat(101),
        phone: "123".to_owned(),
        signature: "10;".to_owned(),
        ..TypedAttendee::default()
    };
    let faults = wrong.read().expect_err("faults");
    let fields: Vec<AttendeeField> = faults.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, <AttendeeField as crate::domain::Coded>::ALL);
    assert_eq!(faults[0].1, Fault::Missing);
    assert_eq!(faults[1].1, Fault::TooLong { most: 100 });
}

fn entry(id: u128, sequence: u64, is_active: bool) -> Attendance {
    Attendance {
        id: AttendanceId(Uuid::from_u128(id)),
        event_id: EventId(Uuid::from_u128(1)),
        device_id: DeviceId(Uuid::from_u128(2)),
        sequence,
        recorded_at: Moment::new(0, 0),
        officer: FullName::parse("Rukmini").expect("a name"),
        is_active,
        attendee: typed().read().expect("an attendee"),
    }
}

proptest! {
    #[test]
    fn who_is_present_is_said_by_the_newest_entry_in_whatever_order_they_come(
        said in prop::collection::vec((0_u128..6, any::<bool>()), 0..20)
    ) {
        let entries: Vec<Attendance> = (1..)
            .zip(&said)
            .map(|(sequence, (id, is_active))| entry(*id, sequence, *is_active))
            .collect();
        let mut mixed = entries.clone();
        mixed.reverse();
        let mut ids: Vec<AttendanceId> = present(entries).iter().map(|entry| entry.id).collect();
        let mut other: Vec<AttendanceId> = present(mixed).iter().map(|entry| entry.id).collect();
        ids.sort();
        other.sort();
        let expected: Vec<AttendanceId> = (0..6)
            .filter(|id| said.iter().rev().find(|(said, _)| said == id).is_some_and(|(_, is)| *is))
            .map(|id| AttendanceId(Uuid::from_u128(id)))
            .collect();
        prop_assert_eq!(&ids, &expected);
        prop_assert_eq!(&other, &expected);
    }
}
