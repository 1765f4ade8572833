//! Cases without the protection that they show. Each must break, or the case proves nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use chaos::cases::{ALL, named};
use chaos::settings::Settings;

/// Seeds that are tried: a fault does not meet its moment each time.
const SEEDS: std::ops::Range<u64> = 1..4;

/// Runs a case without protections until an invariant breaks that the twin names.
async fn breaks(name: &str, without: &str) {
    let case = named(name).expect("a case");
    let mut twins = case.twins.iter();
    let twin = twins.find(|twin| twin.without.join(",") == without);
    let twin = twin.expect("a twin");
    let program = Path::new(env!("CARGO_BIN_EXE_server-with-switches"));
    for seed in SEEDS {
        let settings = Settings::short(program, seed).without(twin.without);
        let outcome = case.run(&settings).await.unwrap();
        if twin.breaks.iter().any(|it| outcome.breaks(*it)) {
            return;
        }
    }
    panic!("{name} holds without {without}");
}

macro_rules! twins {
    ($($test:ident: $name:literal, $without:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                breaks($name, $without).await;
            }
        )*

        #[test]
        fn every_twin_has_a_test_and_every_protection_a_twin() {
            let tested = [$(($name, $without)),*];
            for protection in server::protection::NAMES {
                let is_off = |without: &str| without.split(',').any(|it| it == *protection);
                let has_twin = tested.iter().any(|(_, without)| is_off(without));
                assert!(has_twin, "{protection} has no twin");
            }
            for case in ALL {
                for twin in case.twins {
                    let pair = (case.name, &*twin.without.join(","));
                    assert!(tested.contains(&pair), "{pair:?} has no test");
                }
            }
        }
    };
}

twins! {
    without_leases_ghosts_stay: "kill-servers", "lease";
    without_an_outbox_reloads_lose_changes: "kill-servers", "outbox";
    without_epoch_checks_a_lost_tail_splits_the_board: "kill-redis", "epoch-check";
    without_epoch_checks_a_failover_splits_the_board: "failover", "epoch-check";
    without_resubscribing_nothing_comes: "cut-subscriptions", "resubscribe,head-check";
    without_the_head_check_a_lost_last_message_stays_lost: "tail-loss", "head-check";
    without_reading_gaps_a_lost_message_stays_lost: "tail-loss", "gap-read";
    without_subscribing_first_joins_miss_commits: "join-storm", "subscribe-first,gap-read";
    without_dedupe_a_slow_redis_doubles_commits: "slow-redis", "dedupe";
    without_dedupe_resent_commits_are_doubled: "resend", "dedupe";
    without_its_floor_a_compaction_loses_commits: "compaction", "compaction-floor";
    without_a_goodbye_people_see_the_restart: "drain", "goodbye";
    without_a_watchdog_clients_stay_with_silent_servers: "half-open", "watchdog";
    without_fsync_a_kill_loses_commits: "kill-embedded", "fsync";
    without_jitter_everybody_comes_back_at_once: "reconnect-storm", "jitter";
    without_roles_viewers_write: "hostile", "roles";
    without_a_cap_of_the_hello_unfinished_ones_fill_the_memory: "unfinished-hellos", "hello-cap";
}
