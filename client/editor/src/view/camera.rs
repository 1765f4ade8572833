//! The camera: the part of the board in the view, and its zoom.
//!
//! A camera is a value; moving it makes a new one.

use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::limits::MAX_COORD;

use crate::view::screen::{ScreenSize, ScreenVec};

/// Smallest zoom: 5 %, where a whole workshop's board fits a screen.
pub const MIN_ZOOM: f64 = 0.05;
/// Largest zoom: 3000 %, where a hair's breadth can be written on.
pub const MAX_ZOOM: f64 = 30.0;
/// Zoom levels that the keys and buttons step through.
const STEPS: [f64; 17] = [
    0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 8.0, 15.0, 30.0,
];
/// Zooms closer than this share of each other count as the same step.
const SAME_STEP: f64 = 0.01;
/// Free space around a region that is fitted into the view, as a share of the view.
const FIT_MARGIN: f64 = 0.08;

/// The position of the view: the board point in its upper left corner, the zoom, and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    origin: BoardPoint,
    zoom: f64,
    size: ScreenSize,
}

impl Default for Camera {
    fn default() -> Self {
        Self::new(ScreenSize::default())
    }
}

impl Camera {
    /// At 100 % with the board's origin in the middle of a view of `size`.
    #[must_use]
    pub fn new(size: ScreenSize) -> Self {
        let middle = size.middle();
        Self {
            origin: BoardPoint::new(-middle.x, -middle.y),
            zoom: 1.0,
            size,
        }
    }

    /// CSS pixels per board unit, [`MIN_ZOOM`] `..=` [`MAX_ZOOM`]; 1.0 is 100 %.
    #[must_use]
    pub const fn zoom(&self) -> f64 {
        self.zoom
    }

    /// The board point in the upper left corner of the view.
    #[must_use]
    pub const fn origin(&self) -> BoardPoint {
        self.origin
    }

    /// The size of the view.
    #[must_use]
    pub const fn size(&self) -> ScreenSize {
        self.size
    }

    /// The board point in the middle of the view.
    #[must_use]
    pub fn centre(&self) -> BoardPoint {
        self.to_board(self.size.middle())
    }

    /// The board point under a screen point.
    #[must_use]
    pub fn to_board(&self, at: ScreenPoint) -> BoardPoint {
        BoardPoint::new(
            self.origin.x + at.x / self.zoom,
            self.origin.y + at.y / self.zoom,
        )
    }

    /// The screen point of a board point.
    #[must_use]
    pub fn to_screen(&self, at: BoardPoint) -> ScreenPoint {
        ScreenPoint::new(
            (at.x - self.origin.x) * self.zoom,
            (at.y - self.origin.y) * self.zoom,
        )
    }

    /// Board units that are `px` CSS pixels long at this zoom.
    #[must_use]
    pub fn board_length(&self, px: f64) -> f64 {
        px / self.zoom
    }

    /// The part of the board in the view.
    #[must_use]
    pub fn visible(&self) -> BoardRect {
        let end = self.to_board(ScreenPoint::new(self.size.width, self.size.height));
        BoardRect::new(self.origin.x, self.origin.y, end.x, end.y)
    }

    /// With the board moved by a way on the screen, as if pulled by hand.
    #[must_use]
    pub fn panned(&self, by: ScreenVec) -> Self {
        let origin = BoardPoint::new(
            self.origin.x - by.x / self.zoom,
            self.origin.y - by.y / self.zoom,
        );
        self.with_origin(origin)
    }

    /// At another zoom, with the board point under `about` staying there.
    #[must_use]
    pub fn zoomed_about(&self, about: ScreenPoint, zoom: f64) -> Self {
        if !zoom.is_finite() || !about.x.is_finite() || !about.y.is_finite() {
            return *self;
        }
        let fixed = self.to_board(about);
        let zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        let origin = BoardPoint::new(fixed.x - about.x / zoom, fixed.y - about.y / zoom);
        Self { zoom, ..*self }.with_origin(origin)
    }

    /// At the next larger step, about the middle of the view.
    #[must_use]
    pub fn zoomed_in(&self) -> Self {
        let next = STEPS
            .into_iter()
            .find(|step| *step > self.zoom * (1.0 + SAME_STEP));
        self.zoomed_about(self.size.middle(), next.unwrap_or(MAX_ZOOM))
    }

    /// At the next smaller step, about the middle of the view.
    #[must_use]
    pub fn zoomed_out(&self) -> Self {
        let next = STEPS
            .into_iter()
            .rev()
            .find(|step| *step < self.zoom * (1.0 - SAME_STEP));
        self.zoomed_about(self.size.middle(), next.unwrap_or(MIN_ZOOM))
    }

    /// At 100 %, about the middle of the view.
    #[must_use]
    pub fn at_100(&self) -> Self {
        self.zoomed_about(self.size.middle(), 1.0)
    }

    /// With all of `rect` in the view, never larger than 100 %.
    #[must_use]
    pub fn fitted(&self, rect: BoardRect) -> Self {
        if !rect.is_finite() {
            return *self;
        }
        let room = |view: f64, length: f64| view * (1.0 - 2.0 * FIT_MARGIN) / length.max(1e-9);
        let zoom = room(self.size.width, rect.width())
            .min(room(self.size.height, rect.height()))
            .clamp(MIN_ZOOM, 1.0);
        Self { zoom, ..*self }.centred_on(rect.center().into())
    }

    /// At the same zoom with `centre` in the middle of the view.
    #[must_use]
    pub fn centred_on(&self, centre: BoardPoint) -> Self {
        let middle = self.size.middle();
        self.with_origin(BoardPoint::new(
            centre.x - middle.x / self.zoom,
            centre.y - middle.y / self.zoom,
        ))
    }

    /// In a view of another size; the upper left corner stays, so that a bar which
    /// slides in at the bottom moves nothing.
    #[must_use]
    pub fn resized(&self, size: ScreenSize) -> Self {
        Self { size, ..*self }
    }

    fn with_origin(self, origin: BoardPoint) -> Self {
        if !origin.x.is_finite() || !origin.y.is_finite() {
            return self;
        }
        let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
        Self {
            origin: BoardPoint::new(within(origin.x), within(origin.y)),
            ..self
        }
    }
}
