//! The snapshot that all sessions of a room share, and the parts of it that one session lacks.
//!
//! The driver encodes a snapshot outside of the room, because that takes long. Until the answer
//! comes, sessions wait; the ring keeps the commits since. The snapshot is used for all sessions
//! as long as the ring leads from it to the present.

use std::sync::Arc;

use bytes::Bytes;

use crate::geometry::BoardRect;
use crate::protocol::PartialSnapshot;

use super::super::snapshot::EncodedSnapshot;

/// The newest encoded snapshot.
#[derive(Debug, Default)]
pub(super) struct SharedSnapshot {
    encoded: Option<Arc<EncodedSnapshot>>,
    is_encoding: bool,
}

impl SharedSnapshot {
    /// The newest encoded snapshot, if there is one.
    pub(super) const fn get(&self) -> Option<&Arc<EncodedSnapshot>> {
        self.encoded.as_ref()
    }

    /// Whether to encode a snapshot now; if so, [`Self::finish_encoding`] must follow.
    pub(super) const fn start_encoding(&mut self) -> bool {
        !std::mem::replace(&mut self.is_encoding, true)
    }

    /// Notes that the request to encode was answered.
    pub(super) const fn finish_encoding(&mut self) {
        self.is_encoding = false;
    }

    pub(super) fn set(&mut self, encoded: EncodedSnapshot) {
        self.encoded = Some(Arc::new(encoded));
    }

    /// Forgets the snapshot; sessions that are being sent it keep it.
    pub(super) fn forget(&mut self) {
        self.encoded = None;
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
        }
    }

    /// The next frame.
    pub(super) fn next_frame(&mut self) -> Option<Bytes> {
        let part = self.left.pop()?;
        self.encoded.frame(part).cloned()
    }

    /// Whether all frames were sent.
    pub(super) fn is_done(&self) -> bool {
        self.left.is_empty()
    }
}
