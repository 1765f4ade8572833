//! Loading pictures.

use reqwest::Method;
use shared::model::BlobHash;

use crate::pictures::png;
use crate::test_server::TestServer;
use crate::uploads::Visitor;

/// A server with a picture of several pieces on a board.
async fn with_picture() -> (TestServer, Visitor, Vec<u8>) {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(600, 400, 10);
    assert_eq!(ann.upload(&file).await.status, 201);
    (server, ann, file)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_kept_by_browsers_and_runs_nothing() {
    let (_server, ann, file) = with_picture().await;
    let answer = ann.get(BlobHash::of(&file)).await;
    let headers = answer.headers();
    for (name, value) in [
        ("content-type", "image/png"),
        ("cache-control", "private, max-age=31536000, immutable"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("content-disposition", "attachment"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("accept-ranges", "bytes"),
    ] {
        let found: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(found, [value], "{name}");
    }
    let tag = headers["etag"].clone();
    let again = ann.request(Method::GET, &format!("/{}", BlobHash::of(&file)));
    let again = again.header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(
        again.headers()["content-security-policy"],
        "default-src 'none'; sandbox"
    );
    assert!(again.bytes().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_picture_can_be_loaded() {
    let (_server, ann, file) = with_picture().await;
    let load = async |range: &str| {
        let request = ann.request(Method::GET, &format!("/{}", BlobHash::of(&file)));
        let answer = request.header("range", range).send().await.unwrap();
        let status = answer.status().as_u16();
        let content = answer.headers().get("content-range").cloned();
        let content = content.map(|range| range.to_str().unwrap().to_owned());
        (status, content, answer.bytes().await.unwrap())
    };
    let length = file.len();
    for (range, start, end) in [
        ("bytes=0-0".to_owned(), 0, 1),
        ("bytes=262143-262144".to_owned(), 262_143, 262_145),
        ("bytes=1000-".to_owned(), 1_000, length),
        ("bytes=-1000".to_owned(), length - 1_000, length),
        (format!("bytes=5-{}", length + 99), 5, length),
    ] {
        let (status, content, bytes) = load(&range).await;
        assert_eq!(status, 206, "{range}");
        let expected = format!("bytes {start}-{}/{length}", end - 1);
        assert_eq!(content, Some(expected));
        assert!(bytes == file[start..end], "{range}");
    }
    let (status, content, _) = load(&format!("bytes={length}-")).await;
    assert_eq!((status, content), (416, Some(format!("bytes */{length}"))));
    for whole in ["bytes=0-1,5-6", "pages=1-2"] {
        let (status, _, bytes) = load(whole).await;
        assert!(status == 200 && bytes == file, "{whole}: {status}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_opened_by_every_link_of_its_board_and_by_no_other() {
    let server = TestServer::start().await;
    let (board, other) = (server.board().await, server.board().await);
    let ann = Visitor::new(&server.url(""), board.edit);
    let file = png(10, 10, 11);
    let hash = BlobHash::of(&file);
    assert_eq!(ann.upload(&file).await.status, 201);
    for link in board.links() {
        let visitor = Visitor::new(&server.url(""), link);
        assert_eq!(visitor.load(hash).await, file);
        assert_eq!(visitor.head(hash).await.0.status, 200);
    }
    let stranger = ann.with_secret(other.owner.secret);
    let unknown = Visitor::new(&server.url(""), other.owner).with_secret(board.owner.secret);
    for outsider in [stranger, unknown] {
        assert_eq!(outsider.get(hash).await.status(), 404);
        let (state, headers) = outsider.head(hash).await;
        assert_eq!(state.status, 404);
        assert!(!headers.contains_key("upload-offset"), "it tells nothing");
        assert_eq!(outsider.upload(&file).await.status, 404);
        assert_eq!(outsider.post(file.clone()).await.status, 404);
    }
    let url = server.url(&format!("/files/{}/{hash}", board.id));
    assert_eq!(reqwest::get(url).await.unwrap().status(), 401);
}
