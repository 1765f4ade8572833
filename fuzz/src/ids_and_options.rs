//! Ids in links and headers, names that people choose, and addresses in the options of the server.

use std::ffi::OsString;
use std::fmt::Display;
use std::str::FromStr;

use server::Config;
use shared::id::{BoardId, ClientKey, ElementId, Secret};
use shared::name::{cleaned_name, is_clean_name};

/// Reads text as all of these.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    same::<BoardId>(&text);
    same::<ElementId>(&text);
    let _ = (Secret::from_str(&text), ClientKey::from_str(&text));
    let clean = cleaned_name(&text);
    assert!(is_clean_name(&clean), "{clean:?}");
    for option in [
        "--public-url",
        "--allow-origin",
        "--redis-url",
        "--listen",
        "--log",
    ] {
        let program = OsString::from("commonslate");
        let _ = Config::read([program, option.into(), (&*text).into()]);
    }
}

/// An id that was read is written in the same way.
fn same<T: FromStr + Display>(text: &str) {
    if let Ok(id) = T::from_str(text) {
        assert_eq!(id.to_string(), text);
    }
}

/// Ids and addresses of each kind.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    [
        "AAAAAAAAAAAAAAAAAAAAAA",
        "__________-_-_-_-_-_-w",
        "https://board.example/whiteboard",
        "http://[2001:db8::1]:8443/",
        "redis://user:password@127.0.0.1:6379/3",
        "rediss://redis.example/?protocol=resp3",
        "unix:///run/redis.sock?db=1&pass=x",
        "127.0.0.1:3000",
        "server=debug,info",
        "Ada \u{202e}Lovelace\u{0}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}
