//! A snapshot that is encoded once and sent to every client that joins.

use std::sync::Arc;

use bytes::Bytes;
use serde_bytes::ByteBuf;

use crate::id::Position;
use crate::limits::SNAPSHOT_PART_BYTES;
use crate::protocol::{ServerMsg, encode};

/// An encoded snapshot; the ring leads from it to the present.
#[derive(Debug)]
pub(super) struct CachedSnapshot {
    pub(super) at: Position,
    frames: Arc<[Bytes]>,
}

/// The frames of a snapshot that one session has not been sent yet.
#[derive(Debug)]
pub(super) struct SnapshotParts {
    frames: Arc<[Bytes]>,
    sent: usize,
}

impl CachedSnapshot {
    /// Splits the encoded state at a position into frames.
    pub(super) fn new(at: Position, encoded: &Bytes) -> Self {
        let count = encoded.len().div_ceil(SNAPSHOT_PART_BYTES).max(1);
        let chunks = encoded.chunks(SNAPSHOT_PART_BYTES).enumerate();
        let frames = chunks.filter_map(|(at, chunk)| {
            let part = ByteBuf::from(chunk);
            let last = at + 1 == count;
            encode(&ServerMsg::Snapshot { part, last }).ok()
        });
        Self {
            at,
            frames: frames.collect(),
        }
    }

    /// All frames, for one session.
    pub(super) fn parts(&self) -> SnapshotParts {
        SnapshotParts {
            frames: Arc::clone(&self.frames),
            sent: 0,
        }
    }
}

impl SnapshotParts {
    /// The next frame.
    pub(super) fn next_frame(&mut self) -> Option<Bytes> {
        let frame = self.frames.get(self.sent).cloned();
        self.sent += 1;
        frame
    }

    /// Whether all frames were sent.
    pub(super) fn is_done(&self) -> bool {
        self.sent >= self.frames.len()
    }
}
