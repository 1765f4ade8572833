//! Calls server functions as a page does.

use reqwest::StatusCode;
use serde::Serialize;

use crate::test_server::TestServer;

/// Calls a server function. Returns the status and the body of the answer.
pub(crate) async fn call<T: Serialize + Sync>(
    server: &TestServer,
    function: &str,
    arguments: &T,
) -> (StatusCode, Vec<u8>) {
    let answer = reqwest::Client::new()
        .post(server.url(&format!("/sfn/{function}")))
        .header("content-type", "application/msgpack")
        .header("accept", "application/msgpack")
        .body(rmp_serde::to_vec(arguments).unwrap())
        .send()
        .await
        .unwrap();
    let status = answer.status();
    (status, answer.bytes().await.unwrap().to_vec())
}
