//! Live updates through a room.

use super::*;

#[test]
fn live_ink_of_many_never_makes_a_frame_too_large() {
    let mut test = TestRoom::new();
    let sessions: Vec<SessionNo> = (1..=40)
        .map(|who| test.join(who, &hello(who as u8, 1, None), Role::Edit))
        .collect();
    test.sent_to(sessions[0]);
    // As unpredictable as ink can be, so that it packs as badly as it can.
    let points: Vec<InkPoint> = (0..1_000)
        .map(|at| {
            let side = if at % 2 == 0 { 9.0e6 } else { -9.0e6 };
            InkPoint::new(side + f64::from(at), -side, (at % 2) as f32)
        })
        .collect();
    let ink = Ink::encode(&points, Quantum::FINEST).unwrap();
    for no in &sessions {
        test.send(
            *no,
            ClientMsg::Live(LiveUpdate::Ink {
                from: 0,
                ink: ink.clone(),
            }),
        );
    }
    test.advance(20);
    let frames = test.sent_frames(sessions[0]);
    let largest = frames.iter().map(Bytes::len).max().unwrap();
    assert!(largest <= MAX_FRAME_BYTES, "{largest}");
    let sent: usize = frames
        .iter()
        .map(|frame| match decode(frame, MAX_FRAME_BYTES).unwrap() {
            ServerMsg::Live(items) => items.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(sent, sessions.len());
    assert!(
        test.published
            .iter()
            .all(|relay| encode(relay).unwrap().len() <= MAX_FRAME_BYTES)
    );
}

#[test]
fn unsound_live_items_are_dropped() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::Black,
        width: f32::NAN,
        opacity: 255,
        z: OrderKey::first(),
    };
    let id = element_id(1);
    test.send(one, ClientMsg::Live(LiveUpdate::Begin { id, style }));
    for cursor in [[f32::NAN, 0.0], [0.0, f32::INFINITY], [1.0e9, 0.0]] {
        test.send(one, ClientMsg::Live(LiveUpdate::Cursor(Some(cursor))));
    }
    test.advance(50);
    assert!(
        !test
            .sent_to(one)
            .iter()
            .any(|message| matches!(message, ServerMsg::Live(_)))
    );
}

#[test]
fn a_complete_blob_is_announced_to_viewers_too_wherever_it_was_uploaded() {
    let mut test = TestRoom::new();
    let viewer = test.join(1, &hello(1, 1, None), Role::View);
    let [here, elsewhere] = [b"one", b"two"].map(|bytes| BlobHash::of(bytes));
    test.room.blob_ready(here);
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        message: RelayMessage::BlobReady(elsewhere),
    };
    test.room.on_relay(&encode(&relay).unwrap(), 0);
    test.advance(1);
    let announced = [here, elsewhere].map(ServerMsg::BlobReady);
    let sent = test.sent_to(viewer);
    assert!(announced.iter().all(|message| sent.contains(message)));
}
