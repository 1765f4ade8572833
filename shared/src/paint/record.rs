//! A painter that remembers: for tests that compare what painters were told.

use kurbo::BezPath;

use super::{Fill, Painter};

/// The commands it was given, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorder {
    fills: Vec<(BezPath, Fill)>,
}

impl Recorder {
    /// The fills, in order.
    #[must_use]
    pub fn fills(&self) -> &[(BezPath, Fill)] {
        &self.fills
    }
}

impl Painter for Recorder {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.fills.push((path.clone(), *fill));
    }
}
