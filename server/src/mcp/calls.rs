//! Calls of tools that can be stopped.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// The calls of one caller, one at a time. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    call: Arc<Mutex<()>>,
    stopped: CancellationToken,
}

impl Calls {
    /// Runs a call; `None` if it was stopped.
    pub(super) async fn run<T>(&self, call: impl Future<Output = T>) -> Option<T> {
        let _call = self.call.lock().await;
        tokio::select! {
            biased;
            () = self.stopped.cancelled() => None,
            done = call => Some(done),
        }
    }

    /// Stops all calls. When it returns, none of them does anything any more.
    pub(super) async fn stop(&self) {
        self.stopped.cancel();
        drop(self.call.lock().await);
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn a_call_that_was_stopped_has_ended() {
        let calls = Calls::default();
        assert_eq!(calls.run(async { 1 }).await, Some(1));
        let running = tokio::spawn({
            let calls = calls.clone();
            async move { calls.run(pending::<()>()).await }
        });
        tokio::task::yield_now().await;
        calls.stop().await;
        assert_eq!(running.await.unwrap(), None);
        assert_eq!(calls.run(async { 2 }).await, None);
    }
}
