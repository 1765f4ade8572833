//! The caret in a laid-out text: its position for a character, and the character at a point.
//!
//! Between two characters of different directions, one place in the text has two positions on the
//! line: behind the character before, and before the character behind. The affinity says which one
//! is meant. At a line break within a paragraph, the caret stands on the lower line.

use std::ops::Range;

use super::layout::{Layout, PlacedCluster, TextLine};

/// The caret as a vertical line, in the layout's coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caret {
    /// Distance from the left edge.
    pub x: f64,
    /// Upper end.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
}

/// The character that the caret stands at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Affinity {
    /// It stands behind the character before; at the beginning of a line, where the line begins.
    #[default]
    Upstream,
    /// It stands before the next character; at the end of a line, where the line ends.
    Downstream,
}

/// A place of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaretStop {
    /// The number of characters before it.
    pub index: usize,
    /// Which of them it stands at.
    pub affinity: Affinity,
}

/// A direction on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A selected part of one line, in the layout's coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionBox {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl CaretStop {
    /// Behind the character before.
    #[must_use]
    pub const fn upstream(index: usize) -> Self {
        Self {
            index,
            affinity: Affinity::Upstream,
        }
    }

    /// Before the next character.
    #[must_use]
    pub const fn downstream(index: usize) -> Self {
        Self {
            index,
            affinity: Affinity::Downstream,
        }
    }
}

impl PlacedCluster {
    /// The caret on the left of it.
    const fn left_stop(&self) -> CaretStop {
        if self.is_rtl {
            CaretStop::upstream(self.letters.end)
        } else {
            CaretStop::downstream(self.letters.start)
        }
    }

    /// The caret on the right of it.
    const fn right_stop(&self) -> CaretStop {
        if self.is_rtl {
            CaretStop::downstream(self.letters.start)
        } else {
            CaretStop::upstream(self.letters.end)
        }
    }
}

impl TextLine {
    /// The last caret index that belongs to this line.
    fn last(&self) -> usize {
        if !self.broken {
            return self.letters.end;
        }
        let last = self.clusters.iter().map(|it| it.letters.start).max();
        last.unwrap_or(self.letters.start)
    }

    /// The number of clusters on the left of a caret.
    fn gap(&self, stop: CaretStop) -> usize {
        let position =
            |wanted: &dyn Fn(&PlacedCluster) -> bool| self.clusters.iter().position(wanted);
        let index = stop.index;
        let before = match stop.affinity {
            Affinity::Upstream => position(&|it| it.letters.end == index),
            Affinity::Downstream => None,
        };
        if let Some(at) = before {
            let is_rtl = self.clusters.get(at).is_some_and(|it| it.is_rtl);
            return at + usize::from(!is_rtl);
        }
        let is_at_edge = match stop.affinity {
            Affinity::Upstream => index <= self.letters.start,
            Affinity::Downstream => index >= self.letters.end,
        };
        // A place within a cluster counts as its beginning.
        let behind = position(&|it| it.letters.contains(&index)).filter(|_| !is_at_edge);
        match behind {
            Some(at) => at + usize::from(self.clusters.get(at).is_some_and(|it| it.is_rtl)),
            None if (index > self.letters.start) == self.is_rtl => 0,
            None => self.clusters.len(),
        }
    }

    /// The horizontal position of a gap between clusters.
    fn gap_x(&self, gap: usize) -> f64 {
        let [left, right] = self.edges;
        let behind = gap.checked_sub(1).and_then(|at| self.clusters.get(at));
        let before = self.clusters.get(gap).map_or(right, |next| next.left);
        behind.map_or(if gap == 0 { left } else { before }, |it| it.right)
    }

    fn x(&self, stop: CaretStop) -> f64 {
        self.gap_x(self.gap(stop))
    }

    /// The caret nearest to a horizontal position.
    fn nearest(&self, x: f64) -> CaretStop {
        let middle = |it: &PlacedCluster| f64::midpoint(it.left, it.right);
        let gap = self.clusters.partition_point(|it| middle(it) < x);
        let on_left = gap.checked_sub(1).and_then(|at| self.clusters.get(at));
        let on_right = self.clusters.get(gap);
        let stop = match (on_left, on_right) {
            // The cluster that the point is on decides which of two places is meant.
            (Some(left), Some(right)) if x < left.right || right.left > x => left.right_stop(),
            (_, Some(right)) => right.left_stop(),
            (Some(left), None) => left.right_stop(),
            (None, None) => CaretStop::upstream(self.letters.start),
        };
        if stop.index > self.last() {
            return CaretStop::downstream(self.last());
        }
        stop
    }

    /// The caret at the beginning of the line.
    const fn start(&self) -> CaretStop {
        CaretStop::upstream(self.letters.start)
    }

    /// The caret at the end of the line.
    fn end(&self) -> CaretStop {
        CaretStop::downstream(self.last())
    }

    /// The boxes of a range of characters.
    fn marked(&self, letters: &Range<usize>) -> Vec<SelectionBox> {
        let mut boxes: Vec<SelectionBox> = Vec::new();
        let mut add = |left: f64, right: f64| match boxes.last_mut() {
            Some(last) if last.right >= left => last.right = right,
            _ => boxes.push(SelectionBox {
                left,
                top: self.top,
                right,
                bottom: self.bottom,
            }),
        };
        // The end of a paragraph appears as a narrow box.
        let has_end = !self.broken && letters.contains(&self.letters.end);
        let sliver = (self.bottom - self.top) / 4.0;
        let [left, right] = self.edges;
        if has_end && self.is_rtl {
            add(left - sliver, left);
        }
        for it in &self.clusters {
            if it.letters.start < letters.end && letters.start < it.letters.end {
                add(it.left, it.right);
            }
        }
        if has_end && !self.is_rtl {
            add(right, right + sliver);
        }
        boxes
    }
}

impl Layout {
    fn line_number(&self, index: usize) -> usize {
        self.lines
            .partition_point(|line| line.letters.start <= index)
            .saturating_sub(1)
    }

    /// The position of a caret.
    #[must_use]
    pub fn caret(&self, stop: CaretStop) -> Caret {
        let line = self.lines.get(self.line_number(stop.index));
        line.map_or(
            Caret {
                x: 0.0,
                top: 0.0,
                bottom: self.height,
            },
            |line| Caret {
                x: line.x(stop),
                top: line.top,
                bottom: line.bottom,
            },
        )
    }

    /// The caret that is nearest to a point.
    #[must_use]
    pub fn stop_at(&self, x: f64, y: f64) -> CaretStop {
        let below = self.lines.partition_point(|line| line.bottom <= y);
        let line = self.lines.get(below).or(self.lines.last());
        line.map_or(CaretStop::upstream(0), |line| line.nearest(x))
    }

    /// The caret nearest to `x` on the line that is `lines` below (above, if negative). Beyond the
    /// first and the last line, it is the beginning or the end of the text.
    #[must_use]
    pub fn stop_below(&self, index: usize, x: f64, lines: isize) -> CaretStop {
        let to = self.line_number(index).checked_add_signed(lines);
        match to.map(|to| self.lines.get(to)) {
            None => CaretStop::upstream(0),
            Some(None) => self.last_stop(),
            Some(Some(line)) => line.nearest(x),
        }
    }

    fn last_stop(&self) -> CaretStop {
        let last = self.lines.last();
        last.map_or(CaretStop::upstream(0), TextLine::end)
    }

    /// The carets at the beginning and the end of the line that holds this index.
    #[must_use]
    pub fn line_ends(&self, index: usize) -> (CaretStop, CaretStop) {
        let line = self.lines.get(self.line_number(index));
        let none = CaretStop::upstream(0);
        line.map_or((none, none), |line| (line.start(), line.end()))
    }

    /// Whether the paragraph of this index runs from right to left.
    #[must_use]
    pub fn is_rtl_at(&self, index: usize) -> bool {
        let line = self.lines.get(self.line_number(index));
        line.is_some_and(|line| line.is_rtl)
    }

    /// The caret one cluster to the left or right on the screen. Beyond the end of a line it is on
    /// the next line, beyond its beginning on the line before.
    #[must_use]
    pub fn stop_toward(&self, stop: CaretStop, toward: Toward) -> CaretStop {
        let number = self.line_number(stop.index);
        let Some(line) = self.lines.get(number) else {
            return stop;
        };
        let (on_left, on_right) = line.clusters.split_at(line.gap(stop));
        // The place behind the last cluster of a broken line belongs to the next line.
        let is_on_line = |it: &CaretStop| it.index <= line.last();
        let on_line = match toward {
            Toward::Left => on_left
                .iter()
                .rev()
                .map(PlacedCluster::left_stop)
                .find(is_on_line),
            Toward::Right => on_right
                .iter()
                .map(PlacedCluster::right_stop)
                .find(is_on_line),
        };
        if let Some(next) = on_line {
            return next;
        }
        let is_forward = (toward == Toward::Right) != line.is_rtl;
        let other = if is_forward {
            self.lines.get(number + 1).map(TextLine::start)
        } else {
            let before = number.checked_sub(1).and_then(|at| self.lines.get(at));
            before.map(TextLine::end)
        };
        other.unwrap_or(stop)
    }

    /// The boxes of a range of characters, line by line, from left to right.
    #[must_use]
    pub fn marked(&self, letters: Range<usize>) -> Vec<SelectionBox> {
        let lines = self.lines.iter();
        lines.flat_map(|line| line.marked(&letters)).collect()
    }
}
