//! HTTP requests: paths, headers of proxies and pages, bodies of REST and of server functions.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use server::blob::files::FileBlobs;
use server::broker::memory::MemoryBroker;
use server::clock::Clock;
use server::config::{Proxy, Storage};
use server::cpu_budget::CpuBudgets;
use server::export::Exports;
use server::load::Load;
use server::open_limit::OpenLimit;
use server::people_limit::PeopleLimit;
use server::room::{Context, HeadWatch, Hub, Questions, Turns};
use server::service::{Blobs, Boards};
use server::state::{AppState, RequestWarnings};
use server::store::embedded::EmbeddedStore;
use server::transfer_budget::TransferBudget;
use server::{Config, http};
use shared::id::NodeId;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// A server without sockets, behind a proxy that is trusted, and one without a proxy.
struct Server {
    runtime: Runtime,
    routers: [Router; 2],
    _data: TempDir,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let data = tempfile::tempdir().unwrap();
    let routers = runtime.block_on(async {
        let broker = Arc::new(MemoryBroker::new());
        let store = EmbeddedStore::open(data.path(), broker.log_publisher()).unwrap();
        let context = Context {
            node: NodeId::from_bytes([5; 16]),
            clock: Clock::start(),
            load: Load::default(),
            metrics: Arc::default(),
            store: Arc::new(store),
            heads: HeadWatch::default(),
            store_warnings: Arc::default(),
            broker,
            replays: Turns::default(),
            snapshots: Turns::default(),
            commits: Turns::default(),
            questions: Questions::default(),
        };
        [Proxy::Trusted, Proxy::None].map(|proxy| router(proxy, &context, data.path()))
    });
    Server {
        runtime,
        routers,
        _data: data,
    }
});

fn router(proxy: Proxy, context: &Context, data: &Path) -> Router {
    let mut config = Config::local(Storage::Embedded("unused".into()));
    config.proxy = proxy;
    let (tasks, draining) = (TaskTracker::new(), CancellationToken::new());
    let hub = Hub::new(context.clone(), tasks.clone(), draining.clone());
    let boards = Boards::new(context.clone(), hub.clone(), config.boards_per_hour);
    let boards = Arc::new(boards);
    let files = Arc::new(FileBlobs::new(data.join("blobs")));
    let blobs = Blobs::new(context.clone(), hub.clone(), Arc::clone(&boards), files);
    http::router(Arc::new(AppState {
        config,
        context: context.clone(),
        hub,
        boards,
        blobs: Arc::new(blobs),
        exports: Exports::new(context.clock, None),
        cpu: CpuBudgets::new(context.clock, &context.metrics),
        transfers: TransferBudget::default(),
        sockets: OpenLimit::new(100, 100),
        uploads: OpenLimit::new(100, 100),
        whole_uploads: OpenLimit::new(100, 100),
        people: PeopleLimit::default(),
        handshakes: OpenLimit::new(100, 100),
        warnings: RequestWarnings::default(),
        tasks,
        draining,
    }))
}

/// Sends a request to both servers. Only a store that does not work may give an error of the server.
pub fn run(data: &[u8]) {
    let server = &*SERVER;
    for router in &server.routers {
        let Some(request) = request(data) else {
            return;
        };
        let answer = server.runtime.block_on(router.clone().oneshot(request));
        let status = answer.unwrap().status();
        let is_fine = !status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE;
        assert!(is_fine, "{status}");
    }
}

/// `METHOD path`, one header a line, an empty line, the body.
fn request(data: &[u8]) -> Option<Request<Body>> {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = data.split_at(end.unwrap_or(data.len()));
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    let space = first.iter().position(|byte| *byte == b' ')?;
    let (method, path) = (&first[..space], &first[space + 1..]);
    let mut request = Request::new(Body::from(body.get(2..).unwrap_or_default().to_vec()));
    *request.method_mut() = Method::from_bytes(method).ok()?;
    *request.uri_mut() = Uri::try_from(path).ok()?;
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
        request.headers_mut().append(name, value);
    }
    let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
    request.extensions_mut().insert(ConnectInfo(peer));
    Some(request)
}

/// Requests of each kind.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let board = "AQEBAQEBAQEBAQEBAQEBAQ";
    let blob = "0a".repeat(32);
    let page = "Host: a.example:3000\nOrigin: http://a.example:3000\nSec-Fetch-Site: same-origin";
    let proxy = "X-Forwarded-For: 9.9.9.9, [2001:db8::1]:80\nX-Forwarded-Proto: https\nX-Forwarded-Host: b.example";
    let standard = "Forwarded: for=\"[2001:db8::1]:4711\";proto=https;host=\"a.example:8443\"";
    let json = "Content-Type: application/json";
    let packed = "Content-Type: application/msgpack";
    let mut seeds: Vec<Vec<u8>> = [
        format!("POST /api/v1/boards\n{page}\n{json}\n\n{{\"title\":\"Plan\"}}"),
        format!("POST /api/v1/boards\n{proxy}\n\n"),
        format!("GET /api/v1/boards/{board}\n{standard}\nAuthorization: Bearer {board}"),
        format!("PATCH /api/v1/boards/{board}\n{page}\n{json}\nAuthorization: Bearer {board}\n\n{{\"title\":\"\u{202e}\"}}"),
        format!("GET /ws/{board}\n{page}\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="),
        format!("GET /b/{board}?x=%00#y\nAccept-Encoding: br, gzip;q=0.1"),
        "GET /assets/../%2e%2e/etc/passwd\nRange: bytes=0-1,5-\nIf-None-Match: \"a\"".to_owned(),
        "GET /readyz\n".to_owned(),
        "DELETE /api/x\nOrigin: null".to_owned(),
        format!("PATCH /files/{board}/{blob}\n{page}\nContent-Type: image/png\nUpload-Offset: 0\nUpload-Length: 9\nAuthorization: Bearer {board}\n\nabc"),
        format!("GET /files/{board}/{blob}\nRange: bytes=1-5\nIf-Range: \"a\"\nAuthorization: Bearer {board}"),
    ]
    .map(String::into_bytes)
    .to_vec();
    for body in [&b"\x81\xa5title\xa4Plan"[..], b"\x91\xc0", b"\x93\xc4\x10"] {
        let head = format!("POST /sfn/create_board\n{page}\n{packed}\n\n");
        seeds.push([head.as_bytes(), body].concat());
    }
    let rename = [
        &b"\x83\xa5board\xc4\x10"[..],
        &[1; 16],
        b"\xa6secret\xc4\x10",
        &[1; 16],
        b"\xa5title\xa1x",
    ];
    let head = format!("POST /sfn/rename_board\n{page}\n{packed}\n\n");
    seeds.push([head.as_bytes(), &rename.concat()].concat());
    seeds
}
