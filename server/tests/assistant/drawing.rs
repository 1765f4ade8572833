//! What the assistant does without a language model.

use shared::chat::Place;
use shared::geometry::BoardPoint;
use shared::model::{Body, Color, NewElement, OrderKey, Outline, Prop, Props};
use shared::op::Op;
use shared::protocol::{ProgramKind, ServerMsg};
use testkit::fixtures::{element_of, put};

use crate::asker::{Asker, board};
use crate::test_server::TestServer;

#[tokio::test]
async fn a_list_becomes_a_diagram_that_appears_element_by_element_and_is_taken_back() {
    let server = TestServer::start().await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let list = "@assistant\n- Tea\n  - Green\n  - Black\n- Coffee";
    let question = ann.ask(list, None).await;
    let answer = ann.answer(question).await;
    assert!(
        answer.text().starts_with("I drew a diagram of"),
        "{answer:?}"
    );
    let each_a_commit = ann.client.unread().filter(|message| match message {
        ServerMsg::Commit { commit, .. } => {
            commit.commit.ops.iter().any(|op| matches!(op, Op::Put(_)))
        }
        _ => false,
    });
    let each_a_commit = each_a_commit.count();
    let drawn = board(server.address, links.edit).await;
    let shown = ann
        .client
        .until("what was drawn", |message| crate::asker::shown(&message));
    assert_eq!(shown.await.len(), drawn.len());
    assert!(drawn.len() >= 4, "{} elements", drawn.len());
    assert_eq!(each_a_commit, drawn.len(), "each element has a commit");
    let is_assistant =
        ann.client
            .until("the assistant among the people", |message| match message {
                ServerMsg::People(people) => people
                    .into_iter()
                    .find(|person| person.profile.name == "Assistant"),
                _ => None,
            });
    assert_eq!(is_assistant.await.program, Some(ProgramKind::Ai));

    let answer = ann.asked("@assistant undo").await;
    assert!(answer.text().starts_with("I took back"), "{answer:?}");
    assert_eq!(board(server.address, links.edit).await.len(), 0);
    let answer = ann.asked("@assistant undo").await;
    assert_eq!(answer.text(), "There is nothing that I could take back.");
}

#[tokio::test]
async fn selected_elements_are_tidied_up_and_nothing_else() {
    let server = TestServer::start().await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let dot = |number: u64, x: f64, y: f64| {
        let props = Props::plain(
            OrderKey::first(),
            BoardPoint::new(x, y),
            Color::Black,
            2.0,
            255,
        );
        let body = Body::Shape(Outline::Rectangle);
        let mut shape = NewElement::new(element_of(1, number), props, body);
        shape.props.set(Prop::Size([40.0, 40.0]));
        put(shape)
    };
    ann.commit(vec![
        dot(1, 0.0, 0.0),
        dot(2, 100.0, 13.0),
        dot(3, 231.0, 4.0),
    ])
    .await;
    let ids: Vec<_> = (1..=3).map(|number| element_of(1, number)).collect();
    let question = ann
        .ask("@Assistant: Tidy up!", Some(Place::Elements(ids.clone())))
        .await;
    let answer = ann.answer(question).await;
    assert!(answer.text().starts_with("I tidied up"), "{answer:?}");
    let tidy = board(server.address, links.edit).await;
    let tops = ids.iter().map(|id| tidy.get(*id).unwrap().props.at.y);
    let tops: Vec<f64> = tops.collect();
    assert!(
        tops.iter().all(|top| (top - tops[0]).abs() < 1e-3),
        "{tops:?}"
    );

    let answer = ann.asked("@assistant tidy up").await;
    assert!(answer.text().starts_with("Select elements"), "{answer:?}");
}

#[tokio::test]
async fn what_needs_a_language_model_says_what_can_be_done_without() {
    let server = TestServer::start().await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    for question in ["@assistant", "@assistant what is this?"] {
        let answer = ann.asked(question).await;
        assert!(
            answer.text().starts_with("Without a language model"),
            "{answer:?}"
        );
    }
    let answer = ann.asked("@assistant\nflowchart LR\n  a --> [").await;
    assert!(answer.text().starts_with("Line 2"), "{answer:?}");
    assert_eq!(board(server.address, links.edit).await.len(), 0);
}
