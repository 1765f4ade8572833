//! A session on channels instead of a socket, in stopped time.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::channel::mpsc as wire;
use shared::protocol::{LiveItem, Profile, encode};
use tokio::time::{Instant, sleep};

use super::*;

/// A client's end: what it sends, and what it has been sent.
struct Far {
    say: wire::UnboundedSender<Result<Message, wire::SendError>>,
    hear: wire::Receiver<Message>,
}

/// A server's end.
struct Near {
    hear: wire::UnboundedReceiver<Result<Message, wire::SendError>>,
    say: wire::Sender<Message>,
}

impl Stream for Near {
    type Item = Result<Message, wire::SendError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.hear).poll_next(cx)
    }
}

impl Sink<Message> for Near {
    type Error = wire::SendError;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.say.poll_ready(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, item: Message) -> Result<(), Self::Error> {
        self.say.start_send(item)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Pin::new(&mut self.say).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Pin::new(&mut self.say).poll_close(cx)
    }
}

/// A session in conversation, a client at one end and a room at the other.
struct Scene {
    client: Far,
    room: mpsc::Receiver<RoomMsg>,
    line: Line,
    started: Instant,
    running: tokio::task::JoinHandle<End>,
}

impl Scene {
    fn new() -> Self {
        let (say, hear) = wire::unbounded();
        let (answer, answers) = wire::channel(0);
        let mut near = Near { hear, say: answer };
        let (mailbox, room) = mpsc::channel(64);
        let (frames, batches) = mpsc::channel(1);
        let (closer, closed) = oneshot::channel();
        let clock = Clock::start();
        let seat = Seat {
            session: SessionNo(1),
            mailbox,
            batches,
            closed,
            clock,
        };
        let running = tokio::spawn(async move { seat.converse(&mut near).await });
        let client = Far { say, hear: answers };
        Self {
            client,
            room,
            line: Line { frames, closer },
            started: Instant::now(),
            running,
        }
    }

    fn says(&self, message: Message) {
        self.client.say.unbounded_send(Ok(message)).unwrap();
    }

    fn says_msg(&self, message: &ClientMsg) {
        self.says(Message::Binary(encode(message).unwrap()));
    }
}

/// How long it took until the session ended, and how.
async fn end(running: tokio::task::JoinHandle<End>, started: Instant) -> (u64, End) {
    let end = running.await.unwrap();
    (started.elapsed().as_secs(), end)
}

#[tokio::test(start_paused = true)]
async fn nothing_heard_for_nine_seconds_ends_it() {
    let Scene {
        mut client,
        running,
        started,
        line: _line,
        room: _room,
        ..
    } = Scene::new();
    // The client takes the pings and answers none.
    let taking = tokio::spawn(async move { while client.hear.next().await.is_some() {} });
    assert_eq!(
        end(running, started).await,
        (9, End::Close(CloseCode::Silent))
    );
    taking.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_that_answers_pings_stays() {
    let Scene {
        mut client,
        running,
        started,
        line,
        room: _room,
    } = Scene::new();
    for _ in 0..20 {
        assert!(matches!(client.hear.next().await, Some(Message::Ping(_))));
        client
            .say
            .unbounded_send(Ok(Message::Pong(Bytes::new())))
            .unwrap();
    }
    assert!(started.elapsed() >= 19 * PING_EVERY && !running.is_finished());
    drop(line);
    assert_eq!(running.await.unwrap(), End::Close(CloseCode::Unavailable));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_for_ten_seconds_is_too_slow() {
    let Scene {
        client,
        running,
        started,
        line,
        room: _room,
    } = Scene::new();
    // It is alive, it only does not read.
    let alive = client.say.clone();
    let beating = tokio::spawn(async move {
        while alive
            .unbounded_send(Ok(Message::Pong(Bytes::new())))
            .is_ok()
        {
            sleep(Duration::from_secs(1)).await;
        }
    });
    line.frames
        .send(vec![Bytes::from_static(b"x"); 10])
        .await
        .unwrap();
    assert_eq!(
        end(running, started).await,
        (10, End::Close(CloseCode::Slow))
    );
    drop(client);
    beating.abort();
}

#[tokio::test(start_paused = true)]
async fn what_the_room_gave_before_it_closed_goes_out_first() {
    let Scene {
        mut client,
        running,
        line,
        room: _room,
        ..
    } = Scene::new();
    line.frames
        .send(vec![Bytes::from_static(b"goodbye")])
        .await
        .unwrap();
    line.closer.send(CloseCode::Restart).unwrap();
    drop(line.frames);
    let mut heard = Vec::new();
    while let Some(message) = client.hear.next().await {
        heard.push(message);
    }
    assert!(heard.contains(&Message::Binary(Bytes::from_static(b"goodbye"))));
    assert_eq!(running.await.unwrap(), End::Close(CloseCode::Restart));
}

#[tokio::test(start_paused = true)]
async fn messages_reach_the_room_in_order_and_the_end_is_told() {
    let mut scene = Scene::new();
    let profile = ClientMsg::Profile(Profile::default());
    let cursor = ClientMsg::Live(LiveItem::Cursor(None));
    scene.says_msg(&profile);
    scene.says_msg(&cursor);
    scene.says(Message::Close(None));
    for expected in [profile, cursor] {
        let Some(RoomMsg::Receive { message, .. }) = scene.room.recv().await else {
            panic!()
        };
        assert_eq!(*message, expected);
    }
    assert!(matches!(
        scene.room.recv().await,
        Some(RoomMsg::Leave(SessionNo(1)))
    ));
    assert_eq!(scene.running.await.unwrap(), End::Gone);
}

#[tokio::test(start_paused = true)]
async fn the_third_malformed_frame_ends_it() {
    let mut scene = Scene::new();
    scene.says(Message::text("one"));
    scene.says(Message::binary(vec![0xc1]));
    scene.says_msg(&ClientMsg::Live(LiveItem::Cursor(None)));
    assert!(matches!(
        scene.room.recv().await,
        Some(RoomMsg::Receive { .. })
    ));
    assert!(!scene.running.is_finished());
    scene.says(Message::binary(vec![0x91; 10_000]));
    assert_eq!(
        scene.running.await.unwrap(),
        End::Close(CloseCode::Protocol)
    );
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_busy_holds_the_client_up_and_loses_nothing() {
    let mut scene = Scene::new();
    for _ in 0..200 {
        scene.says_msg(&ClientMsg::Profile(Profile::default()));
    }
    // More than its mailbox holds, and nobody reads it for a while.
    sleep(Duration::from_secs(2)).await;
    let mut received = 0;
    while received < 200 {
        if let Some(RoomMsg::Receive { .. }) = scene.room.recv().await {
            received += 1;
        }
    }
}
