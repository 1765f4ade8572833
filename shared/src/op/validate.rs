//! Whether an op could be sound at all, whatever the board.
//!
//! Run at the edge, once, by the server's room; types already guarantee ids,
//! colours, order keys and ink. Here stand the ranges of plain numbers and the
//! sizes of collections.

use crate::geometry::BoardPoint;
use crate::limits::{
    MAX_COORD, MAX_DELETE_IDS, MAX_OPS_PER_COMMIT, MAX_STROKE_PARTS, MAX_STROKE_POINTS, MAX_WIDTH,
    MIN_WIDTH,
};
use crate::model::element::Props;
use crate::model::{Body, NewElement, Prop};

use super::{Commit, Op};

/// Which rule an op breaks.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Invalid {
    /// More ops than a commit may have.
    #[error("commit of {0} ops, at most {MAX_OPS_PER_COMMIT} allowed")]
    TooManyOps(usize),
    /// More ids than a delete may have.
    #[error("delete of {0} elements, at most {MAX_DELETE_IDS} allowed")]
    TooManyIds(usize),
    /// A coordinate that is not finite or too far out.
    #[error("coordinate {0} is not within ±{MAX_COORD}")]
    Coordinate(f64),
    /// A width that cannot be drawn.
    #[error("width {0} is not within {MIN_WIDTH} to {MAX_WIDTH}")]
    Width(f32),
    /// A stroke with more points than a stroke may have.
    #[error("stroke of {0} points, at most {MAX_STROKE_POINTS} allowed")]
    StrokePoints(usize),
    /// A stroke in more pieces than a stroke may have.
    #[error("stroke of {0} pieces, at most {MAX_STROKE_PARTS} allowed")]
    StrokeParts(usize),
    /// A stroke without any point.
    #[error("stroke without points")]
    EmptyStroke,
}

impl Commit {
    /// Checks sizes and ranges.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.ops.len() > MAX_OPS_PER_COMMIT {
            return Err(Invalid::TooManyOps(self.ops.len()));
        }
        self.ops.iter().try_for_each(Op::validate)
    }
}

impl Op {
    /// Checks sizes and ranges.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Put(new) | Self::Restore(new) => element(new),
            Self::Extend { .. } => Ok(()),
            Self::Set { id: _, prop } => value(prop),
            Self::Delete { ids } if ids.len() > MAX_DELETE_IDS => {
                Err(Invalid::TooManyIds(ids.len()))
            }
            Self::Delete { .. } => Ok(()),
        }
    }
}

fn element(new: &NewElement) -> Result<(), Invalid> {
    let Props {
        z: _,
        at,
        color: _,
        width,
        opacity: _,
    } = &new.props;
    point(*at)?;
    line_width(*width)?;
    match &new.body {
        Body::Stroke(stroke) if stroke.parts.len() > MAX_STROKE_PARTS => {
            Err(Invalid::StrokeParts(stroke.parts.len()))
        }
        Body::Stroke(stroke) if stroke.len() > MAX_STROKE_POINTS => {
            Err(Invalid::StrokePoints(stroke.len()))
        }
        Body::Stroke(stroke) if stroke.is_empty() => Err(Invalid::EmptyStroke),
        Body::Stroke(_) => Ok(()),
    }
}

fn value(prop: &Prop) -> Result<(), Invalid> {
    match prop {
        Prop::At(at) => point(*at),
        Prop::Width(width) => line_width(*width),
        Prop::Z(_) | Prop::Color(_) | Prop::Opacity(_) => Ok(()),
    }
}

fn point(at: BoardPoint) -> Result<(), Invalid> {
    [at.x, at.y]
        .into_iter()
        .find(|value| !(-MAX_COORD..=MAX_COORD).contains(value))
        .map_or(Ok(()), |value| Err(Invalid::Coordinate(value)))
}

fn line_width(width: f32) -> Result<(), Invalid> {
    if (MIN_WIDTH..=MAX_WIDTH).contains(&width) {
        Ok(())
    } else {
        Err(Invalid::Width(width))
    }
}
