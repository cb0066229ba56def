//! Batches: every revision in exactly one, in order, whatever happens between.

use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::format::batch_file::{Batch, ReconciledBatchRecord, ReconciliationRecord, read_batch};
use crate::format::registration_record::write_registration;
use crate::operations::hand_over::*;
use crate::operations::make_batch::make_batches;
use crate::operations::reconcile::reconciliation;
use crate::store::StoreError;
use crate::store::row::{Commit, Write};
use crate::store::schema::StoreName;

impl Hall {
    /// Every batch as it is stored, read as a stranger would.
    fn batches(&self) -> Vec<Batch> {
        let batches = block_on(self.store.batches_of(self.event.id())).expect("batches");
        batches
            .iter()
            .map(|batch| {
                let found = block_on(self.store.batch_bytes(batch.id)).expect("a read");
                let (_, bytes) = found.expect("a batch");
                read_batch(&bytes).expect("a batch that reads")
            })
            .collect()
    }

    /// Every revision is in exactly one batch, in order, and each batch names
    /// the one before.
    #[track_caller]
    fn check_batches(&self) {
        let batches = self.batches();
        let sequences: Vec<u64> = batches
            .iter()
            .flat_map(|batch| batch.registrations.iter())
            .map(|registration| registration.sequence)
            .collect();
        let all: Vec<u64> = (1..=self.stored_event().state.batched).collect();
        assert_eq!(sequences, all);
        let mut previous = None;
        for (position, batch) in batches.iter().enumerate() {
            assert_eq!(batch.manifest.sequence as usize, position + 1);
            assert_eq!(batch.manifest.previous, previous);
            previous = Some(batch.document_hash.to_string());
        }
    }

    fn not_handed_over(&self) -> usize {
        let id = self.event.id();
        let (heads, _) = block_on(self.store.registrations_of(id)).expect("heads");
        let batches = block_on(self.store.batches_of(id)).expect("batches");
        let log = block_on(self.store.steps_of(id)).expect("the log");
        let sequences = heads.iter().map(|head| head.registration.sequence);
        not_handed_over(sequences, &batches, &log)
    }

    fn delete(&self, store: StoreName, key: String) {
        let commit = Commit {
            checks: Vec::new(),
            writes: vec![Write::Delete(store, key)],
        };
        block_on(self.store.commit(&commit)).expect("a deletion");
    }
}

fn revision_key(registration: &Registration) -> String {
    format!("{}/{:010}", registration.id, registration.revision)
}

#[track_caller]
fn damaged_keys(outcome: Result<MadeBatch, MakeBatchError>) -> Vec<String> {
    match outcome {
        Err(MakeBatchError::Damaged(damaged)) => damaged.into_iter().map(|row| row.key).collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("a batch was made"),
    }
}

#[test]
fn there_is_nothing_to_hand_over_twice() {
    let mut hall = Hall::new();
    assert!(matches!(hall.make_batch(), Err(MakeBatchError::Nothing)));
    hall.register(1);
    hall.make_batch().expect("a batch");
    assert!(matches!(hall.make_batch(), Err(MakeBatchError::Nothing)));
    assert_eq!(hall.batches().len(), 1);
}

#[test]
fn a_batch_holds_every_revision_as_it_is_stored_and_says_where_it_comes_from() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.register(2);
    hall.correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    hall.void(first.id, "salah orang").expect("a voiding");
    let made = hall.make_batch().expect("a batch");
    let short = made.file.file_hash.short();
    assert_eq!(
        made.file.name,
        format!("pendapa-KDP1-A-1-{short}.pendapa.json")
    );
    assert_eq!(
        (made.batch.first, made.batch.last, made.batch.records),
        (1, 4, 4)
    );
    let batches = hall.batches();
    let counts = &batches[0].manifest.counts;
    assert_eq!((counts.records, counts.issued), (4, 2));
    assert_eq!((counts.saved, counts.voided), (4, 1));
    assert_eq!(
        batches[0].registrations[3],
        hall.head(first.id).expect("a head")
    );
    let text = String::from_utf8(made.file.bytes).expect("UTF-8");
    for revision in block_on(hall.store.revisions_of(first.id)).expect("revisions") {
        let body = String::from_utf8(revision.body).expect("UTF-8");
        assert!(text.contains(&body), "bodies are carried verbatim");
    }
    hall.check_batches();
}

#[test]
fn a_damaged_newest_revision_is_taken_from_its_twin() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    let second = hall.register(2);
    hall.memory()
        .damage(StoreName::Revisions, &revision_key(&first));
    hall.delete(StoreName::Revisions, revision_key(&second));
    hall.make_batch().expect("a batch");
    assert_eq!(hall.batches()[0].registrations, [first, second]);
}

#[test]
fn a_damaged_list_row_is_read_from_its_frozen_revision() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.memory()
        .damage(StoreName::Registrations, &first.id.to_string());
    assert_eq!(hall.head(first.id), Some(first.clone()));
    let (heads, damaged) = block_on(hall.store.registrations_of(hall.event.id())).expect("heads");
    assert_eq!((heads.len(), damaged.len()), (1, 0));
}

#[test]
fn a_revision_that_is_damaged_twice_is_named_and_nothing_is_changed() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.register(2);
    hall.memory()
        .damage(StoreName::Revisions, &revision_key(&first));
    hall.memory()
        .damage(StoreName::Registrations, &first.id.to_string());
    let before = hall.stored_event();
    let named = damaged_keys(hall.make_batch());
    assert_eq!(named, [format!("{}/1", first.id)]);
    assert!(hall.stored_event() == before);
    assert_eq!(hall.batches().len(), 0);
    let (heads, damaged) = block_on(hall.store.registrations_of(hall.event.id())).expect("heads");
    assert_eq!(
        (heads.len(), damaged.len()),
        (1, 1),
        "the others stay readable"
    );
}

#[test]
fn a_revision_that_is_missing_is_named_and_nothing_is_changed() {
    for number_of_missing in [0, 2] {
        let mut hall = Hall::new();
        let saved = [hall.register(1), hall.register(2), hall.register(3)];
        let missing = &saved[number_of_missing];
        hall.delete(StoreName::Revisions, revision_key(missing));
        hall.delete(StoreName::Registrations, missing.id.to_string());
        let named = damaged_keys(hall.make_batch());
        assert_eq!(named, [format!("sequence {}", missing.sequence)]);
        assert_eq!(hall.batches().len(), 0);
    }
}

#[test]
fn a_batch_that_failed_is_made_at_the_next_try() {
    let mut hall = Hall::new();
    hall.register(1);
    hall.memory().fail_next(StoreError::QuotaExceeded);
    let outcome = hall.make_batch();
    assert!(matches!(
        outcome,
        Err(MakeBatchError::Store(StoreError::QuotaExceeded))
    ));
    hall.register(2);
    hall.make_batch().expect("a batch");
    assert_eq!(hall.batches()[0].registrations.len(), 2);
    hall.check_batches();
}

#[test]
fn a_double_tap_makes_one_batch() {
    let mut hall = Hall::new();
    hall.register(1);
    let before = hall.event.clone();
    hall.make_batch().expect("a batch");
    hall.event = before;
    assert!(matches!(
        hall.make_batch(),
        Err(MakeBatchError::Store(StoreError::Conflict { .. }))
    ));
    hall.check_batches();
}

#[test]
fn a_damaged_batch_is_not_handed_out() {
    let mut hall = Hall::new();
    hall.register(1);
    let made = hall.make_batch().expect("a batch");
    hall.memory()
        .damage(StoreName::Batches, &made.batch.id.to_string());
    let damaged = StoreError::Damaged { store: "batches" };
    assert_eq!(
        block_on(hall.store.batch_bytes(made.batch.id)),
        Err(damaged.clone())
    );
    assert_eq!(
        hall.spreadsheet(made.batch.id).err().as_deref(),
        Some(damaged.to_string().as_str())
    );
}

#[test]
fn handed_over_is_what_somebody_confirmed_and_nobody_changed_since() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.register(2);
    let made = hall.make_batch().expect("a batch");
    hall.register(3);
    let event = hall.event.id();
    let doer = hall.doer();
    let carry = |hall: &Hall, step| {
        block_on(carried(&hall.store, event, made.batch.id, step, &doer)).expect("an entry");
    };
    assert_eq!(hall.not_handed_over(), 3);
    carry(&hall, Step::Download);
    carry(&hall, Step::Share);
    assert_eq!(hall.not_handed_over(), 3, "where a file went is not known");
    carry(&hall, Step::Confirmed);
    assert_eq!(hall.not_handed_over(), 1);
    hall.correct_street(first.id, "Jl. Anggur 9")
        .expect("a save");
    assert_eq!(hall.not_handed_over(), 2);
    carry(&hall, Step::Unconfirmed);
    assert_eq!(hall.not_handed_over(), 3);
}

/// The cells of a CSV text, read by RFC 4180 and nothing else.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let line = lines.last_mut().expect("a line");
        match character {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                line.last_mut().expect("a cell").push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(String::new()),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => lines.push(vec![String::new()]),
            other => line.last_mut().expect("a cell").push(other),
        }
    }
    assert_eq!(
        lines.pop().as_deref(),
        Some(&[String::new()][..]),
        "the last line ends"
    );
    lines
}

#[test]
fn hostile_text_is_one_defused_cell_each_in_the_spreadsheet() {
    let mut hall = Hall::new();
    let mut draft = hall.draft(0);
    let hostile = [
        (
            Field::BusinessName,
            "business_name",
            r#"=HYPERLINK("http://x";"klik")"#,
        ),
        (Field::Street, "street", "+62,\"\"\n=1+1"),
        (Field::Occupation, "occupation", "@SUM(A1:A9)"),
        (Field::Name, "name", "-Siti"),
    ];
    for (field, _, text) in hostile {
        draft.set(field, text);
    }
    hall.save(&draft).expect("a save");
    let made = hall.make_batch().expect("a batch");
    let found = hall.spreadsheet(made.batch.id).expect("a read");
    let (name, bytes) = found.expect("a batch");
    assert_eq!(name, made.file.name.replace(".pendapa.json", ".csv"));
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines = cells(text.strip_prefix('\u{feff}').expect("a byte-order mark"));
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].len(), lines[1].len());
    let cell = |title: &str| {
        let position = lines[0].iter().position(|found| found == title);
        lines[1][position.expect(title)].as_str()
    };
    for (field, title, text) in hostile {
        let flat = text.replace('\n', " ");
        assert_eq!(cell(title), format!("'{flat}"), "{field:?}");
    }
    assert_eq!(
        cell("nik"),
        "=\"3574054105849001\"",
        "text to a spreadsheet"
    );
    assert_eq!(cell("rt"), "=\"003\"");
    let unknown = BatchId(sample_uuid(0));
    assert_eq!(hall.spreadsheet(unknown), Ok(None));
}

#[derive(Debug, Clone)]
enum Deed {
    Register,
    Correct(usize),
    Void(usize),
    MakeBatch,
    /// The next commit fails.
    Fail(StoreError),
    /// The app is killed before it hears the answer to the deed before.
    StartAgain,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::Register),
        2 => (0_usize..8).prop_map(Deed::Correct),
        1 => (0_usize..8).prop_map(Deed::Void),
        2 => Just(Deed::MakeBatch),
        1 => Just(Deed::Fail(StoreError::QuotaExceeded)),
        1 => Just(Deed::Fail(StoreError::ConnectionLost { name: "UnknownError".to_owned() })),
        1 => Just(Deed::StartAgain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_revision_is_in_exactly_one_batch_in_order_whatever_happens(
        deeds in prop::collection::vec(any_deed(), 0..30),
    ) {
        let mut hall = Hall::new();
        let mut ids = Vec::new();
        let mut saved = 0;
        for (position, deed) in deeds.into_iter().enumerate() {
            let is_saved = match deed {
                Deed::Register => {
                    let draft = hall.draft(position as u32);
                    let outcome = hall.save(&draft);
                    if outcome.is_ok() {
                        ids.push(draft.id);
                    }
                    outcome.is_ok()
                }
                Deed::Correct(which) => ids
                    .get(which)
                    .copied()
                    .is_some_and(|id| hall.correct_street(id, &format!("Jl. Anggur {position}")).is_ok()),
                Deed::Void(which) => ids
                    .get(which)
                    .copied()
                    .is_some_and(|id| hall.void(id, "salah orang").is_ok()),
                Deed::MakeBatch => {
                    // Nothing to hand over, or a commit that failed.
                    let _ = hall.make_batch();
                    false
                }
                Deed::Fail(error) => {
                    hall.memory().fail_next(error);
                    false
                }
                Deed::StartAgain => {
                    hall.start_again();
                    false
                }
            };
            saved += u64::from(is_saved);
            hall.check_batches();
        }
        // The first may meet a failure that is still due; the second may not.
        let _ = hall.make_batch();
        let _ = hall.make_batch();
        hall.check_batches();
        let state = hall.stored_event().state;
        prop_assert_eq!((state.saved, state.batched), (saved, saved));
        prop_assert_eq!(state.issued, ids.len() as u64);
        prop_assert!(hall.event.state == state);
    }
}

#[test]
fn what_does_not_fit_into_one_batch_goes_into_the_next_and_none_is_split_later() {
    let mut hall = Hall::new();
    let people: Vec<Registration> = (1..=5).map(|number| hall.register(number)).collect();
    let longest = people
        .iter()
        .map(|person| write_registration(person).len())
        .max();
    let mut ids = (1..).map(|number| BatchId(sample_uuid((1 << 44) + number)));
    let deed = BatchDeed {
        id: BatchId(sample_uuid(1 << 44)),
        most_bytes: 2 * (longest.expect("people") + 1),
        is_last: true,
        ..hall.batch_deed()
    };
    let next_id = || ids.next().expect("an id");
    let made = block_on(make_batches(
        &hall.store,
        &hall.event,
        &deed,
        &Age,
        next_id,
        |_| (),
    ));
    hall.event = made.expect("batches").event;
    hall.check_batches();
    let batches = hall.batches();
    let told: Vec<(u64, bool)> = batches
        .iter()
        .map(|batch| {
            let manifest = &batch.manifest;
            (manifest.counts.records, manifest.reconciliation.is_some())
        })
        .collect();
    // Only the last one says that it is.
    assert_eq!(told, [(2, false), (2, false), (1, true)]);
    // Each counts as it stood at its own end.
    let counts: Vec<(u64, u64)> = batches
        .iter()
        .map(|batch| {
            let counts = &batch.manifest.counts;
            (counts.issued, counts.saved)
        })
        .collect();
    assert_eq!(counts, [(2, 2), (4, 4), (5, 5)]);
    assert_eq!(hall.stored_event().state.batched, 5);
    // One that is larger than all of it goes alone.
    hall.register(6);
    hall.register(7);
    let deed = BatchDeed {
        id: BatchId(sample_uuid(1 << 45)),
        most_bytes: 1,
        ..hall.batch_deed()
    };
    let made = block_on(make_batch(&hall.store, &hall.event, &deed, &Age)).expect("a batch");
    assert_eq!(made.batch.records, 1);
}

#[test]
fn the_last_batch_carries_what_the_sheet_shows() {
    let mut hall = Hall::new();
    for number in 1..=3 {
        hall.register(number);
    }
    let first = hall.make_batch().expect("a batch");
    let fourth = hall.register(4);
    hall.attend(1);
    let closed = hall.close().expect("closed");
    let read = read_batch(&closed.batch.file.bytes).expect("a batch");
    let sheet = read.manifest.reconciliation.expect("a sheet");
    let expected = ReconciliationRecord {
        first_number: Some("KDP1-A-001-G".to_owned()),
        last_number: Some(fourth.number.to_string()),
        issued: 4,
        saved: 4,
        voided: 0,
        batched: 4,
        attended: 1,
        batches: vec![ReconciledBatchRecord {
            sequence: 1,
            records: 3,
            code: first.file.file_hash.short(),
        }],
    };
    assert_eq!(sheet, expected);
    let batches = block_on(hall.store.batches_of(hall.event.id())).expect("batches");
    let shown = reconciliation(&hall.event, &batches);
    assert_eq!((shown.batched, shown.batches.len()), (4, 2));
    let name = &closed.batch.file.name;
    assert!(name.contains(&shown.batches[1].code), "{name}");
}
