//! A reverse proxy between people and servers.

use std::net::Ipv4Addr;

use anyhow::{Result, anyhow};
use testkit::proxy::FaultProxy;
use testkit::reverse_proxy::{Kind, ReverseProxy, Setup};
use testkit::server::Server;
use testkit::tunnel::Tunnel;

/// A proxy in front of two servers.
#[derive(Debug)]
pub(crate) struct Front {
    proxy: ReverseProxy,
    way: Tunnel,
}

/// A slow way to a proxy.
#[derive(Debug)]
pub(crate) struct SlowWay {
    pub(crate) way: Tunnel,
    _link: FaultProxy,
}

impl Front {
    /// Starts a proxy when both servers are ready: it would leave an unready one out.
    pub(crate) async fn start(kind: Kind, servers: &[Server]) -> Result<Self> {
        let mut addresses = Vec::new();
        for server in servers {
            server.ready().await?;
            addresses.push(server.address());
        }
        let servers = addresses.try_into();
        let servers = servers.map_err(|_| anyhow!("a proxy needs two servers"))?;
        let proxy = ReverseProxy::start(kind, &Setup::of(servers)).await?;
        let way = proxy.tunnel(Ipv4Addr::LOCALHOST).await?;
        Ok(Self { proxy, way })
    }

    /// The address for scripted people.
    pub(crate) fn url(&self) -> String {
        self.way.url()
    }

    /// The address for browsers.
    pub(crate) fn page_url(&self) -> String {
        self.proxy.url()
    }

    /// A way over a link that passes so many bytes in a second, and behind which the proxy takes
    /// all that servers send.
    pub(crate) async fn slow_way(&self, bytes_per_second: u32) -> Result<SlowWay> {
        let link = FaultProxy::slow_link(self.proxy.address(), bytes_per_second).await?;
        let security = self.proxy.security();
        let way = Tunnel::start(link.address(), Ipv4Addr::LOCALHOST, security).await?;
        Ok(SlowWay { way, _link: link })
    }
}
