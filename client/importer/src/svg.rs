//! Turns SVG into elements. Rectangles, ellipses, diamonds and triangles become shapes, open lines
//! become lines and arrows, text becomes text, and everything else paths.
//!
//! The tree is read here and not by usvg, because usvg turns everything into paths: it keeps no
//! shapes, no arrows (markers become outlines) and no labels of diagrams (`foreignObject`), lays
//! out text only with fonts at hand, and refuses markup that is not well formed.

mod clip;
mod corners;
mod css;
mod gradients;
mod label;
mod markers;
mod paint;
mod path;
mod runs;
mod shapes;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod viewport;

use kurbo::{Affine, BezPath, Point, Rect, Size, Vec2};
use shared::id::GroupId;
use shared::model::palette::{Rgb, Theme, background};
use shared::model::{NewElement, Prop};
use svgtypes::PointsParser;

use crate::ids::id;
use crate::left_out::{LeftOut, Report};
use crate::markup::{Document, NodeId};
use crate::polyline::{polygon, polyline};
use css::Sheets;
use paint::Paint;
pub(crate) use paint::color;
use shapes::ElementMaker;
use state::{State, length_px};

/// Tags that are visited at most, counting each use of a definition and each marker. Uses of uses would grow without
/// end otherwise.
const MAX_VISITS: usize = 300_000;
/// Depth of tags in tags, counting uses of definitions. It bounds the stack.
const MAX_DEPTH: usize = 300;
/// The size of a drawing that names none, as in browsers.
const PLAIN_SIZE: Size = Size::new(300.0, 150.0);
/// Colours with less contrast to the board than this look like it.
const LIKE_BOARD: f64 = 1.05;

/// Reads a drawing as one group of elements.
pub(crate) fn read(text: &str, zoom: f64) -> (Vec<NewElement>, Report) {
    let document = Document::read(text);
    let sheets = css::text_of_sheets(&document);
    let mut reader = Reader {
        document: &document,
        sheets: Sheets::read(&sheets),
        view: None,
        visits: 0,
        depth: 0,
        uses: Vec::new(),
        maker: ElementMaker::new(&document, zoom),
    };
    if document.is_cut {
        reader.maker.report.add(LeftOut::TooMany);
    }
    let outermost = document.node(Document::ROOT).children.iter().copied();
    let drawing = outermost
        .into_iter()
        .find(|id| &*document.node(*id).name == "svg");
    if let Some(drawing) = drawing {
        let plain = State::new(Affine::scale(1.0 / zoom), PLAIN_SIZE);
        reader.visit(drawing, &plain);
    }
    let ElementMaker {
        mut elements,
        report,
        ..
    } = reader.maker;
    if elements.len() > 1 {
        let group = GroupId::from_bytes(*id(0).as_bytes());
        for new in &mut elements {
            new.props.set(Prop::Groups(vec![group]));
        }
    }
    (elements, report)
}

/// Walks through the tree of a drawing.
struct Reader<'a> {
    document: &'a Document,
    sheets: Sheets<'a>,
    /// The visible part of the drawing.
    view: Option<Rect>,
    visits: usize,
    depth: usize,
    /// The definitions that are being used.
    uses: Vec<NodeId>,
    maker: ElementMaker<'a>,
}

impl<'a> Reader<'a> {
    /// The state inside a tag, from its attributes, the style sheets and its own style.
    fn state_of(&self, id: NodeId, outer: &State) -> State {
        let node = self.document.node(id);
        let mut plain: Vec<(&str, &str)> = node
            .attributes()
            .filter(|(name, _)| *name != "style")
            .collect();
        let mut important = Vec::new();
        let ruled = self.sheets.declarations(self.document, id);
        let own = node.get("style").unwrap_or_default();
        let own = css::declarations(own);
        for (name, value, is_important) in ruled.into_iter().chain(own) {
            if is_important {
                important.push((name, value));
            } else {
                plain.push((name, value));
            }
        }
        plain.extend(important);
        outer.within(&plain)
    }

    /// Counts a visit. Returns whether it is within the limits, and names the rest if it is not.
    fn may_visit(&mut self) -> bool {
        self.visits += 1;
        let may = self.visits <= MAX_VISITS && self.depth <= MAX_DEPTH && !self.maker.is_full();
        if !may {
            self.maker.report.add(LeftOut::TooMany);
        }
        may
    }

    fn visit(&mut self, id: NodeId, outer: &State) {
        let document = self.document;
        let node = document.node(id);
        if is_not_drawn(&node.name) {
            return;
        }
        if !self.may_visit() {
            return;
        }
        let mut state = self.state_of(id, outer);
        if state.removed {
            return;
        }
        self.note_effects(&state);
        let clip = clip::region(&state, self.document);
        let before = self.maker.elements.len();
        self.depth += 1;
        match node.name.as_ref() {
            "svg" => self.enter(id, &mut state),
            "g" | "a" => self.visit_children(id, &state),
            "switch" => self.switch(id, &state),
            "use" => self.follow(id, &mut state),
            "foreignObject" => label::add(self, id, &state),
            "text" if state.visible => self.text(id, &state),
            "image" => self.maker.report.add(LeftOut::Pictures),
            "iframe" | "video" | "audio" | "canvas" => self.maker.report.add(LeftOut::Embedded),
            _ if state.visible => self.shape(id, &state),
            _ => {}
        }
        self.depth -= 1;
        if let Some(clip) = clip {
            clip.apply(before, &mut self.maker);
        }
    }

    fn visit_children(&mut self, id: NodeId, state: &State) {
        let document = self.document;
        for child in &document.node(id).children {
            self.visit(*child, state);
        }
    }

    /// Names effects that the board does not have.
    fn note_effects(&mut self, state: &State) {
        let has = |id: &Option<Box<str>>| {
            let id = id.as_ref();
            id.is_some_and(|id| self.document.by_id(id).is_some())
        };
        let (masked, filtered) = (has(&state.effects.mask), has(&state.effects.filter));
        if masked {
            self.maker.report.add(LeftOut::Masks);
        }
        if filtered {
            self.maker.report.add(LeftOut::Filters);
        }
    }

    /// Draws the first alternative that the board can show: rich text before its plain fallback.
    fn switch(&mut self, id: NodeId, state: &State) {
        let document = self.document;
        let tags = document.node(id).children.iter().copied();
        let tags: Vec<NodeId> = tags
            .filter(|id| !document.node(*id).name.is_empty())
            .collect();
        let fits = |id: &NodeId| {
            let node = document.node(*id);
            let language = node.get("systemLanguage");
            let is_label = &*node.name == "foreignObject";
            let has_words = || !document.text_in(*id).trim().is_empty();
            language.is_none_or(|it| it.starts_with("en"))
                && node.get("requiredExtensions").is_none_or(|_| is_label)
                && (!is_label || has_words())
        };
        if let Some(chosen) = tags.into_iter().find(fits) {
            self.visit(chosen, state);
        }
    }

    /// Draws a definition where it is used.
    fn follow(&mut self, id: NodeId, state: &mut State) {
        let node = self.document.node(id);
        let target = node
            .get("href")
            .and_then(|href| href.trim().strip_prefix('#'));
        let Some(target) = target.and_then(|id| self.document.by_id(id)) else {
            return;
        };
        if self.uses.contains(&target) {
            return;
        }
        let viewport = state.viewport;
        let get = |name: &str, whole: f64| node.get(name).and_then(|it| state.length(it, whole));
        let at = Vec2::new(
            get("x", viewport.width).unwrap_or(0.0),
            get("y", viewport.height).unwrap_or(0.0),
        );
        let size = (get("width", viewport.width), get("height", viewport.height));
        state.transform *= Affine::translate(at);
        self.uses.push(target);
        if &*self.document.node(target).name == "symbol" {
            let mut inner = self.state_of(target, state);
            let size = Size::new(
                size.0.unwrap_or(viewport.width),
                size.1.unwrap_or(viewport.height),
            );
            viewport::enter(self.document.node(target), size, &mut inner);
            self.visit_children(target, &inner);
        } else {
            self.visit(target, state);
        }
        self.uses.pop();
    }

    /// Enters the outermost or an inner `svg` tag.
    fn enter(&mut self, id: NodeId, state: &mut State) {
        let node = self.document.node(id);
        let is_outermost = self.depth == 1;
        let viewport = state.viewport;
        let view = node
            .get("viewBox")
            .and_then(|it| it.parse::<svgtypes::ViewBox>().ok());
        let plain = match (is_outermost, view) {
            (true, Some(view)) => Size::new(view.w, view.h),
            _ => viewport,
        };
        let side = |name: &str, whole: f64, plain: f64| match node.get(name) {
            Some(given) if is_outermost => length_px(given).unwrap_or(plain),
            Some(given) => state.length(given, whole).unwrap_or(plain),
            None => plain,
        };
        let size = Size::new(
            side("width", viewport.width, plain.width),
            side("height", viewport.height, plain.height),
        );
        if !is_outermost {
            let get = |name, whole| node.get(name).and_then(|it| state.length(it, whole));
            let x = get("x", viewport.width).unwrap_or(0.0);
            let y = get("y", viewport.height).unwrap_or(0.0);
            state.transform *= Affine::translate((x, y));
        }
        state.viewport = size;
        let seen = viewport::enter(node, size, state);
        if is_outermost {
            self.view = seen.or(Some(Rect::from_origin_size(Point::ZERO, size)));
        }
        self.visit_children(id, state);
    }

    fn shape(&mut self, id: NodeId, state: &State) {
        let node = self.document.node(id);
        let (wide, high) = (state.viewport.width, state.viewport.height);
        let diagonal = state.diagonal();
        let across = |name: &str| node.get(name).and_then(|it| state.length(it, wide));
        let down = |name: &str| node.get(name).and_then(|it| state.length(it, high));
        let at = |x: &str, y: &str| Point::new(across(x).unwrap_or(0.0), down(y).unwrap_or(0.0));
        match node.name.as_ref() {
            "rect" => {
                let size = at("width", "height").to_vec2().to_size();
                let rect = Rect::from_origin_size(at("x", "y"), size);
                let (x, y) = (across("rx"), down("ry"));
                let radii = Vec2::new(x.or(y).unwrap_or(0.0), y.or(x).unwrap_or(0.0));
                if !self.is_background(rect, state) {
                    self.maker.rect(state, rect, radii);
                }
            }
            "circle" => {
                let radius = node.get("r").and_then(|it| state.length(it, diagonal));
                let radius = radius.unwrap_or(0.0);
                self.maker
                    .ellipse(state, at("cx", "cy"), Vec2::new(radius, radius));
            }
            "ellipse" => {
                let (x, y) = (across("rx"), down("ry"));
                let radii = Vec2::new(x.or(y).unwrap_or(0.0), y.or(x).unwrap_or(0.0));
                self.maker.ellipse(state, at("cx", "cy"), radii);
            }
            "line" => {
                let ends = [at("x1", "y1"), at("x2", "y2")];
                self.outline(state, &polyline(ends));
            }
            "polyline" | "polygon" => {
                let given = PointsParser::from(node.get("points").unwrap_or_default());
                let points = given.map(Point::from);
                let path = match node.name.as_ref() {
                    "polygon" => polygon(points),
                    _ => polyline(points),
                };
                self.outline(state, &path);
            }
            "path" => {
                let path = path::outline(node.get("d").unwrap_or_default());
                let is_background = self.is_covering(&path);
                if !(is_background && self.is_background(path::bounds(&path), state)) {
                    self.outline(state, &path);
                }
            }
            _ => {}
        }
    }

    fn outline(&mut self, state: &State, path: &BezPath) {
        let heads = markers::heads(state, self.document);
        self.maker.path(state, path, heads);
        markers::draw_at_mid_points(self, state, path);
    }

    fn is_covering(&self, path: &BezPath) -> bool {
        let corners = corners::corners(path).and_then(|it| corners::outline(&it));
        corners.is_some_and(|(outline, _)| outline == shared::model::Outline::Rectangle)
    }

    /// Whether a rectangle is the paper of the drawing: the first of all, as large as the drawing,
    /// without a line and as pale as the board.
    fn is_background(&self, rect: Rect, state: &State) -> bool {
        let pale = match &state.fill {
            Paint::Rgb(rgb, _) => rgb.contrast(background(Theme::Light)) < LIKE_BOARD,
            Paint::None | Paint::Server(_) => false,
        };
        let covers = |view: Rect| {
            let gap = view.width().max(view.height()) * 0.01;
            rect.inflate(gap, gap).contains_rect(view)
        };
        let has_no_line = matches!(state.stroke, Paint::None);
        self.maker.elements.is_empty() && pale && has_no_line && self.view.is_some_and(covers)
    }
}

/// The colour that a text of CSS names, and its opacity, 0 to 1; `None` for none and transparent.
pub(crate) fn paint_of(text: &str) -> Option<(Rgb, f64)> {
    match paint::paint(text, Rgb::from_hex(0), false)? {
        Paint::Rgb(rgb, alpha) if alpha > 0.0 => Some((rgb, alpha)),
        Paint::Rgb(..) | Paint::None | Paint::Server(_) => None,
    }
}

/// Whether the content of a tag is only a definition, which is not drawn where it stands.
fn is_not_drawn(name: &str) -> bool {
    matches!(
        name,
        "" | "defs"
            | "clipPath"
            | "mask"
            | "symbol"
            | "pattern"
            | "marker"
            | "style"
            | "script"
            | "title"
            | "desc"
            | "metadata"
            | "linearGradient"
            | "radialGradient"
            | "filter"
    )
}
