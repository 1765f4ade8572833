//! What controls may ask a session, and where it looks.
//!
//! Answers come from the editor and the canvas; nothing here changes the board.

use std::rc::Rc;

use editor::{Action, Availability, Camera};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::model::palette::{Rgb, Theme};

use super::{Session, Survey};

/// Reads the colour that is shown at a place of the view.
pub(super) type ReadColor = Rc<dyn Fn(ScreenPoint) -> Option<Rgb>>;

impl Session {
    /// Whether an action can be carried out now, and if not, why.
    #[must_use]
    pub(crate) fn availability(&self, action: Action) -> Availability {
        let inner = self.inner();
        let core = inner.core.borrow();
        core.editor.availability(action, core.replica().board())
    }

    /// Shows what lies where; costs less than a whole view.
    pub(crate) fn survey<R>(&self, look: impl FnOnce(Survey<'_>) -> R) -> R {
        let inner = self.inner();
        let core = inner.core.borrow();
        look(Survey {
            board: core.replica().board(),
            index: core.editor.index(),
            camera: core.editor.camera(),
            theme: self.theme(),
        })
    }

    /// In which look the board is painted.
    #[must_use]
    pub(crate) fn theme(&self) -> Theme {
        self.inner().theme.get()
    }

    /// Brings a place of the board into the middle of the view.
    pub(crate) fn look_at(&self, place: BoardPoint) {
        let camera = self.inner().core.borrow().editor.camera().centred_on(place);
        self.look_from(camera);
    }

    /// Looks from elsewhere; the view keeps its size.
    pub(crate) fn look_from(&self, camera: Camera) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.editor.set_camera(camera);
        core.damage.camera = true;
        core.damage.live = true;
        drop(core);
        inner.settle();
    }

    /// The colour that the board shows at a place of the view; `None` where the
    /// canvas cannot be read.
    #[must_use]
    pub(crate) fn color_at(&self, place: ScreenPoint) -> Option<Rgb> {
        let read = self.inner().read_color.borrow().clone();
        read.and_then(|read| read(place))
    }

    /// Says who can read colours from the screen.
    pub(crate) fn on_color_wanted(&self, read: Rc<dyn Fn(ScreenPoint) -> Option<Rgb>>) {
        self.inner().read_color.replace(Some(read));
    }

    /// Letters look otherwise now: a typeface has been loaded.
    pub(crate) fn typefaces_changed(&self) {
        let inner = self.inner();
        inner.core.borrow_mut().damage.all();
        inner.want_frame();
    }
}
