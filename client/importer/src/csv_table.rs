//! Reads tables of text: cells divided by commas, semicolons or tabs.

use shared::model::{Align, Marks};

use crate::rich_text::{Block, Cell};

/// Separators that are tried, the first one that divides the first line most often wins.
const SEPARATORS: [u8; 3] = [b'\t', b',', b';'];

/// The rows of a table; `None` if no line is divided.
pub(crate) fn read(text: &str) -> Option<Block> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next()?.as_bytes();
    let count = |separator: &u8| first.iter().filter(|byte| *byte == separator).count();
    // Of equal counts the first one stands.
    let separator = SEPARATORS.into_iter().rev().max_by_key(count)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let rows = reader.records().map_while(Result::ok);
    let rows = rows.map(|row| row.iter().map(cell).collect::<Vec<Cell>>());
    let rows: Vec<Vec<Cell>> = rows.collect();
    let is_table = rows.iter().any(|row| row.len() > 1);
    is_table.then_some(Block::Table(rows))
}

fn cell(text: &str) -> Cell {
    let lines = text.trim().lines();
    let number = text
        .trim()
        .trim_end_matches('%')
        .replace([',', ' ', '\u{a0}'], "");
    let is_number = number.parse::<f64>().is_ok_and(f64::is_finite);
    Cell {
        lines: lines
            .map(|line| vec![(line.to_owned(), Marks::NONE)])
            .collect(),
        align: if is_number { Align::End } else { Align::Start },
        columns: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rich_text;

    fn texts(text: &str) -> Option<Vec<String>> {
        let block = read(text)?;
        let (elements, _) = rich_text::elements(&[block], 1.0);
        Some(elements.iter().map(|new| new.text.plain()).collect())
    }

    #[test]
    fn cells_are_divided_by_commas_semicolons_or_tabs() {
        let cells = ["a", "b, \"c\"", "1", "two\nlines"];
        assert_eq!(
            texts("a,\"b, \"\"c\"\"\"\n1,\"two\nlines\"\n").unwrap(),
            cells
        );
        assert_eq!(texts("\u{feff}a;b\r\n1;2").unwrap(), ["a", "b", "1", "2"]);
        assert_eq!(texts("a\tb,c\n1\t").unwrap(), ["a", "b,c", "1"]);
        assert_eq!(texts("only a line"), None);
        assert_eq!(texts(""), None);
    }

    #[test]
    fn large_tables_are_bounded() {
        let wide = "a,".repeat(100_000);
        assert!(texts(&wide).unwrap().len() <= 500);
        let long = "a,b\n".repeat(100_000);
        assert!(texts(&long).unwrap().len() <= crate::limits::MAX_ELEMENTS);
    }
}
