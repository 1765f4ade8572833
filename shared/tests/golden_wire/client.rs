//! Messages of a client.

use shared::geometry::BoardPoint;
use shared::model::{Brush, Color, OrderKey, Transform};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, Hello, LiveItem, PROTOCOL_VERSION, StrokeStyle};

use crate::sample::{
    Sample, at, element, ink, key, new_element, new_shape, profile, sample, secret,
};

/// Every variant of `ClientMsg`, `LiveItem` and `Transform`.
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
];

/// A new variant fails to compile here, because it needs a sample.
const fn name(message: &ClientMsg) -> &'static str {
    match message {
        ClientMsg::Hello(hello) => match hello.resume {
            None => "client.hello.fresh",
            Some(_) => "client.hello.resume",
        },
        ClientMsg::Commit(_) => "client.commit",
        ClientMsg::Live(LiveItem::Cursor(Some(_))) => "client.live.cursor",
        ClientMsg::Live(LiveItem::Cursor(None)) => "client.live.cursor_gone",
        ClientMsg::Live(LiveItem::Begin { .. }) => "client.live.begin",
        ClientMsg::Live(LiveItem::Ink { .. }) => "client.live.ink",
        ClientMsg::Live(LiveItem::End { kept: true }) => "client.live.end",
        ClientMsg::Live(LiveItem::End { kept: false }) => "client.live.end_dropped",
        ClientMsg::Live(LiveItem::Select(_)) => "client.live.select",
        ClientMsg::Live(LiveItem::Transform(Some(transform))) => match transform {
            Transform::Move(_) => "client.live.move",
            Transform::Scale { .. } => "client.live.scale",
            Transform::Turn { .. } => "client.live.turn",
        },
        ClientMsg::Live(LiveItem::Transform(None)) => "client.live.transform_over",
        ClientMsg::Live(LiveItem::Draft(Some(_))) => "client.live.draft",
        ClientMsg::Live(LiveItem::Draft(None)) => "client.live.draft_over",
        ClientMsg::Live(LiveItem::Laser(_)) => "client.live.laser",
        ClientMsg::Profile(_) => "client.profile",
    }
}

fn touches() -> Vec<LiveItem> {
    let about = BoardPoint::new(100.0, -50.0);
    vec![
        LiveItem::Select(vec![element()]),
        LiveItem::Transform(Some(Transform::Move([12.5, -3.0]))),
        LiveItem::Transform(Some(Transform::Scale {
            about,
            by: [2.0, -0.5],
            angle: 0.25,
        })),
        LiveItem::Transform(Some(Transform::Turn { about, by: 1.5 })),
        LiveItem::Transform(None),
        LiveItem::Draft(Some(Box::new(new_shape()))),
        LiveItem::Draft(None),
        LiveItem::Laser(vec![[1.0, 2.0], [3.5, 4.0]]),
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
        ClientMsg::Live(LiveItem::Cursor(Some([12.5, -3.0]))),
        ClientMsg::Live(LiveItem::Cursor(None)),
        ClientMsg::Live(LiveItem::Begin {
            id: element(),
            style: style(),
        }),
        ClientMsg::Live(LiveItem::Ink {
            from: 3,
            ink: ink(),
        }),
        ClientMsg::Live(LiveItem::End { kept: true }),
        ClientMsg::Live(LiveItem::End { kept: false }),
        ClientMsg::Profile(profile()),
    ];
    let touches = touches().into_iter().map(ClientMsg::Live);
    messages
        .into_iter()
        .chain(touches)
        .map(|message| sample(name(&message), message))
        .collect()
}
