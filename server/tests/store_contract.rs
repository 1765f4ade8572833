//! What every store promises, run on each of them: embedded, Redis 7 and Redis 8.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "store_contract/compaction.rs"]
mod compaction;
#[path = "store_contract/embedded.rs"]
mod embedded_only;
#[path = "store_contract/ordering.rs"]
mod ordering;
#[path = "store_contract/records.rs"]
mod records;
#[path = "store_contract/redis.rs"]
mod redis_only;
#[path = "support/stand.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod stand;

use stand::Stand;

/// One module of tests for a kind of store.
macro_rules! suite {
    ($kind:ident: $($area:ident { $($fact:ident)* })*) => {
        mod $kind {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $fact() {
                    if let Some(stand) = super::Stand::$kind().await {
                        super::$area::$fact(stand).await;
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
    };
}

contract! {
    records {
        a_new_board_is_empty
        making_a_board_twice_changes_nothing
        a_record_changes_only_from_the_version_that_was_read
        an_unknown_board_has_no_record_to_change
        a_store_that_is_up_answers
        settling_ends_when_all_is_safe
    }
    ordering {
        commits_get_contiguous_places
        every_outcome_in_one_batch
        a_repeated_batch_is_harmless
        a_full_board_takes_only_tiny_commits
        another_epoch_is_refused
        an_unknown_board_is_said_to_be_unknown
        who_has_seen_more_than_is_there_begins_an_epoch
        what_is_published_is_what_was_stored_in_its_order
        eight_at_once_make_one_contiguous_log
    }
    compaction {
        reading_on_gives_what_follows
        a_long_tail_comes_in_portions
        compaction_trims_exactly_to_the_floor
        the_archive_keeps_all_that_left_the_log
        compaction_is_fenced
        compactions_at_once_lose_nothing
        numbers_and_room_go_on_after_compaction
        a_lost_board_is_brought_back_once
        a_snapshot_that_is_none_restores_nothing
    }
}
