//! Measures how late this machine is.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

/// How often the delay of timers is measured.
const LAG_EVERY: Duration = Duration::from_millis(20);

/// The longest delay of a timer: how late this machine is, whatever the product does.
#[derive(Debug)]
pub(crate) struct Lag {
    most: watch::Receiver<Duration>,
    task: AbortHandle,
}

impl Lag {
    /// Measures until it is dropped.
    pub(crate) fn measure() -> Self {
        let (show, most) = watch::channel(Duration::ZERO);
        let task = tokio::spawn(async move {
            loop {
                let due = Instant::now() + LAG_EVERY;
                sleep(LAG_EVERY).await;
                let late = due.elapsed();
                show.send_if_modified(|most| {
                    let grows = late > *most;
                    *most = late.max(*most);
                    grows
                });
            }
        });
        Self {
            most,
            task: task.abort_handle(),
        }
    }

    /// The longest delay so far.
    pub(crate) fn most(&self) -> Duration {
        *self.most.borrow()
    }
}

impl Drop for Lag {
    fn drop(&mut self) {
        self.task.abort();
    }
}
