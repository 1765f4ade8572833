//! The relation of a commit of this replica in the log to its oldest waiting commit.

use crate::op::Commit;

/// The relation of a commit in the log to the oldest waiting one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is the oldest waiting commit.
    Same,
    /// The oldest waiting commit was refused: the log has an empty one under its number.
    Emptied,
    /// The log has the oldest waiting commit as the server corrected it: who did what, and names.
    Corrected,
    /// The log has another commit under the number of the oldest waiting one.
    Another,
    /// The oldest waiting commit has another number.
    NotWaiting,
}

impl Relation {
    pub(super) fn between(oldest_waiting: Option<&Commit>, in_log: &Commit) -> Self {
        match oldest_waiting {
            Some(waiting) if waiting == in_log => Self::Same,
            Some(waiting) if waiting.cno == in_log.cno => {
                if in_log.ops.is_empty() {
                    Self::Emptied
                } else if in_log.is_attributed_form_of(waiting) {
                    Self::Corrected
                } else {
                    Self::Another
                }
            }
            Some(_) | None => Self::NotWaiting,
        }
    }
}
