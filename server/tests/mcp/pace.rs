//! What agents draw appears at a pace that people can follow.

use std::time::{Duration, Instant};

use serde_json::json;
use shared::op::Op;
use shared::protocol::{LiveUpdate, PeerNo, ServerMsg};
use testkit::client::Client;

use crate::agent::Agent;
use crate::test_server::TestServer;

/// Waits for the next commit with new elements. Returns how many they are.
async fn next_commit(client: &mut Client) -> usize {
    let commit = client.until("new elements", |message| match message {
        ServerMsg::Commit { commit, .. } => {
            let ops = commit.commit.ops.iter();
            let puts = ops.filter(|op| matches!(op, Op::Put(_))).count();
            (puts > 0).then_some(puts)
        }
        _ => None,
    });
    commit.await
}

#[tokio::test]
async fn elements_appear_one_after_the_other_unless_they_must_come_at_once() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let notes = json!([{"kind": "sticky", "text": "a"}, {"kind": "sticky", "text": "b"}, {"kind": "sticky"}]);
    agent
        .ask("create_elements", json!({ "elements": notes }))
        .await;
    for _ in 0..3 {
        assert_eq!(next_commit(&mut ann).await, 1);
    }
    let at_once = json!({ "elements": notes, "at_once": true });
    agent.ask("create_elements", at_once).await;
    assert_eq!(next_commit(&mut ann).await, 3);
    let slow = json!({ "elements": notes, "step_ms": 400 });
    let begun = Instant::now();
    agent.ask("create_elements", slow).await;
    assert!(
        begun.elapsed() >= Duration::from_millis(800),
        "two steps of 400 ms"
    );
    let wrong = json!({ "elements": notes, "step_ms": 5 });
    let refusal = agent.refused("create_elements", wrong).await;
    assert_eq!(refusal, "step_ms: 20 to 2000 milliseconds");
    agent.ask("undo_mine", json!({})).await;
    let left = agent.ask("find_elements", json!({})).await;
    assert_eq!(left["elements"], json!([]), "one undo takes all");
}

#[tokio::test]
async fn ink_grows_before_it_is_kept() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let points: Vec<_> = (0..60)
        .map(|at| [f64::from(at) * 5.0, f64::from(at % 7) * 9.0])
        .collect();
    let drawn = agent.ask("draw_stroke", json!({ "points": points })).await;
    assert_eq!(next_commit(&mut ann).await, 1);
    // Live updates may come a moment later than the commit that follows them.
    let last = ann.until("the end of the ink", |message| match message {
        ServerMsg::Live(updates) => {
            let ends =
                |(_, update): &(PeerNo, LiveUpdate)| matches!(update, LiveUpdate::End { .. });
            updates.iter().any(ends).then_some(updates)
        }
        _ => None,
    });
    let last = last.await;
    let earlier = ann.unread().filter_map(|message| match message {
        ServerMsg::Live(updates) => Some(updates),
        _ => None,
    });
    let updates = earlier.flatten().chain(&last).map(|(_, update)| update);
    let (mut begun, mut pieces, mut shown, mut has_ended) = (None, 0, 0, false);
    for update in updates {
        match update {
            LiveUpdate::Begin { id, .. } => begun = Some(id.to_string()),
            LiveUpdate::Ink { from, ink } => {
                assert_eq!(usize::try_from(*from), Ok(shown));
                shown += ink.len();
                pieces += 1;
            }
            LiveUpdate::End { kept } => has_ended = *kept,
            _ => {}
        }
    }
    assert_eq!(begun.as_deref(), drawn["created"][0].as_str());
    assert!(pieces >= 5 && has_ended, "{pieces} pieces");
    assert!(shown >= 2, "{shown} points");
}
