//! Drawings to elements: rectangles, ellipses, lines and text become what the tools
//! make; everything else becomes ink along its outline.
//!
//! Style sheets, gradients and pictures are left out.

mod corners;
mod path;
mod scan;
mod shapes;
mod state;

use kurbo::{Affine, Rect};
use shared::id::{ElementId, GroupId};
use shared::model::{NewElement, Prop};

use super::{Look, MAX_PASTED};
use scan::{Piece, Scanner, Tag, numbers};
use shapes::Maker;
use state::{Paint, State, length};

/// Deeper tags are read as if they stood higher up.
const MAX_DEPTH: usize = 256;

/// The elements of a drawing, as one group.
pub(crate) fn read(text: &str, look: &Look, ids: &mut dyn FnMut() -> ElementId) -> Vec<NewElement> {
    let reader = Reader {
        states: vec![State::new(Affine::scale(1.0 / look.zoom))],
        view: None,
        words: String::new(),
        text_at: None,
        maker: Maker {
            look,
            ids,
            made: Vec::new(),
        },
    };
    let mut made = super::sound(reader.read(text));
    if made.len() > 1 {
        let group = GroupId::from_bytes(*ids().as_bytes());
        for new in &mut made {
            new.props.set(Prop::Groups(vec![group]));
        }
    }
    made
}

struct Reader<'a> {
    /// What holds, by depth.
    states: Vec<State>,
    /// What part of the drawing is seen.
    view: Option<Rect>,
    /// The text element that is being read: its words and where it stands.
    words: String,
    text_at: Option<(State, kurbo::Point)>,
    maker: Maker<'a>,
}

impl Reader<'_> {
    fn read(mut self, text: &str) -> Vec<NewElement> {
        for piece in Scanner::new(text) {
            if self.maker.made.len() >= MAX_PASTED {
                break;
            }
            match piece {
                Piece::Open(tag) => self.open(&tag),
                Piece::Close(name) => self.close(name),
                Piece::Text(text) if self.text_at.is_some() => self.write(text),
                Piece::Text(_) => {}
            }
        }
        self.maker.made
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let Some(outer) = self.states.last() else {
            return;
        };
        let mut state = outer.within(tag);
        match tag.name {
            "svg" => self.enter(tag, &mut state),
            "text" if !state.hidden => {
                let at = kurbo::Point::new(first(tag, "x"), first(tag, "y"));
                self.text_at = Some((state, at));
            }
            // A piece of text that begins anew stands on the next line.
            "tspan" if self.starts_line(tag) => self.words.push('\n'),
            name if !state.hidden => self.shape(name, tag, &state),
            _ => {}
        }
        if !tag.empty && self.states.len() < MAX_DEPTH {
            self.states.push(state);
        } else if tag.empty {
            self.close_text(tag.name);
        }
    }

    fn close(&mut self, name: &str) {
        self.close_text(name);
        if self.states.len() > 1 {
            self.states.pop();
        }
    }

    fn close_text(&mut self, name: &str) {
        if name != "text" {
            return;
        }
        if let Some((state, at)) = self.text_at.take() {
            let words = std::mem::take(&mut self.words);
            self.maker.text(&state, at, words.trim());
        }
    }

    fn write(&mut self, text: &str) {
        let text = scan::plain(text);
        let spaced = text.starts_with(char::is_whitespace);
        for (number, word) in text.split_whitespace().enumerate() {
            let after_word = !self.words.is_empty() && !self.words.ends_with('\n');
            if after_word && (number > 0 || spaced) {
                self.words.push(' ');
            }
            self.words.push_str(word);
        }
    }

    fn starts_line(&self, tag: &Tag<'_>) -> bool {
        let moved = tag.get("dy").or_else(|| tag.get("y"));
        self.text_at.is_some() && !self.words.is_empty() && moved.is_some()
    }

    /// The outermost tag says how large the drawing is to be seen.
    fn enter(&mut self, tag: &Tag<'_>, state: &mut State) {
        let [x, y, width, height] = tag
            .get("viewBox")
            .map(numbers)
            .and_then(|given| <[f64; 4]>::try_from(given).ok())
            .unwrap_or_default();
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let wide = tag.get("width").and_then(length).unwrap_or(width);
        let high = tag.get("height").and_then(length).unwrap_or(height);
        let by = (wide / width).min(high / height);
        if by.is_finite() && by > 0.0 {
            state.place *= Affine::scale(by) * Affine::translate((-x, -y));
        }
        self.view = Some(Rect::new(x, y, x + width, y + height));
    }

    fn shape(&mut self, name: &str, tag: &Tag<'_>, state: &State) {
        let get = |name: &str| tag.get(name).and_then(length).unwrap_or(0.0);
        match name {
            "rect" => {
                let rect =
                    Rect::from_origin_size((get("x"), get("y")), (get("width"), get("height")));
                let is_ground = self.maker.made.is_empty() && self.view == Some(rect);
                // A page that is painted over is its paper.
                if !is_ground || state.stroke != Paint::None {
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
                let given = numbers(tag.get("points").unwrap_or_default());
                let mut points: Vec<kurbo::Point> = given
                    .chunks_exact(2)
                    .filter_map(|pair| Some(kurbo::Point::new(*pair.first()?, *pair.get(1)?)))
                    .collect();
                if name == "polygon" {
                    points.extend(points.first().copied());
                }
                self.maker.line(state, &points);
            }
            "path" => {
                let path = path::outline(tag.get("d").unwrap_or_default());
                self.maker.path(state, &path.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// The first of several numbers in an attribute.
fn first(tag: &Tag<'_>, name: &str) -> f64 {
    let given = tag.get(name).unwrap_or_default();
    scan::number(given.trim()).map_or(0.0, |(value, _)| value)
}
