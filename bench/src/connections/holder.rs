//! A process that holds connections until it is ended. It prints its state from time to time, in JSON.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::load::{Room, Speech, Swarm};
use crate::output::say;

/// How often the state is printed.
const TELL: Duration = Duration::from_secs(2);

/// What a process is to hold.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Holding(Vec<Place>);

/// A board, and who is on it.
#[derive(Debug, Serialize, Deserialize)]
struct Place {
    nodes: Vec<std::net::SocketAddrV4>,
    link: Option<String>,
    number: u32,
    people: u32,
}

impl Holding {
    /// These rooms.
    pub(super) fn of(rooms: &[Room]) -> Self {
        let place = |room: &Room| Place {
            nodes: room.nodes.clone(),
            link: room.link.map(|link| link.at("")),
            number: room.number,
            people: room.people,
        };
        Self(rooms.iter().map(place).collect())
    }
}

/// The state of a process.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Held {
    /// Connections that are open.
    pub(super) open: usize,
    /// Connections that ended or were refused.
    pub(super) closed: u64,
    /// Why the last one ended.
    pub(super) reason: String,
    /// Whether no further one is opened.
    pub(super) is_done: bool,
    /// The times to join in microseconds, and how often there was each.
    pub(super) joins: Vec<(u64, u64)>,
}

/// Holds what a file says.
///
/// # Errors
/// The file cannot be read, or the system refuses a connection.
pub(crate) fn hold(file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let Holding(places) = serde_json::from_str(&text)?;
    let mut swarm = Swarm::new(Speech::Boards)?;
    for place in &places {
        let link = place.link.as_ref().map(|link| link.parse()).transpose()?;
        swarm.add(&Room {
            nodes: place.nodes.clone(),
            link,
            number: place.number,
            people: place.people,
            pens: 0,
        })?;
    }
    let mut told = Instant::now();
    swarm.connect_most(|swarm| {
        if told.elapsed() > TELL {
            told = Instant::now();
            tell(swarm, false);
        }
    })?;
    loop {
        tell(&swarm, true);
        swarm.run(TELL)?;
    }
}

fn tell(swarm: &Swarm, is_done: bool) {
    let tally = swarm.tally();
    let held = Held {
        open: swarm.open(),
        closed: tally.closed,
        reason: tally.reason.clone(),
        is_done,
        joins: tally.join.recorded(),
    };
    if let Ok(text) = serde_json::to_string(&held) {
        say(&text);
    }
}
