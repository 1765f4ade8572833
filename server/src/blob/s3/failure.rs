//! Why a request to a bucket failed.

use object_store::Error;

use super::super::BlobError;

/// The longest reason that is passed on, in characters.
const MAX_REASON_CHARS: usize = 300;

impl From<Error> for BlobError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::Missing("the object is not there".to_owned()),
            other => Self::Unavailable(reason(&other)),
        }
    }
}

/// An error in one line. Servers answer with XML, which may be long.
pub(super) fn reason(error: &Error) -> String {
    let text = error.to_string();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(MAX_REASON_CHARS).collect()
}
