//! Limits a warning to one line a minute, so that a cause that occurs with every request neither
//! floods the log nor goes unmentioned.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How often one cause may be logged.
const EVERY: Duration = Duration::from_secs(60);

/// The limit of one warning: each cause has a limit of its own.
#[derive(Debug, Default)]
pub struct WarningLimit {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    logged: Option<Instant>,
    suppressed: u64,
}

impl WarningLimit {
    /// A limit whose first warning is due at once.
    #[must_use]
    pub const fn new() -> Self {
        let state = State {
            logged: None,
            suppressed: 0,
        };
        Self {
            state: Mutex::new(state),
        }
    }

    /// Calls `log` if the last warning was logged a minute ago or earlier. Its argument is the
    /// number of warnings since then that were not logged; a log line shows it as `suppressed`.
    pub fn warn(&self, log: impl FnOnce(u64)) {
        if let Some(suppressed) = self.due() {
            log(suppressed);
        }
    }

    fn due(&self) -> Option<u64> {
        // No code panics while it holds the lock, so the state is always sound.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.logged.is_some_and(|at| at.elapsed() < EVERY) {
            state.suppressed = state.suppressed.saturating_add(1);
            return None;
        }
        state.logged = Some(Instant::now());
        Some(std::mem::take(&mut state.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_cause_is_logged_once_a_minute_with_the_number_that_was_left_out() {
        let limit = WarningLimit::new();
        let mut logged = Vec::new();
        for _ in 0..150 {
            limit.warn(|suppressed| logged.push(suppressed));
            advance(Duration::from_secs(1)).await;
        }
        assert_eq!(logged, [0, 59, 59]);
    }

    #[tokio::test(start_paused = true)]
    async fn causes_do_not_share_a_limit() {
        let (one, other) = (WarningLimit::new(), WarningLimit::new());
        assert_eq!((one.due(), one.due()), (Some(0), None));
        assert_eq!(other.due(), Some(0));
    }
}
