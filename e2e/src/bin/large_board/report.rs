//! The table of medians.

use std::fmt::Write as _;

use crate::row::Row;

/// Explains the table.
pub(crate) const LEGEND: &str = "\
Medians (and the range) in milliseconds. Opening counts from the start of the navigation: first ink is
the first frame after something was painted, complete the frame after the last change. Frame: from one
animation frame to the next. Cpu: processor time of all threads of the page's process. Let go, undo, delete: the longest time
between two frames until nothing changes any more; task: the longest task meanwhile, 0 below 50 ms.
Memory: resident memory of the page's process.";

/// The figures of all rows, by client.
#[derive(Debug)]
pub(crate) struct Table {
    names: Vec<String>,
    /// Row, client, and the figures of one measurement.
    all: Vec<(Row, usize, Vec<f64>)>,
}

impl Table {
    /// An empty table for clients of these names.
    pub(crate) fn new(names: impl Iterator<Item = String>) -> Self {
        Self {
            names: names.collect(),
            all: Vec::new(),
        }
    }

    /// Adds one measurement.
    pub(crate) fn add(&mut self, row: &Row, client: usize, figures: &[f64]) {
        self.all.push((*row, client, figures.to_vec()));
    }

    /// The table in words: a line for each figure.
    pub(crate) fn text(&self, rows: &[Row]) -> String {
        let mut text = format!("\n{:<44}", "");
        for name in &self.names {
            let _ = write!(text, "{name:>26}");
        }
        for row in rows {
            for (index, figure) in row.figures().iter().enumerate() {
                let _ = write!(text, "\n{:<44}", format!("{}: {figure}", row.name()));
                let mut medians = Vec::new();
                for client in 0..self.names.len() {
                    let [least, median, most] = self.summary(row, client, index);
                    medians.push(median);
                    let range = format!("{median:.1} ({least:.1}-{most:.1})");
                    let _ = write!(text, "{range:>26}");
                }
                if let [first, second] = medians.as_slice() {
                    let _ = write!(text, "   x {:.2}", second / first);
                }
            }
        }
        text + "\n"
    }

    /// The least value of a figure, the median and the greatest.
    fn summary(&self, row: &Row, client: usize, figure: usize) -> [f64; 3] {
        let of_row = self.all.iter();
        let of_row = of_row.filter(|(other, by, _)| other == row && *by == client);
        let mut values: Vec<f64> = of_row
            .filter_map(|(_, _, figures)| figures.get(figure).copied())
            .collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        [
            at(0),
            at(values.len() / 2),
            at(values.len().wrapping_sub(1)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Action;

    #[test]
    fn two_clients_are_compared_by_their_medians() {
        let row = Row {
            action: Action::Draw,
            strokes: 5,
        };
        let mut table = Table::new(["one", "two"].map(str::to_owned).into_iter());
        for (client, ink) in [(0, 9.0), (0, 1.0), (0, 4.0), (1, 2.0)] {
            table.add(&row, client, &[ink, 1.0]);
        }
        let text = table.text(&[row]);
        assert!(
            text.contains("4.0 (1.0-9.0)") && text.contains("x 0.50"),
            "{text}"
        );
    }
}
