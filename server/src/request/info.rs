//! The caller of a request, and the address under which the caller reached the server.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::forwarded::Forwarded;
use crate::caller_rate_limit::Caller;
use crate::config::{Config, Proxy};
use crate::state::{AppState, RequestWarnings};

/// The facts about a request that handlers need beside its path and body.
#[derive(Debug, Clone)]
pub struct RequestInfo {
    /// The caller, for rate limits.
    pub caller: Caller,
    /// `http` or `https`, as the browser sees it.
    pub scheme: &'static str,
    /// Host and port, as the browser sees them; only characters that a host may have.
    pub host: Option<String>,
}

/// What keeps a server behind a proxy from telling callers apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProxyFault {
    /// A proxy, or the client itself, names the client, but is not trusted.
    Untrusted,
    /// The trusted proxy does not name the client in a way that can be read.
    Unnamed,
}

impl RequestInfo {
    /// The address of this server for browsers, without a slash at the end: scheme, host and port,
    /// and the path below which it is reached.
    #[must_use]
    pub fn base(&self, config: &Config) -> String {
        match (&config.public_url, &self.host) {
            (Some(public), _) => public.to_string(),
            (None, Some(host)) => format!("{}://{host}", self.scheme),
            (None, None) => format!("http://{}", config.listen),
        }
    }

    /// axum-extra's `Host` and `Scheme` are not used: they trust forwarded headers from any client.
    fn read(headers: &HeaderMap, peer: IpAddr, proxy: Proxy) -> (Self, Option<ProxyFault>) {
        let own_host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        match proxy {
            Proxy::None => {
                let info = Self {
                    caller: Caller::from(peer),
                    scheme: "http",
                    host: own_host.and_then(host),
                };
                (
                    info,
                    Forwarded::is_in(headers).then_some(ProxyFault::Untrusted),
                )
            }
            Proxy::Trusted => {
                let forwarded = Forwarded::read(headers);
                let client = forwarded.address();
                let is_https = |scheme: &str| scheme.eq_ignore_ascii_case("https");
                let info = Self {
                    caller: Caller::from(client.unwrap_or(peer)),
                    scheme: if forwarded.scheme.as_deref().is_some_and(is_https) {
                        "https"
                    } else {
                        "http"
                    },
                    host: forwarded.host.as_deref().or(own_host).and_then(host),
                };
                (info, client.is_none().then_some(ProxyFault::Unnamed))
            }
        }
    }
}

impl ProxyFault {
    /// Logs a warning that names the option or header that mends the fault.
    fn warn(self, warnings: &RequestWarnings) {
        match self {
            Self::Untrusted => warnings.untrusted_proxy.warn(|suppressed| {
                tracing::warn!(
                    suppressed,
                    "a request has the header X-Forwarded-For or Forwarded, which is not trusted: \
                     all people behind one proxy share the limits of one address. If your proxy \
                     sets it, start with --trust-proxy"
                );
            }),
            Self::Unnamed => warnings.unnamed_client.warn(|suppressed| {
                tracing::warn!(
                    suppressed,
                    "the proxy does not name the client, so all people behind it share the limits \
                     of one address: it must set X-Forwarded-For to an IP address (--trust-proxy)"
                );
            }),
        }
    }
}

/// A host that may be written into links and headers.
fn host(text: &str) -> Option<String> {
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    let fits = !text.is_empty() && text.len() <= 255 && text.chars().all(allowed);
    fits.then(|| text.to_ascii_lowercase())
}

fn is_health_check(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

impl FromRequestParts<Arc<AppState>> for RequestInfo {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<AppState>,
    ) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let (info, fault) = Self::read(&parts.headers, peer, state.config.proxy);
        // Health checks come without a proxy.
        if let Some(fault) = fault.filter(|_| !is_health_check(parts.uri.path())) {
            fault.warn(&state.warnings);
        }
        Ok(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(proxy: Proxy, headers: &[(&'static str, &str)]) -> (RequestInfo, Option<ProxyFault>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        RequestInfo::read(&map, IpAddr::from([9, 9, 9, 9]), proxy)
    }

    fn info(proxy: Proxy, headers: &[(&'static str, &str)]) -> RequestInfo {
        read(proxy, headers).0
    }

    const FORWARDED: [(&str, &str); 4] = [
        ("host", "inner:3000"),
        ("x-forwarded-host", "Board.Example"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-for", "1.1.1.1, 2.2.2.2"),
    ];

    #[test]
    fn forwarded_headers_count_only_behind_a_proxy() {
        let direct = info(Proxy::None, &FORWARDED);
        assert_eq!(
            (direct.scheme, direct.host.as_deref()),
            ("http", Some("inner:3000"))
        );
        assert_eq!(direct.caller, Caller::from(IpAddr::from([9, 9, 9, 9])));
        let proxied = info(Proxy::Trusted, &FORWARDED);
        assert_eq!(
            (proxied.scheme, proxied.host.as_deref()),
            ("https", Some("board.example"))
        );
        assert_eq!(proxied.caller, Caller::from(IpAddr::from([2, 2, 2, 2])));
    }

    #[test]
    fn a_client_that_cannot_be_told_apart_is_a_fault_of_the_proxy() {
        let fault = |proxy, headers: &[(&'static str, &str)]| read(proxy, headers).1;
        assert_eq!(fault(Proxy::None, &FORWARDED), Some(ProxyFault::Untrusted));
        assert_eq!(
            fault(Proxy::None, &[("forwarded", "for=1.1.1.1")]),
            Some(ProxyFault::Untrusted)
        );
        assert_eq!(fault(Proxy::None, &[("host", "a")]), None);
        assert_eq!(fault(Proxy::Trusted, &FORWARDED), None);
        for bad in ["", "unknown", "1.1.1.1, nobody"] {
            let (info, fault) = read(Proxy::Trusted, &[("x-forwarded-for", bad)]);
            assert_eq!(
                info.caller,
                Caller::from(IpAddr::from([9, 9, 9, 9])),
                "{bad}"
            );
            assert_eq!(fault, Some(ProxyFault::Unnamed), "{bad}");
        }
        assert_eq!(fault(Proxy::Trusted, &[]), Some(ProxyFault::Unnamed));
    }

    #[test]
    fn a_malformed_host_is_ignored() {
        for bad in ["a b", "a;script-src", "x'", "user@host", ""] {
            assert_eq!(info(Proxy::None, &[("host", bad)]).host, None, "{bad}");
        }
    }
}
