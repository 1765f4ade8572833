//! A running case: the deployment, the people on the board, and the evidence so far.
//!
//! `faults` kills processes, `ending` lets the case end.

mod ending;
mod faults;

use std::time::Duration;

use anyhow::{Result, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use shared::id::{ClientKey, Position};
use shared::model::Color;
use shared::protocol::{Profile, Role};
use shared::sync::Identity;
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::client::{Habits, RoamingClient};
use testkit::proxy::Buffers;
use testkit::usage::{cpu_seconds, open_files};
use tokio::time::{Instant, sleep};

use crate::checker::evidence::{Departure, Fault, Leaving};
use crate::deployment::{Deployment, Entry, Storage};
use crate::invariant::Invariant;
use crate::lag::Lag;
use crate::person::{Log, Person};
use crate::settings::Settings;
use crate::work::Work;

/// How often the state is looked at while something is waited for.
const LOOK: Duration = Duration::from_millis(50);
/// Points of a usual stroke.
const POINTS: u32 = 20;
/// How long everybody may take to have everything in the end.
const SETTLE_LIMIT: Duration = PATIENCE;
/// The same without protections, where some people will never have everything. Redis 7 takes up to
/// six seconds to call commits durable.
const BROKEN_LIMIT: Duration = Duration::from_secs(8);

/// A running case.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) settings: Settings,
    pub(crate) deployment: Deployment,
    pub(crate) people: Vec<Person>,
    pub(crate) chance: ChaCha8Rng,
    gone: Vec<(Departure, Log)>,
    faults: Vec<Fault>,
    /// Extra figures of the case, by name.
    pub(crate) figures: Vec<(&'static str, String)>,
    /// Findings of the case itself, each with the invariant that it breaks.
    pub(crate) findings: Vec<(Invariant, String)>,
    /// How long clients may show that something is wrong, if that is limited.
    pub(crate) longest_notice: Option<Duration>,
    growth_limit: Option<u64>,
    resident_before: Vec<u64>,
    resident_most: u64,
    /// Whether the next person knows only one server.
    binds: bool,
    began: Instant,
    lag: Lag,
}

impl Run {
    /// Starts the processes and so many editors, and waits until all of them have the board.
    pub(crate) async fn start(
        settings: &Settings,
        storage: Storage,
        people: usize,
    ) -> Result<Self> {
        Self::start_on(settings, storage, Entry::Faulty(Buffers::Usual), people).await
    }

    pub(crate) async fn start_on(
        settings: &Settings,
        storage: Storage,
        entry: Entry,
        people: usize,
    ) -> Result<Self> {
        let deployment = Deployment::start(settings, storage, entry).await?;
        let mut run = Self {
            settings: settings.clone(),
            deployment,
            people: Vec::new(),
            chance: ChaCha8Rng::seed_from_u64(settings.seed),
            gone: Vec::new(),
            faults: Vec::new(),
            figures: Vec::new(),
            findings: Vec::new(),
            longest_notice: None,
            growth_limit: None,
            resident_before: Vec::new(),
            resident_most: 0,
            binds: false,
            began: Instant::now(),
            lag: Lag::measure(),
        };
        for _ in 0..people {
            run.arrive(Role::Edit);
        }
        run.until("everybody is on the board", |run| {
            run.people.iter().all(|person| person.view().is_connected)
        })
        .await?;
        run.resident_before = run.deployment.resident();
        run.began = Instant::now();
        Ok(run)
    }

    /// A person opens the board at the next server in turn, which is their home.
    pub(crate) fn arrive(&mut self, role: Role) -> &Person {
        let home = self.people.len() % self.deployment.edges.len();
        self.arrive_at(home, role, POINTS)
    }

    /// A person opens the board at a server and draws strokes of so many points.
    pub(crate) fn arrive_at(&mut self, home: usize, role: Role, points: u32) -> &Person {
        let habits = Habits {
            keeps_outbox: self.settings.has("outbox"),
            watches_server: self.settings.has("watchdog"),
            reading_pause: None,
        };
        self.arrive_with(home, role, points, habits)
    }

    pub(crate) fn arrive_with(
        &mut self,
        home: usize,
        role: Role,
        points: u32,
        habits: Habits,
    ) -> &Person {
        let key = ClientKey::from_bytes(self.chance.random());
        let seed = if self.settings.has("jitter") {
            self.chance.random()
        } else {
            1
        };
        let profile = Profile {
            name: format!("Person {}", self.people.len() + self.gone.len()),
            color: Color::default(),
        };
        let mut urls = self.deployment.urls_from(home);
        urls.truncate(if self.binds { 1 } else { urls.len() });
        let (link, identity) = (self.link(role), Identity::fresh(key));
        let client = RoamingClient::new(urls, link, identity, profile, seed, habits);
        let work = Work::new(ChaCha8Rng::seed_from_u64(self.chance.random()), points);
        let others = self.people.len();
        let person = Person::start(others, client, role, home, self.binds, work);
        self.people.push(person);
        self.people.last().expect("a person just arrived")
    }

    /// A person opens the board who knows only one server, and stays away after that server died.
    pub(crate) fn arrive_bound(&mut self, home: usize) {
        self.binds = true;
        self.arrive_at(home, Role::Edit, POINTS);
        self.binds = false;
    }

    fn link(&self, role: Role) -> Link {
        match role {
            Role::View => self.deployment.board.view,
            Role::Edit => self.deployment.board.edit,
            Role::Owner => self.deployment.board.owner,
        }
    }

    /// How often servers have let people in.
    pub(crate) fn connections(&self) -> usize {
        let people = self.people.iter();
        people.map(|it| it.view().connections).sum()
    }

    /// Everybody draws once in each period.
    pub(crate) fn draw(&self, period: Duration) {
        self.people.iter().for_each(|person| person.draw(period));
    }

    /// A person leaves without coming back.
    pub(crate) async fn leave(&mut self, person: usize, leaving: Leaving) {
        self.leave_at(person, leaving, Instant::now()).await;
    }

    async fn leave_at(&mut self, person: usize, leaving: Leaving, when: Instant) {
        let person = self.people.remove(person);
        let client = person.me;
        let log = person.end().await;
        let departure = Departure {
            client,
            when,
            leaving,
        };
        self.gone.push((departure, log));
    }

    /// The time since everybody was on the board.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Waits for a random time.
    pub(crate) async fn pause(&mut self, millis: std::ops::Range<u64>) {
        let wait = self.chance.random_range(millis);
        self.watch_memory();
        sleep(Duration::from_millis(wait)).await;
        self.watch_memory();
    }

    fn watch_memory(&mut self) {
        let most = self.deployment.resident().into_iter().max().unwrap_or(0);
        self.resident_most = self.resident_most.max(most);
    }

    /// Waits until something is true.
    ///
    /// # Errors
    /// If it is not true within [`SETTLE_LIMIT`].
    pub(crate) async fn until(&self, what: &str, is_true: impl Fn(&Self) -> bool) -> Result<()> {
        let limit = match self.settings.without.is_empty() {
            true => SETTLE_LIMIT,
            false => BROKEN_LIMIT,
        };
        self.within(limit, what, is_true).await
    }

    async fn within(
        &self,
        limit: Duration,
        what: &str,
        is_true: impl Fn(&Self) -> bool,
    ) -> Result<()> {
        let end = Instant::now() + limit;
        while !is_true(self) {
            ensure!(Instant::now() < end, "not within {limit:?}: {what}");
            sleep(LOOK).await;
        }
        Ok(())
    }

    /// Servers may grow by so many bytes from now on.
    pub(crate) const fn bound_memory(&mut self, growth: u64) {
        self.growth_limit = Some(growth);
    }

    /// Processor time of all running servers, in seconds.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        self.deployment
            .servers
            .iter()
            .filter_map(|it| cpu_seconds(it.id()?))
            .sum()
    }

    /// Files and sockets that all running servers have open.
    pub(crate) fn open_files(&self) -> usize {
        self.deployment
            .servers
            .iter()
            .filter_map(|it| open_files(it.id()?))
            .sum()
    }

    /// The position of the snapshot in Redis, and the one up to which the log was trimmed.
    pub(crate) async fn compacted(&self) -> Result<(u64, u64)> {
        let key = format!("cs:{{{}}}:meta", self.deployment.board.id);
        let fields = redis::cmd("HMGET").arg(key).arg("ss").arg("fl").to_owned();
        Ok(fields
            .query_async(&mut self.deployment.ask_redis().await?)
            .await?)
    }

    /// The position that most people have reached.
    pub(crate) fn at(&self) -> Option<Position> {
        self.people
            .iter()
            .filter_map(|it| it.view().at)
            .max_by_key(|at| at.seq)
    }
}
