//! Requests of programs: any JSON is done on a board, or refused.

use std::sync::Arc;

use authoring::{Arrange, Author, Work, WorkError, Written, compact, element_json};
use shared::model::{Board, Element, ElementState};
use shared::op::{Commit, Guard, apply_commit};
use shared::protocol::Role;
use testkit::fixtures::client_id;

/// Reads the bytes as requests.
pub(crate) fn run(data: &[u8]) {
    let author = Author {
        client: client_id(1),
        seed: [1; 16],
        name: "Ada",
        role: Role::Edit,
        proposal: None,
    };
    let board = board();
    if let Ok(work) = serde_json::from_slice::<Work>(data) {
        done(board.clone(), &author, work.ops(&board, &author));
    }
    if let Ok(arrange) = serde_json::from_slice::<Arrange>(data) {
        done(board.clone(), &author, arrange.ops(&board, &author));
    }
}

/// Applies what a request becomes, and shows the board to programs.
fn done(mut board: Board, author: &Author<'_>, written: Result<Written, WorkError>) {
    let Ok(written) = written else { return };
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops: written.ops,
    };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(&mut board, author.client, &commit);
    for id in written.created {
        let element = board.get(id).expect("a new element is on the board");
        assert!(element_json(&board, element).is_object());
    }
    let text = compact(&board, None, usize::MAX);
    assert!(text.len() <= authoring::MAX_COMPACT_BYTES);
}

/// A board with every kind of element.
fn board() -> Board {
    let kept = include_bytes!("../../formats/tests/json/version_1.json");
    let scene = formats::json::read(kept).unwrap_or_default();
    let mut board = Board::new();
    for new in scene.elements {
        let element = Arc::new(Element::new(new, client_id(1)));
        board.set_state(element.id, ElementState::Present(element));
    }
    board
}

/// Requests with every convenience.
pub(crate) fn seeds() -> impl Iterator<Item = Vec<u8>> {
    let seeds = [
        r#"{"create":[{"kind":"frame","name":"a","children":[{"kind":"sticky","id":"s","text":"b"}]},{"kind":"ellipse","id":"e","near":"s","groups":["g"]},{"kind":"arrow","from":"s","to":"e","text":"c"}]}"#,
        r#"{"create":[{"kind":"stroke","points":[[0,0],[9,9,1]]},{"kind":"path","path":"M0 0L9 9"},{"kind":"line","from":"t","points":[[0,0]],"route":"elbow"},{"kind":"text","id":"t","x":1,"y":2,"text":[{"text":"d","bold":true}]}]}"#,
        r#"{"change":[{"id":"7gAAAAAAAAAAAAAAAAAAAQ","by":[1,2]}],"delete":["7gAAAAAAAAAAAAAAAAAAAg"]}"#,
        r#"{"action":"tidy","ids":["7gAAAAAAAAAAAAAAAAAAAQ","7gAAAAAAAAAAAAAAAAAAAw"]}"#,
        r#"{"action":"cluster","titles":true,"ids":["7gAAAAAAAAAAAAAAAAAAAQ","7gAAAAAAAAAAAAAAAAAAAw"]}"#,
        r#"{"action":"grid","columns":2,"gap":9,"ids":["7gAAAAAAAAAAAAAAAAAAAQ","7gAAAAAAAAAAAAAAAAAAAw"]}"#,
    ];
    seeds.into_iter().map(|seed| seed.as_bytes().to_vec())
}
