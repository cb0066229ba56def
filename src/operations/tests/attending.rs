//! The attendance list.

use pollster::block_on;

use super::*;
use crate::operations::attendance_list::signers;
use crate::store::StoreError;

#[test]
fn who_is_registered_and_not_voided_is_on_the_list_by_number_and_it_is_noted() {
    let mut hall = Hall::with_passphrase();
    let people: Vec<Registration> = (1..=3).map(|number| hall.register(number)).collect();
    hall.void(people[1].id, "terdaftar dua kali")
        .expect("voided");
    let id = hall.event.id();
    let list = block_on(signers(&hall.store, id, &hall.doer())).expect("a list");
    let numbers: Vec<_> = list.iter().map(|signer| &signer.number).collect();
    assert_eq!(numbers, [&people[0].number, &people[2].number]);
    assert_eq!(list[0].name, people[0].details.person.name);
    assert!(!list[0].place.is_empty());
    let last = hall.log().pop().expect("an entry");
    let told = (last.action, last.detail.as_deref());
    assert_eq!(told, (AuditAction::ListPrinted, Some("2")));
    hall.store.lock();
    let locked = block_on(signers(&hall.store, id, &hall.doer()));
    assert_eq!(locked, Err(StoreError::Locked));
}
