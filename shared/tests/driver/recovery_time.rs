//! How soon a client is back after a failure, in simulated time, over many seeds.
//!
//! `cargo nextest run -p shared --test driver recovery_time --no-capture` prints the figures.

#![expect(clippy::print_stdout, reason = "the tests print figures")]

use shared::id::{ClientKey, Millis};

use super::*;

/// The time of one step of the simulation, in milliseconds.
const STEP_MS: Millis = 10;
/// The time of a message from the client to the server and back, in milliseconds.
const ROUND_TRIP_MS: Millis = 50;
/// How long a client is connected before the first failure, in milliseconds.
const STEADY_MS: Millis = 20_000;
/// How often the server sends a heartbeat, in milliseconds.
const HEARTBEAT_MS: Millis = 800;
/// A client is back within this time after any single failure, in milliseconds.
const SOON_MS: Millis = 3_000;

/// What the way to the server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Works,
    /// Connections break and new ones are refused: the server has ended.
    Refuses,
    /// Connections stay open and nothing arrives: the network is gone.
    Swallows,
}

/// The state of the connection that the driver asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Socket {
    Closed,
    /// The browser has tried to reach the server since this time.
    Opening(Millis),
    /// The hello is on its way to the server until this time.
    Greeting(Millis),
    /// The server welcomed the client and has sent the last message at this time.
    Welcomed(Millis),
}

/// One client and the way to its server.
struct World {
    driver: Driver,
    now: Millis,
    socket: Socket,
    /// When the timer that the driver asked for ends.
    timer: Option<Millis>,
    attempts: Vec<Millis>,
    welcomes: Vec<Millis>,
    losses: Vec<Millis>,
}

impl World {
    fn new(seed: u64) -> Self {
        let setup = Setup {
            identity: Identity::fresh(ClientKey::from_bytes([1; 16])),
            commits: Vec::new(),
            secret: Secret::from_bytes([1; 16]),
            profile: Profile::default(),
            device: None,
            seed,
        };
        Self {
            driver: Driver::new(setup, 0),
            now: 0,
            socket: Socket::Closed,
            timer: None,
            attempts: Vec::new(),
            welcomes: Vec::new(),
            losses: Vec::new(),
        }
    }

    /// Connects, and stays connected for a while.
    fn steady(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.runs(STEADY_MS, Link::Works);
        assert_eq!(world.welcomes.len(), 1);
        world
    }

    fn runs(&mut self, ms: Millis, link: Link) {
        let end = self.now + ms;
        while self.now < end {
            self.step(link);
            self.now += STEP_MS;
        }
    }

    /// Runs until the client is welcomed; returns how long that took.
    fn runs_until_welcomed(&mut self) -> Millis {
        let begin = self.now;
        while !matches!(self.socket, Socket::Welcomed(_)) {
            self.runs(STEP_MS, Link::Works);
            assert!(self.now < begin + 120_000, "the client does not come back");
        }
        self.now - begin
    }

    fn step(&mut self, link: Link) {
        if self.timer.is_some_and(|due| due <= self.now) {
            self.driver.on_timeout(self.now);
        }
        self.carry_out();
        match (self.socket, link) {
            (Socket::Closed, _) => {}
            (_, Link::Refuses) => self.breaks(),
            (_, Link::Swallows) => {}
            (Socket::Opening(since), Link::Works) => {
                if self.is_heard(since) {
                    self.driver.on_connected(self.now);
                    while self.driver.poll_send(0).is_some() {}
                    self.socket = Socket::Greeting(self.now + ROUND_TRIP_MS);
                }
            }
            (Socket::Greeting(until), Link::Works) => {
                if self.now >= until {
                    self.welcomes.push(self.now);
                    for message in [
                        welcome(at(0), 0, Role::Edit, false),
                        snapshot(&state(at(0), &[])),
                    ] {
                        self.driver.on_message(message, 0, self.now);
                    }
                    self.socket = Socket::Welcomed(self.now);
                }
            }
            (Socket::Welcomed(last), Link::Works) => {
                if self.now >= last + HEARTBEAT_MS {
                    self.driver.on_message(heartbeat(0, 0), 0, self.now);
                    self.socket = Socket::Welcomed(self.now);
                }
            }
        }
        self.carry_out();
        self.timer = self.driver.poll_timeout(self.now);
    }

    /// Whether the server answers an attempt that began at this time: systems try again after
    /// one, three and seven seconds.
    fn is_heard(&self, since: Millis) -> bool {
        let tries = [0, 1_000, 3_000, 7_000].map(|wait| since + wait + ROUND_TRIP_MS);
        tries.contains(&self.now)
    }

    /// The connection ends with an error.
    fn breaks(&mut self) {
        if self.socket != Socket::Closed {
            self.lose();
            self.driver.on_disconnected(None, self.now);
            self.carry_out();
        }
    }

    fn lose(&mut self) {
        if matches!(self.socket, Socket::Welcomed(_)) {
            self.losses.push(self.now);
        }
        self.socket = Socket::Closed;
    }

    fn carry_out(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => {
                    self.attempts.push(self.now);
                    self.socket = Socket::Opening(self.now);
                }
                DriverEvent::Disconnect => self.lose(),
                DriverEvent::GaveUp(code) => panic!("the driver gave up: {code:?}"),
                _ => {}
            }
        }
    }
}

/// Times in milliseconds, ascending.
struct Times(Vec<Millis>);

impl Times {
    fn of(times: impl IntoIterator<Item = Millis>) -> Self {
        let mut times: Vec<_> = times.into_iter().collect();
        times.sort_unstable();
        Self(times)
    }

    fn percentile(&self, percent: usize) -> Millis {
        self.0[(self.0.len() - 1) * percent / 100]
    }

    fn print(&self, what: &str) {
        let [p50, p99, most] = [50, 99, 100].map(|percent| self.percentile(percent));
        println!("{what}: p50 {p50} ms, p99 {p99} ms, longest {most} ms");
    }
}

/// The times until clients are back, after the way to the server was bad for `ms`.
fn times_until_back(link: Link, ms: Millis) -> Times {
    Times::of((0..500).map(|seed| {
        let mut world = World::steady(seed);
        world.runs(ms, link);
        world.runs_until_welcomed()
    }))
}

#[test]
fn a_client_is_back_soon_after_any_single_failure() {
    let mut slow = Vec::new();
    for (link, ms) in [
        (Link::Refuses, STEP_MS),
        (Link::Refuses, 1_000),
        (Link::Refuses, 8_000),
        (Link::Refuses, 30_000),
        (Link::Refuses, 55_000),
        (Link::Swallows, 8_000),
    ] {
        let times = times_until_back(link, ms);
        let what = format!("{link:?} for {ms} ms, time until back");
        times.print(&what);
        if times.percentile(99) > SOON_MS {
            slow.push(what);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn pauses_do_not_grow_while_connecting_succeeds() {
    let mut grown = Vec::new();
    for every_ms in [200, 3_000, 18_000, 40_000] {
        let mut pauses = Vec::new();
        for seed in 0..20 {
            let mut world = World::new(seed);
            for _ in 0..15 {
                world.runs_until_welcomed();
                world.runs(every_ms, Link::Works);
                world.breaks();
            }
            let welcomes = world.welcomes.iter().skip(1);
            pauses.extend(welcomes.zip(&world.losses).map(|(back, lost)| back - lost));
        }
        let pauses = Times::of(pauses);
        let what = format!("cut {every_ms} ms after each welcome, pauses");
        pauses.print(&what);
        if pauses.percentile(100) > SOON_MS {
            grown.push(what);
        }
    }
    assert!(grown.is_empty(), "{grown:?}");
}

/// The largest number of attempts within a tenth of a second, over many clients.
fn most_in_a_tenth(attempts: impl IntoIterator<Item = Millis>) -> usize {
    let mut counts = std::collections::HashMap::<_, usize>::new();
    for at in attempts {
        *counts.entry(at / 100).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

#[test]
fn clients_that_lose_their_server_at_once_do_not_come_back_at_once() {
    const CLIENTS: u64 = 2_000;
    for away_ms in [STEP_MS, 8_000] {
        let first_after = |seed| {
            let mut world = World::steady(seed);
            world.runs(away_ms, Link::Refuses);
            let back = world.now;
            world.runs_until_welcomed();
            world.attempts.into_iter().find(|at| *at >= back)
        };
        let most = most_in_a_tenth((0..CLIENTS).filter_map(first_after));
        println!("server away for {away_ms} ms: {most} of {CLIENTS} clients within 100 ms");
        assert!(most < 300, "{most} of {CLIENTS} clients come within 100 ms");
    }
}

#[test]
fn a_server_that_drops_each_client_after_its_welcome_gets_few_attempts() {
    let mut world = World::new(1);
    let mut cuts = 0;
    while world.now < 60_000 {
        world.runs_until_welcomed();
        world.breaks();
        cuts += 1;
    }
    assert!(cuts <= 60, "{cuts} connections within a minute");
}

#[test]
fn a_server_that_is_away_for_long_is_asked_seldom() {
    let mut world = World::steady(1);
    world.runs(600_000, Link::Refuses);
    let late = world.attempts.iter().filter(|at| **at > 320_000).count();
    println!("{late} attempts in the last five of ten minutes");
    assert!(
        (15..=30).contains(&late),
        "{late} attempts within five minutes"
    );
}
