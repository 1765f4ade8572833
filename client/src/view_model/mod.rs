//! The values that the session publishes and that pages, panels and canvases show.
//!
//! They are plain data. This module imports nothing from the rest of the client.

mod assistant;
mod chat;
mod chat_text;
mod export;
mod open_questions;
mod origins;
mod outline;
mod person;
mod proposal;
mod revision;
mod status;
mod theme;
mod toast;
mod trouble;

pub(crate) use assistant::{ASSISTANT_MENTION, addressed, split_progress};
pub(crate) use chat::{
    Answer, Begins, BodyView, MessageView, ReactionView, ReplyView, TextMark, TextView, shortened,
};
pub(crate) use chat_text::{Piece, mention_begun, pieces};
pub(crate) use export::{
    ExportFormat, ExportOptions, ExportSize, ExportState, MAX_SCALE, MAX_WIDTH, file_name,
};
pub(crate) use open_questions::OpenQuestions;
pub(crate) use origins::{OriginRow, origin_rows};
pub(crate) use outline::OutlineEntry;
pub(crate) use person::{PersonColor, PersonView};
pub(crate) use proposal::ProposalView;
pub(crate) use revision::{BoardCounters, BoardRevision};
pub(crate) use status::{Durability, Keeping, Status};
pub(crate) use theme::ThemeChoice;
pub(crate) use toast::{Toast, ToastTone};
pub(crate) use trouble::Trouble;
