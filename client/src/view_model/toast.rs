//! A short notice on the screen.

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ToastTone {
    /// Good to know.
    Info,
    /// Something was refused or undone.
    Warning,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Toast {
    /// Tells notices apart; also names the one to dismiss.
    pub(crate) id: u64,
    /// How grave it is.
    pub(crate) tone: ToastTone,
    /// One sentence, such as "Your link is for viewing".
    pub(crate) text: String,
}
