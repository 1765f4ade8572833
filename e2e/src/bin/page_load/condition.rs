//! What a page is loaded under: how fast the network and the processor are.

use std::time::Duration;

use anyhow::Result;
use e2e::emulate::Speed;
use e2e::page::Page;
use e2e::proxy::{LinkState, Proxy};
use testkit::server::Server;

/// A network and a processor.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) name: &'static str,
    network: Option<Network>,
    /// How many times slower than this machine the main thread is.
    processor: f64,
}

/// A network that is slower than loopback.
#[derive(Debug, Clone, Copy)]
struct Network {
    speed: Speed,
    /// How long a byte is on its way, in each direction.
    delay: Duration,
}

/// A slow 4G network as page-speed tools take it: 1.6 Mbit/s down, 0.75 Mbit/s up, and 150 ms to
/// the server and back.
const SLOW_4G: Network = Network {
    speed: Speed {
        down: 200_000.0,
        up: 93_750.0,
    },
    delay: Duration::from_millis(75),
};

/// A phone of the middle class beside a desk computer.
const PHONE: f64 = 4.0;

/// What is measured, from the fastest to the slowest.
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
    /// A way to the server that takes as long as this network does; `None` if that is no time.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn way(&self, server: &Server) -> Result<Option<Proxy>> {
        let Some(Network { delay, .. }) = self.network else {
            return Ok(None);
        };
        let proxy = Proxy::start(vec![server.address()]).await?;
        proxy.set(LinkState::Slow(delay));
        Ok(Some(proxy))
    }

    /// Makes a page as slow as network and processor are.
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
