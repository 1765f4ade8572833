//! Sends what dead tabs left behind, each under its own identity.
//!
//! A commit that may have been placed already must be sent again by the one who
//! made it, or it could take effect twice. So a replica without a page speaks
//! for the dead tab until all is safe, one after another. Knows no page.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use gloo_timers::callback::Timeout;
use shared::id::{BoardId, ClientKey, Millis, Secret};
use shared::protocol::{ClientMsg, Profile, ServerMsg};
use shared::sync::{Replica, ReplicaError, ReplicaEvent};

use crate::net::{Connection, ConnectionHandler, Disconnect, server_address};
use crate::outbox::{Legacy, Outbox};
use crate::{clock, random};

/// A dead tab as its commits are sent.
struct Executor {
    key: RefCell<ClientKey>,
    secret: Secret,
    profile: Profile,
    replica: RefCell<Replica>,
    outbox: Outbox,
    connection: OnceCell<Connection>,
    done: RefCell<Option<oneshot::Sender<()>>>,
    alarm: RefCell<Option<Timeout>>,
    me: Weak<Executor>,
}

/// Sends all that was left behind; what cannot be sent now stays in the outbox.
pub async fn drain(
    board: BoardId,
    secret: Secret,
    profile: Profile,
    outbox: Outbox,
    legacies: Vec<Legacy>,
) {
    for Legacy { key, commits } in legacies {
        let (done, finished) = oneshot::channel();
        let next_cno = commits.last().map_or(1, |last| last.cno + 1);
        let replica = Replica::new(key, commits, next_cno, clock::now());
        let executor = Rc::new_cyclic(|me: &Weak<Executor>| Executor {
            key: RefCell::new(key),
            secret,
            profile: profile.clone(),
            replica: RefCell::new(replica),
            outbox: outbox.clone(),
            connection: OnceCell::new(),
            done: RefCell::new(Some(done)),
            alarm: RefCell::default(),
            me: me.clone(),
        });
        let handler: Weak<dyn ConnectionHandler> = executor.me.clone();
        let connection = Connection::new(server_address(board), handler);
        if executor.connection.set(connection).is_err() {
            debug_assert!(false, "an executor has one connection");
        }
        // An executor that ended early leaves the rest to a later page.
        let _ = finished.await;
        if let Some(connection) = executor.connection.get() {
            connection.close();
        }
    }
}

impl Executor {
    fn do_news(&self) {
        loop {
            let event = self.replica.borrow_mut().poll_event();
            let Some(event) = event else { return };
            match event {
                ReplicaEvent::Forget(cno) => self.outbox.forget(&self.key.borrow(), cno),
                ReplicaEvent::Keep(commit) => self.outbox.keep(&self.key.borrow(), &commit),
                ReplicaEvent::IdentityLost => self.renew(),
                // Not wanted here: the rest stays for a page that may draw.
                ReplicaEvent::Refused(_) => self.finish(),
                ReplicaEvent::TimedOut | ReplicaEvent::Goodbye(_) => {
                    if let Some(connection) = self.connection.get() {
                        connection.reconnect();
                    }
                }
                ReplicaEvent::Changed(_)
                | ReplicaEvent::Reset
                | ReplicaEvent::Presence
                | ReplicaEvent::Title(_) => {}
            }
        }
    }

    /// Keeps everything under a fresh key before the old one is dropped.
    fn renew(&self) {
        let old = self.key.replace(random::client_key());
        let fresh = *self.key.borrow();
        self.replica.borrow_mut().renew(fresh);
        self.do_news();
        self.outbox.drop_author(&old);
        if let Some(connection) = self.connection.get() {
            connection.reconnect();
        }
    }

    /// Looks again when the replica may have found the line dead.
    fn set_alarm(&self) {
        let now = clock::now();
        let Some(due) = self.replica.borrow().poll_timeout(now) else {
            return;
        };
        let wait = u32::try_from(due.saturating_sub(now))
            .unwrap_or(u32::MAX)
            .min(60_000);
        let me = self.me.clone();
        let timer = Timeout::new(wait + 1, move || {
            if let Some(me) = me.upgrade() {
                me.replica.borrow_mut().handle_timeout(clock::now());
                me.do_news();
                me.set_alarm();
            }
        });
        self.alarm.replace(Some(timer));
    }

    fn finish(&self) {
        if let Some(done) = self.done.take() {
            // Whoever waits is gone only with the page.
            let _ = done.send(());
        }
    }

    /// Done once everything has its place in the history and is durable.
    fn finish_if_safe(&self) {
        let status = self.replica.borrow().status(clock::now());
        if matches!(status, shared::sync::Status::Saved { durable: true }) {
            self.outbox.drop_author(&self.key.borrow());
            self.finish();
        }
    }
}

impl ConnectionHandler for Executor {
    fn hello(&self, now: Millis) -> ClientMsg {
        // The seconds of today are later than any count of the tab that ended.
        let session = u32::try_from(clock::unix_seconds()).unwrap_or(u32::MAX);
        let profile = self.profile.clone();
        self.replica
            .borrow_mut()
            .connected(self.secret, session, profile, now)
    }

    fn on_message(&self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError> {
        let outcome = self.replica.borrow_mut().receive(message, now);
        self.do_news();
        self.finish_if_safe();
        self.set_alarm();
        outcome
    }

    fn next_message(&self) -> Option<ClientMsg> {
        self.replica.borrow_mut().poll_transmit()
    }

    fn on_disconnect(&self, disconnect: Disconnect, now: Millis) {
        self.replica.borrow_mut().disconnected(now);
        self.do_news();
        if matches!(disconnect, Disconnect::Final(_)) {
            self.finish();
        }
    }
}
