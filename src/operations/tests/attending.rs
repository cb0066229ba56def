//! The attendance list.

use pollster::block_on;

use super::*;
use crate::format::batch_file::{Batch, read_batch};
use crate::operations::attend::{AttendError, attend, attendance_of, set_active};
use crate::operations::attendance_list::signers;
use crate::operations::hand_over::{attendance_not_handed_over, carried};
use crate::operations::make_batch::make_batches;
use crate::store::schema::StoreName;
use crate::store::{EventState, StoreError};

#[test]
fn who_is_registered_and_not_voided_is_on_the_list_by_number_and_it_is_noted() {
    let mut hall = Hall::with_passphrase();
    let people: Vec<Registration> = (1..=3).map(|number| hall.register(number)).collect();
    hall.void(people[1].id, "terdaftar dua kali")
        .expect("voided");
    let id = hall.event.id();
    let list = block_on(signers(&hall.store, id, &hall.doer())).expect("a list");
    let numbers: Vec<_> = list.iter().map(|signer| signer.number.as_ref()).collect();
    assert_eq!(numbers, [&people[0].number, &people[2].number].map(Some));
    assert_eq!(list[0].name, people[0].details.person.name);
    let business = &people[0].details.business.name;
    assert!(list[0].from.starts_with(&format!("{business}, ")));
    assert_eq!(list[0].signature, None);
    let last = hall.log().pop().expect("an entry");
    let told = (last.action, last.detail.as_deref());
    assert_eq!(told, (AuditAction::ListPrinted, Some("2")));
    hall.store.lock();
    let locked = block_on(signers(&hall.store, id, &hall.doer()));
    assert_eq!(locked, Err(StoreError::Locked));
}

impl Hall {
    fn attendee(name: &str) -> TypedAttendee {
        TypedAttendee {
            name: name.to_owned(),
            origin: "Kelompok Mangga Manis".to_owned(),
            reason: NotRegistered::AlreadyCovered.code().to_owned(),
            signature: "100,200 300,120;500,90".to_owned(),
            ..TypedAttendee::default()
        }
    }

    fn attend_as(
        &mut self,
        id: u64,
        typed: &TypedAttendee,
        draft: Option<RegistrationId>,
    ) -> Result<Attendance, AttendError> {
        self.minutes += 1;
        let id = AttendanceId(sample_uuid((1 << 43) + id));
        let officer = FullName::parse("Rukmini").expect("a name");
        let (store, event, deed) = (&self.store, &self.event, self.deed());
        let noted = block_on(attend(store, event, id, typed, draft, officer, &deed))?;
        self.event = noted.event;
        Ok(noted.entry)
    }

    pub(super) fn attend(&mut self, id: u64) -> Attendance {
        let typed = Hall::attendee(&format!(
            "Tamu {}",
            ["Satu", "Dua", "Tiga"][id as usize - 1]
        ));
        self.attend_as(id, &typed, None).expect("an entry")
    }

    fn set_active(&mut self, entry: &Attendance, is_active: bool) {
        self.minutes += 1;
        let officer = FullName::parse("Rukmini").expect("a name");
        let (store, event, deed) = (&self.store, &self.event, self.deed());
        let noted = block_on(set_active(store, event, entry, is_active, officer, &deed));
        self.event = noted.expect("an entry").event;
    }

    fn present(&self) -> Vec<AttendanceId> {
        let found = block_on(attendance_of(&self.store, self.event.id())).expect("a read");
        found.iter().map(|entry| entry.id).collect()
    }

    /// What a batch that was just made says.
    fn told(made: &MadeBatch) -> Batch {
        read_batch(&made.file.bytes).expect("a batch")
    }

    fn confirm(&self, made: &MadeBatch) {
        let (id, step, doer) = (self.event.id(), Step::Confirmed, self.doer());
        block_on(carried(&self.store, id, made.batch.id, step, &doer)).expect("an entry");
    }

    fn not_out(&self) -> usize {
        let id = self.event.id();
        let batches = block_on(self.store.batches_of(id)).expect("batches");
        let log = block_on(self.store.steps_of(id)).expect("the log");
        attendance_not_handed_over(self.event.state.attended, &batches, &log)
    }
}

#[test]
fn who_only_came_is_noted_once_and_their_draft_is_gone() {
    let mut hall = Hall::new();
    let draft = hall.draft(1);
    block_on(hall.store.keep_draft(&draft)).expect("a draft");
    let typed = Hall::attendee("Tamu Satu");
    let entry = hall.attend_as(1, &typed, Some(draft.id)).expect("an entry");
    assert_eq!(entry.sequence, 1);
    assert_eq!(
        block_on(hall.store.drafts_of(hall.event.id())),
        Ok(Vec::new())
    );
    // A second tap.
    let again = hall.attend_as(1, &typed, None).expect("the same");
    assert_eq!(again, entry);
    assert_eq!(hall.stored_event().state.attended, 1);
    // A stale tab writes nothing.
    let stale = StoredEvent {
        state: EventState {
            attended: 0,
            epoch: 0,
            ..hall.event.state
        },
        ..hall.event.clone()
    };
    let now = hall.event.clone();
    hall.event = stale;
    let refused = hall.attend_as(2, &Hall::attendee("Tamu Dua"), None);
    assert!(matches!(
        refused,
        Err(AttendError::Store(StoreError::Conflict { .. }))
    ));
    hall.event = now;
    let unsigned = TypedAttendee {
        signature: String::new(),
        ..typed
    };
    let faults = vec![(AttendeeField::Signature, Fault::Missing)];
    assert_eq!(
        hall.attend_as(2, &unsigned, None),
        Err(AttendError::Faults(faults))
    );
}

#[test]
fn a_mistake_is_taken_back_and_put_back_and_every_batch_says_what_is_new() {
    let mut hall = Hall::with_passphrase();
    assert!(matches!(hall.make_batch(), Err(MakeBatchError::Nothing)));
    let [one, two] = [1, 2].map(|id| hall.attend(id));
    hall.set_active(&one, false);
    assert_eq!(hall.present(), [two.id]);
    assert_eq!(hall.not_out(), 3);
    let first = hall.make_batch().expect("a batch");
    let told = Hall::told(&first);
    assert_eq!(told.manifest.counts.attended, 3);
    assert_eq!(told.manifest.counts.records, 0);
    let entries: Vec<(AttendanceId, bool)> = told
        .attendance
        .iter()
        .map(|entry| (entry.id, entry.is_active))
        .collect();
    assert_eq!(entries, [(one.id, true), (two.id, true), (one.id, false)]);
    hall.set_active(&one, true);
    hall.register(1);
    let second = hall.make_batch().expect("a batch");
    let told = Hall::told(&second);
    assert_eq!((told.attendance.len(), told.registrations.len()), (1, 1));
    assert_eq!(hall.present(), [one.id, two.id]);
    assert!(matches!(hall.make_batch(), Err(MakeBatchError::Nothing)));
    hall.confirm(&second);
    assert_eq!(hall.not_out(), 3);
    hall.confirm(&first);
    assert_eq!(hall.not_out(), 0);
}

#[test]
fn the_list_names_after_the_registered_who_only_came_with_their_signature() {
    let mut hall = Hall::with_passphrase();
    let guest = hall.attend(1);
    let registered = hall.register(1);
    let id = hall.event.id();
    let list = block_on(signers(&hall.store, id, &hall.doer())).expect("a list");
    let numbers: Vec<_> = list.iter().map(|signer| signer.number.clone()).collect();
    assert_eq!(numbers, [Some(registered.number), None]);
    assert_eq!(list[1].from, "Kelompok Mangga Manis");
    assert_eq!(list[1].signature.as_ref(), Some(&guest.attendee.signature));
}

#[test]
fn a_list_that_is_too_long_for_a_batch_goes_on_in_the_next_and_a_damaged_entry_holds_nobody_up() {
    let mut hall = Hall::with_passphrase();
    let entries = [1, 2, 3].map(|id| hall.attend(id));
    hall.register(1);
    let key = format!("{}/{:010}", hall.event.id(), entries[1].sequence);
    hall.memory().damage(StoreName::Attendance, &key);
    let mut deed = hall.batch_deed();
    deed.most_bytes = 1;
    let made = std::cell::RefCell::new(Vec::new());
    let ids = std::cell::Cell::new(10);
    let next_id = || {
        ids.set(ids.get() + 1);
        BatchId(sample_uuid((1 << 42) + ids.get()))
    };
    let on_made = |batch: &MadeBatch| made.borrow_mut().push(Hall::told(batch));
    block_on(make_batches(
        &hall.store,
        &hall.event,
        &deed,
        &Age,
        next_id,
        on_made,
    ))
    .expect("batches");
    let told: Vec<(Vec<u64>, usize, u64)> = made
        .borrow()
        .iter()
        .map(|batch| {
            let sequences = batch
                .attendance
                .iter()
                .map(|entry| entry.sequence)
                .collect();
            (
                sequences,
                batch.registrations.len(),
                batch.manifest.counts.attended,
            )
        })
        .collect();
    assert_eq!(told, [(vec![1], 1, 1), (vec![3], 0, 3)]);
}
