//! Requests of programs, and the boards that they lead to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod arrange;
mod change;
mod cluster;
mod compact;
mod create;
mod delete;
mod faults;
mod frames;
mod lines;
mod places;
mod proposals;
mod random;
mod schema;
mod show;
mod tidy;

use authoring::{Author, Work, WorkError, Written};
use kurbo::Rect;
use serde_json::{Value, json};
use shared::id::{ClientId, ElementId};
use shared::model::layout::bounds;
use shared::model::{Board, Element};
use shared::op::{Commit, Guard, apply_commit};
use shared::protocol::Role;

const ADA: Author<'_> = Author {
    client: ClientId::from_bytes([1; 16]),
    seed: [7; 16],
    name: "Ada",
    role: Role::Edit,
    proposal: None,
};

/// The ops of a request.
fn ask(board: &Board, author: &Author<'_>, work: &Value) -> Result<Written, WorkError> {
    let work: Work = serde_json::from_value(work.clone()).unwrap();
    work.ops(board, author)
}

/// Does what a request of an author asks for.
fn done_by(board: &mut Board, author: &Author<'_>, work: &Value) -> Written {
    let written = ask(board, author, work).unwrap_or_else(|error| panic!("{error}: {work}"));
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops: written.ops.clone(),
    };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(board, author.client, &commit);
    written
}

fn done(board: &mut Board, work: &Value) -> Written {
    done_by(board, &ADA, work)
}

/// A board with these elements, and their ids.
fn made(create: &Value) -> (Board, Vec<ElementId>) {
    let mut board = Board::new();
    let created = done(&mut board, &json!({ "create": create })).created;
    (board, created)
}

/// The only element that an entry makes on an empty board.
fn one(entry: &Value) -> Element {
    let (board, ids) = made(&json!([entry]));
    board.get(ids[0]).unwrap().as_ref().clone()
}

fn rect(board: &Board, id: ElementId) -> Rect {
    bounds(board, board.get(id).unwrap())
}

/// Another seed, for a second request.
const fn seed(number: u8) -> Author<'static> {
    Author {
        seed: [number; 16],
        ..ADA
    }
}

/// Ids as a request names them.
fn words(ids: &[ElementId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
