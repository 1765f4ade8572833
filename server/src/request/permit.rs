//! The permit of one connection: a limited number of connections may be open at once.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

/// Lets another connection in when its last clone is dropped. A WebSocket keeps a clone, because it
/// lives on after the HTTP request.
#[derive(Debug, Clone)]
pub struct ConnectionPermit {
    #[expect(dead_code, reason = "held, not read")]
    permit: Arc<OwnedSemaphorePermit>,
}

impl ConnectionPermit {
    /// Holds a permit until the last clone is dropped.
    #[must_use]
    pub fn new(permit: OwnedSemaphorePermit) -> Self {
        Self {
            permit: Arc::new(permit),
        }
    }
}
