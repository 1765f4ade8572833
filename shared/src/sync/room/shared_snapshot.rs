//! The snapshot that all sessions of a room share, and the parts of it that one session lacks.
//!
//! The driver encodes a snapshot outside of the room, because that takes long. Until the answer
//! comes, sessions wait; the ring keeps the commits since. A snapshot is used for all sessions that
//! join until many commits have followed, and for clients that have a part of it as long as the ring
//! leads from it to the present.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;

use crate::geometry::BoardRect;
use crate::id::Position;
use crate::protocol::PartialSnapshot;

use super::super::recent_commits::RecentCommits;
use super::super::snapshot::EncodedSnapshot;

/// Snapshots that a room keeps: the newest one, and the one before it for clients that were cut off.
const KEPT: usize = 2;
/// Bytes of commits after a snapshot that a new client may get beside it, at least.
const FEW_BYTES: usize = 128 * 1024;

/// The newest encoded snapshots.
#[derive(Debug, Default)]
pub(super) struct SharedSnapshot {
    /// Oldest first.
    kept: VecDeque<Arc<EncodedSnapshot>>,
    is_encoding: bool,
}

impl SharedSnapshot {
    /// The snapshot for a client: the one that it has in part, or the newest one if few commits have
    /// followed. A client that would get many commits one by one is better served by a new snapshot.
    pub(super) fn find(
        &self,
        partial: Option<&PartialSnapshot>,
        ring: &RecentCommits,
    ) -> Option<&Arc<EncodedSnapshot>> {
        let known = partial.and_then(|partial| {
            let mut kept = self.kept.iter();
            kept.find(|encoded| encoded.has_id(partial.snapshot))
        });
        known.or_else(|| {
            self.newest().filter(|encoded| {
                let most = FEW_BYTES.max(encoded.raw_bytes() / 4);
                ring.bytes_after(encoded.at().seq) <= most
            })
        })
    }

    /// The newest snapshot.
    pub(super) fn newest(&self) -> Option<&Arc<EncodedSnapshot>> {
        self.kept.back()
    }

    /// Forgets snapshots from which the ring does not lead to the present.
    pub(super) fn expire(&mut self, at: Position, ring: &RecentCommits) {
        self.kept.retain(|encoded| {
            let from = encoded.at();
            from.epoch == at.epoch && from.seq <= at.seq && ring.covers(from.seq, at.seq)
        });
    }

    /// Whether to encode a snapshot now; if so, [`Self::finish_encoding`] must follow.
    pub(super) const fn start_encoding(&mut self) -> bool {
        !std::mem::replace(&mut self.is_encoding, true)
    }

    /// Notes that the request to encode was answered.
    pub(super) const fn finish_encoding(&mut self) {
        self.is_encoding = false;
    }

    pub(super) fn add(&mut self, encoded: EncodedSnapshot) {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Arc::new(encoded));
    }
}

/// A snapshot for one session.
#[derive(Debug)]
pub(super) enum SnapshotTransfer {
    /// The snapshot is being encoded.
    Waiting,
    /// Parts are being sent.
    Sending(SnapshotParts),
}

/// The parts of a snapshot that one session was not sent yet.
#[derive(Debug)]
pub(super) struct SnapshotParts {
    encoded: Arc<EncodedSnapshot>,
    /// The numbers of the parts, the next one last.
    left: Vec<usize>,
    /// Whether the messages of the conversation are still to be sent.
    owes_chat: bool,
}

impl SnapshotParts {
    /// The parts that a client lacks, those that show something of its view first.
    pub(super) fn new(
        encoded: &Arc<EncodedSnapshot>,
        partial: Option<&PartialSnapshot>,
        view: Option<&BoardRect>,
    ) -> Self {
        let partial = partial.filter(|partial| partial.snapshot == encoded.id());
        let has = |part: usize| {
            let byte = partial.and_then(|partial| partial.received.get(part / 8));
            byte.is_some_and(|byte| byte >> (part % 8) & 1 == 1)
        };
        let is_in_view = |part: &usize| view.is_some_and(|view| encoded.shows(*part, view));
        let lacking = (0..encoded.count()).rev().filter(|part| !has(*part));
        let (in_view, mut left): (Vec<usize>, Vec<usize>) = lacking.partition(is_in_view);
        left.extend(in_view);
        Self {
            encoded: Arc::clone(encoded),
            left,
            owes_chat: true,
        }
    }

    /// The next frame.
    pub(super) fn next_frame(&mut self) -> Option<Bytes> {
        if std::mem::take(&mut self.owes_chat) {
            return Some(self.encoded.chat_frame().clone());
        }
        let part = self.left.pop()?;
        self.encoded.frame(part).cloned()
    }

    /// Whether all frames were sent.
    pub(super) fn is_done(&self) -> bool {
        self.left.is_empty() && !self.owes_chat
    }
}
