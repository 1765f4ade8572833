//! The cursors that the pointer can have.

/// The cursor of the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CursorIcon {
    /// A crosshair: ink starts here.
    #[default]
    Crosshair,
    /// A circle as large as the eraser.
    Eraser,
    /// An open hand.
    Grab,
    /// A closed hand.
    Grabbing,
    /// An arrow.
    Arrow,
    /// The element here can be moved.
    Move,
    /// Text can be written here.
    Text,
    /// A handle that stretches from left to right.
    StretchX,
    /// A handle that stretches from top to bottom.
    StretchY,
    /// A handle that stretches from upper left to lower right.
    StretchFalling,
    /// A handle that stretches from lower left to upper right.
    StretchRising,
    /// A handle that turns.
    Turn,
}
