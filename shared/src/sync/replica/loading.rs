//! A board on its way to the replica: opened by the server, then received in parts.

use std::sync::Arc;

use crate::model::Element;
use crate::protocol::{PartialSnapshot, SnapshotPart};

use super::super::snapshot::{AssemblyError, Snapshot, SnapshotAssembly};

/// How far the board is on its way, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The server is opening the board.
    Opening {
        /// The work that is done.
        percent: u8,
    },
    /// Parts of the board are arriving.
    Receiving {
        /// The parts that have arrived.
        percent: u8,
    },
}

/// The snapshot that is arriving, if any. Parts that arrived stay when the connection ends.
#[derive(Debug, Default)]
pub(super) struct Loading {
    /// Whether the server sends a snapshot on this connection.
    is_expected: bool,
    /// The work of opening that is done, in thousandths.
    opening: Option<u16>,
    assembly: Option<SnapshotAssembly>,
}

/// What a part brought.
#[derive(Debug)]
pub(super) enum Arrived {
    /// These elements of the snapshot can be shown.
    Elements(Vec<Arc<Element>>),
    /// The snapshot is complete.
    All(Box<Snapshot>),
}

impl Loading {
    /// Whether a snapshot is to replace the confirmed board.
    pub(super) const fn is_expected(&self) -> bool {
        self.is_expected
    }

    /// A connection begins or ends.
    pub(super) const fn reset_connection(&mut self) {
        self.is_expected = false;
        self.opening = None;
    }

    /// A snapshot will follow. It may be the one that has arrived in part.
    pub(super) const fn expect(&mut self) {
        self.is_expected = true;
        self.opening = None;
    }

    /// The server sends no snapshot, because the confirmed board is recent enough.
    pub(super) fn cancel(&mut self) {
        *self = Self::default();
    }

    pub(super) fn set_opening(&mut self, done: u16) {
        self.opening = Some(done.min(1_000));
    }

    /// The parts that have arrived.
    pub(super) fn partial(&self) -> Option<PartialSnapshot> {
        self.assembly.as_ref().map(SnapshotAssembly::partial)
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        if let Some(done) = self.opening {
            let percent = percent(done.into(), 1_000);
            return Some(Progress::Opening { percent });
        }
        let (arrived, all) = match &self.assembly {
            Some(assembly) => assembly.progress(),
            None if self.is_expected => (0, 1),
            None => return None,
        };
        let percent = percent(arrived, all);
        Some(Progress::Receiving { percent })
    }

    /// Whether a part belongs to another snapshot than the parts before it.
    pub(super) fn is_other(&self, part: &SnapshotPart) -> bool {
        let assembly = self.assembly.as_ref();
        assembly.is_some_and(|assembly| assembly.id() != part.snapshot)
    }

    /// Drops the parts that have arrived.
    pub(super) fn forget_parts(&mut self) {
        self.assembly = None;
    }

    /// Takes a part.
    ///
    /// # Errors
    /// If it does not fit to the parts before it; all of them are dropped.
    pub(super) fn add(&mut self, part: SnapshotPart) -> Result<Arrived, AssemblyError> {
        let mut assembly = match self.assembly.take() {
            Some(assembly) => assembly,
            None => SnapshotAssembly::begin(&part)?,
        };
        let elements = assembly.add(part)?;
        if assembly.is_complete() {
            self.is_expected = false;
            return Ok(Arrived::All(Box::new(assembly.finish()?)));
        }
        self.assembly = Some(assembly);
        Ok(Arrived::Elements(elements))
    }
}

fn percent(done: usize, all: usize) -> u8 {
    u8::try_from(100 * done / all.max(1)).unwrap_or(100)
}
