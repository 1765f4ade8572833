//! The table of medians.

use std::fmt::Write as _;

use crate::row::Row;

/// Explains the table.
pub(crate) const LEGEND: &str = "\
Medians (and the range) in milliseconds; x is the ratio of two medians. Opening counts from the start of
the navigation: first ink is the first frame after something was painted, complete the frame after the
last change. Frame: from one animation frame to the next. Cpu: processor time of all threads of the page's
process. Let go, undo, delete: the longest time between two frames until nothing changes any more; task:
the longest task meanwhile, 0 below 50 ms. Ink: from an event of the pointer to the frame after its ink was
painted; marks lost: places that had no ink after 5 s. Bytes: payload of the WebSocket frames with the
commits, for each move of the pointer. Join: a client without a page, until it has the board; kB: all
messages until then. Memory: resident memory of the page's process, or of the server's: when its boards had
been filled, and at the end of each round. Floor: a page that only draws the same strokes.";

/// Characters of the names of figures, of a column, and of a ratio.
const NAME: usize = 50;
const COLUMN: usize = 26;
const RATIO: usize = 18;

/// The figures of all rows, by column.
#[derive(Debug)]
pub(crate) struct Table {
    names: Vec<String>,
    /// Row, column, and the figures of one measurement.
    all: Vec<(Row, usize, Vec<f64>)>,
}

impl Table {
    /// An empty table with columns of these names.
    pub(crate) fn new(names: impl Iterator<Item = String>) -> Self {
        Self {
            names: names.collect(),
            all: Vec::new(),
        }
    }

    /// Adds one measurement.
    pub(crate) fn add(&mut self, row: &Row, column: usize, figures: &[f64]) {
        self.all.push((*row, column, figures.to_vec()));
    }

    /// The table in words: a line for each figure. A cell is empty if nothing was measured.
    pub(crate) fn text(&self, rows: &[Row]) -> String {
        let mut text = format!("\n{:<NAME$}", "");
        for name in &self.names {
            let _ = write!(text, "{name:>COLUMN$}");
        }
        for (one, other) in self.ratios() {
            let names = format!("x {}/{}", self.name(one), self.name(other));
            let _ = write!(text, "{names:>RATIO$}");
        }
        for row in rows {
            for (index, figure) in row.figures().iter().enumerate() {
                let _ = write!(text, "\n{:<NAME$}", format!("{}: {figure}", row.name()));
                text += self.line(row, index).trim_end();
            }
        }
        text + "\n"
    }

    /// The cells of a figure, and the ratios of their medians.
    fn line(&self, row: &Row, figure: usize) -> String {
        let columns = 0..self.names.len();
        let all: Vec<_> = columns
            .map(|column| self.summary(row, column, figure))
            .collect();
        let mut line = String::new();
        for summary in &all {
            let range =
                |[least, median, most]: &[f64; 3]| format!("{median:.1} ({least:.1}-{most:.1})");
            let cell = summary.as_ref().map(range).unwrap_or_default();
            let _ = write!(line, "{cell:>COLUMN$}");
        }
        let median = |column: usize| all.get(column).copied().flatten().map(|[_, half, _]| half);
        for (one, other) in self.ratios() {
            let both = median(one).zip(median(other));
            let both = both.filter(|(_, divisor)| *divisor > 0.0);
            let ratio = both.map(|(one, other)| format!("{:.2}", one / other));
            let _ = write!(line, "{:>RATIO$}", ratio.unwrap_or_default());
        }
        line
    }

    /// Which columns are divided by which: each but the last by the last, the floor, and a second
    /// client by the first.
    fn ratios(&self) -> Vec<(usize, usize)> {
        let floor = self.names.len().saturating_sub(1);
        let clients = (1..floor).map(|client| (client, 0));
        clients
            .chain((0..floor).map(|client| (client, floor)))
            .collect()
    }

    fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The least value of a figure, the median and the greatest; `None` if there is none.
    fn summary(&self, row: &Row, column: usize, figure: usize) -> Option<[f64; 3]> {
        let of_row = self.all.iter();
        let of_row = of_row.filter(|(other, by, _)| other == row && *by == column);
        let mut values: Vec<f64> = of_row
            .filter_map(|(_, _, figures)| figures.get(figure).copied())
            .collect();
        values.sort_by(f64::total_cmp);
        let half = values.get(values.len() / 2)?;
        Some([*values.first()?, *half, *values.last()?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Action;

    #[test]
    fn clients_are_compared_by_their_medians_with_each_other_and_with_the_floor() {
        let [draw, select] =
            [Action::Draw, Action::Select].map(|action| Row { action, strokes: 5 });
        let mut table = Table::new(["one", "two", "floor"].map(str::to_owned).into_iter());
        for (column, ink) in [(0, 9.0), (0, 1.0), (0, 4.0), (1, 2.0), (2, 8.0)] {
            table.add(&draw, column, &[ink]);
        }
        table.add(&select, 0, &[3.0]);
        let text = table.text(&[draw, select]);
        let cells = |line: usize| -> Vec<&str> {
            let line = text.lines().nth(line).unwrap();
            line.split(": ")
                .nth(1)
                .unwrap()
                .split_whitespace()
                .collect()
        };
        let (numbers, ratios) = (["4.0", "(1.0-9.0)", "2.0"], ["0.50", "0.50", "0.25"]);
        assert!(cells(2).windows(3).any(|some| some == numbers), "{text}");
        assert!(cells(2).ends_with(&ratios), "{text}");
        assert!(!text.contains("NaN"), "{text}");
    }
}
