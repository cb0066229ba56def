//! Promises about the attendance list.

use super::registering::event;
use crate::domain::*;
use crate::format::attendance_record::{read_attendance, write_attendance};
use crate::store::samples::*;
use crate::store::{EventState, Store, StoreError};

pub async fn who_only_came_is_appended_counted_and_takes_the_draft_away(store: &Store) {
    let before = event(store, 1).await;
    let draft = sample_draft(&before.tablet.event, 1);
    store.keep_draft(&draft).await.expect("a draft");
    let first = sample_attendance(&before);
    let after = store
        .add_attendance(&before, &first, Some(draft.id))
        .await
        .expect("an entry");
    let expected = EventState {
        epoch: before.state.epoch + 1,
        attended: 1,
        ..before.state
    };
    assert_eq!(after.state, expected);
    let stored = store.event(before.id()).await.expect("a read");
    assert!(stored == Some(after.clone()));
    assert_eq!(store.drafts_of(before.id()).await, Ok(Vec::new()));
    // Whoever still holds the event as it was writes neither this nor a registration.
    let other = Attendance {
        id: AttendanceId(sample_uuid(7)),
        ..first.clone()
    };
    let refused = store.add_attendance(&before, &other, None).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
    let registration = sample_registration(&before, 1);
    let refused = store.save_revision(&before, &registration).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
    let second = Attendance {
        sequence: 2,
        is_active: false,
        ..first.clone()
    };
    let after = store
        .add_attendance(&after, &second, None)
        .await
        .expect("an entry");
    let rows = store.attendance_after(after.id(), 0).await.expect("rows");
    let read: Vec<_> = rows.iter().map(|(_, body)| read_attendance(body)).collect();
    assert_eq!(read, [Ok(first), Ok(second.clone())]);
    let later = store.attendance_after(after.id(), 1).await;
    assert_eq!(later, Ok(vec![(2, write_attendance(&second))]));
    let elsewhere = EventId(sample_uuid(99));
    assert_eq!(store.attendance_sequences(elsewhere).await, Ok(Vec::new()));
    store.lock();
    assert_eq!(store.attendance_sequences(after.id()).await, Ok(vec![1, 2]));
    let locked = store.attendance_after(after.id(), 0).await;
    assert_eq!(locked, Err(StoreError::Locked));
}
