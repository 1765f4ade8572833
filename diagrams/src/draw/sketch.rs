//! The elements of a diagram while it is drawn: one pixel is one unit, and later elements lie above
//! earlier ones.

use std::collections::HashMap;

use kurbo::{Point, Rect, Size};
use shared::geometry::BoardPoint;
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_TITLE_CHARS;
use shared::model::line_points::relative_to_first;
use shared::model::{
    Align, Anchor, Arrowhead, Body, Color, Dash, Filling, NewElement, OrderKey, Outline, Prop,
    Props, Route, WidthStep,
};

use super::texts::{EDGE_TEXT_SIZE, GROUP_TEXT_SIZE, TEXT_SIZE, Texts};
use crate::drawing::Options;
use crate::model::{Label, Look, Shape};

/// Radius of round corners, as the editor makes them, and as a share of the shorter side.
const CORNER: f64 = 16.0;
const CORNER_SHARE: f64 = 0.25;
/// The width of a frame's line.
const FRAME_WIDTH: f32 = 1.5;
/// Widths of lines.
const WIDTH: f32 = WidthStep::Fine.pen_px();
const THICK_WIDTH: f32 = WidthStep::Medium.pen_px();

/// How a line looks.
#[derive(Clone, Debug, Default)]
pub(super) struct LineLook {
    pub(super) route: Route,
    pub(super) dash: Dash,
    pub(super) heads: [Arrowhead; 2],
    pub(super) color: Option<Color>,
    pub(super) is_thick: bool,
}

/// Where an element belongs.
#[derive(Clone, Debug, Default)]
pub(super) struct Membership {
    pub(super) frame: Option<ElementId>,
    /// The groups, the innermost first.
    pub(super) groups: Vec<GroupId>,
}

/// The elements so far.
pub(super) struct Sketch<'a> {
    pub(super) options: &'a Options,
    next_id: &'a mut dyn FnMut() -> ElementId,
    top: Option<OrderKey>,
    pub(super) elements: Vec<NewElement>,
    /// The ids of nodes by their keys.
    pub(super) ids: HashMap<String, ElementId>,
    /// Where the middle of the text of a line should be, for each line whose text is not in its middle.
    pub(super) wishes: Vec<(usize, Point)>,
}

impl<'a> Sketch<'a> {
    pub(super) fn new(options: &'a Options, next_id: &'a mut dyn FnMut() -> ElementId) -> Self {
        Self {
            options,
            next_id,
            top: options.above.clone(),
            elements: Vec::new(),
            ids: HashMap::new(),
            wishes: Vec::new(),
        }
    }

    pub(super) const fn texts(&self) -> Texts<'a> {
        Texts::new(self.options)
    }

    pub(super) fn id(&mut self) -> ElementId {
        (self.next_id)()
    }

    /// The id of a new group of elements.
    pub(super) fn group(&mut self) -> GroupId {
        GroupId::from_bytes(*self.id().as_bytes())
    }

    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    fn put(&mut self, id: ElementId, body: Body, props: Props, of: &Membership) -> &mut NewElement {
        let z = OrderKey::above(self.top.as_ref());
        self.top = Some(z.clone());
        let props = props
            .with(Prop::Z(z))
            .with(Prop::Frame(of.frame))
            .with(Prop::Groups(of.groups.clone()));
        let at = self.elements.len();
        self.elements.push(NewElement::new(id, props, body));
        // The element was pushed above.
        #[expect(clippy::indexing_slicing, reason = "the element was pushed above")]
        &mut self.elements[at]
    }

    /// Draws a node.
    pub(super) fn node(
        &mut self,
        id: ElementId,
        rect: Rect,
        (shape, look): (Shape, Look),
        label: &Label,
        of: &Membership,
    ) {
        let (text, measures) = self.texts().typed(label);
        let mut props = base(rect.origin(), look.line.unwrap_or_default(), WIDTH)
            .with(size(rect.size()))
            .with(Prop::TextSize(TEXT_SIZE as f32))
            .with(Prop::Align(Align::Center))
            .with(Prop::Dash(look.dash))
            .with(Prop::Corner(corner(shape, rect.size())))
            .with(Prop::Fill(look.fill))
            .with(Prop::Filling(filling(shape, look)))
            .with(Prop::Measures(measures));
        if look.is_thick || shape == Shape::Ring {
            props.width = THICK_WIDTH;
        }
        if shape == Shape::Plain {
            props.set(Prop::Outlined(false));
        }
        let body = Body::Shape(outline(shape));
        self.put(id, body, props, of).text = text;
    }

    /// Draws a thin box without an outline.
    pub(super) fn lifeline(&mut self, id: ElementId, rect: Rect, look: Look, of: &Membership) {
        self.node(id, rect, (Shape::Rectangle, look), &Label::default(), of);
        if let Some(new) = self.elements.last_mut() {
            new.props.set(Prop::Outlined(false));
        }
    }

    /// Draws a small title on a ground of its own, so that lines behind it do not disturb. Returns
    /// its size.
    pub(super) fn tab(&mut self, at: Point, label: &Label, of: &Membership) -> Size {
        let text = self.texts().free(label, GROUP_TEXT_SIZE, None);
        let size = Size::new(
            text.width + GROUP_TEXT_SIZE + 4.0,
            text.height + GROUP_TEXT_SIZE + 1.0,
        );
        let look = Look {
            fill: Some(Color::Grey),
            is_tinted: true,
            ..Look::default()
        };
        let id = self.id();
        self.node(
            id,
            Rect::from_origin_size(at, size),
            (Shape::Rectangle, look),
            label,
            of,
        );
        if let Some(new) = self.elements.last_mut() {
            new.props.set(Prop::TextSize(GROUP_TEXT_SIZE as f32));
            new.props.set(Prop::Outlined(false));
        }
        size
    }

    /// Draws a sticky note.
    pub(super) fn card(&mut self, id: ElementId, rect: Rect, label: &Label) {
        let (text, measures) = self.texts().typed(label);
        let props = base(rect.origin(), Color::Yellow, WIDTH)
            .with(size(rect.size()))
            .with(Prop::Align(Align::Center))
            .with(Prop::Measures(measures));
        let signed = self.options.signed.clone();
        let of = Membership::default();
        self.put(id, Body::Sticky { signed }, props, &of).text = text;
    }

    /// Writes a text whose lines do not wrap.
    pub(super) fn text(
        &mut self,
        at: Point,
        label: &Label,
        (text_size, color): (f64, Color),
        of: &Membership,
    ) {
        let id = self.id();
        let (text, measures) = self.texts().typed(label);
        let props = base(at, color, WIDTH)
            .with(Prop::TextSize(text_size as f32))
            .with(Prop::Measures(measures));
        self.put(id, Body::Text, props, of).text = text;
    }

    /// Draws a frame.
    pub(super) fn frame(&mut self, id: ElementId, rect: Rect, title: &Label, look: Look) {
        let name: String = title.text().replace('\n', " ");
        let name: String = name.chars().take(MAX_TITLE_CHARS).collect();
        let mut props = base(rect.origin(), look.line.unwrap_or_default(), FRAME_WIDTH)
            .with(size(rect.size()))
            .with(Prop::Name(name));
        if look.fill.is_some() {
            props.set(Prop::Fill(look.fill));
            props.set(Prop::Filling(Filling::Solid));
        }
        self.put(id, Body::Frame, props, &Membership::default());
    }

    /// Draws a line through points. `anchors` are those of its ends.
    pub(super) fn line(
        &mut self,
        points: &[Point],
        anchors: [Option<Anchor>; 2],
        look: &LineLook,
        label: &Label,
        of: &Membership,
    ) -> usize {
        let id = self.id();
        let (text, measures) = self.texts().typed(label);
        let points: Vec<BoardPoint> = points.iter().map(|at| BoardPoint::from(*at)).collect();
        let width = if look.is_thick { THICK_WIDTH } else { WIDTH };
        let mut props = base(Point::ORIGIN, look.color.unwrap_or_default(), width)
            .with(Prop::Route(look.route))
            .with(Prop::Dash(look.dash))
            .with(Prop::Heads(look.heads))
            .with(Prop::Start(anchors[0]))
            .with(Prop::End(anchors[1]))
            .with(Prop::Corner(CORNER as f32))
            .with(Prop::TextSize(EDGE_TEXT_SIZE as f32))
            .with(Prop::Measures(measures));
        if let Some((at, relative)) = relative_to_first(&points) {
            props.at = at;
            props.set(relative);
        }
        self.put(id, Body::Line, props, of).text = text;
        self.elements.len() - 1
    }
}

fn base(at: Point, color: Color, width: f32) -> Props {
    Props::plain(OrderKey::first(), at.into(), color, width, u8::MAX)
}

fn size(size: Size) -> Prop {
    Prop::Size([size.width as f32, size.height as f32])
}

/// The outline of the board for a shape.
pub(super) const fn outline(shape: Shape) -> Outline {
    match shape {
        Shape::Rectangle | Shape::Rounded | Shape::Stadium | Shape::Plain | Shape::Bar => {
            Outline::Rectangle
        }
        Shape::Ellipse | Shape::Circle | Shape::Dot | Shape::Ring => Outline::Ellipse,
        Shape::Diamond => Outline::Diamond,
        Shape::Triangle => Outline::Triangle,
    }
}

fn corner(shape: Shape, size: Size) -> f32 {
    let shorter = size.width.min(size.height);
    let radius = match shape {
        Shape::Stadium | Shape::Bar => shorter / 2.0,
        Shape::Rounded => CORNER.min(shorter * CORNER_SHARE),
        Shape::Rectangle
        | Shape::Plain
        | Shape::Ellipse
        | Shape::Circle
        | Shape::Dot
        | Shape::Ring
        | Shape::Diamond
        | Shape::Triangle => 0.0,
    };
    radius as f32
}

const fn filling(shape: Shape, look: Look) -> Filling {
    match shape {
        Shape::Bar | Shape::Dot => Filling::Solid,
        _ if look.is_tinted => Filling::Tint,
        _ if look.fill.is_some() => Filling::Solid,
        _ => Filling::None,
    }
}

/// The anchor at a point of a box, which is given as parts of its size.
pub(super) fn anchor(to: ElementId, x: f64, y: f64) -> Anchor {
    Anchor {
        to,
        at: [x.clamp(0.0, 1.0) as f32, y.clamp(0.0, 1.0) as f32],
    }
}

/// The anchor that aims at a point of a rectangle.
pub(super) fn anchor_at(to: ElementId, rect: Rect, aim: Point) -> Anchor {
    let part = |at: f64, from: f64, length: f64| {
        if length > 0.0 {
            (at - from) / length
        } else {
            0.5
        }
    };
    anchor(
        to,
        part(aim.x, rect.x0, rect.width()),
        part(aim.y, rect.y0, rect.height()),
    )
}
