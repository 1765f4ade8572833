//! The byte format of ink, which the parent module describes. It works in steps of the grid.

use super::{InkError, InkPoint, MAX_COORD, Quantum};
use crate::geometry::varint;

const VERSION: u8 = 1 << 4;
const CONSTANT_PRESSURE: u8 = 1;
const SAME_PLACE: u8 = 1 << 1;
const FIRST_PRESSURE: i64 = 128;

/// A point in steps of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Steps {
    x: i64,
    y: i64,
    pressure: u8,
}

impl Steps {
    /// Rounds `point` to the grid.
    pub(super) fn round(point: InkPoint, quantum: Quantum) -> Result<Self, InkError> {
        if !(point.x.is_finite() && point.y.is_finite() && point.pressure.is_finite()) {
            return Err(InkError::NotFinite);
        }
        if point.x.abs() > MAX_COORD || point.y.abs() > MAX_COORD {
            return Err(InkError::OutOfRange);
        }
        let step = quantum.step();
        Ok(Self {
            x: (point.x / step).round() as i64,
            y: (point.y / step).round() as i64,
            pressure: (point.pressure.clamp(0.0, 1.0) * 255.0).round() as u8,
        })
    }

    /// Converts the point to board units.
    pub(super) fn to_point(self, quantum: Quantum) -> InkPoint {
        let step = quantum.step();
        InkPoint::new(
            self.x as f64 * step,
            self.y as f64 * step,
            f32::from(self.pressure) / 255.0,
        )
    }

    /// The same point on a grid that is equal or finer.
    pub(super) fn refine(self, from: Quantum, to: Quantum) -> Self {
        let shift = from.exponent().saturating_sub(to.exponent()).max(0);
        Self {
            x: self.x << shift,
            y: self.y << shift,
            pressure: self.pressure,
        }
    }
}

/// The rule that predicts a point from the two points before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prediction {
    SameVelocity,
    SamePlace,
}

/// Predicts each point of a stroke from the points before. Encoder and decoder both use it.
#[derive(Clone, Copy, Debug)]
struct Predictor {
    prediction: Prediction,
    last: Option<Steps>,
    before: Option<Steps>,
}

impl Predictor {
    const fn new(prediction: Prediction) -> Self {
        Self {
            prediction,
            last: None,
            before: None,
        }
    }

    fn next(&self) -> (i64, i64) {
        let last = self.last.unwrap_or_default();
        match (self.prediction, self.before) {
            (Prediction::SameVelocity, Some(before)) => {
                (2 * last.x - before.x, 2 * last.y - before.y)
            }
            (Prediction::SameVelocity, None) | (Prediction::SamePlace, _) => (last.x, last.y),
        }
    }

    fn advance(&mut self, point: Steps) {
        self.before = self.last.replace(point);
    }
}

/// The differences between the points and their predictions.
fn residuals(steps: &[Steps], prediction: Prediction) -> impl Iterator<Item = (i64, i64, u8)> {
    let mut predictor = Predictor::new(prediction);
    steps.iter().map(move |&point| {
        let (x, y) = predictor.next();
        predictor.advance(point);
        (point.x - x, point.y - y, point.pressure)
    })
}

fn size(steps: &[Steps], prediction: Prediction) -> usize {
    residuals(steps, prediction)
        .map(|(x, y, _)| varint::signed_len(x) + varint::signed_len(y))
        .sum()
}

/// The choices of the canonical form of some points.
struct Form {
    prediction: Prediction,
    is_constant: bool,
    /// Bytes of all coordinates.
    size: usize,
}

impl Form {
    fn of(steps: &[Steps]) -> Self {
        let place = size(steps, Prediction::SamePlace);
        let velocity = size(steps, Prediction::SameVelocity);
        let pressure = first_pressure(steps);
        Self {
            prediction: if place < velocity {
                Prediction::SamePlace
            } else {
                Prediction::SameVelocity
            },
            is_constant: steps.iter().all(|point| point.pressure == pressure),
            size: place.min(velocity),
        }
    }

    const fn head(&self) -> u8 {
        let prediction = match self.prediction {
            Prediction::SamePlace => SAME_PLACE,
            Prediction::SameVelocity => 0,
        };
        let pressure = if self.is_constant {
            CONSTANT_PRESSURE
        } else {
            0
        };
        VERSION | prediction | pressure
    }
}

fn first_pressure(steps: &[Steps]) -> u8 {
    steps.first().map_or(0, |point| point.pressure)
}

/// Whether bytes from which these points were read are their canonical form. Numbers have one form
/// only, so the first byte tells it, except for ink without points.
pub(super) fn is_canonical(bytes: &[u8], steps: &[Steps]) -> bool {
    !steps.is_empty() && bytes.first() == Some(&Form::of(steps).head())
}

/// Encodes points in their canonical form.
pub(super) fn encode(steps: &[Steps], quantum: Quantum) -> Vec<u8> {
    let form = Form::of(steps);
    let (prediction, constant) = (form.prediction, form.is_constant);
    let mut out = Vec::with_capacity(form.size + steps.len() + 8);
    out.push(form.head());
    out.extend(quantum.exponent().to_be_bytes());
    varint::write(steps.len() as u64, &mut out);
    if constant {
        out.push(first_pressure(steps));
    }
    let mut last_pressure = FIRST_PRESSURE;
    for (x, y, pressure) in residuals(steps, prediction) {
        varint::write_signed(x, &mut out);
        varint::write_signed(y, &mut out);
        if !constant {
            let pressure = i64::from(pressure);
            varint::write_signed(pressure - last_pressure, &mut out);
            last_pressure = pressure;
        }
    }
    out
}

/// Decodes points one by one without trusting the bytes. It stops at the first error.
#[derive(Clone, Debug)]
pub(super) struct Decoder<'a> {
    rest: &'a [u8],
    quantum: Quantum,
    limit: i64,
    remaining: usize,
    constant_pressure: Option<u8>,
    last_pressure: i64,
    predictor: Predictor,
}

impl<'a> Decoder<'a> {
    /// Reads the header.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, InkError> {
        let [head, exponent, rest @ ..] = bytes else {
            return Err(InkError::Truncated);
        };
        let flags = head ^ VERSION;
        if flags & !(CONSTANT_PRESSURE | SAME_PLACE) != 0 {
            return Err(InkError::UnknownFormat(*head));
        }
        let quantum = Quantum::from_exponent(i8::from_be_bytes([*exponent]))?;
        let mut rest = rest;
        let len = usize::try_from(varint::read(&mut rest)?).unwrap_or(usize::MAX);
        super::check_count(len)?;
        let constant_pressure = if flags & CONSTANT_PRESSURE != 0 {
            let (&pressure, after) = rest.split_first().ok_or(InkError::Truncated)?;
            rest = after;
            Some(pressure)
        } else {
            None
        };
        let prediction = match flags & SAME_PLACE {
            0 => Prediction::SameVelocity,
            _ => Prediction::SamePlace,
        };
        Ok(Self {
            rest,
            quantum,
            limit: (MAX_COORD / quantum.step()).floor() as i64,
            remaining: len,
            constant_pressure,
            last_pressure: FIRST_PRESSURE,
            predictor: Predictor::new(prediction),
        })
    }

    pub(super) const fn quantum(&self) -> Quantum {
        self.quantum
    }

    /// The number of points that were not read yet.
    pub(super) const fn remaining(&self) -> usize {
        self.remaining
    }

    /// Checks that no bytes follow the last point.
    pub(super) fn finish(self) -> Result<(), InkError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(InkError::TrailingBytes)
        }
    }

    fn read_point(&mut self) -> Result<Steps, InkError> {
        let (x, y) = self.predictor.next();
        let x = self.read_coordinate(x)?;
        let y = self.read_coordinate(y)?;
        let pressure = match self.constant_pressure {
            Some(pressure) => pressure,
            None => self.read_pressure()?,
        };
        let point = Steps { x, y, pressure };
        self.predictor.advance(point);
        Ok(point)
    }

    fn read_coordinate(&mut self, predicted: i64) -> Result<i64, InkError> {
        let residual = varint::read_signed(&mut self.rest)?;
        let value = predicted
            .checked_add(residual)
            .ok_or(InkError::OutOfRange)?;
        if (-self.limit..=self.limit).contains(&value) {
            Ok(value)
        } else {
            Err(InkError::OutOfRange)
        }
    }

    fn read_pressure(&mut self) -> Result<u8, InkError> {
        let residual = varint::read_signed(&mut self.rest)?;
        let value = self
            .last_pressure
            .checked_add(residual)
            .ok_or(InkError::Pressure)?;
        self.last_pressure = value;
        u8::try_from(value).map_err(|_| InkError::Pressure)
    }
}

impl Iterator for Decoder<'_> {
    type Item = Result<Steps, InkError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.remaining = self.remaining.checked_sub(1)?;
        let point = self.read_point();
        if point.is_err() {
            self.remaining = 0;
        }
        Some(point)
    }
}
