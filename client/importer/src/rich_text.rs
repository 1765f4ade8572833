//! Text and tables as elements: one text for lines in a row, and a grid of texts for a table.

use kurbo::Size;
use shared::geometry::BoardPoint;
use shared::id::GroupId;
use shared::limits::{MAX_TEXT_CHARS, MAX_TEXT_SIZE, MIN_TEXT_SIZE};
use shared::model::text::StyledRun;
use shared::model::text_layout::box_size;
use shared::model::{
    Align, Body, Color, Element, Font, Marks, NewElement, OrderKey, Prop, Props, RichText,
};

use crate::ids::AUTHOR;
use crate::ids::id;
use crate::left_out::{LeftOut, Report};
use crate::limits::MAX_ELEMENTS;

/// Size of pasted text in pixels.
const SIZE_PX: f64 = 20.0;
/// A line with more letters than this is long, and its text wraps.
const LONG_LINE: usize = 60;
/// The width of text that wraps, in sizes of its letters.
const WRAP_SIZES: f64 = 25.0;
/// Space between columns and between rows, in sizes of the letters.
const COLUMN_GAP: f64 = 1.5;
const ROW_GAP: f64 = 0.5;
/// Columns of a table at most.
const MAX_COLUMNS: usize = 500;

/// A piece of text in one style.
pub(crate) type Span = (String, Marks);

/// A part of a rich text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// Lines of text.
    Lines(Vec<Vec<Span>>),
    /// Rows of a table.
    Table(Vec<Vec<Cell>>),
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub(crate) lines: Vec<Vec<Span>>,
    pub(crate) align: Align,
    /// The number of columns that it covers, at least 1.
    pub(crate) columns: usize,
}

/// The elements of blocks, one below the other.
pub(crate) fn elements(blocks: &[Block], zoom: f64) -> (Vec<NewElement>, Report) {
    let mut page = Page {
        size: SIZE_PX / zoom,
        y: 0.0,
        elements: Vec::new(),
        report: Report::default(),
        tables: 0,
    };
    for block in blocks {
        match block {
            Block::Lines(lines) => page.lines(lines),
            Block::Table(rows) => page.table(rows),
        }
    }
    (page.elements, page.report)
}

struct Page {
    /// Size of the letters in board units.
    size: f64,
    /// Where the next block begins.
    y: f64,
    elements: Vec<NewElement>,
    report: Report,
    tables: usize,
}

impl Page {
    fn lines(&mut self, lines: &[Vec<Span>]) {
        if let Some(new) = self.text(lines, Align::Start) {
            let size = size_of(&new);
            self.put(new, 0.0, self.y, None);
            self.y += size.height + self.size * ROW_GAP;
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        self.tables += 1;
        let group = GroupId::from_bytes(*id(self.tables).as_bytes());
        let mut cells = Vec::new();
        let mut widths: Vec<f64> = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in line {
                if cells.len() >= MAX_ELEMENTS || column >= MAX_COLUMNS {
                    self.report.add(LeftOut::TooMany);
                    break;
                }
                if let Some(new) = self.text(&cell.lines, cell.align) {
                    let size = size_of(&new);
                    widths.resize(widths.len().max(column + 1), 0.0);
                    if let Some(width) = widths.get_mut(column).filter(|_| cell.columns <= 1) {
                        *width = width.max(size.width);
                    }
                    cells.push((row, column, size, new));
                }
                column += cell.columns.max(1);
            }
        }
        let mut lefts = vec![0.0];
        for width in &widths {
            let left = lefts.last().copied().unwrap_or(0.0) + width + self.size * COLUMN_GAP;
            lefts.push(left);
        }
        let mut cells = cells.into_iter().peekable();
        while let Some(row) = cells.peek().map(|(row, ..)| *row) {
            let mut height: f64 = 0.0;
            while let Some((_, column, size, new)) = cells.next_if(|(at, ..)| *at == row) {
                height = height.max(size.height);
                let left = lefts.get(column).copied().unwrap_or(0.0);
                let free = (widths.get(column).copied().unwrap_or(0.0) - size.width).max(0.0);
                let left = match new.props.align() {
                    Align::Start => left,
                    Align::Center => left + free / 2.0,
                    Align::End => left + free,
                };
                self.put(new, left, self.y, Some(group));
            }
            self.y += height + self.size * ROW_GAP;
        }
    }

    fn put(&mut self, mut new: NewElement, x: f64, y: f64, group: Option<GroupId>) {
        if self.elements.len() >= MAX_ELEMENTS {
            return self.report.add(LeftOut::TooMany);
        }
        new.id = id(self.elements.len() + 1);
        new.props.at = BoardPoint::new(x, y);
        new.props.set(Prop::Groups(group.into_iter().collect()));
        self.elements.push(new);
    }

    /// A text of these lines; `None` if it has no letters.
    fn text(&mut self, lines: &[Vec<Span>], align: Align) -> Option<NewElement> {
        let mut spans: Vec<Span> = Vec::new();
        let mut is_long = false;
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                spans.push(("\n".to_owned(), Marks::NONE));
            }
            is_long |= line
                .iter()
                .map(|(text, _)| text.chars().count())
                .sum::<usize>()
                > LONG_LINE;
            spans.extend(line.iter().cloned());
        }
        let text = typed(spans, &mut self.report)?;
        let size = (self.size as f32).clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE);
        let at = BoardPoint::default();
        let mut props = Props::plain(OrderKey::first(), at, Color::Black, 1.0, 255);
        props.set(Prop::Font(Font::Sans));
        props.set(Prop::TextSize(size));
        props.set(Prop::Align(align));
        if is_long {
            props.set(Prop::Size([(self.size * WRAP_SIZES) as f32, 0.0]));
        }
        let mut new = NewElement::new(id(0), props, Body::Text);
        new.text = text;
        Some(new)
    }
}

/// A text of these pieces, as far as the limit allows; `None` if it has no letters.
pub(crate) fn typed(mut spans: Vec<Span>, report: &mut Report) -> Option<RichText> {
    let mut left = MAX_TEXT_CHARS;
    for (text, _) in &mut spans {
        if let Some((end, _)) = text.char_indices().nth(left) {
            text.truncate(end);
            report.add(LeftOut::LongTexts);
        }
        left -= text.chars().count();
    }
    if spans.iter().all(|(text, _)| text.trim().is_empty()) {
        return None;
    }
    let runs = spans.iter().map(|(text, marks)| StyledRun {
        text,
        marks: *marks,
    });
    Some(RichText::typed(AUTHOR, runs))
}

pub(crate) fn size_of(new: &NewElement) -> Size {
    box_size(&Element::new(new.clone(), AUTHOR))
}
