//! What a client sends.

use shared::model::{Brush, Color, OrderKey};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, Hello, LiveItem, PROTOCOL_VERSION, StrokeStyle};

use crate::sample::{Sample, at, element, ink, key, new_element, profile, sample, secret};

/// Every variant of `ClientMsg` and `LiveItem`.
pub(crate) const VARIANTS: &[&str] = &[
    "client.hello.fresh",
    "client.commit",
    "client.live.cursor",
    "client.live.begin",
    "client.live.ink",
    "client.live.end",
    "client.profile",
];

/// Fails to compile when a variant is added: it needs a sample then.
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
        ClientMsg::Profile(_) => "client.profile",
    }
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
    messages
        .map(|message| sample(name(&message), message))
        .into()
}
