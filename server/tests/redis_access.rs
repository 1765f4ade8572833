//! The program with a Redis that does not let it do all it needs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;

use program::{draws, refused_redis, start, until_ready, until_ready_is};
use redis::aio::MultiplexedConnection;
use serde_json::Value;
use testkit::redis::{Redis, Version};
use testkit::redis_cluster::RedisCluster;
use testkit::redis_sentinel::RedisSentinel;
use testkit::server::Server;

/// All that the program needs, as README.md says.
const NEEDED: [&str; 9] = [
    "~cs:*",
    "&cs:*",
    "+@read",
    "+@write",
    "+@scripting",
    "+@pubsub",
    "+@connection",
    "+info",
    "+config|get",
];

async fn administrator(redis: &Redis) -> MultiplexedConnection {
    redis.connect().await.unwrap()
}

async fn permit(redis: &mut MultiplexedConnection, rules: &[&str]) {
    let mut set_user = redis::cmd("ACL");
    set_user.arg("SETUSER").arg("app").arg(rules);
    set_user.exec_async(redis).await.unwrap();
}

/// Starts the program as a user who has all permissions that it needs except those that begin with
/// `lacking`.
async fn start_lacking(redis: &Redis, lacking: &str) -> (Server, MultiplexedConnection) {
    let mut admin = administrator(redis).await;
    let mut rules = vec!["reset", "on", ">open-sesame"];
    rules.extend(NEEDED.iter().filter(|rule| !rule.starts_with(lacking)));
    permit(&mut admin, &rules).await;
    (
        start(&["--redis-url", &with_user(&redis.url())]).await,
        admin,
    )
}

/// The lines of the log that contain certain words.
fn lines_with(server: &Server, words: &str) -> usize {
    let output = server.output();
    assert!(!output.iter().any(|line| line.contains("open-sesame")));
    output.iter().filter(|line| line.contains(words)).count()
}

/// What `lacking` takes away is named in the log, once, and in the report; after it was granted all
/// works.
async fn is_named(version: Version, lacking: &str, grant: &[&str], words: &str, service: &str) {
    if version.is_skipped() {
        return;
    }
    let redis = Redis::start(version, &[]).await.unwrap();
    let (server, mut admin) = start_lacking(&redis, lacking).await;
    server.says(words).await.unwrap();
    let names_it = |report: &Value| {
        let reason = report[service]["reason"].as_str();
        reason.is_some_and(|reason| reason.contains(words))
    };
    let report = until_ready(&server, 503, names_it).await;
    assert!(!report.to_string().contains("open-sesame"), "{report}");
    permit(&mut admin, grant).await;
    until_ready(&server, 200, |report| report["status"] == "ok").await;
    draws(&server).await;
    assert!(
        lines_with(&server, words) <= 2,
        "at most once for each service"
    );
}

#[tokio::test]
async fn missing_channels_are_named_7() {
    is_named(Version::Seven, "&", &["&cs:*"], "grant &cs:*", "broker").await;
}

#[tokio::test]
async fn missing_channels_are_named_8() {
    is_named(Version::Eight, "&", &["&cs:*"], "grant &cs:*", "broker").await;
}

#[tokio::test]
async fn missing_scripts_are_named_7() {
    is_named(
        Version::Seven,
        "+@scripting",
        &["+@scripting"],
        "+@scripting",
        "store",
    )
    .await;
}

#[tokio::test]
async fn missing_scripts_are_named_8() {
    is_named(
        Version::Eight,
        "+@scripting",
        &["+@scripting"],
        "+@scripting",
        "store",
    )
    .await;
}

#[tokio::test]
async fn missing_keys_are_named() {
    is_named(Version::Seven, "~", &["~cs:*"], "grant ~cs:*", "store").await;
}

#[tokio::test]
async fn missing_writes_are_named() {
    is_named(Version::Seven, "+@write", &["+@write"], "+@write", "store").await;
}

#[tokio::test]
async fn missing_pubsub_is_named() {
    is_named(
        Version::Seven,
        "+@pubsub",
        &["+@pubsub"],
        "+@pubsub",
        "broker",
    )
    .await;
}

#[tokio::test]
async fn the_documented_permissions_are_enough() {
    for version in [Version::Seven, Version::Eight] {
        if version.is_skipped() {
            continue;
        }
        let redis = Redis::start(version, &[]).await.unwrap();
        let (server, _) = start_lacking(&redis, "nothing").await;
        assert_eq!(until_ready_is(&server, 200).await["status"], "ok");
        draws(&server).await;
        assert_eq!(lines_with(&server, "grant"), 0);
    }
}

/// As docs/hosting.md says for a cluster and for Sentinels.
#[tokio::test]
async fn the_documented_permissions_are_enough_on_a_cluster_and_by_sentinel() {
    let rules = [&["reset", "on", ">open-sesame"], &NEEDED[..]].concat();
    let cluster = RedisCluster::start(Version::Seven, 3, 0, &[])
        .await
        .unwrap();
    let of_cluster = [&rules[..], &["+cluster|slots", "+cluster|info"]].concat();
    for master in &cluster.masters {
        permit(&mut administrator(master).await, &of_cluster).await;
    }
    let url = with_user(&cluster.url());
    works(&["--redis-url", &url]).await;
    let servers = RedisSentinel::start(Version::Seven, 0, &[]).await.unwrap();
    permit(&mut administrator(&servers.servers[0]).await, &rules).await;
    let hosts = servers.sentinels().replace("redis://", "");
    for host in hosts.split(',') {
        let client = redis::Client::open(format!("redis://{host}")).unwrap();
        let mut sentinel = client.get_multiplexed_async_connection().await.unwrap();
        let rules = ["reset", "on", ">open-sesame", "+sentinel", "+role"];
        permit(&mut sentinel, &rules).await;
    }
    let (url, sentinels) = (with_user(&servers.url()), with_user(&servers.sentinels()));
    works(&["--redis-url", &url, "--redis-sentinels", &sentinels]).await;
}

fn with_user(url: &str) -> String {
    url.replace("redis://", "redis://app:open-sesame@")
}

async fn works(options: &[&str]) {
    let server = start(options).await;
    assert_eq!(until_ready_is(&server, 200).await["status"], "ok");
    draws(&server).await;
    assert_eq!(lines_with(&server, "grant"), 0);
}

#[tokio::test]
async fn a_user_who_may_not_even_ask_for_the_version_is_one_line() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let mut admin = administrator(&redis).await;
    let rules = ["reset", "on", ">open-sesame", "+@connection"];
    permit(&mut admin, &rules).await;
    let line = refused_redis(&with_user(&redis.url()), &[]).await;
    assert!(
        line.contains("info") && line.contains("--redis-url"),
        "{line}"
    );
    assert!(!line.contains("open-sesame"), "{line}");
}
