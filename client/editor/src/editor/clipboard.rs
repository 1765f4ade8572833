//! Copying and pasting elements, text and drawings.
//!
//! Knows the forms that elements take on a clipboard. It must not know browsers.

use crate::tool_kind::ToolKind;
use kurbo::Vec2;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::model::palette::Theme;
use shared::model::{Board, NewElement};

use super::copying::BESIDE_PX;
use super::route::World;
use super::{Access, Editor, Pointing};
use crate::document::copies;
use crate::import::{self, Look};
use crate::input::Pasted;
use crate::output::{Copied, Effect, UiCommand};

/// How often a paste gives way to what is there already.
const MOST_STEPS: usize = 50;
/// Boxes nearer to each other than this, in CSS pixels, cover each other.
const SAME_PLACE_PX: f64 = 1.0;

impl Editor {
    /// What is selected, for the clipboard; nothing if nothing is.
    #[must_use]
    pub fn copied(&self, board: &Board) -> Option<Copied> {
        let elements = copies::extracted(board, &self.selection.ids);
        if elements.is_empty() {
            return None;
        }
        Some(Copied {
            elements: import::elements::write(&elements),
            text: import::text::write(&elements),
            svg: import::svg_of(&elements, self.me, Theme::Light),
        })
    }

    /// Asks for what is selected to be put on the clipboard.
    pub(super) fn copy(&mut self, world: &mut World<'_>) {
        if let Some(copied) = self.copied(world.board) {
            world.effects.push(Effect::Ui(UiCommand::Copy(copied)));
        }
    }

    pub(super) fn paste(
        &mut self,
        content: &Pasted,
        at: Option<ScreenPoint>,
        world: &mut World<'_>,
    ) {
        if self.access == Access::View {
            return;
        }
        let look = Look {
            me: self.me,
            zoom: self.camera.zoom(),
            style: *self.styles.of(ToolKind::Text),
        };
        let elements = match content {
            Pasted::Elements(text) => import::elements::read(text),
            Pasted::Text(text) => import::text::read(text, &look, world.ids),
        };
        if elements.is_empty() {
            let said = UiCommand::Say("There is nothing on the clipboard that could be pasted.");
            return world.effects.push(Effect::Ui(said));
        }
        let Some(extent) = copies::extent(&elements, self.me) else {
            return;
        };
        let by = self.way_of_paste(extent, at);
        self.pick(ToolKind::Select, world);
        self.selection.within = None;
        self.put_copies(&strangers(elements), [by.x, by.y], world);
    }

    /// How far what comes from the clipboard is moved: to where it was dropped, to the
    /// pointer, or into the middle of the view, and beside what lies exactly there.
    fn way_of_paste(&self, extent: BoardRect, at: Option<ScreenPoint>) -> Vec2 {
        let visible = self.camera.visible();
        let (Pointing::Shown(hover) | Pointing::Due(hover)) = self.pointing;
        let hover = hover
            .map(|[x, y]| BoardPoint::new(f64::from(x), f64::from(y)))
            .filter(|at| visible.contains(kurbo::Point::from(*at)));
        let to = match at {
            Some(at) => self.camera.to_board(at),
            None => hover.unwrap_or_else(|| self.camera.centre()),
        };
        let mut by = kurbo::Point::from(to) - extent.center();
        let beside = self.camera.board_length(BESIDE_PX);
        for _ in 0..MOST_STEPS {
            if !self.is_taken(extent + by) {
                break;
            }
            by += Vec2::new(beside, beside);
        }
        by
    }

    /// Whether something has the same middle.
    fn is_taken(&self, rect: BoardRect) -> bool {
        let near = self.camera.board_length(SAME_PLACE_PX);
        let middle = BoardRect::from_center_size(rect.center(), (near, near));
        self.index.touching(middle).any(|id| {
            let bounds = self.index.bounds_of(id);
            bounds.is_some_and(|bounds| middle.contains(bounds.center()))
        })
    }
}

/// Elements from elsewhere belong to no frame or group of this board.
fn strangers(mut elements: Vec<NewElement>) -> Vec<NewElement> {
    let ids: std::collections::BTreeSet<_> = elements.iter().map(|new| new.id).collect();
    for new in &mut elements {
        let frame = new.props.frame().filter(|frame| ids.contains(frame));
        new.props.set(shared::model::Prop::Frame(frame));
    }
    elements
}
