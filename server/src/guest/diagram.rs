//! Diagrams on boards.

use std::collections::BTreeMap;

use authoring::{Author, WorkError, Written};
use diagrams::{Diagram, Options};
use sha2::{Digest as _, Sha256};
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::{Board, Prop};
use shared::op::Op;

/// The space between a diagram and what is on the board.
const GAP: f64 = 160.0;

/// The ops that draw a diagram, with its upper left corner at a place or beside what is on the board.
///
/// # Errors
/// The author may not draw, or the diagram cannot be laid out.
pub(crate) fn place_diagram(
    diagram: &Diagram,
    board: &Board,
    author: &Author<'_>,
    at: Option<(f64, f64)>,
) -> Result<Written, WorkError> {
    if !author.role.may_draw() {
        return Err(WorkError::ReadOnly);
    }
    let draw = |centre| {
        let topmost = board.in_order().last();
        let options = Options {
            centre,
            above: topmost.map(|element| element.props.z.clone()),
            author: author.client,
            signed: author.name.to_owned(),
            ..Options::default()
        };
        let mut ids = ids(author.seed);
        let drawn = diagram.elements(&options, &mut ids);
        drawn.map_err(|error| WorkError::Invalid {
            path: "diagram".to_owned(),
            reason: error.to_string(),
        })
    };
    // Its size is known once it is drawn.
    let size = draw(BoardPoint::default())?.bounds.size();
    let corner = at.unwrap_or_else(|| free_corner(board));
    let (x, y) = (corner.0 + size.width / 2.0, corner.1 + size.height / 2.0);
    let drawn = draw(BoardPoint::new(x, y))?;
    let created = drawn.elements.iter().map(|new| new.id).collect();
    let puts = drawn.elements.into_iter().map(|mut new| {
        new.props.set(Prop::Proposal(author.proposal));
        Op::Put(Box::new(new))
    });
    Ok(Written {
        ops: puts.collect(),
        created,
        words: drawn.ids.into_iter().collect::<BTreeMap<_, _>>(),
        ..Written::default()
    })
}

/// The corner beside or below what is on the board, whichever leaves it rather square.
fn free_corner(board: &Board) -> (f64, f64) {
    let all = board.in_order().map(|element| bounds(board, element));
    match all.reduce(|all: BoardRect, one| all.union(one)) {
        Some(all) if all.width() > all.height() => (all.x0, all.y1 + GAP),
        Some(all) => (all.x1 + GAP, all.y0),
        None => (0.0, 0.0),
    }
}

/// New ids, which follow from the seed of a request, so that a repeated request has the same.
fn ids(seed: [u8; 16]) -> impl FnMut() -> ElementId {
    let mut number = 0_u64;
    move || {
        number += 1;
        let hash = Sha256::new_with_prefix(seed)
            .chain_update(number.to_be_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        ElementId::from_bytes(bytes)
    }
}
