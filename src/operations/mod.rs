//! What a person can do, a file each: a pure decision first, then the store.
//! Time, chance and the rules are arguments. Nothing in the app writes but
//! through here.

pub mod amend;
pub mod attend;
pub mod attendance_list;
pub mod audit;
pub mod backup;
pub mod canary;
pub mod close_event;
pub mod create_event;
pub mod drafts;
pub mod exchange;
pub mod expected;
pub mod hand_over;
pub mod load_pack;
pub mod make_batch;
pub mod officer;
pub mod overdue;
pub mod preflight;
pub mod protect;
pub mod receipts;
pub mod reconcile;
pub mod register;
pub mod renew_event;
pub mod sealer;
pub mod send;
pub mod tally;
pub mod unpack;
pub mod wipe;

#[cfg(test)]
mod tests;
