//! Many people, many commits, and all faults together.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use shared::id::ClientKey;
use shared::protocol::{Profile, Role};
use shared::sync::Identity;
use testkit::board::Board;
use testkit::client::{Habits, RoamingClient};
use testkit::proxy::{Cut, Direction, Link};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::case::{Case, LOG, LOG_AND_MEMORY, Twin};
use crate::checker::millis;
use crate::deployment::Storage;
use crate::invariant::Invariant;
use crate::person::Person;
use crate::run::Run;
use crate::settings::Settings;

pub(super) const IDLE: Case = Case {
    row: "12",
    name: "idle",
    fault: "many people look at boards and do nothing (fewer than 10,000: a process may open 20,000 files)",
    checks: LOG_AND_MEMORY,
    twins: &[],
    run: |settings| Box::pin(idle(settings)),
};

/// People on one board.
const ON_A_BOARD: usize = 100;
/// How much one idle person may cost a server, in bytes.
const EACH: u64 = 96 << 10;

async fn idle(settings: Settings) -> Result<Run> {
    let people = if settings.is_short() { 200 } else { 2_000 };
    let mut run = Run::start(&settings, Storage::Redis(1), 2).await?;
    let before = run.deployment.resident().first().copied().unwrap_or(0);
    let url = run.deployment.servers[0].url();
    let mut idle = JoinSet::new();
    let mut board = run.deployment.board;
    for number in 0..people {
        if number % ON_A_BOARD == 0 {
            board = Board::create(&url).await?;
        }
        let key = ClientKey::from_bytes(run.chance.random());
        let mut client = RoamingClient::new(
            vec![url.clone()],
            board.view,
            Identity::fresh(key),
            Profile::default(),
            number as u64,
            Habits::default(),
        );
        idle.spawn(async move {
            loop {
                client.wait(Instant::now() + Duration::from_secs(1)).await;
                drop(client.take_notes());
            }
        });
        // The server takes 250 handshakes of one address at once.
        if number % 50 == 49 {
            sleep(Duration::from_millis(100)).await;
        }
    }
    sleep(settings.length_or(Duration::from_secs(3))).await;
    let after = run.deployment.resident().first().copied().unwrap_or(0);
    let each = after.saturating_sub(before) / people as u64;
    let text = format!("{} KiB for each of {people}", each >> 10);
    run.figures.push(("memory", text.clone()));
    if each > EACH {
        run.findings.push((Invariant::Memory, text));
    }
    drop(idle);
    Ok(run)
}

pub(super) const COMPACTION: Case = Case {
    row: "14",
    name: "compaction",
    fault: "so many commits that all servers compact at once, while servers die and people come back",
    checks: LOG,
    twins: &[Twin {
        without: &["compaction-floor"],
        breaks: &[
            Invariant::Durability,
            Invariant::Agreement,
            Invariant::Delivery,
        ],
    }],
    run: |settings| Box::pin(compaction(settings)),
};

/// How much later than the commits for it the compaction may come.
const COMPACTED_WITHIN: Duration = Duration::from_secs(15);

async fn compaction(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 2).await?;
    // 2,000 commits are compacted.
    for home in 0..10 {
        run.arrive_at(home % 2, Role::Edit, 3);
    }
    run.draw(Duration::from_millis(36));
    let length = settings.length_or(Duration::from_secs(7));
    let mut compacted = (0, 0);
    let is_late = |run: &Run| run.elapsed() > length + COMPACTED_WITHIN;
    while run.elapsed() < length || (compacted.0 == 0 && !is_late(&run)) {
        run.pause(300..900).await;
        let person = run.chance.random_range(0..run.people.len());
        run.people[person].disconnect();
        compacted = run.compacted().await?;
    }
    // Everybody comes back to where the log was cut off, and the servers read the board anew: one
    // that kept it in memory would make up for what the store lacks.
    run.people.iter().for_each(Person::disconnect);
    run.kill_server(1, Duration::ZERO).await?;
    run.kill_server(0, Duration::ZERO).await?;
    run.pause(300..900).await;
    let text = format!("{}/{}", compacted.0, compacted.1);
    run.figures.push(("snapshot/floor at", text));
    Ok(run)
}

pub(super) const LOAD_STEPS: Case = Case {
    row: "19",
    name: "load-steps",
    fault: "2, 10 and 50 people on one board, with 2 commits a second each",
    checks: LOG,
    twins: &[],
    run: |settings| Box::pin(load_steps(settings)),
};

async fn load_steps(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 2).await?;
    let steps: &[usize] = if settings.is_short() {
        &[2, 10]
    } else {
        &[2, 10, 50]
    };
    let each = settings.length_or(Duration::from_secs(4)) / steps.len() as u32;
    for people in steps {
        while run.people.len() < *people {
            run.arrive(Role::Edit);
        }
        run.draw(Duration::from_millis(500));
        let before = run.cpu_seconds();
        let at = run.at().map_or(0, |at| at.seq);
        sleep(each).await;
        let commits = run.at().map_or(0, |at| at.seq) - at;
        let used = run.cpu_seconds() - before;
        let text = format!("{people} people: {commits} commits, {used:.2} CPU-s of servers");
        run.figures.push(("step", text));
    }
    Ok(run)
}

pub(super) const SOAK: Case = Case {
    row: "20",
    name: "soak",
    fault: "people come and go, and all faults in turn",
    checks: LOG,
    twins: &[],
    run: |settings| Box::pin(soak(settings)),
};

async fn soak(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(3), 6).await?;
    run.arrive(Role::View);
    let length = settings.length_or(Duration::from_secs(6));
    let files = run.open_files();
    while run.elapsed() < length {
        run.draw(Duration::from_millis(250));
        run.pause(200..700).await;
        any_fault(&mut run).await?;
        if run.chance.random_bool(0.2) && run.people.len() < 12 {
            run.arrive(Role::Edit);
        }
    }
    let text = format!(
        "{} / {}",
        millis(run.elapsed()),
        run.open_files() as i64 - files as i64
    );
    run.figures.push(("length/growth of open files", text));
    Ok(run)
}

async fn any_fault(run: &mut Run) -> Result<()> {
    let side = run.chance.random_range(0..run.deployment.servers.len());
    let from = Instant::now();
    match run.chance.random_range(0..7) {
        0 => run.kill_server(side, Duration::from_millis(300)).await?,
        1 => {
            run.kill_redis(Duration::from_millis(500), |_| Ok(()))
                .await?
        }
        2 => {
            run.deployment.redis()?.freeze()?;
            run.pause(300..2_000).await;
            run.deployment.redis()?.thaw()?;
            run.fault_ended("Redis frozen", from);
        }
        3 => {
            run.deployment.edges[side].set(Link::held_in(Direction::Down));
            run.pause(300..1_500).await;
            run.deployment.edges[side].restore();
            run.fault_ended("answers held", from);
        }
        4 => {
            run.deployment.redis_links[side].cut(Cut::Reset);
            run.fault_ended("link to Redis reset", from);
        }
        5 => {
            run.deployment.edges[side].cut(Cut::HalfClose(Direction::Down));
            run.fault_ended("connections half closed", from);
        }
        _ => {
            let person = run.chance.random_range(0..run.people.len());
            run.people[person].reload();
            run.fault_ended("page reloaded", from);
        }
    }
    Ok(())
}
