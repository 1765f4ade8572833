//! Files as a row of parts, of which some stay and the others are metadata.

use std::collections::BTreeSet;

use bytes::Bytes;

use super::error::PictureError;

/// What bytes behind the end of a file are called.
pub(super) const BEHIND_END: &str = "bytes after the end";

/// A file without its metadata.
#[derive(Debug)]
pub(super) struct Cleaned {
    /// The bytes that stay.
    pub(super) file: Vec<u8>,
    /// The names of what was removed.
    pub(super) removed: BTreeSet<String>,
}

impl Cleaned {
    /// Nothing has stayed yet of a file with so many bytes.
    fn new(bytes: usize) -> Self {
        Self {
            file: Vec::with_capacity(bytes),
            removed: BTreeSet::new(),
        }
    }
}

/// Reads a file from its begin, and sorts what it read.
pub(super) struct Sorter<'a> {
    file: &'a Bytes,
    at: usize,
    /// Where the present part begins.
    part: usize,
    cleaned: Cleaned,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(file: &'a Bytes) -> Self {
        Self {
            file,
            at: 0,
            part: 0,
            cleaned: Cleaned::new(file.len()),
        }
    }

    /// Whether everything was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.file.len()
    }

    /// The bytes that were not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.file.get(self.at..).unwrap_or_default()
    }

    /// Reads so many bytes.
    ///
    /// # Errors
    /// The file ends before.
    pub(super) fn take(&mut self, bytes: usize) -> Result<&'a [u8], PictureError> {
        let (taken, _) = self.rest().split_at_checked(bytes).ok_or_else(cut_off)?;
        self.at += bytes;
        Ok(taken)
    }

    /// Reads a fixed number of bytes.
    ///
    /// # Errors
    /// The file ends before.
    pub(super) fn take_array<const N: usize>(&mut self) -> Result<[u8; N], PictureError> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| cut_off())
    }

    /// What was read since the last part stays.
    pub(super) fn keep(&mut self) {
        let part = self.file.get(self.part..self.at).unwrap_or_default();
        self.cleaned.file.extend_from_slice(part);
        self.part = self.at;
    }

    /// What was read since the last part is metadata.
    pub(super) fn drop(&mut self, name: impl Into<String>) {
        self.cleaned.removed.insert(name.into());
        self.part = self.at;
    }

    /// The file ends here, and what follows is metadata.
    pub(super) fn finish(mut self) -> Cleaned {
        if !self.is_at_end() {
            self.cleaned.removed.insert(BEHIND_END.to_owned());
        }
        self.cleaned
    }
}

/// The file ends in the middle of a part.
pub(super) fn cut_off() -> PictureError {
    PictureError::Damaged("the file ends early".to_owned())
}

/// The name of a part of a file for people: its letters, and nothing that a log or a page could
/// take for something else.
pub(super) fn shown(name: &[u8]) -> String {
    let letters = name.iter().map(|byte| match byte {
        b' ' => ' ',
        byte if byte.is_ascii_graphic() => char::from(*byte),
        _ => '?',
    });
    letters.collect::<String>().trim_end().to_owned()
}
