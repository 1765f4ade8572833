//! The editor: input in, effects out.
//!
//! Owns camera, tool in hand, styles, index and history, and leads each input
//! through gesture, tool and history in this order. It must not know who drives
//! it, nor decide what a gesture or a tool decides.
//!
//! A driver calls [`Editor::handle`] for each input, [`Editor::frame`] once a
//! frame, carries out the effects in order, and tells of every change of the board
//! by [`Editor::board_changed`].

mod action;
mod route;

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::{Board, Color, Element, WidthStep};
use shared::protocol::live::LiveItem;

use crate::camera::Camera;
use crate::cull;
use crate::effect::{CursorIcon, Effect};
use crate::gesture::{Arbiter, SpaceBar};
use crate::history::History;
use crate::index::Index;
use crate::input::InputEvent;
use crate::keymap::Keymap;
use crate::style::{Look, Styles};
use crate::tool::{OwnInk, Tool, ToolEvent, ToolKind};
use route::World;

pub use crate::gesture::PenMode;

/// Whether the person may change the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Access {
    /// They may draw.
    #[default]
    Edit,
    /// They may look: every tool moves the view.
    View,
}

/// Where the person points, for others to see.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pointing {
    Shown(Option<[f32; 2]>),
    Due(Option<[f32; 2]>),
}

/// One person's whiteboard.
#[derive(Debug)]
pub struct Editor {
    me: ClientId,
    access: Access,
    kind: ToolKind,
    /// What the working pointer got; it keeps that until it is lifted.
    wielded: ToolKind,
    tool: Tool,
    styles: Styles,
    arbiter: Arbiter,
    camera: Camera,
    index: Index,
    history: History,
    keymap: Keymap,
    pointing: Pointing,
    cursor: CursorIcon,
}

impl Editor {
    /// An editor of `me`, with the pen in hand, on an empty board.
    #[must_use]
    pub fn new(me: ClientId) -> Self {
        let kind = ToolKind::default();
        Self {
            me,
            access: Access::default(),
            kind,
            wielded: kind,
            tool: Tool::new(kind),
            styles: Styles::default(),
            arbiter: Arbiter::default(),
            camera: Camera::default(),
            index: Index::new(),
            history: History::new(),
            keymap: Keymap,
            pointing: Pointing::Shown(None),
            cursor: CursorIcon::default(),
        }
    }

    /// Takes one input. `now` and the times in `event` are of one clock; `ids`
    /// gives an id that nothing has yet, each time; `board` is what the person sees.
    pub fn handle(
        &mut self,
        event: InputEvent,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        self.route(event, &mut world);
        self.follow_cursor(&mut world);
        world.effects
    }

    /// Once a frame: sends what was drawn and pointed at since the last one, and
    /// makes long strokes durable. Call it also while nothing moves, as long as
    /// [`Self::is_busy`].
    pub fn frame(
        &mut self,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        self.step(ToolEvent::Frame, &mut world);
        if let Pointing::Due(at) = self.pointing {
            self.pointing = Pointing::Shown(at);
            world.effects.push(Effect::Live(LiveItem::Cursor(at)));
        }
        world.effects
    }

    /// Takes over changes of these elements; returns the regions to repaint.
    pub fn board_changed(
        &mut self,
        changed: impl IntoIterator<Item = ElementId>,
        board: &Board,
    ) -> Vec<BoardRect> {
        self.index.apply(changed, board)
    }

    /// Takes over a whole board, after it was loaded.
    pub fn board_replaced(&mut self, board: &Board) {
        self.index = Index::of(board);
    }

    /// Says who the person is, when their identity changes; the history stays
    /// with the identity it was made by and is forgotten.
    pub fn set_me(&mut self, me: ClientId) {
        if self.me != me {
            self.me = me;
            self.history = History::new();
        }
    }

    /// The camera.
    #[must_use]
    pub const fn camera(&self) -> &Camera {
        &self.camera
    }

    /// Moves the camera, for instance to where it was when the board was left.
    pub fn set_camera(&mut self, camera: Camera) {
        self.camera = camera.resized(self.camera.size());
    }

    /// The tool in hand.
    #[must_use]
    pub const fn tool(&self) -> ToolKind {
        self.kind
    }

    /// Whether the person may change the board.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// The look that the tool in hand draws with; none for tools without ink.
    #[must_use]
    pub fn look(&self) -> Option<Look> {
        self.styles.of(self.kind)
    }

    /// Colours and widths of all tools.
    #[must_use]
    pub const fn styles(&self) -> &Styles {
        &self.styles
    }

    /// Takes over colours and widths, for instance those of the last visit.
    pub fn set_styles(&mut self, styles: Styles) {
        self.styles = styles;
    }

    /// Gives the tool in hand a colour; tools without ink ignore it.
    pub fn set_color(&mut self, color: Color) {
        if let Some(brush) = self.kind.brush() {
            self.styles.set_color(brush, color);
        }
    }

    /// Gives the tool in hand a width; tools without ink ignore it.
    pub fn set_width(&mut self, width: WidthStep) {
        if let Some(brush) = self.kind.brush() {
            self.styles.set_width(brush, width);
        }
    }

    /// One's own ink that is being drawn, to be painted above everything.
    #[must_use]
    pub fn own_ink(&self) -> Option<OwnInk<'_>> {
        self.tool.own_ink()
    }

    /// The elements that the eraser touched and that go when it is lifted, to be
    /// painted dim.
    #[must_use]
    pub fn erasing(&self) -> &BTreeSet<ElementId> {
        self.tool.erasing()
    }

    /// Whether a pointer is at work.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.tool.is_busy()
    }

    /// Undo and redo, for the state of their buttons.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The keys.
    #[must_use]
    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// How the pointer looks now.
    #[must_use]
    pub const fn cursor(&self) -> CursorIcon {
        self.cursor
    }

    /// Whether pens draw and fingers move the view.
    #[must_use]
    pub const fn pen_mode(&self) -> PenMode {
        self.arbiter.pen_mode()
    }

    /// Lets fingers draw again, until the next pen.
    pub fn leave_pen_mode(&mut self) {
        self.arbiter.leave_pen_mode();
    }

    /// Where elements are.
    #[must_use]
    pub const fn index(&self) -> &Index {
        &self.index
    }

    /// The elements to paint in a region at a zoom, from the bottom of the stack up.
    #[must_use]
    pub fn in_sight<'a>(
        &self,
        board: &'a Board,
        region: BoardRect,
        zoom: f64,
    ) -> Vec<&'a Arc<Element>> {
        cull::in_sight(board, &self.index, region, zoom)
    }

    fn follow_cursor(&mut self, world: &mut World<'_>) {
        let icon = self.fitting_cursor();
        if icon != self.cursor {
            self.cursor = icon;
            world.effects.push(Effect::Cursor(icon));
        }
    }

    fn fitting_cursor(&self) -> CursorIcon {
        let busy = self.is_busy();
        let resting = match (self.access, self.arbiter.space()) {
            (Access::View, _) | (Access::Edit, SpaceBar::Held) => ToolKind::Hand,
            (Access::Edit, SpaceBar::Up) => self.kind,
        };
        match if busy { self.wielded } else { resting } {
            ToolKind::Hand if busy => CursorIcon::Grabbing,
            ToolKind::Hand => CursorIcon::Grab,
            ToolKind::Pen | ToolKind::Highlighter => CursorIcon::Crosshair,
            ToolKind::Eraser => CursorIcon::Eraser,
        }
    }

    fn point_at(&mut self, at: Option<BoardPoint>) {
        let at = at.map(|at| [at.x as f32, at.y as f32]);
        let (Pointing::Shown(last) | Pointing::Due(last)) = self.pointing;
        if last != at {
            self.pointing = Pointing::Due(at);
        }
    }
}
