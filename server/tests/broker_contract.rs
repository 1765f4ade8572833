//! What every broker promises, run on each of them: in-process, and Redis 7 and Redis 8, each alone,
//! as a cluster of three masters, and by Sentinel.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/backend.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod backend;
#[path = "broker_contract/shared.rs"]
mod contract;
#[path = "broker_contract/redis.rs"]
mod redis_only;

use backend::Backend;

/// The suite on every kind of broker.
macro_rules! contract {
    ($($fact:ident)*) => { contract! { @on embedded redis7 redis8 cluster7 cluster8 sentinel7 sentinel8: [$($fact)*] } };
    (@on $($kind:ident)*: $facts:tt) => { $(contract! { @one $kind $facts })* };
    (@one $kind:ident [$($fact:ident)*]) => {
        mod $kind {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $fact() {
                    if let Some(backend) = super::Backend::$kind().await {
                        super::contract::$fact(backend).await;
                    }
                }
            )*
        }
    };
}

contract! {
    messages_published_after_subscribing_are_received
    boards_do_not_receive_messages_of_each_other
    several_subscriptions_of_one_board_are_independent
    a_board_can_be_unsubscribed_and_subscribed_again_at_once
    a_flood_of_live_messages_loses_no_commit
}
