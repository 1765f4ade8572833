//! The bytes on the way to clients are within the budget of board, caller and process.

use shared::limits::SNAPSHOT_PART_BYTES;
use testkit::fixtures::{element_id, ink, put, scattered_points, stroke};

use super::*;

const fn is_part(message: &ServerMsg) -> bool {
    matches!(message, ServerMsg::Snapshot(_))
}

const fn is_heartbeat(message: &ServerMsg) -> bool {
    matches!(message, ServerMsg::Heartbeat(_))
}

/// Puts strokes on a board that are longer than the first window of a session.
async fn draw_much(rooms: &TestRooms, board: BoardId) {
    let mut ann = rooms.join(board, 1).await;
    ann.until_sent(welcome).await;
    for number in 1..=8 {
        let drawn = stroke(
            element_id(number),
            ink(scattered_points(number, 5_000, 2_048.0)),
        );
        ann.send(ClientMsg::Commit(commit(number, vec![put(drawn)])))
            .await;
        ann.until_sent(|message| matches!(message, ServerMsg::Ack { cno, .. } if *cno == number))
            .await;
    }
    ann.leave().await;
}

#[tokio::test]
async fn a_session_without_budget_is_sent_one_part_until_it_acknowledges() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    draw_much(&rooms, board).await;
    // Other clients of the board have not acknowledged the parts that they were sent.
    let mut others = rooms
        .transfer
        .session(board, IpAddr::from([127, 0, 0, 9]).into());
    others.set_used(u64::from(u32::MAX));
    let mut bob = rooms.join(board, 2).await;
    let (mut sent, mut has_part) = (0, false);
    // Heartbeats go on without budget. The first one behind a part shows that no other part comes.
    loop {
        let batch = bob.batch().await;
        sent += batch.iter().map(Bytes::len).sum::<usize>();
        let messages = batch.iter().map(|frame| decode(frame, usize::MAX).unwrap());
        let messages: Vec<ServerMsg> = messages.collect();
        has_part |= messages.iter().any(is_part);
        if has_part && messages.iter().any(is_heartbeat) {
            break;
        }
    }
    assert!(sent < 2 * SNAPSHOT_PART_BYTES, "{sent} bytes");
    drop(others);
    while sent < 3 * SNAPSHOT_PART_BYTES {
        sent += bob.batch().await.iter().map(Bytes::len).sum::<usize>();
    }
}
