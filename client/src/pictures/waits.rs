//! Waiting for a time, or until the server has something new.

use std::cell::RefCell;

use futures::channel::oneshot;
use futures::future::select;
use gloo_timers::future::TimeoutFuture;
use shared::id::Millis;
use shared::model::BlobHash;

/// Everything that waits.
#[derive(Debug, Default)]
pub(super) struct Waits(RefCell<Vec<(BlobHash, oneshot::Sender<()>)>>);

impl Waits {
    /// Waits for a time, or until the picture is woken.
    pub(super) async fn wait(&self, sha256: BlobHash, time: Millis) {
        let (wake, woken) = oneshot::channel();
        {
            let mut all = self.0.borrow_mut();
            all.retain(|(_, wake)| !wake.is_canceled());
            all.push((sha256, wake));
        }
        let time = u32::try_from(time).unwrap_or(u32::MAX);
        select(woken, TimeoutFuture::new(time)).await;
    }

    /// Ends the waits for a picture.
    pub(super) fn wake(&self, sha256: BlobHash) {
        let all = self.0.take();
        let (woken, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(other, _)| *other == sha256);
        self.0.borrow_mut().extend(others);
        woken.into_iter().for_each(|(_, wake)| {
            // What waited may have ended.
            let _ = wake.send(());
        });
    }

    /// Ends all waits.
    pub(super) fn wake_all(&self) {
        self.0.take().into_iter().for_each(|(_, wake)| {
            let _ = wake.send(());
        });
    }
}
