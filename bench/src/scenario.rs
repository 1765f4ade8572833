//! The scenarios: how many bots draw on which boards of which servers.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Context as _, Result};
use testkit::board::Board;
use testkit::redis::Version;

use crate::bot::{Assignment, Schedule, key};
use crate::figures::Figures;
use crate::options::Options;
use crate::output::say;
use crate::plan::Plan;
use crate::servers::{Deployment, Servers};
use crate::{cpu, losses, run};

/// How long bots wait for missing commits after the last stroke.
const DRAIN: Duration = Duration::from_secs(30);

/// One scenario: servers, boards, bots and their schedule.
#[derive(Debug)]
struct Scenario {
    name: &'static str,
    deployment: Deployment,
    bots: u32,
    boards: u32,
}

/// The scenarios that run without other options.
fn standard() -> Vec<Scenario> {
    let scenario = |name, deployment, bots, boards| Scenario {
        name,
        deployment,
        bots,
        boards,
    };
    vec![
        scenario("embedded", Deployment::Embedded, 20, 4),
        scenario("embedded-crowd", Deployment::Embedded, 40, 1),
        scenario("redis-one-server", Deployment::OwnRedis(1), 20, 4),
        scenario("redis-two-servers", Deployment::OwnRedis(2), 20, 4),
    ]
}

/// Runs the scenarios that the options select.
///
/// # Errors
/// A run fails or loses something.
pub(crate) async fn run_all(options: &Options) -> Result<()> {
    for mut scenario in selected(options) {
        scenario.bots = options.bots.unwrap_or(scenario.bots);
        scenario.boards = options.boards.unwrap_or(scenario.boards).min(scenario.bots);
        if matches!(scenario.deployment, Deployment::OwnRedis(_)) && !Version::Seven.is_installed()
        {
            say(&format!(
                "{}: left out, there is no redis-server",
                scenario.name
            ));
            continue;
        }
        let name = scenario.name;
        scenario
            .run(options)
            .await
            .with_context(|| format!("scenario {name}"))?;
    }
    Ok(())
}

fn selected(options: &Options) -> Vec<Scenario> {
    let deployment = match (&options.redis_url, options.url.is_empty()) {
        (Some(url), _) => Deployment::Redis(url.clone(), options.servers.unwrap_or(1).max(1)),
        (None, false) => Deployment::Running(options.url.clone()),
        (None, true) => {
            let wanted = options.filter.as_deref().unwrap_or_default();
            return standard()
                .into_iter()
                .filter(|one| one.name.contains(wanted))
                .collect();
        }
    };
    vec![Scenario {
        name: "custom",
        deployment,
        bots: 20,
        boards: 4,
    }]
}

impl Scenario {
    async fn run(&self, options: &Options) -> Result<()> {
        let servers = Servers::open(&self.deployment).await?;
        self.announce(&servers, options);
        let warm_up = Duration::from_secs(options.warm_up.into());
        let end = warm_up + Duration::from_secs(options.seconds.into());
        let plans = (0..self.bots).map(|bot| Plan::of(bot, options.seed, end));
        let plans = plans.collect::<Result<Vec<_>>>()?;
        let authors = (0..self.bots)
            .map(|bot| (key(bot).client_id(), bot))
            .collect();
        let measured = warm_up..end;
        let schedule = Arc::new(Schedule {
            plans,
            authors,
            measured,
            deadline: end + DRAIN,
        });
        let assignments = self.assign(&schedule, &servers).await?;
        let (reports, used) = run::run_bots(&schedule, assignments, &servers).await?;
        let mut all = Figures::default();
        reports.iter().for_each(|report| all.merge(&report.figures));
        all.print();
        cpu::print(&used, end.saturating_sub(warm_up));
        losses::check(&schedule, self.boards, &reports, &all)
    }

    fn announce(&self, servers: &Servers, options: &Options) {
        let deployment = match &self.deployment {
            Deployment::Running(urls) => format!("{} server(s) running elsewhere", urls.len()),
            Deployment::Embedded => "1 server, embedded store".to_owned(),
            Deployment::Redis(_, count) => format!("{count} server(s), Redis running elsewhere"),
            Deployment::OwnRedis(count) => {
                format!("{count} server(s), own Redis, fsync each second")
            }
        };
        let cores = available_parallelism().map_or(0, usize::from);
        say(&format!(
            "\n{}: {deployment}; {}",
            self.name,
            servers.urls.join(", ")
        ));
        say(&format!(
            "  {} bots on {} board(s), {} s measured after {} s, seed {}; bots and servers share {cores} cores",
            self.bots, self.boards, options.seconds, options.warm_up, options.seed,
        ));
    }

    /// Makes the boards, and assigns bots to boards and servers. Each board has bots at all
    /// servers.
    async fn assign(&self, schedule: &Schedule, servers: &Servers) -> Result<Vec<Assignment>> {
        let first = servers.urls.first().context("no server")?;
        let mut links = Vec::new();
        for _ in 0..self.boards {
            let board = Board::create(first).await;
            links.push(board.context("see --boards-per-hour of the server")?.edit);
        }
        let mut assignments = Vec::new();
        for number in 0..self.bots {
            let board = number % self.boards;
            let turn = usize::try_from(number / self.boards)?;
            let server = servers.urls.get(turn % servers.urls.len());
            let link = links.get(usize::try_from(board)?).context("no board")?;
            assignments.push(Assignment {
                number,
                server: server.context("no server")?.clone(),
                link: *link,
                expected: schedule.commits_on(board, self.boards),
            });
        }
        Ok(assignments)
    }
}
