//! Parts of a board, as agents name them.

use schemars::JsonSchema;
use serde::Deserialize;
use shared::geometry::BoardRect;

use crate::mcp::error::ToolError;

/// The farthest coordinate of an area.
const MAX_COORDINATE: f64 = 1e9;

/// A rectangle in board units; y grows downwards.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Area {
    /// The left edge.
    #[schemars(example = -200)]
    x: f64,
    /// The upper edge.
    #[schemars(example = 0)]
    y: f64,
    /// The width.
    #[schemars(example = 1600)]
    width: f64,
    /// The height.
    #[schemars(example = 900)]
    height: f64,
}

impl Area {
    /// The rectangle.
    pub(super) fn rect(self) -> Result<BoardRect, ToolError> {
        let Self {
            x,
            y,
            width,
            height,
        } = self;
        let is_near = |it: f64| it.abs() <= MAX_COORDINATE;
        let is_long = |it: f64| (1.0..=MAX_COORDINATE).contains(&it);
        if !(is_near(x) && is_near(y) && is_long(width) && is_long(height)) {
            let text = "area: width and height are at least 1, and nothing is farther than 1e9";
            return Err(ToolError(text.to_owned()));
        }
        Ok(BoardRect::new(x, y, x + width, y + height))
    }

    /// Its left, upper, right and lower edge.
    pub(super) fn edges(self) -> Result<[f64; 4], ToolError> {
        let BoardRect { x0, y0, x1, y1 } = self.rect()?;
        Ok([x0, y0, x1, y1])
    }
}
