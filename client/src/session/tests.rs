//! What the session publishes, with a fake connection: the tests play the server.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use editor::{Camera, Command, ScreenSize, UiCommand};
use leptos::prelude::{Get as _, GetUntracked as _, Memo};
use shared::geometry::BoardPoint;
use shared::id::{ElementId, Secret};
use shared::model::{Color, Prop};
use shared::op::{Guard, Op};
use shared::protocol::{PeerNo, Person, Profile, Role, ServerMsg};
use shared::sync::{Identity, Setup};
use testkit::fixtures::{
    at, authored, client_id, element_id, ink, key, put, snapshot, state, stroke, welcome,
};

use super::announcements;
use super::board_signals::BoardSignals;
use super::core::Core;
use super::editor_signals::EditorSignals;
use super::people::PeopleList;
use super::requests::{UiRequest, UiRequests};
use super::status::shown;
use crate::view_model::{BoardRevision, Durability, Status};

const FIRST: u64 = 1;

fn fresh_id() -> ElementId {
    element_id(99)
}

/// A core that has not connected yet.
pub(super) fn new_core() -> Core {
    let setup = Setup {
        identity: Identity::fresh(key(1)),
        commits: Vec::new(),
        secret: Secret::from_bytes([1; 16]),
        profile: profile("Ada"),
        device: None,
        seed: 1,
    };
    Core::new(setup, fresh_id, 0)
}

/// A core that has not connected yet, with a view of 800 × 600 pixels.
fn offline() -> Core {
    let mut core = new_core();
    let camera = Camera::new(ScreenSize::new(800.0, 600.0));
    core.input(editor::InputEvent::Resize(camera.size()), 0);
    core
}

/// A core on an empty board of which the server has sent the snapshot.
fn online(role: Role) -> Core {
    let mut core = offline();
    core.drive(0, &mut |driver, now| driver.on_connected(now));
    receive(&mut core, &welcome(at(0), 0, role, false));
    receive(&mut core, &snapshot(&state(at(0), &[])));
    core
}

fn receive(core: &mut Core, message: &ServerMsg) {
    core.drive(0, &mut |driver, now| {
        driver.on_message(message.clone(), 0, now);
    });
}

/// A stroke from the origin to (50, 50).
fn draw() -> Op {
    put(stroke(element_id(FIRST), ink([(0.0, 0.0), (50.0, 50.0)])))
}

fn submit(core: &mut Core, op: &Op) {
    core.drive(0, &mut |driver, now| {
        driver.submit(vec![op.clone()], Guard::Any, now);
    });
}

fn profile(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        color: Color::Blue,
    }
}

fn person(peer: u32, who: u8, name: &str) -> Person {
    Person {
        peer: PeerNo(peer),
        client: client_id(who),
        role: Role::Edit,
        profile: profile(name),
        device: None,
        program: None,
    }
}

fn publish_editor(core: &Core, signals: EditorSignals) {
    signals.publish(&core.editor, core.replica().board());
}

fn publish_board(core: &Core, signals: BoardSignals) {
    let status = core.replica().status(0);
    let status = shown(status, core.replica().progress(), core.connectivity());
    signals.publish(status, core.rights, core.replica(), &core.editor);
}

#[test]
fn selection_and_history_are_published() {
    let (mut core, signals) = (online(Role::Edit), EditorSignals::new());
    publish_editor(&core, signals);
    assert_eq!(signals.selected.get_untracked(), 0);
    submit(&mut core, &draw());
    core.run(Command::SELECT_ALL, 0);
    core.run(Command::DELETE, 0);
    core.run(Command::UNDO, 0);
    core.run(Command::SELECT_ALL, 0);
    publish_editor(&core, signals);
    assert_eq!(signals.selected.get_untracked(), 1);
    assert!(signals.can_redo.get_untracked());
    assert!(
        !signals.can_undo.get_untracked(),
        "the stroke was no gesture"
    );
}

#[test]
fn content_is_off_screen_when_the_camera_leaves_it() {
    let (mut core, signals) = (online(Role::Edit), EditorSignals::new());
    publish_editor(&core, signals);
    assert!(
        !signals.is_content_off_screen.get_untracked(),
        "empty board"
    );
    submit(&mut core, &draw());
    publish_editor(&core, signals);
    assert!(!signals.is_content_off_screen.get_untracked());
    let camera = core
        .editor
        .camera()
        .centred_on(BoardPoint::new(9_000.0, 0.0));
    core.editor.set_camera(camera);
    publish_editor(&core, signals);
    assert!(signals.is_content_off_screen.get_untracked());
}

#[test]
fn another_zoom_makes_the_published_style_outdated() {
    let (mut core, signals) = (online(Role::Edit), EditorSignals::new());
    publish_editor(&core, signals);
    assert!(!signals.is_zoom_outdated(&core.editor));
    core.run(Command::ZOOM_IN, 0);
    assert!(signals.is_zoom_outdated(&core.editor));
    publish_editor(&core, signals);
    assert!(!signals.is_zoom_outdated(&core.editor));
}

#[test]
fn only_a_loaded_empty_board_that_may_be_drawn_on_is_untouched() {
    let signals = BoardSignals::new();
    let is_untouched = |core: &Core| {
        publish_board(core, signals);
        signals.is_untouched.get_untracked()
    };
    let mut loading = offline();
    loading.drive(0, &mut |driver, now| driver.on_connected(now));
    receive(&mut loading, &welcome(at(0), 0, Role::Edit, false));
    assert!(!is_untouched(&loading), "the snapshot has not come");
    assert!(!is_untouched(&online(Role::View)));
    let mut core = online(Role::Edit);
    assert!(is_untouched(&core));
    submit(&mut core, &draw());
    assert!(!is_untouched(&core));
}

#[test]
fn the_status_follows_connection_and_commits() {
    let signals = BoardSignals::new();
    let status = |core: &Core| {
        publish_board(core, signals);
        signals.status.get_untracked()
    };
    assert_eq!(status(&offline()), Status::Connecting);
    let mut core = online(Role::Edit);
    assert!(matches!(
        status(&core),
        Status::Saved(Durability::Accepted | Durability::OnDisk)
    ));
    submit(&mut core, &draw());
    assert_eq!(status(&core), Status::Saving);
    core.drive(0, &mut |driver, now| driver.on_disconnected(None, now));
    assert_eq!(status(&core), Status::Reconnecting { unsaved: 1 });
}

#[test]
fn every_change_of_the_board_has_another_revision() {
    let (mut core, signals) = (online(Role::Edit), BoardSignals::new());
    let mut revisions: Vec<BoardRevision> = Vec::new();
    let mut note = |core: &Core| {
        signals.publish_counters(core.replica(), &core.editor, 0);
        revisions.push(signals.revision.get_untracked());
    };
    note(&core);
    submit(&mut core, &draw());
    note(&core);
    let other = put(stroke(element_id(2), ink([(0.0, 0.0), (9.0, 9.0)])));
    let commit = authored(client_id(2), 1, vec![other]);
    receive(&mut core, &ServerMsg::Commit { seq: 1, commit });
    note(&core);
    let color = Prop::Color(Color::Red);
    submit(&mut core, &testkit::fixtures::set(element_id(FIRST), color));
    note(&core);
    for (at, revision) in revisions.iter().enumerate() {
        assert!(!revisions[..at].contains(revision), "{revisions:?}");
    }
    let counters = signals.counters.get_untracked();
    assert_eq!(counters.revision.elements, 2);
}

#[test]
fn a_value_that_stays_the_same_is_not_published_again() {
    let title = BoardSignals::new().title;
    let runs = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&runs);
    let shown = Memo::new(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        title.get()
    });
    for text in ["Plans", "Plans", "Spring plans"] {
        title.publish(text.to_owned());
        assert_eq!(shown.get_untracked(), text);
    }
    assert_eq!(runs.load(Ordering::Relaxed), 2);
}

#[test]
fn the_list_of_people_begins_with_this_person() {
    let mut list = PeopleList::default();
    let here = [person(1, 2, "Ben"), person(2, 1, "Ada"), person(3, 3, "")];
    let myself = profile("Ada");
    let people = list
        .update(&here, client_id(1), (&myself, Some(Role::Edit)), Vec::new())
        .unwrap();
    let names: Vec<String> = people.iter().map(|person| person.spoken_name()).collect();
    assert_eq!(names, ["Ada (you)", "Ben", "Guest"]);
    let again = list.update(&here, client_id(1), (&myself, Some(Role::Edit)), Vec::new());
    assert_eq!(again, None, "nobody came, left or changed");
}

#[test]
fn without_a_server_the_list_of_people_is_this_person() {
    let mut list = PeopleList::default();
    let people = list.update(&[], client_id(1), (&profile("Ada"), None), Vec::new());
    let people = people.unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].name.as_str(), people[0].is_me), ("Ada", true));
    assert_eq!(people[0].role, "Not opened yet");
}

#[test]
fn requests_wait_until_the_page_listens() {
    let requests = UiRequests::default();
    requests.send(UiRequest::Announce("one".to_owned()));
    requests.send(UiRequest::Editor(UiCommand::ToggleHelp));
    let seen = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&seen);
    requests.listen(Rc::new(move |request| log.borrow_mut().push(request)));
    requests.send(UiRequest::Announce("two".to_owned()));
    let expected = [
        UiRequest::Announce("one".to_owned()),
        UiRequest::Editor(UiCommand::ToggleHelp),
        UiRequest::Announce("two".to_owned()),
    ];
    assert_eq!(*seen.borrow(), expected);
}

#[test]
fn the_page_can_send_requests_while_it_carries_one_out() {
    let requests = Rc::new(UiRequests::default());
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (log, sender) = (Rc::clone(&seen), Rc::downgrade(&requests));
    requests.listen(Rc::new(move |request| {
        if request == UiRequest::Editor(UiCommand::Find) {
            let reply = UiRequest::Announce("found".to_owned());
            sender.upgrade().unwrap().send(reply);
        }
        log.borrow_mut().push(request);
    }));
    requests.send(UiRequest::Editor(UiCommand::Find));
    assert_eq!(seen.borrow().len(), 2);
}

#[test]
fn a_stroke_of_a_person_who_has_left_is_announced_without_a_name() {
    let mut core = online(Role::Edit);
    let commit = authored(client_id(2), 1, vec![draw()]);
    receive(&mut core, &ServerMsg::Commit { seq: 1, commit });
    let sentence = (0..60).find_map(|second| announcements::due(&mut core, second * 1_000));
    let sentence = sentence.unwrap();
    assert!(sentence.starts_with("Somebody"), "{sentence}");
}
