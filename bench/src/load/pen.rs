//! A pen: it draws one stroke after another, without pauses, and commits each when it ends.

use std::mem::swap;

use anyhow::{Context as _, Result};
use shared::id::CommitNo;
use shared::op::{Commit, Guard};
use shared::protocol::{ClientMsg, LiveUpdate, encode};

use super::script::{PIECES, Script};
use crate::frame::{self, BINARY};
use crate::plan;

/// A message of a relay begins with the number of the pen and the time when it was sent.
pub(super) const STAMP_BYTES: usize = 12;
/// The bit of a relay's pen number that marks a commit.
pub(super) const COMMIT: u32 = 1 << 31;

/// A pen of one connection.
#[derive(Debug)]
pub(super) struct Pen {
    pub(super) number: u32,
    /// The connection.
    pub(super) conn: usize,
    /// On which server the connection is.
    pub(super) node: usize,
    /// Others in the room.
    pub(super) others: u64,
    /// Whether it draws.
    pub(super) is_drawing: bool,
    /// Commits until now.
    commits: CommitNo,
    stroke: u32,
    /// Pieces of the stroke that were sent.
    piece: usize,
    /// The piece after which the stroke ends.
    last: usize,
    /// When each piece of this stroke was sent, and each of the stroke before.
    sent: Vec<u64>,
    sent_before: Vec<u64>,
}

impl Pen {
    pub(super) fn new(number: u32, conn: usize, node: usize, others: u64) -> Self {
        Self {
            number,
            conn,
            node,
            others,
            is_drawing: false,
            commits: 0,
            stroke: 0,
            piece: 0,
            last: first_end(number),
            sent: Vec::new(),
            sent_before: Vec::new(),
        }
    }

    /// When a piece of a stroke was sent, if that is not long ago.
    pub(super) fn sent_at(&self, stroke: u32, piece: usize) -> Option<u64> {
        let sent = match self.stroke.checked_sub(stroke)? {
            0 => &self.sent,
            1 => &self.sent_before,
            _ => return None,
        };
        sent.get(piece).copied()
    }

    /// When the piece of this number was sent last, whatever the stroke.
    pub(super) fn last_sent(&self, piece: usize) -> Option<u64> {
        let sent = self.sent.get(piece);
        sent.or_else(|| self.sent_before.get(piece)).copied()
    }

    /// The stroke that it draws.
    pub(super) const fn stroke(&self) -> u32 {
        self.stroke
    }

    /// Writes the next piece in the protocol of boards, with what comes before and after it. Returns
    /// whether that has a commit.
    pub(super) fn draw(&mut self, all: &[Script], now: u64, to: &mut Vec<u8>) -> Result<bool> {
        let script = self.script(all)?;
        if self.piece == 0 {
            let (id, style) = (
                plan::element(self.number, self.stroke),
                plan::style(self.number),
            );
            live(LiveUpdate::Begin { id, style }, to)?;
        }
        let piece = script.pieces.get(self.piece).context("no such piece")?;
        frame::from_client(BINARY, piece, to);
        self.sent.push(now);
        let is_last = self.piece == self.last;
        if is_last {
            self.end(script, to)?;
        } else {
            self.piece += 1;
        }
        Ok(is_last)
    }

    /// Ends a stroke that is drawn. Returns whether there was one.
    pub(super) fn stop(&mut self, all: &[Script], to: &mut Vec<u8>) -> Result<bool> {
        let has_begun = self.piece > 0;
        if has_begun {
            self.end(self.script(all)?, to)?;
            self.last = first_end(self.number);
        }
        Ok(has_begun)
    }

    fn script<'a>(&self, all: &'a [Script]) -> Result<&'a Script> {
        let at = self.number.wrapping_mul(7).wrapping_add(self.stroke);
        let at = usize::try_from(at)? % all.len().max(1);
        all.get(at).context("no such stroke")
    }

    fn end(&mut self, script: &Script, to: &mut Vec<u8>) -> Result<()> {
        live(LiveUpdate::End { kept: true }, to)?;
        self.commits += 1;
        let id = plan::element(self.number, self.stroke);
        let op = plan::part_op(id, self.number, 0, script.ink.clone(), true)?;
        let commit = Commit {
            cno: self.commits,
            guard: Guard::Any,
            ops: vec![op],
        };
        frame::from_client(BINARY, &encode(&ClientMsg::Commit(commit))?, to);
        self.next_stroke();
        Ok(())
    }

    fn next_stroke(&mut self) {
        self.stroke += 1;
        (self.piece, self.last) = (0, PIECES - 1);
        swap(&mut self.sent, &mut self.sent_before);
        self.sent.clear();
    }

    /// Writes a message of the same length for a relay. Returns whether there is a commit too.
    pub(super) fn draw_stamped(
        &mut self,
        all: &[Script],
        now: u64,
        to: &mut Vec<u8>,
    ) -> Result<bool> {
        let script = self.script(all)?;
        let len = script.pieces.get(self.piece).map_or(0, bytes::Bytes::len);
        stamped(self.number, now, len, to);
        let is_last = self.piece == self.last;
        if is_last {
            stamped(self.number | COMMIT, now, script.ink.as_bytes().len(), to);
            self.next_stroke();
        } else {
            self.piece += 1;
        }
        Ok(is_last)
    }
}

/// The last piece of the first stroke. It differs between pens, as if all had drawn for long.
fn first_end(number: u32) -> usize {
    usize::try_from(number).unwrap_or(0) * 37 % PIECES
}

fn live(item: LiveUpdate, to: &mut Vec<u8>) -> Result<()> {
    frame::from_client(BINARY, &encode(&ClientMsg::Live(item))?, to);
    Ok(())
}

fn stamped(number: u32, now: u64, len: usize, to: &mut Vec<u8>) {
    let mut message = Vec::with_capacity(len.max(STAMP_BYTES));
    message.extend_from_slice(&number.to_le_bytes());
    message.extend_from_slice(&now.to_le_bytes());
    message.resize(len.max(STAMP_BYTES), 0);
    frame::from_client(BINARY, &message, to);
}
