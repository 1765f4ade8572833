//! Messages of a server.

use shared::model::BlobHash;
use shared::op::{AuthoredCommit, Commit, Guard, Op};
use shared::protocol::{
    Heartbeat, LiveUpdate, PeerNo, Person, ProgramKind, Refusal, Rights, Role, ServerMsg,
    SnapshotPart, StoreStatus, Welcome,
};

use crate::sample::{
    Sample, at, device, element, epoch, ink, me, node, other, profile, sample, snapshot_id,
};

/// Every variant of `ServerMsg`, `Role`, `Refusal` and `StoreStatus`.
pub(crate) const VARIANTS: &[&str] = &[
    "server.welcome.snapshot",
    "server.welcome.delta",
    "server.snapshot",
    "server.commit",
    "server.ack",
    "server.refused.view",
    "server.refused.invalid",
    "server.refused.full",
    "server.refused.rate",
    "server.refused.cost",
    "server.opening",
    "server.fullness",
    "server.missing",
    "server.new_epoch",
    "server.heartbeat",
    "server.live",
    "server.people",
    "server.title",
    "server.storing.up",
    "server.storing.down",
    "server.goodbye",
    "server.blob_ready",
    "server.refused.frozen",
    "server.refused.muted",
    "server.refused.forbidden",
    "server.refused.protected",
    "server.refused.proposal",
    "server.people.program",
    "server.rights",
    "server.chat",
    "server.chat_page",
];

/// A new variant fails to compile here, because it needs a sample.
fn name(message: &ServerMsg) -> &'static str {
    match message {
        ServerMsg::Welcome(welcome) if welcome.delta => "server.welcome.delta",
        ServerMsg::Welcome(_) => "server.welcome.snapshot",
        ServerMsg::Snapshot(_) => "server.snapshot",
        ServerMsg::Opening(_) => "server.opening",
        ServerMsg::Fullness(_) => "server.fullness",
        ServerMsg::Commit { .. } => "server.commit",
        ServerMsg::Ack { .. } => "server.ack",
        ServerMsg::Refused { cno: _, reason } => match reason {
            Refusal::ViewOnly => "server.refused.view",
            Refusal::Invalid => "server.refused.invalid",
            Refusal::BoardFull => "server.refused.full",
            Refusal::TooFast => "server.refused.rate",
            Refusal::TooCostly => "server.refused.cost",
            Refusal::Frozen => "server.refused.frozen",
            Refusal::Muted => "server.refused.muted",
            Refusal::Forbidden => "server.refused.forbidden",
            Refusal::Protected => "server.refused.protected",
            Refusal::ProposalsOnly => "server.refused.proposal",
        },
        ServerMsg::Missing { .. } => "server.missing",
        ServerMsg::NewEpoch { .. } => "server.new_epoch",
        ServerMsg::Heartbeat(_) => "server.heartbeat",
        ServerMsg::Live(_) => "server.live",
        ServerMsg::People(people) if people.iter().any(|it| it.program.is_some()) => {
            "server.people.program"
        }
        ServerMsg::People(_) => "server.people",
        ServerMsg::Title(_) => "server.title",
        ServerMsg::StoreStatus(StoreStatus::Up) => "server.storing.up",
        ServerMsg::StoreStatus(StoreStatus::Down) => "server.storing.down",
        ServerMsg::Goodbye { .. } => "server.goodbye",
        ServerMsg::BlobReady(_) => "server.blob_ready",
        ServerMsg::Rights(_) => "server.rights",
        ServerMsg::Chat(_) => "server.chat",
        ServerMsg::ChatPage { .. } => "server.chat_page",
    }
}

fn welcome(role: Role, delta: bool) -> ServerMsg {
    ServerMsg::Welcome(Box::new(Welcome {
        you: me(),
        node: node(),
        role,
        title: "Plan".to_owned(),
        at: at(42),
        last_cno: 7,
        delta,
        durable: 40,
    }))
}

fn person(peer: u32, role: Role) -> Person {
    Person {
        peer: PeerNo(peer),
        client: if peer == 1 { me() } else { other() },
        role,
        profile: profile(),
        device: (peer == 1).then(device),
        program: None,
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let ops = vec![Op::Delete {
        ids: vec![element()],
    }];
    let commit = AuthoredCommit {
        author: other(),
        commit: Commit {
            cno: 3,
            guard: Guard::MineOnly,
            ops,
        },
    };
    let refused = |reason| ServerMsg::Refused { cno: 9, reason };
    let messages = [
        welcome(Role::Edit, false),
        welcome(Role::Owner, true),
        ServerMsg::Snapshot(SnapshotPart {
            snapshot: snapshot_id(),
            index: 4,
            count: 9,
            before: 1,
            after: 0,
            bytes: vec![1, 2, 3].into(),
        }),
        ServerMsg::Opening(250),
        ServerMsg::Fullness(83),
        ServerMsg::Commit { seq: 43, commit },
        ServerMsg::Ack { seq: 44, cno: 8 },
        refused(Refusal::ViewOnly),
        refused(Refusal::Invalid),
        refused(Refusal::BoardFull),
        refused(Refusal::TooFast),
        refused(Refusal::TooCostly),
        refused(Refusal::Frozen),
        refused(Refusal::Muted),
        refused(Refusal::Forbidden),
        refused(Refusal::Protected),
        refused(Refusal::ProposalsOnly),
        ServerMsg::Missing { last_cno: 5 },
        ServerMsg::NewEpoch {
            epoch: epoch(),
            last_cno: 7,
        },
        ServerMsg::Heartbeat(Heartbeat {
            at: at(44),
            durable: 44,
        }),
        ServerMsg::Live(vec![
            (PeerNo(2), LiveUpdate::Cursor(Some([1.0, 2.0]))),
            (
                PeerNo(3),
                LiveUpdate::Ink {
                    from: 0,
                    ink: ink(),
                },
            ),
        ]),
        ServerMsg::People(vec![person(1, Role::Edit), person(2, Role::View)]),
        ServerMsg::People(vec![Person {
            program: Some(ProgramKind::Ai),
            ..person(1, Role::Edit)
        }]),
        ServerMsg::Title("Plan B".to_owned()),
        ServerMsg::StoreStatus(StoreStatus::Up),
        ServerMsg::StoreStatus(StoreStatus::Down),
        ServerMsg::Goodbye { within_ms: 1_000 },
        ServerMsg::BlobReady(BlobHash::from_bytes([0xb1; 32])),
    ];
    let all = messages.into_iter().chain(conversation());
    all.map(|message| sample(name(&message), message)).collect()
}

/// Rights and the conversation.
fn conversation() -> [ServerMsg; 3] {
    [
        ServerMsg::Rights(Rights {
            draw: false,
            chat: true,
            gather: false,
            frozen: true,
            muted: false,
        }),
        ServerMsg::Chat(vec![1, 2, 3].into()),
        ServerMsg::ChatPage {
            number: 4,
            packed: vec![1, 2, 3].into(),
        },
    ]
}
