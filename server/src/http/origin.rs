//! Whose page is asking: ours, an allowed one, or a stranger's.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use url::{Host, Url};

use super::visit::Visit;
use crate::site::Site;

/// See [`judge_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A page of ours or an allowed one, or no page at all: browsers always say
    /// where a page comes from, programs need not.
    Ours,
    /// A page of somebody else.
    Foreign,
}

/// Judges a request that pages elsewhere must not be able to make.
#[must_use]
pub fn judge_origin(site: &Site, visit: &Visit, headers: &HeaderMap) -> Verdict {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return match headers.get("sec-fetch-site").map(|value| value.as_bytes()) {
            None | Some(b"same-origin" | b"none") => Verdict::Ours,
            Some(_) => Verdict::Foreign,
        };
    };
    let Ok(origin) = origin.to_str() else {
        return Verdict::Foreign;
    };
    let config = &site.config;
    let mut allowed = config.allow_origins.iter().chain(&config.public_url);
    if allowed.any(|other| other.as_str() == origin) || is_same(origin, visit) {
        Verdict::Ours
    } else {
        Verdict::Foreign
    }
}

/// Whether the page comes from the host that the request went to, or both are
/// on this very machine, as with a development server in front of us.
fn is_same(origin: &str, visit: &Visit) -> bool {
    let Some(host) = &visit.host else {
        return false;
    };
    let Ok(asked) = Url::parse(&format!("{}://{host}", visit.scheme)) else {
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
    use crate::rate::Caller;

    fn same(origin: &str, host: &str) -> bool {
        let caller = Caller::from(IpAddr::from([10, 0, 0, 1]));
        is_same(
            origin,
            &Visit {
                caller,
                scheme: "http",
                host: Some(host.to_owned()),
            },
        )
    }

    #[test]
    fn a_page_of_the_same_host_and_port_is_ours() {
        assert!(same("http://board.example", "board.example"));
        assert!(same("http://board.example:8080", "board.example:8080"));
        assert!(same("http://localhost:8080", "127.0.0.1:3000"));
    }

    #[test]
    fn any_other_page_is_not() {
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
