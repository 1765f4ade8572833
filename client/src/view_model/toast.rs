//! A short notice on the screen.

/// The tone of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ToastTone {
    /// Information.
    Info,
    /// Work that is under way and can be stopped.
    Progress,
    /// Something was refused or undone.
    Warning,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Toast {
    /// The id of the notice.
    pub(crate) id: u64,
    /// The tone.
    pub(crate) tone: ToastTone,
    /// One sentence, such as "Your link is for viewing".
    pub(crate) text: String,
}
