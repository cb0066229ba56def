//! Correcting and voiding: what was saved stays, a revision stands before it.

use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::operations::amend::{correct, void, withdraw};
use crate::store::StoreError;

impl Hall {
    fn correct(&mut self, draft: &Draft) -> Result<Saved, SaveError> {
        self.minutes += 1;
        let outcome = block_on(correct(&self.store, &self.event, draft, &self.deed()));
        self.follow(outcome)
    }

    pub(super) fn correct_street(
        &mut self,
        id: RegistrationId,
        street: &str,
    ) -> Result<Saved, SaveError> {
        let head = self.head(id).ok_or(SaveError::Missing)?;
        let mut draft = Draft::correcting(&head, sample_moment(self.minutes));
        draft.set(Field::Street, street);
        draft.set(Field::Reason, "salah alamat");
        self.correct(&draft)
    }

    pub(super) fn void(&mut self, id: RegistrationId, reason: &str) -> Result<Saved, SaveError> {
        self.minutes += 1;
        let officer = FullName::parse("Rukmini").expect("a name");
        let outcome = block_on(void(
            &self.store,
            &self.event,
            id,
            reason,
            officer,
            &self.deed(),
        ));
        self.follow(outcome)
    }
}

#[test]
fn a_correction_is_the_next_revision_with_its_reason() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let saved = hall
        .correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    let second = saved.registration;
    assert_eq!(second.revision, 2);
    assert_eq!(second.sequence, 2);
    assert_eq!(second.number, first.number);
    assert_eq!(second.reason.as_deref(), Some("salah alamat"));
    assert_eq!(second.details.address.street, "Jl. Anggur 9");
    let revisions = block_on(hall.store.revisions_of(first.id)).expect("revisions");
    let hash = crate::format::registration_record::revision_hash(&revisions[0].body);
    assert_eq!(second.previous, Some(hash));
    assert_eq!(hall.stored_event().state.issued, 1);
}

impl Hall {
    fn withdraw(&mut self, id: RegistrationId, purposes: &[Purpose]) -> Result<Saved, SaveError> {
        self.minutes += 1;
        let officer = FullName::parse("Rukmini").expect("a name");
        let reason = "persetujuan ditarik";
        let (store, event, deed) = (&self.store, &self.event, self.deed());
        let outcome = block_on(withdraw(store, event, id, purposes, reason, officer, &deed));
        self.follow(outcome)
    }
}

#[test]
fn what_was_agreed_to_is_taken_back_and_a_later_correction_does_not_forget_it() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(1);
    draft.set(Field::ConsentWhatsapp, TICKED);
    let first = hall.save(&draft).expect("a save").registration;
    let whatsapp = [Purpose::Whatsapp];
    let second = hall.withdraw(first.id, &whatsapp).expect("a save");
    let consent = &second.registration.details.consent;
    let at = second.registration.recorded_at;
    assert!(second.registration.is_active());
    assert_eq!(consent.purposes, [Purpose::Bpjs]);
    assert_eq!(consent.withdrawn_at(Purpose::Whatsapp), Some(at));
    assert_eq!(consent.mark, first.details.consent.mark);
    let third = hall
        .correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    let kept = &third.registration.details.consent;
    assert_eq!(kept.withdrawn, consent.withdrawn);
    let nothing = hall.withdraw(first.id, &whatsapp).err();
    assert!(matches!(
        nothing,
        Some(SaveError::Revise(ReviseError::NotAgreed))
    ));
}

#[test]
fn without_the_purpose_that_registering_needs_nobody_is_registered() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let saved = hall.withdraw(first.id, Purpose::ALL).expect("a save");
    let reason = "persetujuan ditarik".to_owned();
    assert_eq!(saved.registration.status, Status::Voided { reason });
    assert_eq!(saved.registration.details.consent.purposes, []);
    assert_eq!(hall.event.state.voided, 1);
    let made = hall.make_batch().expect("a batch");
    let batch = crate::format::batch_file::read_batch(&made.file.bytes).expect("a batch");
    assert_eq!(batch.registrations, [first, saved.registration]);
}

#[test]
fn who_registered_before_a_signature_was_asked_for_can_be_corrected_without_one() {
    let mut hall = Hall::new();
    let mut first = hall.register(1);
    first.details.consent.mark = None;
    let mut draft = Draft::correcting(&first, sample_moment(30));
    draft.set(Field::Reason, "salah alamat");
    let saved = hall.correct(&draft).expect("a save");
    assert_eq!(saved.registration.details.consent.mark, None);
    // Asked anew, they sign.
    let mut draft = Draft::correcting(&saved.registration, sample_moment(40));
    draft.set(Field::Reason, "bahasa lain");
    draft.set(Field::Mark, MarkKind::Signature.code());
    assert_eq!(faults(hall.correct(&draft)), [(Field::Ink, Fault::Missing)]);
}

#[test]
fn a_correction_needs_a_reason() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let draft = Draft::correcting(&first, sample_moment(30));
    assert_eq!(
        faults(hall.correct(&draft)),
        [(Field::Reason, Fault::Missing)]
    );
}

#[test]
fn a_double_tap_corrects_once() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let mut draft = Draft::correcting(&first, sample_moment(30));
    draft.set(Field::Street, "Jl. Anggur 9");
    draft.set(Field::Reason, "salah alamat");
    let before = hall.event.clone();
    let one = hall.correct(&draft).expect("a save");
    hall.event = before;
    let two = hall.correct(&draft).expect("the same save");
    assert_eq!(one.registration, two.registration);
    assert!(one.event == two.event);
    assert_eq!(hall.stored_event().state.saved, 2);
}

#[test]
fn a_correction_of_what_others_corrected_meanwhile_is_a_conflict() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let mut draft = Draft::correcting(&first, sample_moment(30));
    draft.set(Field::Reason, "salah alamat");
    hall.correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    let outcome = hall.correct(&draft).err();
    assert!(matches!(
        outcome,
        Some(SaveError::Store(StoreError::Conflict { .. }))
    ));
}

#[test]
fn what_is_void_is_not_corrected_even_if_nothing_would_change() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let mut draft = Draft::correcting(&first, sample_moment(30));
    draft.set(Field::Reason, "salah alamat");
    hall.void(first.id, "salah orang").expect("a voiding");
    let outcome = hall.correct(&draft).err();
    assert_eq!(outcome, Some(SaveError::Revise(ReviseError::Voided)));
}

#[test]
fn a_correction_keeps_the_consent_text_of_then() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let then = first.details.consent.text_version;
    hall.rules.consent[0]
        .statement
        .push_str(" Berlaku mulai besok.");
    let saved = hall
        .correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    assert_eq!(saved.registration.details.consent.text_version, then);
    let mut draft = Draft::correcting(&saved.registration, sample_moment(40));
    draft.set(Field::ConsentAt, &sample_moment(40).rfc3339());
    draft.set(Field::Reason, "persetujuan dibacakan lagi");
    let saved = hall.correct(&draft).expect("a save");
    assert_ne!(saved.registration.details.consent.text_version, then);
}

#[test]
fn a_correction_in_a_full_hall_does_not_warn_again() {
    let mut hall = Hall::with_capacity(1);
    let first = hall.register(1);
    hall.correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
}

#[test]
fn nobody_is_corrected_or_voided_who_is_not_there() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(1);
    draft.corrects = Some(1);
    assert_eq!(hall.correct(&draft).err(), Some(SaveError::Missing));
    assert_eq!(hall.void(draft.id, "x").err(), Some(SaveError::Missing));
}

#[test]
fn a_voided_registration_keeps_number_and_details() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let saved = hall.void(first.id, " salah orang ").expect("a voiding");
    let voided = saved.registration;
    let reason = "salah orang".to_owned();
    assert_eq!(voided.status, Status::Voided { reason });
    assert_eq!(
        (voided.number, voided.details),
        (first.number, first.details)
    );
    assert_eq!(hall.stored_event().state.voided, 1);
}

#[test]
fn a_voiding_needs_a_reason_and_happens_once() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let without = hall.void(first.id, "  ").err();
    assert_eq!(without, Some(SaveError::Revise(ReviseError::ReasonMissing)));
    hall.void(first.id, "salah orang").expect("a voiding");
    let twice = hall.void(first.id, "salah orang").err();
    assert_eq!(twice, Some(SaveError::Revise(ReviseError::Voided)));
    assert_eq!(hall.stored_event().state.voided, 1);
}

proptest! {
    #[test]
    fn a_correction_form_holds_all_that_was_registered(variety: u32) {
        let mut hall = Hall::new();
        let draft = sample_draft_with(&hall.event.tablet.event, 1, variety);
        let first = hall.save(&draft).expect("a save").registration;
        let mut draft = Draft::correcting(&first, sample_moment(30));
        draft.set(Field::Reason, "nama ibu sudah benar");
        let second = hall.correct(&draft).expect("a save").registration;
        prop_assert_eq!(second.details, first.details);
    }
}
