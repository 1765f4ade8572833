//! The invariants that the checker decides.

/// What must hold whatever fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invariant {
    /// Every change that was made, or was shown as durable before its author left, is there.
    Durability,
    /// Each commit is in the log once.
    Once,
    /// Clients at the same position have the same board.
    Agreement,
    /// A client misses no position between two that it receives.
    Contiguity,
    /// The commits of each author are in the order in which they were made.
    Order,
    /// A viewer wrote nothing.
    Roles,
    /// A person who left for good disappears in time.
    Presence,
    /// The memory of servers is bounded.
    Memory,
    /// A commit reaches everybody within 2 s, or the status says that something is wrong.
    Delivery,
}

impl Invariant {
    /// Its number in the fault matrix.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Durability => "I1",
            Self::Once => "I2",
            Self::Agreement => "I3",
            Self::Contiguity => "I4",
            Self::Order => "I5",
            Self::Roles => "I6",
            Self::Presence => "I7",
            Self::Memory => "I8",
            Self::Delivery => "I9",
        }
    }

    /// Its number and name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Durability => "I1 durability",
            Self::Once => "I2 once",
            Self::Agreement => "I3 agreement",
            Self::Contiguity => "I4 contiguity",
            Self::Order => "I5 order",
            Self::Roles => "I6 roles",
            Self::Presence => "I7 presence",
            Self::Memory => "I8 memory",
            Self::Delivery => "I9 delivery",
        }
    }
}
