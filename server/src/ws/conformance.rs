//! The cases of the Autobahn test suite, run by kosoku against an echo on our WebSocket.
//!
//! Left out are the cases on limits and speed (9), which send messages of up to 16 MiB in up to
//! 65,536 frames, and those on compression (12, 13), which we do not offer.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures::{SinkExt as _, StreamExt as _};
use hyper_util::rt::TokioIo;
use testkit::PATIENCE;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::limits;
use super::watch::{FrameWatch, WatchedStream};

/// Cases that are left out.
const EXCLUDED: [&str; 3] = ["9.*", "12.*", "13.*"];
/// The cases that must have been run at least, so that a test of nothing does not pass.
const CASES: usize = 200;
/// An empty binary message in place of a hello: the first message must be short, those of the suite
/// are not.
const GREETING: [u8; 6] = [0x82, 0x80, 0, 0, 0, 0];
/// What starts the suite.
const SCRIPT: &str = "from kosoku._cli import main; main()";

/// The program `bin/kosoku` in the folder of the package; nothing if the test is to be left out.
fn kosoku() -> Option<PathBuf> {
    let skipped = std::env::var_os("COMMONSLATE_SKIP_AUTOBAHN").is_some_and(|it| it == "1");
    let program = std::env::var_os("KOSOKU").map(PathBuf::from);
    assert!(
        program.is_some() || skipped,
        "KOSOKU is not set: it names the program of the Python package kosoku. `cargo xtask test` \
         sets it; COMMONSLATE_SKIP_AUTOBAHN=1 skips this test"
    );
    program
}

async fn echo(mut request: Request) -> Response {
    let response = create_response_with_body(&request, Body::empty).unwrap();
    let upgrading = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let stream = TokioIo::new(upgrading.await.unwrap());
        let watch = FrameWatch::default();
        watch.take(&GREETING).unwrap();
        let stream = WatchedStream::new(stream, watch);
        let mut socket =
            WebSocketStream::from_raw_socket(stream, Role::Server, Some(limits())).await;
        while let Some(Ok(message)) = socket.next().await {
            let is_data = message.is_text() || message.is_binary();
            if is_data && socket.send(message).await.is_err() {
                return;
            }
        }
    });
    response
}

async fn start_echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(echo);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_websocket_passes_the_autobahn_cases() {
    let Some(kosoku) = kosoku() else {
        return;
    };
    let (address, reports) = (start_echo().await, tempfile::tempdir().unwrap());
    let folder = kosoku.ancestors().nth(2).unwrap();
    let mut suite = Command::new("python3");
    suite.args(["-c", SCRIPT, "--parallelism", "4", "--outdir"]);
    suite.arg(reports.path());
    for excluded in EXCLUDED {
        suite.args(["--exclude", excluded]);
    }
    suite.arg(address.to_string()).env("PYTHONPATH", folder);
    let output = timeout(4 * PATIENCE, suite.kill_on_drop(true).output()).await;
    let output = output.expect("the suite ends").unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    let cases = std::fs::read_dir(reports.path()).unwrap().count();
    assert!(cases >= CASES, "{cases} cases were run:\n{said}");
}
