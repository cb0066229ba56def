use std::cell::Cell;

use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::format::journal::{read_entry, write_entry};
use crate::store::row::Write;

/// A store that keeps a journal, and how often it was told that there is work.
fn journaled() -> (Store, Rc<Cell<usize>>) {
    let store = Store::in_memory();
    let told = Rc::new(Cell::new(0));
    let seen = told.clone();
    store.begin_journal(Rc::new(move || seen.set(seen.get() + 1)));
    (store, told)
}

/// Entries as they come back from their files.
fn through_files(entries: &[JournalEntry]) -> Vec<JournalEntry> {
    entries
        .iter()
        .map(|entry| read_entry(&write_entry(entry)).expect("an entry"))
        .collect()
}

fn row(key: u8, field: &'static str, body: u8) -> Row {
    Row::new(
        format!("key-{key}"),
        [(field, format!("field-{body}").into())],
        vec![body; usize::from(body % 7)],
    )
}

fn write(store: &Store, writes: Vec<Write>) {
    let checks = Vec::new();
    block_on(store.commit_as_kept(&Commit { checks, writes })).expect("a write");
}

fn everything(store: &Store) -> Vec<JournalEntry> {
    block_on(store.whole_journal()).expect("a read")
}

#[test]
fn nothing_is_collected_before_somebody_keeps_a_journal() {
    let store = Store::in_memory();
    let row = row(1, "event_id", 1);
    write(&store, vec![Write::Put(StoreName::Receipts, row)]);
    assert_eq!(store.take_journal(), []);
}

#[test]
fn the_reserve_is_not_kept_twice() {
    let (store, _) = journaled();
    block_on(store.keep_ballast(vec![1; 1000])).expect("a write");
    assert_eq!(store.take_journal(), []);
    assert_eq!(everything(&store), [JournalEntry::default()]);
}

#[test]
fn a_journal_without_an_event_brings_nothing_back() {
    let store = Store::in_memory();
    let (other, _) = journaled();
    let row = row(1, "event_id", 1);
    write(&other, vec![Write::Put(StoreName::Receipts, row)]);
    let back = block_on(store.bring_back(other.take_journal()));
    assert_eq!(back, Ok(None));
    assert_eq!(everything(&store), [JournalEntry::default()]);
}

#[test]
fn what_is_wiped_or_closed_asks_for_a_new_journal() {
    let (store, told) = journaled();
    assert!(!store.take_journal_renewal());
    store.ask_journal_renewal();
    assert_eq!(told.get(), 1);
    assert!(store.take_journal_renewal() && !store.take_journal_renewal());
}

/// A write of a test: a key and a store, and what becomes of it.
fn any_writes() -> impl Strategy<Value = Vec<Vec<Write>>> {
    const STORES: [(StoreName, &str); 3] = [
        (StoreName::Events, "epoch"),
        (StoreName::Receipts, "event_id"),
        (StoreName::Transport, "event_id"),
    ];
    let one = (0..3_usize, 0..6_u8, any::<u8>(), 0..4_u8).prop_map(|(at, key, body, what)| {
        let (store, field) = STORES[at];
        if what == 0 {
            Write::Delete(store, format!("key-{key}"))
        } else {
            Write::Put(store, row(key, field, body))
        }
    });
    proptest::collection::vec(proptest::collection::vec(one, 1..5), 1..20)
}

proptest! {
    #[test]
    fn a_journal_brings_back_what_the_database_had(before in any_writes(), after in any_writes()) {
        let (store, _) = journaled();
        for writes in before {
            write(&store, writes);
        }
        // Begun anew in the middle, as at the start of the app.
        store.take_journal();
        let mut journal = everything(&store);
        for writes in after {
            write(&store, writes);
        }
        journal.extend(store.take_journal());
        let other = Store::in_memory();
        let back = block_on(other.bring_back(through_files(&journal))).expect("a write");
        let range = Range::All;
        let events = block_on(store.rows_as_kept(&Query { store: StoreName::Events, range })).expect("a read");
        prop_assert_eq!(back.is_some(), !events.is_empty());
        if back.is_some() {
            prop_assert_eq!(everything(&other), everything(&store));
        }
    }
}
