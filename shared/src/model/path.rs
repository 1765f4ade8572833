//! Paths: figures of straight lines and curves, such as drawings of other programs have.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::{FillRule, PackedPath};

/// A figure of straight lines and curves in a box. It may have several subpaths, open or closed.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct VectorPath {
    /// Which points lie inside, if it is filled. An open subpath is filled as if it were closed.
    pub rule: FillRule,
    /// The lines and curves, as parts of the box.
    pub outline: PackedPath,
}
