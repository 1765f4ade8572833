//! Several users on one board: presence, conflicts, undo.

mod across_servers;
mod concurrent_editing;
mod concurrent_gestures;
mod conflicting_edits;
mod remote_selection;
mod two_tabs;
mod undo;
mod undoable_changes;
