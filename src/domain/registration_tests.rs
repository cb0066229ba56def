use super::*;
use crate::domain::samples;

fn stamp(sequence: u64) -> Stamp {
    Stamp {
        previous: Hash([7; 32]),
        recorded_at: Moment::new(1_795_491_800_000, 420),
        sequence,
        officer: FullName::parse("Rini").expect("a name"),
    }
}

#[test]
fn a_first_revision_follows_nothing() {
    let first = samples::registration();
    assert_eq!(
        (first.revision, first.previous, &first.status, &first.reason),
        (1, None, &Status::Active, &None)
    );
    assert!(first.is_active());
}

#[test]
fn a_correction_follows_and_keeps_the_identity() {
    let first = samples::registration();
    let mut details = first.details.clone();
    details.business.workers = 3;
    let second = first
        .corrected(details.clone(), " dua pekerja lupa dicatat ", stamp(2))
        .expect("can be corrected");
    assert_eq!(second.revision, 2);
    assert_eq!(second.previous, Some(Hash([7; 32])));
    assert_eq!(second.reason.as_deref(), Some("dua pekerja lupa dicatat"));
    assert_eq!(
        (second.id, &second.number, second.event_id, second.device_id),
        (first.id, &first.number, first.event_id, first.device_id)
    );
    assert_eq!(
        (second.details, second.sequence, second.officer.as_str()),
        (details, 2, "Rini")
    );
}

#[test]
fn a_voided_registration_keeps_its_details_and_ends() {
    let first = samples::registration();
    let voided = first.voided("batal ikut", stamp(2)).expect("can be voided");
    assert_eq!(
        voided.status,
        Status::Voided {
            reason: "batal ikut".to_owned()
        }
    );
    assert_eq!(
        (voided.revision, &voided.details, &voided.reason),
        (2, &first.details, &None)
    );
    assert_eq!(
        voided.corrected(first.details.clone(), "kembali", stamp(3)),
        Err(ReviseError::Voided)
    );
    assert_eq!(voided.voided("lagi", stamp(3)), Err(ReviseError::Voided));
}

#[test]
fn a_revision_needs_a_reason() {
    let first = samples::registration();
    assert_eq!(
        first.corrected(first.details.clone(), " ", stamp(2)),
        Err(ReviseError::ReasonMissing)
    );
    assert_eq!(first.voided("", stamp(2)), Err(ReviseError::ReasonMissing));
}
