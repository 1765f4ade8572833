//! Owners manage links and settings over REST and the server function; others do not.

use std::path::Path;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::api::{ApiError, BoardManagement, ManageBoard, ManageRequest};
use shared::id::{BoardId, ClientId, LinkId, PersonId, Secret};
use testkit::board::{Board, Link};

use crate::functions::call;
use crate::owner::{Asker, in_ms};
use crate::test_server::TestServer;

/// Every request of REST about links and settings, on link 1.
fn requests() -> [(Method, &'static str, Value); 6] {
    [
        (Method::GET, "/links", Value::Null),
        (Method::POST, "/links", json!({ "role": "view" })),
        (Method::PATCH, "/links/1", json!({ "label": "Team" })),
        (Method::POST, "/links/1/rotate", Value::Null),
        (Method::DELETE, "/links/2", Value::Null),
        (Method::PATCH, "/settings", json!({ "viewers_chat": true })),
    ]
}

#[tokio::test]
async fn each_request_is_answered_for_owners_only() {
    let server = TestServer::start().await;
    let board = server.board().await;
    for link in [board.edit, board.view] {
        let asker = Asker::with(&server, link);
        for (method, path, body) in requests() {
            let (status, _) = asker.ask(method, path, body).await;
            assert_eq!(status, 403, "{path}");
        }
    }
    let mut wrong = board.owner;
    wrong.secret = Secret::from_bytes([9; 16]);
    for (method, path, body) in requests() {
        let asker = Asker::with(&server, wrong);
        assert_eq!(asker.ask(method, path, body).await.0, 404, "{path}");
    }
    let owner = Asker::owner(&server, &board);
    assert_eq!(owner.links().await.len(), 3, "nothing was changed");
    for (method, path, body) in requests() {
        let (status, answer) = owner.ask(method, path, body).await;
        assert!(status.is_success(), "{path}: {answer}");
    }
    let stranger = reqwest::get(server.url(&format!("/api/v1/boards/{}/links", board.id)));
    assert_eq!(stranger.await.unwrap().status(), 401);
}

#[tokio::test]
async fn the_first_three_links_are_listed_as_they_were_given() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let links = Asker::owner(&server, &board).links().await;
    for ((link, role), shown) in [
        (board.owner, "owner"),
        (board.edit, "edit"),
        (board.view, "view"),
    ]
    .into_iter()
    .zip(&links)
    {
        assert_eq!(shown["role"], role);
        assert_eq!(shown["url"], link.at(&server.url("")));
        assert_eq!(shown["ended"], Value::Null);
        assert_eq!(shown["is_own"], role == "owner");
        assert_eq!(shown["people"], 0);
    }
}

#[tokio::test]
async fn a_link_is_made_changed_and_revoked() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let expires_ms = in_ms(3_600_000);
    let terms = json!({ "role": "edit", "label": " Class 7b ", "expires_ms": expires_ms });
    let (id, link) = owner.make(terms).await;
    assert_eq!(id, 3);
    let visitor = Asker::with(&server, link);
    assert_eq!(visitor.get("").await.1["role"], "edit");

    let changed = owner.change(id, json!({ "max_people": 30 })).await;
    assert_eq!(changed["label"], "Class 7b");
    assert_eq!(changed["expires_ms"], expires_ms);
    assert_eq!(changed["max_people"], 30);
    let changes = json!({ "label": "", "expires_ms": null });
    let changed = owner.change(id, changes).await;
    assert_eq!(changed["label"], "");
    assert_eq!(changed["expires_ms"], Value::Null);
    assert_eq!(changed["max_people"], 30);

    assert_eq!(owner.revoke(id).await, 204);
    let (status, problem) = visitor.get("").await;
    assert_eq!(status, 410);
    assert_eq!(problem["detail"], "this link was revoked");
    assert_eq!(owner.revoke(id).await, 404);
    let shown = &owner.links().await[3];
    assert_eq!(shown["url"], Value::Null);
    assert_eq!(shown["ended"]["reason"], "revoked");
}

#[tokio::test]
async fn a_second_owner_sees_and_changes_everything() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let first = Asker::owner(&server, &board);
    let (_, link) = first.make(json!({ "role": "owner" })).await;
    let second = Asker::with(&server, link);
    let urls = |links: Vec<Value>| links.into_iter().map(|link| link["url"].clone());
    let seen: Vec<Value> = urls(second.links().await).collect();
    assert_eq!(seen, urls(first.links().await).collect::<Vec<_>>());
    assert_eq!(second.revoke(0).await, 204);
    assert_eq!(first.get("/links").await.0, 410);
    // The second one still knows the secret from which all links are made.
    let (_, third) = second.make(json!({ "role": "edit" })).await;
    assert_eq!(Asker::with(&server, third).get("").await.0, 200);
    assert_eq!(second.revoke(3).await, 409, "the last owner link stays");
}

#[tokio::test]
async fn a_rotated_link_works_by_its_new_secret_only() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    owner.change(1, json!({ "label": "Team" })).await;
    let (id, link) = owner.rotate(1).await;
    assert_ne!(link.secret, board.edit.secret);
    assert_eq!(Asker::with(&server, link).get("").await.1["role"], "edit");
    assert_eq!(Asker::with(&server, board.edit).get("").await.0, 410);
    let links = owner.links().await;
    assert_eq!(links[usize::try_from(id).unwrap()]["label"], "Team");

    let (_, own) = owner.rotate(0).await;
    assert_eq!(owner.get("/links").await.0, 410);
    let owner = Asker::with(&server, own);
    let links = owner.links().await;
    let own: Vec<bool> = links.iter().map(|link| link["is_own"] == true).collect();
    assert_eq!(own, [false, false, false, false, true]);
    assert_eq!(Asker::with(&server, link).get("").await.0, 200);
}

#[tokio::test]
async fn a_link_that_expired_is_gone_and_can_be_given_more_time() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let viewer = Asker::with(&server, board.view);
    let soon = json!({ "expires_ms": in_ms(300) });
    owner.change(2, soon).await;
    assert_eq!(viewer.get("").await.0, 200);
    let gone = async {
        loop {
            let (status, problem) = viewer.get("").await;
            if status == 410 {
                return problem;
            }
        }
    };
    let problem = tokio::time::timeout(testkit::PATIENCE, gone).await.unwrap();
    assert_eq!(problem["detail"], "this link has expired");
    assert_eq!(owner.links().await[2]["ended"]["reason"], "expired");
    owner.change(2, json!({ "expires_ms": null })).await;
    assert_eq!(viewer.get("").await.0, 200);
}

#[tokio::test]
async fn wrong_inputs_get_one_clear_error() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let long = "x".repeat(61);
    for (method, path, body, wanted) in [
        (Method::POST, "/links", json!({}), 400),
        (Method::POST, "/links", Value::Null, 400),
        (Method::POST, "/links", json!({ "role": "boss" }), 400),
        (
            Method::POST,
            "/links",
            json!({ "role": "view", "id": 7 }),
            400,
        ),
        (
            Method::POST,
            "/links",
            json!({ "role": "view", "label": long }),
            422,
        ),
        (
            Method::POST,
            "/links",
            json!({ "role": "view", "expires_ms": 1 }),
            422,
        ),
        (
            Method::POST,
            "/links",
            json!({ "role": "view", "max_people": 0 }),
            422,
        ),
        (
            Method::POST,
            "/links",
            json!({ "role": "view", "max_people": -1 }),
            400,
        ),
        (Method::PATCH, "/links/1", Value::Null, 400),
        (Method::PATCH, "/links/1", json!({ "role": "owner" }), 400),
        (
            Method::PATCH,
            "/links/0",
            json!({ "expires_ms": in_ms(60_000) }),
            409,
        ),
        (Method::PATCH, "/links/77", json!({ "label": "" }), 404),
        (Method::PATCH, "/links/first", json!({ "label": "" }), 404),
        (Method::DELETE, "/links/0", Value::Null, 409),
        (Method::DELETE, "/links/4294967296", Value::Null, 404),
        (Method::POST, "/links/77/rotate", Value::Null, 404),
        (Method::PUT, "/links/1", Value::Null, 405),
        (Method::PATCH, "/settings", json!({ "frozen": "yes" }), 400),
        (Method::PATCH, "/settings", Value::Null, 400),
    ] {
        let (status, problem) = owner.ask(method, path, body.clone()).await;
        assert_eq!(status, wanted, "{path} {body}: {problem}");
        assert!(problem["detail"].is_string());
    }
    assert_eq!(owner.links().await.len(), 3, "nothing was changed");
}

#[tokio::test]
async fn settings_are_changed_one_by_one_and_a_frozen_board_is_renamed_by_owners_only() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let set = async |body| owner.ask(Method::PATCH, "/settings", body).await.1;
    set(json!({ "viewers_chat": true })).await;
    let settings = set(json!({ "frozen": true })).await;
    let wanted = json!({
        "viewers_chat": true, "viewers_see_cursors": true, "editors_gather": true, "frozen": true,
        "programs_propose": false,
    });
    assert_eq!(settings, wanted);
    let title = json!({ "title": "New" });
    let editor = Asker::with(&server, board.edit);
    let renamed = editor.ask(Method::PATCH, "", title.clone()).await;
    assert_eq!(renamed.0, 403);
    assert_eq!(owner.ask(Method::PATCH, "", title).await.0, 200);
}

#[tokio::test]
async fn a_board_of_an_earlier_version_keeps_its_link_and_can_be_managed() {
    let data = tempfile::tempdir().unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let kept = tests.join("golden_store/v4.redb");
    std::fs::copy(kept, data.path().join("boards.redb")).unwrap();
    let server = TestServer::on_dir(data.path()).await;
    // The file holds one board, which has an owner link alone.
    let first = Link {
        board: BoardId::from_bytes([0x0b; 16]),
        secret: Secret::from_bytes([0x05; 16]),
    };
    let owner = Asker::with(&server, first);
    let links = owner.links().await;
    assert_eq!(links.len(), 1);
    assert_eq!(links[0]["url"], first.at(&server.url("")));
    let (_, edit) = owner.make(json!({ "role": "edit" })).await;
    let (_, second) = owner.rotate(0).await;
    assert_eq!(owner.get("").await.0, 410);
    assert_eq!(Asker::with(&server, second).links().await.len(), 3);
    let info = Asker::with(&server, edit).get("").await.1;
    assert_eq!(info["title"], "Golden board");
}

async fn manage(
    server: &TestServer,
    board: &Board,
    secret: Secret,
    request: ManageRequest,
) -> Result<BoardManagement, (StatusCode, ApiError)> {
    let arguments = ManageBoard {
        board: board.id,
        secret,
        request,
    };
    call(server, "manage_board", &arguments).await
}

#[tokio::test]
async fn the_function_of_the_page_answers_with_the_whole_state() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let person = PersonId::from_bytes([1; 16]);
    let client = ClientId::from_bytes([2; 16]);
    let name = || "Ann".to_owned();
    let requests = [
        ManageRequest::List,
        ManageRequest::Freeze(true),
        ManageRequest::Mute {
            person,
            name: name(),
            on: true,
        },
        ManageRequest::Remove {
            person,
            client,
            name: name(),
        },
        ManageRequest::RotateLink { id: LinkId(0) },
    ];
    for secret in [board.edit.secret, board.view.secret] {
        for request in requests.clone() {
            let refused = manage(&server, &board, secret, request).await;
            assert_eq!(refused, Err((StatusCode::FORBIDDEN, ApiError::Forbidden)));
        }
    }
    let mut last = None;
    for request in requests {
        let answer = manage(&server, &board, board.owner.secret, request).await;
        last = Some(answer.unwrap());
    }
    let state = last.unwrap();
    assert!(state.settings.frozen);
    assert_eq!((state.muted.len(), state.removed.len()), (1, 1));
    assert_eq!(state.removed[0].client, client);
    assert_eq!(state.links.len(), 4);
    let own = state.links.iter().filter(|link| link.is_own);
    let valid: Vec<_> = own.filter(|link| link.ended.is_none()).collect();
    assert_eq!(valid.len(), 1);
    assert_eq!(valid[0].id, LinkId(3));
    let gone = manage(&server, &board, board.owner.secret, ManageRequest::List).await;
    assert_eq!(gone, Err((StatusCode::GONE, ApiError::LinkRevoked)));
}

#[tokio::test]
async fn a_record_is_not_changed_again_and_again() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let freeze = async |on| {
        let request = ManageRequest::Freeze(on);
        manage(&server, &board, board.owner.secret, request).await
    };
    let mut refused = Ok(());
    for number in 0..120 {
        refused = freeze(number % 2 == 0).await.map(drop);
        if refused.is_err() {
            break;
        }
    }
    let (status, error) = refused.unwrap_err();
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(matches!(error, ApiError::TooMany { .. }));
    let listed = manage(&server, &board, board.owner.secret, ManageRequest::List).await;
    assert!(listed.is_ok(), "reading is not limited");
}
