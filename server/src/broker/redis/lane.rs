//! A kind of channels, durable or live, on the connections to all masters.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use shared::id::{BoardId, NodeId};
use shared::protocol::Relay;

use super::message;
use crate::broker::BrokerMsg;
use crate::broker::subscribers::{Left, Subscribers};
use crate::redis::keys::Names;
use crate::telemetry::Tag;

/// Which channels a connection carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    Durable,
    Live,
}

/// What the connections for one kind of channels share.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) channels: Channels,
    names: Names,
    pub(super) subscribers: Arc<Subscribers>,
    /// How live messages of this server begin: it sent them to its own clients without Redis.
    own_live: Bytes,
    /// The boards that were once subscribed to. A new subscriber of one of them may have
    /// missed messages.
    confirmed: Mutex<HashSet<BoardId>>,
}

impl Lane {
    pub(super) fn new(
        channels: Channels,
        node: NodeId,
        names: Names,
        subscribers: Arc<Subscribers>,
    ) -> Self {
        Self {
            own_live: Relay::prefix_of(node),
            channels,
            names,
            subscribers,
            confirmed: Mutex::default(),
        }
    }

    /// The channels of boards.
    pub(super) fn of_all(&self, boards: impl IntoIterator<Item = BoardId>) -> Vec<String> {
        let channel_of = |board| match self.channels {
            Channels::Durable => self.names.durable_channel(board),
            Channels::Live => self.names.live_channel(board),
        };
        boards.into_iter().map(channel_of).collect()
    }

    /// The boards of channels.
    pub(super) fn boards_of<'a>(
        &self,
        channels: impl IntoIterator<Item = &'a String>,
    ) -> Vec<BoardId> {
        let boards = channels.into_iter();
        boards.filter_map(|it| self.names.board_of(it)).collect()
    }

    /// Notes the boards that are subscribed to; returns those that were before.
    pub(super) fn confirm(&self, boards: Vec<BoardId>) -> Vec<BoardId> {
        let mut confirmed = self.confirmed();
        let is_known = |board: &BoardId| !confirmed.insert(*board);
        boards.into_iter().filter(is_known).collect()
    }

    /// Forgets a board that has no subscriptions any more; tells whether it has none.
    pub(super) fn forget_if_unused(&self, board: BoardId) -> bool {
        let is_unused = self.subscribers.prune(board) == Left::None;
        if is_unused {
            self.confirmed().remove(&board);
        }
        is_unused
    }

    /// Decodes a message and delivers it to the subscriptions of its board; tells whether the
    /// channel belongs to a board.
    pub(super) fn deliver(&self, channel: &str, payload: &[u8]) -> bool {
        let Some(board) = self.names.board_of(channel) else {
            return false;
        };
        let decoded = match self.channels {
            Channels::Durable => message::durable(payload),
            Channels::Live if self.is_own(payload) => return true,
            Channels::Live => message::live(payload),
        };
        match decoded {
            Some(message) => self.subscribers.deliver(board, message),
            None => {
                let board = Tag::from(board);
                tracing::warn!(%board, channels = ?self.channels, "message on the broker is malformed");
            }
        }
        true
    }

    /// Tells the subscriptions of boards something about their connection.
    fn is_own(&self, live: &[u8]) -> bool {
        !self.own_live.is_empty() && live.starts_with(&self.own_live)
    }

    pub(super) fn report(&self, boards: Vec<BoardId>, report: &BrokerMsg) {
        for board in boards {
            self.subscribers.deliver(board, report.clone());
        }
    }

    fn confirmed(&self) -> MutexGuard<'_, HashSet<BoardId>> {
        // No code panics while it holds the lock, so the set is always sound.
        self.confirmed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
