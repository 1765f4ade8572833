//! What every store promises, run on each of them: embedded, and Redis 7 and Redis 8, each alone, as
//! a cluster of three masters, and by Sentinel.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/backend.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod backend;
#[path = "store_contract/chat_pages.rs"]
mod chat_pages;
#[path = "store_contract/compaction.rs"]
mod compaction;
#[path = "store_contract/deletion.rs"]
mod deletion;
#[path = "store_contract/embedded.rs"]
mod embedded_only;
#[path = "store_contract/history.rs"]
mod history;
#[path = "store_contract/ordering.rs"]
mod ordering;
#[path = "store_contract/records.rs"]
mod records;
#[path = "store_contract/redis.rs"]
mod redis_only;

use backend::Backend;

/// One module of tests for a kind of store.
macro_rules! suite {
    ($kind:ident: $($area:ident { $($fact:ident)* })*) => {
        mod $kind {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $fact() {
                    if let Some(backend) = super::Backend::$kind().await {
                        super::$area::$fact(backend).await;
                    }
                }
            )*)*
        }
    };
}

/// The suite on every kind of store.
macro_rules! contract {
    ($($facts:tt)*) => {
        suite! { embedded: $($facts)* }
        suite! { redis7: $($facts)* }
        suite! { redis8: $($facts)* }
        suite! { cluster7: $($facts)* }
        suite! { cluster8: $($facts)* }
        suite! { sentinel7: $($facts)* }
        suite! { sentinel8: $($facts)* }
    };
}

contract! {
    records {
        a_new_board_is_empty
        creating_a_board_twice_changes_nothing
        a_record_changes_only_from_the_version_that_was_read
        an_unknown_board_has_no_record_to_change
        a_store_that_takes_commits_is_healthy
        waiting_for_durability_ends
    }
    ordering {
        commits_get_contiguous_places
        every_outcome_in_one_batch
        a_repeated_batch_is_harmless
        a_full_board_takes_tiny_commits_and_deletions
        another_epoch_is_refused
        a_commit_to_an_unknown_board_is_answered_with_no_board
        a_batch_that_knows_more_than_the_log_begins_an_epoch
        commits_are_published_in_the_order_of_the_log
        eight_concurrent_authors_make_one_contiguous_log
    }
    compaction {
        reading_after_a_position_returns_the_commits_that_follow
        a_long_tail_is_read_in_pages
        compaction_trims_exactly_to_the_floor
        the_archive_keeps_all_commits_that_left_the_log
        compaction_is_fenced
        concurrent_compactions_lose_nothing
        numbers_and_size_continue_after_compaction
        a_lost_board_is_restored_once
        a_malformed_snapshot_restores_nothing
    }
    history {
        users_of_clients_are_kept
        each_second_with_commits_is_marked_once
        the_archive_is_read_in_segments
    }
    deletion {
        a_deleted_board_is_an_unknown_board_for_every_call
        nothing_brings_a_deleted_board_back
        a_board_is_deleted_only_at_the_version_that_was_read
        nothing_but_the_marker_of_a_deleted_board_is_left
        commits_that_race_with_a_deletion_leave_nothing
    }
    chat_pages {
        pages_are_kept_by_board_and_number
        a_page_of_another_epoch_is_not_kept
    }
}
