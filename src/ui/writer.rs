//! The right to write, which one tab has at a time; the others follow.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::AppState;
use crate::browser::tabs::{self, Ask};
use crate::domain::EventId;
use crate::store::StoreError;

/// Whether this tab may write the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// No event is open, or it is not known yet.
    Nobody,
    Here,
    /// Another tab does; here one can only look.
    Elsewhere,
}

impl AppState {
    /// Asks for the right to write; where another tab has it, waits for it in
    /// the background.
    pub async fn become_writer(self, id: EventId, ask: Ask) -> Result<(), StoreError> {
        let held = tabs::writer_lock(id, ask, move || self.writer.set(Writer::Elsewhere)).await;
        match held {
            Ok(Some(lock)) if self.event_id() == Some(id) => {
                self.lock.set_value(Some(lock));
                self.write_here(id).await?;
                if ask != Ask::IfFree {
                    // The other tab wrote until now.
                    self.read_event().await?;
                }
            }
            Ok(Some(_)) => {}
            Ok(None) => {
                self.writer.set(Writer::Elsewhere);
                spawn_local(async move {
                    // Without an answer the tab goes on following.
                    let _ = Box::pin(self.become_writer(id, Ask::Wait)).await;
                });
            }
            // A browser without locks still has the epoch that every write checks.
            Err(_) => self.write_here(id).await?,
        }
        Ok(())
    }

    async fn write_here(self, id: EventId) -> Result<(), StoreError> {
        let event = match self.store().take_over(id).await {
            // On a full tablet what is there must still be handed over; the lock keeps
            // the others from writing.
            Err(StoreError::QuotaExceeded) => None,
            event => event?,
        };
        if self.event_id() == Some(id) {
            if event.is_some() {
                self.event.set(event);
            }
            self.writer.set(Writer::Here);
        }
        Ok(())
    }

    /// Another tab wrote: reads all that it may have changed.
    pub(super) async fn reread(self, id: EventId) {
        let read = async {
            let event = self.store().event(id).await?;
            if event.is_some() {
                self.event.set(event);
            }
            if self.store().opens(id).await? == Some(false) {
                // Closed in the other tab: this one may not go on reading either.
                self.seal_off();
            }
            self.read_event().await
        };
        // What cannot be read now is read when the page is opened again.
        let _: Result<(), StoreError> = read.await;
    }

    /// Tells the other tabs to read again.
    pub fn tell_tabs(&self, id: EventId) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.tell(id);
            }
        });
    }

    /// A write was refused because another tab wrote first: follow it.
    pub fn note_conflict(&self, error: &StoreError) {
        if matches!(error, StoreError::Conflict { .. }) {
            self.writer.set(Writer::Elsewhere);
            if let Some(id) = self.event_id() {
                spawn_local(self.reread(id));
            }
        }
    }
}
