//! What every blob store promises, run on each of them: files, a bucket of S3, and Redis 7 and Redis 8,
//! each alone and as a cluster of three masters.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/backend.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod backend;
#[path = "blob_contract/bucket.rs"]
mod bucket;
#[path = "blob_contract/facts.rs"]
mod facts;
#[path = "blob_contract/redis.rs"]
mod redis_only;
#[path = "support/s3_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod s3_server;
#[path = "blob_contract/stored.rs"]
mod stored;
#[path = "blob_contract/sweeping.rs"]
mod sweeping;

/// One module of tests for a kind of store.
macro_rules! suite {
    ($kind:ident: $($area:ident { $($fact:ident)* })*) => {
        mod $kind {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $fact() {
                    if let Some(stored) = super::stored::Stored::$kind().await {
                        super::$area::$fact(stored).await;
                    }
                }
            )*)*
        }
    };
}

/// The suite on every kind of store.
macro_rules! contract {
    ($($facts:tt)*) => {
        suite! { files: $($facts)* }
        suite! { redis7: $($facts)* }
        suite! { redis8: $($facts)* }
        suite! { cluster7: $($facts)* }
        suite! { cluster8: $($facts)* }
        suite! { s3: $($facts)* }
    };
}

contract! {
    facts {
        a_blob_grows_piece_by_piece_and_is_finished
        a_piece_that_begins_elsewhere_is_not_stored
        another_length_begins_a_blob_anew
        a_blob_that_lacks_bytes_is_not_finished
        a_finished_blob_stays_as_it_is
        every_range_of_a_blob_can_be_read
        a_removed_blob_can_be_stored_again
        a_list_tells_what_each_blob_waits_for
        boards_have_nothing_in_common
        uploads_that_begin_at_once_do_not_exceed_the_limits_of_a_board
        many_servers_that_store_one_blob_end_with_its_bytes
        only_the_bytes_that_were_checked_are_finished_or_removed
        a_blob_that_changed_since_it_was_listed_is_not_removed
    }
    sweeping {
        a_blob_is_removed_a_week_after_its_board_stopped_naming_it
        a_snapshot_that_names_a_blob_keeps_it
        the_commits_and_snapshots_of_servers_name_their_pictures
        the_blobs_of_a_board_that_is_gone_are_removed
        the_blobs_of_a_deleted_board_are_removed_at_once
        an_upload_expires_a_day_after_its_last_piece
    }
}
