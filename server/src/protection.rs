//! Switches off single protections, so that tests can show what each is good for.
//!
//! A test of a fault proves little if it also passes without the protection against the fault. With
//! the feature `faults` the environment variable `COMMONSLATE_WITHOUT` names protections that this
//! server does without, with commas between them. Only the tests of `chaos` set the feature; without
//! it every protection is on, and nothing of this remains in the program.

/// Makes the enum, and the list of the names in the environment variable.
macro_rules! protections {
    ($($(#[$doc:meta])* $protection:ident = $name:literal,)*) => {
        /// A protection against a fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Protection {
            $($(#[$doc])* $protection,)*
        }

        /// The names of all protections that can be switched off.
        #[cfg(feature = "faults")]
        pub const NAMES: &[&str] = &[$($name),*];

        #[cfg(feature = "faults")]
        impl Protection {
            const fn name(self) -> &'static str {
                match self {
                    $(Self::$protection => $name,)*
                }
            }
        }
    };
}

protections! {
    /// The store stores no commit twice.
    Dedupe = "dedupe",
    /// A Redis that has restarted or has less than a server had begins a new epoch.
    EpochCheck = "epoch-check",
    /// A commit is acknowledged only after its fsync.
    Fsync = "fsync",
    /// Commits stay in the log until a snapshot has them.
    CompactionFloor = "compaction-floor",
    /// A gap in the sequence is read from the store.
    GapRead = "gap-read",
    /// The position is compared with the store each second.
    HeadCheck = "head-check",
    /// A new connection to the broker is subscribed to the boards of the old one.
    Resubscribe = "resubscribe",
    /// A board is subscribed to before it is read.
    SubscribeFirst = "subscribe-first",
    /// People of a server that is silent disappear.
    Lease = "lease",
    /// Clients are told before the server ends.
    Goodbye = "goodbye",
    /// Only clients that may draw can draw.
    Roles = "roles",
    /// Of a first message that is too long for a hello nothing is buffered.
    HelloCap = "hello-cap",
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
