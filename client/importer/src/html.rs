//! Reads HTML of text programs and tables: bold and italic letters, lists, tables, links.
//!
//! The page of the browser has parsed it before and wrote it as XML, so that mistakes of HTML are
//! mended as every browser mends them.

#[cfg(test)]
mod tests;

use shared::model::{Align, Marks};

use crate::left_out::{LeftOut, Report};
use crate::markup::{Document, NodeId};
use crate::rich_text::{Block, Cell, Span};

/// Tags whose content begins and ends a line.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "dt",
    "dd",
    "pre",
];
/// Tags whose content is not text.
const HIDDEN: [&str; 8] = [
    "head", "style", "script", "title", "template", "noscript", "svg", "math",
];
/// Spaces before an item of a list in a list.
const INDENT: &str = "    ";

/// The text, lists and tables of a page.
pub(crate) fn read(text: &str) -> (Vec<Block>, Report) {
    let document = Document::read(text);
    let mut reader = Reader {
        document: &document,
        blocks: Vec::new(),
        lines: Vec::new(),
        report: Report::default(),
    };
    if document.is_cut {
        reader.report.add(LeftOut::TooMany);
    }
    reader.inside(Document::ROOT, &Style::default());
    reader.end_lines();
    (reader.blocks, reader.report)
}

/// The style that tags inherit.
#[derive(Clone, Debug, Default)]
struct Style {
    marks: Marks,
    align: Align,
    preserves_space: bool,
    /// The number of lists around.
    lists: usize,
}

struct Reader<'a> {
    document: &'a Document,
    blocks: Vec<Block>,
    /// The lines since the last table.
    lines: Vec<Vec<Span>>,
    report: Report,
}

impl Reader<'_> {
    fn inside(&mut self, id: NodeId, style: &Style) {
        let mut item = 0;
        for child in &self.document.node(id).children {
            if &*self.document.node(*child).name == "li" {
                item += 1;
            }
            self.visit(*child, style, item);
        }
    }

    /// Visits a tag or text; `item` is its number within its list.
    fn visit(&mut self, id: NodeId, outer: &Style, item: usize) {
        let document = self.document;
        let node = document.node(id);
        let name = node.name.to_ascii_lowercase();
        if name.is_empty() {
            return self.write(&node.text, outer);
        }
        if HIDDEN.contains(&name.as_str()) {
            return;
        }
        let style = style_of(document, id, outer);
        match name.as_str() {
            "br" => self.lines.push(Vec::new()),
            "img" => self.report.add(LeftOut::Pictures),
            "table" => self.table(id, &style),
            "a" => self.link(id, &style),
            "li" => {
                self.begin_line();
                let parent = node.parent.map(|parent| document.node(parent));
                let is_numbered = parent.is_some_and(|parent| &*parent.name == "ol");
                let mark = if is_numbered {
                    [&item.to_string(), ". "].concat()
                } else {
                    "• ".to_owned()
                };
                let indent = INDENT.repeat(style.lists.saturating_sub(1));
                self.push([indent, mark].concat(), Marks::NONE);
                self.inside(id, &style);
                self.begin_line();
            }
            name if BLOCKS.contains(&name) => {
                // Text in an item begins behind the mark.
                if !self.is_after_mark() {
                    self.begin_line();
                }
                self.inside(id, &style);
                self.begin_line();
            }
            _ => self.inside(id, &style),
        }
    }

    fn is_after_mark(&self) -> bool {
        let line = self.lines.last();
        line.is_some_and(|line| line.len() == 1 && line.iter().all(|(text, _)| is_mark(text)))
    }

    /// Begins a line, unless the last one is empty.
    fn begin_line(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Vec::new());
        }
    }

    fn push(&mut self, text: String, marks: Marks) {
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut() {
            line.push((text, marks));
        }
    }

    fn write(&mut self, text: &str, style: &Style) {
        if style.preserves_space {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.lines.push(Vec::new());
                }
                if !line.is_empty() {
                    self.push(line.replace('\t', INDENT), style.marks);
                }
            }
            return;
        }
        let last = self.lines.last().and_then(|line| line.last());
        let ends_in_space = last.is_none_or(|(text, _)| text.ends_with(' '));
        let mut words = String::new();
        for letter in text.chars() {
            match letter {
                '\u{a0}' => words.push(' '),
                letter if !letter.is_whitespace() && !letter.is_control() => words.push(letter),
                _ if !(words.ends_with(' ') || words.is_empty() && ends_in_space) => {
                    words.push(' ')
                }
                _ => {}
            }
        }
        if !words.is_empty() {
            self.push(words, style.marks);
        }
    }

    /// A link is its text, and its address if that says more.
    fn link(&mut self, id: NodeId, style: &Style) {
        self.inside(id, style);
        let node = self.document.node(id);
        let address = node.get("href").unwrap_or_default();
        let words = self.document.text_in(id);
        let is_new = !words.contains(address.trim_end_matches('/'));
        let is_address = ["http://", "https://", "mailto:"]
            .iter()
            .any(|it| address.starts_with(it));
        if is_address && is_new && !words.trim().is_empty() {
            self.push([" (", address, ")"].concat(), style.marks);
        }
    }

    fn table(&mut self, id: NodeId, style: &Style) {
        self.end_lines();
        let mut rows = Vec::new();
        self.rows(id, style, &mut rows);
        self.blocks.push(Block::Table(rows));
    }

    fn rows(&mut self, id: NodeId, style: &Style, rows: &mut Vec<Vec<Cell>>) {
        let document = self.document;
        for child in &document.node(id).children {
            let inner = style_of(document, *child, style);
            match document.node(*child).name.to_ascii_lowercase().as_str() {
                "tr" => {
                    let row = self.cells(*child, &inner);
                    rows.push(row);
                }
                "thead" | "tbody" | "tfoot" => self.rows(*child, &inner, rows),
                _ => {}
            }
        }
    }

    fn cells(&mut self, row: NodeId, style: &Style) -> Vec<Cell> {
        let document = self.document;
        let mut cells = Vec::new();
        for child in &document.node(row).children {
            let node = document.node(*child);
            if !matches!(node.name.to_ascii_lowercase().as_str(), "td" | "th") {
                continue;
            }
            let inner = style_of(document, *child, style);
            let mut cell = Reader {
                document,
                blocks: Vec::new(),
                lines: Vec::new(),
                report: std::mem::take(&mut self.report),
            };
            cell.inside(*child, &inner);
            self.report = std::mem::take(&mut cell.report);
            cells.push(Cell {
                lines: cell.all_lines(),
                align: inner.align,
                columns: node
                    .get("colspan")
                    .and_then(|it| it.parse().ok())
                    .unwrap_or(1),
            });
        }
        cells
    }

    /// The lines of a cell, with those of tables in it.
    fn all_lines(mut self) -> Vec<Vec<Span>> {
        self.end_lines();
        let mut lines = Vec::new();
        for block in self.blocks {
            match block {
                Block::Lines(own) => lines.extend(own),
                Block::Table(rows) => {
                    let cells = rows.into_iter().flatten();
                    lines.extend(cells.flat_map(|cell| cell.lines));
                }
            }
        }
        lines
    }

    /// Ends the lines before a table, or all of them.
    fn end_lines(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        for line in &mut lines {
            if let Some((text, _)) = line.last_mut() {
                text.truncate(text.trim_end().len());
            }
            line.retain(|(text, _)| !text.is_empty());
        }
        let is_blank = |line: &Vec<Span>| line.is_empty();
        while lines.last().is_some_and(is_blank) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| line.is_empty()).count();
        lines.drain(..blank);
        if !lines.is_empty() {
            self.blocks.push(Block::Lines(lines));
        }
    }
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text == "•"
        || text
            .strip_suffix('.')
            .is_some_and(|it| it.parse::<u32>().is_ok())
}

/// The style inside a tag.
fn style_of(document: &Document, id: NodeId, outer: &Style) -> Style {
    let node = document.node(id);
    let mut style = outer.clone();
    match node.name.to_ascii_lowercase().as_str() {
        "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            style.marks = style.marks.set(Marks::BOLD, true);
        }
        "i" | "em" | "cite" => style.marks = style.marks.set(Marks::ITALIC, true),
        "pre" => style.preserves_space = true,
        "ul" | "ol" => style.lists += 1,
        _ => {}
    }
    let own = node.get("style").unwrap_or_default().split(';');
    let own = own.filter_map(|rule| rule.split_once(':'));
    let align = node.get("align").map(|align| ("text-align", align));
    for (name, value) in own.chain(align) {
        let value = value.trim();
        match name.trim() {
            // Docs wraps everything in a `b` of normal weight.
            "font-weight" => {
                let is_bold =
                    value.starts_with("bold") || value.parse().is_ok_and(|it: f64| it >= 600.0);
                style.marks = style.marks.set(Marks::BOLD, is_bold);
            }
            "font-style" => style.marks = style.marks.set(Marks::ITALIC, value == "italic"),
            "white-space" if value == "pre" => style.preserves_space = true,
            "text-align" => {
                style.align = match value {
                    "center" => Align::Center,
                    "right" | "end" => Align::End,
                    _ => Align::Start,
                };
            }
            _ => {}
        }
    }
    style
}
