//! A Redis that is killed, frozen, replaced, or loses messages.

use std::fs::OpenOptions;
use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use redis::cmd;
use testkit::proxy::{Cut, Direction};
use testkit::redis::{Redis, Version};
use tokio::time::{Instant, sleep};

use crate::case::{Case, LOG, LOG_AND_MEMORY, Twin};
use crate::deployment::{Storage, address_of, append_only_file, connect};
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

/// How often each person draws.
const PERIOD: Duration = Duration::from_millis(200);

pub(super) const KILL_REDIS: Case = Case {
    row: "2",
    name: "kill-redis",
    fault: "SIGKILL of Redis (AOF each second), sometimes with the loss of the last 0.6 s of its file",
    checks: LOG,
    twins: &[Twin {
        without: &["epoch-check"],
        breaks: &[Invariant::Durability, Invariant::Agreement, Invariant::Once],
    }],
    run: |settings| Box::pin(kill_redis(settings)),
};

async fn kill_redis(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 5).await?;
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(4));
    let longest = if settings.is_short() { 900 } else { 10_000 };
    let mut loses = false;
    while run.elapsed() < length {
        run.pause(400..900).await;
        // Redis 8 confirms what is on the disk, and no fault takes that away.
        loses = !loses && settings.redis == Version::Seven;
        let file = append_only_file(run.deployment.redis()?.dir())?;
        let kept = std::fs::metadata(&file)?.len();
        if loses {
            // Far less than the two seconds after which commits count as durable.
            sleep(Duration::from_millis(600)).await;
        }
        let down = Duration::from_millis(run.chance.random_range(100..longest));
        let cut_off = |_: &Redis| match loses {
            true => Ok(OpenOptions::new().write(true).open(&file)?.set_len(kept)?),
            false => Ok(()),
        };
        run.kill_redis(down, cut_off).await?;
    }
    Ok(run)
}

pub(super) const CUT_SUBSCRIPTIONS: Case = Case {
    row: "3",
    name: "cut-subscriptions",
    fault: "Redis kills subscriptions, takes the right to channels away, and resets links of servers",
    checks: LOG,
    twins: &[Twin {
        without: &["resubscribe", "head-check"],
        breaks: &[Invariant::Delivery, Invariant::Agreement],
    }],
    run: |settings| Box::pin(cut_subscriptions(settings)),
};

async fn cut_subscriptions(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 4).await?;
    // The people of the second server only watch, so that no commit of their own reveals a gap.
    run.people
        .iter()
        .filter(|it| it.home == 0)
        .for_each(|it| it.draw(PERIOD));
    let mut admin = run.deployment.ask_redis().await?;
    let length = settings.length_or(Duration::from_secs(4));
    let mut round = 0;
    while run.elapsed() < length {
        run.pause(400..900).await;
        let from = Instant::now();
        match round % 3 {
            0 => {
                let kill = cmd("CLIENT")
                    .arg("KILL")
                    .arg("TYPE")
                    .arg("pubsub")
                    .to_owned();
                let _: i64 = kill.query_async(&mut admin).await?;
                run.fault_ended("subscriptions killed", from);
            }
            1 => {
                let link = run.chance.random_range(0..run.deployment.redis_links.len());
                run.deployment.redis_links[link].cut(Cut::Reset);
                run.fault_ended("link to Redis reset", from);
            }
            _ => {
                let user = |rights: &str| {
                    cmd("ACL")
                        .arg("SETUSER")
                        .arg("default")
                        .arg(rights)
                        .to_owned()
                };
                let _: () = user("resetchannels").query_async(&mut admin).await?;
                run.pause(300..900).await;
                let _: () = user("allchannels").query_async(&mut admin).await?;
                run.fault_ended("channels forbidden", from);
            }
        }
        round += 1;
    }
    Ok(run)
}

pub(super) const TAIL_LOSS: Case = Case {
    row: "4",
    name: "tail-loss",
    fault: "exactly one published commit is swallowed, and nothing follows",
    checks: LOG,
    twins: &[
        Twin {
            without: &["head-check"],
            breaks: &[Invariant::Agreement, Invariant::Delivery],
        },
        Twin {
            without: &["gap-read"],
            breaks: &[Invariant::Agreement, Invariant::Delivery],
        },
    ],
    run: |settings| Box::pin(tail_loss(settings)),
};

async fn tail_loss(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 4).await?;
    let channel = format!("cs:{{{}}}:d\r\n", run.deployment.board.id);
    let length = settings.length_or(Duration::from_secs(3));
    let mut swallowed = 0;
    while run.elapsed() < length {
        // The first person's home is the first server; the second server misses the message.
        let link = &run.deployment.redis_links[1];
        link.swallow(Direction::Down, channel.as_bytes());
        let from = Instant::now();
        run.people[0].once();
        run.until("the message is swallowed", |run| {
            run.deployment.redis_links[1].has_swallowed()
        })
        .await?;
        run.fault_ended("message swallowed", from);
        swallowed += 1;
        if !settings.has("head-check") || !settings.has("gap-read") {
            break;
        }
        run.until("everybody has the commit", |run| {
            let at = run.at();
            run.people.iter().all(|it| it.view().at == at)
        })
        .await?;
    }
    run.figures.push(("swallowed", swallowed.to_string()));
    Ok(run)
}

pub(super) const SLOW_REDIS: Case = Case {
    row: "7",
    name: "slow-redis",
    fault: "Redis is frozen, pauses writes, is out of memory, and cuts off slow subscribers",
    checks: LOG_AND_MEMORY,
    twins: &[Twin {
        without: &["dedupe"],
        breaks: &[Invariant::Once],
    }],
    run: |settings| Box::pin(slow_redis(settings)),
};

async fn slow_redis(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 4).await?;
    run.draw(PERIOD);
    let mut admin = run.deployment.ask_redis().await?;
    let longest = if settings.is_short() { 1_600 } else { 10_000 };
    let length = settings.length_or(Duration::from_secs(7));
    let mut round = 0;
    while run.elapsed() < length {
        run.pause(300..600).await;
        let from = Instant::now();
        match round % 4 {
            0 => {
                run.deployment.redis()?.freeze()?;
                run.pause(1_300..longest).await;
                run.deployment.redis()?.thaw()?;
                run.fault_ended("Redis frozen", from);
            }
            1 => {
                let pause = cmd("CLIENT")
                    .arg("PAUSE")
                    .arg(1_300)
                    .arg("WRITE")
                    .to_owned();
                let _: () = pause.query_async(&mut admin).await?;
                sleep(Duration::from_millis(1_300)).await;
                run.fault_ended("writes paused", from);
            }
            2 => {
                set(&mut admin, "maxmemory", "1mb").await?;
                run.pause(300..900).await;
                set(&mut admin, "maxmemory", "0").await?;
                run.fault_ended("Redis out of memory", from);
            }
            _ => {
                let limits = "client-output-buffer-limit";
                set(&mut admin, limits, "pubsub 4kb 2kb 1").await?;
                run.pause(300..900).await;
                set(&mut admin, limits, "pubsub 32mb 8mb 60").await?;
                run.fault_ended("subscribers limited", from);
            }
        }
        round += 1;
    }
    Ok(run)
}

async fn set(admin: &mut redis::aio::MultiplexedConnection, name: &str, value: &str) -> Result<()> {
    let set = cmd("CONFIG").arg("SET").arg(name).arg(value).to_owned();
    Ok(set.query_async(admin).await?)
}

pub(super) const FAILOVER: Case = Case {
    row: "8",
    name: "failover",
    fault: "a replica becomes the master while people draw, and Redis is emptied (without Sentinel: \
            the proxy plays the moving address)",
    checks: LOG,
    twins: &[Twin {
        without: &["epoch-check"],
        breaks: &[Invariant::Durability, Invariant::Agreement, Invariant::Once],
    }],
    run: |settings| Box::pin(failover(settings)),
};

async fn failover(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 4).await?;
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(4));
    let mut round = 0;
    while run.elapsed() < length {
        run.pause(300..700).await;
        match round % 2 {
            0 => promote_replica(&mut run).await?,
            _ => {
                let from = Instant::now();
                let mut admin = run.deployment.ask_redis().await?;
                let _: () = cmd("FLUSHALL").query_async(&mut admin).await?;
                run.fault_ended("Redis emptied", from);
            }
        }
        round += 1;
    }
    Ok(run)
}

/// Starts a replica, cuts it off for a moment, so that it lacks the last commits, and moves all
/// servers to it.
async fn promote_replica(run: &mut Run) -> Result<()> {
    let old = address_of(run.deployment.redis()?)?;
    let master = format!("127.0.0.1 {}", old.port());
    let replica = Redis::start(run.settings.redis, &["--replicaof", &master]).await?;
    let mut admin = connect(&replica).await?;
    let limit = Instant::now() + testkit::PATIENCE;
    loop {
        let info: String = cmd("INFO")
            .arg("replication")
            .query_async(&mut admin)
            .await?;
        if info.contains("master_link_status:up") {
            break;
        }
        anyhow::ensure!(Instant::now() < limit, "the replica is not in step");
        sleep(Duration::from_millis(50)).await;
    }
    let alone = cmd("REPLICAOF").arg("NO").arg("ONE").to_owned();
    let _: () = alone.query_async(&mut admin).await?;
    // The old master takes commits that the new one will never have.
    run.pause(100..600).await;
    let from = Instant::now();
    let new = address_of(&replica)?;
    for link in &run.deployment.redis_links {
        link.retarget(vec![new]);
        link.cut(Cut::Reset);
    }
    // The old one ends here.
    *run.deployment.redis()? = replica;
    run.fault_ended("failover", from);
    Ok(())
}
