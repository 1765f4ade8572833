//! Metrics of a server on Redis.

use server::config::{RedisConfig, Storage};
use testkit::client::Client;
use testkit::fixtures::commit_stroke;
use testkit::redis::{Redis, Version};

use crate::exposition::Scrape;
use crate::test_server::TestServer;
use crate::{config, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn store_and_broker_show_when_redis_works_and_when_it_does_not() {
    let mut redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let storage = || Storage::Redis(RedisConfig::at(&redis.url()).unwrap());
    let (one, two) = (
        TestServer::with(config(storage())).await,
        TestServer::with(config(storage())).await,
    );
    let board = one.board().await;
    let (mut ann, _) = Client::join(one.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(two.address, board.edit, 2).await;
    for cno in 1..=5 {
        ann.send(&commit_stroke(1, cno, 10)).await;
        ben.receives_seq(cno).await;
        ann.receives_seq(cno).await;
    }
    let works = |now: &Scrape| {
        now.value("commonslate_broker_connected") == 1.0
            && now.value("commonslate_broker_heartbeat_seconds_count") >= 2.0
    };
    let now = until(&one, works).await;
    assert_eq!(now.value("commonslate_store_up"), 1.0);
    assert_eq!(now.value("commonslate_store_commit_seconds_count"), 5.0);
    // People are announced to the other server.
    assert!(now.value("commonslate_broker_messages_published_total") > 0.0);
    for kind in ["durable", "live"] {
        let received = format!("commonslate_broker_messages_received_total{{kind=\"{kind}\"}}");
        assert!(
            until(&two, |now| now.value(&received) > 0.0)
                .await
                .value(&received)
                > 0.0
        );
    }
    // A heartbeat takes far less than the second between two of them.
    let fast = now.value("commonslate_broker_heartbeat_seconds_bucket{le=\"0.5\"}");
    assert!(fast >= 1.0, "{now:#?}");

    redis.kill().await.unwrap();
    let down = |now: &Scrape| {
        now.value("commonslate_broker_connected") == 0.0 && now.value("commonslate_store_up") == 0.0
    };
    until(&one, down).await;
    ann.send(&commit_stroke(1, 6, 10)).await;
    let failed = "commonslate_store_failures_total{call=\"commit\"}";
    until(&one, |now| now.value(failed) > 0.0).await;

    redis.restart().await.unwrap();
    let now = until(&one, works).await;
    for connection in ["commands", "subscription"] {
        let lost =
            format!("commonslate_redis_connections_lost_total{{connection=\"{connection}\"}}");
        assert!(now.value(&lost) > 0.0, "{lost}");
    }
    let gaps = "commonslate_epochs_changed_total";
    until(&one, |now| now.value(gaps) > 0.0).await;
}
