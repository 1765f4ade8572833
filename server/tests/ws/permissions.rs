//! What each role may send: every kind of message by every role, on boards with other settings. The
//! test prints the table that docs/protocol.md describes.

use shared::api::{BoardSettings, ManageRequest};
use shared::chat::{ChatChange, Notice};
use shared::id::PersonId;
use shared::model::{Color, Prop};
use shared::op::Commit;
use shared::protocol::{ClientMsg, LiveUpdate, Refusal, Rights, ServerMsg};
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::fixtures::{
    self, begin, chat_commit, client_id, commit, commit_stroke, element_id, message_id, post, wave,
};

use crate::links::manage;
use crate::test_server::TestServer;

/// The number of the element that owners protect.
const PROTECTED: u64 = 900;

/// The state of a board, and of the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Usual,
    ViewersWrite,
    EditorsGatherNot,
    Frozen,
    Muted,
}

const STATES: [State; 5] = [
    State::Usual,
    State::ViewersWrite,
    State::EditorsGatherNot,
    State::Frozen,
    State::Muted,
];

/// The live updates that are tried, with their names in the protocol.
fn live() -> Vec<(&'static str, LiveUpdate)> {
    let view = [0.0, 0.0, 10.0, 10.0];
    let react = LiveUpdate::React {
        emoji: "🎉".to_owned(),
        at: [1.0, 2.0],
    };
    let ink = LiveUpdate::Ink {
        from: 0,
        ink: wave(3),
    };
    vec![
        ("h", LiveUpdate::Hand(Some(1))),
        ("o", LiveUpdate::Follow(None)),
        ("v", LiveUpdate::View(view)),
        ("r", react),
        ("y", LiveUpdate::Say("hello".to_owned())),
        ("w", LiveUpdate::Writing(true)),
        ("b", begin(7, 1)),
        ("i", ink),
        ("e", LiveUpdate::End { kept: false }),
        ("s", LiveUpdate::Select(vec![element_id(1)])),
        ("d", LiveUpdate::Transform(None)),
        ("f", LiveUpdate::Draft(None)),
        ("z", LiveUpdate::Laser(Vec::new())),
        ("g", LiveUpdate::Gather { view, take: true }),
    ]
}

/// The name of a live update that came through; `G` for one that takes people along.
fn name(item: &LiveUpdate) -> &'static str {
    match item {
        LiveUpdate::Gather { take: true, .. } => "G",
        item => {
            let kind = std::mem::discriminant(item);
            let known = live()
                .into_iter()
                .find(|(_, it)| std::mem::discriminant(it) == kind);
            known.map_or("c", |(name, _)| name)
        }
    }
}

/// What became of all that one person tried.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    /// Of a stroke, a message, an edit and a deletion of the message of another person, a notice, a
    /// change of a protected element.
    commits: [Option<Refusal>; 6],
    /// The live updates that others got.
    live: String,
    /// Whether a page was asked for and answered.
    page: bool,
}

impl Outcome {
    /// The rights of a person of whom all this is true.
    fn rights(&self, state: State) -> Rights {
        Rights {
            draw: self.commits[0].is_none(),
            chat: self.commits[1].is_none(),
            gather: self.live.ends_with(['g', 'G']),
            frozen: state == State::Frozen,
            muted: self.commits[1] == Some(Refusal::Muted),
        }
    }
}

async fn answer(client: &mut Client, who: u8, cno: u64) -> Option<Refusal> {
    let answer = client.until("an answer to a commit", |message| match message {
        ServerMsg::Refused { cno: of, reason } if of == cno => Some(Some(reason)),
        ServerMsg::Ack { cno: of, .. } if of == cno => Some(None),
        ServerMsg::Commit { commit, .. }
            if commit.author == client_id(who)
                && commit.commit.cno == cno
                && !commit.commit.ops.is_empty() =>
        {
            Some(None)
        }
        _ => None,
    });
    answer.await
}

/// Lets a person try everything; the witness sees what comes through. The message of number 1 is
/// that of another person.
async fn tries(
    server: &TestServer,
    (link, who): (Link, u8),
    rights: Rights,
    witness: &mut Client,
) -> Outcome {
    let (mut client, _) = Client::join(server.address, link, who).await;
    let told = client.until("these rights", |message| match message {
        ServerMsg::Rights(told) if told == rights => Some(()),
        _ => None,
    });
    told.await;
    let mine = message_id(100 + u64::from(who));
    let edit = ChatChange::Edit {
        id: message_id(1),
        text: "forged".to_owned(),
        open: false,
    };
    let notice = ChatChange::Notice {
        id: mine,
        notice: Notice::Frozen,
    };
    let changes = [
        post(u64::from(who) + 200, "hello"),
        edit,
        ChatChange::Delete { id: message_id(1) },
        notice,
    ];
    let mut commits = [None; 6];
    // A refusal by "view" takes no number.
    let mut cno = 1;
    client.send(&commit_stroke(who, cno, 5)).await;
    commits[0] = answer(&mut client, who, cno).await;
    cno += u64::from(commits[0] != Some(Refusal::ViewOnly));
    let change = set_protected(cno, Prop::Color(Color::Red));
    client.send(&ClientMsg::Commit(change)).await;
    commits[5] = answer(&mut client, who, cno).await;
    cno += u64::from(commits[5] != Some(Refusal::ViewOnly));
    for (outcome, change) in commits.iter_mut().skip(1).zip(changes) {
        let commit = chat_commit(who, cno, change);
        client.send(&ClientMsg::Commit(commit)).await;
        *outcome = answer(&mut client, who, cno).await;
        cno += 1;
    }
    for (_, item) in live() {
        client.send(&ClientMsg::Live(item)).await;
    }
    let marker = LiveUpdate::Cursor(Some([f32::from(who), 0.0]));
    client.send(&ClientMsg::Live(marker.clone())).await;
    let mut seen = String::new();
    while !seen.ends_with('c') {
        let items = witness.until("live updates", |message| match message {
            ServerMsg::Live(items) => Some(items),
            _ => None,
        });
        seen.extend(items.await.iter().map(|(_, item)| name(item)));
    }
    seen.pop();
    client.send(&ClientMsg::ChatPage(0)).await;
    let page = client.until("a page", |message| match message {
        ServerMsg::ChatPage { number, .. } => Some(number == 0),
        _ => None,
    });
    Outcome {
        commits,
        live: seen,
        page: page.await,
    }
}

/// A commit that sets a property of the element that owners protect.
fn set_protected(cno: u64, prop: Prop) -> Commit {
    commit(cno, vec![fixtures::set(element_id(PROTECTED), prop)])
}

async fn set(server: &TestServer, board: &Board, state: State, who: u8) {
    let settings = BoardSettings {
        viewers_chat: state == State::ViewersWrite,
        editors_gather: state != State::EditorsGatherNot,
        frozen: state == State::Frozen,
        ..BoardSettings::default()
    };
    manage(server, board, ManageRequest::Settings(settings)).await;
    let mute = ManageRequest::Mute {
        person: PersonId::of(client_id(who), None),
        name: String::new(),
        on: state == State::Muted,
    };
    manage(server, board, mute).await;
}

/// What the protocol promises.
fn promised(state: State, role: &str) -> Outcome {
    use Refusal::{Forbidden, Frozen, Muted, ViewOnly};
    let looking = "hovr";
    let (draw, chat, gather) = match (role, state) {
        ("owner", _) => (None, None, "G"),
        ("edit", State::Muted) => (Some(Muted), Some(Muted), ""),
        ("edit", State::Frozen) => (Some(Frozen), None, "g"),
        ("edit", State::EditorsGatherNot) => (None, None, ""),
        ("edit", State::Usual | State::ViewersWrite) => (None, None, "g"),
        (_, State::Muted) => (Some(ViewOnly), Some(Muted), ""),
        (_, State::ViewersWrite) => (Some(ViewOnly), None, ""),
        (_, State::Usual | State::EditorsGatherNot | State::Frozen) => {
            (Some(ViewOnly), Some(Forbidden), "")
        }
    };
    let of_others = if role == "owner" {
        None
    } else {
        chat.or(Some(Forbidden))
    };
    let protected = match role {
        "owner" => None,
        _ => draw.or(Some(Refusal::Protected)),
    };
    let says = if chat.is_none() { "yw" } else { "" };
    let draws = if draw.is_none() { "biesdfz" } else { "" };
    Outcome {
        commits: [
            draw,
            chat,
            chat.or(Some(Forbidden)),
            of_others,
            of_others,
            protected,
        ],
        live: [looking, says, draws, gather].concat(),
        page: true,
    }
}

#[tokio::test]
async fn each_role_may_send_what_the_protocol_says() {
    let server = TestServer::start().await;
    let mut who = 10;
    for state in STATES {
        let board = server.board().await;
        for (role, link) in [
            ("view", board.view),
            ("edit", board.edit),
            ("owner", board.owner),
        ] {
            who += 1;
            let (mut witness, _) = Client::join(server.address, board.owner, 1).await;
            let message = chat_commit(1, 1, post(1, "by another person"));
            witness.send(&ClientMsg::Commit(message)).await;
            let new = fixtures::stroke(element_id(PROTECTED), wave(3));
            let put = commit(2, vec![fixtures::put(new)]);
            let protect = set_protected(3, Prop::Protected(true));
            for commit in [put, protect] {
                let cno = commit.cno;
                witness.send(&ClientMsg::Commit(commit)).await;
                assert_eq!(answer(&mut witness, 1, cno).await, None);
            }
            set(&server, &board, state, who).await;
            let expected = promised(state, role);
            let rights = expected.rights(state);
            let outcome = tries(&server, (link, who), rights, &mut witness).await;
            println!("{state:?} {role}: {outcome:?}");
            assert_eq!(outcome, expected, "{state:?} {role}");
        }
    }
}
