//! What a scene of Excalidraw does not have, in words.

/// A feature of elements that a scene of Excalidraw does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotKept {
    /// Styles of parts of a text.
    TextStyles,
    /// Highlighters that darken the paint below.
    Highlighter,
    /// Anchors of lines at elements that Excalidraw binds no line to.
    Anchors,
    /// Curves in paths.
    Curves,
    /// Rotated frames.
    FrameAngles,
    /// The place of a text along its line.
    TextPositions,
    /// Pictures whose files are not at hand.
    Pictures,
    /// Descriptions of images.
    AlternativeTexts,
}

impl NotKept {
    /// The words for a sentence such as "Not kept: bold and italic."
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TextStyles => "bold and italic",
            Self::Highlighter => "the blending of highlighters",
            Self::Anchors => "anchors of lines at triangles and paths",
            Self::Curves => "curves of paths (short straight lines instead)",
            Self::FrameAngles => "the angles of frames",
            Self::TextPositions => "places of texts along lines",
            Self::Pictures => "pictures (placeholders instead)",
            Self::AlternativeTexts => "alternative texts of images",
        }
    }
}
