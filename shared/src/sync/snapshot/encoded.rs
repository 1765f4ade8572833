//! A snapshot as a server sends it: cut into sections, compressed, and encoded in frames.
//!
//! The elements are sorted along a Hilbert curve, so those of one section lie close together and a
//! client can receive the sections of its view first. Sections are compressed by DEFLATE, because
//! it is part of nearly every language and makes a board of handwriting smaller than LZ4 does.

use std::sync::Arc;

use bytes::Bytes;
use fast_hilbert::xy2h;
use miniz_oxide::deflate::compress_to_vec;

use crate::geometry::BoardRect;
use crate::id::{Position, SnapshotId};
use crate::limits::{SECTION_BYTES, SNAPSHOT_PART_BYTES};
use crate::model::{Board, Element, layout};
use crate::protocol::{CodecError, ServerMsg, SnapshotPart, encode};

use super::super::packed::pack;
use super::{Section, Snapshot};

/// The level of compression, `1 ..= 9`. Higher ones need twice the time to save one percent.
const LEVEL: u8 = 5;
/// The Hilbert curve runs through `2^ORDER` cells in each direction.
const ORDER: u8 = 16;
/// The last of these cells.
const LAST_CELL: f64 = 65_535.0;

/// The sizes of sections and parts.
#[derive(Debug, Clone, Copy)]
pub struct CutSizes {
    /// Bytes of a section before compression. A section is larger only if it has one entry.
    pub section: usize,
    /// Bytes of a part.
    pub part: usize,
}

impl Default for CutSizes {
    fn default() -> Self {
        Self {
            section: SECTION_BYTES,
            part: SNAPSHOT_PART_BYTES,
        }
    }
}

/// A snapshot in frames. All sessions of a room share one.
#[derive(Debug)]
pub struct EncodedSnapshot {
    at: Position,
    id: SnapshotId,
    frames: Vec<Bytes>,
    /// For each part the rectangle that the elements of its section cover; `None` if the section
    /// has no elements.
    areas: Vec<Option<BoardRect>>,
    raw_bytes: usize,
    /// The message with the newest messages of the conversation.
    chat: Bytes,
    /// The snapshot for clients of version 5, if they do not know everything in this one.
    for_5: Option<Arc<Self>>,
}

impl EncodedSnapshot {
    /// Encodes a snapshot. For a large board this takes a good part of a second.
    ///
    /// # Errors
    /// Never for the types of this crate; serde requires the result type.
    pub fn new(snapshot: &Snapshot) -> Result<Self, CodecError> {
        Self::cut(snapshot, CutSizes::default())
    }

    /// Encodes a snapshot in sections and parts of other sizes than usual.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn cut(snapshot: &Snapshot, sizes: CutSizes) -> Result<Self, CodecError> {
        let mut cutter = Cutter::new(snapshot, sizes);
        for (area, element) in along_curve(&snapshot.board) {
            cutter.make_room(encode(element)?.len())?;
            cutter.area = Some(cutter.area.map_or(area, |all| all.union(area)));
            cutter.section.elements.push(element);
        }
        for (id, tombstone) in snapshot.board.tombstones() {
            cutter.make_room(encode(&(id, tombstone))?.len())?;
            cutter.section.tombstones.push((id, tombstone.clone()));
        }
        for author in &snapshot.authors {
            cutter.make_room(encode(&author)?.len())?;
            cutter.section.authors.push((*author.0, *author.1));
        }
        cutter.finish()?;
        if cutter.done.is_empty() {
            cutter.finish_anyway()?;
        }
        let chat = ServerMsg::Chat(pack(&snapshot.chat)?.into());
        let encoded = Self::of_sections(snapshot.at, cutter.raw_bytes, &cutter.done)?;
        let for_5 = snapshot.for_version_5();
        let for_5 = for_5.map(|earlier| Self::cut(&earlier, sizes));
        Ok(Self {
            chat: encode(&chat)?,
            for_5: for_5.transpose()?.map(Arc::new),
            ..encoded
        })
    }

    fn of_sections(
        at: Position,
        raw_bytes: usize,
        sections: &[CompressedSection],
    ) -> Result<Self, CodecError> {
        let id = SnapshotId::of_sections(sections.iter().map(|section| &section.bytes[..]));
        let count = sections.iter().map(|section| section.parts).sum::<usize>();
        let mut encoded = Self {
            at,
            id,
            frames: Vec::with_capacity(count),
            areas: Vec::with_capacity(count),
            raw_bytes,
            chat: Bytes::new(),
            for_5: None,
        };
        for section in sections {
            let parts = section.parts;
            let chunks = section.bytes.chunks(section.bytes.len().div_ceil(parts));
            for (before, chunk) in chunks.enumerate() {
                let part = SnapshotPart {
                    snapshot: id,
                    index: number(encoded.frames.len()),
                    count: number(count),
                    before: number(before),
                    after: number(parts - 1 - before),
                    bytes: chunk.to_vec().into(),
                };
                encoded.frames.push(encode(&ServerMsg::Snapshot(part))?);
                encoded.areas.push(section.area);
            }
        }
        Ok(encoded)
    }

    /// The snapshot for clients that speak a version.
    #[must_use]
    pub fn for_version(self: &Arc<Self>, version: u16) -> &Arc<Self> {
        match &self.for_5 {
            Some(earlier) if version < 6 => earlier,
            _ => self,
        }
    }

    /// Whether its parts for some clients carry this id.
    #[must_use]
    pub fn has_id(&self, id: SnapshotId) -> bool {
        self.id == id || self.for_5.as_ref().is_some_and(|earlier| earlier.id == id)
    }

    /// The position of the snapshot.
    #[must_use]
    pub const fn at(&self) -> Position {
        self.at
    }

    /// The id that its parts carry.
    #[must_use]
    pub const fn id(&self) -> SnapshotId {
        self.id
    }

    /// The number of its parts.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.frames.len()
    }

    /// The frame of a part.
    #[must_use]
    pub fn frame(&self, part: usize) -> Option<&Bytes> {
        self.frames.get(part)
    }

    /// The frame with the newest messages of the conversation, which goes before the parts.
    #[must_use]
    pub const fn chat_frame(&self) -> &Bytes {
        &self.chat
    }

    /// The size of the sections before compression, in bytes: about that of a stored snapshot.
    #[must_use]
    pub const fn raw_bytes(&self) -> usize {
        self.raw_bytes
    }

    /// Whether a part shows something of an area, in board units.
    #[must_use]
    pub fn shows(&self, part: usize, view: &BoardRect) -> bool {
        let area = self.areas.get(part).copied().flatten();
        area.is_some_and(|area| area.overlaps(*view))
    }
}

/// Fewer than [`MAX_SNAPSHOT_PARTS`](crate::limits::MAX_SNAPSHOT_PARTS).
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A section that is ready to be sent.
#[derive(Debug)]
struct CompressedSection {
    bytes: Vec<u8>,
    /// The number of its parts.
    parts: usize,
    area: Option<BoardRect>,
}

/// Fills one section after the other.
#[derive(Debug)]
struct Cutter<'a> {
    sizes: CutSizes,
    section: Section<&'a Element>,
    area: Option<BoardRect>,
    /// The size of the entries of the section.
    bytes: usize,
    raw_bytes: usize,
    done: Vec<CompressedSection>,
}

impl<'a> Cutter<'a> {
    fn new(snapshot: &Snapshot, sizes: CutSizes) -> Self {
        let section = Section {
            at: snapshot.at,
            deletions: snapshot.board.deletions(),
            elements: Vec::new(),
            tombstones: Vec::new(),
            authors: Vec::new(),
        };
        Self {
            sizes,
            section,
            area: None,
            bytes: 0,
            raw_bytes: 0,
            done: Vec::new(),
        }
    }

    /// Begins another section if an entry does not fit into this one.
    fn make_room(&mut self, bytes: usize) -> Result<(), CodecError> {
        if self.bytes + bytes > self.sizes.section {
            self.finish()?;
        }
        self.bytes += bytes;
        Ok(())
    }

    /// Compresses the section, if it has any entry.
    fn finish(&mut self) -> Result<(), CodecError> {
        if self.bytes > 0 {
            self.finish_anyway()?;
        }
        Ok(())
    }

    fn finish_anyway(&mut self) -> Result<(), CodecError> {
        let raw = encode(&self.section)?;
        self.raw_bytes += raw.len();
        self.bytes = 0;
        self.section.elements.clear();
        self.section.tombstones.clear();
        self.section.authors.clear();
        let bytes = compress_to_vec(&raw, LEVEL);
        self.done.push(CompressedSection {
            parts: bytes.len().div_ceil(self.sizes.part),
            bytes,
            area: self.area.take(),
        });
        Ok(())
    }
}

/// The elements of a board with the rectangles that they cover, along a Hilbert curve.
fn along_curve(board: &Board) -> Vec<(BoardRect, &Element)> {
    let areas = board.elements().map(|element| {
        let area = layout::visible_bounds(board, element).abs();
        (area, element.as_ref())
    });
    let mut elements: Vec<(BoardRect, &Element)> = areas.collect();
    let middles = elements.iter().map(|(area, _)| area.center());
    let Some(all) = middles
        .map(|middle| BoardRect::from_points(middle, middle))
        .reduce(|all, one| all.union(one))
    else {
        return elements;
    };
    // Cells are squares, so that a long row of elements is cut across and not along.
    let extent = all.width().max(all.height()).max(1.0);
    // A cast of a float saturates.
    let cell = |distance: f64| (distance / extent * LAST_CELL) as u32;
    elements.sort_by_cached_key(|(area, element)| {
        let from_corner = area.center() - all.origin();
        let place = xy2h(cell(from_corner.x), cell(from_corner.y), ORDER);
        (place, element.id)
    });
    elements
}
