//! The messages that are counted and predicted.

use std::ops::{AddAssign, Index, IndexMut};

/// A kind of message or call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Hello,
    LiveUp,
    CommitUp,
    Receipt,
    Welcome,
    SnapshotPart,
    LiveFrame,
    LiveItem,
    CommitDown,
    Ack,
    Heartbeat,
    PeopleList,
    OtherDown,
    BytesDown,
    PublishedLive,
    PublishedLease,
    PublishedOther,
    PublishedLog,
    ReceivedLive,
    ReceivedLease,
    ReceivedOther,
    ReceivedLog,
    Append,
    HeadCheck,
    DurabilityWait,
    OpenBoard,
    NoteAuthor,
    ReadTail,
    Compaction,
}

impl Kind {
    /// All kinds, in the order of the tables.
    pub(crate) const ALL: [Self; 29] = [
        Self::Hello,
        Self::LiveUp,
        Self::CommitUp,
        Self::Receipt,
        Self::Welcome,
        Self::SnapshotPart,
        Self::LiveFrame,
        Self::LiveItem,
        Self::CommitDown,
        Self::Ack,
        Self::Heartbeat,
        Self::PeopleList,
        Self::OtherDown,
        Self::BytesDown,
        Self::PublishedLive,
        Self::PublishedLease,
        Self::PublishedOther,
        Self::PublishedLog,
        Self::ReceivedLive,
        Self::ReceivedLease,
        Self::ReceivedOther,
        Self::ReceivedLog,
        Self::Append,
        Self::HeadCheck,
        Self::DurabilityWait,
        Self::OpenBoard,
        Self::NoteAuthor,
        Self::ReadTail,
        Self::Compaction,
    ];

    /// What a table calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hello => "client → server: hellos",
            Self::LiveUp => "client → server: live updates",
            Self::CommitUp => "client → server: commits",
            Self::Receipt => "client → server: receipts",
            Self::Welcome => "server → client: welcomes",
            Self::SnapshotPart => "server → client: parts of snapshots",
            Self::LiveFrame => "server → client: live frames",
            Self::LiveItem => "server → client: live updates in them",
            Self::CommitDown => "server → client: commits",
            Self::Ack => "server → client: acks",
            Self::Heartbeat => "server → client: heartbeats",
            Self::PeopleList => "server → client: lists of people",
            Self::OtherDown => "server → client: others",
            Self::BytesDown => "server → client: bytes",
            Self::PublishedLive => "published: live updates",
            Self::PublishedLease => "published: leases of people",
            Self::PublishedOther => "published: others",
            Self::PublishedLog => "published: commits",
            Self::ReceivedLive => "received by nodes: live updates",
            Self::ReceivedLease => "received by nodes: leases of people",
            Self::ReceivedOther => "received by nodes: others",
            Self::ReceivedLog => "received by nodes: commits",
            Self::Append => "store: appends",
            Self::HeadCheck => "store: head checks",
            Self::DurabilityWait => "store: waits for durability",
            Self::OpenBoard => "store: boards opened",
            Self::NoteAuthor => "store: authors noted",
            Self::ReadTail => "store: missing commits read",
            Self::Compaction => "store: compactions",
        }
    }
}

/// A number for each kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tally<T>([T; Kind::ALL.len()]);

/// The numbers that were counted.
pub(crate) type Counts = Tally<u64>;
/// The numbers that are expected in one second.
pub(crate) type Rates = Tally<f64>;

impl<T: Default + Copy> Default for Tally<T> {
    fn default() -> Self {
        Self([T::default(); Kind::ALL.len()])
    }
}

#[expect(clippy::indexing_slicing, reason = "there is a number for each kind")]
impl<T> Index<Kind> for Tally<T> {
    type Output = T;

    fn index(&self, kind: Kind) -> &T {
        &self.0[kind as usize]
    }
}

#[expect(clippy::indexing_slicing, reason = "there is a number for each kind")]
impl<T> IndexMut<Kind> for Tally<T> {
    fn index_mut(&mut self, kind: Kind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

impl Counts {
    /// What was counted since an earlier moment.
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        let mut counts = self.clone();
        for kind in Kind::ALL {
            counts[kind] -= earlier[kind];
        }
        counts
    }
}

impl AddAssign<&Self> for Rates {
    fn add_assign(&mut self, other: &Self) {
        for kind in Kind::ALL {
            self[kind] += other[kind];
        }
    }
}
