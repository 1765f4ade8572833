//! The assistant: answers the messages of the chat that ask it.
//!
//! The server that stored a question answers it, so each question is answered once. The assistant works
//! as a guest ([`crate::guest`]) by a pass for the asker's link, so it can do no more than the asker; its
//! tools are those of agents ([`crate::mcp`]), within the process. Its answer is an open message that
//! grows. If this server dies, the guest is gone, and all pages show the message as interrupted.
//!
//! Layout: `service` takes questions; `run` answers one, as `command` says; `answer` is its message,
//! `drawing` does what needs no language model; `earlier` looks after earlier answers; `model` asks a language model, with the `prompt`;
//! `failure` is why an answer ended early.

mod answer;
mod command;
mod drawing;
mod earlier;
mod failure;
mod model;
mod prompt;
mod run;
mod service;

pub(crate) use service::Assistant;
