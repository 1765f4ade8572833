//! Two servers on a Redis, with a proxy in front of them.

use std::net::Ipv4Addr;

use tempfile::TempDir;
use testkit::board::Board;
use testkit::redis::{Redis, Version};
use testkit::reverse_proxy::{Kind, ReverseProxy, Setup};
use testkit::server::Server;
use testkit::tunnel::Tunnel;

use crate::program::start;

/// The page as it is before Trunk adds the client to it.
const PAGE: &str = include_str!("../../../index.html");
/// A file of the client, the text in it, and the same text compressed.
pub(crate) const FILE: &str = "client-317355d2560345f5.js";
pub(crate) const CONTENT: &str = "the client";
pub(crate) const PACKED: &str = "the client, packed by br";

/// Two servers behind a proxy.
pub(crate) struct Site {
    pub(crate) proxy: ReverseProxy,
    /// The way of a client at 127.0.0.1 to the proxy.
    pub(crate) way: Tunnel,
    pub(crate) servers: [Server; 2],
    _redis: Redis,
    _dist: TempDir,
}

impl Site {
    pub(crate) async fn start(kind: Kind) -> Self {
        Self::start_with(kind, &[], |setup| setup).await
    }

    /// Starts servers with more options behind a proxy with another setup.
    pub(crate) async fn start_with(
        kind: Kind,
        options: &[&str],
        change: impl FnOnce(Setup) -> Setup,
    ) -> Self {
        let dist = tempfile::tempdir().unwrap();
        for (name, content) in [("index.html", PAGE), (FILE, CONTENT)] {
            std::fs::write(dist.path().join(name), content).unwrap();
        }
        std::fs::write(dist.path().join(format!("{FILE}.br")), PACKED).unwrap();
        let redis = Redis::start(Version::Seven, &[]).await.unwrap();
        let (url, files) = (redis.url(), dist.path().to_str().unwrap());
        let usual = ["--trust-proxy", "--static-dir", files, "--redis-url", &url];
        let options = [&usual, options].concat();
        let servers = [server(&options).await, server(&options).await];
        let addresses = servers.each_ref().map(Server::address);
        let setup = change(Setup::of(addresses));
        let proxy = ReverseProxy::start(kind, &setup).await.unwrap();
        let way = proxy.tunnel(Ipv4Addr::LOCALHOST).await.unwrap();
        Self {
            proxy,
            way,
            servers,
            _redis: redis,
            _dist: dist,
        }
    }

    pub(crate) async fn board(&self) -> Board {
        Board::create(&self.way.url()).await.unwrap()
    }

    /// The origin of a page that is loaded by the way to the proxy.
    pub(crate) fn origin(&self) -> String {
        let proxy = self.proxy.url();
        let (scheme, _) = proxy.split_once("://").unwrap();
        format!("{scheme}://{}", self.way.address())
    }
}

/// Starts a server and waits until it is ready: a proxy that finds one unready leaves it out.
async fn server(options: &[&str]) -> Server {
    let server = start(options).await;
    server.ready().await.unwrap();
    server
}
