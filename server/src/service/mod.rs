//! Boards as callers see them: create one, open one with a secret, rename it, manage its links. REST, server
//! functions and WebSockets all use this service. Beside it, the pictures of boards.

mod blobs;
mod boards;
mod caller;
mod guesses;
mod history;
mod links;
mod passes;
mod secrets;
mod title;

pub use blobs::{
    BlobRefusal, Blobs, Finished, StoredPicture, Swept, UNNEEDED_FOR_MS, UPLOAD_EXPIRES_MS, Upload,
    Visitor, Wanted, sweep,
};
pub use boards::{Boards, Grant};
pub use caller::CallerBoards;
pub(crate) use history::{After, Undo};
pub use passes::Pass;
