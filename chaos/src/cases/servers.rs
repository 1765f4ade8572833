//! Servers that are killed, drained, or asked by everybody at once.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use shared::protocol::Role;
use testkit::proxy::Cut;
use tokio::time::{Instant, sleep};

use crate::case::{Case, LOG, LOG_AND_PRESENCE, Twin};
use crate::checker::evidence::Leaving;
use crate::checker::millis;
use crate::deployment::Storage;
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

/// How often each person draws.
const PERIOD: Duration = Duration::from_millis(250);

pub(super) const KILL_SERVERS: Case = Case {
    row: "1",
    name: "kill-servers",
    fault: "SIGKILL of one of three servers under load, again and again",
    checks: LOG_AND_PRESENCE,
    twins: &[
        Twin {
            without: &["lease"],
            breaks: &[Invariant::Presence],
        },
        Twin {
            without: &["outbox"],
            breaks: &[Invariant::Durability],
        },
    ],
    run: |settings| Box::pin(kill_servers(settings)),
};

async fn kill_servers(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(3), 5).await?;
    run.arrive(Role::View);
    run.arrive_bound(0);
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(4));
    while run.elapsed() < length {
        run.pause(300..900).await;
        kill_one(&mut run).await?;
    }
    let count = run.people.len() + 1;
    run.arrive_bound(0);
    run.until("everybody sees the last one", |run| {
        run.people.iter().all(|it| it.view().people == count)
    })
    .await
    .ok();
    run.kill_server(0, Duration::ZERO).await?;
    Ok(run)
}

/// Kills a server. In some rounds a person reloads the page meanwhile, or a person who knows only
/// this server stays away.
async fn kill_one(run: &mut Run) -> Result<()> {
    let count = run.deployment.servers.len();
    let victim = run
        .people
        .iter()
        .find(|it| it.is_bound)
        .map_or_else(|| run.chance.random_range(0..count), |it| it.home);
    let down = Duration::from_millis(run.chance.random_range(100..700));
    let reloading = run.chance.random_range(0..run.people.len());
    // A person with commits that the killed server never stored.
    run.people[reloading].once();
    run.people[reloading].reload();
    run.kill_server(victim, down).await?;
    if run.chance.random_bool(0.2) {
        let home = run.chance.random_range(0..count);
        run.arrive_bound(home);
        run.draw(PERIOD);
    }
    Ok(())
}

pub(super) const KILLS: Case = Case {
    row: "1+2",
    name: "kills",
    fault: "SIGKILL of servers and of Redis (AOF each second) in one run: 5 of servers for 2 of Redis",
    checks: LOG_AND_PRESENCE,
    twins: &[],
    run: |settings| Box::pin(kills(settings)),
};

async fn kills(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(3), 9).await?;
    run.arrive(Role::View);
    run.arrive_bound(0);
    run.draw(PERIOD);
    let (servers, redis) = if settings.is_short() {
        (2, 1)
    } else {
        (50, 20)
    };
    let rounds = servers + redis;
    let length = settings.length_or(Duration::from_secs(5));
    let begin = Instant::now();
    let (mut killed_servers, mut killed_redis) = (0, 0);
    for round in 0..rounds {
        let due = begin + length.mul_f64(f64::from(round) / f64::from(rounds));
        tokio::time::sleep_until(due).await;
        // Spread evenly: Redis is next when it is behind its share.
        if killed_redis * servers < killed_servers * redis {
            let down = Duration::from_millis(run.chance.random_range(100..2_500));
            run.kill_redis(down, |_| Ok(())).await?;
            killed_redis += 1;
        } else {
            kill_one(&mut run).await?;
            killed_servers += 1;
        }
        run.pause(10..200).await;
    }
    let kills = format!("{killed_servers} servers, {killed_redis} Redis");
    run.figures.push(("killed", kills));
    Ok(run)
}

pub(super) const JOIN_STORM: Case = Case {
    row: "5",
    name: "join-storm",
    fault: "many people join while others draw, some on servers that have just started",
    checks: LOG,
    twins: &[Twin {
        without: &["subscribe-first", "gap-read"],
        breaks: &[Invariant::Agreement, Invariant::Delivery],
    }],
    run: |settings| Box::pin(join_storm(settings)),
};

async fn join_storm(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 4).await?;
    run.draw(Duration::from_millis(60));
    let length = settings.length_or(Duration::from_secs(3));
    let most = if settings.is_short() { 40 } else { 200 };
    run.kill_server(1, Duration::ZERO).await?;
    while run.elapsed() < length {
        if run.people.len() < most {
            run.arrive(Role::Edit);
        }
        if run.chance.random_bool(0.1) && run.people.len() > 6 {
            let leaver = run.chance.random_range(4..run.people.len());
            run.leave(leaver, Leaving::Closed).await;
        }
        run.pause(5..60).await;
    }
    Ok(run)
}

pub(super) const DRAIN: Case = Case {
    row: "9",
    name: "drain",
    fault: "SIGTERM of all servers, one after the other, with a restart of each",
    checks: LOG_AND_PRESENCE,
    twins: &[Twin {
        without: &["goodbye"],
        breaks: &[Invariant::Delivery],
    }],
    run: |settings| Box::pin(drain(settings)),
};

/// How long a client may show that something is wrong.
const LONGEST_NOTICE: Duration = Duration::from_millis(300);

async fn drain(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 6).await?;
    run.draw(PERIOD);
    run.longest_notice = Some(LONGEST_NOTICE);
    let length = settings.length_or(Duration::from_secs(4));
    let mut next = 0;
    while run.elapsed() < length {
        run.pause(700..1_200).await;
        let from = Instant::now();
        run.deployment.servers[next].terminate().await?;
        run.deployment.servers[next].restart().await?;
        run.fault_ended("server drained", from);
        next = (next + 1) % run.deployment.servers.len();
    }
    Ok(run)
}

pub(super) const RECONNECT_STORM: Case = Case {
    row: "16",
    name: "reconnect-storm",
    fault: "all connections are reset in one moment",
    checks: LOG,
    twins: &[Twin {
        without: &["jitter"],
        breaks: &[Invariant::Delivery],
    }],
    run: |settings| Box::pin(reconnect_storm(settings)),
};

/// The largest share of all people that may come back within a tenth of a second.
const PEAK: f64 = 0.6;

async fn reconnect_storm(settings: Settings) -> Result<Run> {
    let people = if settings.is_short() { 60 } else { 250 };
    let mut run = Run::start(&settings, Storage::Redis(2), people).await?;
    run.draw(Duration::from_secs(3));
    run.pause(400..600).await;
    let from = Instant::now();
    run.deployment
        .edges
        .iter()
        .for_each(|edge| edge.cut(Cut::Reset));
    run.fault_ended("all connections reset", from);
    let mut back = vec![None; run.people.len()];
    let is_back = |run: &Run, at: usize| run.people[at].view().is_connected;
    // Everybody notices first.
    sleep(Duration::from_millis(150)).await;
    while back.iter().any(Option::is_none) && from.elapsed() < Duration::from_secs(20) {
        for (at, back) in back.iter_mut().enumerate() {
            if back.is_none() && is_back(&run, at) {
                *back = Some(from.elapsed());
            }
        }
        sleep(Duration::from_millis(10)).await;
    }
    let mut times: Vec<Duration> = back.into_iter().flatten().collect();
    times.sort_unstable();
    let within = |from: &Duration| {
        let end = *from + Duration::from_millis(100);
        times.iter().filter(|it| *it >= from && **it < end).count()
    };
    let peak = times.iter().map(within).max().unwrap_or(0);
    let half = times.get(times.len() / 2).copied().unwrap_or_default();
    let last = times.last().copied().unwrap_or_default();
    run.figures.push((
        "back 50 %/all",
        format!("{} / {}", millis(half), millis(last)),
    ));
    run.figures
        .push(("most within 100 ms", format!("{peak} of {people}")));
    if peak as f64 > PEAK * people as f64 {
        let text = format!("{peak} of {people} came back within 100 ms");
        run.findings.push((Invariant::Delivery, text));
    }
    Ok(run)
}
