//! An editor with its board, and functions to script pointers and keys.

use shared::geometry::{BoardRect, InkPoint, ScreenPoint};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Props;
use shared::model::layout::ink_points;
use shared::model::{Board, Body, Color, Element, NewElement, OrderKey, Outline, Prop, Stroke};
use shared::op::{Commit, Guard, Op, apply_commit};
use shared::protocol::live::LiveUpdate;

pub(super) use testkit::fixtures::element_id;
use testkit::fixtures::{ink, stroke};

use crate::{
    Access, Button, Changed, Command, Context, Editor, InputEvent, Key, Modifiers, Output, Pointer,
    PointerId, PointerKind, Prefs, Sample, ScreenSize, StyleChange, ToolKind,
};

pub(super) const ME: ClientId = ClientId::from_bytes([1; 16]);
pub(super) const OTHER: ClientId = ClientId::from_bytes([2; 16]);

pub(super) struct Rig {
    pub(super) editor: Editor,
    pub(super) board: Board,
    pub(super) now: Millis,
    pub(super) log: Vec<Output>,
    /// The keys that are held while the pointer moves.
    pub(super) held: Modifiers,
    next_id: u64,
}

pub(super) fn pointer(kind: PointerKind, id: i32, x: f64, y: f64, time: Millis) -> Pointer {
    Pointer {
        id: PointerId(id),
        kind,
        button: Button::Primary,
        at: ScreenPoint::new(x, y),
        pressure: 0.5,
        contact: ScreenSize::default(),
        modifiers: Modifiers::default(),
        time,
    }
}

pub(super) fn samples(points: &[(f64, f64)], time: Millis) -> Vec<Sample> {
    let sample = |&(x, y): &(f64, f64)| Sample {
        at: ScreenPoint::new(x, y),
        pressure: 0.5,
        time,
    };
    points.iter().map(sample).collect()
}

/// A straight stroke on the board, in board units.
pub(super) fn line(number: u64, from: (f64, f64), to: (f64, f64)) -> NewElement {
    stroke(element_id(number), ink([from, to]))
}

/// A closed shape on the board, in board units.
pub(super) fn shape(number: u64, outline: Outline, rect: BoardRect) -> NewElement {
    boxed(number, Body::Shape(outline), rect)
}

/// An element that fills a box, in board units.
pub(super) fn boxed(number: u64, body: Body, rect: BoardRect) -> NewElement {
    let at = rect.origin().into();
    let size = [rect.width() as f32, rect.height() as f32];
    let props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
    NewElement::new(element_id(number), props.with(Prop::Size(size)), body)
}

impl Rig {
    /// An empty board whose origin is in the upper left corner at 100 %.
    pub(super) fn new() -> Self {
        let mut rig = Self {
            editor: Editor::new(ME),
            board: Board::new(),
            now: 0,
            log: Vec::new(),
            held: Modifiers::default(),
            next_id: 1_000,
        };
        rig.send(InputEvent::Resize(ScreenSize::new(800.0, 600.0)));
        let camera = *rig.editor.camera();
        rig.editor
            .set_camera(camera.centred_on(shared::geometry::BoardPoint::new(400.0, 300.0)));
        rig.log.clear();
        rig
    }

    /// Switches draw-and-hold off: a stroke with a pause stays ink.
    pub(super) fn never_hold(&mut self) {
        let prefs = Prefs {
            draw_and_hold: false,
            ..*self.editor.prefs()
        };
        self.editor.set_prefs(prefs);
    }

    pub(super) fn pick(&mut self, tool: ToolKind) {
        self.run(Command::pick(tool));
    }

    pub(super) fn send(&mut self, event: InputEvent) {
        self.ask(|editor, context| editor.handle(event, context));
    }

    pub(super) fn run(&mut self, command: &'static Command) {
        self.ask(|editor, context| editor.run(command, context));
    }

    /// Changes the board by ops that were made elsewhere.
    pub(super) fn apply_change(&mut self, ops: Vec<Op>, guard: &Guard) {
        self.ask(|editor, context| editor.apply(ops, guard, context));
    }

    /// Selects elements, as from a list.
    pub(super) fn select(&mut self, numbers: &[u64]) {
        let ids: Vec<ElementId> = numbers.iter().map(|number| element_id(*number)).collect();
        self.ask(|editor, context| editor.show(&ids, context));
        self.log.clear();
    }

    /// The element with this number.
    pub(super) fn element(&self, number: u64) -> &Element {
        self.board.get(element_id(number)).expect("it is gone")
    }

    pub(super) fn restyle(&mut self, change: StyleChange) {
        self.ask(|editor, context| editor.restyle(change, context));
    }

    /// Makes the person an owner of the board.
    pub(super) fn become_owner(&mut self) {
        self.ask(|editor, context| editor.set_access(Access::Own, context));
    }

    /// Takes the person's right to change the board.
    pub(super) fn become_viewer(&mut self) {
        self.ask(|editor, context| editor.set_access(Access::View, context));
    }

    /// Calls the editor and carries out its outputs, and all parts of a large change.
    pub(super) fn ask(&mut self, what: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>) {
        self.ask_once(what);
        while self.editor.is_committing() {
            self.ask_once(Editor::go_on);
        }
    }

    /// Calls the editor and carries out its outputs.
    pub(super) fn ask_once(&mut self, what: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>) {
        let next_id = &mut self.next_id;
        let mut ids = || {
            *next_id += 1;
            element_id(*next_id)
        };
        let context = Context {
            now: self.now,
            ids: &mut ids,
            board: &self.board,
        };
        let effects = what(&mut self.editor, context);
        self.carry_out(effects);
    }

    pub(super) fn animation_frame(&mut self) {
        self.ask(Editor::animation_frame);
    }

    pub(super) fn down(&mut self, x: f64, y: f64) {
        let pointer = self.pointer(PointerKind::Mouse, 1, x, y);
        self.send(InputEvent::PointerDown(pointer));
    }

    pub(super) fn drag(&mut self, points: &[(f64, f64)]) {
        self.drag_as(PointerKind::Mouse, 1, points);
    }

    pub(super) fn drag_as(&mut self, kind: PointerKind, id: i32, points: &[(f64, f64)]) {
        let (x, y) = points[points.len() - 1];
        self.send(InputEvent::PointerMove {
            pointer: self.pointer(kind, id, x, y),
            samples: samples(points, self.now),
            predicted: Vec::new(),
        });
    }

    pub(super) fn up(&mut self, x: f64, y: f64) {
        let pointer = self.pointer(PointerKind::Mouse, 1, x, y);
        self.send(InputEvent::PointerUp(pointer));
    }

    fn pointer(&self, kind: PointerKind, id: i32, x: f64, y: f64) -> Pointer {
        Pointer {
            modifiers: self.held,
            ..pointer(kind, id, x, y, self.now)
        }
    }

    /// Presses and lifts in one place, a second later.
    pub(super) fn click(&mut self, x: f64, y: f64) {
        self.now += 1_000;
        self.down(x, y);
        self.up(x, y);
    }

    pub(super) fn key(&mut self, key: &str) {
        self.send(InputEvent::KeyDown(Key {
            key: key.to_owned(),
            ..Key::default()
        }));
    }

    /// Draws one short stroke with the active tool.
    pub(super) fn draw(&mut self, points: &[(f64, f64)]) {
        let (first, last) = (points[0], points[points.len() - 1]);
        self.down(first.0, first.1);
        self.drag(&points[1..]);
        self.up(last.0, last.1);
    }

    /// Applies ops of an author.
    pub(super) fn apply(&mut self, author: ClientId, ops: Vec<Op>, guard: Guard) {
        let commit = Commit { cno: 1, guard, ops };
        commit.validate().unwrap();
        let undo = apply_commit(&mut self.board, author, &commit);
        let touched: Vec<ElementId> = undo.touched().collect();
        self.editor.board_changed(&touched, &self.board);
        self.board.check_invariants().unwrap();
    }

    pub(super) fn put(&mut self, author: ClientId, new: NewElement) {
        self.apply(author, vec![Op::Put(Box::new(new))], Guard::Any);
    }

    fn carry_out(&mut self, effects: Vec<Output>) {
        for effect in effects {
            if let Output::Commit { ops, guard } = &effect {
                self.apply(ME, ops.clone(), guard.clone());
            }
            self.log.push(effect);
        }
    }

    /// The one stroke on the board, with its points.
    pub(super) fn only_stroke(&self) -> (Stroke, Vec<InkPoint>) {
        assert_eq!(self.board.len(), 1);
        let element = self.board.elements().next().unwrap();
        let Body::Stroke(stroke) = &element.body else {
            panic!("{:?} is no stroke", element.body);
        };
        (stroke.clone(), ink_points(element))
    }

    /// The element that was put on the board last.
    pub(super) fn newest(&self) -> Element {
        let newest = self.board.elements().max_by_key(|element| element.id);
        Element::clone(newest.expect("nothing on the board"))
    }

    /// The drafts.
    pub(super) fn drafts(&self) -> Vec<NewElement> {
        self.editor.overlay(self.now, &self.board).drafts
    }

    pub(super) fn commits(&self) -> Vec<&[Op]> {
        let commit = |effect: &'_ Output| matches!(effect, Output::Commit { .. });
        self.log
            .iter()
            .filter(|effect| commit(effect))
            .map(|effect| match effect {
                Output::Commit { ops, .. } => ops.as_slice(),
                _ => &[],
            })
            .collect()
    }

    /// The outputs, each as a word, without repaints, pointers and cursors.
    pub(super) fn said(&self) -> String {
        let words: Vec<String> = self.log.iter().filter_map(word).collect();
        words.join(" ")
    }
}

fn word(effect: &Output) -> Option<String> {
    match effect {
        Output::Commit { ops, guard } => {
            let ops: Vec<&str> = ops.iter().map(op_word).collect();
            let mine = if *guard == Guard::MineOnly { "!" } else { "" };
            Some(format!("commit{mine}({})", ops.join(",")))
        }
        Output::Live(LiveUpdate::Begin { .. }) => Some("begin".to_owned()),
        Output::Live(LiveUpdate::Ink { from, ink }) => Some(format!("ink[{from}+{}]", ink.len())),
        Output::Live(LiveUpdate::End { kept: true }) => Some("kept".to_owned()),
        Output::Live(LiveUpdate::End { kept: false }) => Some("dropped".to_owned()),
        Output::Changed(Changed::Camera) => Some("camera".to_owned()),
        Output::Changed(Changed::Tool) => Some("tool".to_owned()),
        Output::Ui(command) => Some(format!("ui:{command:?}")),
        Output::Live(LiveUpdate::Select(ids)) => Some(format!("told[{}]", ids.len())),
        Output::Live(LiveUpdate::Transform(Some(_))) => Some("transform".to_owned()),
        Output::Live(LiveUpdate::Transform(None)) => Some("transformed".to_owned()),
        Output::Live(LiveUpdate::Draft(Some(_))) => Some("draft".to_owned()),
        Output::Live(LiveUpdate::Draft(None)) => Some("drafted".to_owned()),
        Output::Live(LiveUpdate::Laser(points)) => Some(format!("laser[{}]", points.len())),
        Output::Changed(Changed::Text) => Some("typing".to_owned()),
        Output::Live(
            LiveUpdate::Cursor(_)
            | LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::Hand(_)
            | LiveUpdate::Follow(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. },
        )
        | Output::Changed(Changed::Selection | Changed::Overlay)
        | Output::KeyTaken => None,
    }
}

pub(super) fn op_word(op: &Op) -> &'static str {
    match op {
        Op::Put(new) => match &new.body {
            Body::Stroke(stroke) if stroke.open => "put-open",
            Body::Stroke(_) => "put",
            Body::Shape(_) => "put-shape",
            Body::Line => "put-line",
            Body::Text => "put-text",
            Body::Sticky { .. } => "put-sticky",
            Body::Frame => "put-frame",
            Body::Path(_) => "put-path",
            Body::Image => "put-image",
        },
        Op::Extend { end: false, .. } => "extend",
        Op::Extend { end: true, .. } => "extend-end",
        Op::Set { .. } => "set",
        Op::Delete { .. } => "delete",
        Op::Restore(_) => "restore",
        Op::Text { .. } => "text",
        Op::Erase { .. } => "cut",
        Op::Unerase { .. } => "uncut",
        Op::Chat(_) => "chat",
    }
}
