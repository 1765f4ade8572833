//! The columns and rows on which an elbow line may run.

use kurbo::{Point, Rect};

use super::{Elbow, Exit, KeptLine};

/// Two columns or rows that are nearer than this part of the margin count as one, so that the line
/// between two ends at almost the same height is straight.
const SAME_LINE: f64 = 1.0e-5;

/// A column or row.
#[derive(Clone, Copy, Debug)]
pub(super) struct GridLine {
    /// Its x or y.
    pub(super) at: f64,
    /// Whether it runs in the middle between two boxes. Lines are best there.
    pub(super) is_middle: bool,
}

/// A crossing of a column and a row, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) column: usize,
    pub(super) row: usize,
}

/// The columns and rows of an elbow line, in ascending order.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) columns: Vec<GridLine>,
    pub(super) rows: Vec<GridLine>,
}

impl Grid {
    /// The grid of an elbow line: the margins around the boxes, the middles between them, the
    /// ends, and the kept lines.
    pub(super) fn new(elbow: &Elbow<'_>) -> Self {
        let (mut columns, mut rows) = (Axis::new(elbow), Axis::new(elbow));
        // The ends come first, because the first of several lines at one place counts.
        for exit in elbow.from.iter().chain(elbow.to) {
            columns.lines([exit.at.x]);
            rows.lines([exit.at.y]);
        }
        for around in elbow.boxes {
            let around = around.inflate(elbow.margin, elbow.margin);
            columns.lines([around.x0, around.x1]);
            rows.lines([around.y0, around.y1]);
        }
        if elbow.came.is_some() {
            // Room to turn around.
            for Exit { at, .. } in elbow.from {
                columns.lines([at.x - elbow.margin, at.x + elbow.margin]);
                rows.lines([at.y - elbow.margin, at.y + elbow.margin]);
            }
        }
        let spans = spans(elbow);
        for (number, one) in spans.iter().enumerate() {
            for other in spans.iter().skip(number + 1) {
                columns.middle((one.x0, one.x1), (other.x0, other.x1));
                rows.middle((one.y0, one.y1), (other.y0, other.y1));
            }
        }
        for kept in elbow.kept {
            match *kept {
                KeptLine::Column(x) => columns.lines([x]),
                KeptLine::Row(y) => rows.lines([y]),
            }
        }
        Self {
            columns: columns.sorted(),
            rows: rows.sorted(),
        }
    }

    /// The place of a node.
    pub(super) fn place(&self, node: Node) -> Option<Point> {
        let (column, row) = (self.columns.get(node.column)?, self.rows.get(node.row)?);
        Some(Point::new(column.at, row.at))
    }

    /// The node at a place that the grid was made for.
    pub(super) fn node(&self, at: Point) -> Option<Node> {
        Some(Node {
            column: nearest(&self.columns, at.x)?,
            row: nearest(&self.rows, at.y)?,
        })
    }
}

/// The number of the line nearest to a coordinate.
pub(super) fn nearest(lines: &[GridLine], at: f64) -> Option<usize> {
    let away = |line: &GridLine| (line.at - at).abs();
    let numbered = lines.iter().enumerate();
    let nearest = numbered.min_by(|(_, one), (_, other)| away(one).total_cmp(&away(other)))?;
    Some(nearest.0)
}

/// The boxes, and ends without a box as boxes without size.
fn spans(elbow: &Elbow<'_>) -> Vec<Rect> {
    let exits = elbow.from.iter().chain(elbow.to);
    let free = exits.filter(|exit| exit.heading.is_none());
    let points = free.map(|exit| Rect::from_points(exit.at, exit.at));
    elbow.boxes.iter().copied().chain(points).collect()
}

/// The lines along one axis, while they are collected.
struct Axis {
    lines: Vec<GridLine>,
    same: f64,
}

impl Axis {
    fn new(elbow: &Elbow<'_>) -> Self {
        Self {
            lines: Vec::new(),
            same: elbow.margin * SAME_LINE,
        }
    }

    fn lines(&mut self, at: impl IntoIterator<Item = f64>) {
        for at in at {
            self.add(GridLine {
                at,
                is_middle: false,
            });
        }
    }

    /// Adds the middle between two ranges, if there is a gap between them.
    fn middle(&mut self, (from, to): (f64, f64), (other_from, other_to): (f64, f64)) {
        let gap = if to < other_from {
            (to, other_from)
        } else if other_to < from {
            (other_to, from)
        } else {
            return;
        };
        self.add(GridLine {
            at: f64::midpoint(gap.0, gap.1),
            is_middle: true,
        });
    }

    fn add(&mut self, line: GridLine) {
        let same = self.same;
        let is_same = |known: &&mut GridLine| (known.at - line.at).abs() <= same;
        if let Some(known) = self.lines.iter_mut().find(is_same) {
            known.is_middle |= line.is_middle;
        } else if line.at.is_finite() {
            self.lines.push(line);
        }
    }

    fn sorted(mut self) -> Vec<GridLine> {
        self.lines.sort_by(|one, other| one.at.total_cmp(&other.at));
        self.lines
    }
}
