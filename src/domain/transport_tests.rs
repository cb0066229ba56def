use super::*;
use crate::domain::Coded;
use proptest::prelude::*;
use uuid::Uuid;

const BATCH: BatchId = BatchId(Uuid::from_u128(7));
const HOUR: i64 = 3_600_000;

fn at(ms: i64) -> Moment {
    Moment::new(ms, 0)
}

fn entry(step: Step, ms: i64) -> TransportEntry {
    TransportEntry {
        batch_id: BATCH,
        step,
        at: at(ms),
        problem: (step == Step::Refused).then_some(SendProblem::TokenRefused),
    }
}

fn after(steps: &[Step]) -> Standing {
    let log: Vec<TransportEntry> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| entry(*step, index as i64))
        .collect();
    Standing::of(BATCH, &log)
}

#[test]
fn the_way_of_a_batch_is_made_sending_delivered_acknowledged_wiped() {
    use Step::{Acknowledged, Delivered, Sending, Wiped};
    let way = [Sending, Delivered, Acknowledged, Wiped];
    let states = [
        BatchState::Made,
        BatchState::Sending,
        BatchState::Delivered,
        BatchState::Acknowledged,
        BatchState::Wiped,
    ];
    for (count, state) in states.into_iter().enumerate() {
        let standing = after(&way[..count]);
        assert_eq!(standing.state, state);
        assert_eq!(standing.since, (count > 0).then(|| at(count as i64 - 1)));
    }
}

#[test]
fn a_refusal_waits_for_a_person_and_a_new_try_ends_it() {
    let refused = after(&[Step::Sending, Step::Refused]);
    let problem = SendProblem::TokenRefused;
    assert_eq!(refused.state, BatchState::NeedsAttention(problem));
    assert!(!refused.is_to_send() && !refused.is_handed_over());
    let again = after(&[Step::Sending, Step::Refused, Step::Sending]);
    assert_eq!(again.state, BatchState::Sending);
}

#[test]
fn a_receipt_counts_from_wherever_the_batch_was() {
    for before in [
        vec![],
        vec![Step::Sending],
        vec![Step::Sending, Step::Refused],
        vec![Step::Confirmed],
    ] {
        let mut steps = before;
        steps.push(Step::Acknowledged);
        assert_eq!(after(&steps).state, BatchState::Acknowledged, "{steps:?}");
    }
}

#[test]
fn copies_are_told_beside_the_way_and_a_confirmation_stays() {
    let both = after(&[Step::Confirmed, Step::Download, Step::Sending]);
    assert_eq!(both.copied, Copied::Confirmed(at(0)));
    assert_eq!(both.state, BatchState::Sending);
    assert!(both.is_handed_over());
    assert!(!after(&[Step::Download, Step::Folder]).is_handed_over());
}

#[test]
fn a_confirmation_that_was_taken_back_is_as_if_it_had_not_been_given() {
    let back = after(&[Step::Folder, Step::Confirmed, Step::Unconfirmed]);
    assert_eq!(back, after(&[Step::Folder]));
    let steps = [Step::Confirmed, Step::Unconfirmed, Step::Confirmed];
    assert_eq!(after(&steps).copied, Copied::Confirmed(at(2)));
    assert_eq!(
        after(&[Step::Sending, Step::Delivered, Step::Unconfirmed]).state,
        BatchState::Delivered
    );
}

#[test]
fn every_state_has_its_time() {
    let rules = &HandOverRules::USUAL;
    let day = 24 * HOUR;
    let told = |steps: &[Step], stuck, now| attention(&after(steps), at(0), stuck, rules, at(now));
    let stuck = Some((at(0), SendProblem::ServerFails));
    for (steps, stuck, limit, expected) in [
        (vec![], None, day, Attention::NotHandedOver),
        (vec![Step::Download], None, day, Attention::NotHandedOver),
        (vec![Step::Confirmed], None, day, Attention::NotAcknowledged),
        (vec![Step::Sending], None, day, Attention::NotHandedOver),
        (
            vec![Step::Sending],
            stuck,
            HOUR,
            Attention::Stuck(SendProblem::ServerFails),
        ),
        (
            vec![Step::Sending, Step::Delivered],
            None,
            day + 1,
            Attention::NotAcknowledged,
        ),
    ] {
        assert_eq!(told(&steps, stuck, limit), None, "{steps:?}");
        assert_eq!(told(&steps, stuck, limit + 1), Some(expected), "{steps:?}");
    }
    let refused = Attention::Refused(SendProblem::TokenRefused);
    assert_eq!(
        told(&[Step::Sending, Step::Refused], None, 2),
        Some(refused)
    );
    assert_eq!(told(&[Step::Acknowledged], None, 99 * day), None);
}

#[test]
fn pauses_double_up_to_five_minutes() {
    let longest: Vec<u64> = (1..=9).map(|failed| back_off(failed, u32::MAX)).collect();
    assert_eq!(
        longest,
        [
            5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000
        ]
    );
    assert_eq!(back_off(1, 0), 2_500);
    assert_eq!(back_off(u64::MAX, 0), 150_000);
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(proptest::sample::select(Step::ALL), 0..12)
}

proptest! {
    #[test]
    fn whatever_the_log_says_wiped_is_only_after_acknowledged(steps in steps()) {
        let standing = after(&steps);
        if standing.state == BatchState::Wiped {
            let wiped = steps.iter().position(|step| *step == Step::Wiped).unwrap_or(0);
            let receipt = steps.iter().position(|step| *step == Step::Acknowledged);
            prop_assert!(receipt.is_some_and(|receipt| receipt < steps.len() && steps[receipt..].contains(&Step::Wiped)));
            prop_assert!(wiped < steps.len());
        }
    }

    #[test]
    fn the_same_step_twice_is_the_same_as_once(steps in steps()) {
        let twice: Vec<Step> = steps.iter().flat_map(|step| [*step, *step]).collect();
        prop_assert_eq!(after(&twice).state, after(&steps).state);
    }

    #[test]
    fn other_batches_change_nothing(steps in steps()) {
        let log: Vec<TransportEntry> = steps.iter().map(|step| entry(*step, 1)).collect();
        let other = Standing::of(BatchId(Uuid::from_u128(8)), &log);
        prop_assert_eq!(other.state, BatchState::Made);
        prop_assert_eq!(other.copied, Copied::Nowhere);
    }

    #[test]
    fn a_pause_is_between_half_and_all_of_its_longest(failed: u64, chance: u32) {
        let longest = back_off(failed, u32::MAX);
        let pause = back_off(failed, chance);
        prop_assert!(pause >= longest / 2 && pause <= longest);
    }
}
