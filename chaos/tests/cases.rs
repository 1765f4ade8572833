//! Every case for a few seconds, with all protections on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use chaos::cases::{named, proxy_of};
use chaos::invariant::Invariant;
use chaos::settings::Settings;
use testkit::redis::Version;
use testkit::reverse_proxy::Kind;

/// The server.
const PROGRAM: &str = env!("CARGO_BIN_EXE_server-with-switches");
/// The seed of the short runs.
const SEED: u64 = 1;
/// Cases with seeds that once failed.
const KEPT_SEEDS: &[(&str, u64)] = &[];

/// Invariants about times. A busy machine may be late for once, so one of them is broken only if it
/// breaks in each of [`TRIES`] runs.
const TIMED: [Invariant; 2] = [Invariant::Presence, Invariant::Delivery];
/// Runs until an invariant about times counts as broken.
const TRIES: usize = 3;

/// Runs a case and asserts that everything held.
async fn holds(name: &str, seed: u64) {
    if proxy_of(name).is_some_and(Kind::is_skipped) {
        return;
    }
    holds_with(name, &Settings::short(Path::new(PROGRAM), seed)).await;
}

async fn holds_with(name: &str, settings: &Settings) {
    let case = named(name).expect("a case");
    for run in 1..=TRIES {
        let outcome = case.run(settings).await.unwrap();
        let (broken, figures) = (outcome.broken(), &outcome.figures);
        if broken.is_empty() {
            return;
        }
        let mut untimed = case.checks.iter().filter(|it| !TIMED.contains(it));
        assert!(
            run < TRIES && !untimed.any(|it| outcome.breaks(*it)),
            "{name}, seed {}, run {run}: {broken:#?}\n{figures:#?}",
            settings.seed
        );
    }
}

macro_rules! cases {
    ($($test:ident: $name:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                holds($name, SEED).await;
            }
        )*

        #[test]
        fn every_case_has_a_test() {
            let tested = [$($name),*];
            for case in chaos::cases::ALL {
                assert!(tested.contains(&case.name), "{} has no test", case.name);
            }
        }
    };
}

cases! {
    nothing_is_lost_when_servers_are_killed: "kill-servers";
    nothing_is_lost_when_redis_is_killed: "kill-redis";
    cut_subscriptions_come_back: "cut-subscriptions";
    a_lost_last_message_is_found: "tail-loss";
    people_join_while_others_draw: "join-storm";
    a_commit_sent_again_takes_effect_once: "resend";
    a_slow_redis_loses_nothing: "slow-redis";
    a_failover_loses_nothing_that_anybody_has: "failover";
    servers_are_drained_without_loss: "drain";
    nothing_is_lost_when_servers_behind_nginx_are_restarted: "behind-nginx";
    nothing_is_lost_when_servers_behind_haproxy_are_restarted: "behind-haproxy";
    nothing_is_lost_when_servers_behind_caddy_are_restarted: "behind-caddy";
    a_silent_connection_is_left: "half-open";
    slow_readers_cost_no_memory: "slow-readers";
    a_board_loads_over_a_slow_link_to_nginx: "slow-nginx";
    a_board_loads_over_a_slow_link_to_haproxy: "slow-haproxy";
    a_board_loads_over_a_slow_link_to_caddy: "slow-caddy";
    idle_people_cost_little: "idle";
    compactions_lose_nothing: "compaction";
    nothing_is_lost_when_the_only_server_is_killed: "kill-embedded";
    a_damaged_file_is_refused_or_read: "damaged-file";
    everybody_comes_back_but_not_at_once: "reconnect-storm";
    clocks_that_jump_change_nothing: "clock";
    a_bad_network_loses_nothing: "bad-network";
    nothing_is_lost_under_growing_load: "load-steps";
    all_faults_together_lose_nothing: "soak";
    hostile_clients_change_nothing: "hostile";
    unfinished_hellos_cost_little: "unfinished-hellos";
    servers_and_redis_killed_in_one_run_lose_nothing: "kills";
}

/// Redis 8 tells when commits are durable; Redis 7 does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_redis_8_is_killed() {
    if Version::Eight.is_skipped() {
        return;
    }
    let mut settings = Settings::short(Path::new(PROGRAM), SEED);
    settings.redis = Version::Eight;
    holds_with("kill-redis", &settings).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_seeds_hold() {
    for (name, seed) in KEPT_SEEDS {
        holds(name, *seed).await;
    }
}
