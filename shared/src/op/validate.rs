//! Validation of ops, independent of the board.
//!
//! The server's room validates every commit once, when it arrives. The types already guarantee
//! valid ids, colours, order keys and ink; this module checks the ranges of numbers and the sizes
//! of collections.

use crate::geometry::BoardPoint;
use crate::limits::{
    MAX_ALTERNATIVE_TEXT_CHARS, MAX_CHAR_NO, MAX_COMMIT_NAMED_CHARS, MAX_COMMIT_SPANS, MAX_COORD,
    MAX_DELETE_IDS, MAX_ERASED_RANGES, MAX_GROUPS, MAX_GUARD_CLIENTS, MAX_KEPT_SEGMENTS,
    MAX_LINE_POINTS, MAX_NAME_CHARS, MAX_OPS_PER_COMMIT, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE,
    MAX_PUT_CHAR_NO, MAX_SCALE, MAX_STROKE_PARTS, MAX_STROKE_POINTS, MAX_TEXT_CHARS,
    MAX_TEXT_PIECES, MAX_TEXT_SIZE, MAX_TEXT_SPANS, MAX_THUMBHASH_BYTES, MAX_TITLE_CHARS,
    MAX_WIDTH, MIN_CROP, MIN_SCALE, MIN_TEXT_SIZE, MIN_WIDTH,
};
use crate::model::{
    Body, CharSpan, Crop, ErasedRange, KeptSegment, NewElement, Picture, Prop, Props, RichText,
    TextEdit,
};
use crate::typeset::{MAX_ADVANCE, MAX_MEASURES, MAX_PIECE_CHARS, Measures};

use super::{Commit, Guard, Invalid, Op};

impl Commit {
    /// Checks sizes and ranges.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.ops.len() > MAX_OPS_PER_COMMIT {
            return Err(Invalid::TooManyOps(self.ops.len()));
        }
        if let Guard::WorkOf(clients) = &self.guard {
            at_most("clients of a guard", clients.len(), MAX_GUARD_CLIENTS)?;
            if !clients.is_sorted_by(|a, b| a < b) {
                return Err(Invalid::UnsortedClients);
            }
        }
        if self.is_chat() && self.chat_ops().count() < self.ops.len() {
            return Err(Invalid::MixedWithChat);
        }
        let spans = || self.ops.iter().flat_map(Op::text_spans);
        at_most(
            "spans of text in a commit",
            spans().count(),
            MAX_COMMIT_SPANS,
        )?;
        let named = spans().fold(0, |sum: usize, span| sum.saturating_add(span.len as usize));
        at_most(
            "named characters in a commit",
            named,
            MAX_COMMIT_NAMED_CHARS,
        )?;
        self.ops.iter().try_for_each(Op::validate)
    }
}

impl Op {
    /// Checks sizes and ranges.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Put(new) => element(new, MAX_PUT_CHAR_NO),
            Self::Restore(new) => element(new, MAX_CHAR_NO),
            Self::Extend { .. } => Ok(()),
            Self::Set { id: _, prop } => value(prop),
            Self::Delete { ids } if ids.len() > MAX_DELETE_IDS => {
                Err(Invalid::TooManyIds(ids.len()))
            }
            Self::Delete { .. } => Ok(()),
            Self::Text { id: _, edit } => text_edit(edit),
            Self::Erase { id: _, spans } | Self::Unerase { id: _, spans } => erased_ranges(spans),
            Self::Chat(op) => Ok(op.validate()?),
        }
    }
}

impl Op {
    /// The spans of text that the op names.
    fn text_spans(&self) -> &[CharSpan] {
        match self {
            Self::Text { id: _, edit } => edit_spans(edit),
            Self::Put(_)
            | Self::Extend { .. }
            | Self::Set { .. }
            | Self::Delete { .. }
            | Self::Restore(_)
            | Self::Erase { .. }
            | Self::Unerase { .. }
            | Self::Chat(_) => &[],
        }
    }
}

fn edit_spans(edit: &TextEdit) -> &[CharSpan] {
    match edit {
        TextEdit::Insert { .. } => &[],
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => spans,
    }
}

fn element(new: &NewElement, most_typed: u32) -> Result<(), Invalid> {
    let Props {
        z: _,
        at,
        color: _,
        width,
        opacity: _,
        more,
    } = &new.props;
    coordinates(*at)?;
    line_width(*width)?;
    more.iter().try_for_each(value)?;
    let most = if new.body.has_text() {
        MAX_TEXT_CHARS
    } else {
        0
    };
    written(&new.text, most, most_typed)?;
    match &new.body {
        Body::Stroke(stroke) if stroke.parts.len() > MAX_STROKE_PARTS => {
            Err(Invalid::StrokeParts(stroke.parts.len()))
        }
        Body::Stroke(stroke) if stroke.len() > MAX_STROKE_POINTS => {
            Err(Invalid::StrokePoints(stroke.len()))
        }
        Body::Stroke(stroke) if stroke.is_empty() => Err(Invalid::EmptyStroke),
        Body::Stroke(stroke) if stroke.erased.len() > MAX_ERASED_RANGES => {
            Err(Invalid::ErasedRanges(stroke.erased.len()))
        }
        Body::Stroke(stroke) => stroke
            .erased
            .iter()
            .try_for_each(|erasure| erased_range(&erasure.span)),
        Body::Sticky { signed } => at_most(
            "characters of a name",
            signed.chars().count(),
            MAX_NAME_CHARS,
        ),
        Body::Shape(_) | Body::Line | Body::Text | Body::Frame | Body::Path(_) | Body::Image => {
            Ok(())
        }
    }
}

fn written(text: &RichText, most: usize, most_typed: u32) -> Result<(), Invalid> {
    at_most("characters of text", text.len(), most)?;
    at_most("pieces of text", text.pieces(), MAX_TEXT_PIECES)?;
    // Otherwise its typists could not type any more.
    typed_before(u64::from(text.highest_next()), most_typed)
}

fn typed_before(next: u64, most: u32) -> Result<(), Invalid> {
    let next = usize::try_from(next).unwrap_or(usize::MAX);
    at_most("characters typed before", next, most as usize)
}

fn value(prop: &Prop) -> Result<(), Invalid> {
    match prop {
        Prop::At(at) => coordinates(*at),
        Prop::Width(width) => line_width(*width),
        Prop::Angle(angle) => in_range("angle", *angle, -7.0, 7.0),
        Prop::Scale(by) => by
            .iter()
            .try_for_each(|by| in_range("scale", by.abs(), MIN_SCALE, MAX_SCALE)),
        Prop::Size(size) => size
            .iter()
            .try_for_each(|side| in_range("size", *side, 0.0, MAX_COORD as f32)),
        Prop::Corner(radius) => in_range("corner", *radius, 0.0, MAX_COORD as f32),
        Prop::TextSize(size) => in_range("text size", *size, MIN_TEXT_SIZE, MAX_TEXT_SIZE),
        Prop::Points(points) => {
            at_most("points of a line", points.len(), MAX_LINE_POINTS)?;
            let limit = MAX_COORD as f32;
            points
                .iter()
                .flatten()
                .try_for_each(|value| in_range("point", *value, -limit, limit))
        }
        Prop::Start(Some(anchor)) | Prop::End(Some(anchor)) => anchor
            .at
            .iter()
            .try_for_each(|value| in_range("anchor", *value, 0.0, 1.0)),
        Prop::Groups(groups) => at_most("groups", groups.len(), MAX_GROUPS),
        Prop::Name(name) => at_most(
            "characters of a name",
            name.chars().count(),
            MAX_TITLE_CHARS,
        ),
        Prop::KeptSegments(segments) => {
            at_most("moved segments", segments.len(), MAX_KEPT_SEGMENTS)?;
            let limit = MAX_COORD as f32;
            segments.iter().try_for_each(|segment| match segment {
                KeptSegment::Vertical(at) | KeptSegment::Horizontal(at) => {
                    in_range("segment", *at, -limit, limit)
                }
            })
        }
        Prop::TextPosition(at) => in_range("text position", *at, 0.0, 1.0),
        Prop::Text(()) => Err(Invalid::TextProperty),
        Prop::Measures(all) => measures(all),
        Prop::Picture(Some(picture)) => picture_limits(picture),
        Prop::Crop(crop) => crop_edges(crop),
        Prop::AlternativeText(text) => at_most(
            "characters of an alternative text",
            text.chars().count(),
            MAX_ALTERNATIVE_TEXT_CHARS,
        ),
        Prop::Z(_)
        | Prop::Color(_)
        | Prop::Opacity(_)
        | Prop::Filling(_)
        | Prop::Dash(_)
        | Prop::Route(_)
        | Prop::Heads(_)
        | Prop::Start(None)
        | Prop::End(None)
        | Prop::Locked(_)
        | Prop::Protected(_)
        | Prop::Proposal(_)
        | Prop::Fill(_)
        | Prop::Outlined(_)
        | Prop::Picture(None)
        | Prop::Frame(_)
        | Prop::Font(_)
        | Prop::Align(_) => Ok(()),
    }
}

fn picture_limits(picture: &Picture) -> Result<(), Invalid> {
    let Picture {
        sha256: _,
        media_type: _,
        width,
        height,
        thumbhash,
    } = picture;
    let side = |what, side: u32| in_range(what, side as f32, 1.0, MAX_PICTURE_SIDE as f32);
    side("width of a picture", *width)?;
    side("height of a picture", *height)?;
    let pixels = *width as usize * *height as usize;
    at_most("pixels of a picture", pixels, MAX_PICTURE_PIXELS as usize)?;
    at_most("bytes of a preview", thumbhash.len(), MAX_THUMBHASH_BYTES)
}

fn crop_edges(crop: &Crop) -> Result<(), Invalid> {
    let Crop {
        left,
        top,
        right,
        bottom,
    } = *crop;
    in_range("left edge of a crop", left, 0.0, 1.0 - MIN_CROP)?;
    in_range("upper edge of a crop", top, 0.0, 1.0 - MIN_CROP)?;
    in_range("right edge of a crop", right, left + MIN_CROP, 1.0)?;
    in_range("lower edge of a crop", bottom, top + MIN_CROP, 1.0)
}

fn measures(all: &Measures) -> Result<(), Invalid> {
    at_most("measures", all.list().len(), MAX_MEASURES)?;
    let mut chars = 0;
    for measure in all.list() {
        let count = measure.text.chars().count();
        chars += count;
        at_most("characters of a measured piece", count, MAX_PIECE_CHARS)?;
        at_most(
            "clusters of a measured piece",
            measure.advances.len(),
            count,
        )?;
        at_most("breaks of a measured piece", measure.breaks.len(), count)?;
        let widest = measure.advances.iter().max().copied().unwrap_or_default();
        at_most("thousandths of a width", widest.into(), MAX_ADVANCE.into())?;
    }
    at_most("measured characters", chars, MAX_TEXT_CHARS)
}

fn text_edit(edit: &TextEdit) -> Result<(), Invalid> {
    match edit {
        TextEdit::Insert { text, from, .. } => {
            let count = text.chars().count();
            at_most("characters of text", count, MAX_TEXT_CHARS)?;
            typed_before(u64::from(*from) + count as u64, MAX_CHAR_NO)
        }
        TextEdit::Delete(_) | TextEdit::Restore(_) | TextEdit::Mark { .. } => {
            at_most("spans of text", edit_spans(edit).len(), MAX_TEXT_SPANS)
        }
    }
}

fn erased_ranges(spans: &[ErasedRange]) -> Result<(), Invalid> {
    if spans.len() > MAX_ERASED_RANGES {
        return Err(Invalid::ErasedRanges(spans.len()));
    }
    spans.iter().try_for_each(erased_range)
}

fn erased_range([from, to]: &ErasedRange) -> Result<(), Invalid> {
    if 0.0 <= *from && from < to && *to <= MAX_STROKE_POINTS as f32 {
        Ok(())
    } else {
        Err(Invalid::ErasedRange(*from, *to))
    }
}

fn in_range(what: &'static str, value: f32, low: f32, high: f32) -> Result<(), Invalid> {
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(Invalid::Range {
            what,
            value: value.into(),
            low: low.into(),
            high: high.into(),
        })
    }
}

const fn at_most(what: &'static str, count: usize, most: usize) -> Result<(), Invalid> {
    if count <= most {
        Ok(())
    } else {
        Err(Invalid::TooMany { what, count, most })
    }
}

fn coordinates(at: BoardPoint) -> Result<(), Invalid> {
    [at.x, at.y]
        .into_iter()
        .find(|value| !(-MAX_COORD..=MAX_COORD).contains(value))
        .map_or(Ok(()), |value| Err(Invalid::Coordinate(value)))
}

fn line_width(width: f32) -> Result<(), Invalid> {
    if (MIN_WIDTH..=MAX_WIDTH).contains(&width) {
        Ok(())
    } else {
        Err(Invalid::Width(width))
    }
}
