//! The error of a text that is not a diagram.

use std::fmt;

/// The reason why a text or a graph gives no diagram.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DiagramError {
    /// The line with the fault, counted from 1. `None` if the fault is in no single line.
    pub line: Option<usize>,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

impl DiagramError {
    /// An error of the whole diagram.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self {
            line: None,
            message: message.into(),
        }
    }

    /// An error of one line.
    pub(crate) fn at_line(line: usize, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            message: message.into(),
        }
    }
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
