//! The terms of changes: whether they are only proposed, and how fast they appear.

use std::time::Duration;

use rmcp::RoleServer;
use rmcp::service::RequestContext;

use crate::clock::random16;
use crate::guest::{Pace, RequestKey, STEPS_MS, WorkTerms};
use crate::mcp::error::ToolError;
use crate::mcp::progress::tell_progress;

/// How fast new elements are asked to appear.
#[derive(Debug, Clone, Copy)]
pub(super) enum Speed {
    /// All at once.
    AtOnce,
    /// One after the other, with this time between them if it is asked for.
    Watchable(Option<Duration>),
}

/// Reads the arguments `at_once` and `step_ms`.
pub(super) fn speed(at_once: bool, step_ms: Option<u64>) -> Result<Speed, ToolError> {
    match step_ms {
        Some(step_ms) if !STEPS_MS.contains(&step_ms) => {
            let (least, most) = (STEPS_MS.start(), STEPS_MS.end());
            Err(ToolError(format!(
                "step_ms: {least} to {most} milliseconds"
            )))
        }
        _ if at_once => Ok(Speed::AtOnce),
        step_ms => Ok(Speed::Watchable(step_ms.map(Duration::from_millis))),
    }
}

/// The terms of a call: it is made once, whatever the board is like now.
/// New elements appear one after the other, unless they are proposed or must come at once.
pub(super) fn terms(
    is_proposal: bool,
    speed: Speed,
    context: &RequestContext<RoleServer>,
) -> Result<WorkTerms, ToolError> {
    let random = random16().map_err(|error| ToolError(error.to_string()))?;
    Ok(WorkTerms {
        key: RequestKey::once(random),
        only_at: None,
        is_proposal,
        pace: match speed {
            Speed::Watchable(every) if !is_proposal => {
                let steps = tell_progress(context);
                let pace = Pace::watchable(steps.clone());
                every.map_or(pace, |every| Pace::Watchable { every, steps })
            }
            Speed::Watchable(_) | Speed::AtOnce => Pace::AtOnce,
        },
    })
}
