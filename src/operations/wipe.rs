//! Takes off the tablet what the office has: per record, only when its newest revision
//! was accepted or is a duplicate of one accepted, and only after a grace period.

use super::audit::{Doer, note};
use super::receipts::{RecordStanding, record_standing};
use crate::domain::*;
use crate::format::event_pack::HandOverRecord;
use crate::store::{KeptRegistration, Store, StoreError, StoredBatch, StoredEvent, Wipe};

/// What a wipe takes, and what it leaves for which reason. Shown before it happens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WipePlan {
    pub ready: Vec<RegistrationId>,
    /// Settled, but the grace period is not over: how many, and when it is for the
    /// first of them.
    pub waiting: usize,
    pub waiting_until: Option<Moment>,
    /// In no batch, or in one that the office did not answer.
    pub unanswered: usize,
    /// Rejected by the office: they stay until that is settled.
    pub rejected: usize,
    /// A correction is being typed.
    pub in_drafts: usize,
    /// Entries of the attendance list, by sequence, and how many of it stay for now.
    pub attendance: Vec<u64>,
    pub attendance_stays: usize,
    /// Batches of which no record is left after it.
    pub batches: Vec<BatchId>,
}

const MS_PER_DAY: i64 = 86_400_000;
/// Registrations in one transaction.
const AT_ONCE: usize = 100;

/// Looks what can be taken off the tablet at a moment. The vault may be locked.
pub async fn wipe_plan(
    store: &Store,
    event: &StoredEvent,
    now: Moment,
) -> Result<WipePlan, StoreError> {
    let id = event.id();
    let kept = store.kept_registrations(id).await?;
    let batches = store.batches_of(id).await?;
    let receipts = store.receipts_of(id).await?;
    let log = store.steps_of(id).await?;
    let ring = store.ring(id).await?;
    let rules = HandOverRecord::read(ring.and_then(|(ring, _)| ring.hand_over));
    let grace = i64::from(rules.wipe_after_days) * MS_PER_DAY;
    let mut plan = WipePlan::default();
    let mut stays: Vec<&KeptRegistration> = Vec::new();
    for registration in &kept {
        match record_standing(registration, &batches, &receipts) {
            _ if registration.has_draft => plan.in_drafts += 1,
            RecordStanding::NotInBatch | RecordStanding::NotAnswered { .. } => plan.unanswered += 1,
            RecordStanding::Answered { result, .. } if !result.is_settled() => plan.rejected += 1,
            RecordStanding::Answered { received_at, .. } => {
                let until = Moment::new(received_at.unix_ms() + grace, 0);
                if until.unix_ms() <= now.unix_ms() {
                    plan.ready.push(registration.id);
                    continue;
                }
                plan.waiting += 1;
                plan.waiting_until = Some(match plan.waiting_until {
                    Some(first) if first.unix_ms() <= until.unix_ms() => first,
                    _ => until,
                });
            }
        }
        stays.push(registration);
    }
    // The office answers for a batch as a whole what is on its attendance list.
    let is_over = |batch: &StoredBatch| {
        let mut answers = receipts.iter();
        answers.any(|answer| {
            answer.receipt.batch == batch.id
                && answer.received_at.unix_ms() + grace <= now.unix_ms()
        })
    };
    let told: Vec<(u64, bool)> = batches
        .iter()
        .map(|batch| (batch.attended, is_over(batch)))
        .collect();
    for entry in store.attendance_sequences(id).await? {
        match told.iter().find(|(last, _)| *last >= entry) {
            Some((_, true)) => plan.attendance.push(entry),
            _ => plan.attendance_stays += 1,
        }
    }
    // Of those that stay every revision stays, and a batch that holds one.
    let needed: Vec<u64> = stays
        .iter()
        .flat_map(|registration| registration.sequences.iter().copied())
        .collect();
    let is_done = |batch| Standing::of(batch, &log).state == BatchState::Acknowledged;
    plan.batches = batches
        .iter()
        .filter(|batch| is_done(batch.id) && batch.sealed && !batch.is_wiped && is_over(batch))
        .filter(|batch| {
            !needed
                .iter()
                .any(|sequence| (batch.first..=batch.last).contains(sequence))
        })
        .map(|batch| batch.id)
        .collect();
    Ok(plan)
}

/// Takes off the tablet what a plan names and what can still be taken, and says so in the audit log while that is
/// open. `on_progress` is given how many registrations are gone.
pub async fn wipe(
    store: &Store,
    event: &StoredEvent,
    plan: &WipePlan,
    doer: &Doer,
    on_progress: impl Fn(usize),
) -> Result<StoredEvent, StoreError> {
    let mut event = event.clone();
    let mut gone = 0;
    for part in plan.ready.chunks(AT_ONCE) {
        // Since somebody looked, a receipt may have come, or a correction.
        let still = wipe_plan(store, &event, doer.now).await?.ready;
        let registrations = part.iter().copied().filter(|id| still.contains(id));
        let part = Wipe {
            registrations: registrations.collect(),
            ..Wipe::default()
        };
        if part.registrations.is_empty() {
            continue;
        }
        event = store.wipe(&event, &part, doer.now).await?;
        gone += part.registrations.len();
        on_progress(gone);
    }
    let still = wipe_plan(store, &event, doer.now).await?;
    let mut attendance = plan.attendance.clone();
    attendance.retain(|entry| still.attendance.contains(entry));
    let mut batches = plan.batches.clone();
    batches.retain(|id| still.batches.contains(id));
    if !batches.is_empty() || !attendance.is_empty() {
        let log = store.steps_of(event.id()).await?;
        let last = log.iter().map(|entry| entry.at.unix_ms() + 1).max();
        let now = Moment::new(doer.now.unix_ms().max(last.unwrap_or(0)), 0);
        let part = Wipe {
            batches,
            attendance,
            ..Wipe::default()
        };
        event = store.wipe(&event, &part, now).await?;
    }
    if store.vault_of(event.id()).is_ok() {
        let detail = Some(gone.to_string());
        note(store, event.id(), doer, AuditAction::Wiped, None, detail).await?;
    }
    Ok(event)
}
