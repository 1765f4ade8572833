//! The connection of a driver: how it begins and ends.

use crate::id::Millis;
use crate::protocol::CloseCode;
use crate::sync::replica::Caller;

use super::outage::Obstacle;
use super::reconnect::Step;
use super::{Driver, DriverEvent, Receipts};

impl Driver {
    /// The connection that [`DriverEvent::Connect`] asked for is open.
    pub fn on_connected(&mut self, now: Millis) {
        if !self.reconnect.opened(now) {
            return;
        }
        let session = self.identity.next_session();
        self.save_identity();
        self.receipts = Receipts::default();
        let caller = Caller {
            secret: self.secret,
            session,
            profile: self.profile.clone(),
            view: self.view,
            device: self.device,
        };
        self.hello = Some(self.replica.connected(caller, now));
        self.outage.connected();
    }

    /// The connection ended, or could not be made. `code` is the number in the close frame.
    pub fn on_disconnected(&mut self, code: Option<u16>, now: Millis) {
        self.outage
            .note(match code.and_then(CloseCode::from_number) {
                Some(CloseCode::Unavailable) => Obstacle::BoardUnavailable,
                Some(CloseCode::Crowded) => Obstacle::BoardCrowded,
                _ if self.is_connected() => Obstacle::NoWelcome,
                _ => Obstacle::NoConnection,
            });
        let step = self.reconnect.lost(code, now);
        self.take(step, now);
    }

    /// The network is back, or the user looks at the page again: the driver connects soon. It does
    /// not wait any longer for a server that has been silent.
    pub fn on_network_restored(&mut self, now: Millis) {
        if self.replica.is_connection_in_doubt(now) {
            self.reconnect(now);
        }
        self.reconnect.network_restored(now);
    }

    /// Connects, reconnects or reports a timeout, each if it is due.
    pub fn on_timeout(&mut self, now: Millis) {
        self.replica.handle_timeout(now);
        self.follow_replica(now);
        let step = self.reconnect.timeout(now);
        if step == Some(Step::Wait) {
            self.outage.note(Obstacle::NoConnection);
        }
        self.take(step, now);
        self.watch_for_outage(now);
    }

    pub(super) fn not_understood(&mut self, now: Millis) {
        let step = self.reconnect.not_understood(now);
        self.take(Some(step), now);
    }

    /// Ends the connection and makes another one after a wait.
    pub(super) fn reconnect(&mut self, now: Millis) {
        if self.is_connected() {
            let step = self.reconnect.broken(now);
            self.take(Some(step), now);
        }
    }

    fn take(&mut self, step: Option<Step>, now: Millis) {
        match step {
            None => {}
            Some(Step::Connect) => self.events.push_back(DriverEvent::Connect),
            Some(Step::Wait) => {
                self.replica.disconnected(now);
                self.close(now);
            }
            Some(Step::Move) => {
                self.replica.moves(now);
                self.close(now);
                self.events.push_back(DriverEvent::Connect);
            }
            Some(Step::GiveUp(code)) => {
                self.replica.disconnected(now);
                self.close(now);
                self.events.push_back(DriverEvent::GaveUp(code));
            }
        }
    }

    /// Closes the connection that the replica has left.
    fn close(&mut self, now: Millis) {
        self.events.push_back(DriverEvent::Disconnect);
        self.follow_replica(now);
        self.watch_for_outage(now);
    }

    pub(super) fn watch_for_outage(&mut self, now: Millis) {
        // A refusal is no outage.
        let is_quiet = self.reconnect.is_closed() || self.replica.is_server_there(now);
        if self.outage.follow(is_quiet, now) {
            self.events.push_back(DriverEvent::OutageLasts);
        }
    }
}
