//! What clients do shows in the metrics.

use reqwest::StatusCode;
use shared::model::Prop;
use shared::protocol::{ClientMsg, Hello, LiveUpdate, PROTOCOL_VERSION, ServerMsg};
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::{commit, commit_stroke, element_of, hello, put, set, stroke, wave};
use tokio_tungstenite::tungstenite::Message;

use crate::exposition::Scrape;
use crate::test_server::TestServer;
use crate::{metrics_of, server_on, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_boards_and_commits_are_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let (board, other) = (server.board().await, server.board().await);
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(server.address, board.view, 2).await;
    let (cem, _) = Client::join(server.address, other.edit, 3).await;
    for cno in 1..=3 {
        ann.send(&commit_stroke(1, cno, 10)).await;
        ann.receives_seq(cno).await;
        ben.receives_seq(cno).await;
    }
    // The answer of the store may come after the commit was acknowledged.
    let settled = |now: &Scrape| {
        now.value("commonslate_commits_acknowledged_total{level=\"durable\"}") == 3.0
            && now.value("commonslate_store_commit_seconds_count") == 3.0
    };
    let now = until(&server, settled).await;
    for (sample, value) in [
        ("commonslate_connections_open", 3.0),
        ("commonslate_connections_opened_total", 3.0),
        ("commonslate_boards_open", 2.0),
        ("commonslate_boards_opening", 0.0),
        ("commonslate_people", 3.0),
        ("commonslate_board_openings_total{outcome=\"opened\"}", 2.0),
        ("commonslate_board_opening_seconds_count", 2.0),
        ("commonslate_board_replay_seconds_count", 2.0),
        ("commonslate_commits_received_total", 3.0),
        ("commonslate_commits_accepted_total", 3.0),
        (
            "commonslate_commits_acknowledged_total{level=\"saved\"}",
            3.0,
        ),
        ("commonslate_commit_ack_seconds_count{level=\"saved\"}", 3.0),
        (
            "commonslate_commit_ack_seconds_count{level=\"durable\"}",
            3.0,
        ),
        ("commonslate_store_up", 1.0),
        ("commonslate_store_commit_seconds_count", 3.0),
        ("commonslate_store_batch_commits_sum", 3.0),
        ("commonslate_broker_connected", 1.0),
        (
            "commonslate_broker_messages_received_total{kind=\"durable\"}",
            3.0,
        ),
        ("commonslate_draining", 0.0),
    ] {
        assert_eq!(now.value(sample), value, "{sample}");
    }
    for sample in [
        "commonslate_frames_sent_total",
        "commonslate_sent_bytes_total",
        "commonslate_store_written_bytes_total",
        "commonslate_store_file_bytes",
        "commonslate_transfer_limit_bytes",
        "process_cpu_seconds_total",
        "process_resident_memory_bytes",
        "process_open_fds",
        "process_max_fds",
        "process_start_time_seconds",
    ] {
        assert!(now.value(sample) > 0.0, "{sample}");
    }
    drop((ann, ben, cem));
    let gone = |now: &Scrape| now.value("commonslate_connections_open") == 0.0;
    let now = until(&server, gone).await;
    let ended = "commonslate_connections_closed_total{reason=\"disconnected\"}";
    assert_eq!(
        (now.value(ended), now.value("commonslate_people")),
        (3.0, 0.0)
    );
}

/// Connects, sends one frame, and waits until the server closes the connection.
async fn is_closed(server: &TestServer, board: &Board, frame: Message) -> Option<u16> {
    let mut client = Client::connect(server.address, board.id).await;
    client.send_raw(frame).await;
    client.close_code().await
}

fn encoded(hello: Hello) -> Message {
    Message::Binary(shared::protocol::encode(&ClientMsg::Hello(hello)).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_counted_by_reason() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let board = server.board().await;
    let wrong = hello(shared::id::Secret::from_bytes([9; 16]), 1);
    let later = Hello {
        version: PROTOCOL_VERSION + 1,
        ..hello(board.edit.secret, 1)
    };
    is_closed(&server, &board, Message::text("hello")).await;
    is_closed(&server, &board, encoded(wrong)).await;
    is_closed(&server, &board, encoded(later)).await;

    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(server.address, board.view, 2).await;
    let unsound = commit(1, vec![set(element_of(1, 1), Prop::Width(f32::NAN))]);
    ann.send(&ClientMsg::Commit(unsound)).await;
    ben.send(&commit_stroke(2, 1, 5)).await;
    for client in [&mut ann, &mut ben] {
        let refused = |message| matches!(message, ServerMsg::Refused { .. }).then_some(());
        client.until("a refusal", refused).await;
    }
    // The server cannot read it, and it ends the session only after two more.
    ann.send_raw(Message::binary(vec![0xc1; 8])).await;
    // A live update of a kind that is not known.
    ann.send_raw(Message::binary(b"\x81\xa1l\x81\xa1?\x01".to_vec()))
        .await;

    let api = server.url("/api/v1/boards");
    let http = reqwest::Client::new();
    let asked = [
        (
            http.post(&api).header("origin", "https://evil.example"),
            403,
        ),
        (http.get(server.url("/api/v1/nothing")), 404),
        (
            http.get(server.url(&format!("/api/v1/boards/{}", board.id))),
            401,
        ),
        (http.delete(&api), 405),
        (http.post(&api).header("content-encoding", "gzip"), 415),
        (http.get(server.url(&format!("/ws/{}", board.id))), 426),
        (http.post(&api).json(&[1]), 400),
        (
            http.get(server.url(&format!("/api/v1/boards/{}", board.id)))
                .bearer_auth("wrong"),
            404,
        ),
    ];
    for (request, status) in asked {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::from_u16(status).unwrap());
    }
    let unreadable = "commonslate_live_dropped_total{reason=\"unreadable\"}";
    let now = until(&server, |now| now.value(unreadable) == 1.0).await;
    for (metric, reason) in [
        ("connections_closed", "protocol"),
        ("connections_closed", "no_access"),
        ("connections_closed", "version"),
        ("commits_refused", "invalid"),
        ("commits_refused", "view_only"),
        ("http_refusals", "foreign_origin"),
        ("http_refusals", "not_found"),
        ("http_refusals", "no_access"),
        ("http_refusals", "unauthorized"),
        ("http_refusals", "method_not_allowed"),
        ("http_refusals", "unsupported_media"),
        ("http_refusals", "no_upgrade"),
        ("http_refusals", "bad_request"),
    ] {
        let sample = format!("commonslate_{metric}_total{{reason=\"{reason}\"}}");
        assert_eq!(now.value(&sample), 1.0, "{sample}");
    }
    assert_eq!(now.value("commonslate_malformed_messages_total"), 1.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_label_grows_with_boards_or_people() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let before: Vec<String> = metrics_of(&server)
        .await
        .samples()
        .map(str::to_owned)
        .collect();
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
    let after: Vec<String> = metrics_of(&server)
        .await
        .samples()
        .map(str::to_owned)
        .collect();
    assert_eq!(after, before);
    let secrets = board.links().map(|link| link.secret.reveal().to_string());
    for hidden in [&board.id.to_string(), "Person", "127.0.0.1"]
        .into_iter()
        .chain(secrets.iter().map(String::as_str))
    {
        assert!(after.iter().all(|sample| !sample.contains(hidden)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_opened_again_is_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let board = server.board().await;
    std::fs::remove_file(data.path().join("boards.redb")).unwrap();
    let reopened = |now: &Scrape| now.value("commonslate_store_reopened_total") == 1.0;
    let now = until(&server, reopened).await;
    assert_eq!(now.value("commonslate_store_up"), 1.0);
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
}

/// Sends cursors beyond the limit, and then goes on within it.
async fn flood(ann: &mut Client) {
    for at in 0..1_500 {
        let cursor = LiveUpdate::Cursor(Some([at as f32, 0.0]));
        ann.send(&ClientMsg::Live(cursor)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_and_slow_readers_are_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let board = server.board().await;
    let mut slow = Client::connect_narrow(server.address, board.id).await;
    slow.send(&ClientMsg::Hello(hello(board.view.secret, 3)))
        .await;
    let mut stuck = Client::connect_narrow(server.address, board.id).await;
    stuck
        .send(&ClientMsg::Hello(hello(board.view.secret, 4)))
        .await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    flood(&mut ann).await;
    // More than the commits that a room keeps for readers that are behind.
    for cno in 1..=26 {
        let strokes = (0..10).map(|at| put(stroke(element_of(1, 100 * cno + at), wave(9_000))));
        let big = commit(cno, strokes.collect());
        ann.send(&ClientMsg::Commit(big)).await;
        ann.receives_seq(cno).await;
    }
    // Pages that are slow but read get a snapshot instead.
    let behind = slow.until("a new beginning", |message| {
        matches!(message, ServerMsg::NewEpoch { .. }).then_some(())
    });
    behind.await;
    // It answers no ping, because it does not read.
    let closed = "commonslate_connections_closed_total{reason=\"silent\"}";
    let now = until(&server, |now| now.value(closed) == 1.0).await;
    for counted in [
        "commonslate_sessions_restarted_total",
        "commonslate_live_coalesced_total",
        "commonslate_live_dropped_total{reason=\"rate_limit\"}",
    ] {
        assert!(now.value(counted) > 0.0, "{counted}");
    }
    drop(stuck);
}
