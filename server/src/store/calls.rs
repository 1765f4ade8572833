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
