//! How the rest of the server calls a store: with a deadline, or again and again until it answers.

use std::time::Duration;

use backon::Retryable as _;
use tokio::time::timeout;

use super::StoreError;
use crate::retry::backoff;

/// Waits for an answer for at most `limit`.
///
/// # Errors
/// Those of the call, and [`StoreError::Unavailable`] if it takes too long.
pub(crate) async fn within<T>(
    limit: Duration,
    call: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    timeout(limit, call)
        .await
        .unwrap_or_else(|_| Err(StoreError::Unavailable(format!("no answer in {limit:?}"))))
}

/// Repeats a call until it is answered, with growing waits, and reports every failure.
pub(crate) async fn until_answered<T, F>(
    call: impl Fn() -> F + Send,
    on_failure: impl Fn(&StoreError) + Send,
) -> T
where
    F: Future<Output = Result<T, StoreError>> + Send,
{
    loop {
        let calling = (&call)
            .retry(backoff())
            .notify(|error, _| on_failure(error));
        match calling.await {
            Ok(answer) => return answer,
            // Cannot happen without a largest number of attempts.
            Err(error) => on_failure(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn unavailable() -> StoreError {
        StoreError::Unavailable("test".to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_takes_too_long_is_unavailable() {
        let limit = Duration::from_secs(1);
        let answer = within(limit, std::future::pending::<Result<(), StoreError>>()).await;
        assert!(
            matches!(answer, Err(StoreError::Unavailable(_))),
            "{answer:?}"
        );
        assert!(within(limit, async { Ok(()) }).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_call_is_repeated_until_it_is_answered_and_each_failure_is_reported() {
        let (calls, failures) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let call = || async {
            match calls.fetch_add(1, Ordering::Relaxed) {
                0..9 => Err(unavailable()),
                count => Ok(count),
            }
        };
        let answer = until_answered(call, |_| {
            failures.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(answer.await, 9);
        assert_eq!(failures.into_inner(), 9);
    }
}
