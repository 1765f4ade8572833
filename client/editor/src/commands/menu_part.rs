//! The parts of the context menu.

/// A part of the context menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MenuPart {
    /// With a selection: clipboard, duplicate, delete.
    Edit,
    /// With a selection: what the assistant can do with it.
    Assistant,
    /// With a selection: export and pictures for the clipboard.
    Export,
    /// With an image: its picture.
    Picture,
    /// With a selection: styles.
    Style,
    /// With a selection: groups, arrows, locks.
    Group,
    /// With a selection: the stacking order.
    Order,
    /// With a selection: mirror images.
    Flip,
    /// With a selection: the camera.
    View,
    /// With several elements: alignment and spacing.
    Align,
    /// Without a selection: clipboard, selecting, locks.
    BoardEdit,
    /// Without a selection: export and pictures for the clipboard.
    BoardExport,
    /// Without a selection: the camera.
    BoardView,
    /// Without a selection: grid and snapping.
    BoardGuides,
    /// Without a selection: search and palette.
    BoardMore,
}

impl MenuPart {
    pub(super) const OF_SELECTION: [Self; 10] = [
        Self::Edit,
        Self::Assistant,
        Self::Export,
        Self::Picture,
        Self::Style,
        Self::Group,
        Self::Order,
        Self::Flip,
        Self::View,
        Self::Align,
    ];
    pub(super) const OF_BOARD: [Self; 5] = [
        Self::BoardEdit,
        Self::BoardExport,
        Self::BoardView,
        Self::BoardGuides,
        Self::BoardMore,
    ];

    /// The name, as the menu announces it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit | Self::BoardEdit => "Edit",
            Self::Assistant => "Ask the assistant",
            Self::Export | Self::BoardExport => "Export",
            Self::Picture => "Picture",
            Self::Style => "Style",
            Self::Group => "Group",
            Self::Order => "Order",
            Self::Flip => "Flip",
            Self::View | Self::BoardView => "View",
            Self::Align => "Align",
            Self::BoardGuides => "Guides",
            Self::BoardMore => "More",
        }
    }
}
