//! Turns SVG into elements. Rectangles, ellipses, lines and text become elements of these kinds;
//! everything else becomes ink along its outline.
//!
//! Style sheets, gradients and pictures are left out.

mod corners;
mod paint;
mod path;
mod shapes;
mod state;
mod tag;
#[cfg(test)]
mod tests;

use kurbo::{Affine, Point, Rect};
use quick_xml::events::Event;
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_STROKE_POINTS;
use shared::model::{NewElement, Prop};
use shared::op::Op;
use svgtypes::{PointsParser, ViewBox};

use crate::{MAX_BYTES, MAX_ELEMENTS};
use paint::Paint;
use shapes::ElementMaker;
use state::{State, first_length, length};
use tag::Tag;
pub(crate) use tag::is_svg;

/// Tags below this depth inherit nothing more. Otherwise a text of many opening tags could fill the
/// memory with their inherited states.
const MAX_DEPTH: usize = 256;

/// Most points of ink in one drawing: 100 strokes of the largest size. A few letters of SVG can
/// describe curves of thousands of points.
const MAX_POINTS: usize = 100 * MAX_STROKE_POINTS;

/// The elements of a drawing, as one group; none if the drawing is too large.
pub(crate) fn read(text: &str, zoom: f64) -> Vec<NewElement> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let reader = Reader {
        states: vec![State::new(Affine::scale(1.0 / zoom))],
        too_deep: 0,
        view: None,
        words: String::new(),
        text_at: None,
        maker: ElementMaker {
            zoom,
            elements: Vec::new(),
            points_left: MAX_POINTS,
        },
    };
    let mut elements = reader.read(text);
    // The board would refuse a whole paste for one element that breaks its limits.
    elements.retain(|new| Op::Put(Box::new(new.clone())).validate().is_ok());
    if elements.len() > 1 {
        let group = GroupId::from_bytes(*id(0).as_bytes());
        for new in &mut elements {
            new.props.set(Prop::Groups(vec![group]));
        }
    }
    elements
}

/// The id of the element with this number in a drawing, counted from 1.
fn id(number: usize) -> ElementId {
    ElementId::from_bytes((number as u128).to_be_bytes())
}

struct Reader {
    /// The inherited state of each open tag.
    states: Vec<State>,
    /// The number of open tags below [`MAX_DEPTH`].
    too_deep: usize,
    /// The visible part of the drawing.
    view: Option<Rect>,
    /// The words of the open text element, and its position.
    words: String,
    text_at: Option<(State, Point)>,
    maker: ElementMaker,
}

impl Reader {
    fn read(mut self, text: &str) -> Vec<NewElement> {
        let mut markup = tag::markup(text);
        while self.maker.elements.len() < MAX_ELEMENTS && self.maker.points_left > 0 {
            match markup.read_event() {
                Ok(Event::Start(start)) => self.open(&Tag::new(&start)),
                Ok(Event::End(end)) => self.close(end.local_name().into_inner()),
                Ok(Event::Text(text)) => self.write(&text),
                Ok(Event::CData(text)) => self.write(&text),
                Ok(Event::GeneralRef(reference)) => self.write(&tag::entity(&reference)),
                Ok(
                    Event::Empty(_)
                    | Event::Comment(_)
                    | Event::Decl(_)
                    | Event::PI(_)
                    | Event::DocType(_),
                ) => {}
                Ok(Event::Eof) | Err(_) => break,
            }
        }
        self.maker.elements
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let Some(outer) = self.states.last() else {
            return;
        };
        let mut state = outer.within(tag);
        match tag.name {
            "svg" => self.enter(tag, &mut state),
            "text" if !state.hidden => {
                let at = |name| tag.get(name).and_then(first_length).unwrap_or(0.0);
                self.text_at = Some((state, Point::new(at("x"), at("y"))));
            }
            // A `tspan` with a position of its own begins a new line.
            "tspan" if self.starts_line(tag) => {
                self.words.truncate(self.words.trim_end().len());
                self.words.push('\n');
            }
            name if !state.hidden => self.shape(name, tag, &state),
            _ => {}
        }
        if self.states.len() < MAX_DEPTH {
            self.states.push(state);
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((state, at)) = self.text_at.take_if(|_| name == "text") {
            let words = std::mem::take(&mut self.words);
            self.maker.text(&state, at, words.trim());
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if self.states.len() > 1 {
            self.states.pop();
        }
    }

    /// Adds to the open text element. White space between words becomes one space.
    fn write(&mut self, text: &str) {
        if self.text_at.is_none() {
            return;
        }
        for letter in text.chars() {
            if !letter.is_ascii_whitespace() {
                self.words.push(letter);
            } else if !self.words.is_empty() && !self.words.ends_with([' ', '\n']) {
                self.words.push(' ');
            }
        }
    }

    fn starts_line(&self, tag: &Tag<'_>) -> bool {
        let moved = tag.get("dy").or_else(|| tag.get("y"));
        self.text_at.is_some() && !self.words.is_empty() && moved.is_some()
    }

    /// Reads the scale and the visible part from the outermost tag.
    fn enter(&mut self, tag: &Tag<'_>, state: &mut State) {
        let Some(view) = tag
            .get("viewBox")
            .and_then(|given| given.parse::<ViewBox>().ok())
        else {
            return;
        };
        let wide = tag.get("width").and_then(length).unwrap_or(view.w);
        let high = tag.get("height").and_then(length).unwrap_or(view.h);
        let by = (wide / view.w).min(high / view.h);
        if by.is_finite() && by > 0.0 {
            state.transform *= Affine::scale(by) * Affine::translate((-view.x, -view.y));
        }
        let seen = Rect::from_origin_size((view.x, view.y), (view.w, view.h));
        self.view = Some(seen);
    }

    fn shape(&mut self, name: &str, tag: &Tag<'_>, state: &State) {
        let get = |name: &str| tag.get(name).and_then(length).unwrap_or(0.0);
        match name {
            "rect" => {
                let rect =
                    Rect::from_origin_size((get("x"), get("y")), (get("width"), get("height")));
                let is_background = self.maker.elements.is_empty() && self.view == Some(rect);
                // A first rectangle that covers the whole drawing is its background.
                if !is_background || state.stroke != Paint::None {
                    self.maker.rect(state, rect, get("rx").max(get("ry")));
                }
            }
            "circle" => {
                let radius = get("r");
                let middle = (get("cx"), get("cy")).into();
                self.maker.ellipse(state, middle, (radius, radius).into());
            }
            "ellipse" => {
                let middle = (get("cx"), get("cy")).into();
                self.maker
                    .ellipse(state, middle, (get("rx"), get("ry")).into());
            }
            "line" => {
                let ends = [(get("x1"), get("y1")).into(), (get("x2"), get("y2")).into()];
                self.maker.line(state, &ends);
            }
            "polyline" | "polygon" => {
                let given = PointsParser::from(tag.get("points").unwrap_or_default());
                let mut points: Vec<Point> = given.map(Point::from).collect();
                if name == "polygon" {
                    points.extend(points.first().copied());
                }
                self.maker.line(state, &points);
            }
            "path" => {
                let path = path::outline(tag.get("d").unwrap_or_default());
                self.maker.path(state, &path);
            }
            _ => {}
        }
    }
}
