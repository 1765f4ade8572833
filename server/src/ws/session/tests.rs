//! A session on channels instead of a socket, in paused time.

use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::StreamExt as _;
use futures::channel::mpsc as wire;
use shared::id::{ClientKey, LinkId, PersonId};
use shared::protocol::{ClientMsg, LiveUpdate, Profile, Role, encode};
use testkit::fixtures::commit;
use tokio::time::{Instant, sleep};

use super::super::shared_socket::PING_ALONE;
use super::*;
use crate::cpu_budget::CpuBudgets;
use crate::open_limit::OpenLimit;
use crate::people_limit::{Newcomer, PeopleLimit};
use crate::room::Admission;
use crate::transfer_budget::TransferBudget;

/// The client's end of the socket.
struct ClientEnd {
    send: wire::UnboundedSender<Result<Message, wire::SendError>>,
    received: wire::Receiver<Message>,
}

/// The server's end of the socket.
struct ServerEnd {
    received: wire::UnboundedReceiver<Result<Message, wire::SendError>>,
    send: wire::Sender<Message>,
}

impl Stream for ServerEnd {
    type Item = Result<Message, wire::SendError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.received).poll_next(cx)
    }
}

impl Sink<Message> for ServerEnd {
    type Error = wire::SendError;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.send.poll_ready(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, item: Message) -> Result<(), Self::Error> {
        self.send.start_send(item)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Pin::new(&mut self.send).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Pin::new(&mut self.send).poll_close(cx)
    }
}

/// A running session, with a client at one end and a room at the other.
struct TestSession {
    client: ClientEnd,
    room: mpsc::Receiver<RoomMsg>,
    handle: SessionHandle,
    started: Instant,
    running: tokio::task::JoinHandle<SessionEnd>,
}

impl TestSession {
    fn new() -> Self {
        let (send, received) = wire::unbounded();
        let (write, written) = wire::channel(0);
        let near = ServerEnd {
            received,
            send: write,
        };
        let (mailbox, room) = mpsc::channel(64);
        let (closer, closed) = oneshot::channel();
        let clock = Clock::start();
        let caller = Caller::from(IpAddr::from([127, 0, 0, 1]));
        let board = BoardId::from_bytes([1; 16]);
        let metrics = Arc::new(Metrics::default());
        let cpu = CpuBudgets::new(clock, &metrics).account(board, caller);
        let transfer = TransferBudget::default().session(board, caller);
        let client = ClientKey::from_bytes([1; 16]).client_id();
        let newcomer = Newcomer {
            client,
            role: Role::Edit,
            caller,
        };
        let admission = Admission {
            link: LinkId(0),
            client,
            person: PersonId::of(client, None),
            revision: 0,
            is_program: false,
            on_behalf_of: None,
            caller,
        };
        let session = Session {
            session: SessionNo(1),
            mailbox,
            closed,
            clock,
            cpu: cpu.clone(),
            watch: FrameWatch::default(),
            metrics: Arc::clone(&metrics),
            open: OpenLimit::new(1, 1).try_acquire(caller).unwrap(),
            person: PeopleLimit::default().try_enter(board, newcomer).unwrap(),
        };
        let socket = SharedSocket::new(near);
        let writer = socket.writer();
        let running = tokio::spawn(async move { session.run(&socket).await });
        let client = ClientEnd {
            send,
            received: written,
        };
        Self {
            client,
            room,
            handle: SessionHandle {
                writer,
                closer,
                cpu,
                transfer,
                person: metrics.person_joined(),
                admission,
            },
            started: Instant::now(),
            running,
        }
    }

    fn send(&self, message: Message) {
        self.client.send.unbounded_send(Ok(message)).unwrap();
    }

    fn send_message(&self, message: &ClientMsg) {
        self.send(Message::Binary(encode(message).unwrap()));
    }
}

/// How long it took until the session ended, and how.
async fn end(running: tokio::task::JoinHandle<SessionEnd>, started: Instant) -> (u64, SessionEnd) {
    let end = running.await.unwrap();
    (started.elapsed().as_secs(), end)
}

#[tokio::test(start_paused = true)]
async fn a_client_that_sends_nothing_for_nine_seconds_is_closed() {
    let TestSession {
        mut client,
        running,
        started,
        handle: _handle,
        room: _room,
        ..
    } = TestSession::new();
    // The client reads the pings and answers none.
    let taking = tokio::spawn(async move { while client.received.next().await.is_some() {} });
    assert_eq!(
        end(running, started).await,
        (9, SessionEnd::Close(CloseCode::Silent))
    );
    taking.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_that_answers_pings_stays() {
    let TestSession {
        mut client,
        running,
        started,
        handle,
        room: _room,
    } = TestSession::new();
    for _ in 0..20 {
        assert!(matches!(
            client.received.next().await,
            Some(Message::Ping(_))
        ));
        client
            .send
            .unbounded_send(Ok(Message::Pong(Bytes::new())))
            .unwrap();
    }
    assert!(started.elapsed() >= 20 * PING_ALONE && !running.is_finished());
    drop(handle);
    assert_eq!(
        running.await.unwrap(),
        SessionEnd::Close(CloseCode::Unavailable)
    );
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_for_ten_seconds_is_too_slow() {
    let TestSession {
        client,
        running,
        started,
        handle,
        room: _room,
    } = TestSession::new();
    // It is alive, it only does not read.
    let alive = client.send.clone();
    let beating = tokio::spawn(async move {
        while alive
            .unbounded_send(Ok(Message::Pong(Bytes::new())))
            .is_ok()
        {
            sleep(Duration::from_secs(1)).await;
        }
    });
    handle.writer.send(vec![Bytes::from_static(b"x"); 10]);
    assert_eq!(
        end(running, started).await,
        (10, SessionEnd::Close(CloseCode::Slow))
    );
    drop(client);
    beating.abort();
}

#[tokio::test(start_paused = true)]
async fn frames_sent_before_the_room_closed_the_session_go_out_first() {
    let TestSession {
        mut client,
        running,
        handle,
        room: _room,
        ..
    } = TestSession::new();
    handle.writer.send(vec![Bytes::from_static(b"goodbye")]);
    handle.closer.send(CloseCode::Restart).unwrap();
    let mut received = Vec::new();
    while let Some(message) = client.received.next().await {
        received.push(message);
    }
    assert!(received.contains(&Message::Binary(Bytes::from_static(b"goodbye"))));
    assert_eq!(
        running.await.unwrap(),
        SessionEnd::Close(CloseCode::Restart)
    );
}

#[tokio::test(start_paused = true)]
async fn messages_reach_the_room_in_order_and_then_the_leave() {
    let mut test = TestSession::new();
    let profile = ClientMsg::Profile(Profile::default());
    let cursor = ClientMsg::Live(LiveUpdate::Cursor(None));
    test.send_message(&profile);
    test.send_message(&cursor);
    test.send(Message::Close(None));
    for expected in [profile, cursor] {
        let Some(RoomMsg::Receive { message, .. }) = test.room.recv().await else {
            panic!()
        };
        assert_eq!(*message, expected);
    }
    assert!(matches!(
        test.room.recv().await,
        Some(RoomMsg::Leave(SessionNo(1)))
    ));
    assert_eq!(test.running.await.unwrap(), SessionEnd::Disconnected);
}

#[tokio::test(start_paused = true)]
async fn the_third_malformed_frame_closes_the_session() {
    let mut test = TestSession::new();
    test.send(Message::text("one"));
    test.send(Message::binary(vec![0xc1]));
    test.send_message(&ClientMsg::Live(LiveUpdate::Cursor(None)));
    assert!(matches!(
        test.room.recv().await,
        Some(RoomMsg::Receive { .. })
    ));
    assert!(!test.running.is_finished());
    test.send(Message::binary(vec![0x91; 10_000]));
    assert_eq!(
        test.running.await.unwrap(),
        SessionEnd::Close(CloseCode::Protocol)
    );
}

#[tokio::test(start_paused = true)]
async fn a_busy_room_slows_the_client_down_and_loses_nothing() {
    let mut test = TestSession::new();
    for cno in 1..=200 {
        test.send_message(&ClientMsg::Commit(commit(cno, Vec::new())));
    }
    // More than its mailbox holds, and nobody reads it for a while.
    sleep(Duration::from_secs(2)).await;
    let mut received = 0;
    while received < 200 {
        if let Some(RoomMsg::Receive { .. }) = test.room.recv().await {
            received += 1;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_whose_work_was_expensive_is_read_slowly() {
    let mut test = TestSession::new();
    let second = Duration::from_secs(1);
    let commit_of = |cno| ClientMsg::Commit(commit(cno, Vec::new()));
    test.send_message(&commit_of(1));
    assert!(test.room.recv().await.is_some());
    // The room says what the first commit cost: a second more than a connection may use at once.
    test.handle.cpu.charge(2 * second);
    test.send_message(&commit_of(2));
    test.send_message(&commit_of(3));
    // The session had begun to wait for a frame before it was charged.
    assert!(test.room.recv().await.is_some());
    assert!(test.started.elapsed() < second);
    assert!(test.room.recv().await.is_some());
    let waited = test.started.elapsed();
    assert!((4 * second..6 * second).contains(&waited), "{waited:?}");
}
