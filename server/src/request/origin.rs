//! The origin check: whether a request comes from a page that may make it.
//!
//! Browsers send the origin of a page with every request that pages elsewhere must not make.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use url::{Host, Url};

use super::info::RequestInfo;
use crate::config::{Config, PublicUrl};
use crate::state::AppState;

/// Characters of an origin that are logged.
const MAX_LOGGED: usize = 200;

/// The result of [`check_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOrigin {
    /// A page of this server, a page of an allowed origin, or no page at all: browsers
    /// always send the origin, programs need not.
    Allowed,
    /// Any other page.
    Foreign,
}

/// Checks a request that pages of other origins must not be able to make. Logs why it refuses one.
#[must_use]
pub fn check_origin(state: &AppState, info: &RequestInfo, headers: &HeaderMap) -> RequestOrigin {
    let decision = decide(&state.config, info, headers);
    if decision == RequestOrigin::Foreign {
        state.warnings.foreign_origin.warn(|suppressed| {
            let sent = headers.get(header::ORIGIN).map(HeaderValue::as_bytes);
            let origin = sent.map(String::from_utf8_lossy).unwrap_or_default();
            let origin: String = origin.chars().take(MAX_LOGGED).collect();
            tracing::warn!(
                ?origin,
                host = info.host.as_deref().unwrap_or("none"),
                scheme = info.scheme,
                suppressed,
                "refused a page whose origin is not that of this server. If people open it at this \
                 origin, set --public-url, or let the proxy pass on the Host header with its port; \
                 if it is another site that may connect, set --allow-origin"
            );
        });
    }
    decision
}

fn decide(config: &Config, info: &RequestInfo, headers: &HeaderMap) -> RequestOrigin {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return match headers.get("sec-fetch-site").map(|value| value.as_bytes()) {
            None | Some(b"same-origin" | b"none") => RequestOrigin::Allowed,
            Some(_) => RequestOrigin::Foreign,
        };
    };
    let Ok(origin) = origin.to_str() else {
        return RequestOrigin::Foreign;
    };
    let public = config.public_url.as_ref();
    let own = public.map(PublicUrl::origin);
    let mut allowed = config.allow_origins.iter().chain(own);
    // A server that knows its address need not believe the Host header, which a page can choose
    // by a name that leads to this server.
    let is_own = || public.is_none() && is_same(origin, info);
    if allowed.any(|other| other.as_str() == origin) || is_own() {
        RequestOrigin::Allowed
    } else {
        RequestOrigin::Foreign
    }
}

/// Whether the page comes from the host that the request went to, or both are
/// on this very machine, as with a development server in front of this one.
fn is_same(origin: &str, info: &RequestInfo) -> bool {
    let Some(host) = &info.host else {
        return false;
    };
    let Ok(asked) = Url::parse(&format!("{}://{host}", info.scheme)) else {
        return false;
    };
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    if !matches!(origin.scheme(), "http" | "https") {
        return false;
    }
    let same_host = origin.host() == asked.host() && origin.port() == asked.port();
    same_host || (is_loopback(&origin) && is_loopback(&asked))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;
    use crate::caller_rate_limit::Caller;

    fn same(origin: &str, host: &str) -> bool {
        let caller = Caller::from(IpAddr::from([10, 0, 0, 1]));
        is_same(
            origin,
            &RequestInfo {
                caller,
                scheme: "http",
                host: Some(host.to_owned()),
            },
        )
    }

    #[test]
    fn a_page_of_the_same_host_and_port_is_allowed() {
        assert!(same("http://board.example", "board.example"));
        assert!(same("http://board.example:8080", "board.example:8080"));
        assert!(same("http://localhost:8080", "127.0.0.1:3000"));
    }

    #[test]
    fn a_server_that_knows_its_address_does_not_believe_the_host() {
        let args = [
            "commonslate",
            "--public-url",
            "https://board.example/whiteboard/",
        ];
        let config = Config::read(args.map(Into::into)).unwrap();
        let info = RequestInfo {
            caller: Caller::from(IpAddr::from([10, 0, 0, 1])),
            scheme: "http",
            host: Some("evil.example".to_owned()),
        };
        let decide = |origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            decide(&config, &info, &headers)
        };
        assert_eq!(decide("https://board.example"), RequestOrigin::Allowed);
        for foreign in ["http://evil.example", "http://board.example", "null"] {
            assert_eq!(decide(foreign), RequestOrigin::Foreign, "{foreign}");
        }
    }

    #[test]
    fn any_other_page_is_foreign() {
        for origin in [
            "null",
            "",
            "http://evil.example",
            "http://board.example:81",
            "file://",
            "http://board.example.evil.example",
            "http://localhost:8080",
        ] {
            assert!(!same(origin, "board.example"), "{origin}");
        }
        assert!(!same("http://evil.example", "127.0.0.1:3000"));
    }
}
