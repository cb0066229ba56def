//! Receipts, and what they let the tablet forget.

use pollster::block_on;

use super::vaults::*;
use super::*;
use crate::format::receipt_file::{ReceiptError, write_receipt};
use crate::operations::backup::{backup_stem, make_backup, open_backup};
use crate::operations::canary::{Canary, loss};
use crate::operations::hand_over::carried;
use crate::operations::overdue::{Overdue, overdue};
use crate::operations::receipts::*;
use crate::operations::unpack::{RestDeed, unpack};
use crate::operations::wipe::{WipePlan, wipe, wipe_plan};
use crate::store::schema::StoreName;
use crate::vault::sign::TabletKey;

const DAY: i64 = 86_400_000;

/// The receipt of a batch: these registrations were not simply accepted.
fn receipt(batch: &MadeBatch, answers: &[(&Registration, RecordResult)], minutes: u32) -> Receipt {
    let answers = answers.iter().map(|(registration, result)| RecordAnswer {
        id: registration.id,
        revision: registration.revision,
        result: *result,
        reason: Some("sudah terdaftar".to_owned()),
    });
    Receipt {
        batch: batch.batch.id,
        file_hash: batch.file.file_hash,
        answers: answers.collect(),
        others_accepted: true,
        at: sample_moment(minutes),
    }
}

impl Hall {
    fn take(&self, bytes: &[u8]) -> Result<TakenReceipt, TakeReceiptError> {
        block_on(take_receipt(&self.store, bytes, &self.doer()))
    }

    fn take_signed(&self, receipt: &Receipt) -> Result<TakenReceipt, TakeReceiptError> {
        self.take(&receipt_key().sign(&write_receipt(receipt)))
    }

    fn standing(&self, id: RegistrationId) -> RecordStanding {
        let event = self.event.id();
        let kept = block_on(self.store.kept_registrations(event)).expect("rows");
        let kept = kept.iter().find(|kept| kept.id == id).expect("a row");
        let batches = block_on(self.store.batches_of(event)).expect("batches");
        let receipts = block_on(self.store.receipts_of(event)).expect("receipts");
        record_standing(kept, &batches, &receipts)
    }

    fn state(&self, batch: &MadeBatch) -> BatchState {
        let log = block_on(self.store.steps_of(self.event.id())).expect("the log");
        Standing::of(batch.batch.id, &log).state
    }

    fn plan(&self, days: i64) -> WipePlan {
        let now = Moment::new(self.doer().now.unix_ms() + days * DAY, 0);
        block_on(wipe_plan(&self.store, &self.event, now)).expect("a plan")
    }

    fn wipe(&mut self, days: i64) -> WipePlan {
        self.minutes += 1;
        let plan = self.plan(days);
        self.carry_out(&plan, days);
        plan
    }

    fn carry_out(&mut self, plan: &WipePlan, days: i64) {
        let mut doer = self.doer();
        doer.now = Moment::new(doer.now.unix_ms() + days * DAY, 0);
        let wiped = block_on(wipe(&self.store, &self.event, plan, &doer, |_| ()));
        self.event = wiped.expect("a wipe");
    }
}

#[test]
fn a_receipt_of_the_office_is_taken_also_locked_and_twice_is_once() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let [one, two] = [1, 2].map(|number| hall.register(number));
    let made = hall.make_batch().expect("a batch");
    hall.store.lock();
    assert_eq!(
        hall.standing(one.id),
        RecordStanding::NotAnswered { batch: 1 }
    );
    let answer = receipt(&made, &[(&two, RecordResult::Rejected)], 60);
    let taken = hall.take_signed(&answer).expect("a receipt");
    assert_eq!((taken.batch.id, taken.rejected), (made.batch.id, 1));
    assert!(!taken.is_known);
    assert_eq!(hall.state(&made), BatchState::Acknowledged);
    let answered = |id| match hall.standing(id) {
        RecordStanding::Answered { result, .. } => Some(result),
        _ => None,
    };
    assert_eq!(answered(one.id), Some(RecordResult::Accepted));
    assert_eq!(answered(two.id), Some(RecordResult::Rejected));
    let receipts = block_on(hall.store.receipts_of(pack.event.id)).expect("receipts");
    let counted = BatchAnswers {
        accepted: 1,
        duplicates: 0,
        rejected: 1,
    };
    let newest = newest_receipt(&made.batch, &receipts).expect("a receipt");
    assert_eq!(answers_of(&made.batch, newest), counted);
    assert!(hall.take_signed(&answer).expect("again").is_known);
    assert_eq!(hall.rows_in(StoreName::Receipts), 1);
    // What was rejected can be settled later, whatever comes first.
    let settled = receipt(&made, &[(&two, RecordResult::DuplicateOf)], 90);
    hall.take_signed(&settled).expect("a receipt");
    assert_eq!(answered(two.id), Some(RecordResult::DuplicateOf));
}

#[test]
fn a_forged_wrong_or_foreign_receipt_changes_nothing() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    hall.register(1);
    let made = hall.make_batch().expect("a batch");
    let second = {
        hall.register(2);
        hall.make_batch().expect("a batch")
    };
    let right = receipt(&made, &[], 60);
    let bytes = write_receipt(&right);
    let not_signed = Err(TakeReceiptError::NotSigned);
    assert_eq!(hall.take(&bytes), not_signed);
    assert_eq!(hall.take(&TabletKey::new([8; 32]).sign(&bytes)), not_signed);
    // The tablet's own key does not make the office.
    let vault = hall.store.vault_of(pack.event.id).expect("open");
    assert_eq!(hall.take(&vault.tablet_key().sign(&bytes)), not_signed);
    let signed = String::from_utf8(receipt_key().sign(&bytes)).expect("text");
    let changed = signed.replace("\"others\":\"accepted\",", "");
    assert_ne!(changed, signed);
    assert_eq!(hall.take(changed.as_bytes()), not_signed);
    let mut foreign = right.clone();
    foreign.file_hash = crate::format::digest::sha256(b"elsewhere");
    assert_eq!(hall.take_signed(&foreign), Err(TakeReceiptError::Foreign));
    let mut wrong = right.clone();
    wrong.file_hash = second.file.file_hash;
    assert_eq!(hall.take_signed(&wrong), Err(TakeReceiptError::OtherBatch));
    assert!(matches!(
        hall.take(b"<!doctype html>"),
        Err(TakeReceiptError::Receipt(ReceiptError::Json { .. }))
    ));
    assert_eq!(hall.rows_in(StoreName::Receipts), 0);
    assert_eq!(hall.state(&made), BatchState::Made);
    // An event that a tablet made itself has no office.
    let mut quick = Hall::with_passphrase();
    quick.register(1);
    let plain = quick.make_batch().expect("a batch");
    let outcome = quick.take_signed(&receipt(&plain, &[], 60));
    assert_eq!(outcome, Err(TakeReceiptError::NoOffice));
}

#[test]
fn only_what_the_office_has_is_wiped_and_only_after_the_grace_period() {
    let (identity, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let people: Vec<Registration> = (1..=4).map(|number| hall.register(number)).collect();
    hall.attend(1);
    let first = hall.make_batch().expect("a batch");
    hall.attend(2);
    // The second is corrected after the batch, the fifth is in none.
    hall.correct_street(people[1].id, "Jl. Anggur 9")
        .expect("a save");
    let second = hall.make_batch().expect("a batch");
    hall.register(5);
    let rejected = [(&people[3], RecordResult::Rejected)];
    hall.take_signed(&receipt(&first, &rejected, 60))
        .expect("a receipt");

    let early = hall.plan(6);
    assert_eq!((early.ready.len(), early.waiting), (0, 2));
    assert_eq!((early.unanswered, early.rejected), (2, 1));
    assert_eq!((early.attendance.len(), early.attendance_stays), (0, 2));
    let plan = hall.wipe(7);
    assert_eq!((plan.attendance, plan.attendance_stays), (vec![1], 1));
    assert_eq!(plan.ready, [people[0].id, people[2].id]);
    assert_eq!(plan.batches, [], "the first batch holds what was rejected");
    assert_eq!(hall.head(people[0].id), None);
    for kept in [&people[1], &people[3]] {
        assert!(hall.head(kept.id).is_some());
    }
    // Nothing that was wiped counts as lost, and what is lost still does.
    let canary = Canary::of(&hall.event.state);
    let found = block_on(loss(
        &hall.store,
        pack.event.id,
        Some(&hall.event.state),
        canary,
    ));
    assert_eq!(found, Ok(None));

    // The office settles the rejected one, and answers the second batch.
    hall.take_signed(&receipt(&first, &[], 90))
        .expect("a receipt");
    hall.take_signed(&receipt(&second, &[], 90))
        .expect("a receipt");
    let plan = hall.wipe(7);
    assert_eq!((plan.attendance, plan.attendance_stays), (vec![2], 0));
    assert_eq!(plan.ready, [people[1].id, people[3].id]);
    assert_eq!(plan.batches, [first.batch.id, second.batch.id]);
    assert_eq!(hall.state(&first), BatchState::Wiped);
    assert_eq!(
        (hall.event.state.wiped, hall.event.state.wiped_registrations),
        (5, 4)
    );
    assert_eq!(block_on(hall.store.batch_bytes(first.batch.id)), Ok(None));
    assert_eq!(
        hall.wipe(7),
        WipePlan {
            unanswered: 1,
            ..WipePlan::default()
        }
    );

    // The next batch carries the fifth alone, in the same chain, and a backup opens.
    let third = hall.make_batch().expect("a batch");
    let read = read_by(&identity, &third.file.bytes);
    assert_eq!(read.registrations.len(), 1);
    let previous = second.file.document_hash.to_string();
    assert_eq!(read.manifest.previous, Some(previous));
    let file = block_on(make_backup(
        &hall.store,
        &hall.event,
        &hall.doer(),
        "pendapa 0.1.0",
    ));
    let file = file.expect("a backup");
    assert!(file.name.starts_with(&backup_stem(&hall.event.tablet)));
    let events = open_backup(&file.bytes).expect("events");
    let vault = hall.store.vault_of(pack.event.id).expect("open");
    let deed = RestDeed {
        id: sample_uuid(5).to_string(),
        now: sample_moment(99),
        app: "pendapa-desk 0.1.0",
    };
    let unpacked = unpack(&events[0], &vault, &deed).expect("unpacked");
    assert_eq!(unpacked.damaged, [""; 0]);
    assert_eq!(unpacked.batches.len(), 1, "the wiped ones are not there");
}

#[test]
fn what_changed_since_somebody_looked_is_not_wiped() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let people: Vec<Registration> = (1..=3).map(|number| hall.register(number)).collect();
    let made = hall.make_batch().expect("a batch");
    hall.take_signed(&receipt(&made, &[], 60))
        .expect("a receipt");
    let plan = hall.plan(8);
    assert_eq!((plan.ready.len(), plan.batches.len()), (3, 1));
    // A newer receipt rejects the first, and the second is corrected.
    let rejected = [(&people[0], RecordResult::Rejected)];
    hall.take_signed(&receipt(&made, &rejected, 90))
        .expect("a receipt");
    hall.correct_street(people[1].id, "Jl. Anggur 9")
        .expect("a save");
    hall.minutes += 5;
    hall.carry_out(&plan, 8);
    let left: Vec<bool> = people
        .iter()
        .map(|person| hall.head(person.id).is_some())
        .collect();
    assert_eq!(left, [true, true, false]);
    assert_eq!(hall.state(&made), BatchState::Acknowledged);
}

#[test]
fn a_correction_that_is_being_typed_keeps_its_registration() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    let person = hall.register(1);
    let made = hall.make_batch().expect("a batch");
    hall.take_signed(&receipt(&made, &[], 60))
        .expect("a receipt");
    let mut draft = hall.draft(1);
    draft.id = person.id;
    draft.corrects = Some(1);
    block_on(hall.store.keep_draft(&draft)).expect("a draft");
    let plan = hall.plan(30);
    assert_eq!((plan.ready.len(), plan.in_drafts), (0, 1));
    assert_eq!(plan.batches, []);
}

#[test]
fn batches_that_the_office_does_not_take_stand_in_the_way_of_a_new_event_after_a_week() {
    let (_, pack) = office();
    let mut hall = Hall::with_pack(&pack, "A").expect("an event");
    hall.register(1);
    let made = hall.make_batch().expect("a batch");
    hall.register(2);
    hall.make_batch().expect("a batch");
    let made_at = i64::try_from(made.batch.created_at).expect("a time");
    let after = |days: i64, ms: i64| Moment::new(made_at + days * DAY + ms, 0);
    let found = |hall: &Hall, now| block_on(overdue(&hall.store, now)).expect("a look");
    assert_eq!(found(&hall, after(7, 0)), None);
    let oldest = Moment::new(made_at, 0);
    let first = Overdue { batches: 1, oldest };
    assert_eq!(found(&hall, after(7, 1)), Some(first));
    let both = Overdue { batches: 2, oldest };
    assert_eq!(found(&hall, after(8, 0)), Some(both));
    // Somebody's word is not the office's.
    let doer = hall.doer();
    let (id, step) = (made.batch.id, Step::Confirmed);
    block_on(carried(&hall.store, pack.event.id, id, step, &doer)).expect("an entry");
    assert_eq!(found(&hall, after(8, 0)), Some(both));
    hall.take_signed(&receipt(&made, &[], 60))
        .expect("a receipt");
    let left = found(&hall, after(8, 0)).expect("one");
    assert_eq!(left.batches, 1);
    assert!(left.oldest > oldest);

    // Where there is no office, somebody's word is all there is.
    let mut quick = Hall::with_passphrase();
    quick.register(1);
    let plain = quick.make_batch().expect("a batch");
    assert_eq!(
        found(&quick, after(30, 0)).map(|found| found.batches),
        Some(1)
    );
    let id = quick.event.id();
    block_on(carried(&quick.store, id, plain.batch.id, step, &doer)).expect("an entry");
    assert_eq!(found(&quick, after(30, 0)), None);
}
