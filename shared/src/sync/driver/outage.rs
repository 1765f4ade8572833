//! How long a client has been without its server, and what stands in the way.

use crate::id::Millis;

/// An outage is reported when it has lasted so long, in milliseconds: shorter ones end by
/// themselves.
const REPORT_AFTER_MS: Millis = 10_000;

/// What stands between a client and its board, as far as its connections show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No connection can be made.
    NoConnection,
    /// Connections are made, and the server does not let the client in.
    NoWelcome,
    /// The server says that it cannot open the board at present.
    BoardUnavailable,
    /// The server says that too many people are on the board.
    BoardCrowded,
}

impl Obstacle {
    /// Whether waiting would tell nothing more: the server itself named the cause, and it is none that
    /// passes within seconds.
    const fn is_certain(self) -> bool {
        match self {
            Self::NoConnection | Self::NoWelcome | Self::BoardUnavailable => false,
            Self::BoardCrowded => true,
        }
    }
}

/// A time without a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outage {
    since: Millis,
    is_reported: bool,
    obstacle: Obstacle,
}

/// Watches for outages that last.
#[derive(Debug)]
pub(super) struct OutageWatch {
    outage: Option<Outage>,
}

impl OutageWatch {
    /// A client that has not reached its server yet.
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            outage: Some(Outage {
                since: now,
                is_reported: false,
                obstacle: Obstacle::NoConnection,
            }),
        }
    }

    /// Notes whether the server is there. Returns whether to report the outage, once.
    pub(super) fn follow(&mut self, is_server_there: bool, now: Millis) -> bool {
        if is_server_there {
            self.outage = None;
            return false;
        }
        let outage = self.outage.get_or_insert(Outage {
            since: now,
            is_reported: false,
            obstacle: Obstacle::NoConnection,
        });
        let is_due = now >= outage.since + REPORT_AFTER_MS && !outage.is_reported;
        outage.is_reported |= is_due;
        is_due
    }

    /// Notes that a connection was made.
    pub(super) fn connected(&mut self) {
        if self
            .outage
            .is_some_and(|it| it.obstacle == Obstacle::NoConnection)
        {
            self.note(Obstacle::NoWelcome);
        }
    }

    /// Notes how the last attempt ended.
    pub(super) fn note(&mut self, obstacle: Obstacle) {
        if let Some(outage) = &mut self.outage {
            outage.obstacle = obstacle;
        }
    }

    /// What stands in the way in an outage that was reported, or whose cause is certain.
    pub(super) fn obstacle(&self) -> Option<Obstacle> {
        let known = |outage: &Outage| outage.is_reported || outage.obstacle.is_certain();
        self.outage.filter(known).map(|outage| outage.obstacle)
    }

    /// When the outage must be reported.
    pub(super) fn next_timeout(&self) -> Option<Millis> {
        let waiting = self.outage.filter(|outage| !outage.is_reported);
        waiting.map(|outage| outage.since + REPORT_AFTER_MS)
    }
}
