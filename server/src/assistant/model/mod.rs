//! The language model, behind an endpoint that speaks like OpenAI.

mod chunk;
mod client;
mod pictures;
mod talk;
mod tool;

pub(super) use client::Model;
pub(super) use talk::{Talk, Tools};
