//! Links between clients and servers that are cut, silent, slow or bad.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use shared::protocol::Role;
use testkit::client::Habits;
use testkit::proxy::{Buffers, Cut, Direction, Flow, Link};
use tokio::time::{Instant, sleep};

use crate::case::{Case, LOG, LOG_AND_MEMORY, Twin};
use crate::checker::evidence::Leaving;
use crate::deployment::{Entry, Storage};
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

/// How often each person draws.
const PERIOD: Duration = Duration::from_millis(150);

pub(super) const RESEND: Case = Case {
    row: "6",
    name: "resend",
    fault: "connections end between a commit and its acknowledgement, on both sides of the servers; \
            pages are reloaded while their old connection still lives",
    checks: LOG,
    twins: &[Twin {
        without: &["dedupe"],
        breaks: &[Invariant::Once],
    }],
    run: |settings| Box::pin(resend(settings)),
};

async fn resend(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 5).await?;
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(5));
    let mut round = 0;
    while run.elapsed() < length {
        run.pause(100..400).await;
        let side = run.chance.random_range(0..2);
        let from = Instant::now();
        if round % 3 == 0 {
            // Redis stores commits, and the answers come too late.
            let link = &run.deployment.redis_links[side];
            link.set(Link::held_in(Direction::Down));
            sleep(Duration::from_millis(1_300)).await;
            run.deployment.redis_links[side].restore();
            run.fault_ended("answers of Redis held", from);
        } else {
            let edge = &run.deployment.edges[side];
            edge.set(Link::held_in(Direction::Down));
            run.pause(100..300).await;
            let reloading = run.chance.random_range(0..run.people.len());
            run.people[reloading].reload();
            run.pause(50..100).await;
            let how = [Cut::Reset, Cut::Close, Cut::HalfClose(Direction::Up)];
            let how = how[run.chance.random_range(0..how.len())];
            run.deployment.edges[side].restore();
            run.deployment.edges[side].cut(how);
            run.fault_ended("connections cut", from);
        }
        round += 1;
    }
    Ok(run)
}

pub(super) const HALF_OPEN: Case = Case {
    row: "10",
    name: "half-open",
    fault: "nothing passes in one or both directions, but no connection breaks; a server is frozen",
    checks: LOG,
    twins: &[Twin {
        without: &["watchdog"],
        breaks: &[Invariant::Delivery, Invariant::Durability],
    }],
    run: |settings| Box::pin(half_open(settings)),
};

async fn half_open(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 6).await?;
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(1));
    let mut round = 0;
    loop {
        run.pause(300..600).await;
        let side = run.chance.random_range(0..2);
        let from = Instant::now();
        let edge = &run.deployment.edges[side];
        match round % 4 {
            // These connections stay silent for good, as if the other end had lost power.
            0 => edge.cut(Cut::Silence),
            1 => edge.set(Link::held_in(Direction::Up)),
            2 => edge.set(Link::held_in(Direction::Down)),
            _ => run.deployment.servers[side].freeze()?,
        }
        // Longer than the five seconds after which a client leaves a silent server.
        run.pause(6_500..8_000).await;
        run.deployment.edges[side].restore();
        if round % 4 == 3 {
            run.deployment.servers[side].thaw()?;
        }
        run.fault_ended("silent connections", from);
        round += 1;
        if run.elapsed() >= length {
            break;
        }
    }
    Ok(run)
}

pub(super) const SLOW_READERS: Case = Case {
    row: "11",
    name: "slow-readers",
    fault: "one of five people reads one message in 300 ms, another one stops reading",
    checks: LOG_AND_MEMORY,
    twins: &[],
    run: |settings| Box::pin(slow_readers(settings)),
};

/// How much a server's memory may grow for slow readers, in bytes.
const GROWTH: u64 = 64 << 20;

async fn slow_readers(settings: Settings) -> Result<Run> {
    let mut run = Run::start_on(
        &settings,
        Storage::Redis(1),
        Entry::Faulty(Buffers::Small),
        4,
    )
    .await?;
    for pause in [300, 60_000] {
        let habits = Habits {
            reading_pause: Some(Duration::from_millis(pause)),
            watches_server: false,
            ..Habits::default()
        };
        run.arrive_with(0, Role::View, 1, habits);
    }
    run.pause(300..500).await;
    run.draw(Duration::from_millis(60));
    let length = settings.length_or(Duration::from_secs(5));
    while run.elapsed() < length {
        run.pause(100..300).await;
    }
    // The slow ones leave; what they lacked until then is no fault.
    for _ in 0..2 {
        run.leave(4, Leaving::Closed).await;
    }
    run.bound_memory(GROWTH);
    Ok(run)
}

pub(super) const BAD_NETWORK: Case = Case {
    row: "18",
    name: "bad-network",
    fault: "100 ± 50 ms, 1 Mbit/s, one byte at a time, and pauses as after a lost packet",
    checks: LOG,
    twins: &[],
    run: |settings| Box::pin(bad_network(settings)),
};

async fn bad_network(settings: Settings) -> Result<Run> {
    let mut run = Run::start_on(
        &settings,
        Storage::Redis(2),
        Entry::Faulty(Buffers::Small),
        4,
    )
    .await?;
    run.draw(PERIOD);
    let length = settings.length_or(Duration::from_secs(5));
    let slow = Flow {
        delay: Duration::from_millis(50),
        jitter: Duration::from_millis(100),
        bytes_per_second: Some(125_000),
        ..Flow::default()
    };
    let sliced = Flow {
        slice: Some(1),
        ..Flow::default()
    };
    while run.elapsed() < length {
        let from = Instant::now();
        for edge in &run.deployment.edges {
            edge.set(Link::both(slow));
        }
        run.pause(700..1_200).await;
        // TCP hides a lost packet as a pause of a few hundred milliseconds.
        for _ in 0..3 {
            let side = run.chance.random_range(0..2);
            run.deployment.edges[side].set(Link::held());
            run.pause(200..400).await;
            run.deployment.edges[side].set(Link::both(slow));
            run.pause(100..300).await;
        }
        for edge in &run.deployment.edges {
            edge.set(Link::both(sliced));
        }
        run.pause(500..900).await;
        run.deployment.edges.iter().for_each(|edge| edge.restore());
        run.fault_ended("bad network", from);
    }
    Ok(run)
}
