//! The rows of a sequence diagram: the height of everything, from top to bottom.

use kurbo::{Point, Rect, Size};

use super::columns::{ACTIVE, ACTIVE_SHIFT, Frame, LIFELINE, NOTE_GAP, loop_reach, over_margin};
use crate::draw::texts::{GROUP_TEXT_SIZE, Texts};
use crate::model::{Block, BlockKind, Event, Label, Message, NotePlace, Sequence};

/// Space between rows.
const ROW_GAP: f64 = 24.0;
/// The least height of a message, and of one without text.
const LEAST_ROW: f64 = 32.0;
/// The height of a message to oneself beside its text.
const LOOP_HEIGHT: f64 = 28.0;
/// Space between the border of a block and its content, above and below.
const BLOCK_GAP: f64 = 12.0;
/// Space between the border of a block and the lifelines in it; an inner block has less.
const BLOCK_MARGIN: f64 = 56.0;
const BLOCK_STEP: f64 = 10.0;
const LEAST_MARGIN: f64 = 16.0;
/// The height of the title of a block, with the space around it.
const TAB_HEIGHT: f64 = 52.0;
/// How far the bar of an active participant reaches beyond its first and its last message.
const BAR_END: f64 = 10.0;

/// A message with its place.
pub(super) struct PlacedMessage {
    /// Its number among the events.
    pub(super) event: usize,
    /// The column to which it leads.
    to: usize,
    pub(super) y: f64,
    /// How far a message to oneself leads to the right and down.
    pub(super) around: Size,
    /// The bars at which it begins and ends, if its participants are active there.
    pub(super) bars: [Option<usize>; 2],
}

/// The time in which a participant is active.
pub(super) struct Bar {
    pub(super) column: usize,
    pub(super) rect: Rect,
}

/// A block with its place.
pub(super) struct PlacedBlock {
    pub(super) kind: BlockKind,
    pub(super) label: Label,
    pub(super) rect: Rect,
    /// The upper edges of its further parts, and their labels.
    pub(super) parts: Vec<(f64, Label)>,
}

/// The rows.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) messages: Vec<PlacedMessage>,
    pub(super) notes: Vec<(Label, Rect)>,
    pub(super) bars: Vec<Bar>,
    /// In the order in which they end: inner blocks before outer ones.
    pub(super) blocks: Vec<PlacedBlock>,
    /// The participants' boxes.
    pub(super) heads: Vec<Rect>,
    pub(super) lifelines: Vec<Rect>,
    /// The lower ends of lifelines.
    pub(super) bottom: f64,
}

/// A block that has not ended yet.
struct OpenBlock {
    block: PlacedBlock,
    /// The left and the right edge of its content.
    reach: (f64, f64),
    /// How many blocks it holds in each other at most.
    inner: usize,
}

struct Walk<'a> {
    frame: &'a Frame,
    texts: Texts<'a>,
    y: f64,
    rows: Rows,
    open: Vec<OpenBlock>,
    /// The bars of each column that have not ended, by their numbers.
    active: Vec<Vec<usize>>,
    /// Where each lifeline begins and ends, as far as that is known.
    created: Vec<Option<f64>>,
    destroyed: Vec<Option<f64>>,
}

impl Rows {
    pub(super) fn new(sequence: &Sequence, frame: &Frame, texts: Texts<'_>) -> Self {
        let count = sequence.columns.len();
        let mut walk = Walk {
            frame,
            texts,
            y: frame.head + ROW_GAP,
            rows: Self::default(),
            open: Vec::new(),
            active: vec![Vec::new(); count],
            created: vec![None; count],
            destroyed: vec![None; count],
        };
        for (at, event) in sequence.events.iter().enumerate() {
            walk.event(sequence, at, event);
        }
        walk.finish()
    }
}

impl Walk<'_> {
    fn event(&mut self, sequence: &Sequence, at: usize, event: &Event) {
        match event {
            Event::Message(message) => self.message(sequence, at, message),
            Event::Note(note) => self.note(note.place, &note.label),
            Event::Activate(column) => self.activate(*column),
            Event::Deactivate(column) => self.deactivate(*column),
            Event::BlockStart(block) => self.start(block),
            Event::BlockPart(label) => self.part(label),
            Event::BlockEnd => self.end(),
        }
    }

    fn message(&mut self, sequence: &Sequence, at: usize, message: &Message) {
        let text = self.texts.on_line(&message.label);
        let new = sequence
            .columns
            .get(message.to)
            .filter(|it| it.created_by == Some(at));
        let head = new.map_or(0.0, |_| self.frame.head(message.to).height);
        let height = text.height.max(LEAST_ROW).max(head);
        let middle = self.y + height / 2.0;
        let around = if message.from == message.to {
            Size::new(loop_reach(text), text.height + LOOP_HEIGHT)
        } else {
            Size::ZERO
        };
        let top = if around.height > 0.0 { self.y } else { middle };
        let bar = |column: usize| {
            self.active
                .get(column)
                .and_then(|open| open.last().copied())
        };
        self.rows.messages.push(PlacedMessage {
            event: at,
            to: message.to,
            y: top,
            around,
            bars: [bar(message.from), bar(message.to)],
        });
        if let (Some(_), Some(created)) = (new, self.created.get_mut(message.to)) {
            *created = Some(middle);
        }
        let bottom = self.y + height.max(around.height);
        for (column, it) in sequence.columns.iter().enumerate() {
            if it.destroyed_by == Some(at)
                && let Some(end) = self.destroyed.get_mut(column)
            {
                *end = Some(middle.max(top + around.height));
            }
        }
        let own = [message.from, message.to].map(|column| self.frame.middle(column));
        let right = own[0].max(own[1]).max(
            own[0] + around.width + text.width / 2.0 * f64::from(u8::from(around.width > 0.0)),
        );
        self.reach(own[0].min(own[1]), right);
        self.y = bottom + ROW_GAP;
    }

    fn note(&mut self, place: NotePlace, label: &Label) {
        let natural = self.texts.note(label, 0.0);
        let (left, size) = match place {
            NotePlace::LeftOf(at) => {
                let right = self.frame.middle(at) - NOTE_GAP;
                (right - natural.width, natural)
            }
            NotePlace::RightOf(at) => (self.frame.middle(at) + NOTE_GAP, natural),
            NotePlace::Over(from, to) => {
                let (from, to) = (self.frame.middle(from), self.frame.middle(to));
                let wide = to - from + 2.0 * over_margin();
                let size = if to > from {
                    self.texts.note(label, wide)
                } else {
                    natural
                };
                (f64::midpoint(from, to) - size.width / 2.0, size)
            }
        };
        let rect = Rect::from_origin_size(Point::new(left, self.y), size);
        self.rows.notes.push((label.clone(), rect));
        self.reach(rect.x0, rect.x1);
        self.y = rect.y1 + ROW_GAP;
    }

    /// A participant becomes active with the message before.
    fn activate(&mut self, column: usize) {
        let top = self.last_message();
        let Some(open) = self.active.get_mut(column) else {
            return;
        };
        let shift = open.len() as f64 * ACTIVE_SHIFT;
        let left = self.frame.middle(column) - ACTIVE / 2.0 + shift;
        let number = self.rows.bars.len();
        open.push(number);
        let rect = Rect::new(left, top - BAR_END, left + ACTIVE, top);
        self.rows.bars.push(Bar { column, rect });
        // The message that makes it active ends at the new bar.
        if let Some(message) = self.rows.messages.last_mut().filter(|it| it.to == column) {
            message.bars[1] = Some(number);
        }
    }

    fn deactivate(&mut self, column: usize) {
        let bottom = self.last_message() + BAR_END;
        let number = self.active.get_mut(column).and_then(Vec::pop);
        self.close(number, bottom);
    }

    fn close(&mut self, bar: Option<usize>, bottom: f64) {
        if let Some(bar) = bar.and_then(|at| self.rows.bars.get_mut(at)) {
            bar.rect.y1 = bottom.max(bar.rect.y0 + LEAST_ROW / 2.0);
        }
    }

    /// The lower end of the last message, or the present place before the first one.
    fn last_message(&self) -> f64 {
        let last = self.rows.messages.last();
        last.map_or(self.y, |message| message.y + message.around.height)
    }

    fn start(&mut self, block: &Block) {
        let title = match block.kind {
            BlockKind::Named(_) => TAB_HEIGHT + BLOCK_GAP,
            BlockKind::Background(_) => 0.0,
        };
        let top = Rect::new(0.0, self.y, 0.0, self.y);
        self.open.push(OpenBlock {
            block: PlacedBlock {
                kind: block.kind,
                label: block.label.clone(),
                rect: top,
                parts: Vec::new(),
            },
            reach: (f64::MAX, f64::MIN),
            inner: 0,
        });
        self.y += title + BLOCK_GAP;
    }

    fn part(&mut self, label: &Label) {
        let y = self.y;
        if let Some(open) = self.open.last_mut() {
            open.block.parts.push((y, label.clone()));
            self.y += TAB_HEIGHT + 2.0 * BLOCK_GAP;
        }
    }

    fn end(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        let (mut left, mut right) = open.reach;
        if left > right {
            let all = 0..self.frame.middles.len();
            left = all
                .clone()
                .map(|at| self.frame.middle(at))
                .fold(f64::MAX, f64::min);
            right = all.map(|at| self.frame.middle(at)).fold(f64::MIN, f64::max);
        }
        let margin = (BLOCK_MARGIN - BLOCK_STEP * self.open.len() as f64).max(LEAST_MARGIN);
        let title = title_width(&open.block, &self.texts);
        let right = (right + margin).max(left - margin + title);
        open.block.rect = Rect::new(
            left - margin,
            open.block.rect.y0,
            right,
            self.y - ROW_GAP + BLOCK_GAP,
        );
        let (x0, x1) = (open.block.rect.x0, open.block.rect.x1);
        self.y += BLOCK_GAP;
        self.rows.blocks.push(open.block);
        let inner = open.inner + 1;
        if let Some(outer) = self.open.last_mut() {
            outer.inner = outer.inner.max(inner);
            outer.reach = (outer.reach.0.min(x0), outer.reach.1.max(x1));
        }
    }

    /// The innermost block holds what lies between two places.
    fn reach(&mut self, left: f64, right: f64) {
        if let Some(open) = self.open.last_mut() {
            open.reach = (open.reach.0.min(left), open.reach.1.max(right));
        }
    }

    fn finish(mut self) -> Rows {
        while !self.open.is_empty() {
            self.end();
        }
        self.rows.bottom = self.y;
        let bottom = self.y;
        let left_open: Vec<usize> = self.active.iter().flatten().copied().collect();
        for bar in left_open {
            self.close(Some(bar), bottom - ROW_GAP / 2.0);
        }
        for column in 0..self.frame.middles.len() {
            let middle = self.frame.middle(column);
            let size = self.frame.head(column);
            let created = self.created.get(column).copied().flatten();
            let centre = created.unwrap_or(self.frame.head / 2.0);
            let head = Rect::from_center_size(Point::new(middle, centre), size);
            let end = self
                .destroyed
                .get(column)
                .copied()
                .flatten()
                .unwrap_or(bottom);
            let (left, right) = (middle - LIFELINE / 2.0, middle + LIFELINE / 2.0);
            let lifeline = Rect::new(left, head.y1, right, end.max(head.y1 + LEAST_ROW));
            self.rows.heads.push(head);
            self.rows.lifelines.push(lifeline);
        }
        self.rows
    }
}

/// The width that the title of a block and its parts need.
fn title_width(block: &PlacedBlock, texts: &Texts<'_>) -> f64 {
    let own = texts.free(&title(block), GROUP_TEXT_SIZE, None).width;
    let parts = block.parts.iter();
    let parts = parts.map(|(_, label)| texts.free(&part_title(label), GROUP_TEXT_SIZE, None).width);
    parts.fold(own, f64::max) + 4.0 * BLOCK_GAP
}

/// The text at the upper left corner of a block.
pub(super) fn title(block: &PlacedBlock) -> Label {
    match block.kind {
        BlockKind::Background(_) => Label::default(),
        BlockKind::Named(word) if block.label.is_empty() => Label::plain(word).bold(),
        BlockKind::Named(word) => block.label.after(&format!("{word}: ")),
    }
}

/// The text above a further part of a block.
pub(super) fn part_title(label: &Label) -> Label {
    if label.is_empty() {
        Label::plain("else")
    } else {
        label.clone()
    }
}
