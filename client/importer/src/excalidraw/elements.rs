//! The elements of a scene.

use std::collections::{HashMap, HashSet};

use kurbo::{Point, Vec2};
use serde_json::value::RawValue;
use shared::geometry::{BoardPoint, FillRule, PackedPath};
use shared::id::{ElementId, GroupId};
use shared::limits::{MAX_GROUPS, MAX_TITLE_CHARS, MAX_WIDTH, MIN_WIDTH};
use shared::model::{
    Arrowhead, Body, Color, Dash, Filling, NewElement, OrderKey, Prop, Props, Route, VectorPath,
};
use shared::op::Op;

use super::drawn::{Drawn, Paints};
use super::files::Files;
use super::labels::{label_place, labels_of, place_labels, shapes_with_texts};
use crate::foreign::Foreign;
use crate::ids::id;
use crate::left_out::{LeftOut, Report};
use crate::limits::MAX_ELEMENTS;
use crate::polyline::{polygon, polyline};

/// The greatest radius of round corners, and their share of the shorter side.
const CORNER: f64 = 32.0;
const CORNER_SHARE: f64 = 0.25;
/// The radius of the corners of elbow arrows.
const ELBOW_CORNER: f64 = 16.0;
/// Reads elements. Those that cannot be read are left out. `is_ours` says that this program wrote them.
pub(super) fn read(raw: &[&RawValue], files: Files<'_>, is_ours: bool, zoom: f64) -> Foreign {
    let mut report = Report::default();
    if raw.len() > MAX_ELEMENTS {
        report.add(LeftOut::TooMany);
    }
    let read = raw.iter().take(MAX_ELEMENTS);
    let read = read.filter_map(|it| serde_json::from_str::<Drawn>(it.get()).ok());
    let mut drawn: Vec<Drawn> = read.filter(|it| !it.is_deleted).collect();
    let mut known = HashSet::new();
    for (number, it) in drawn.iter_mut().enumerate() {
        // No other element refers to one without an id of its own.
        if it.id.is_empty() || !known.insert(it.id.clone()) {
            it.id = format!("\0{number}");
        }
        if is_ours {
            // A sticky note has its text at the upper edge, and stays one element.
            it.vertical_align = None;
        }
    }
    // Frames lie behind their members here.
    drawn.sort_by_key(|it| !it.is_frame());
    let mut scene = Scene::new(&drawn, files, 1.0 / zoom);
    scene.is_ours = is_ours;
    for it in &drawn {
        scene.add(it);
    }
    scene.report.merge(report);
    let Scene {
        mut elements,
        mut report,
        labelled_lines,
        files,
        ..
    } = scene;
    let before = elements.len();
    elements.retain(|new| Op::Put(Box::new(new.clone())).validate().is_ok());
    if elements.len() < before {
        report.add(LeftOut::FarAway);
    }
    place_labels(&mut elements, &labelled_lines);
    Foreign {
        elements,
        files: files.finish(),
        report,
    }
}

/// The elements with their own ids, and the ids that they get.
pub(super) type ById<'a> = HashMap<&'a str, (&'a Drawn, ElementId)>;

pub(super) struct Scene<'a> {
    /// Board units for one unit of the scene.
    pub(super) unit: f64,
    /// Whether this program wrote the scene.
    is_ours: bool,
    pub(super) by_id: ById<'a>,
    /// The labels of shapes and arrows.
    pub(super) labels: HashMap<&'a str, &'a Drawn>,
    shapes_with_texts: HashSet<&'a str>,
    /// The lines with a label that is not in the middle of their length, and its place.
    pub(super) labelled_lines: HashMap<ElementId, BoardPoint>,
    groups: HashMap<&'a str, GroupId>,
    pub(super) files: Files<'a>,
    /// The number of the next element that stands for no element of the scene.
    pub(super) next: usize,
    pub(super) elements: Vec<NewElement>,
    pub(super) report: Report,
}

impl<'a> Scene<'a> {
    fn new(drawn: &'a [Drawn], files: Files<'a>, unit: f64) -> Self {
        let numbered = drawn.iter().enumerate();
        let by_id: HashMap<_, _> = numbered
            .map(|(number, it)| (it.id.as_str(), (it, id(number + 1))))
            .collect();
        Self {
            unit,
            is_ours: false,
            labels: labels_of(drawn, &by_id),
            shapes_with_texts: shapes_with_texts(drawn, &by_id),
            by_id,
            labelled_lines: HashMap::new(),
            groups: HashMap::new(),
            files,
            next: drawn.len() + 1,
            elements: Vec::new(),
            report: Report::default(),
        }
    }

    fn add(&mut self, it: &'a Drawn) {
        match it.kind.as_str() {
            "rectangle" | "ellipse" | "diamond" => self.shape(it),
            "text" if !self.is_label(it) => self.text(it),
            "line" | "draw" | "arrow" => self.line(it),
            "freedraw" => self.ink(it),
            "frame" | "magicframe" => self.frame(it),
            "image" => self.image(it),
            "embeddable" | "iframe" => self.report.add(LeftOut::Embedded),
            _ => {}
        }
    }

    fn shape(&mut self, it: &'a Drawn) {
        let Some(outline) = it.outline() else { return };
        let mut props = self.props(it);
        self.set_box(&mut props, it);
        if it.is_round() {
            let side = it.width.abs().min(it.height.abs());
            let greatest = it.roundness.as_ref().and_then(|round| round.value);
            let radius = (side * CORNER_SHARE).min(greatest.unwrap_or(CORNER));
            props.set(Prop::Corner((radius * self.unit) as f32));
        }
        let mut new = NewElement::new(self.id_of(it), props, Body::Shape(outline));
        if let Some(label) = self.labels.get(it.id.as_str()).copied() {
            self.write(&mut new, label);
        }
        self.elements.push(new);
    }

    fn line(&mut self, it: &'a Drawn) {
        let points = it.points();
        if points.len() < 2 {
            return;
        }
        if !it.is_line() {
            let id = self.id_of(it);
            let path = self.path(it, id, &points);
            return self.elements.extend(path);
        }
        let mut props = self.props(it);
        props.set(Prop::Filling(Filling::None));
        props.set(Prop::Fill(None));
        let turned = it.turned(&points);
        let first = turned.first().copied().unwrap_or_default();
        props.at = self.place(Point::new(it.x, it.y) + first.to_vec2());
        let own = turned.iter().map(|at| (*at - first) * self.unit);
        props.set(Prop::Points(
            own.map(|way| [way.x as f32, way.y as f32]).collect(),
        ));
        let backwards: Vec<Point> = turned.iter().rev().copied().collect();
        let ends = [
            self.anchor(it, it.start_binding.as_ref(), &turned),
            self.anchor(it, it.end_binding.as_ref(), &backwards),
        ];
        let is_elbow = it.elbowed == Some(true);
        props.set(Prop::Route(match (is_elbow, it.is_round()) {
            (true, _) if ends.iter().all(Option::is_some) => Route::Elbow,
            (false, true) if points.len() > 2 => Route::Curved,
            _ => Route::Straight,
        }));
        if is_elbow {
            props.set(Prop::Corner((ELBOW_CORNER * self.unit) as f32));
        }
        let [start, end] = ends;
        props.set(Prop::Start(start));
        props.set(Prop::End(end));
        let heads = [&it.start_arrowhead, &it.end_arrowhead];
        props.set(Prop::Heads(heads.map(|name| arrowhead(name.as_deref()))));
        let mut new = NewElement::new(self.id_of(it), props, Body::Line);
        if let Some(label) = self.labels.get(it.id.as_str()).copied() {
            self.write(&mut new, label);
            let at = if self.is_ours {
                Some(label.rect().center())
            } else {
                label_place(&turned).map(|at| at + Vec2::new(it.x, it.y))
            };
            if let Some(at) = at {
                self.labelled_lines.insert(new.id, self.place(at));
            }
        }
        self.elements.push(new);
    }

    /// A line that is filled or has very many points. `None` if it is too long.
    pub(super) fn path(
        &mut self,
        it: &'a Drawn,
        id: ElementId,
        points: &[Point],
    ) -> Option<NewElement> {
        let is_closed = points.first() == points.last();
        let points = points
            .iter()
            .map(|at| (at.to_vec2() * self.unit).to_point());
        let path = if is_closed {
            polygon(points)
        } else {
            polyline(points)
        };
        let Ok((outline, rect)) = PackedPath::pack(&path) else {
            self.report.add(LeftOut::LongPaths);
            return None;
        };
        let mut props = self.props(it);
        let corner = Vec2::new(it.x, it.y) * self.unit + rect.origin().to_vec2();
        props.at = corner.to_point().into();
        props.set(Prop::Size([rect.width() as f32, rect.height() as f32]));
        props.set(Prop::Angle(angle(it.angle)));
        if !it.is_filled() {
            props.set(Prop::Filling(Filling::None));
            props.set(Prop::Fill(None));
        }
        let rule = FillRule::EvenOdd;
        let body = Body::Path(VectorPath { rule, outline });
        Some(NewElement::new(id, props, body))
    }

    fn frame(&mut self, it: &'a Drawn) {
        let mut props = self.props(it);
        self.set_box(&mut props, it);
        props.color = Color::Black;
        props.set(Prop::Outlined(true));
        props.set(Prop::Angle(0.0));
        let name = it.name.as_deref().unwrap_or("Frame");
        props.set(Prop::Name(name.chars().take(MAX_TITLE_CHARS).collect()));
        let new = NewElement::new(self.id_of(it), props, Body::Frame);
        self.elements.push(new);
    }

    /// The properties that all elements have.
    pub(super) fn props(&mut self, it: &'a Drawn) -> Props {
        let Paints {
            line,
            inside,
            opacity,
        } = it.paints();
        let width = (it.stroke_width() * self.unit) as f32;
        let color = line.or(inside).unwrap_or(Color::Black);
        let opacity = (opacity * 255.0).round().clamp(0.0, 255.0) as u8;
        let at = self.place(Point::new(it.x, it.y));
        let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
        let mut props = Props::plain(OrderKey::first(), at, color, width, opacity);
        props.set(Prop::Outlined(line.is_some() || inside.is_none()));
        if inside.is_some() {
            props.set(Prop::Filling(match it.fill_style.as_deref() {
                Some("hachure" | "cross-hatch" | "zigzag") => Filling::Tint,
                _ => Filling::Solid,
            }));
            props.set(Prop::Fill(line.and(inside)));
        }
        props.set(Prop::Dash(match it.stroke_style.as_deref() {
            Some("dashed") => Dash::Dashed,
            Some("dotted") => Dash::Dotted,
            _ => Dash::Solid,
        }));
        let shape = it.container_id.as_deref().unwrap_or(&it.id);
        let own = self.shapes_with_texts.get(shape).copied();
        let around = it.group_ids.iter().flatten().map(String::as_str);
        let groups = own.into_iter().chain(around).take(MAX_GROUPS);
        let groups = groups.map(|name| self.group(name));
        props.set(Prop::Groups(groups.collect()));
        let frame = it.frame_id.as_deref().and_then(|id| self.by_id.get(id));
        let frame = frame.filter(|(frame, _)| frame.is_frame());
        props.set(Prop::Frame(frame.map(|(_, id)| *id)));
        props
    }

    /// The group with this name.
    pub(super) fn group(&mut self, name: &'a str) -> GroupId {
        let next = self.groups.len() + 1;
        let group = self.groups.entry(name);
        *group.or_insert_with(|| GroupId::from_bytes(*id(next).as_bytes()))
    }

    pub(super) fn set_box(&self, props: &mut Props, it: &Drawn) {
        let rect = it.rect();
        props.at = self.place(rect.origin());
        let size = rect.size() * self.unit;
        props.set(Prop::Size([size.width as f32, size.height as f32]));
        props.set(Prop::Angle(angle(it.angle)));
    }

    pub(super) fn place(&self, at: Point) -> BoardPoint {
        BoardPoint::new(at.x * self.unit, at.y * self.unit)
    }

    pub(super) fn id_of(&self, it: &Drawn) -> ElementId {
        let known = self.by_id.get(it.id.as_str());
        known.map_or_else(|| id(0), |(_, id)| *id)
    }
}

/// An angle in the range −π ..= π.
fn angle(angle: f64) -> f32 {
    Vec2::from_angle(angle).atan2() as f32
}

fn arrowhead(name: Option<&str>) -> Arrowhead {
    match name {
        None | Some("") => Arrowhead::None,
        Some("dot" | "circle" | "circle_outline") => Arrowhead::Dot,
        Some("bar") => Arrowhead::Bar,
        Some("triangle" | "triangle_outline" | "diamond" | "diamond_outline") => {
            Arrowhead::Triangle
        }
        Some(_) => Arrowhead::Arrow,
    }
}
