//! Carries out what the core requests.
//!
//! Connection, outbox, storage and page are behind the trait [`Shell`]: the session implements it
//! in a browser, the tests implement it with a fake connection.

use std::cell::RefCell;

use editor::UiCommand;
use shared::id::{ClientKey, Millis};
use shared::model::BlobHash;
use shared::protocol::{CloseCode, Refusal};
use shared::sync::{Driver, DriverEvent, Identity, OutboxChange};

use super::core::{Core, CoreRequest};

#[cfg(test)]
mod tests;

/// The surroundings of a core.
pub(super) trait Shell {
    /// The time on the page's clock.
    fn now(&self) -> Millis;

    /// Begins to connect to the server.
    fn connect(&self);

    /// Closes the connection.
    fn disconnect(&self);

    /// Sends the messages of the driver, and sets its timer.
    fn serve(&self, driver: &mut Driver, now: Millis);

    /// Begins to change the outbox.
    fn change_outbox(&self, change: &OutboxChange);

    /// Saves the identity for the next load of this tab.
    fn save_identity(&self, identity: &Identity);

    /// A key that no other tab has. Other tabs are told that it is in use.
    fn fresh_key(&self) -> ClientKey;

    /// The server refuses this page for good.
    fn on_gave_up(&self, code: CloseCode);

    /// The server has been away for a while.
    fn on_outage_lasts(&self);

    /// The server refused a change, which was taken back.
    fn on_refused(&self, refusal: Refusal);

    /// The board is so full, in percent.
    fn on_fullness(&self, percent: u8);

    /// The board has this title.
    fn on_title(&self, title: &str);

    /// The server has all of a blob.
    fn on_blob_ready(&self, blob: BlobHash);

    /// The editor asks the page to do something.
    fn on_ui_command(&self, command: UiCommand);
}

/// Carries out all requests of the core, then sends the messages of its driver.
pub(super) fn exchange(core: &RefCell<Core>, shell: &impl Shell) {
    // The outbox keeps a commit before the connection sends it.
    carry_out_requests(core, shell);
    core.borrow_mut().drive(shell.now(), &mut |driver, now| {
        shell.serve(driver, now);
    });
    // A socket that breaks while it sends leads to more requests.
    carry_out_requests(core, shell);
}

fn carry_out_requests(core: &RefCell<Core>, shell: &impl Shell) {
    loop {
        let requests = core.borrow_mut().take_requests();
        if requests.is_empty() {
            return;
        }
        for request in requests {
            match request {
                CoreRequest::Driver(event) => follow(event, core, shell),
                CoreRequest::Ui(command) => shell.on_ui_command(command),
            }
        }
    }
}

fn follow(event: DriverEvent, core: &RefCell<Core>, shell: &impl Shell) {
    match event {
        DriverEvent::Connect => shell.connect(),
        DriverEvent::Disconnect => shell.disconnect(),
        DriverEvent::GaveUp(code) => shell.on_gave_up(code),
        DriverEvent::OutageLasts => shell.on_outage_lasts(),
        DriverEvent::Outbox(change) => shell.change_outbox(&change),
        DriverEvent::SaveIdentity(identity) => shell.save_identity(&identity),
        DriverEvent::IdentityLost => {
            let key = shell.fresh_key();
            core.borrow_mut().renew(key, shell.now());
        }
        DriverEvent::Refused(refusal) => shell.on_refused(refusal),
        DriverEvent::Title(title) => shell.on_title(&title),
        // The core has dealt with these.
        DriverEvent::Changed(_)
        | DriverEvent::Loaded(_)
        | DriverEvent::Reset
        | DriverEvent::Presence => {}
        DriverEvent::Fullness(percent) => shell.on_fullness(percent),
        // The status shows the progress.
        DriverEvent::Progress | DriverEvent::Chat | DriverEvent::Rights(_) => {}
        DriverEvent::BlobReady(blob) => shell.on_blob_ready(blob),
    }
}
