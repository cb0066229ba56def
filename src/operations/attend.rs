//! Notes who came and was not registered, and takes a note back that was a mistake.

use thiserror::Error;

use super::register::Deed;
use crate::domain::*;
use crate::format::attendance_record::read_attendance;
use crate::store::{Store, StoreError, StoredEvent};

/// Why nobody was noted. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AttendError {
    /// Every fault, in the order in which it is asked.
    #[error("{} fields are not right", .0.len())]
    Faults(Vec<(AttendeeField, Fault)>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An entry that is saved and proven, and the event after it.
#[derive(Clone)]
pub struct Noted {
    pub entry: Attendance,
    pub event: StoredEvent,
}

/// Notes somebody who came. `id` was made when the form was opened: a second tap notes
/// nobody twice. The draft of who turned out not to register is gone afterwards.
///
/// # Errors
/// What was typed is not right, or what the store says.
pub async fn attend(
    store: &Store,
    event: &StoredEvent,
    id: AttendanceId,
    typed: &TypedAttendee,
    draft: Option<RegistrationId>,
    officer: FullName,
    deed: &Deed<'_>,
) -> Result<Noted, AttendError> {
    let attendee = typed.read().map_err(AttendError::Faults)?;
    let entries = attendance_of(store, event.id()).await?;
    if let Some(entry) = entries.into_iter().find(|entry| entry.id == id) {
        let event = event.clone();
        return Ok(Noted { entry, event });
    }
    let entry = Attendance {
        id,
        event_id: event.id(),
        device_id: deed.device,
        sequence: event.state.attended + 1,
        recorded_at: deed.now,
        officer,
        is_active: true,
        attendee,
    };
    Ok(add(store, event, entry, draft).await?)
}

/// Says of an entry that it was a mistake, or that it stands after all.
///
/// # Errors
/// What the store says.
pub async fn set_active(
    store: &Store,
    event: &StoredEvent,
    entry: &Attendance,
    is_active: bool,
    officer: FullName,
    deed: &Deed<'_>,
) -> Result<Noted, StoreError> {
    let next = Attendance {
        device_id: deed.device,
        sequence: event.state.attended + 1,
        recorded_at: deed.now,
        officer,
        is_active,
        ..entry.clone()
    };
    add(store, event, next, None).await
}

async fn add(
    store: &Store,
    event: &StoredEvent,
    entry: Attendance,
    draft: Option<RegistrationId>,
) -> Result<Noted, StoreError> {
    let event = store.add_attendance(event, &entry, draft).await?;
    Ok(Noted { entry, event })
}

/// Who came to an event and was not registered, in the order in which they came. What
/// cannot be read is left out.
///
/// # Errors
/// [`StoreError::Locked`] while the vault is locked.
pub async fn attendance_of(store: &Store, event: EventId) -> Result<Vec<Attendance>, StoreError> {
    let entries = store.attendance_after(event, 0).await?;
    let read = entries
        .iter()
        .filter_map(|(_, body)| read_attendance(body).ok());
    Ok(present(read.collect()))
}
