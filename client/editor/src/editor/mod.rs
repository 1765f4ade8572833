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
mod arrange;
mod available;
mod bereft;
mod caret;
mod clipboard;
mod connecting;
mod copying;
mod find;
mod group;
mod look;
mod making;
mod naming;
mod order;
mod placing;
mod reach;
mod route;
mod shown;
mod sight;
mod styling;
mod writing;

use crate::tool_kind::ToolKind;
use crate::view::CursorIcon;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::protocol::live::LiveItem;
use std::collections::BTreeSet;

use crate::commands::keymap::Keymap;
use crate::document::history::History;
use crate::document::index::Index;
use crate::document::selection::Selection;
use crate::document::selection_cache::Survey;
use crate::input::InputEvent;
use crate::input::gesture::Arbiter;
use crate::output::Effect;
use crate::prefs::Prefs;
use crate::style::Styles;
use crate::text::Typing;
use crate::tools::{OwnInk, Tool, ToolEvent};
use crate::view::camera::Camera;
use route::World;

pub use caret::is_for_editor;
pub use find::{FindStep, Found};

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
    selection: Selection,
    survey: Survey,
    prefs: Prefs,
    /// What the person is called.
    name: String,
    typing: Option<Typing>,
    pointing: Pointing,
    /// Where the pointer was seen last, for its looks.
    hovering: Option<ScreenPoint>,
    cursor: CursorIcon,
    memory: action::Memory,
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
            selection: Selection::none(),
            survey: Survey::default(),
            prefs: Prefs::default(),
            name: String::new(),
            typing: None,
            pointing: Pointing::Shown(None),
            hovering: None,
            cursor: CursorIcon::default(),
            memory: action::Memory::default(),
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
        let mut intents = Vec::new();
        self.arbiter.waited(now, &mut intents);
        for intent in intents {
            self.follow(intent, &mut world);
        }
        self.step(ToolEvent::Frame, &mut world);
        self.show_caret(&mut world);
        self.tell_loss(&mut world);
        if let Pointing::Due(at) = self.pointing {
            self.pointing = Pointing::Shown(at);
            world.effects.push(Effect::Live(LiveItem::Cursor(at)));
        }
        world.effects
    }

    /// Takes over changes of these elements; returns the regions to repaint.
    pub fn board_changed(&mut self, changed: &[ElementId], board: &Board) -> Vec<BoardRect> {
        // Before what is gone is dropped: the frame was around that too.
        self.survey.follow(changed, &self.selection, board);
        self.selection.drop_gone(changed, board);
        self.follow_text(board);
        self.index.apply(changed, board)
    }

    /// Takes over a whole board, after it was loaded.
    pub fn board_replaced(&mut self, board: &Board) {
        self.index = Index::of(board);
        self.survey = Survey::default();
        self.selection.follow(board);
        self.follow_text(board);
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

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What the person likes.
    #[must_use]
    pub const fn prefs(&self) -> &Prefs {
        &self.prefs
    }

    /// Takes over what the person likes, for instance from the last visit.
    pub fn set_prefs(&mut self, prefs: Prefs) {
        self.prefs = prefs;
    }

    /// Says what the person is called; stickies are signed with it.
    pub fn set_name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// The styles of all tools.
    #[must_use]
    pub const fn styles(&self) -> &Styles {
        &self.styles
    }

    /// Takes over styles, for instance those of the last visit.
    pub fn set_styles(&mut self, styles: Styles) {
        self.styles = styles;
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

    /// Where elements are.
    #[must_use]
    pub const fn index(&self) -> &Index {
        &self.index
    }

    fn follow_cursor(&mut self, world: &mut World<'_>) {
        let icon = self.fitting_cursor(world);
        if icon != self.cursor {
            self.cursor = icon;
            world.effects.push(Effect::Cursor(icon));
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
