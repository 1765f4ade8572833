//! A rendering: a part of a board as it is exported, with its elements, region, theme and background.
//! Every painter that exports draws a [`Rendering`].

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::geometry::BoardRect;
use crate::model::layout::visible_bounds;
use crate::model::palette::{Rgb, Theme, background};
use crate::model::{Board, Body, Element, Scope};

use super::Painter;
use super::scene::paint_element;
use super::svg::{PictureAddresses, SvgPainter};

/// Space around the content, in board units, unless the caller asks for another.
pub const DEFAULT_PADDING: f64 = 16.0;
/// The region of a rendering without elements, in board units.
const EMPTY: BoardRect = BoardRect::new(0.0, 0.0, 400.0, 300.0);
/// The smallest side of a region in board units. A rendering of a single horizontal line without
/// padding still has a height.
const MIN_SIDE: f64 = 1.0;
/// Tolerance of curves in pixels of an SVG document.
const TOLERANCE: f64 = 0.2;

/// The paint behind the elements of a rendering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// The background of the board in the theme.
    #[default]
    Board,
    /// None: the rendering is transparent.
    Transparent,
}

/// How a rendering looks around its elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RenderingOptions {
    /// The theme.
    pub theme: Theme,
    /// The background.
    pub background: Background,
    /// Space around the content in board units, at least 0.
    pub padding: f64,
}

impl Default for RenderingOptions {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            background: Background::Board,
            padding: DEFAULT_PADDING,
        }
    }
}

/// What an SVG document has beside the elements.
#[derive(Clone, Copy, Debug)]
pub struct SvgDetails<'a> {
    /// Its title; it is escaped.
    pub title: &'a str,
    /// Pixels of one board unit.
    pub scale: f64,
    /// Markup that stands before the content, as it is; it may be empty.
    pub metadata: &'a str,
    /// Where the files of pictures are. Without it the document shows previews.
    pub pictures: Option<&'a dyn PictureAddresses>,
}

impl SvgDetails<'_> {
    /// A document of one pixel for each board unit.
    #[must_use]
    pub const fn titled(title: &str) -> SvgDetails<'_> {
        SvgDetails {
            title,
            scale: 1.0,
            metadata: "",
            pictures: None,
        }
    }
}

/// A part of a board as it is exported.
#[derive(Clone, Debug)]
pub struct Rendering<'a> {
    board: &'a Board,
    /// The elements from the bottom to the top, with their visible bounds.
    elements: Vec<(&'a Arc<Element>, BoardRect)>,
    region: BoardRect,
    options: RenderingOptions,
}

impl<'a> Rendering<'a> {
    /// A rendering of the elements of `scope`, cropped to them.
    #[must_use]
    pub fn new(board: &'a Board, scope: &Scope, options: RenderingOptions) -> Self {
        let elements = scope.elements(board);
        let region = scope.region(board, &elements).unwrap_or(EMPTY);
        let padding = options.padding.max(0.0);
        let region = region.inflate(
            padding.max((MIN_SIDE - region.width()) / 2.0),
            padding.max((MIN_SIDE - region.height()) / 2.0),
        );
        let measured = elements.into_iter();
        let measured = measured.map(|element| (element, visible_bounds(board, element)));
        Self {
            board,
            elements: measured.collect(),
            region,
            options,
        }
    }

    /// The rendering cut to a part of the board, with the elements that touch it.
    #[must_use]
    pub fn cropped_to(mut self, area: BoardRect) -> Self {
        self.elements.retain(|(_, bounds)| bounds.overlaps(area));
        self.region = area;
        self
    }

    /// The elements that it shows, from the lowest to the topmost, with their visible
    /// bounds.
    #[must_use]
    pub fn elements(&self) -> &[(&'a Arc<Element>, BoardRect)] {
        &self.elements
    }

    /// The board that the elements are on.
    #[must_use]
    pub const fn board(&self) -> &'a Board {
        self.board
    }

    /// The theme of the inks.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        self.options.theme
    }

    /// The part of the board that it shows, in board units.
    #[must_use]
    pub const fn region(&self) -> BoardRect {
        self.region
    }

    /// The colour behind the elements; `None` if the rendering is transparent.
    #[must_use]
    pub const fn background(&self) -> Option<Rgb> {
        match self.options.background {
            Background::Board => Some(background(self.options.theme)),
            Background::Transparent => None,
        }
    }

    /// The letters of all texts and names in the rendering.
    #[must_use]
    pub fn letters(&self) -> BTreeSet<char> {
        let mut letters = BTreeSet::new();
        for (element, _) in &self.elements {
            letters.extend(element.text.runs().flat_map(|run| run.text.chars()));
            letters.extend(element.props.name().chars());
            if let Body::Sticky { signed } = &element.body {
                letters.extend(signed.chars());
            }
        }
        letters
    }

    /// Paints the elements that touch `part` of the board, from the lowest to the topmost.
    /// Curves stay within `tolerance` board units of the exact ones.
    pub fn paint(&self, part: BoardRect, tolerance: f64, painter: &mut (impl Painter + ?Sized)) {
        let theme = self.options.theme;
        let touching = self.elements.iter();
        // The bounds of a horizontal line have no area, so the test must not require any.
        let touching = touching.filter(|(_, bounds)| bounds.overlaps(part));
        for (element, _) in touching {
            if painter.is_abandoned() {
                return;
            }
            paint_element(self.board, element, theme, tolerance, painter);
        }
    }

    /// Renderings of the same region with at most `most` elements each, from the lowest to the topmost.
    pub fn groups(&self, most: usize) -> impl Iterator<Item = Self> {
        let groups = self.elements.chunks(most.max(1));
        groups.map(|elements| Self {
            elements: elements.to_vec(),
            ..*self
        })
    }

    /// Writes the rendering as an SVG document to `out`.
    pub fn write_svg<W: Write>(&self, details: &SvgDetails<'_>, out: W) -> W {
        let mut painter = SvgPainter::write_to(out, self.region, self.background(), details);
        let tolerance = TOLERANCE / details.scale.max(1.0);
        self.paint(self.region, tolerance, &mut painter);
        painter.finish()
    }
}
