//! A server below a path, such as `https://example.org/whiteboard/` (`--public-url`).
//!
//! Some proxies remove the path before they pass a request on, and others keep it. Both work:
//! the path is removed here if it is there.

use axum::http::uri::PathAndQuery;
use axum::http::{Request, Uri};

/// The request as this server would get it without a path in its address.
pub(super) fn remove<B>(mut request: Request<B>, base: &str) -> Request<B> {
    if let Some(uri) = without(request.uri(), base) {
        *request.uri_mut() = uri;
    }
    request
}

/// The address without the path `base`, if it begins with it. Both `base` and `base/` are the root.
fn without(uri: &Uri, base: &str) -> Option<Uri> {
    let whole = uri.path_and_query()?.as_str();
    let rest = whole.strip_prefix(base).filter(|_| !base.is_empty())?;
    let rest = match rest.chars().next() {
        Some('/') => rest.to_owned(),
        None | Some('?') => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str, base: &str) -> String {
        let request = Request::builder().uri(path).body(()).unwrap();
        remove(request, base).uri().to_string()
    }

    #[test]
    fn the_path_is_removed_once_and_only_as_a_whole() {
        let base = "/white/board";
        for (path, expected) in [
            ("/white/board", "/"),
            ("/white/board/", "/"),
            ("/white/board?a=b", "/?a=b"),
            ("/white/board/b/x?y", "/b/x?y"),
            ("/white/board/white/board/x", "/white/board/x"),
            ("/white/boards", "/white/boards"),
            ("/white", "/white"),
            ("/b/x", "/b/x"),
            ("http://host/white/board/ws/x", "http://host/ws/x"),
        ] {
            assert_eq!(seen(path, base), expected);
        }
        assert_eq!(seen("/b/x", ""), "/b/x");
    }
}
