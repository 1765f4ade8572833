//! Valid changes of a board that bytes of a fuzzer choose.

use arbitrary::{Result, Unstructured};
use std::sync::LazyLock;

use shared::geometry::{FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::id::{ClientId, ElementId, PersonId};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Body, CharId, CharSpan, Color, Marks, NewElement, TextEdit, VectorPath};
use shared::op::authorship::Author;
use shared::op::{Commit, Guard, Op};
use shared::protocol::decode;
use testkit::fixtures::{client_id, element_id};

use crate::golden;

/// The golden ops: each kind, and each property.
static OPS: LazyLock<Vec<Op>> = LazyLock::new(|| {
    let samples = golden::samples("op.");
    let ops = samples.iter().map(|bytes| decode(bytes, MAX_FRAME_BYTES));
    ops.collect::<std::result::Result<_, _>>().unwrap()
});

/// One of the people on the board.
pub(crate) fn person(bytes: &mut Unstructured<'_>) -> Result<ClientId> {
    Ok(client_id(bytes.arbitrary::<u8>()? % 3))
}

/// One of the few elements.
fn element(bytes: &mut Unstructured<'_>) -> Result<ElementId> {
    Ok(element_id(u64::from(bytes.arbitrary::<u8>()? % 6)))
}

/// A commit of one of the people.
pub(crate) fn commit(bytes: &mut Unstructured<'_>) -> Result<(ClientId, Commit)> {
    let author = person(bytes)?;
    let choice = bytes.arbitrary::<u8>()?;
    let guard = if choice & 0x80 == 0 {
        Guard::Any
    } else {
        Guard::MineOnly
    };
    let count = choice % 4 + 1;
    let ops = (0..count).map(|_| op(bytes)).collect::<Result<_>>()?;
    Ok((author, Commit { cno: 1, guard, ops }))
}

fn op(bytes: &mut Unstructured<'_>) -> Result<Op> {
    let id = element(bytes)?;
    Ok(match bytes.arbitrary::<u8>()? % 8 {
        0..=1 => golden_op(bytes, id)?,
        2 => put(bytes, id)?,
        3..=4 => Op::Text {
            id,
            edit: text_edit(bytes)?,
        },
        5 => Op::Extend {
            id,
            from: u32::from(bytes.arbitrary::<u8>()? % 8),
            ink: ink(bytes)?,
            end: bytes.arbitrary()?,
        },
        6 => {
            let from = f32::from(bytes.arbitrary::<u8>()?) / 16.0;
            let to = from + f32::from(bytes.arbitrary::<u8>()?) / 16.0;
            let spans = vec![[from, to]];
            if bytes.arbitrary()? {
                Op::Erase { id, spans }
            } else {
                Op::Unerase { id, spans }
            }
        }
        _ => Op::Delete {
            ids: vec![id, element(bytes)?],
        },
    })
}

/// Ada as the author of commits.
pub(crate) fn ada(author: ClientId) -> Author<'static> {
    Author {
        id: author,
        name: "Ada",
        person: PersonId::of(author, None),
        is_owner: false,
        color: Color::default(),
        at_ms: 1_700_000_000_000,
    }
}

/// A golden op on another element.
fn golden_op(bytes: &mut Unstructured<'_>, on: ElementId) -> Result<Op> {
    let sample = usize::from(bytes.arbitrary::<u8>()?) % OPS.len();
    let mut op = OPS[sample].clone();
    match &mut op {
        Op::Put(new) | Op::Restore(new) => new.id = on,
        Op::Extend { id, .. }
        | Op::Set { id, .. }
        | Op::Text { id, .. }
        | Op::Erase { id, .. }
        | Op::Unerase { id, .. } => *id = on,
        Op::Delete { ids } => *ids = vec![on],
        Op::Chat(_) => {}
    }
    Ok(op)
}

/// A new or restored element of any kind.
fn put(bytes: &mut Unstructured<'_>, id: ElementId) -> Result<Op> {
    let choice = bytes.arbitrary::<u8>()?;
    let samples: Vec<&NewElement> = OPS.iter().filter_map(element_in).collect();
    let mut new = samples[usize::from(choice) % samples.len()].clone();
    new.id = id;
    new.body = match choice / 16 {
        0 => Body::Text,
        1 => Body::Line,
        2 => Body::Frame,
        3 => Body::Sticky {
            signed: "Ada".to_owned(),
        },
        4 => path(bytes)?,
        5 => Body::Image,
        _ => new.body,
    };
    Ok(if choice & 1 == 0 {
        Op::Put(Box::new(new))
    } else {
        Op::Restore(Box::new(new))
    })
}

/// A path from bytes of a fuzzer, if they are one, else a triangle.
fn path(bytes: &mut Unstructured<'_>) -> Result<Body> {
    let commands = bytes.arbitrary::<[u8; 12]>()?.map(|byte| byte % 16);
    let given = PackedPath::from_bytes(&[&[1][..], &commands].concat());
    let triangle = || PackedPath::from_bytes(&[1, 0, 0, 0, 1, 9, 9, 1, 0, 9, 3]);
    let outline = given.or_else(|_| triangle());
    let outline = outline.map_err(|_| arbitrary::Error::IncorrectFormat)?;
    let rule = FillRule::EvenOdd;
    Ok(Body::Path(VectorPath { rule, outline }))
}

fn element_in(op: &Op) -> Option<&NewElement> {
    match op {
        Op::Put(new) | Op::Restore(new) => Some(new),
        Op::Extend { .. }
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => None,
    }
}

fn ink(bytes: &mut Unstructured<'_>) -> Result<Ink> {
    let count = bytes.arbitrary::<u8>()? % 6;
    let mut point = || -> Result<InkPoint> {
        let [x, y] = [bytes.arbitrary::<i8>()?, bytes.arbitrary::<i8>()?];
        Ok(InkPoint::new(f64::from(x), f64::from(y), 0.5))
    };
    let points: Vec<InkPoint> = (0..count).map(|_| point()).collect::<Result<_>>()?;
    Ink::encode(&points, Quantum::for_zoom(1.0)).map_err(|_| arbitrary::Error::IncorrectFormat)
}

/// An edit of a text that may refer to characters that exist or do not.
pub(crate) fn text_edit(bytes: &mut Unstructured<'_>) -> Result<TextEdit> {
    Ok(match bytes.arbitrary::<u8>()? % 6 {
        0..=2 => {
            let after = (bytes.arbitrary::<u8>()? % 8 > 0)
                .then(|| char_id(bytes))
                .transpose()?;
            TextEdit::Insert {
                after,
                from: u32::from(bytes.arbitrary::<u8>()?),
                text: letters(bytes)?,
                marks: marks(bytes)?,
            }
        }
        3 => TextEdit::Delete(spans(bytes)?),
        4 => TextEdit::Restore(spans(bytes)?),
        _ => TextEdit::Mark {
            spans: spans(bytes)?,
            marks: marks(bytes)?,
            on: bytes.arbitrary()?,
        },
    })
}

fn letters(bytes: &mut Unstructured<'_>) -> Result<String> {
    let count = bytes.arbitrary::<u8>()? % 6;
    let letter =
        |_| Ok(['a', 'ä', 'あ', '🙂', '\n', ' '][usize::from(bytes.arbitrary::<u8>()? % 6)]);
    (0..count).map(letter).collect()
}

fn marks(bytes: &mut Unstructured<'_>) -> Result<Marks> {
    Ok([Marks::NONE, Marks::BOLD, Marks::ITALIC][usize::from(bytes.arbitrary::<u8>()? % 3)])
}

fn char_id(bytes: &mut Unstructured<'_>) -> Result<CharId> {
    let by = person(bytes)?;
    let no = u32::from(bytes.arbitrary::<u8>()?);
    Ok(CharId { by, no })
}

fn spans(bytes: &mut Unstructured<'_>) -> Result<Vec<CharSpan>> {
    let count = bytes.arbitrary::<u8>()? % 4;
    let mut span = || -> Result<CharSpan> {
        let CharId { by, no } = char_id(bytes)?;
        let len = u32::from(bytes.arbitrary::<u8>()? % 16) + 1;
        Ok(CharSpan { by, from: no, len })
    };
    (0..count).map(|_| span()).collect()
}
