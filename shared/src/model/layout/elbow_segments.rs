//! The segments of elbow lines, and which of them a user has moved.

use std::ops::Range;

use kurbo::Point;

use crate::geometry::BoardPoint;
use crate::geometry::elbow::{Corner, Heading, KeptLine};
use crate::limits::{MAX_COORD, MAX_KEPT_SEGMENTS};
use crate::model::appearance::KeptSegment;
use crate::model::element::Element;

/// A segment runs along a kept line if they are no further apart than this part of the line's
/// width. The router joins lines that are almost the same.
const SAME_PLACE: f64 = 1.0e-3;

/// A segment of an elbow line on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct ElbowSegment {
    /// Where it begins.
    pub from: BoardPoint,
    /// Where it ends.
    pub to: BoardPoint,
    /// Whether it stays where a user has moved it.
    pub is_kept: bool,
    /// The kept segments of the line that this one takes the place of when it is moved: itself if
    /// it is one of them.
    kept: Range<usize>,
}

impl ElbowSegment {
    /// The kept segments of the line after this one is moved to a place. `None` if the line has the
    /// greatest number of them.
    #[must_use]
    pub fn moved_to(&self, line: &Element, to: BoardPoint) -> Option<Vec<KeptSegment>> {
        let at = line.props.at;
        let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD) as f32;
        let heading = Heading::nearest(Point::from(self.to) - Point::from(self.from));
        let moved = if heading.is_horizontal() {
            KeptSegment::Horizontal(within(to.y - at.y))
        } else {
            KeptSegment::Vertical(within(to.x - at.x))
        };
        let kept = self.replaced_by(line, Some(moved));
        (kept.len() <= MAX_KEPT_SEGMENTS).then_some(kept)
    }

    /// The kept segments of the line without this one.
    #[must_use]
    pub fn released(&self, line: &Element) -> Vec<KeptSegment> {
        self.replaced_by(line, None)
    }

    fn replaced_by(&self, line: &Element, by: Option<KeptSegment>) -> Vec<KeptSegment> {
        let mut kept = line.props.kept_segments();
        let end = self.kept.end.min(kept.len());
        kept.splice(self.kept.start.min(end)..end, by);
        kept
    }
}

/// The segments that a user has moved, on the board.
pub(super) fn kept_lines(element: &Element) -> Vec<KeptLine> {
    let at = element.props.at;
    let on_board = |segment: KeptSegment| match segment {
        KeptSegment::Vertical(x) => KeptLine::Column(at.x + f64::from(x)),
        KeptSegment::Horizontal(y) => KeptLine::Row(at.y + f64::from(y)),
    };
    element
        .props
        .kept_segments()
        .into_iter()
        .map(on_board)
        .collect()
}

/// The segments between the corners of a line that follows kept lines.
pub(super) fn segments(corners: &[Corner], kept: &[KeptLine], width: f64) -> Vec<ElbowSegment> {
    let same = width * SAME_PLACE;
    let pairs = corners.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((*from, *to)),
        _ => None,
    });
    pairs
        .map(|(from, to)| {
            let passed = from.passed..to.passed.max(from.passed);
            let own = passed.clone().find(|number| {
                let followed = kept.get(*number);
                followed.is_some_and(|line| runs_along(from.at, to.at, *line, same))
            });
            ElbowSegment {
                from: from.at.into(),
                to: to.at.into(),
                is_kept: own.is_some(),
                kept: own.map_or(passed, |own| own..own + 1),
            }
        })
        .collect()
}

fn runs_along(from: Point, to: Point, line: KeptLine, same: f64) -> bool {
    let is_horizontal = Heading::nearest(to - from).is_horizontal();
    match line {
        KeptLine::Column(x) => !is_horizontal && (from.x - x).abs() < same,
        KeptLine::Row(y) => is_horizontal && (from.y - y).abs() < same,
    }
}
