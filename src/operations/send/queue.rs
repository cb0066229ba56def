//! Which batch is next. What a person asked for comes first, then what the office does
//! not have, and only then its answers: a tablet with many batches would otherwise look
//! for receipts while somebody waits for an upload.

use crate::domain::{BatchState, Standing};

/// Until the next look after something here went wrong, while there is no network, or
/// while another tab sends, in milliseconds.
pub const AGAIN_MS: i64 = 60_000;
/// Between two looks for the receipt of a batch, in milliseconds.
pub const LOOK_EVERY_MS: i64 = 300_000;
/// A try that is put off for longer was put off by a clock that was wrong.
const LONGEST_PAUSE_MS: i64 = 2 * 3_600_000;

/// How soon among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Somebody asked for it.
    Asked,
    /// The server does not have it.
    ToSend,
    /// The office has not answered it.
    Unanswered,
    /// What was rejected may be settled by now: asked once for each start.
    Answered,
}

impl Rank {
    /// Whether the batch is sent; otherwise its receipt is looked for.
    #[must_use]
    pub fn is_sending(self) -> bool {
        matches!(self, Rank::Asked | Rank::ToSend)
    }
}

/// When there is something to do for a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Now(Rank),
    /// In so many milliseconds.
    In(i64),
    Never,
}

/// What decides about it, beside how the batch stands.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    pub is_online: bool,
    /// Somebody asked for it, and it was not tried since.
    pub is_asked: bool,
    /// Somebody stopped it.
    pub is_stopped: bool,
    /// Until its next try, in milliseconds; not above 0: it may be tried.
    pub pause_ms: i64,
    /// Since its receipt was last looked for, in milliseconds; `None`: not since the start.
    pub looked_ms_ago: Option<i64>,
}

/// When there is something to do for a batch.
#[must_use]
pub fn due(standing: Standing, waits: Waits) -> Due {
    match standing.state {
        BatchState::Wiped => Due::Never,
        BatchState::Acknowledged if waits.is_online && waits.looked_ms_ago.is_none() => {
            Due::Now(Rank::Answered)
        }
        BatchState::Acknowledged => Due::Never,
        _ if waits.is_asked => Due::Now(Rank::Asked),
        // The browser may be wrong, or not tell when it changes.
        _ if !waits.is_online => Due::In(AGAIN_MS),
        _ => sooner(sending(standing, waits), looking(standing, waits)),
    }
}

fn sending(standing: Standing, waits: Waits) -> Due {
    if !standing.is_to_send() || waits.is_stopped {
        Due::Never
    } else if waits.pause_ms <= 0 || waits.pause_ms > LONGEST_PAUSE_MS {
        Due::Now(Rank::ToSend)
    } else {
        Due::In(waits.pause_ms)
    }
}

fn looking(standing: Standing, waits: Waits) -> Due {
    if !standing.is_handed_over() {
        return Due::Never;
    }
    match waits.looked_ms_ago {
        Some(ago) if ago < LOOK_EVERY_MS => Due::In(LOOK_EVERY_MS - ago),
        _ => Due::Now(Rank::Unanswered),
    }
}

fn sooner(one: Due, other: Due) -> Due {
    match (one, other) {
        (Due::Now(one), Due::Now(other)) => Due::Now(one.min(other)),
        (Due::Now(rank), _) | (_, Due::Now(rank)) => Due::Now(rank),
        (Due::In(one), Due::In(other)) => Due::In(one.min(other)),
        (Due::In(pause), Due::Never) | (Due::Never, Due::In(pause)) => Due::In(pause),
        (Due::Never, Due::Never) => Due::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Copied, Moment};

    const WAITS: Waits = Waits {
        is_online: true,
        is_asked: false,
        is_stopped: false,
        pause_ms: 0,
        looked_ms_ago: None,
    };

    fn standing(state: BatchState) -> Standing {
        Standing {
            state,
            since: None,
            copied: Copied::Nowhere,
        }
    }

    #[test]
    fn what_somebody_asked_for_comes_before_all_receipts() {
        let asked = Waits {
            is_asked: true,
            ..WAITS
        };
        let delivered = standing(BatchState::Delivered);
        assert_eq!(due(delivered, asked), Due::Now(Rank::Asked));
        assert_eq!(due(delivered, WAITS), Due::Now(Rank::Unanswered));
        assert!(Rank::Asked < Rank::ToSend && Rank::ToSend < Rank::Unanswered);
        let acknowledged = standing(BatchState::Acknowledged);
        assert_eq!(due(acknowledged, asked), Due::Now(Rank::Answered));
    }

    #[test]
    fn a_receipt_is_looked_for_once_in_five_minutes() {
        let delivered = standing(BatchState::Delivered);
        let looked = |ago| Waits {
            looked_ms_ago: Some(ago),
            ..WAITS
        };
        assert_eq!(due(delivered, looked(1000)), Due::In(LOOK_EVERY_MS - 1000));
        assert_eq!(
            due(delivered, looked(LOOK_EVERY_MS)),
            Due::Now(Rank::Unanswered)
        );
        let acknowledged = standing(BatchState::Acknowledged);
        assert_eq!(due(acknowledged, looked(LOOK_EVERY_MS)), Due::Never);
    }

    #[test]
    fn a_batch_that_is_copied_waits_for_its_try_and_is_looked_for_meanwhile() {
        let copied = Standing {
            copied: Copied::Confirmed(Moment::new(0, 0)),
            ..standing(BatchState::Sending)
        };
        let paused = Waits {
            pause_ms: 5000,
            ..WAITS
        };
        assert_eq!(due(copied, paused), Due::Now(Rank::Unanswered));
        let looked = Waits {
            looked_ms_ago: Some(0),
            ..paused
        };
        assert_eq!(due(copied, looked), Due::In(5000));
        let stopped = Waits {
            is_stopped: true,
            ..looked
        };
        assert_eq!(due(copied, stopped), Due::In(LOOK_EVERY_MS));
    }

    #[test]
    fn without_a_network_only_what_somebody_asked_for_is_tried() {
        let offline = Waits {
            is_online: false,
            ..WAITS
        };
        assert_eq!(due(standing(BatchState::Made), offline), Due::In(AGAIN_MS));
        let asked = Waits {
            is_asked: true,
            ..offline
        };
        assert_eq!(
            due(standing(BatchState::Made), asked),
            Due::Now(Rank::Asked)
        );
        assert_eq!(due(standing(BatchState::Acknowledged), offline), Due::Never);
        assert_eq!(due(standing(BatchState::Wiped), asked), Due::Never);
    }

    #[test]
    fn a_pause_from_a_wrong_clock_does_not_hold_a_batch() {
        let late = Waits {
            pause_ms: LONGEST_PAUSE_MS + 1,
            ..WAITS
        };
        let made = standing(BatchState::Made);
        assert_eq!(due(made, late), Due::Now(Rank::ToSend));
    }
}
