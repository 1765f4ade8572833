//! What of a paste cannot be kept, in words for the person who pasted it.

use std::collections::BTreeSet;

/// A kind of content that the board does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeftOut {
    /// They became their mean colour.
    Gradients,
    Patterns,
    Filters,
    Masks,
    Clipping,
    Pictures,
    /// Files beyond the limits, or damaged.
    PictureFiles,
    /// Text that runs along a curve.
    CurvedText,
    Embedded,
    Videos,
    /// Addresses that words or shapes lead to.
    Links,
    /// Letters that are struck out, underlined or marked.
    TextStyles,
    /// Colours of labels that differ from those of the lines around them.
    LabelColors,
    /// Dashes and dots of ink.
    DashedInk,
    /// Pages of a file behind the first.
    OtherPages,
    /// Elements of kinds that the board does not have.
    Unknown,
    /// Tags or elements beyond the limits.
    TooMany,
    /// Paths with too many points.
    LongPaths,
    LongTexts,
    /// Elements outside of the board.
    FarAway,
}

impl LeftOut {
    const fn words(self) -> &'static str {
        match self {
            Self::Gradients => "gradients (one colour instead)",
            Self::Patterns => "patterns (grey instead)",
            Self::Filters => "filters",
            Self::Masks => "masks",
            Self::Clipping => "clipping",
            Self::Pictures => "pictures",
            Self::PictureFiles => "the files of some pictures",
            Self::CurvedText => "text along curves",
            Self::Embedded => "embedded pages",
            Self::Videos => "videos and sounds",
            Self::Links => "links",
            Self::TextStyles => "struck, underlined and marked letters",
            Self::LabelColors => "colours of labels",
            Self::DashedInk => "dashes of freehand lines",
            Self::OtherPages => "pages behind the first",
            Self::Unknown => "elements of unknown kinds",
            Self::TooMany => "everything beyond the limit of elements",
            Self::LongPaths => "very long paths",
            Self::LongTexts => "the ends of very long texts",
            Self::FarAway => "parts outside of the board",
        }
    }
}

/// Collects the parts that are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report(BTreeSet<LeftOut>);

impl Report {
    pub(crate) fn add(&mut self, what: LeftOut) {
        self.0.insert(what);
    }

    /// Adds what another report names.
    pub(crate) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A sentence that names everything; `None` if nothing was left out.
    pub(crate) fn sentence(&self) -> Option<String> {
        let words: Vec<&str> = self.0.iter().map(|what| what.words()).collect();
        sentence(&words)
    }
}

/// A sentence that names things; `None` if there are none.
pub(crate) fn sentence(words: &[&str]) -> Option<String> {
    let (last, others) = words.split_last()?;
    let list = if others.is_empty() {
        (*last).to_owned()
    } else {
        [&others.join(", "), " and ", last].concat()
    };
    Some(["Not kept: ", &list, "."].concat())
}
