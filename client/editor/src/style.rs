//! Colour and width of each tool, remembered per tool.
//!
//! Knows the palette's names. It must not know zoom or elements.

use shared::model::palette::HIGHLIGHT_ALPHA;
use shared::model::{Brush, Color, WidthStep};

use crate::tool::ToolKind;

/// Opacity of ink that hides what is under it.
const OPAQUE: u8 = 255;

/// How a brush is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Which brush.
    pub brush: Brush,
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: WidthStep,
}

impl Look {
    /// Width on the screen in CSS pixels, whatever the zoom.
    #[must_use]
    pub const fn width_px(&self) -> f32 {
        match self.brush {
            Brush::Pen => self.width.pen_px(),
            Brush::Highlighter => self.width.highlighter_px(),
        }
    }

    /// Opacity in 255ths.
    #[must_use]
    pub const fn opacity(&self) -> u8 {
        match self.brush {
            Brush::Pen => OPAQUE,
            // The float-to-integer cast saturates, and the share is below 1.
            Brush::Highlighter => (HIGHLIGHT_ALPHA * 255.0) as u8,
        }
    }
}

/// The looks of all brushes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    pen: Look,
    highlighter: Look,
}

impl Default for Styles {
    fn default() -> Self {
        let width = WidthStep::default();
        Self {
            pen: Look {
                brush: Brush::Pen,
                color: Color::default(),
                width,
            },
            highlighter: Look {
                brush: Brush::Highlighter,
                color: Color::Yellow,
                width,
            },
        }
    }
}

impl Styles {
    /// The look of a brush.
    #[must_use]
    pub const fn look(&self, brush: Brush) -> Look {
        match brush {
            Brush::Pen => self.pen,
            Brush::Highlighter => self.highlighter,
        }
    }

    /// The look that the style panel shows for a tool; none for tools without ink.
    #[must_use]
    pub fn of(&self, tool: ToolKind) -> Option<Look> {
        tool.brush().map(|brush| self.look(brush))
    }

    /// Gives a brush a colour.
    pub fn set_color(&mut self, brush: Brush, color: Color) {
        self.look_mut(brush).color = color;
    }

    /// Gives a brush a width.
    pub fn set_width(&mut self, brush: Brush, width: WidthStep) {
        self.look_mut(brush).width = width;
    }

    fn look_mut(&mut self, brush: Brush) -> &mut Look {
        match brush {
            Brush::Pen => &mut self.pen,
            Brush::Highlighter => &mut self.highlighter,
        }
    }
}
