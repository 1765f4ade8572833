//! The size that a shape needs for its label, and the width at which the label wraps in it.
//!
//! A label fills a rectangle within the outline. The more lines it has, the less width an ellipse, a
//! diamond or a triangle leaves it. A shape that is too small for its label is shown larger: a
//! rectangle widens until its longest word fits and becomes as high as its lines need; the others
//! grow in both directions and keep their proportions, unless they are very flat or slender. Words
//! are broken only if they are longer than [`WIDEST_WORD`].

use kurbo::Size;

use super::element::Outline;
use crate::typeset::{LINE_HEIGHT, MeasuredText};

/// Space between the edge of a rectangle and its text, as a multiple of the text size.
pub(super) const PADDING: f64 = 0.5;
/// Upper limit of that space, as a part of the box's width, so that large text in a small box keeps
/// room.
pub(super) const MAX_PADDING: f64 = 0.1;
/// Space between the corners of a text and a slanted or round outline, as a multiple of the text
/// size. It is small because an outline comes near to the text only at these corners.
const SLANTED_PADDING: f64 = 0.2;
/// How far round corners reach into the largest rectangle between them, as a part of their radius:
/// 1 - 1 / √2.
const ROUND_CORNER: f64 = 0.293;
/// Width up to which a shape widens for a word, as a multiple of the text size. It leaves about 40
/// letters of a handwritten word whole. Longer words, such as addresses, are broken, so that one
/// pasted line does not make a shape huge.
const WIDEST_WORD: f64 = 20.0;
/// A shape that is flatter or more slender than this first grows along its short side. In proportion
/// it would become very wide or high before one line fits.
const FLATTEST: f64 = 0.5;
/// Halvings in the search for the least growth. What remains is a few thousandths of the growth.
const GROWTH_STEPS: u32 = 10;
/// Numbers of lines that are tried for one size. Few texts need more than four.
const LINE_TRIES: u32 = 12;

/// Fits of one rectangle with round corners at most. Each one adds less than a third of what the one
/// before it added.
const ROUNDING_STEPS: u32 = 12;
/// The growth of a radius, as a factor, that needs no further fit. [`ROUND_CORNER`] is rounded up by
/// more.
const ROUND_ENOUGH: f64 = 1.0001;

/// A shape that fits its label.
pub(super) struct LabelFit {
    /// The size of the box.
    pub(super) size: Size,
    /// The width at which the label wraps.
    pub(super) wrap: f64,
    /// The space above and below the label, and on both of its sides.
    pub(super) padding: f64,
}

/// The numbers of a search.
struct Search<'a> {
    label: &'a MeasuredText,
    outline: Outline,
    /// The text size.
    em: f64,
    /// The least wrapping width.
    least: f64,
}

/// Fits a shape of a given size to its label. `corner` is the radius of its corners.
pub(super) fn label_fit(
    label: &MeasuredText,
    em: f64,
    (outline, size, corner): (Outline, Size, f64),
) -> LabelFit {
    let search = Search {
        label,
        outline,
        em,
        least: label.widest_word().min(WIDEST_WORD * em),
    };
    match outline {
        Outline::Rectangle => search.round_rectangle(size, corner),
        Outline::Ellipse | Outline::Diamond | Outline::Triangle => search.slanted(size),
    }
}

/// The fit of a shape that has no label yet. It keeps its size.
pub(super) fn empty_fit(em: f64, (outline, size, corner): (Outline, Size, f64)) -> LabelFit {
    let padding = match outline {
        Outline::Rectangle => rectangle_padding(em, size.width, radius(corner, size)),
        Outline::Ellipse | Outline::Diamond | Outline::Triangle => SLANTED_PADDING * em,
    };
    let height = LINE_HEIGHT * em + 2.0 * padding;
    LabelFit {
        size,
        wrap: (inner_width(outline, size, height) - 2.0 * padding).max(0.0),
        padding,
    }
}

/// The radius that corners have in a box of a given size.
fn radius(corner: f64, size: Size) -> f64 {
    corner.min(size.width / 2.0).min(size.height / 2.0)
}

/// The space between the edge of a rectangle and its text.
fn rectangle_padding(em: f64, width: f64, radius: f64) -> f64 {
    (PADDING * em)
        .min(MAX_PADDING * width)
        .max(ROUND_CORNER * radius)
}

impl Search<'_> {
    /// Corners become rounder while a small rectangle grows, and rounder corners need more space.
    fn round_rectangle(&self, size: Size, corner: f64) -> LabelFit {
        let mut round = radius(corner, size);
        let mut fit = self.rectangle(size, round);
        for _ in 0..ROUNDING_STEPS {
            let rounder = radius(corner, fit.size);
            if rounder <= round * ROUND_ENOUGH {
                break;
            }
            round = rounder;
            fit = self.rectangle(size, round);
        }
        fit
    }

    /// Fits a rectangle whose corners have a given radius.
    fn rectangle(&self, size: Size, radius: f64) -> LabelFit {
        let round = ROUND_CORNER * radius;
        // The space is the smaller one of two, so the width that it needs is too.
        let wide = self.least + 2.0 * PADDING * self.em;
        let narrow = self.least / (1.0 - 2.0 * MAX_PADDING);
        let needed = wide.min(narrow).max(self.least + 2.0 * round);
        let width = size.width.max(needed);
        let padding = rectangle_padding(self.em, width, radius);
        let wrap = (width - 2.0 * padding).max(0.0);
        let height = self.height(self.label.line_count(wrap)) + 2.0 * padding;
        LabelFit {
            size: Size::new(width, size.height.max(height)),
            wrap,
            padding,
        }
    }

    /// Grows a shape as little as possible.
    fn slanted(&self, size: Size) -> LabelFit {
        let padding = SLANTED_PADDING * self.em;
        let fit = |(size, wrap)| LabelFit {
            size,
            wrap,
            padding,
        };
        if let Some(wrap) = self.wrap_within(size, padding) {
            return fit((size, wrap));
        }
        let thick = thickened(size);
        if let Some(wrap) = self.wrap_within(thick, padding) {
            return fit(self.least_growth((size, thick - size), (1.0, wrap), padding));
        }
        let way = if thick.width > 0.0 {
            thick
        } else {
            Size::new(1.0, 1.0)
        };
        // A rectangle of half the width and half the height fits all outlines.
        let width = 2.0 * (self.least + 2.0 * padding);
        let height = 2.0 * (self.height(self.label.line_count(self.least)) + 2.0 * padding);
        let across = (width - thick.width) / way.width;
        let down = (height - thick.height) / way.height;
        let most = across.max(down).max(0.0);
        fit(self.least_growth((thick, way), (most, self.least), padding))
    }

    /// The size between `from` and `from + way * most` that is just large enough, and its wrapping
    /// width. The largest one is large enough, with the given wrapping width.
    fn least_growth(
        &self,
        (from, way): (Size, Size),
        (most, wrap): (f64, f64),
        padding: f64,
    ) -> (Size, f64) {
        let (mut low, mut high) = (0.0, most);
        let mut best = (from + way * most, wrap);
        for _ in 0..GROWTH_STEPS {
            let middle = f64::midpoint(low, high);
            let grown = from + way * middle;
            match self.wrap_within(grown, padding) {
                Some(wrap) => (high, best) = (middle, (grown, wrap)),
                None => low = middle,
            }
        }
        best
    }

    /// The wrapping width of the label with the fewest lines that fits a shape of this size.
    fn wrap_within(&self, size: Size, padding: f64) -> Option<f64> {
        let mut lines = 1;
        for _ in 0..LINE_TRIES {
            let height = self.height(lines) + 2.0 * padding;
            let wrap = inner_width(self.outline, size, height) - 2.0 * padding;
            if wrap < self.least {
                return None;
            }
            let needed = self.label.line_count(wrap);
            if needed <= lines {
                return Some(wrap);
            }
            lines = needed;
        }
        None
    }

    fn height(&self, lines: usize) -> f64 {
        lines as f64 * LINE_HEIGHT * self.em
    }
}

/// The size with the short side lengthened as far as [`FLATTEST`] says.
fn thickened(size: Size) -> Size {
    Size::new(
        size.width.max(FLATTEST * size.height),
        size.height.max(FLATTEST * size.width),
    )
}

/// The width that an outline leaves for a rectangle of a given height; 0 if it is too high.
fn inner_width(outline: Outline, size: Size, height: f64) -> f64 {
    if height >= size.height {
        return 0.0;
    }
    let part = height / size.height;
    size.width
        * match outline {
            Outline::Rectangle => 1.0,
            Outline::Ellipse => (1.0 - part * part).sqrt(),
            Outline::Diamond => 1.0 - part,
            Outline::Triangle => inner_top(outline, size, height) / size.height,
        }
}

/// The upper edge of the rectangle of a given height in which the text of a shape stands.
pub(super) fn inner_top(outline: Outline, size: Size, height: f64) -> f64 {
    match outline {
        Outline::Rectangle | Outline::Ellipse | Outline::Diamond => (size.height - height) / 2.0,
        // A short text stands in the middle of the lower half, a longer one on the base.
        Outline::Triangle => {
            let area = height.max(size.height / 2.0);
            size.height - f64::midpoint(area, height)
        }
    }
}
