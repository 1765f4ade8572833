//! Messages of a client.

use shared::geometry::BoardPoint;
use shared::id::DeviceKey;
use shared::model::{Brush, Color, OrderKey, Transform};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, Hello, LiveUpdate, PROTOCOL_VERSION, PartialSnapshot, ProgramKind, StrokeStyle,
};

use crate::sample::{
    Sample, at, element, ink, key, me, new_element, new_shape, profile, sample, secret, snapshot_id,
};

/// Every variant of `ClientMsg`, `LiveUpdate` and `Transform`.
pub(crate) const VARIANTS: &[&str] = &[
    "client.hello.fresh",
    "client.commit",
    "client.live.cursor",
    "client.live.begin",
    "client.live.ink",
    "client.live.end",
    "client.live.select",
    "client.live.move",
    "client.live.scale",
    "client.live.turn",
    "client.live.transform_over",
    "client.live.draft",
    "client.live.draft_over",
    "client.live.laser",
    "client.profile",
    "client.hello.partial",
    "client.hello.program",
    "client.received",
    "client.live.say",
    "client.live.react",
    "client.live.writing",
    "client.live.hand",
    "client.live.hand_down",
    "client.live.follow",
    "client.live.view",
    "client.live.gather",
    "client.chat_page",
];

/// A new variant fails to compile here, because it needs a sample.
const fn name(message: &ClientMsg) -> &'static str {
    match message {
        ClientMsg::Hello(hello) if hello.program.is_some() => "client.hello.program",
        ClientMsg::Hello(hello) => match (hello.resume, &hello.partial) {
            (None, None) => "client.hello.fresh",
            (Some(_), _) => "client.hello.resume",
            (None, Some(_)) => "client.hello.partial",
        },
        ClientMsg::Commit(_) => "client.commit",
        ClientMsg::Live(LiveUpdate::Cursor(Some(_))) => "client.live.cursor",
        ClientMsg::Live(LiveUpdate::Cursor(None)) => "client.live.cursor_gone",
        ClientMsg::Live(LiveUpdate::Begin { .. }) => "client.live.begin",
        ClientMsg::Live(LiveUpdate::Ink { .. }) => "client.live.ink",
        ClientMsg::Live(LiveUpdate::End { kept: true }) => "client.live.end",
        ClientMsg::Live(LiveUpdate::End { kept: false }) => "client.live.end_dropped",
        ClientMsg::Live(LiveUpdate::Select(_)) => "client.live.select",
        ClientMsg::Live(LiveUpdate::Transform(Some(transform))) => match transform {
            Transform::Move(_) => "client.live.move",
            Transform::Scale { .. } => "client.live.scale",
            Transform::Rotate { .. } => "client.live.turn",
        },
        ClientMsg::Live(LiveUpdate::Transform(None)) => "client.live.transform_over",
        ClientMsg::Live(LiveUpdate::Draft(Some(_))) => "client.live.draft",
        ClientMsg::Live(LiveUpdate::Draft(None)) => "client.live.draft_over",
        ClientMsg::Live(LiveUpdate::Laser(_)) => "client.live.laser",
        ClientMsg::Profile(_) => "client.profile",
        ClientMsg::Live(LiveUpdate::Say(_)) => "client.live.say",
        ClientMsg::Live(LiveUpdate::React { .. }) => "client.live.react",
        ClientMsg::Live(LiveUpdate::Writing(_)) => "client.live.writing",
        ClientMsg::Live(LiveUpdate::Hand(Some(_))) => "client.live.hand",
        ClientMsg::Live(LiveUpdate::Hand(None)) => "client.live.hand_down",
        ClientMsg::Live(LiveUpdate::Follow(_)) => "client.live.follow",
        ClientMsg::Live(LiveUpdate::View(_)) => "client.live.view",
        ClientMsg::Live(LiveUpdate::Gather { .. }) => "client.live.gather",
        ClientMsg::Received(_) => "client.received",
        ClientMsg::ChatPage(_) => "client.chat_page",
    }
}

fn touches() -> Vec<LiveUpdate> {
    let about = BoardPoint::new(100.0, -50.0);
    vec![
        LiveUpdate::Select(vec![element()]),
        LiveUpdate::Transform(Some(Transform::Move([12.5, -3.0]))),
        LiveUpdate::Transform(Some(Transform::Scale {
            about,
            by: [2.0, -0.5],
            angle: 0.25,
        })),
        LiveUpdate::Transform(Some(Transform::Rotate { about, by: 1.5 })),
        LiveUpdate::Transform(None),
        LiveUpdate::Draft(Some(Box::new(new_shape()))),
        LiveUpdate::Draft(None),
        LiveUpdate::Laser(vec![[1.0, 2.0], [3.5, 4.0]]),
    ]
}

fn signals() -> Vec<LiveUpdate> {
    let view = [-10.5, 0.0, 1_280.0, 720.0];
    vec![
        LiveUpdate::Say("here!".to_owned()),
        LiveUpdate::React {
            emoji: "🎉".to_owned(),
            at: [1.0, 2.0],
        },
        LiveUpdate::Writing(true),
        LiveUpdate::Hand(Some(1_700_000_000_000)),
        LiveUpdate::Hand(None),
        LiveUpdate::Follow(Some(me())),
        LiveUpdate::View(view),
        LiveUpdate::Gather { view, take: true },
    ]
}

fn hello() -> Hello {
    Hello {
        version: PROTOCOL_VERSION,
        secret: secret(),
        key: key(),
        session: 1_700_000_000,
        profile: profile(),
        resume: None,
        view: None,
        partial: None,
        device: None,
        program: None,
    }
}

fn style() -> StrokeStyle {
    StrokeStyle {
        brush: Brush::Highlighter,
        color: Color::Yellow,
        width: 20.0,
        opacity: 255,
        z: OrderKey::first(),
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let ops = vec![Op::Put(Box::new(new_element(false)))];
    let messages = [
        ClientMsg::Hello(hello()),
        ClientMsg::Hello(Hello {
            resume: Some(at(42)),
            ..hello()
        }),
        ClientMsg::Commit(Commit {
            cno: 1,
            guard: Guard::Any,
            ops,
        }),
        ClientMsg::Live(LiveUpdate::Cursor(Some([12.5, -3.0]))),
        ClientMsg::Live(LiveUpdate::Cursor(None)),
        ClientMsg::Live(LiveUpdate::Begin {
            id: element(),
            style: style(),
        }),
        ClientMsg::Live(LiveUpdate::Ink {
            from: 3,
            ink: ink(),
        }),
        ClientMsg::Live(LiveUpdate::End { kept: true }),
        ClientMsg::Live(LiveUpdate::End { kept: false }),
        ClientMsg::Profile(profile()),
        ClientMsg::Hello(Hello {
            view: Some([-10.5, 0.0, 1_280.0, 720.0]),
            partial: Some(PartialSnapshot {
                snapshot: snapshot_id(),
                received: vec![0b0000_0101].into(),
            }),
            device: Some(DeviceKey::from_bytes([0x44; 16])),
            ..hello()
        }),
        ClientMsg::Hello(Hello {
            program: Some(ProgramKind::Ai),
            ..hello()
        }),
        ClientMsg::Received(70_000),
        ClientMsg::ChatPage(3),
    ];
    let live = touches().into_iter().chain(signals());
    let live = live.map(ClientMsg::Live);
    messages
        .into_iter()
        .chain(live)
        .map(|message| sample(name(&message), message))
        .collect()
}
