//! Turns samples on the screen into points of ink on the board.
//!
//! It drops jitter, steadies the hand and evens out the pressure.

use shared::geometry::{BoardPoint, InkPoint, SpeedPressure, Streamline};
use shared::limits::MAX_COORD;
use shared::model::Brush;

use super::stabiliser::Stabiliser;
use crate::input::gesture::PointerDown;
use crate::input::{PointerKind, Sample};
use crate::prefs::Prefs;
use crate::style::Style;
use crate::view::camera::Camera;

/// A pen without a pressure sensor reports exactly this.
const NO_PRESSURE: f32 = 0.5;
/// Hands write with less than half of the pressure that a pen can measure.
const PEN_GAIN: f32 = 1.25;
/// Samples closer than this are dropped, in CSS pixels. [`Streamline`] smooths larger jitter.
const SPACING_PX: f64 = 0.25;

/// The source of the pressure; it is chosen when the pointer touches down.
#[derive(Clone, Debug)]
enum Pressure {
    Felt,
    FromSpeed(SpeedPressure),
    /// The brush has no pressure; one value packs best.
    Even,
}

impl Pressure {
    fn of(down: &PointerDown, brush: Brush, prefs: &Prefs) -> Self {
        match (brush, down.kind) {
            (Brush::Highlighter, _) => Self::Even,
            (Brush::Pen, _) if prefs.constant_width => Self::Even,
            (Brush::Pen, PointerKind::Pen) if down.first.pressure != NO_PRESSURE => Self::Felt,
            (Brush::Pen, PointerKind::Pen | PointerKind::Mouse | PointerKind::Touch) => {
                Self::FromSpeed(SpeedPressure::new())
            }
        }
    }

    fn next(&mut self, sample: &Sample, distance_px: f64, width_px: f64) -> f32 {
        match self {
            Self::Felt => (sample.pressure * PEN_GAIN).clamp(0.0, 1.0),
            Self::FromSpeed(speed) => speed.next(distance_px, width_px),
            Self::Even => NO_PRESSURE,
        }
    }
}

/// Records one stroke.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    pressure: Pressure,
    stabiliser: Stabiliser,
    streamline: Streamline,
    width_px: f64,
    last: Option<Sample>,
    first_place: BoardPoint,
    last_place: BoardPoint,
    reach_px: f64,
    points: Vec<InkPoint>,
}

impl Recorder {
    pub(super) fn new(down: &PointerDown, brush: Brush, style: &Style, prefs: &Prefs) -> Self {
        let streamline = match down.kind {
            PointerKind::Mouse => Streamline::for_mouse(),
            PointerKind::Touch | PointerKind::Pen => Streamline::for_pen_or_touch(),
        };
        Self {
            pressure: Pressure::of(down, brush, prefs),
            stabiliser: Stabiliser::new(prefs.stabiliser),
            streamline,
            width_px: f64::from(style.width_px(Some(brush))),
            last: None,
            first_place: BoardPoint::default(),
            last_place: BoardPoint::default(),
            reach_px: 0.0,
            points: Vec::new(),
        }
    }

    /// All points so far.
    pub(super) fn points(&self) -> &[InkPoint] {
        &self.points
    }

    /// How many points there are so far.
    pub(super) const fn len(&self) -> usize {
        self.points.len()
    }

    /// The largest distance from the beginning so far, in CSS pixels.
    pub(super) const fn reach_px(&self) -> f64 {
        self.reach_px
    }

    /// Takes the next sample.
    pub(super) fn push(&mut self, sample: &Sample, camera: &Camera) {
        let Some(place) = on_board(sample, camera) else {
            return;
        };
        if self.last.is_none() {
            (self.first_place, self.last_place) = (place, place);
        }
        let distance_px = place.distance(self.last_place) * camera.zoom();
        if self.last.is_some() && distance_px < SPACING_PX {
            self.press_dot(sample);
            return;
        }
        self.last = Some(*sample);
        self.last_place = place;
        self.reach_px = self
            .reach_px
            .max(place.distance(self.first_place) * camera.zoom());
        let pressure = self.pressure.next(sample, distance_px, self.width_px);
        let hand = self.stabiliser.next(place, camera);
        let point = InkPoint::new(hand.x, hand.y, pressure);
        match self.streamline.next(point, camera.board_length(1.0)) {
            Some(drawn) => self.points.push(drawn),
            None => self.press_dot(sample),
        }
    }

    /// Takes the place where the pointer was lifted. A lifted pen has no pressure, so the last one
    /// stays.
    pub(super) fn finish(&mut self, lifted: &Sample, camera: &Camera) {
        let pressure = self.last.map_or(lifted.pressure, |last| last.pressure);
        let lifted = Sample {
            pressure,
            ..*lifted
        };
        self.push(&lifted, camera);
        if let (true, Some(place)) = (self.stabiliser.is_behind(), on_board(&lifted, camera)) {
            // The line ends at the pointer, however far the steadied line lags behind.
            let point = InkPoint::new(place.x, place.y, pressure);
            let drawn = self.streamline.next(point, camera.board_length(1.0));
            self.points.extend(drawn);
        }
        self.add();
    }

    /// Continues the line up to the pointer.
    pub(super) fn add(&mut self) {
        self.points.extend(self.streamline.finish());
    }

    /// The points that these samples would add.
    pub(super) fn predict(&self, samples: &[Sample], camera: &Camera) -> Vec<InkPoint> {
        let (mut streamline, mut stabiliser) = (self.streamline, self.stabiliser);
        let pressure = self.points.last().map_or(NO_PRESSURE, |last| last.pressure);
        samples
            .iter()
            .filter_map(|sample| on_board(sample, camera))
            .filter_map(|place| {
                let hand = stabiliser.next(place, camera);
                let point = InkPoint::new(hand.x, hand.y, pressure);
                streamline.next(point, camera.board_length(1.0))
            })
            .collect()
    }

    /// A recorder that continues from the last point, without the points so far.
    pub(super) fn continued(&self) -> Self {
        let points = self.points.last().copied().into_iter().collect();
        Self {
            points,
            ..self.clone()
        }
    }

    /// A pen that is pressed down on the spot makes its dot larger.
    fn press_dot(&mut self, sample: &Sample) {
        if let (Pressure::Felt, [dot]) = (&mut self.pressure, self.points.as_mut_slice()) {
            dot.pressure = dot
                .pressure
                .max((sample.pressure * PEN_GAIN).clamp(0.0, 1.0));
        }
    }
}

fn on_board(sample: &Sample, camera: &Camera) -> Option<BoardPoint> {
    let place = camera.to_board(sample.at);
    let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
    let is_valid = place.x.is_finite() && place.y.is_finite() && sample.pressure.is_finite();
    is_valid.then(|| BoardPoint::new(within(place.x), within(place.y)))
}
