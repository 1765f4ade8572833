//! The conditions of a load: the speed of the network and of the processor.

use std::time::Duration;

use anyhow::Result;
use e2e::emulate::Speed;
use e2e::page::Page;
use testkit::proxy::{FaultProxy, Framing, Link};
use testkit::server::Server;

/// The speed of the network and of the processor during a load.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) name: &'static str,
    network: Option<Network>,
    /// The main thread is this many times slower than without throttling.
    processor: f64,
}

/// A network that is slower than loopback.
#[derive(Debug, Clone, Copy)]
struct Network {
    speed: Speed,
    /// The latency in each direction.
    delay: Duration,
}

/// The slow 4G network of page-speed tools: 1.6 Mbit/s down, 0.75 Mbit/s up, and a round trip of
/// 150 ms.
const SLOW_4G: Network = Network {
    speed: Speed {
        down: 200_000.0,
        up: 93_750.0,
    },
    delay: Duration::from_millis(75),
};

/// A mid-range phone is about this many times slower than a desktop computer.
const PHONE: f64 = 4.0;

/// All conditions, from the fastest to the slowest.
pub(crate) const ALL: [Condition; 4] = [
    Condition {
        name: "loopback, full speed",
        network: None,
        processor: 1.0,
    },
    Condition {
        name: "loopback, main thread 4 times slower",
        network: None,
        processor: PHONE,
    },
    Condition {
        name: "1.6 Mbit/s and 150 ms, full speed",
        network: Some(SLOW_4G),
        processor: 1.0,
    },
    Condition {
        name: "1.6 Mbit/s and 150 ms, main thread 4 times slower",
        network: Some(SLOW_4G),
        processor: PHONE,
    },
];

impl Condition {
    /// Starts a proxy before the server that adds the latency of this network; `None` on loopback.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn way(&self, server: &Server) -> Result<Option<FaultProxy>> {
        let Some(Network { delay, .. }) = self.network else {
            return Ok(None);
        };
        let proxy = FaultProxy::start(Framing::Bytes, vec![server.address()]).await?;
        proxy.set(Link::delayed(delay));
        Ok(Some(proxy))
    }

    /// Throttles the network and the processor of a page.
    ///
    /// # Errors
    /// If the page is gone.
    pub(crate) async fn rule(&self, page: &Page) -> Result<()> {
        if let Some(Network { speed, .. }) = self.network {
            page.throttle_network(speed).await?;
        }
        page.throttle_cpu(self.processor).await
    }
}
