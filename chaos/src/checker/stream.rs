//! What one client received, read from its notes.

use std::collections::HashMap;

use shared::id::{ClientId, CommitNo, Position};
use shared::sync::Status;
use testkit::client::Note;
use tokio::time::Instant;

use crate::person::Log;

/// A commit as a client saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) when: Instant,
    pub(super) at: Position,
    pub(super) author: ClientId,
    pub(super) cno: CommitNo,
}

/// A state of the status, until the next one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quiet {
    pub(super) from: Instant,
    pub(super) to: Option<Instant>,
}

/// What one client received and showed.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The commits, in the order in which they came.
    pub(super) placed: Vec<Placed>,
    /// Each position that was reached, with its time: one for each commit and snapshot.
    pub(super) reached: Vec<(Instant, Position)>,
    /// Digests of the board.
    pub(super) boards: Vec<(Position, u64)>,
    /// When the status said that all is well: saved, saving or read only.
    pub(super) quiet: Vec<Quiet>,
    /// When each own commit was made.
    pub(super) submitted: HashMap<CommitNo, Instant>,
    /// Places where commits were missing.
    pub(super) holes: Vec<String>,
    /// Commits that were sent again.
    pub(super) resent: usize,
    pub(super) me: Option<ClientId>,
}

impl Stream {
    pub(super) fn read(log: &Log) -> Self {
        let mut stream = Self {
            me: Some(log.me),
            ..Self::default()
        };
        let mut at: Option<Position> = None;
        let mut sent: CommitNo = 0;
        for noted in &log.notes {
            let when = noted.when;
            match &noted.note {
                Note::Submitted(cno) => {
                    stream.submitted.insert(*cno, when);
                }
                Note::Sent(cno) if *cno <= sent => stream.resent += 1,
                Note::Sent(cno) => sent = *cno,
                Note::Placed { seq, author, cno } => {
                    let Some(before) = at else { continue };
                    let here = Position {
                        seq: *seq,
                        ..before
                    };
                    if *seq != before.seq + 1 {
                        let hole = format!("{} got {seq} after {}", log.me, before.seq);
                        stream.holes.push(hole);
                    }
                    at = Some(here);
                    stream.reached.push((when, here));
                    let (author, cno) = (*author, *cno);
                    stream.placed.push(Placed {
                        when,
                        at: here,
                        author,
                        cno,
                    });
                }
                Note::Welcomed { delta, .. } if !delta => at = None,
                Note::NewEpoch => at = None,
                Note::Loaded(loaded) => {
                    at = Some(*loaded);
                    stream.reached.push((when, *loaded));
                }
                Note::Board(position, digest) => stream.boards.push((*position, *digest)),
                Note::Status(status) => stream.shows(*status, when),
                Note::Welcomed { .. }
                | Note::Durable(_)
                | Note::People(_)
                | Note::Connected
                | Note::Disconnected(_)
                | Note::Refused(_)
                | Note::GaveUp(_)
                | Note::IdentityLost => {}
            }
        }
        stream
    }

    fn shows(&mut self, status: Status, when: Instant) {
        let is_quiet = match status {
            Status::Saved { .. } | Status::Saving | Status::ReadOnly => true,
            Status::Connecting | Status::Reconnecting | Status::NotSaved { .. } => false,
        };
        match self.quiet.last_mut() {
            Some(quiet) if quiet.to.is_none() => {
                if !is_quiet {
                    quiet.to = Some(when);
                }
            }
            Some(_) | None if is_quiet => self.quiet.push(Quiet {
                from: when,
                to: None,
            }),
            Some(_) | None => {}
        }
    }
}
