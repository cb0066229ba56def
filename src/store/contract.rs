//! What every back end promises, stated once and run on each: on memory by the
//! host's tests, on IndexedDB by the browser's. A promise is an `async fn` that
//! is given a fresh store and panics when the promise is not kept.
//!
//! Nothing in the app calls it, so nothing of it is in the app.

mod attending;
mod expected;
mod handing_over;
mod keeping;
mod registering;
mod rows;
mod sealing;

pub use attending::*;
pub use expected::*;
pub use handing_over::*;
pub use keeping::*;
pub use registering::*;
pub use rows::*;
pub use sealing::*;

/// Calls the macro `$test` once for each promise, with its name, so that every
/// back end has one test for each and none can be forgotten.
#[macro_export]
macro_rules! each_promise {
    ($test:ident) => {
        $test!(a_commit_writes_every_row_or_none);
        $test!(a_check_that_fails_stops_every_write);
        $test!(a_check_looks_at_the_named_fields_only);
        $test!(a_unique_index_takes_a_key_once);
        $test!(an_index_that_is_not_unique_takes_a_key_often);
        $test!(rows_come_in_the_order_of_the_index);
        $test!(a_range_holds_what_begins_with_its_prefix_and_no_more);
        $test!(a_range_after_a_number_leaves_that_number_out);
        $test!(bodies_come_back_byte_for_byte);
        $test!(fields_come_back_exactly);
        $test!(put_writes_over_and_delete_takes_away);
        $test!(a_proven_commit_repeated_is_success);
        $test!(a_proven_commit_that_others_overtook_is_a_conflict);
        $test!(an_event_is_added_once);
        $test!(events_come_back_as_they_were_made);
        $test!(a_first_save_counts_and_takes_the_draft_away);
        $test!(numbers_go_up_by_one_with_each_person);
        $test!(a_save_from_counters_that_are_old_is_refused);
        $test!(who_takes_over_is_the_only_writer);
        $test!(corrections_make_a_chain);
        $test!(a_correction_of_an_old_revision_is_refused);
        $test!(a_voided_registration_keeps_its_number_and_is_counted);
        $test!(the_same_nik_is_found_by_its_fingerprint);
        $test!(events_do_not_see_each_others_registrations);
        $test!(revisions_after_a_sequence_come_in_order);
        $test!(drafts_are_kept_as_typed);
        $test!(drafts_come_with_the_one_changed_last_at_the_end);
        $test!(a_late_keystroke_does_not_bring_a_saved_draft_back);
        $test!(a_draft_that_corrects_an_old_revision_is_refused);
        $test!(a_discarded_draft_is_gone);
        $test!(who_is_expected_is_kept_event_by_event);
        $test!(a_damaged_list_stops_nothing_else);
        $test!(who_only_came_is_appended_counted_and_takes_the_draft_away);
        $test!(a_batch_moves_the_mark_and_keeps_its_bytes);
        $test!(batches_make_a_chain_without_overlap);
        $test!(a_second_batch_of_the_same_revisions_is_refused);
        $test!(the_transport_log_keeps_its_order);
        $test!(where_sending_stands_is_kept_beside_the_log);
        $test!(what_another_tablet_told_gives_way_to_what_is_newer_only);
        $test!(a_batch_is_found_by_the_hash_of_its_file);
        $test!(a_receipt_and_what_it_means_are_one_write);
        $test!(a_wipe_takes_every_revision_and_the_bytes_and_no_other_row);
        $test!(the_reserve_is_freed_once);
        $test!(the_tablet_keeps_its_first_id);
        $test!(a_lost_or_damaged_id_of_the_tablet_comes_back_from_its_events);
        $test!(the_event_at_work_is_remembered);
        $test!(officers_are_remembered_the_last_one_first);
        $test!(nothing_that_tells_of_people_is_kept_in_clear);
        $test!(a_locked_event_is_neither_read_nor_written);
        $test!(a_row_that_was_moved_swapped_or_put_back_is_damaged);
        $test!(a_sealed_batch_is_handed_over_while_locked_and_a_plain_one_is_not);
        $test!(tries_are_counted_and_forgotten);
        $test!(audit_entries_make_a_chain_whoever_writes_at_the_same_time);
        $test!(an_event_of_a_version_without_a_vault_is_sealed_whole);
    };
}
