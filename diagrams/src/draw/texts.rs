//! The sizes that texts need, from the typesetter of the board.

use kurbo::Size;
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::text_layout::{box_size, runs, text_layout};
use shared::model::{
    Align, Body, Color, Element, Font, NewElement, OrderKey, Outline, Prop, Props, RichText,
};
use shared::typeset::{Layout, LayoutOptions, Measures, layout_measured, pieces};

use super::sketch::outline;
use crate::drawing::Options;
use crate::model::{Label, Shape};

/// Size of the text of nodes: that of the editor.
pub(super) const TEXT_SIZE: f64 = 24.0;
/// Size of the text of edges.
pub(super) const EDGE_TEXT_SIZE: f64 = 20.0;
/// Size of the text of a title of a nested group.
pub(super) const GROUP_TEXT_SIZE: f64 = 18.0;
/// The width at which the text of a rectangle wraps, as a multiple of its size: five or six words.
const WRAP: f64 = 13.0;
/// The widths that are tried so that the lines of a wrapped text have about equal lengths.
const BALANCE: f64 = 0.93;
const BALANCE_STEPS: usize = 8;
/// The least size of a rectangle, and of a shape that narrows its text.
const LEAST_BOX: Size = Size::new(96.0, 56.0);
const LEAST_SLANTED: Size = Size::new(128.0, 80.0);
const LEAST_CIRCLE: Size = Size::new(96.0, 96.0);
const LEAST_TRIANGLE: Size = Size::new(120.0, 104.0);
/// The size of a bar, a dot and a ring.
const BAR: Size = Size::new(96.0, 12.0);
const DOT: Size = Size::new(24.0, 24.0);
/// Space between the text and the sides of a rectangle.
const SIDE_PADDING: f64 = 20.0;
const TOP_PADDING: f64 = 14.0;
/// The width and the least height of a sticky note.
const CARD: Size = Size::new(200.0, 200.0);

/// Sets texts as one author.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'a> {
    options: &'a Options,
}

impl<'a> Texts<'a> {
    pub(super) const fn new(options: &'a Options) -> Self {
        Self { options }
    }

    /// The text of a label, and the measures of its pieces that the author knows.
    pub(super) fn typed(&self, label: &Label) -> (RichText, Measures) {
        let text = label.typed(self.options.author);
        if self.options.measures.is_empty() {
            return (text, Measures::default());
        }
        let own = pieces(&runs(&text), Font::Handwriting);
        let known = own.iter().filter_map(|piece| {
            let known = &self.options.measures;
            known.get(&piece.text, piece.bold, piece.italic).cloned()
        });
        let measures = known.collect();
        (text, measures)
    }

    /// The size of a text that wraps at a width.
    pub(super) fn free(&self, label: &Label, size: f64, wrap: Option<f64>) -> Size {
        if label.is_empty() {
            return Size::ZERO;
        }
        let layout = self.layout(label, size, wrap);
        Size::new(layout.width.ceil() + 1.0, layout.height.ceil())
    }

    fn layout(&self, label: &Label, size: f64, wrap: Option<f64>) -> Layout {
        let (text, measures) = self.typed(label);
        let options = LayoutOptions {
            font: Font::Handwriting,
            size,
            wrap,
            align: Align::Start,
        };
        layout_measured(&runs(&text), &options, &measures)
    }

    /// The size of the text of a line, with the gap that the line leaves for it.
    pub(super) fn on_line(&self, label: &Label) -> Size {
        if label.is_empty() {
            return Size::ZERO;
        }
        let element = self.element(label, Body::Line, Size::ZERO, EDGE_TEXT_SIZE);
        let Some(layout) = text_layout(&element).map(|text| text.layout) else {
            return Size::ZERO;
        };
        let runs = layout.lines.iter().flat_map(|line| &line.runs);
        let (left, right) = runs.fold((f64::MAX, f64::MIN), |(left, right), run| {
            (left.min(run.x), right.max(run.end))
        });
        let gap = EDGE_TEXT_SIZE;
        Size::new(
            (right - left).max(0.0).ceil() + gap,
            layout.height.ceil() + gap / 2.0,
        )
    }

    /// The size of a node with this label.
    pub(super) fn node(&self, label: &Label, shape: Shape) -> Size {
        let least = match shape {
            Shape::Bar => return BAR,
            Shape::Dot | Shape::Ring => return DOT,
            Shape::Rectangle | Shape::Rounded | Shape::Stadium | Shape::Plain => {
                self.rectangle(label, shape)
            }
            Shape::Ellipse | Shape::Diamond => LEAST_SLANTED,
            Shape::Circle => LEAST_CIRCLE,
            Shape::Triangle => LEAST_TRIANGLE,
        };
        if label.is_empty() {
            return least;
        }
        let body = Body::Shape(outline(shape));
        let mut element = self.element(label, body, least, TEXT_SIZE);
        if shape == Shape::Stadium {
            element.props.set(Prop::Corner((least.height / 2.0) as f32));
        }
        let size = box_size(&element);
        // What is left over by rounding must not make a line wrap.
        Size::new(size.width.ceil() + 2.0, size.height.ceil() + 2.0)
    }

    /// The size of a rectangle: as wide as its text, or as its text in lines of equal length.
    fn rectangle(&self, label: &Label, shape: Shape) -> Size {
        let whole = self.free(label, TEXT_SIZE, None).width;
        let most = WRAP * TEXT_SIZE;
        let width = if whole > most {
            self.balanced(label, most)
        } else {
            whole
        };
        let height = self.free(label, TEXT_SIZE, Some(width + 1.0)).height;
        let least = if shape == Shape::Plain {
            Size::ZERO
        } else {
            LEAST_BOX
        };
        let round = if shape == Shape::Stadium {
            TOP_PADDING
        } else {
            0.0
        };
        Size::new(
            (width + 2.0 * (SIDE_PADDING + round)).max(least.width),
            (height + 2.0 * TOP_PADDING).max(least.height),
        )
    }

    /// The least width of a text that has no more lines than at the width `most`.
    fn balanced(&self, label: &Label, most: f64) -> f64 {
        let lines = self.layout(label, TEXT_SIZE, Some(most)).lines.len();
        let mut best = most;
        for _ in 0..BALANCE_STEPS {
            let tried = best * BALANCE;
            if self.layout(label, TEXT_SIZE, Some(tried)).lines.len() > lines {
                break;
            }
            best = tried;
        }
        let layout = self.layout(label, TEXT_SIZE, Some(best));
        let ends = layout
            .lines
            .iter()
            .filter_map(|line| Some(line.runs.last()?.end));
        ends.fold(0.0, f64::max).ceil() + 1.0
    }

    /// The size of a note of at least this width.
    pub(super) fn note(&self, label: &Label, least: f64) -> Size {
        let natural = self.rectangle(label, Shape::Rectangle);
        let size = Size::new(natural.width.max(least), LEAST_BOX.height);
        let body = Body::Shape(Outline::Rectangle);
        let size = box_size(&self.element(label, body, size, TEXT_SIZE));
        Size::new(size.width.ceil() + 1.0, size.height.ceil() + 1.0)
    }

    /// The size of a sticky note.
    pub(super) fn card(&self, label: &Label) -> Size {
        let signed = self.options.signed.clone();
        let element = self.element(label, Body::Sticky { signed }, CARD, TEXT_SIZE);
        let size = box_size(&element);
        Size::new(size.width, size.height.ceil())
    }

    fn element(&self, label: &Label, body: Body, size: Size, text_size: f64) -> Element {
        let (text, measures) = self.typed(label);
        let at = BoardPoint::default();
        let props = Props::plain(OrderKey::first(), at, Color::Black, 1.0, u8::MAX)
            .with(Prop::Size([size.width as f32, size.height as f32]))
            .with(Prop::TextSize(text_size as f32))
            .with(Prop::Align(Align::Center))
            .with(Prop::Measures(measures));
        let id = ElementId::from_bytes([0; 16]);
        let mut new = NewElement::new(id, props, body);
        new.text = text;
        Element::new(new, self.options.author)
    }
}
