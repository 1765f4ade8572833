//! The shapes of tldraw as elements.

use std::collections::HashMap;

use kurbo::{Affine, BezPath, Point, Size, Vec2};
use shared::geometry::{FillRule, PackedPath};
use shared::id::GroupId;
use shared::limits::{
    MAX_GROUPS, MAX_TEXT_SIZE, MAX_TITLE_CHARS, MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH,
};
use shared::model::{Align, Body, Filling, NewElement, OrderKey, Outline, Prop, Props, VectorPath};
use shared::op::Op;

use super::bindings::{BoundEnd, bound_ends};
use super::records::{Record, ShapeProps};
use super::tree::{Placed, in_order};
use super::{geo, style, text};
use crate::ids::id;
use crate::left_out::{LeftOut, Report};
use crate::limits::MAX_ELEMENTS;
use crate::rich_text::{size_of, typed};

pub(super) struct Scene<'a> {
    /// Board units for one unit of the scene.
    pub(super) unit: f64,
    /// The bound ends of arrows, by the ids of the arrows.
    pub(super) bound: HashMap<&'a str, [Option<BoundEnd>; 2]>,
    /// The number of the next element that stands for no shape of its own.
    next: usize,
    pub(super) elements: Vec<NewElement>,
    pub(super) report: Report,
}

/// Reads the shapes of all pages, or of one page, and the bindings between them.
pub(super) fn read(
    (shapes, page): (&[Record], Option<&str>),
    bindings: &[Record],
    zoom: f64,
) -> (Vec<NewElement>, Report) {
    let mut report = Report::default();
    if shapes.len() > MAX_ELEMENTS {
        report.add(LeftOut::TooMany);
    }
    let shapes = shapes.get(..MAX_ELEMENTS).unwrap_or(shapes);
    let order = in_order(shapes, page);
    let mut scene = Scene {
        unit: 1.0 / zoom,
        bound: bound_ends(&order, bindings),
        next: shapes.len() + 1,
        elements: Vec::new(),
        report,
    };
    for shape in &order {
        scene.add(shape);
    }
    let Scene {
        mut elements,
        mut report,
        ..
    } = scene;
    let before = elements.len();
    elements.retain(|new| Op::Put(Box::new(new.clone())).validate().is_ok());
    if elements.len() < before {
        report.add(LeftOut::FarAway);
    }
    (elements, report)
}

impl<'a> Scene<'a> {
    fn add(&mut self, shape: &Placed<'a>) {
        if shape
            .record
            .props
            .url
            .as_deref()
            .is_some_and(|url| !url.is_empty())
        {
            let is_page = matches!(shape.record.kind.as_str(), "bookmark" | "embed");
            self.report.add(if is_page {
                LeftOut::Embedded
            } else {
                LeftOut::Links
            });
        }
        match shape.record.kind.as_str() {
            "geo" => self.geo(shape),
            "text" => self.text(shape),
            "note" => self.note(shape),
            "frame" => self.frame(shape),
            "arrow" => self.arrow(shape),
            "line" => self.line(shape),
            "draw" | "highlight" => self.ink(shape),
            "group" => {}
            "image" => self.report.add(LeftOut::Pictures),
            "video" | "audio" => self.report.add(LeftOut::Videos),
            "bookmark" | "embed" => self.report.add(LeftOut::Embedded),
            _ => self.report.add(LeftOut::Unknown),
        }
    }

    fn geo(&mut self, shape: &Placed<'_>) {
        let shape_props = &shape.record.props;
        let size = shape_props.size();
        let name = shape_props.geo.as_deref().unwrap_or("rectangle");
        if let Some(outline) = geo::outline(name, size) {
            return self.figure(shape, &outline, size);
        }
        let outline = match name {
            "ellipse" => Outline::Ellipse,
            "diamond" => Outline::Diamond,
            "triangle" => Outline::Triangle,
            _ => Outline::Rectangle,
        };
        let mut props = self.props(shape);
        style::fill(shape_props, &mut props);
        self.set_box(&mut props, shape, size);
        if name == "oval" {
            let radius = size.width.min(size.height) / 2.0;
            props.set(Prop::Corner((radius * self.unit) as f32));
        }
        let mut new = NewElement::new(shape.id, props, Body::Shape(outline));
        self.write(
            &mut new,
            shape_props,
            style::label_size(shape_props),
            Align::Center,
        );
        self.elements.push(new);
    }

    /// A figure that the board has no shape for: a path, and its label as a text in a group with it.
    fn figure(&mut self, shape: &Placed<'_>, outline: &BezPath, size: Size) {
        let Some(mut path) = self.path(shape, outline) else {
            return;
        };
        let shape_props = &shape.record.props;
        let mut props = self.props(shape);
        props.set(Prop::Size([(size.width * self.unit) as f32, 0.0]));
        let mut label = NewElement::new(id(self.next), props, Body::Text);
        self.write(
            &mut label,
            shape_props,
            style::label_size(shape_props),
            Align::Center,
        );
        if label.text.is_empty() {
            return self.elements.push(path);
        }
        self.next += 1;
        let middle = shape.to_page * size.to_rect().center();
        let size = size_of(&label);
        self.place(&mut label.props, shape, middle, size);
        let group = GroupId::from_bytes(*shape.id.as_bytes());
        let around = path.props.groups();
        let groups = [group].into_iter().chain(around.iter().copied());
        let groups = Prop::Groups(groups.take(MAX_GROUPS).collect());
        for new in [&mut path, &mut label] {
            new.props.set(groups.clone());
        }
        self.elements.extend([path, label]);
    }

    /// A path in the coordinates of a shape. `None` if it is too long.
    pub(super) fn path(&mut self, shape: &Placed<'_>, outline: &BezPath) -> Option<NewElement> {
        let scaled = Affine::scale(self.unit) * outline;
        let Ok((outline, rect)) = PackedPath::pack(&scaled) else {
            self.report.add(LeftOut::LongPaths);
            return None;
        };
        let mut props = self.props(shape);
        style::fill(&shape.record.props, &mut props);
        props.set(Prop::Size([rect.width() as f32, rect.height() as f32]));
        let middle = shape.to_page * (rect.center().to_vec2() / self.unit).to_point();
        self.place(&mut props, shape, middle, rect.size());
        let rule = FillRule::EvenOdd;
        let body = Body::Path(VectorPath { rule, outline });
        Some(NewElement::new(shape.id, props, body))
    }

    fn text(&mut self, shape: &Placed<'_>) {
        let shape_props = &shape.record.props;
        let mut props = self.props(shape);
        let wraps = shape_props.auto_size == Some(false);
        let width = shape_props.w.filter(|_| wraps).unwrap_or(0.0) * self.unit;
        props.set(Prop::Size([width as f32, 0.0]));
        let mut new = NewElement::new(shape.id, props, Body::Text);
        self.write(
            &mut new,
            shape_props,
            style::text_size(shape_props),
            Align::Start,
        );
        if new.text.is_empty() {
            return;
        }
        let size = size_of(&new);
        let own = size / self.unit;
        let free = shape_props.w.unwrap_or(own.width) - own.width;
        let left = match new.props.align() {
            Align::Start => 0.0,
            Align::Center => free / 2.0,
            Align::End => free,
        };
        let middle = shape.to_page * Point::new(left + own.width / 2.0, own.height / 2.0);
        self.place(&mut new.props, shape, middle, size);
        self.elements.push(new);
    }

    fn note(&mut self, shape: &Placed<'_>) {
        let shape_props = &shape.record.props;
        let size = style::note_size(shape_props);
        let mut props = self.props(shape);
        props.color = style::note_color(shape_props);
        self.set_box(&mut props, shape, size);
        let signed = String::new();
        let mut new = NewElement::new(shape.id, props, Body::Sticky { signed });
        self.write(
            &mut new,
            shape_props,
            style::label_size(shape_props),
            Align::Center,
        );
        self.elements.push(new);
    }

    fn frame(&mut self, shape: &Placed<'_>) {
        let shape_props = &shape.record.props;
        let mut props = self.props(shape);
        props.set(Prop::Frame(None));
        self.set_box(&mut props, shape, shape_props.size());
        let name = shape_props.name.as_deref().filter(|name| !name.is_empty());
        let name = name.unwrap_or("Frame").chars();
        props.set(Prop::Name(name.take(MAX_TITLE_CHARS).collect()));
        let new = NewElement::new(shape.id, props, Body::Frame);
        self.elements.push(new);
    }

    /// Gives an element the text of a shape, in letters of a size.
    pub(super) fn write(
        &mut self,
        new: &mut NewElement,
        shape_props: &ShapeProps,
        size: f64,
        align: Align,
    ) {
        let size = (size * self.unit) as f32;
        let size = size.clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE);
        new.props.set(Prop::TextSize(size));
        new.props.set(Prop::Font(style::font(shape_props)));
        new.props.set(Prop::Align(style::align(shape_props, align)));
        let spans = text::spans(shape_props, &mut self.report);
        new.text = typed(spans, &mut self.report).unwrap_or_default();
        let shown = match new.body {
            Body::Sticky { .. } => style::BLACK,
            _ => style::color_name(shape_props),
        };
        let wanted = shape_props.label_color.as_deref().unwrap_or(shown);
        if wanted != shown && !new.text.is_empty() {
            self.report.add(LeftOut::LabelColors);
        }
    }

    /// The properties that all elements have. The place is that of the shape.
    pub(super) fn props(&self, shape: &Placed<'_>) -> Props {
        let shape_props = &shape.record.props;
        let at = shape.to_page.translation() * self.unit;
        let width = self.board_width(style::line_width(shape_props));
        let opacity = (shape.opacity * 255.0).round().clamp(0.0, 255.0) as u8;
        let color = style::line_color(shape_props);
        let mut props = Props::plain(
            OrderKey::first(),
            at.to_point().into(),
            color,
            width,
            opacity,
        );
        props.set(Prop::Dash(style::dash(shape_props)));
        props.set(Prop::Outlined(shape_props.dash.as_deref() != Some("none")));
        props.set(Prop::Filling(Filling::None));
        let groups = shape.groups.iter().rev().copied();
        props.set(Prop::Groups(groups.collect()));
        props.set(Prop::Frame(shape.frame));
        props
    }

    /// A width of the scene on the board.
    pub(super) fn board_width(&self, width: f64) -> f32 {
        ((width * self.unit) as f32).clamp(MIN_WIDTH, MAX_WIDTH)
    }

    fn set_box(&self, props: &mut Props, shape: &Placed<'_>, size: Size) {
        let middle = shape.to_page * size.to_rect().center();
        let size = size * self.unit;
        props.set(Prop::Size([size.width as f32, size.height as f32]));
        self.place(props, shape, middle, size);
    }

    /// Places a box of a size on the board about its middle on the page, turned as its shape.
    fn place(&self, props: &mut Props, shape: &Placed<'_>, middle: Point, size: Size) {
        let corner = middle.to_vec2() * self.unit - size.to_vec2() / 2.0;
        props.at = corner.to_point().into();
        let angle = Vec2::from_angle(shape.angle).atan2();
        props.set(Prop::Angle(angle as f32));
    }
}
