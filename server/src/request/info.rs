//! The caller of a request, and the address under which the caller reached the server.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use client_ip::rightmost_x_forwarded_for;

use crate::caller_rate_limit::Caller;
use crate::config::{Config, Proxy};
use crate::state::AppState;

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

impl RequestInfo {
    /// Scheme, host and port under which the caller reaches the server.
    #[must_use]
    pub fn base(&self, config: &Config) -> String {
        match (&config.public_url, &self.host) {
            (Some(public), _) => public.as_str().to_owned(),
            (None, Some(host)) => format!("{}://{host}", self.scheme),
            (None, None) => format!("http://{}", config.listen),
        }
    }

    /// axum-extra's `Host` and `Scheme` are not used: they trust forwarded headers from any client.
    fn read(headers: &HeaderMap, peer: IpAddr, proxy: Proxy) -> Self {
        let own_host = text(headers, header::HOST.as_str());
        match proxy {
            Proxy::None => Self {
                caller: Caller::from(peer),
                scheme: "http",
                host: own_host.and_then(host),
            },
            Proxy::Trusted => Self {
                // Each proxy appends the address it saw; ours is the last one.
                caller: Caller::from(rightmost_x_forwarded_for(headers).unwrap_or(peer)),
                scheme: match text(headers, "x-forwarded-proto") {
                    Some("https") => "https",
                    Some(_) | None => "http",
                },
                host: text(headers, "x-forwarded-host")
                    .or(own_host)
                    .and_then(host),
            },
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A host that may be written into links and headers.
fn host(text: &str) -> Option<String> {
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    let fits = !text.is_empty() && text.len() <= 255 && text.chars().all(allowed);
    fits.then(|| text.to_ascii_lowercase())
}

impl FromRequestParts<Arc<AppState>> for RequestInfo {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<AppState>,
    ) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        Ok(Self::read(&parts.headers, peer, state.config.proxy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(proxy: Proxy, headers: &[(&'static str, &str)]) -> RequestInfo {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        RequestInfo::read(&map, IpAddr::from([9, 9, 9, 9]), proxy)
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
    fn only_the_address_that_our_proxy_added_counts() {
        let last = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "2.2.2.2,3.3.3.3 "),
        ];
        let caller = |headers: &[(&'static str, &str)]| info(Proxy::Trusted, headers).caller;
        assert_eq!(caller(&last), Caller::from(IpAddr::from([3, 3, 3, 3])));
        let peer = Caller::from(IpAddr::from([9, 9, 9, 9]));
        for bad in ["", "unknown", "1.1.1.1, nobody", "1.1.1.1:80"] {
            assert_eq!(caller(&[("x-forwarded-for", bad)]), peer, "{bad}");
        }
        assert_eq!(caller(&[]), peer);
    }

    #[test]
    fn a_malformed_host_is_ignored() {
        for bad in ["a b", "a;script-src", "x'", "user@host", ""] {
            assert_eq!(info(Proxy::None, &[("host", bad)]).host, None, "{bad}");
        }
    }
}
