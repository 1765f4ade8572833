//! Measures how much programs on some boards delay the ink of people on others.
//!
//! A crowd draws in phases, in turn without and with programs, on servers that run all the time. So what
//! else the machine does meanwhile changes both kinds of phases alike. The two phases of a pair have the
//! same strokes.

mod agent;
mod listener;
mod running;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use testkit::board::Board;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::cpu;
use crate::figures::{Figures, Times};
use crate::options::Options;
use crate::output::say;
use crate::scenario::{Scenario, selected};
use crate::servers::{Deployment, Servers};
use running::{Running, Work};

/// Phases without and with programs.
const PAIRS: u64 = 6;
/// Programs that follow a board as Server-Sent Events.
const LISTENERS: usize = 50;
/// Agents that draw by MCP.
const AGENTS: usize = 20;
/// Boards of the programs. No person is on them.
const BOARDS: usize = 5;
/// How much lower the priority of the programs' side is than that of everything else, 0 to 19.
const NICENESS: i32 = 19;
/// One piece of a hundred may take so many times longer beside programs.
const MOST_AT_P99: f64 = 1.25;

/// The scenarios: few enough people that the servers have time left on two cores.
fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::of("embedded", Deployment::Embedded, 12, 4),
        Scenario::of("redis-two-servers", Deployment::OwnRedis(2), 12, 4),
    ]
}

/// A runtime for the programs' side. Its thread has a low priority, because that side runs elsewhere in
/// earnest: what it does with answers must not take time from servers and people here.
///
/// # Errors
/// The system has no thread for it.
pub(crate) fn polite_runtime() -> Result<Runtime> {
    let lower = || {
        if let Err(error) = rustix::process::nice(NICENESS) {
            say(&format!("programs keep the usual priority: {error}"));
        }
    };
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .on_thread_start(lower)
        .enable_all()
        .build();
    runtime.context("no thread for programs")
}

/// Measures without and with programs, and prints both and their ratio.
///
/// # Errors
/// A bot or a program fails, or programs delay ink too much.
pub(crate) async fn run(options: &Options, programs: &Handle) -> Result<()> {
    for scenario in selected(options, scenarios()) {
        let name = scenario.name;
        let measured = measure(&scenario, options, programs).await;
        measured.with_context(|| format!("programs beside scenario {name}"))?;
    }
    Ok(())
}

async fn measure(scenario: &Scenario, options: &Options, programs: &Handle) -> Result<()> {
    let servers = Servers::open(&scenario.deployment).await?;
    scenario.announce(&servers, options);
    say(&format!(
        "  {PAIRS} times without and with {LISTENERS} listeners and {AGENTS} agents on {BOARDS} other boards"
    ));
    let first = servers.urls.first().context("no server")?;
    let mut boards = Vec::new();
    for _ in 0..BOARDS {
        boards.push(Board::create(first).await?);
    }
    let (mut without, mut with) = (Figures::default(), Figures::default());
    let (mut work, mut worked) = (Work::default(), Duration::ZERO);
    for pair in 0..PAIRS {
        let seed = options.seed + pair;
        say(&format!("  phase {}, without programs:", 2 * pair + 1));
        without.merge(&phase(scenario, &servers, options, seed).await?);
        say(&format!("  phase {}, with programs:", 2 * pair + 2));
        let running = Running::start(programs, &servers, &boards).await?;
        with.merge(&phase(scenario, &servers, options, seed).await?);
        let (done, took) = running.stop()?;
        work.merge(&done);
        worked += took;
    }
    say("  all phases without programs:");
    print(&without);
    say("  all phases with programs:");
    print(&with);
    work.print(worked)?;
    compare(&without, &with)
}

/// Lets the crowd draw once.
async fn phase(
    scenario: &Scenario,
    servers: &Servers,
    options: &Options,
    seed: u64,
) -> Result<Figures> {
    let drawn = scenario.crowd.draw(servers, options, seed).await?;
    print(&drawn.figures);
    cpu::print(&drawn.used, options.span());
    drawn.check()?;
    Ok(drawn.figures)
}

fn print(figures: &Figures) {
    figures
        .live
        .print("live piece, drawn to received by another");
    figures
        .commits
        .print("commit, pen up to received by another");
    figures.late.print("bots behind their own plans");
}

/// Prints by how many times ink took longer beside programs.
///
/// # Errors
/// It took too much longer.
fn compare(without: &Figures, with: &Figures) -> Result<()> {
    let live = ratios(&without.live, &with.live);
    let commits = ratios(&without.commits, &with.commits);
    say(&format!(
        "  ratio: live pieces p50 {:.2}, p99 {:.2}; commits p50 {:.2}, p99 {:.2}",
        live[0], live[1], commits[0], commits[1],
    ));
    ensure!(
        live[1] <= MOST_AT_P99 && commits[1] <= MOST_AT_P99,
        "programs delay people on other boards: ink may take {MOST_AT_P99} times longer at p99"
    );
    Ok(())
}

/// The ratios at p50 and p99.
fn ratios(without: &Times, with: &Times) -> [f64; 2] {
    [50.0, 99.0].map(|it| with.percentile_ms(it) / without.percentile_ms(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(live_ms: u64, commit_ms: u64) -> Figures {
        let mut figures = Figures::default();
        figures.live.add(Duration::from_millis(live_ms));
        figures.commits.add(Duration::from_millis(commit_ms));
        figures
    }

    #[test]
    fn ink_that_takes_much_longer_beside_programs_is_an_error() {
        let without = figures(100, 200);
        for (live, commit, is_fine) in [(120, 240, true), (130, 200, false), (100, 260, false)] {
            let compared = compare(&without, &figures(live, commit));
            assert_eq!(compared.is_ok(), is_fine, "{live} {commit}");
        }
    }
}
