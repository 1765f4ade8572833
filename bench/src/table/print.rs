//! Tables of figures, in Markdown.

use crate::output::say;

/// A table.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub(crate) fn new(columns: &[&str]) -> Self {
        let columns = columns.iter().map(|it| (*it).to_owned());
        Self {
            rows: vec![columns.collect()],
        }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Prints it below a title.
    pub(crate) fn print(&self, title: &str) {
        say(&format!("\n{title}\n"));
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let columns = self.rows.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (number, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate();
            let cells = cells.map(|(at, (cell, width))| match at {
                0 => format!(" {cell:<width$} "),
                _ => format!(" {cell:>width$} "),
            });
            say(&format!("|{}|", cells.collect::<Vec<_>>().join("|")));
            if number == 0 {
                let line = widths.iter().enumerate().map(|(at, width)| match at {
                    0 => "-".repeat(width + 2),
                    _ => format!("{}:", "-".repeat(width + 1)),
                });
                say(&format!("|{}|", line.collect::<Vec<_>>().join("|")));
            }
        }
    }
}
