//! A batch on its way to the office: what happened to it, and how it stands.
//!
//! What happened is appended, step by step; how a batch stands is read from its steps, and nothing
//! is dropped on any answer of a server.

use super::code::coded;
use super::{BatchId, Moment};

coded! {
    /// What happened to a batch. The codes are those of the audit log and of the transport log.
    pub enum Step {
        /// The file was given to the browser to save; where it went is unknown.
        Download => "download",
        /// Given to the system's share sheet.
        Share => "share",
        /// Written into a folder that somebody granted, and read back.
        Folder => "folder",
        /// Somebody says that the copy is in safe hands.
        Confirmed => "confirmed",
        /// Somebody takes that word back.
        Unconfirmed => "unconfirmed",
        /// Sending to the upload server began.
        Sending => "sending",
        /// The upload server has all of it.
        Delivered => "delivered",
        /// Sending ended at something that only a person can put right.
        Refused => "refused",
        /// A valid receipt of the office says that it read the batch.
        Acknowledged => "acknowledged",
        /// Every record of it was accepted, and its bytes were taken off the tablet.
        Wiped => "wiped",
    }
}

coded! {
    /// Why a batch did not arrive at the upload server.
    pub enum SendProblem {
        /// No answer: no network, or the connection was cut.
        NoConnection => "no_connection",
        /// No answer in time.
        TimedOut => "timed_out",
        /// Something answered that is not the upload server, as the sign-in page of a network does.
        NotTheServer => "not_the_server",
        /// The server is at work on it, or wants to be asked later (409, 423, 425, 429).
        Busy => "busy",
        /// The server says that it fails (5xx).
        ServerFails => "server_fails",
        /// The token is not accepted, or no more (401).
        TokenRefused => "token_refused",
        /// The server forbids it (403).
        Forbidden => "forbidden",
        /// There is nothing at the address (404, 410).
        NoSuchAddress => "no_such_address",
        /// The server takes no file of this size (413).
        TooLarge => "too_large",
        /// The server holds other bytes under this name.
        OtherBytes => "other_bytes",
        /// Any other refusal.
        Refused => "refused",
    }
}

coded! {
    /// How an upload server is spoken to.
    pub enum UploadProtocol {
        /// tus 1.0: resumable, in pieces.
        Tus => "tus",
        /// One HTTP PUT with `If-None-Match: *`, as to WebDAV.
        Put => "put",
    }
}

impl SendProblem {
    /// Whether it goes by itself, so that trying again is right.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(
            self,
            SendProblem::NoConnection
                | SendProblem::TimedOut
                | SendProblem::NotTheServer
                | SendProblem::Busy
                | SendProblem::ServerFails
        )
    }
}

/// An entry of the transport log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransportEntry {
    pub batch_id: BatchId,
    pub step: Step,
    pub at: Moment,
    /// Why, where the step is [`Step::Refused`].
    pub problem: Option<SendProblem>,
}

/// Where a batch is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// On this tablet, and in copies that somebody took.
    Made,
    /// Being sent, or waiting for the next try.
    Sending,
    /// The upload server has all of it; the office has not answered.
    Delivered,
    /// The office has read it.
    Acknowledged,
    /// Only manifest and counts are left of it here.
    Wiped,
    /// Sending waits for a person.
    NeedsAttention(SendProblem),
}

impl BatchState {
    /// The state after a step, or `None` where the step is not possible from here. A copy that
    /// somebody takes changes nothing: carriers are independent of each other.
    #[must_use]
    pub fn after(self, step: Step, problem: Option<SendProblem>) -> Option<BatchState> {
        use BatchState::{Acknowledged, Delivered, Made, NeedsAttention, Sending, Wiped};
        match (self, step) {
            (
                _,
                Step::Download | Step::Share | Step::Folder | Step::Confirmed | Step::Unconfirmed,
            ) => Some(self),
            // A server may forget what it had, so what was delivered can be sent again.
            (Made | Sending | Delivered | NeedsAttention(_), Step::Sending) => Some(Sending),
            (Sending, Step::Delivered) => Some(Delivered),
            (Sending, Step::Refused) => Some(NeedsAttention(problem?)),
            // A receipt is believed whatever the carriers said.
            (Made | Sending | Delivered | NeedsAttention(_) | Acknowledged, Step::Acknowledged) => {
                Some(Acknowledged)
            }
            (Acknowledged, Step::Wiped) => Some(Wiped),
            (Made | Delivered | Acknowledged | Wiped | NeedsAttention(_), _) | (Sending, _) => None,
        }
    }
}

/// Which copies of a batch left the tablet by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    Nowhere,
    Saved,
    Shared,
    InFolder,
    /// Somebody said, then, that the copy is in safe hands.
    Confirmed(Moment),
}

/// How a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: BatchState,
    /// Since when; `None`: since it was made.
    pub since: Option<Moment>,
    pub copied: Copied,
}

impl Standing {
    /// From the transport log, oldest entry first. A step that is not possible where it stands is
    /// passed over: two tabs, or a restored backup, may have written the same twice.
    #[must_use]
    pub fn of(batch: BatchId, log: &[TransportEntry]) -> Self {
        let made = Standing {
            state: BatchState::Made,
            since: None,
            copied: Copied::Nowhere,
        };
        let log: Vec<&TransportEntry> =
            log.iter().filter(|entry| entry.batch_id == batch).collect();
        let taken_back = log
            .iter()
            .rposition(|entry| entry.step == Step::Unconfirmed);
        log.into_iter()
            .enumerate()
            .filter(|(at, entry)| entry.step != Step::Confirmed || Some(*at) > taken_back)
            .fold(made, |standing, (_, entry)| standing.then(entry))
    }

    fn then(self, entry: &TransportEntry) -> Self {
        let copied = match (self.copied, entry.step) {
            (Copied::Confirmed(_), _) => self.copied,
            (_, Step::Download) => Copied::Saved,
            (_, Step::Share) => Copied::Shared,
            (_, Step::Folder) => Copied::InFolder,
            (_, Step::Confirmed) => Copied::Confirmed(entry.at),
            _ => self.copied,
        };
        match self.state.after(entry.step, entry.problem) {
            Some(state) if state != self.state => Standing {
                state,
                since: Some(entry.at),
                copied,
            },
            _ => Standing { copied, ..self },
        }
    }

    /// Whether its records count as handed over: the server or the office has them, or somebody
    /// answers for a copy.
    #[must_use]
    pub fn is_handed_over(&self) -> bool {
        matches!(
            self.state,
            BatchState::Delivered | BatchState::Acknowledged | BatchState::Wiped
        ) || matches!(self.copied, Copied::Confirmed(_))
    }

    /// Whether sending is the tablet's own business now, without anybody asking for it.
    #[must_use]
    pub fn is_to_send(&self) -> bool {
        matches!(self.state, BatchState::Made | BatchState::Sending)
    }
}

/// How long things may take before somebody is told, and when data are taken off the tablet. An
/// office's pack may say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOverRules {
    /// Hours after which a batch that is not acknowledged is reminded of.
    pub remind_after_hours: u32,
    /// Days after which such a batch stands in the way of a new event.
    pub brake_after_days: u32,
    /// Days that accepted records stay after their receipt came.
    pub wipe_after_days: u32,
}

impl HandOverRules {
    /// Where nobody says otherwise: a day, a week, a week.
    pub const USUAL: HandOverRules = HandOverRules {
        remind_after_hours: 24,
        brake_after_days: 7,
        wipe_after_days: 7,
    };
}

const MS_PER_HOUR: i64 = 3_600_000;
/// Sending that got nowhere for so long is shown as in need of attention. It goes on trying.
const STUCK_AFTER_MS: i64 = MS_PER_HOUR;

/// What somebody should look after, however the batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// No carrier took it for too long.
    NotHandedOver,
    /// Sending ended at this.
    Refused(SendProblem),
    /// Sending gets nowhere, for this reason; it goes on trying.
    Stuck(SendProblem),
    /// The office has not answered for too long.
    NotAcknowledged,
}

/// What is wrong with how a batch stands, at a moment: every state has its time. `made_at` is when
/// the batch was made; `moved_at` when sending last came on, with the problem since then.
#[must_use]
pub fn attention(
    standing: &Standing,
    made_at: Moment,
    stuck: Option<(Moment, SendProblem)>,
    rules: &HandOverRules,
    now: Moment,
) -> Option<Attention> {
    let since = standing.since.unwrap_or(made_at);
    let is_late = |since: Moment| {
        now.unix_ms() - since.unix_ms() > i64::from(rules.remind_after_hours) * MS_PER_HOUR
    };
    let not_out = || match standing.copied {
        Copied::Confirmed(at) => is_late(at).then_some(Attention::NotAcknowledged),
        _ => is_late(made_at).then_some(Attention::NotHandedOver),
    };
    match standing.state {
        BatchState::NeedsAttention(problem) => Some(Attention::Refused(problem)),
        // Stopped, or cut short before there was any answer, it has no problem to tell.
        BatchState::Sending => stuck
            .filter(|(since, _)| now.unix_ms() - since.unix_ms() > STUCK_AFTER_MS)
            .map(|(_, problem)| Attention::Stuck(problem))
            .or_else(not_out),
        BatchState::Made => not_out(),
        BatchState::Delivered => is_late(since).then_some(Attention::NotAcknowledged),
        BatchState::Acknowledged | BatchState::Wiped => None,
    }
}

/// First and longest pause between two tries, in milliseconds.
const FIRST_PAUSE_MS: u64 = 5_000;
const LONGEST_PAUSE_MS: u64 = 300_000;

/// How long to wait after so many tries in a row that failed, in milliseconds: twice as long each
/// time, up to 5 minutes, and between half of that and all of it by chance, so that the tablets of
/// a hall do not all come back at once.
#[must_use]
pub fn back_off(failed: u64, chance: u32) -> u64 {
    let doublings = u32::try_from(failed.saturating_sub(1))
        .unwrap_or(u32::MAX)
        .min(16);
    let longest = (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS);
    longest / 2 + (longest / 2) * u64::from(chance) / u64::from(u32::MAX)
}

#[cfg(test)]
#[path = "transport_tests.rs"]
mod tests;
