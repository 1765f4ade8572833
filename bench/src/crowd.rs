//! A crowd: bots that draw on some boards, spread over all servers.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use testkit::board::Board;

use crate::bot::{Assignment, Report, Schedule, key};
use crate::cpu::CpuTimes;
use crate::figures::Figures;
use crate::options::Options;
use crate::plan::Plan;
use crate::servers::Servers;
use crate::{losses, run};

/// How long bots wait for missing commits after the last stroke.
const DRAIN: Duration = Duration::from_secs(30);

/// How many bots draw on how many boards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crowd {
    pub(crate) bots: u32,
    pub(crate) boards: u32,
}

/// What a crowd drew, and how soon others received it.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) figures: Figures,
    /// Processor time of the servers during the measured time.
    pub(crate) used: CpuTimes,
    schedule: Arc<Schedule>,
    reports: Vec<Report>,
    boards: u32,
}

impl Drawn {
    /// Prints what was lost.
    ///
    /// # Errors
    /// A commit was lost, or a board is wrong.
    pub(crate) fn check(&self) -> Result<()> {
        losses::check(&self.schedule, self.boards, &self.reports, &self.figures)
    }
}

impl Crowd {
    /// Draws on new boards, for as long as the options say. Crowds with the same seed draw the same.
    ///
    /// # Errors
    /// A board cannot be made, or a bot fails.
    pub(crate) async fn draw(
        self,
        servers: &Servers,
        options: &Options,
        seed: u64,
    ) -> Result<Drawn> {
        let measured = options.measured();
        let plans = (0..self.bots).map(|bot| Plan::of(bot, seed, measured.end));
        let plans = plans.collect::<Result<Vec<_>>>()?;
        let authors = (0..self.bots)
            .map(|bot| (key(bot).client_id(), bot))
            .collect();
        let schedule = Arc::new(Schedule {
            plans,
            authors,
            deadline: measured.end + DRAIN,
            measured,
        });
        let assignments = self.assign(&schedule, servers).await?;
        let (reports, used) = run::run_bots(&schedule, assignments, servers).await?;
        let mut figures = Figures::default();
        reports.iter().for_each(|it| figures.merge(&it.figures));
        Ok(Drawn {
            figures,
            used,
            schedule,
            reports,
            boards: self.boards,
        })
    }

    /// Makes the boards, and assigns bots to boards and servers. Each board has bots at all
    /// servers.
    async fn assign(self, schedule: &Schedule, servers: &Servers) -> Result<Vec<Assignment>> {
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
