//! Why an answer ended early, in sentences for the people on the board.

use crate::request::Problem;

/// Why an answer ended early.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// The asker or an owner stopped it.
    #[error("Stopped.")]
    Stopped,
    /// The server shuts down.
    #[error("The server restarts. Ask again.")]
    Restart,
    /// It took too long as a whole.
    #[error("The answer took too long.")]
    TooLong,
    /// The language model sent nothing for too long.
    #[error("The language model did not answer in time.")]
    NoAnswer,
    /// The endpoint cannot be reached.
    #[error("The language model cannot be reached at present.")]
    Unreachable,
    /// The endpoint does not take the key of this server.
    #[error("The language model does not take the key of this server. Tell the people who run it.")]
    WrongKey,
    /// The endpoint answers too many others.
    #[error("The language model has too many requests at present. Ask again later.")]
    Busy,
    /// The endpoint answers in a way that this server does not understand.
    #[error("The language model answered with an error: {0}")]
    Endpoint(String),
    /// The language model does not answer this.
    #[error("The language model declined to answer: {0}")]
    Declined(String),
    /// This board has asked as often as it may.
    #[error(
        "This board has asked {most} times within an hour, and may ask again in {minutes} min."
    )]
    Limit {
        /// Questions in an hour.
        most: u32,
        /// When it may ask again.
        minutes: u64,
    },
    /// The language model goes on and on.
    #[error("The language model used its tools too often.")]
    TooManyTools,
    /// Something cannot be done on this board.
    #[error("{0}")]
    Board(String),
}

impl Failure {
    /// The kind, for logs.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::NoAnswer => "no answer in time",
            Self::Unreachable => "unreachable",
            Self::WrongKey => "wrong key",
            Self::Busy => "too many requests",
            Self::Endpoint(_) => "an error",
            _ => "another failure",
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Board(sentence(problem.detail()))
    }
}

/// A text as a sentence: with a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    let mut sentence: String = first.chain(chars).collect();
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}
