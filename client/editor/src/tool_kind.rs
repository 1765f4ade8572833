//! The tools by name, with their keys and the kind of work they do.

use shared::model::{Brush, Outline};

/// A tool, as the toolbar offers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolKind {
    /// Selects, moves, stretches and turns elements.
    Select,
    /// Selects the elements in a drawn loop.
    Lasso,
    /// Moves the view.
    Hand,
    /// Draws ink.
    #[default]
    Pen,
    /// Draws translucent ink.
    Highlighter,
    /// Deletes elements, or erases parts of strokes.
    Eraser,
    /// Draws rectangles.
    Rectangle,
    /// Draws ellipses.
    Ellipse,
    /// Draws diamonds.
    Diamond,
    /// Draws lines.
    Line,
    /// Draws arrows.
    Arrow,
    /// Makes and edits text.
    Text,
    /// Makes sticky notes.
    Sticky,
    /// Draws frames.
    Frame,
    /// Points with a trail that fades.
    Laser,
}

impl ToolKind {
    /// All tools in the order of the toolbar.
    pub const ALL: [Self; 15] = [
        Self::Select,
        Self::Lasso,
        Self::Hand,
        Self::Pen,
        Self::Highlighter,
        Self::Eraser,
        Self::Rectangle,
        Self::Ellipse,
        Self::Diamond,
        Self::Line,
        Self::Arrow,
        Self::Text,
        Self::Sticky,
        Self::Frame,
        Self::Laser,
    ];

    const fn row(self) -> Row {
        match self {
            Self::Select => Row("Select", &["V", "1"], Work::Selects),
            Self::Lasso => Row("Lasso", &["Shift+L"], Work::Selects),
            Self::Hand => Row("Hand", &["H"], Work::Pans),
            Self::Pen => Row("Pen", &["P", "D", "7"], Work::Inks(Brush::Pen)),
            Self::Highlighter => Row(
                "Highlighter",
                &["Shift+P", "Shift+D"],
                Work::Inks(Brush::Highlighter),
            ),
            Self::Eraser => Row("Eraser", &["E", "0"], Work::Sweeps),
            Self::Rectangle => Row("Rectangle", &["R", "2"], Work::Outlines(Outline::Rectangle)),
            Self::Ellipse => Row("Ellipse", &["O", "4"], Work::Outlines(Outline::Ellipse)),
            Self::Diamond => Row("Diamond", &["3"], Work::Outlines(Outline::Diamond)),
            Self::Line => Row("Line", &["L", "6"], Work::Places),
            Self::Arrow => Row("Arrow", &["A", "5"], Work::Places),
            Self::Text => Row("Text", &["T", "8"], Work::Places),
            Self::Sticky => Row("Sticky note", &["N"], Work::Places),
            Self::Frame => Row("Frame", &["F"], Work::Places),
            Self::Laser => Row("Laser", &["K"], Work::Sweeps),
        }
    }

    const fn work(self) -> Work {
        self.row().2
    }

    /// The accessible name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.row().0
    }

    /// The keys that pick it; the first one is shown to people.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        self.row().1
    }

    /// The key that picks it, as shown to people.
    #[must_use]
    pub fn shortcut(self) -> &'static str {
        self.keys().first().copied().unwrap_or_default()
    }

    /// The brush of a tool that draws ink.
    #[must_use]
    pub const fn brush(self) -> Option<Brush> {
        match self.work() {
            Work::Inks(brush) => Some(brush),
            _ => None,
        }
    }

    /// The outline of a tool that draws closed shapes.
    #[must_use]
    pub const fn outline(self) -> Option<Outline> {
        match self.work() {
            Work::Outlines(outline) => Some(outline),
            _ => None,
        }
    }

    /// Whether it stays active after it made an element, without being locked.
    #[must_use]
    pub const fn stays_active(self) -> bool {
        match self.work() {
            Work::Selects | Work::Pans | Work::Inks(_) | Work::Sweeps => true,
            Work::Outlines(_) | Work::Places => false,
        }
    }

    /// Whether it selects, and so shows the handles of the selection.
    #[must_use]
    pub const fn selects(self) -> bool {
        matches!(self.work(), Work::Selects)
    }

    /// Whether a long press of a finger opens the menu; with the other tools the finger may be
    /// about to draw.
    #[must_use]
    pub const fn long_press_opens_menu(self) -> bool {
        !self.changes_board()
    }

    /// Whether it changes the board, or what others see above it, and so needs access to edit.
    #[must_use]
    pub const fn changes_board(self) -> bool {
        match self.work() {
            Work::Selects | Work::Pans => false,
            Work::Inks(_) | Work::Sweeps | Work::Outlines(_) | Work::Places => true,
        }
    }
}

/// The name of a tool, the keys that pick it, and its work.
struct Row(&'static str, &'static [&'static str], Work);

/// The kind of work that a tool does.
#[derive(Clone, Copy)]
enum Work {
    /// It selects.
    Selects,
    /// It moves the view.
    Pans,
    /// It draws ink, one stroke after another.
    Inks(Brush),
    /// It is swept over the board again and again.
    Sweeps,
    /// It draws a closed shape, mostly one.
    Outlines(Outline),
    /// It makes another element, mostly one.
    Places,
}
