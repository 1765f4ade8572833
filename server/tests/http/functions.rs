//! Server functions, called as the browser client calls them.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{ApiError, BoardInfo, CreateBoard, CreatedBoard, RenameBoard};
use shared::id::Secret;
use shared::protocol::Role;
use testkit::board::{Board, Link};

use crate::test_server::TestServer;

fn post<T: Serialize>(server: &TestServer, function: &str, arguments: &T) -> RequestBuilder {
    Client::new()
        .post(server.url(&format!("/sfn/{function}")))
        .header("content-type", "application/msgpack")
        .header("accept", "application/msgpack")
        .header("origin", server.url(""))
        .body(rmp_serde::to_vec(arguments).unwrap())
}

pub(crate) async fn call<A: Serialize, T: DeserializeOwned>(
    server: &TestServer,
    function: &str,
    arguments: &A,
) -> Result<T, (StatusCode, ApiError)> {
    let answer = post(server, function, arguments).send().await.unwrap();
    let status = answer.status();
    let bytes = answer.bytes().await.unwrap();
    if status.is_success() {
        Ok(rmp_serde::from_slice(&bytes).unwrap())
    } else {
        Err((status, rmp_serde::from_slice(&bytes).unwrap()))
    }
}

#[tokio::test]
async fn a_board_is_made_and_renamed() {
    let server = TestServer::start().await;
    let title = Some("Plan".to_owned());
    let created: CreatedBoard = call(&server, "create_board", &CreateBoard { title })
        .await
        .unwrap();
    assert_eq!(created.title, "Plan");
    assert!(created.links.view.starts_with(&server.url("/b/")));
    let board = created.board;
    let secret = |link: &str| link.parse::<Link>().unwrap().secret;
    let renamed = RenameBoard {
        board,
        secret: secret(&created.links.edit),
        title: "Other".to_owned(),
    };
    let info: BoardInfo = call(&server, "rename_board", &renamed).await.unwrap();
    assert_eq!(
        info,
        BoardInfo {
            board,
            title: "Other".to_owned(),
            role: Role::Edit
        }
    );
}

#[tokio::test]
async fn errors_arrive_as_they_are_and_with_their_status() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let rename = |secret, title: &str| RenameBoard {
        board: board.id,
        secret,
        title: title.to_owned(),
    };
    let ask = async |arguments| call::<_, BoardInfo>(&server, "rename_board", &arguments).await;
    let wrong = Secret::from_bytes([9; 16]);
    assert_eq!(
        ask(rename(wrong, "x")).await,
        Err((StatusCode::NOT_FOUND, ApiError::NoAccess))
    );
    assert_eq!(
        ask(rename(board.view.secret, "x")).await,
        Err((StatusCode::FORBIDDEN, ApiError::Forbidden))
    );
    let title = Some("x".repeat(500));
    let made = call::<_, CreatedBoard>(&server, "create_board", &CreateBoard { title }).await;
    assert_eq!(
        made,
        Err((StatusCode::UNPROCESSABLE_ENTITY, ApiError::BadTitle))
    );
}

#[tokio::test]
async fn a_board_is_not_renamed_again_and_again() {
    let server = TestServer::start().await;
    let (board, other) = (server.board().await, server.board().await);
    let rename = async |board: &Board, number: usize| {
        let arguments = RenameBoard {
            board: board.id,
            secret: board.edit.secret,
            title: format!("Title {number}"),
        };
        call::<_, BoardInfo>(&server, "rename_board", &arguments).await
    };
    for number in 0..60 {
        rename(&board, number).await.unwrap();
    }
    // At most a few are free again after the time that this took.
    let mut refused = Ok(());
    for number in 0..60 {
        refused = rename(&board, number).await.map(drop);
        if refused.is_err() {
            break;
        }
    }
    let (status, error) = refused.unwrap_err();
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(matches!(error, ApiError::TooMany { .. }), "{error:?}");
    rename(&other, 0).await.unwrap();
}

#[tokio::test]
async fn answers_are_messagepack_byte_for_byte() {
    let server = TestServer::start().await;
    let board = server.board().await;
    // An array of id, secret and title; the answer is one of id, title and role.
    let call = [
        &[0x93, 0xc4, 16][..],
        board.id.as_bytes(),
        &[0xc4, 16],
        board.edit.secret.as_bytes(),
        b"\xa4Plan",
    ];
    let asked = async |call: Vec<u8>| {
        let asked = Client::new()
            .post(server.url("/sfn/rename_board"))
            .header("content-type", "application/msgpack")
            .body(call);
        asked.send().await.unwrap()
    };
    let answer = asked(call.concat()).await;
    assert_eq!(answer.headers()["content-type"], "application/msgpack");
    let expected = [
        &[0x93, 0xc4, 16][..],
        board.id.as_bytes(),
        b"\xa4Plan\xa4edit",
    ];
    assert_eq!(answer.bytes().await.unwrap(), expected.concat());
    let wrong = [&call[..3], &[&[9; 16], &b"\xa4Plan"[..]]].concat();
    let answer = asked(wrong.concat()).await;
    assert_eq!(&answer.bytes().await.unwrap()[..], b"\xa8NoAccess");
}

#[tokio::test]
async fn pages_of_foreign_origins_cannot_call() {
    let server = TestServer::start().await;
    let arguments = CreateBoard { title: None };
    let foreign = [("origin", "https://evil.example"), ("origin", "null")];
    for (name, value) in foreign {
        let asked = Client::new()
            .post(server.url("/sfn/create_board"))
            .header("content-type", "application/msgpack")
            .header(name, value)
            .body(rmp_serde::to_vec(&arguments).unwrap());
        assert_eq!(asked.send().await.unwrap().status(), 403, "{value}");
    }
    let cross = Client::new()
        .post(server.url("/sfn/create_board"))
        .header("content-type", "application/msgpack")
        .header("sec-fetch-site", "cross-site")
        .body(rmp_serde::to_vec(&arguments).unwrap());
    assert_eq!(cross.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn a_malformed_call_is_refused() {
    let server = TestServer::start().await;
    let status = async |function: &str, kind: &str, body: Vec<u8>| {
        let url = server.url(&format!("/sfn/{function}"));
        let asked = Client::new()
            .post(url)
            .header("content-type", kind)
            .body(body);
        asked.send().await.unwrap().status().as_u16()
    };
    let msgpack = "application/msgpack";
    assert_eq!(
        status("create_board", "text/plain", vec![0x91, 0xc0]).await,
        415
    );
    assert_eq!(status("create_board", msgpack, vec![0; 20_000]).await, 413);
    for body in [
        &[0xc1, 1, 2][..],
        &[],
        &[0x91],
        &[0x91, 1],
        &[0x92, 0xc0, 0xc0],
        &[0xdd; 9],
    ] {
        assert_eq!(
            status("create_board", msgpack, body.to_vec()).await,
            400,
            "{body:?}"
        );
        assert_eq!(
            status("rename_board", msgpack, body.to_vec()).await,
            400,
            "{body:?}"
        );
    }
    assert_eq!(status("no_such", msgpack, vec![0x91, 0xc0]).await, 404);
    // The server goes on.
    assert_eq!(status("create_board", msgpack, vec![0x91, 0xc0]).await, 200);
}
