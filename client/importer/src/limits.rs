//! Limits of imported content.

/// The most elements that one drawing makes. More would block the page for long.
pub(crate) const MAX_ELEMENTS: usize = 20_000;

/// The size of the largest content that is read, in bytes. A whole board of ink is smaller.
pub(crate) const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The size of the largest drawing that is read, in bytes: a scene with the files of its pictures.
pub(crate) const MAX_DRAWING_BYTES: usize = 128 * 1024 * 1024;
