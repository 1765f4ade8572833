//! Switches off single protections, so that tests can show what each is good for.
//!
//! A test of a fault proves little if it also passes without the protection against the fault. With
//! the feature `faults` the environment variable `COMMONSLATE_WITHOUT` names protections that this
//! server does without, with commas between them. Only the tests of `chaos` set the feature; without
//! it every protection is on, and nothing of this remains in the program.

/// A protection against a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// The store stores no commit twice.
    Dedupe,
    /// A Redis that has restarted or has less than a server had begins a new epoch.
    EpochCheck,
    /// A commit is acknowledged only after its fsync.
    Fsync,
    /// Commits stay in the log until a snapshot has them.
    CompactionFloor,
    /// A gap in the sequence is read from the store.
    GapRead,
    /// The position is compared with the store each second.
    HeadCheck,
    /// A new connection to the broker is subscribed to the boards of the old one.
    Resubscribe,
    /// A board is subscribed to before it is read.
    SubscribeFirst,
    /// People of a server that is silent disappear.
    Lease,
    /// Clients are told before the server ends.
    Goodbye,
    /// Only clients that may draw can draw.
    Roles,
}

#[cfg(feature = "faults")]
impl Protection {
    /// Its name in the environment variable.
    const fn name(self) -> &'static str {
        match self {
            Self::Dedupe => "dedupe",
            Self::EpochCheck => "epoch-check",
            Self::Fsync => "fsync",
            Self::CompactionFloor => "compaction-floor",
            Self::GapRead => "gap-read",
            Self::HeadCheck => "head-check",
            Self::Resubscribe => "resubscribe",
            Self::SubscribeFirst => "subscribe-first",
            Self::Lease => "lease",
            Self::Goodbye => "goodbye",
            Self::Roles => "roles",
        }
    }
}

/// Whether a protection is on.
#[cfg(feature = "faults")]
pub(crate) fn is_on(protection: Protection) -> bool {
    use std::sync::LazyLock;
    static OFF: LazyLock<String> =
        LazyLock::new(|| std::env::var("COMMONSLATE_WITHOUT").unwrap_or_default());
    OFF.split(',').all(|off| off != protection.name())
}

/// Whether a protection is on.
#[cfg(not(feature = "faults"))]
#[inline]
pub(crate) const fn is_on(_: Protection) -> bool {
    true
}
