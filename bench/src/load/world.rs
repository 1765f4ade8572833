//! What a swarm knows beside its connections, and what it does with each frame.

use std::mem::take;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::fd::OwnedFd;
use shared::protocol::{ClientMsg, encode};

use super::conn::{Conn, Stage};
use super::ear::{Ear, Heard};
use super::pen::{COMMIT, Pen, STAMP_BYTES};
use super::room::Speech;
use super::script::Script;
use super::tally::Tally;
use crate::frame::{self, BINARY, CLOSE, Frame, PING, PONG};

/// What all connections share.
#[derive(Debug)]
pub(super) struct World {
    pub(super) speech: Speech,
    pub(super) epoll: OwnedFd,
    pub(super) clock: Instant,
    pub(super) scripts: Vec<Script>,
    pub(super) pens: Vec<Pen>,
    /// The number of the first pen.
    pub(super) first_number: u32,
    /// The ears of all rooms, and at which server each listens.
    pub(super) ears: Vec<(Ear, usize)>,
    pub(super) tally: Tally,
}

impl World {
    /// Nanoseconds since the swarm began.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.clock.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Takes all whole frames of the bytes that a connection received, and lets it keep the rest.
    ///
    /// # Errors
    /// As [`World::take`], or the server does not open the WebSocket.
    pub(super) fn take_bytes(&mut self, conn: &mut Conn, bytes: &[u8], now: u64) -> Result<()> {
        let mut kept = take(&mut conn.rest);
        let mut left = if kept.is_empty() {
            bytes
        } else {
            kept.extend_from_slice(bytes);
            &kept
        };
        if conn.stage == Stage::Upgrading
            && let Some(len) = conn.upgrade(left, &self.epoll)?
        {
            left = left.get(len..).unwrap_or_default();
            if self.speech == Speech::Relay {
                self.open(conn, now);
            }
        }
        while conn.stage != Stage::Upgrading
            && let Some(found) = frame::first(left)
        {
            left = left.get(found.len..).unwrap_or_default();
            self.take(conn, &found, now)?;
        }
        conn.rest = left.to_vec();
        Ok(())
    }

    fn open(&mut self, conn: &mut Conn, now: u64) {
        if conn.stage == Stage::Joining {
            conn.stage = Stage::Open;
            self.tally
                .join
                .add(Duration::from_nanos(now.saturating_sub(conn.began)));
        }
    }

    /// Takes a frame that a connection received.
    ///
    /// # Errors
    /// The server closes the connection, or sends what cannot be understood.
    fn take(&mut self, conn: &mut Conn, frame: &Frame<'_>, now: u64) -> Result<()> {
        let is_measured = self.tally.measures(now);
        self.tally.frames += u64::from(is_measured);
        match (frame.opcode, self.speech) {
            (BINARY, Speech::Boards) => {
                self.take_message(conn, frame, now, is_measured)?;
                conn.receipts.received(frame.payload.len());
                if let Some(bytes) = conn.receipts.next_due() {
                    let received = encode(&ClientMsg::Received(bytes))?;
                    self.answer(conn, BINARY, &received);
                }
            }
            (BINARY, Speech::Relay) => self.take_stamped(conn, frame, now),
            (PING, _) => self.answer(conn, PONG, frame.payload),
            (CLOSE, _) => {
                let code = frame.payload.first_chunk().copied();
                let code = code.map(u16::from_be_bytes);
                anyhow::bail!("closed by the server with the code {code:?}");
            }
            _ => {}
        }
        Ok(())
    }

    fn answer(&self, conn: &mut Conn, opcode: u8, payload: &[u8]) {
        let mut answer = Vec::new();
        frame::from_client(opcode, payload, &mut answer);
        conn.send(&answer, &self.epoll);
    }

    fn take_message(
        &mut self,
        conn: &mut Conn,
        frame: &Frame<'_>,
        now: u64,
        is_measured: bool,
    ) -> Result<()> {
        let (ear, node) = self.ears.get_mut(conn.ear).context("no such room")?;
        let tally = &mut self.tally;
        match ear.hear(frame.payload, &self.pens)? {
            Heard::Live(pieces) => {
                if is_measured {
                    tally.live_bytes += frame.payload.len() as u64;
                    tally.live_wire_bytes += frame.len as u64;
                    tally.live_pieces += pieces.len() as u64;
                }
                for piece in pieces.iter().filter(|it| Some(it.pen) != conn.pen) {
                    let home = self.pens.get(piece.pen).map(|pen| pen.node);
                    tally.orphans += u64::from(is_measured && piece.is_orphan);
                    tally.delivered(piece.sent, now, home != Some(*node));
                }
            }
            Heard::Placed => tally.commits += 1,
            Heard::Refused => tally.refused += 1,
            Heard::Down => tally.downs += 1,
            Heard::Welcome { is_whole: true } | Heard::Part { is_last: true } => {
                self.open(conn, now);
            }
            Heard::Welcome { .. } | Heard::Part { .. } | Heard::Other => {}
        }
        Ok(())
    }

    fn take_stamped(&mut self, conn: &Conn, frame: &Frame<'_>, now: u64) {
        let payload = frame.payload;
        let number = payload.first_chunk().copied().map(u32::from_le_bytes);
        let sent = payload.get(4..STAMP_BYTES).and_then(<[u8]>::first_chunk);
        let (Some(number), Some(sent)) = (number, sent.copied().map(u64::from_le_bytes)) else {
            return;
        };
        if number & COMMIT != 0 {
            self.tally.commits += 1;
            return;
        }
        let node = self.ears.get(conn.ear).map_or(0, |(_, node)| *node);
        let pen = number.checked_sub(self.first_number);
        let pen = pen.and_then(|pen| self.pens.get(usize::try_from(pen).ok()?));
        let is_across = pen.is_some_and(|pen| pen.node != node);
        if self.tally.measures(now) {
            self.tally.live_pieces += 1;
            self.tally.live_bytes += payload.len() as u64;
            self.tally.live_wire_bytes += frame.len as u64;
        }
        self.tally.delivered(Some(sent), now, is_across);
    }
}
