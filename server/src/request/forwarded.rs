//! What a trusted proxy says about a request: the address of the client, and the scheme, host and
//! port that it asked for.
//!
//! A proxy says it in `X-Forwarded-For`, `-Proto` and `-Host`, or in `Forwarded` (RFC 7239), which
//! counts only where none of the others is present. Each proxy on the way appends to these headers,
//! so only the last value comes from the proxy that we trust.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

const FOR: &str = "x-forwarded-for";
const PROTO: &str = "x-forwarded-proto";
const HOST: &str = "x-forwarded-host";
const FORWARDED: &str = "forwarded";

/// The last values of the headers of proxies.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// The address of the client as text, perhaps with a port.
    pub(super) client: Option<String>,
    /// `http` or `https`.
    pub(super) scheme: Option<String>,
    /// Host and port.
    pub(super) host: Option<String>,
}

impl Forwarded {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        if [FOR, PROTO, HOST]
            .iter()
            .any(|name| headers.contains_key(*name))
        {
            return Self {
                client: last(headers, FOR),
                scheme: last(headers, PROTO),
                host: last(headers, HOST),
            };
        }
        let element = last(headers, FORWARDED).unwrap_or_default();
        let parameter = |name: &str| {
            let mut parameters = split(&element, ';').into_iter();
            parameters.find_map(|parameter| {
                let (key, value) = parameter.split_once('=')?;
                let is_named = key.trim().eq_ignore_ascii_case(name);
                is_named.then(|| unquoted(value).to_owned())
            })
        };
        Self {
            client: parameter("for"),
            scheme: parameter("proto"),
            host: parameter("host"),
        }
    }

    /// Whether a request has any header by which a proxy names the client.
    pub(super) fn is_in(headers: &HeaderMap) -> bool {
        headers.contains_key(FOR) || headers.contains_key(FORWARDED)
    }

    /// The address of the client, if it can be read.
    pub(super) fn address(&self) -> Option<IpAddr> {
        address(self.client.as_deref()?)
    }
}

/// An address with or without a port: `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1`, `[2001:db8::1]`,
/// `[2001:db8::1]:443`.
fn address(text: &str) -> Option<IpAddr> {
    let text = unquoted(text);
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let bare = bare.unwrap_or(text).parse().ok();
    bare.or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

/// The last value in all headers of a name, which hold lists.
fn last(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(name).iter();
    let values = lines.flat_map(|line| split(line.to_str().unwrap_or("?"), ','));
    let mut values = values.map(|value| value.trim().to_owned());
    values.rfind(|value| !value.is_empty())
}

/// The parts between separators that are not within quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut is_quoted = false;
    text.split(|letter: char| {
        is_quoted ^= letter == '"';
        letter == separator && !is_quoted
    })
    .collect()
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&'static str, &str)]) -> Forwarded {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        Forwarded::read(&map)
    }

    fn address_of(name: &'static str, value: &str) -> Option<IpAddr> {
        read(&[(name, value)]).address()
    }

    #[test]
    fn addresses_may_have_ports_brackets_and_spaces() {
        let v4 = Some("1.2.3.4".parse().unwrap());
        for text in [
            "1.2.3.4",
            "1.2.3.4:5678",
            " 9.9.9.9 ,  1.2.3.4 ",
            "9.9.9.9:1,1.2.3.4:80",
            "1.2.3.4,",
        ] {
            assert_eq!(address_of(FOR, text), v4, "{text}");
        }
        let v6 = Some("2001:db8::1".parse().unwrap());
        for text in [
            "2001:db8::1",
            "[2001:db8::1]",
            "[2001:db8::1]:443",
            "1.1.1.1, [2001:db8::1]:443",
        ] {
            assert_eq!(address_of(FOR, text), v6, "{text}");
        }
        for text in [
            "",
            "unknown",
            "1.1.1.1, nobody",
            "_hidden",
            "1.2.3",
            "[1.2.3.4",
            "1.2.3.4:x",
        ] {
            assert_eq!(address_of(FOR, text), None, "{text}");
        }
    }

    #[test]
    fn the_last_of_several_headers_counts() {
        let headers = [(FOR, "1.1.1.1"), (FOR, "2.2.2.2, 3.3.3.3 ")];
        assert_eq!(read(&headers).address(), Some(IpAddr::from([3, 3, 3, 3])));
    }

    #[test]
    fn the_standard_header_is_read_where_the_others_are_absent() {
        let value = "for=9.9.9.9;proto=http, For=\"[2001:db8::1]:4711\";Proto=https;host=\"a.example:8443\"";
        let forwarded = read(&[(FORWARDED, value)]);
        assert_eq!(forwarded.address(), Some("2001:db8::1".parse().unwrap()));
        assert_eq!(forwarded.scheme.as_deref(), Some("https"));
        assert_eq!(forwarded.host.as_deref(), Some("a.example:8443"));
        assert_eq!(
            address_of(FORWARDED, "for=1.2.3.4:80"),
            Some(IpAddr::from([1, 2, 3, 4]))
        );
        assert_eq!(address_of(FORWARDED, "for=unknown"), None);
        // A client may have sent it through a proxy that sets only the others.
        let both = [
            (FORWARDED, "for=6.6.6.6;host=evil.example"),
            (FOR, "1.2.3.4"),
        ];
        assert_eq!(read(&both).address(), Some(IpAddr::from([1, 2, 3, 4])));
        assert_eq!(read(&both).host, None);
    }

    #[test]
    fn separators_within_quotes_separate_nothing() {
        let forwarded = read(&[(FORWARDED, "for=\"1.1.1.1, 2.2.2.2\";host=\"a;b\"")]);
        assert_eq!(forwarded.client.as_deref(), Some("1.1.1.1, 2.2.2.2"));
        assert_eq!(forwarded.host.as_deref(), Some("a;b"));
    }
}
