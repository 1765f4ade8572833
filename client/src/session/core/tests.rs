//! The core with a fake connection: the test plays the server.

mod large_changes;

use shared::geometry::BoardPoint;
use shared::id::Secret;
use shared::model::{Body, Color, NewElement, OrderKey, Outline, Prop, Props};
use shared::op::{Guard, Op};
use shared::protocol::{ClientMsg, CloseCode, PeerNo, Person, Profile, Refusal, ServerMsg};
use shared::sync::{Identity, OutboxChange, Status};
use testkit::fixtures::{at, authored, client_id, key, snapshot, state, welcome};

use super::*;

const fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number; 16])
}

fn core() -> Core {
    let setup = Setup {
        identity: Identity::fresh(key(1)),
        commits: Vec::new(),
        secret: Secret::from_bytes([1; 16]),
        profile: Profile::default(),
        device: None,
        seed: 1,
    };
    Core::new(setup, || id(99), 0)
}

/// A core on an empty board, connected at time 0.
fn online(role: Role) -> Core {
    let mut core = core();
    core.drive(0, &mut |driver, now| driver.on_connected(now));
    receives(&mut core, welcome(at(0), 0, role, false));
    receives(&mut core, snapshot(&state(at(0), &[])));
    sends(&mut core);
    core.take_requests();
    core
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "tests read better without borrows"
)]
fn receives(core: &mut Core, message: ServerMsg) {
    core.drive(0, &mut |driver, now| {
        driver.on_message(message.clone(), 0, now);
    });
}

fn sends(core: &mut Core) -> Vec<ClientMsg> {
    std::iter::from_fn(|| core.driver.poll_send(0)).collect()
}

/// The requests of the driver to the session.
fn asks(core: &mut Core) -> Vec<DriverEvent> {
    let requests = core.take_requests().into_iter();
    requests
        .filter_map(|request| match request {
            CoreRequest::Driver(event) => Some(event),
            CoreRequest::Ui(_) => None,
        })
        .collect()
}

fn does(core: &mut Core, op: Op) {
    core.driver.submit(vec![op], Guard::Any, 0);
    core.follow_driver();
}

fn shape(number: u8) -> Op {
    let at = BoardPoint::new(0.0, 0.0);
    let props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
    let props = props.with(Prop::Size([50.0, 50.0]));
    let shape = NewElement::new(id(number), props, Body::Shape(Outline::Rectangle));
    Op::Put(Box::new(shape))
}

fn colours(core: &mut Core, number: u8, color: Color) {
    let prop = Prop::Color(color);
    let id = id(number);
    does(core, Op::Set { id, prop });
}

/// Whether the style panel would be published now.
fn asks_for_style(core: &mut Core) -> bool {
    std::mem::take(&mut core.style_changed)
}

#[test]
fn the_style_panel_follows_the_selected_elements_and_no_others() {
    let mut core = core();
    does(&mut core, shape(1));
    core.run(Command::SELECT_ALL, 0);
    assert!(asks_for_style(&mut core), "something is selected now");
    does(&mut core, shape(2));
    colours(&mut core, 2, Color::Red);
    assert!(!asks_for_style(&mut core), "it is not selected");
    colours(&mut core, 1, Color::Red);
    assert!(asks_for_style(&mut core), "it is selected");
    does(&mut core, Op::Delete { ids: vec![id(1)] });
    assert!(asks_for_style(&mut core), "nothing is selected any more");
    assert!(!asks_for_style(&mut core));
}

#[test]
fn a_new_core_asks_for_a_connection_and_reports_connectivity() {
    let mut core = core();
    assert_eq!(asks(&mut core), [DriverEvent::Connect]);
    assert_eq!(core.connectivity(), Connectivity::Offline);
    core.drive(0, &mut |driver, now| driver.on_connected(now));
    assert_eq!(core.connectivity(), Connectivity::Online);
    assert!(matches!(sends(&mut core)[..], [ClientMsg::Hello(_)]));
}

#[test]
fn a_change_of_the_editor_is_kept_in_the_outbox_before_it_is_sent() {
    let mut core = online(Role::Edit);
    does(&mut core, shape(1));
    core.run(Command::SELECT_ALL, 0);
    core.run(Command::DELETE, 0);
    let kept: Vec<u64> = asks(&mut core)
        .into_iter()
        .filter_map(|event| match event {
            DriverEvent::Outbox(OutboxChange::Keep { author, commit }) => {
                assert_eq!(author, key(1));
                Some(commit.cno)
            }
            _ => None,
        })
        .collect();
    assert_eq!(kept, [1, 2]);
    let sent = sends(&mut core);
    let commits = sent.iter().filter(|m| matches!(m, ClientMsg::Commit(_)));
    assert_eq!(commits.count(), 2);
}

#[test]
fn changes_without_a_connection_are_sent_after_the_reconnect() {
    let mut core = online(Role::Edit);
    core.drive(0, &mut |driver, now| driver.on_disconnected(None, now));
    assert!(asks(&mut core).contains(&DriverEvent::Disconnect));
    does(&mut core, shape(1));
    assert_eq!(sends(&mut core), []);
    let status = core.replica().status(0);
    assert_eq!(status, Status::NotSaved { changes: 1 });
    core.drive(2_000, &mut |driver, now| driver.on_timeout(now));
    assert!(asks(&mut core).contains(&DriverEvent::Connect));
    core.drive(2_000, &mut |driver, now| driver.on_connected(now));
    receives(&mut core, welcome(at(0), 0, Role::Edit, true));
    let mut sent = sends(&mut core);
    // After each welcome the page tells by live updates what it shows.
    sent.retain(|message| !matches!(message, ClientMsg::Live(_)));
    assert!(matches!(
        sent[..],
        [ClientMsg::Hello(_), ClientMsg::Commit(_)]
    ));
}

#[test]
fn a_commit_of_another_client_updates_index_and_damage() {
    let mut core = online(Role::Edit);
    std::mem::take(&mut core.damage);
    let commit = authored(client_id(2), 1, vec![shape(1)]);
    receives(&mut core, ServerMsg::Commit { seq: 1, commit });
    assert!(!core.editor.index().is_empty());
    assert_eq!(core.damage.fresh, [id(1)]);
}

#[test]
fn a_snapshot_updates_index_and_damage() {
    let mut core = online(Role::Edit);
    std::mem::take(&mut core.damage);
    receives(&mut core, welcome(at(1), 0, Role::Edit, false));
    let commits = [authored(client_id(2), 1, vec![shape(1)])];
    receives(&mut core, snapshot(&state(at(1), &commits)));
    assert!(!core.editor.index().is_empty());
    assert!(core.damage.everything);
}

#[test]
fn a_view_link_lets_the_editor_change_nothing() {
    let mut core = online(Role::Edit);
    does(&mut core, shape(1));
    assert_eq!(core.editor.access(), Access::Edit);
    receives(&mut core, welcome(at(0), 0, Role::View, true));
    assert_eq!(core.editor.access(), Access::View);
    assert_eq!(core.replica().pending(), 0, "the change was taken back");
    assert!(asks(&mut core).contains(&DriverEvent::Refused(Refusal::ViewOnly)));
    assert!(core.editor.index().is_empty());
}

#[test]
fn a_frozen_board_lets_the_editor_change_nothing_until_it_is_free() {
    let mut core = online(Role::Edit);
    let rights = |draw| Rights {
        draw,
        chat: true,
        gather: true,
        frozen: !draw,
        muted: false,
    };
    receives(&mut core, ServerMsg::Rights(rights(false)));
    assert_eq!(core.editor.access(), Access::View);
    receives(&mut core, ServerMsg::Rights(rights(true)));
    assert_eq!(core.editor.access(), Access::Edit);
}

#[test]
fn a_final_close_code_reaches_the_session() {
    let mut core = online(Role::Edit);
    let code = CloseCode::NoAccess;
    core.drive(0, &mut |driver, now| {
        driver.on_disconnected(Some(code.number()), now);
    });
    assert!(asks(&mut core).contains(&DriverEvent::GaveUp(code)));
}

#[test]
fn a_renewed_core_goes_on_as_its_new_identity() {
    let mut core = online(Role::Edit);
    does(&mut core, shape(1));
    core.take_requests();
    core.renew(key(2), 0);
    assert_eq!(core.replica().me(), client_id(2));
    let asks = asks(&mut core);
    assert_eq!(asks[0], DriverEvent::SaveIdentity(Identity::fresh(key(2))));
    let forget = DriverEvent::Outbox(OutboxChange::ForgetAuthor(key(1)));
    assert!(asks.contains(&forget), "{asks:?}");
    does(&mut core, shape(2));
    let keep = |event: &DriverEvent| matches!(event, DriverEvent::Outbox(OutboxChange::Keep { author, .. }) if *author == key(2));
    assert!(self::asks(&mut core).iter().any(keep));
}

#[test]
fn a_renewed_core_can_undo_its_changes() {
    let mut core = online(Role::Edit);
    does(&mut core, shape(1));
    core.renew(key(2), 0);
    core.run(Command::SELECT_ALL, 0);
    core.run(Command::DELETE, 0);
    assert!(core.replica().board().is_empty());
    core.run(Command::UNDO, 0);
    assert_eq!(core.replica().board().len(), 1);
}

fn person(peer: u32, client: ClientId) -> Person {
    Person {
        peer: PeerNo(peer),
        client,
        role: Role::Edit,
        profile: Profile::default(),
        device: None,
        program: None,
    }
}

/// The live updates that are sent now.
fn shows(core: &mut Core) -> Vec<LiveUpdate> {
    let sent = sends(core).into_iter();
    sent.filter_map(|message| match message {
        ClientMsg::Live(item) => Some(item),
        _ => None,
    })
    .collect()
}

#[test]
fn what_a_person_shows_is_told_again_on_each_connection_and_not_to_newcomers() {
    let mut core = online(Role::Edit);
    does(&mut core, shape(1));
    let people = vec![person(1, client_id(1)), person(2, client_id(2))];
    receives(&mut core, ServerMsg::People(people.clone()));
    shows(&mut core);
    core.run(Command::SELECT_ALL, 0);
    let selection = shows(&mut core);
    assert!(
        matches!(selection[..], [LiveUpdate::Select(_)]),
        "{selection:?}"
    );
    let told = [
        LiveUpdate::Cursor(Some([1.0, 2.0])),
        LiveUpdate::Hand(Some(7)),
    ];
    for item in &told {
        core.send_live(item.clone());
    }
    assert_eq!(shows(&mut core), told);
    assert_eq!(core.raised_hands(), [(core.replica().me(), 7)]);
    let more = [people, vec![person(3, client_id(3))]].concat();
    receives(&mut core, ServerMsg::People(more));
    assert_eq!(shows(&mut core), [], "the server tells newcomers");
    core.drive(0, &mut |driver, now| driver.on_disconnected(None, now));
    core.drive(5_000, &mut |driver, now| driver.on_timeout(now));
    core.drive(5_000, &mut |driver, now| driver.on_connected(now));
    receives(&mut core, welcome(at(0), 0, Role::Edit, false));
    let all = [&selection[..], &told, &[LiveUpdate::Follow(None)]].concat();
    assert_eq!(shows(&mut core), all);
}
