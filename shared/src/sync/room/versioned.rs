//! A value that sessions are told whenever it changes.

/// A value with the number of its changes. A session keeps the version that it was told last.
#[derive(Debug)]
pub(super) struct Versioned<T> {
    value: T,
    version: u64,
}

impl<T: PartialEq> Versioned<T> {
    /// The first value, which has version 0.
    pub(super) const fn new(value: T) -> Self {
        Self { value, version: 0 }
    }

    /// Replaces the value; the version goes up if it is another one.
    pub(super) fn set(&mut self, value: T) {
        if self.value != value {
            self.value = value;
            self.version += 1;
        }
    }

    pub(super) const fn get(&self) -> &T {
        &self.value
    }

    pub(super) const fn version(&self) -> u64 {
        self.version
    }
}
