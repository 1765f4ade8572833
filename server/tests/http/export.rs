//! Boards as files over the REST API.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::time::Duration;

use formats::{embed, json};
use reqwest::{Client as Http, Response, StatusCode};
use server::config::{Config, RedisConfig, Storage};
use shared::id::Secret;
use shared::model::{Body, Marks, NewElement, RichText, StyledRun};
use shared::op::{Commit, Guard, Op};
use shared::protocol::ClientMsg;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::{element_of, ink, put, scattered_points, stroke};
use testkit::redis::{Redis, Version};
use tokio::time::{sleep, timeout};

use crate::golden_board;
use crate::test_server::TestServer;

pub(crate) async fn ask(
    server: &TestServer,
    board: &Board,
    secret: &Secret,
    file: &str,
) -> Response {
    let url = server.url(&format!("/api/v1/boards/{}/{file}", board.id));
    let request = Http::new().get(url).bearer_auth(secret.reveal());
    request.send().await.unwrap()
}

pub(crate) async fn export(server: &TestServer, board: &Board, file: &str) -> Vec<u8> {
    let answer = ask(server, board, &board.view.secret, file).await;
    let status = answer.status();
    let body = answer.bytes().await.unwrap();
    assert_eq!(status, 200, "{file}: {}", String::from_utf8_lossy(&body));
    body.into()
}

async fn draw(ops: Vec<Op>, cno: u64, client: &mut Client) {
    let guard = Guard::Any;
    client
        .send(&ClientMsg::Commit(Commit { cno, guard, ops }))
        .await;
    client.receives_seq(cno).await;
}

async fn draw_golden(server: &TestServer, board: &Board) {
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let elements = golden_board::elements().into_iter();
    let ops = elements.map(|new| Op::Put(Box::new(new))).collect();
    draw(ops, 1, &mut ann).await;
}

/// Width and height of a PNG file that can be decoded to its end.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height)
}

fn ids(elements: &[NewElement]) -> BTreeSet<String> {
    elements.iter().map(|new| new.id.to_string()).collect()
}

async fn each_format(server: &TestServer) {
    let board = server.board().await;
    draw_golden(server, &board).await;
    let all = ids(&golden_board::elements());
    let scene = json::read(&export(server, &board, "export.json").await).unwrap();
    assert_eq!(ids(&scene.elements), all);
    assert_eq!(scene.title, "Untitled board");
    let svg = String::from_utf8(export(server, &board, "export.svg?embed=true").await).unwrap();
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"));
    let inside = embed::svg::scene(&svg).unwrap().unwrap();
    assert_eq!(ids(&json::read(inside.as_bytes()).unwrap().elements), all);
    let png = export(server, &board, "export.png?embed=true&width=640").await;
    assert_eq!(png_size(&png).0, 640);
    let inside = embed::png::scene(&png).unwrap().unwrap();
    assert_eq!(ids(&json::read(inside.as_bytes()).unwrap().elements), all);
    assert!(
        export(server, &board, "export.pdf")
            .await
            .starts_with(b"%PDF-")
    );
    let answer = ask(server, &board, &board.view.secret, "export.excalidraw").await;
    assert!(
        answer.headers()["commonslate-not-kept"]
            .to_str()
            .unwrap()
            .contains("bold")
    );
    let scene: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(scene["type"], "excalidraw");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_on_the_embedded_store_is_exported_in_each_format() {
    each_format(&TestServer::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_on_redis_is_exported_in_each_format() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let config = Config::local(Storage::Redis(RedisConfig::at(&redis.url()).unwrap()));
    each_format(&TestServer::with(config).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_chooses_what_is_shown_and_how() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_golden(&server, &board).await;
    let elements = golden_board::elements();
    let frame = elements
        .iter()
        .find(|new| matches!(new.body, Body::Frame))
        .unwrap();
    let of_frame = format!("export.png?frame={}&scale=2", frame.id);
    let size = frame.props.size().map(|side| (side * 2.0) as u32);
    assert_eq!(
        png_size(&export(&server, &board, &of_frame).await),
        (size[0], size[1])
    );
    let one = format!("export.json?elements={}", elements[0].id);
    let scene = json::read(&export(&server, &board, &one).await).unwrap();
    assert_eq!(ids(&scene.elements), ids(&elements[..1]));
    let dark = String::from_utf8(export(&server, &board, "export.svg?theme=dark").await).unwrap();
    assert!(dark.contains("fill=\"#15181c\""));
    let clear = export(&server, &board, "export.svg?background=transparent&scale=3").await;
    assert!(
        !String::from_utf8(clear)
            .unwrap()
            .contains("fill=\"#fdfdfc\"")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_board_is_exported_in_each_format() {
    let server = TestServer::start().await;
    let board = server.board().await;
    for format in ["json", "svg", "png", "pdf", "excalidraw"] {
        assert!(
            !export(&server, &board, &format!("export.{format}"))
                .await
                .is_empty()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_problems_that_name_the_cause() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let other = server.board().await;
    let view = board.view.secret;
    for (secret, file, status, part) in [
        (view, "export.gif", 404, "nothing"),
        (view, "export", 404, "nothing"),
        (other.view.secret, "export.png", 404, ""),
        (view, "export.png?scale=99", 400, "scale"),
        (view, "export.png?size=9", 400, "size"),
        (view, "export.png?scale=1&width=5", 400, "both"),
        (view, "export.png?width=40000", 422, "32768"),
        (view, "export.svg?width=4000000000", 422, "6912"),
        (
            view,
            "export.svg?frame=7gAAAAAAAAAAAAAAAAAAAQ",
            422,
            "frame",
        ),
        (
            view,
            "export.pdf?elements=7gAAAAAAAAAAAAAAAAAAAQ",
            422,
            "elements",
        ),
    ] {
        let answer = ask(&server, &board, &secret, file).await;
        assert_eq!(answer.status(), status, "{file}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let body: serde_json::Value = answer.json().await.unwrap();
        assert!(
            body["detail"].as_str().unwrap().contains(part),
            "{file}: {body}"
        );
    }
    let url = server.url(&format!("/api/v1/boards/{}/export.png", board.id));
    let without = Http::new().get(&url).send().await.unwrap();
    assert_eq!(without.status(), StatusCode::UNAUTHORIZED);
    let posted = Http::new()
        .post(&url)
        .bearer_auth(view.reveal())
        .send()
        .await
        .unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    for origin in ["https://evil.example", "null"] {
        let foreign = Http::new().get(&url).bearer_auth(view.reveal());
        let foreign = foreign.header("origin", origin).send().await.unwrap();
        assert_eq!(foreign.status(), StatusCode::FORBIDDEN, "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_fonts_in_the_font_directory_are_not_missing() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(data.path().to_owned()));
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/painters/tests/fonts");
    config.font_dir = Some(fonts.into());
    let server = TestServer::with(config).await;
    let board = server.board().await;
    let mut text = golden_board::elements()
        .into_iter()
        .find(|new| new.body == Body::Text)
        .unwrap();
    let missing = async |line: &str| {
        let answer = ask(&server, &board, &board.view.secret, "export.png").await;
        assert_eq!(answer.status(), 200, "{line}");
        let letters = answer.headers().get("commonslate-missing-letters");
        letters.map(|it| it.to_str().unwrap().to_owned())
    };
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for (cno, line, expected) in [
        (1, "नमस्ते สวัสดี 你好 안녕 👍🏽 مرحبا שלום", None),
        // No font has this letter for private use.
        (2, "\u{10fff0}", Some("U+10FFF0".to_owned())),
    ] {
        text.id = element_of(1, cno);
        let marks = Marks::NONE;
        let run = StyledRun { text: line, marks };
        text.text = RichText::typed(golden_board::AUTHOR, [run]);
        draw(vec![put(text.clone())], cno, &mut ann).await;
        assert_eq!(missing(line).await, expected, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_downloads_with_the_title_as_their_name() {
    let server = TestServer::start().await;
    let board = Board::create_called(&server.url(""), "Plan / ש")
        .await
        .unwrap();
    let answer = ask(&server, &board, &board.view.secret, "export.svg").await;
    let headers = answer.headers();
    assert_eq!(headers["content-type"], "image/svg+xml");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["cache-control"], "no-store");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment;"), "{disposition}");
    assert!(
        disposition.ends_with("filename*=UTF-8''Plan%20-%20%D7%A9.svg"),
        "{disposition}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_whose_client_goes_makes_room_for_others() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=8 {
        let strokes = (0..20).map(|at| {
            put(stroke(
                element_of(1, cno * 20 + at),
                ink(scattered_points(at, 900, 2_048.0)),
            ))
        });
        draw(strokes.collect(), cno, &mut ann).await;
    }
    // More of them than a server makes at the same time; none is read to its end.
    for _ in 0..4 {
        let answer = ask(&server, &board, &board.view.secret, "export.png?width=8000").await;
        assert_eq!(answer.status(), 200);
        drop(answer);
    }
    let next = async {
        // The budget of the board may be used up by what was painted meanwhile.
        loop {
            let answer = ask(&server, &board, &board.view.secret, "export.json").await;
            if answer.status() != StatusCode::TOO_MANY_REQUESTS {
                return answer;
            }
            sleep(Duration::from_millis(200)).await;
        }
    };
    let answer = timeout(PATIENCE, next)
        .await
        .expect("other exports do not wait");
    assert_eq!(answer.status(), 200);
    json::read(&answer.bytes().await.unwrap()).unwrap();
}
