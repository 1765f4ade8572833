//! A snapshot on its way to a client: the parts that have arrived, and the board that they make.

use std::collections::BTreeMap;
use std::sync::Arc;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::chat::Chat;
use crate::id::{ElementId, SnapshotId};
use crate::limits::{
    MAX_SECTION_BYTES, MAX_SNAPSHOT_BYTES, MAX_SNAPSHOT_PARTS, SNAPSHOT_PART_BYTES,
};
use crate::model::{Board, Element, ElementState};
use crate::protocol::{PartialSnapshot, SnapshotPart, decode};

use super::{Section, Snapshot};

/// Bytes of all sections before compression that a client unpacks: the largest snapshot, and what the
/// sections repeat.
const MAX_RAW_BYTES: usize = MAX_SNAPSHOT_BYTES + 64 * MAX_SNAPSHOT_PARTS as usize;

/// Why the parts of a snapshot do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// A number in a part contradicts its other numbers, the parts before it, or a limit.
    #[error("a part with wrong numbers")]
    Numbers,
    /// A section cannot be unpacked within its limit.
    #[error("a section that cannot be unpacked")]
    Compression,
    /// A section is no valid section, or contradicts the sections before it.
    #[error("a malformed section")]
    Section,
}

/// The parts of one snapshot that have arrived.
#[derive(Debug)]
pub struct SnapshotAssembly {
    id: SnapshotId,
    /// For each part, whether it arrived.
    received: Vec<bool>,
    received_count: usize,
    /// Parts of sections that are not complete.
    waiting: BTreeMap<u32, SnapshotPart>,
    snapshot: Option<Snapshot>,
    raw_bytes: usize,
}

impl SnapshotAssembly {
    /// Begins with the first part that arrives, which still must be [added](Self::add).
    ///
    /// # Errors
    /// [`AssemblyError::Numbers`] if the snapshot has no parts or too many.
    pub fn begin(first: &SnapshotPart) -> Result<Self, AssemblyError> {
        if first.count == 0 || first.count > MAX_SNAPSHOT_PARTS {
            return Err(AssemblyError::Numbers);
        }
        Ok(Self {
            id: first.snapshot,
            received: vec![false; first.count as usize],
            received_count: 0,
            waiting: BTreeMap::new(),
            snapshot: None,
            raw_bytes: 0,
        })
    }

    /// The id of the snapshot.
    #[must_use]
    pub const fn id(&self) -> SnapshotId {
        self.id
    }

    /// How many parts have arrived, and how many there are.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.received_count, self.received.len())
    }

    /// The parts that have arrived, for the hello of the next connection.
    #[must_use]
    pub fn partial(&self) -> PartialSnapshot {
        let bytes = self.received.chunks(8).map(|bits| {
            let bits = bits.iter().enumerate();
            bits.fold(0, |byte, (at, bit)| byte | (u8::from(*bit) << at))
        });
        PartialSnapshot {
            snapshot: self.id,
            received: bytes.collect::<Vec<u8>>().into(),
        }
    }

    /// Takes a part; one that has arrived before is ignored. Returns the elements of the section
    /// that became complete.
    ///
    /// # Errors
    /// If the part is not one of this snapshot. The assembly must be dropped then.
    pub fn add(&mut self, part: SnapshotPart) -> Result<Vec<Arc<Element>>, AssemblyError> {
        let first = part.index.checked_sub(part.before);
        let last = part.index.checked_add(part.after);
        let (Some(first), Some(last)) = (first, last) else {
            return Err(AssemblyError::Numbers);
        };
        let most = MAX_SECTION_BYTES.div_ceil(SNAPSHOT_PART_BYTES) + 1;
        let is_sound = part.snapshot == self.id
            && part.count as usize == self.received.len()
            && last < part.count
            && (last - first) as usize <= most
            && part.bytes.len() <= SNAPSHOT_PART_BYTES;
        if !is_sound {
            return Err(AssemblyError::Numbers);
        }
        let received = self.received.get_mut(part.index as usize);
        if received.is_none_or(|received| std::mem::replace(received, true)) {
            return Ok(Vec::new());
        }
        self.received_count += 1;
        self.waiting.insert(part.index, part);
        let parts = self.waiting.range(first..=last);
        if parts.clone().count() <= (last - first) as usize {
            return Ok(Vec::new());
        }
        let mut packed = Vec::new();
        for (index, part) in parts {
            if index - part.before.min(*index) != first || index + part.after != last {
                return Err(AssemblyError::Numbers);
            }
            packed.extend_from_slice(&part.bytes);
        }
        self.waiting
            .retain(|index, _| !(first..=last).contains(index));
        self.unpack(&packed)
    }

    fn unpack(&mut self, packed: &[u8]) -> Result<Vec<Arc<Element>>, AssemblyError> {
        let raw = decompress_to_vec_with_limit(packed, MAX_SECTION_BYTES)
            .map_err(|_| AssemblyError::Compression)?;
        self.raw_bytes += raw.len();
        if self.raw_bytes > MAX_RAW_BYTES {
            return Err(AssemblyError::Compression);
        }
        let section = decode(&raw, MAX_SECTION_BYTES).map_err(|_| AssemblyError::Section)?;
        self.merge(section)
    }

    fn merge(&mut self, section: Section) -> Result<Vec<Arc<Element>>, AssemblyError> {
        let Section {
            at,
            deletions,
            elements,
            tombstones,
            authors,
        } = section;
        let snapshot = self.snapshot.get_or_insert_with(|| {
            let mut board = Board::new();
            board.set_deletions(deletions);
            Snapshot {
                chat: Chat::default(),
                at,
                board,
                authors: BTreeMap::new(),
            }
        });
        let board = &mut snapshot.board;
        let mut is_sound = snapshot.at == at && board.deletions() == deletions;
        let elements: Vec<Arc<Element>> = elements.into_iter().map(Arc::new).collect();
        for element in &elements {
            is_sound &= put(
                board,
                element.id,
                ElementState::Present(Arc::clone(element)),
            );
        }
        for (id, tombstone) in tombstones {
            is_sound &= put(board, id, ElementState::Deleted(tombstone));
        }
        for (author, cno) in authors {
            is_sound &= snapshot.authors.insert(author, cno).is_none();
        }
        is_sound.then_some(elements).ok_or(AssemblyError::Section)
    }

    /// Whether all parts have arrived.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.received_count == self.received.len()
    }

    /// The whole snapshot.
    ///
    /// # Errors
    /// [`AssemblyError::Section`] if parts are missing, or the parts make no valid board.
    pub fn finish(self) -> Result<Snapshot, AssemblyError> {
        let is_complete = self.is_complete();
        let snapshot = self.snapshot.filter(|_| is_complete);
        snapshot
            .filter(|snapshot| snapshot.board.check_invariants().is_ok())
            .ok_or(AssemblyError::Section)
    }
}

/// Sets the state of an id that is not on the board yet; false if it is.
fn put(board: &mut Board, id: ElementId, state: ElementState) -> bool {
    board.set_state(id, state) == ElementState::Absent
}
