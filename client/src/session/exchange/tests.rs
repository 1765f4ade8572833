//! A core in a shell with a fake connection: the tests play the server.

use std::cell::Cell;

use shared::op::{Guard, Op};
use shared::protocol::{ClientMsg, Role, ServerMsg};
use testkit::fixtures::{
    at, authored, client_id, element_id, heartbeat, ink, key, put, snapshot, state, stroke, welcome,
};
use testkit::outbox::MemoryOutbox;

use super::super::tests::new_core;
use super::*;

/// Something that the core made the shell do.
#[derive(Debug, PartialEq)]
enum Done {
    Connect,
    Disconnect,
    /// Kept the commit of this number in the outbox.
    Keep(u64),
    /// Sent the commit of this number.
    Send(u64),
    GaveUp(CloseCode),
    OutageLasts,
    Refused(Refusal),
    Fullness(u8),
    Title(String),
    BlobReady(BlobHash),
    UiCommand(UiCommand),
}

#[derive(Default)]
struct FakeShell {
    now: Cell<Millis>,
    done: RefCell<Vec<Done>>,
    is_open: Cell<bool>,
    /// Whether the socket breaks when something is sent.
    is_broken: Cell<bool>,
    outbox: RefCell<MemoryOutbox>,
    saved: RefCell<Option<Identity>>,
}

impl FakeShell {
    fn did(&self, done: Done) {
        self.done.borrow_mut().push(done);
    }
}

impl Shell for FakeShell {
    fn now(&self) -> Millis {
        self.now.get()
    }

    fn connect(&self) {
        self.did(Done::Connect);
    }

    fn disconnect(&self) {
        self.is_open.set(false);
        self.did(Done::Disconnect);
    }

    fn serve(&self, driver: &mut Driver, now: Millis) {
        while self.is_open.get()
            && let Some(message) = driver.poll_send(0)
        {
            if self.is_broken.get() {
                driver.on_disconnected(None, now);
                return;
            }
            if let ClientMsg::Commit(commit) = message {
                self.did(Done::Send(commit.cno));
            }
        }
    }

    fn change_outbox(&self, change: &OutboxChange) {
        if let OutboxChange::Keep { commit, .. } = change {
            self.did(Done::Keep(commit.cno));
        }
        self.outbox.borrow_mut().apply(change.clone());
    }

    fn save_identity(&self, identity: &Identity) {
        self.saved.replace(Some(identity.clone()));
    }

    fn fresh_key(&self) -> ClientKey {
        key(2)
    }

    fn on_gave_up(&self, code: CloseCode) {
        self.did(Done::GaveUp(code));
    }

    fn on_outage_lasts(&self) {
        self.did(Done::OutageLasts);
    }

    fn on_refused(&self, refusal: Refusal) {
        self.did(Done::Refused(refusal));
    }

    fn on_fullness(&self, percent: u8) {
        self.did(Done::Fullness(percent));
    }

    fn on_title(&self, title: &str) {
        self.did(Done::Title(title.to_owned()));
    }

    fn on_blob_ready(&self, blob: BlobHash) {
        self.did(Done::BlobReady(blob));
    }

    fn on_ui_command(&self, command: UiCommand) {
        self.did(Done::UiCommand(command));
    }
}

/// A core in its shell.
struct Page {
    core: RefCell<Core>,
    shell: FakeShell,
}

impl Page {
    fn open() -> Self {
        let page = Self {
            core: RefCell::new(new_core()),
            shell: FakeShell::default(),
        };
        page.exchange();
        page
    }

    /// A page on an empty board, connected.
    fn online() -> Self {
        let page = Self::open();
        page.connected();
        page.receive(&welcome(at(0), 0, Role::Edit, false));
        page.receive(&snapshot(&state(at(0), &[])));
        page.take_done();
        page
    }

    fn exchange(&self) {
        exchange(&self.core, &self.shell);
    }

    /// Tells the driver something, as the browser does.
    fn tell(&self, mut tell: impl FnMut(&mut Driver, Millis)) {
        let now = self.shell.now.get();
        self.core.borrow_mut().drive(now, &mut tell);
        self.exchange();
    }

    fn connected(&self) {
        self.shell.is_open.set(true);
        self.tell(|driver, now| driver.on_connected(now));
    }

    fn receive(&self, message: &ServerMsg) {
        self.tell(|driver, now| driver.on_message(message.clone(), 0, now));
    }

    fn draw(&self, number: u64) {
        self.tell(|driver, now| {
            driver.submit(vec![line(number)], Guard::Any, now);
        });
    }

    /// What the shell has done since the last call.
    fn take_done(&self) -> Vec<Done> {
        self.shell.done.take()
    }

    /// The numbers of the commits in the outbox.
    fn kept(&self, author: ClientKey) -> Vec<u64> {
        let commits = self.shell.outbox.borrow().commits(author);
        commits.iter().map(|commit| commit.cno).collect()
    }
}

fn line(number: u64) -> Op {
    put(stroke(element_id(number), ink([(0.0, 0.0), (9.0, 9.0)])))
}

#[test]
fn a_commit_is_in_the_outbox_before_it_is_sent() {
    let page = Page::online();
    page.draw(1);
    page.draw(2);
    let expected = [Done::Keep(1), Done::Send(1), Done::Keep(2), Done::Send(2)];
    assert_eq!(page.take_done(), expected);
}

#[test]
fn a_page_connects_again_and_sends_the_changes_made_in_between() {
    let page = Page::open();
    assert_eq!(page.take_done(), [Done::Connect]);
    let page = Page::online();
    page.tell(|driver, now| driver.on_disconnected(None, now));
    assert_eq!(page.take_done(), [Done::Disconnect]);
    page.draw(1);
    assert_eq!(page.take_done(), [Done::Keep(1)]);
    page.shell.now.set(2_000);
    page.tell(|driver, now| driver.on_timeout(now));
    assert_eq!(page.take_done(), [Done::Connect]);
    page.connected();
    assert_eq!(page.take_done(), [], "the server has not answered");
    page.receive(&welcome(at(0), 0, Role::Edit, true));
    assert!(page.take_done().contains(&Done::Send(1)));
}

#[test]
fn a_socket_that_breaks_while_it_sends_is_closed_at_once() {
    let page = Page::online();
    page.shell.is_broken.set(true);
    page.draw(1);
    assert_eq!(page.take_done(), [Done::Keep(1), Done::Disconnect]);
    assert_eq!(page.kept(key(1)), [1]);
}

#[test]
fn a_durable_commit_leaves_the_outbox() {
    let page = Page::online();
    page.draw(1);
    page.draw(2);
    page.receive(&ServerMsg::Ack { seq: 1, cno: 1 });
    page.receive(&ServerMsg::Ack { seq: 2, cno: 2 });
    assert_eq!(page.kept(key(1)), [1, 2]);
    page.receive(&heartbeat(2, 1));
    assert_eq!(page.kept(key(1)), [2]);
}

#[test]
fn a_page_whose_key_another_client_uses_goes_on_under_a_fresh_key() {
    let page = Page::online();
    page.draw(1);
    page.take_done();
    let commit = authored(client_id(1), 1, vec![line(7)]);
    page.receive(&ServerMsg::Commit { seq: 1, commit });
    let saved = page.shell.saved.borrow().clone();
    assert_eq!(saved.map(|identity| identity.key), Some(key(2)));
    assert_eq!(page.kept(key(1)), [0; 0]);
    assert_eq!(page.kept(key(2)), [1]);
    assert_eq!(page.take_done(), [Done::Keep(1), Done::Disconnect]);
    page.shell.now.set(2_000);
    page.tell(|driver, now| driver.on_timeout(now));
    page.connected();
    page.receive(&welcome(at(0), 0, Role::Edit, true));
    assert_eq!(
        page.take_done(),
        [
            Done::Connect,
            Done::Title("Title".to_owned()),
            Done::Send(1)
        ]
    );
}

#[test]
fn title_fullness_refusals_final_close_and_commands_reach_the_shell() {
    let page = Page::online();
    page.core.borrow_mut().run(editor::Command::HELP, 0);
    page.exchange();
    assert_eq!(page.take_done(), [Done::UiCommand(UiCommand::ToggleHelp)]);
    page.receive(&ServerMsg::Title("Plans".to_owned()));
    assert_eq!(page.take_done(), [Done::Title("Plans".to_owned())]);
    page.receive(&ServerMsg::Fullness(92));
    assert_eq!(page.take_done(), [Done::Fullness(92)]);
    let blob = BlobHash::of(b"a file");
    page.receive(&ServerMsg::BlobReady(blob));
    assert_eq!(page.take_done(), [Done::BlobReady(blob)]);
    page.draw(1);
    page.take_done();
    page.receive(&welcome(at(0), 0, Role::View, true));
    assert!(page.take_done().contains(&Done::Refused(Refusal::ViewOnly)));
    let code = CloseCode::NoAccess;
    page.tell(|driver, now| driver.on_disconnected(Some(code.number()), now));
    assert!(page.take_done().contains(&Done::GaveUp(code)));
}
