//! Ways out of the board and back: the export dialog, the clipboard, the printer, and files.

mod dialog;
mod files;
mod pictures;
mod round_trip;
mod server_made;
mod support;
