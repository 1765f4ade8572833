//! What fuzz targets call: the readers of what the scripts in Redis reply.

use redis::Value;

use super::reply;

/// Reads a reply as that of every script; `commits` is the size of the batch. Returns how many of
/// the readers took it.
pub fn read_reply(value: &Value, commits: usize) -> usize {
    let taken = [
        reply::position(value.clone()).is_ok(),
        reply::batch(value.clone(), commits).is_ok(),
        reply::head(value.clone()).is_ok(),
        reply::loaded(value.clone()).is_ok(),
        reply::commits(value.clone()).is_ok(),
        reply::number(value.clone()).is_some(),
    ];
    taken.into_iter().filter(|taken| *taken).count()
}
