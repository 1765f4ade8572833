//! Every op, and commits as they are stored.

use shared::geometry::BoardPoint;
use shared::id::{GroupId, ProposalId};
use shared::model::{
    Align, Anchor, Arrowhead, CharId, CharSpan, Color, Crop, Dash, Filling, Font, KeptSegment,
    Marks, MediaType, OrderKey, Prop, Route, TextEdit,
};
use shared::op::{Commit, Guard, Op};
use shared::protocol::StoredCommit;
use shared::typeset::{Measure, Measures};

use crate::sample::{Sample, element, ink, new_element, other, picture, sample};

/// Every variant of `Op`, `Prop` and `TextEdit`, and both guards.
pub(crate) const VARIANTS: &[&str] = &[
    "op.put",
    "op.extend",
    "op.set.z",
    "op.set.at",
    "op.set.color",
    "op.set.width",
    "op.set.opacity",
    "op.set.angle",
    "op.set.stretch",
    "op.set.size",
    "op.set.filling",
    "op.set.dash",
    "op.set.corner",
    "op.set.points",
    "op.set.route",
    "op.set.heads",
    "op.set.start",
    "op.set.end",
    "op.set.groups",
    "op.set.locked",
    "op.set.frame",
    "op.set.name",
    "op.set.font",
    "op.set.text_size",
    "op.set.align",
    "op.set.fill",
    "op.set.outlined",
    "op.set.kept_segments",
    "op.set.text_position",
    "op.set.measures",
    "op.set.picture",
    "op.set.crop",
    "op.set.alternative_text",
    "op.set.protected",
    "op.set.proposal",
    "op.delete",
    "op.restore",
    "op.text.insert",
    "op.text.delete",
    "op.text.restore",
    "op.text.mark",
    "op.cut",
    "op.uncut",
    "op.chat",
    "commit.any",
    "commit.mine_only",
];

/// A new variant fails to compile here, because it needs a sample.
const fn name(op: &Op) -> &'static str {
    match op {
        Op::Put(_) => "op.put",
        Op::Extend { .. } => "op.extend",
        Op::Set { id: _, prop } => prop_name(prop),
        Op::Delete { .. } => "op.delete",
        Op::Restore(_) => "op.restore",
        Op::Text { id: _, edit } => match edit {
            TextEdit::Insert { .. } => "op.text.insert",
            TextEdit::Delete(_) => "op.text.delete",
            TextEdit::Restore(_) => "op.text.restore",
            TextEdit::Mark { .. } => "op.text.mark",
        },
        Op::Erase { .. } => "op.cut",
        Op::Unerase { .. } => "op.uncut",
        Op::Chat(_) => "op.chat",
    }
}

const fn prop_name(prop: &Prop) -> &'static str {
    match prop {
        Prop::Z(_) => "op.set.z",
        Prop::At(_) => "op.set.at",
        Prop::Color(_) => "op.set.color",
        Prop::Width(_) => "op.set.width",
        Prop::Opacity(_) => "op.set.opacity",
        Prop::Angle(_) => "op.set.angle",
        Prop::Scale(_) => "op.set.stretch",
        Prop::Size(_) => "op.set.size",
        Prop::Filling(_) => "op.set.filling",
        Prop::Dash(_) => "op.set.dash",
        Prop::Corner(_) => "op.set.corner",
        Prop::Points(_) => "op.set.points",
        Prop::Route(_) => "op.set.route",
        Prop::Heads(_) => "op.set.heads",
        Prop::Start(_) => "op.set.start",
        Prop::End(_) => "op.set.end",
        Prop::Groups(_) => "op.set.groups",
        Prop::Locked(_) => "op.set.locked",
        Prop::Frame(_) => "op.set.frame",
        Prop::Name(_) => "op.set.name",
        Prop::Font(_) => "op.set.font",
        Prop::TextSize(_) => "op.set.text_size",
        Prop::Align(_) => "op.set.align",
        Prop::KeptSegments(_) => "op.set.kept_segments",
        Prop::TextPosition(_) => "op.set.text_position",
        // This property is never set.
        Prop::Text(()) => "op.set.text",
        Prop::Fill(_) => "op.set.fill",
        Prop::Outlined(_) => "op.set.outlined",
        Prop::Measures(_) => "op.set.measures",
        Prop::Picture(_) => "op.set.picture",
        Prop::Crop(_) => "op.set.crop",
        Prop::AlternativeText(_) => "op.set.alternative_text",
        Prop::Protected(_) => "op.set.protected",
        Prop::Proposal(_) => "op.set.proposal",
    }
}

fn measures() -> Measures {
    let measure = |text: &str, advances: &[u16], breaks: &[u16]| Measure {
        text: text.to_owned(),
        bold: false,
        italic: true,
        advances: advances.to_vec(),
        breaks: breaks.to_vec(),
    };
    [
        measure("שם", &[612, 580], &[]),
        measure("ชาวโลก", &[500, 480, 470, 300, 520, 600], &[2]),
    ]
    .into_iter()
    .collect()
}

/// One value of every property that can be set.
fn props() -> Vec<Prop> {
    let anchor = Some(Anchor {
        to: element(),
        at: [0.5, 0.25],
    });
    vec![
        Prop::Z(OrderKey::first()),
        Prop::At(BoardPoint::new(-1.5, 300.25)),
        Prop::Color(Color::Pink),
        Prop::Width(0.75),
        Prop::Opacity(128),
        Prop::Angle(-0.5),
        Prop::Scale([2.0, -1.0]),
        Prop::Size([120.0, 80.0]),
        Prop::Filling(Filling::Tint),
        Prop::Dash(Dash::Dotted),
        Prop::Corner(12.0),
        Prop::Points(vec![[0.0, 0.0], [30.0, -4.5]]),
        Prop::Route(Route::Elbow),
        Prop::Heads([Arrowhead::None, Arrowhead::Arrow]),
        Prop::Start(anchor),
        Prop::End(None),
        Prop::Groups(vec![GroupId::from_bytes([0x0f; 16])]),
        Prop::Locked(true),
        Prop::Frame(Some(element())),
        Prop::Name("Plan".to_owned()),
        Prop::Font(Font::Mono),
        Prop::TextSize(36.0),
        Prop::Align(Align::Center),
        Prop::Fill(Some(Color::Yellow)),
        Prop::Outlined(false),
        Prop::KeptSegments(vec![
            KeptSegment::Vertical(120.5),
            KeptSegment::Horizontal(-40.0),
        ]),
        Prop::TextPosition(0.25),
        Prop::Measures(measures()),
        Prop::Picture(Some(picture(MediaType::Jpeg))),
        Prop::Crop(Crop {
            left: 0.25,
            top: 0.0,
            right: 1.0,
            bottom: 0.5,
        }),
        Prop::AlternativeText("A cat on a roof".to_owned()),
        Prop::Protected(true),
        Prop::Proposal(Some(ProposalId::from_bytes([0x9a; 16]))),
    ]
}

fn edits() -> Vec<TextEdit> {
    let span = CharSpan {
        by: other(),
        from: 3,
        len: 2,
    };
    vec![
        TextEdit::Insert {
            after: Some(CharId { by: other(), no: 4 }),
            from: 7,
            text: "hé".to_owned(),
            marks: Marks::BOLD,
        },
        TextEdit::Delete(vec![span]),
        TextEdit::Restore(vec![span]),
        TextEdit::Mark {
            spans: vec![span],
            marks: Marks::ITALIC,
            on: true,
        },
    ]
}

const fn guard_name(guard: &Guard) -> &'static str {
    match guard {
        Guard::Any => "commit.any",
        Guard::MineOnly => "commit.mine_only",
        Guard::WorkOf(_) => "commit.work_of",
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let id = element();
    let spans = vec![[0.5, 2.0], [7.125, 8.0]];
    let mut ops = vec![
        Op::Put(Box::new(new_element(true))),
        Op::Extend {
            id,
            from: 3,
            ink: ink(),
            end: true,
        },
        Op::Delete { ids: vec![id] },
        Op::Restore(Box::new(new_element(false))),
        Op::Erase {
            id,
            spans: spans.clone(),
        },
        Op::Unerase { id, spans },
        Op::Chat(Box::new(crate::chat::post())),
    ];
    ops.extend(props().into_iter().map(|prop| Op::Set { id, prop }));
    ops.extend(edits().into_iter().map(|edit| Op::Text { id, edit }));
    let mut all: Vec<Sample> = ops.into_iter().map(|op| sample(name(&op), op)).collect();
    let work_of = Guard::WorkOf(vec![other()]);
    all.extend([Guard::Any, Guard::MineOnly, work_of].map(|guard| {
        sample(
            guard_name(&guard),
            Commit {
                cno: 300,
                guard,
                ops: Vec::new(),
            },
        )
    }));
    let payload = vec![0xAA, 0xBB].into();
    all.push(sample(
        "commit.stored",
        StoredCommit {
            author: other(),
            cno: 2,
            payload,
        },
    ));
    all
}
