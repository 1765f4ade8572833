//! The place of the pointer, and whether it was sent to others.

use shared::geometry::BoardPoint;

/// A place on the board; `None` if the pointer is not over the view.
type Place = Option<[f32; 2]>;

/// The place of the pointer on the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pointing {
    /// It was sent to others.
    Sent(Place),
    /// It is sent to others in the next animation frame.
    Unsent(Place),
}

impl Default for Pointing {
    fn default() -> Self {
        Self::Sent(None)
    }
}

impl Pointing {
    pub(super) fn place(self) -> Option<BoardPoint> {
        let (Self::Sent(at) | Self::Unsent(at)) = self;
        at.map(|[x, y]| BoardPoint::new(x.into(), y.into()))
    }

    pub(super) fn point_at(&mut self, at: Option<BoardPoint>) {
        let at = at.map(|at| [at.x as f32, at.y as f32]);
        let (Self::Sent(last) | Self::Unsent(last)) = *self;
        if last != at {
            *self = Self::Unsent(at);
        }
    }

    /// The place that must be sent to others; each is returned once.
    pub(super) fn take_unsent(&mut self) -> Option<Place> {
        let Self::Unsent(at) = *self else {
            return None;
        };
        *self = Self::Sent(at);
        Some(at)
    }
}
