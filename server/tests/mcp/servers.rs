//! Many servers: each request may reach another one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use serde_json::json;
use testkit::PATIENCE;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::agent::{Agent, NAME, Version};
use crate::script::two_servers;

/// A balancer that gives each request to the next server.
struct Balancer {
    servers: [String; 2],
    asked: AtomicUsize,
}

impl Balancer {
    async fn start(servers: [String; 2]) -> (String, Arc<Self>) {
        let asked = AtomicUsize::new(0);
        let balancer = Arc::new(Self { servers, asked });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new()
            .fallback(pass_on)
            .with_state(Arc::clone(&balancer));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (format!("http://{address}"), balancer)
    }
}

async fn pass_on(State(balancer): State<Arc<Balancer>>, request: Request) -> Response {
    let turn = balancer.asked.fetch_add(1, Ordering::SeqCst);
    let (parts, body) = request.into_parts();
    let url = format!("{}{}", balancer.servers[turn % 2], parts.uri);
    let mut headers = parts.headers;
    headers.remove(header::HOST);
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let request = reqwest::Client::new().request(parts.method, url);
    let answer = request.headers(headers).body(body).send().await.unwrap();
    let mut response = Response::builder().status(answer.status());
    let headers = response.headers_mut().unwrap();
    headers.extend(answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    let body = answer.bytes().await.unwrap();
    response.body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn each_request_may_reach_another_server() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let (base, balancer) = Balancer::start([one.url(""), two.url("")]).await;
    for version in [Version::Handshake, Version::Newest] {
        let before = balancer.asked.load(Ordering::SeqCst);
        let token = board.edit.at(&base);
        let agent = Agent::start(&format!("{base}/mcp"), Some(token), version).await;
        let opened = agent.ask("open_board", json!({})).await;
        let mut position = opened["position"].clone();
        for turn in 0..3 {
            let text = format!("{version:?} {turn}");
            let written = agent.ask("write_chat", json!({ "text": text })).await;
            // The other server hears of the message a moment later.
            let heard = async {
                loop {
                    let read = agent.ask("read_chat", json!({})).await;
                    let last = read["messages"].as_array().unwrap().last();
                    if let Some(last) = last.filter(|last| last["text"] == text) {
                        return last["author"].clone();
                    }
                }
            };
            let author = timeout(PATIENCE, heard).await;
            assert_eq!(author.expect("the message"), NAME);
            position = written["position"].clone();
        }
        let wait = json!({ "after": opened["position"], "seconds": 1 });
        let heard = agent.ask("wait_for_changes", wait).await;
        assert_eq!(heard["read_the_board_again"], false);
        assert_eq!(heard["position"], position, "{heard}");
        assert!(balancer.asked.load(Ordering::SeqCst) - before >= 9);
    }
}
