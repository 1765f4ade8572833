//! A server of S3 on a free port of the loopback, which keeps its objects in files.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use server::config::S3Place;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::RwLock;
use tokio::task::JoinHandle;
use url::Url;

pub(crate) const BUCKET: &str = "pictures";
const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI";

/// A running server.
pub(crate) struct S3Server {
    address: SocketAddr,
    dir: TempDir,
    serving: JoinHandle<()>,
}

impl S3Server {
    pub(crate) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join(BUCKET)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = serve(&dir, listener);
        Self {
            address,
            dir,
            serving,
        }
    }

    /// Closes the port and all connections.
    pub(crate) async fn stop(&mut self) {
        self.serving.abort();
        drop((&mut self.serving).await);
    }

    /// Listens again on the same port, with the same objects.
    pub(crate) async fn start_again(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serving = serve(&self.dir, listener);
    }

    pub(crate) fn place(&self, prefix: &str) -> S3Place {
        S3Place {
            bucket: BUCKET.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: Some(self.endpoint()),
        }
    }

    pub(crate) fn endpoint(&self) -> Url {
        format!("http://{}", self.address).parse().unwrap()
    }

    /// The variables with the right credentials.
    pub(crate) fn variables() -> Vec<(String, String)> {
        let pairs = [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
        ];
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    /// Puts an object as old as this into the bucket.
    pub(crate) fn put(&self, name: &str, bytes: &[u8], age: Duration) {
        let path = self.dir.path().join(BUCKET).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut file = File::create(path).unwrap();
        file.write_all(bytes).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }

    /// The names of all objects.
    pub(crate) fn names(&self) -> Vec<String> {
        let root = self.dir.path().join(BUCKET);
        let mut names = Vec::new();
        let mut folders: Vec<PathBuf> = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap();
                    names.push(name.to_str().unwrap().to_owned());
                }
            }
        }
        names.sort();
        names
    }
}

fn serve(dir: &TempDir, listener: TcpListener) -> JoinHandle<()> {
    let files = FileSystem::new(dir.path()).unwrap();
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    // The library looks at the condition of a request before it writes, and so would let two requests
    // write. S3 does not.
    let turns = Arc::new(RwLock::new(()));
    tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (service, turns) = (service.clone(), Arc::clone(&turns));
            let answer = service_fn(move |request: Request<Incoming>| {
                let (service, turns) = (service.clone(), Arc::clone(&turns));
                async move {
                    if request.method() == "GET" || request.method() == "HEAD" {
                        let _turn = turns.read().await;
                        service.call(request.map(s3s::Body::from)).await
                    } else {
                        let _turn = turns.write().await;
                        service.call(request.map(s3s::Body::from)).await
                    }
                }
            });
            connections.spawn(async move {
                let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
                drop(serving.await);
            });
        }
    })
}
