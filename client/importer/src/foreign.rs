//! The parts of another program's content that were read.

use shared::model::{EmbeddedFile, NewElement};

use crate::left_out::Report;

/// Elements, the files of their pictures, and the parts that were left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Foreign {
    pub(crate) elements: Vec<NewElement>,
    /// The files of the pictures that the elements show.
    pub(crate) files: Vec<EmbeddedFile>,
    pub(crate) report: Report,
}

impl From<(Vec<NewElement>, Report)> for Foreign {
    fn from((elements, report): (Vec<NewElement>, Report)) -> Self {
        let files = Vec::new();
        Self {
            elements,
            files,
            report,
        }
    }
}
