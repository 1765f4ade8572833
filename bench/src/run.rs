//! Runs the bots of a scenario, and measures the processor time of the servers.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use testkit::usage::cpu_seconds;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::bot::{Assignment, Bot, Report, Schedule};
use crate::cpu::CpuTimes;
use crate::servers::Servers;

/// Bots that connect at the same time.
const CONNECTING: usize = 50;
/// From the moment when all bots are ready to the beginning of the run.
const LEAD: Duration = Duration::from_millis(200);

/// Connects all bots, begins the run, and waits for its end.
///
/// # Errors
/// A bot cannot connect, or fails.
pub(crate) async fn run_bots(
    schedule: &Arc<Schedule>,
    assignments: Vec<Assignment>,
    servers: &Servers,
) -> Result<(Vec<Report>, CpuTimes)> {
    let count = assignments.len();
    let permits = Arc::new(Semaphore::new(CONNECTING));
    let (ready, mut ready_bots) = mpsc::channel(count.max(1));
    let (begin, beginning) = watch::channel(None);
    let mut bots = JoinSet::new();
    for assignment in assignments {
        let (schedule, permits) = (Arc::clone(schedule), Arc::clone(&permits));
        let (ready, beginning) = (ready.clone(), beginning.clone());
        bots.spawn(async move {
            let permit = permits.acquire_owned().await?;
            let bot = Bot::join(assignment, schedule).await?;
            drop(permit);
            bot.run(ready, beginning).await
        });
    }
    drop((ready, beginning));
    let mut ready_count = 0;
    while ready_count < count && ready_bots.recv().await.is_some() {
        ready_count += 1;
    }
    if ready_count == count {
        let start = Instant::now() + LEAD;
        begin.send(Some(start))?;
        let cpu = measure_cpu(schedule, start, servers);
        let (reports, cpu) = tokio::join!(collect(&mut bots), cpu);
        return Ok((reports?, cpu));
    }
    drop(begin);
    // A bot could not connect. Its error says why.
    collect(&mut bots).await?;
    anyhow::bail!("{} of {count} bots did not get in", count - ready_count)
}

async fn collect(bots: &mut JoinSet<Result<Report>>) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    while let Some(ended) = bots.join_next().await {
        reports.push(ended??);
    }
    reports.sort_by_key(|report| report.number);
    Ok(reports)
}

async fn measure_cpu(schedule: &Schedule, start: Instant, servers: &Servers) -> CpuTimes {
    let processes = servers.processes();
    let read = || {
        let seconds = processes.iter().map(|(_, id)| cpu_seconds((*id)?));
        seconds.collect::<Vec<_>>()
    };
    sleep_until(start + schedule.measured.start).await;
    let before = read();
    sleep_until(start + schedule.measured.end).await;
    let used = read()
        .into_iter()
        .zip(before)
        .map(|(after, before)| Some(after? - before?));
    let names = processes.into_iter().map(|(name, _)| name);
    names.zip(used).collect()
}
