//! The assistant in the chat, as two people on two servers see it.

mod answers;
mod endings;
mod model;
mod orders;
