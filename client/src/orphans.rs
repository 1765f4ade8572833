//! Sends the commits of orphaned outboxes, each under its own identity.
//!
//! The server may have placed a commit already. Under the identity of its author it takes effect
//! once, however often it is sent; under another identity it could take effect twice. So each
//! orphan gets a driver of its own, one after another, until all its commits are durable.

mod recovery;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use shared::id::{BoardId, Millis, Secret};
use shared::protocol::Profile;
use shared::sync::{Driver, Identity, Setup};

use crate::chunk::{NotLoaded, in_chunk};
use crate::net::{Connection, DriverHost, server_address};
use crate::outbox::{OrphanedOutbox, Outbox};
use crate::{clock, device, random};
use recovery::{Recovery, RecoveryRequest};

/// A recovery in a browser.
struct Sender {
    recovery: RefCell<Recovery>,
    outbox: Outbox,
    connection: Connection,
    finished: RefCell<Option<oneshot::Sender<()>>>,
}

/// Sends the commits of all orphans. Commits that cannot be sent now stay in the outbox, also if the
/// code for that does not load.
pub(crate) async fn send_orphans(
    board: BoardId,
    secret: Secret,
    profile: Profile,
    outbox: Outbox,
    orphans: Vec<OrphanedOutbox>,
) {
    if let Ok(sending) = loaded(board, secret, profile, outbox, orphans).await {
        sending.await;
    }
}

in_chunk! {
    fn loaded(
        board: BoardId,
        secret: Secret,
        profile: Profile,
        outbox: Outbox,
        orphans: Vec<OrphanedOutbox>,
    ) -> Result<LocalBoxFuture<'static, ()>, NotLoaded> {
        Ok(Box::pin(send_all(board, secret, profile, outbox, orphans)))
    }
}

async fn send_all(
    board: BoardId,
    secret: Secret,
    profile: Profile,
    outbox: Outbox,
    orphans: Vec<OrphanedOutbox>,
) {
    for orphan in orphans {
        let setup = setup(board, orphan, secret, profile.clone());
        let (sender, finished) = Sender::begin(board, setup, outbox.clone());
        // A recovery that ended early leaves the rest to a later page.
        let _ = finished.await;
        drop(sender);
    }
}

fn setup(board: BoardId, orphan: OrphanedOutbox, secret: Secret, profile: Profile) -> Setup {
    let OrphanedOutbox { key, commits } = orphan;
    let identity = Identity {
        next_cno: commits.last().map_or(1, |last| last.cno + 1),
        ..Identity::fresh(key)
    };
    Setup {
        // The tab that ended may have counted higher than 1.
        identity: identity.taken_over_at(clock::unix_seconds()),
        commits,
        secret,
        profile,
        // It is not a tab that anybody sees.
        device: device::key_for(board),
        seed: random::seed(),
    }
}

impl Sender {
    fn begin(board: BoardId, setup: Setup, outbox: Outbox) -> (Rc<Self>, oneshot::Receiver<()>) {
        let (finished, end) = oneshot::channel();
        let sender = Rc::new_cyclic(|me: &Weak<Self>| Self {
            recovery: RefCell::new(Recovery::new(setup, clock::now())),
            outbox,
            connection: Connection::new(server_address(board), me.clone()),
            finished: RefCell::new(Some(finished)),
        });
        sender.exchange();
        (sender, end)
    }

    /// Carries out the requests of the recovery, and sends its messages.
    fn exchange(&self) {
        self.carry_out_requests();
        let mut recovery = self.recovery.borrow_mut();
        self.connection.serve(recovery.driver(), clock::now());
        drop(recovery);
        // A socket that breaks while it sends leads to more requests.
        self.carry_out_requests();
        if self.recovery.borrow().is_finished()
            && let Some(finished) = self.finished.take()
        {
            // The receiver is gone only if the page is.
            let _ = finished.send(());
        }
    }

    fn carry_out_requests(&self) {
        let mut recovery = self.recovery.borrow_mut();
        while let Some(request) = recovery.poll_request(clock::now(), &mut random::client_key) {
            match request {
                RecoveryRequest::Connect => self.connection.open(),
                RecoveryRequest::Disconnect => self.connection.close(),
                RecoveryRequest::Outbox(change) => self.outbox.apply(&change),
            }
        }
    }
}

impl DriverHost for Sender {
    fn drive(&self, tell: &mut dyn FnMut(&mut Driver, Millis)) {
        tell(self.recovery.borrow_mut().driver(), clock::now());
        self.exchange();
    }
}
