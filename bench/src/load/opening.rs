//! How the connections of a swarm are opened.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use shared::id::ClientKey;

use super::conn::{Call, Conn, Stage};
use super::ear::Ear;
use super::pen::Pen;
use super::room::Room;
use super::swarm::Swarm;

/// Connections that open at the same time. A server lets a thousand wait for their hello.
const CONNECTING: usize = 200;
/// It is over when no connection opened for so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked at, in nanoseconds.
const LOOK: u64 = 20_000_000;

impl Swarm {
    /// Adds a room; [`Swarm::connect`] opens its connections.
    ///
    /// # Errors
    /// Never: a hello can be encoded.
    pub(crate) fn add(&mut self, room: &Room) -> Result<()> {
        let (first_ear, first_conn) = (self.world.ears.len(), self.conns.len() + self.calls.len());
        let mut pens = Vec::new();
        for (at, person) in (0..room.people).enumerate() {
            let node = at % room.nodes.len().max(1);
            let number = self.world.first_number + u32::try_from(first_conn + at)?;
            let key = ClientKey::from_bytes(u128::from(number + 1).to_be_bytes());
            let mut pen = None;
            if person < room.pens {
                let place = self.world.pens.len();
                let number = self.world.first_number + u32::try_from(place)?;
                let others = u64::from(room.people - 1);
                let new = Pen::new(number, first_conn + at, node, others);
                self.world.pens.push(new);
                pens.push((key.client_id(), place));
                pen = Some(place);
            }
            self.calls.push_back(Call {
                from: room.from(person),
                to: *room.nodes.get(node).context("a room without a server")?,
                path: room.path(),
                hello: room.hello(key)?,
                ear: first_ear + node,
                pen,
            });
        }
        for node in 0..room.nodes.len() {
            let ear = Ear::new(pens.clone(), self.world.first_number);
            self.world.ears.push((ear, node));
        }
        Ok(())
    }

    /// Opens all connections of the rooms that were added.
    ///
    /// # Errors
    /// One of them does not open.
    pub(crate) fn connect(&mut self) -> Result<()> {
        let closed = self.world.tally.closed;
        self.connect_most(|_| ())?;
        let tally = &self.world.tally;
        ensure!(
            tally.closed == closed,
            "a connection ended: {}",
            tally.reason
        );
        ensure!(
            self.opening == 0,
            "{} connections do not open",
            self.opening
        );
        Ok(())
    }

    /// Opens as many connections as can be opened, and calls `look` from time to time.
    ///
    /// # Errors
    /// The system refuses a connection.
    pub(crate) fn connect_most(&mut self, mut look: impl FnMut(&Self)) -> Result<()> {
        let (mut last, mut left) = (Instant::now(), usize::MAX);
        while (!self.calls.is_empty() || self.opening > 0) && last.elapsed() < PATIENCE {
            while self.opening < CONNECTING
                && let Some(call) = self.calls.pop_front()
            {
                let number = self.conns.len() as u64;
                let conn = Conn::begin(call, number, &self.world.epoll, self.world.now())?;
                self.conns.push(conn);
                self.opening += 1;
            }
            self.turn(self.world.now() + LOOK)?;
            let now_left = self.calls.len() + self.opening;
            if now_left != left {
                (last, left) = (Instant::now(), now_left);
            }
            look(self);
        }
        Ok(())
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        let is_open = |conn: &&Conn| conn.stage == Stage::Open;
        self.conns.iter().filter(is_open).count()
    }
}
