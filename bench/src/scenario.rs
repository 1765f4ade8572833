//! The scenarios: how many bots draw on which boards of which servers.

use std::thread::available_parallelism;

use anyhow::{Context as _, Result};
use testkit::redis::Version;

use crate::cpu;
use crate::crowd::Crowd;
use crate::options::Options;
use crate::output::say;
use crate::servers::{Deployment, Servers};

/// One scenario: servers, boards and bots.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) deployment: Deployment,
    pub(crate) crowd: Crowd,
}

/// The scenarios that run without other options.
fn standard() -> Vec<Scenario> {
    vec![
        Scenario::of("embedded", Deployment::Embedded, 20, 4),
        Scenario::of("embedded-crowd", Deployment::Embedded, 40, 1),
        Scenario::of("redis-one-server", Deployment::OwnRedis(1), 20, 4),
        Scenario::of("redis-two-servers", Deployment::OwnRedis(2), 20, 4),
    ]
}

/// Runs the scenarios that the options select.
///
/// # Errors
/// A run fails or loses something.
pub(crate) async fn run_all(options: &Options) -> Result<()> {
    for scenario in selected(options, standard()) {
        let name = scenario.name;
        scenario
            .run(options)
            .await
            .with_context(|| format!("scenario {name}"))?;
    }
    Ok(())
}

/// The scenarios of a list that the options select, with the bots and boards that they demand. With
/// servers or a Redis of the options there is one scenario.
pub(crate) fn selected(options: &Options, standard: Vec<Scenario>) -> Vec<Scenario> {
    let custom = match (&options.redis_url, options.url.is_empty()) {
        (Some(url), _) => Deployment::Redis(url.clone(), options.servers.unwrap_or(1).max(1)),
        (None, false) => Deployment::Running(options.url.clone()),
        (None, true) => return standard_ones(options, standard),
    };
    let custom = Scenario::of("custom", custom, 20, 4);
    vec![custom.with(options)]
}

fn standard_ones(options: &Options, standard: Vec<Scenario>) -> Vec<Scenario> {
    let wanted = options.filter.as_deref().unwrap_or_default();
    let named = standard.into_iter().filter(|it| it.name.contains(wanted));
    let can_run = |it: &Scenario| {
        let needs_redis = matches!(it.deployment, Deployment::OwnRedis(_));
        let can_run = !needs_redis || Version::Seven.is_installed();
        if !can_run {
            say(&format!("{}: left out, there is no redis-server", it.name));
        }
        can_run
    };
    let those = named.filter(can_run).map(|it| it.with(options));
    those.collect()
}

impl Scenario {
    /// A scenario with so many bots and boards.
    pub(crate) const fn of(
        name: &'static str,
        deployment: Deployment,
        bots: u32,
        boards: u32,
    ) -> Self {
        Self {
            name,
            deployment,
            crowd: Crowd { bots, boards },
        }
    }

    /// With as many bots and boards as the options demand.
    fn with(mut self, options: &Options) -> Self {
        let Crowd { bots, boards } = &mut self.crowd;
        *bots = options.bots.unwrap_or(*bots);
        *boards = options.boards.unwrap_or(*boards).min(*bots);
        self
    }

    async fn run(&self, options: &Options) -> Result<()> {
        let servers = Servers::open(&self.deployment).await?;
        self.announce(&servers, options);
        let drawn = self.crowd.draw(&servers, options, options.seed).await?;
        drawn.figures.print();
        cpu::print(&drawn.used, options.span());
        drawn.check()
    }

    /// Prints which servers and bots there are.
    pub(crate) fn announce(&self, servers: &Servers, options: &Options) {
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
            self.crowd.bots, self.crowd.boards, options.seconds, options.warm_up, options.seed,
        ));
    }
}
