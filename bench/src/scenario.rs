//! One run: who draws where for how long, and what came of it.

use std::fmt::Write as _;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use shared::model;
use shared::model::place::ink_points;
use testkit::board::Board;
use testkit::redis::Version;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::bot::{Bot, Report, Role, Script, key};
use crate::figures::Figures;
use crate::hand::Plan;
use crate::options::Options;
use crate::place::{Keeping, Place};
use crate::{cpu, say};

/// How long bots wait for what is missing after the last stroke.
const DRAIN: Duration = Duration::from_secs(30);
/// Bots that connect at the same time.
const CONNECTING: usize = 50;

/// See the module.
#[derive(Debug)]
struct Scenario {
    name: &'static str,
    keeping: Keeping,
    bots: u32,
    boards: u32,
}

/// What is run when nothing else is asked for.
fn standard() -> Vec<Scenario> {
    let scenario = |name, keeping, bots, boards| Scenario {
        name,
        keeping,
        bots,
        boards,
    };
    vec![
        scenario("embedded", Keeping::Embedded, 20, 4),
        scenario("embedded-crowd", Keeping::Embedded, 40, 1),
        scenario("redis-one-server", Keeping::OwnRedis(1), 20, 4),
        scenario("redis-two-servers", Keeping::OwnRedis(2), 20, 4),
    ]
}

/// Runs what the options ask for.
///
/// # Errors
/// A run cannot be made, or something was lost in one.
pub(crate) async fn run_all(options: &Options) -> Result<()> {
    for mut scenario in asked_for(options) {
        scenario.bots = options.bots.unwrap_or(scenario.bots);
        scenario.boards = options.boards.unwrap_or(scenario.boards).min(scenario.bots);
        if matches!(scenario.keeping, Keeping::OwnRedis(_)) && !Version::Seven.is_installed() {
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

fn asked_for(options: &Options) -> Vec<Scenario> {
    let keeping = match (&options.redis_url, options.url.is_empty()) {
        (Some(url), _) => Keeping::Redis(url.clone(), options.servers.unwrap_or(1).max(1)),
        (None, false) => Keeping::Elsewhere(options.url.clone()),
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
        keeping,
        bots: 20,
        boards: 4,
    }]
}

impl Scenario {
    async fn run(&self, options: &Options) -> Result<()> {
        let place = Place::open(&self.keeping).await?;
        self.announce(&place, options);
        let warm_up = Duration::from_secs(options.warm_up.into());
        let end = warm_up + Duration::from_secs(options.seconds.into());
        let plans = (0..self.bots).map(|bot| Plan::of(bot, options.seed, end));
        let plans = plans.collect::<Result<Vec<_>>>()?;
        let authors = (0..self.bots)
            .map(|bot| (key(bot).client_id(), bot))
            .collect();
        let measured = warm_up..end;
        let script = Arc::new(Script {
            plans,
            authors,
            measured,
            deadline: end + DRAIN,
        });
        let roles = self.cast(&script, &place).await?;
        let (reports, cpu) = play(&script, roles, &place).await?;
        self.print(&script, &reports, &cpu, end.saturating_sub(warm_up))
    }

    fn announce(&self, place: &Place, options: &Options) {
        let keeping = match &self.keeping {
            Keeping::Elsewhere(urls) => format!("{} server(s) running elsewhere", urls.len()),
            Keeping::Embedded => "1 server, embedded store".to_owned(),
            Keeping::Redis(_, servers) => format!("{servers} server(s), Redis running elsewhere"),
            Keeping::OwnRedis(servers) => {
                format!("{servers} server(s), own Redis, fsync each second")
            }
        };
        let cores = available_parallelism().map_or(0, usize::from);
        say(&format!(
            "\n{}: {keeping}; {}",
            self.name,
            place.urls.join(", ")
        ));
        say(&format!(
            "  {} bots on {} board(s), {} s measured after {} s, seed {}; bots and servers share {cores} cores",
            self.bots, self.boards, options.seconds, options.warm_up, options.seed,
        ));
    }

    /// Who draws on which board, at which server; each board has people at all of them.
    async fn cast(&self, script: &Script, place: &Place) -> Result<Vec<Role>> {
        let first = place.urls.first().context("no server")?;
        let mut links = Vec::new();
        for _ in 0..self.boards {
            let board = Board::create(first).await;
            links.push(board.context("see --boards-per-hour of the server")?.edit);
        }
        let mut roles = Vec::new();
        for number in 0..self.bots {
            let at = number % self.boards;
            let turn = usize::try_from(number / self.boards)?;
            let server = place
                .urls
                .get(turn % place.urls.len())
                .context("no server")?;
            let link = links.get(usize::try_from(at)?).context("no board")?;
            let expected = self
                .on_board(script, at)
                .map(|plan| plan.commits.len() as u64)
                .sum();
            roles.push(Role {
                number,
                server: server.clone(),
                link: *link,
                expected,
            });
        }
        Ok(roles)
    }

    fn on_board<'a>(&self, script: &'a Script, board: u32) -> impl Iterator<Item = &'a Plan> {
        let boards = usize::try_from(self.boards).unwrap_or(1);
        script
            .plans
            .iter()
            .skip(usize::try_from(board).unwrap_or(0))
            .step_by(boards)
    }

    fn print(
        &self,
        script: &Script,
        reports: &[Report],
        cpu: &[(String, Option<f64>)],
        measured: Duration,
    ) -> Result<()> {
        let mut all = Figures::default();
        reports.iter().for_each(|report| all.merge(&report.figures));
        all.print();
        print_cpu(cpu, measured);
        let (mut commits, mut pieces) = (0, 0);
        for board in 0..self.boards {
            let people = self.on_board(script, board).count() as u64;
            let made: u64 = self
                .on_board(script, board)
                .map(|plan| plan.commits.len() as u64)
                .sum();
            let drawn: u64 = self
                .on_board(script, board)
                .map(|plan| plan.pieces(script.measured.clone()))
                .sum();
            commits += made * people;
            pieces += drawn * people.saturating_sub(1);
        }
        let lost = commits.saturating_sub(all.placed);
        let unseen = pieces.saturating_sub(all.live.count());
        say(&format!(
            "  lost: {lost} of {commits} deliveries of commits; {unseen} of {pieces} of live pieces, which may be"
        ));
        let odd = self.odd_boards(script, reports);
        say(&format!(
            "  boards that differ from what was drawn or from one another: {odd}"
        ));
        ensure!(lost == 0 && odd == 0, "something was lost");
        Ok(())
    }

    /// Boards on which somebody misses a stroke, or sees another one than others do.
    fn odd_boards(&self, script: &Script, reports: &[Report]) -> usize {
        let boards = usize::try_from(self.boards).unwrap_or(1);
        let is_odd = |at: &usize| {
            let mut seen = reports
                .iter()
                .skip(*at)
                .step_by(boards)
                .map(|report| &report.board);
            let Some(first) = seen.next() else {
                return false;
            };
            let strokes: usize = script
                .plans
                .iter()
                .skip(*at)
                .step_by(boards)
                .map(|plan| plan.strokes.len())
                .sum();
            let points: usize = script
                .plans
                .iter()
                .skip(*at)
                .step_by(boards)
                .flat_map(|plan| &plan.strokes)
                .map(|stroke| stroke.points)
                .sum();
            first.len() != strokes
                || points < stored_points(first)
                || seen.any(|other| other != first)
        };
        (0..boards).filter(is_odd).count()
    }
}

fn stored_points(board: &model::Board) -> usize {
    board
        .elements()
        .map(|element| ink_points(element).len())
        .sum()
}

/// Processor time of each process, by name.
type Cpu = Vec<(String, Option<f64>)>;

/// Lets all bots in, begins, and waits for all; measures processor time on the way.
async fn play(script: &Arc<Script>, roles: Vec<Role>, place: &Place) -> Result<(Vec<Report>, Cpu)> {
    let count = roles.len();
    let doors = Arc::new(Semaphore::new(CONNECTING));
    let (ready, mut readies) = mpsc::channel(count.max(1));
    let (begin, beginning) = watch::channel(None);
    let mut bots = JoinSet::new();
    for role in roles {
        let (script, doors) = (Arc::clone(script), Arc::clone(&doors));
        let (ready, beginning) = (ready.clone(), beginning.clone());
        bots.spawn(async move {
            let number = role.number;
            let place = doors.acquire_owned().await?;
            let bot = Bot::join(role, script).await?;
            drop(place);
            Ok::<_, anyhow::Error>((number, bot.play(ready, beginning).await?))
        });
    }
    drop((ready, beginning));
    let mut is_ready = 0;
    while is_ready < count && readies.recv().await.is_some() {
        is_ready += 1;
    }
    if is_ready == count {
        let start = Instant::now() + Duration::from_millis(200);
        begin.send(Some(start))?;
        let cpu = watch_cpu(script, start, place);
        let (reports, cpu) = tokio::join!(collect(&mut bots), cpu);
        return Ok((reports?, cpu));
    }
    drop(begin);
    // Some bot did not get in; it says why.
    collect(&mut bots).await?;
    anyhow::bail!("{} of {count} bots did not get in", count - is_ready)
}

async fn collect(bots: &mut JoinSet<Result<(u32, Report)>>) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    while let Some(ended) = bots.join_next().await {
        reports.push(ended??);
    }
    reports.sort_by_key(|(number, _)| *number);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

async fn watch_cpu(script: &Script, start: Instant, place: &Place) -> Cpu {
    let processes = place.processes();
    let read = || {
        let seconds = processes.iter().map(|(_, id)| cpu::seconds((*id)?));
        seconds.collect::<Vec<_>>()
    };
    sleep_until(start + script.measured.start).await;
    let before = read();
    sleep_until(start + script.measured.end).await;
    let used = read()
        .into_iter()
        .zip(before)
        .map(|(after, before)| Some(after? - before?));
    let names = processes.into_iter().map(|(name, _)| name);
    names.zip(used).collect()
}

fn print_cpu(cpu: &[(String, Option<f64>)], measured: Duration) {
    if cpu.is_empty() {
        return say("  processor time: not known, the servers were not started here");
    }
    let seconds = measured.as_secs_f64();
    let mut line = "  processor time:".to_owned();
    for (name, used) in cpu {
        let written = match used {
            Some(used) => write!(
                line,
                " {name} {used:.2} s of {seconds:.0} s ({:.1} % of a core);",
                used / seconds * 100.0
            ),
            None => write!(line, " {name} not known;"),
        };
        debug_assert!(written.is_ok(), "a string can be written to");
    }
    say(line.trim_end_matches(';'));
}
