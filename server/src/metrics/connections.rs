//! WebSockets: opened, open, and why they were closed.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use shared::protocol::CloseCode;

use super::label::{CountBy, label};
use super::open::OpenGuard;
use super::registrar::Registrar;

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectionEnd {
    /// The client disconnected, or the network between.
    Disconnected,
    /// The server closed it with a code.
    Closed(CloseCode),
}

label!(ConnectionEnd, "reason", {
    ConnectionEnd::Disconnected => "disconnected",
    ConnectionEnd::Closed(CloseCode::Restart) => "restart",
    ConnectionEnd::Closed(CloseCode::Slow) => "slow",
    ConnectionEnd::Closed(CloseCode::Unavailable) => "unavailable",
    ConnectionEnd::Closed(CloseCode::TooFast) => "too_fast",
    ConnectionEnd::Closed(CloseCode::Silent) => "silent",
    ConnectionEnd::Closed(CloseCode::Crowded) => "crowded",
    ConnectionEnd::Closed(CloseCode::NoAccess) => "no_access",
    ConnectionEnd::Closed(CloseCode::LinkRevoked) => "link_revoked",
    ConnectionEnd::Closed(CloseCode::LinkExpired) => "link_expired",
    ConnectionEnd::Closed(CloseCode::Removed) => "removed",
    ConnectionEnd::Closed(CloseCode::PeopleOnly) => "people_only",
    ConnectionEnd::Closed(CloseCode::Protocol) => "protocol",
    ConnectionEnd::Closed(CloseCode::Version) => "version",
    ConnectionEnd::Closed(CloseCode::Replaced) => "replaced",
});

/// Counts connections.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionMetrics {
    open: Gauge,
    opened: Counter,
    closed: CountBy<ConnectionEnd>,
    malformed: Counter,
}

/// A connection that is counted as open until this is dropped.
#[derive(Debug)]
pub(crate) struct OpenConnection {
    closed: CountBy<ConnectionEnd>,
    _open: OpenGuard,
}

impl ConnectionMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            open: all.gauge("connections_open", "WebSockets that are open"),
            opened: all.counter("connections_opened", "WebSockets that were opened"),
            closed: all.count_by(
                "connections_closed",
                "WebSockets that were closed, by the close code of the server",
            ),
            malformed: all.counter(
                "malformed_messages",
                "Messages after the hello that could not be read",
            ),
        }
    }

    pub(crate) fn connection_opened(&self) -> OpenConnection {
        self.opened.inc();
        OpenConnection {
            closed: self.closed.clone(),
            _open: OpenGuard::new(&self.open),
        }
    }

    pub(crate) fn message_malformed(&self) {
        self.malformed.inc();
    }
}

impl OpenConnection {
    /// The connection ended.
    pub(crate) fn closed(self, end: ConnectionEnd) {
        self.closed.add(end, 1);
    }
}
