//! Why a tool could not do what an agent asked, in words for the agent.

use rmcp::ErrorData;
use rmcp::model::{ContentBlock, IntoContents};
use shared::api::ApiError;

use super::link::LinkFault;
use crate::export::Refusal;
use crate::guest::{GuestError, WorkRefusal};
use crate::request::Problem;

/// What an agent is told when a change may be stored or not.
const UNCERTAIN: &str = "the board was interrupted before it answered, so the change may be stored \
                         or not; read the board before you repeat it";

/// Why a tool failed. The agent reads it and can do something else, so it is the result of the tool
/// and no error of the protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct ToolError(pub(super) String);

impl IntoContents for ToolError {
    fn into_contents(self) -> Vec<ContentBlock> {
        vec![ContentBlock::text(self.0)]
    }
}

impl From<LinkFault> for ToolError {
    fn from(fault: LinkFault) -> Self {
        Self(fault.to_string())
    }
}

impl From<Problem> for ToolError {
    fn from(problem: Problem) -> Self {
        let detail = problem.detail();
        let wait = problem
            .retry_after_s()
            .map(|seconds| format!("{seconds} s"));
        Self(match wait.filter(|wait| !detail.contains(wait)) {
            Some(wait) => format!("{detail}; try again after {wait}"),
            None => detail.to_owned(),
        })
    }
}

impl From<ApiError> for ToolError {
    fn from(error: ApiError) -> Self {
        Problem::from(error).into()
    }
}

impl From<Refusal> for ToolError {
    fn from(refusal: Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl From<GuestError> for ToolError {
    fn from(error: GuestError) -> Self {
        match error {
            GuestError::Interrupted | GuestError::NotStoredYet => Self(UNCERTAIN.to_owned()),
            error => Problem::from(error).into(),
        }
    }
}

impl From<WorkRefusal> for ToolError {
    fn from(refusal: WorkRefusal) -> Self {
        match refusal {
            WorkRefusal::Work(error) => Self(in_words_of_tools(&error.to_string())),
            WorkRefusal::Guest(error) => error.into(),
            changed @ WorkRefusal::Changed(_) => Self(changed.to_string()),
        }
    }
}

/// Names the place of a fault as the arguments of tools are called.
fn in_words_of_tools(text: &str) -> String {
    let lists = [
        ("create[", "elements["),
        ("change[", "changes["),
        ("delete[", "ids["),
    ];
    let named = lists.into_iter().find_map(|(ours, theirs)| {
        let rest = text.strip_prefix(ours)?;
        Some(format!("{theirs}{rest}"))
    });
    named.unwrap_or_else(|| text.to_owned())
}

impl From<ToolError> for ErrorData {
    fn from(error: ToolError) -> Self {
        Self::invalid_request(error.0, None)
    }
}
