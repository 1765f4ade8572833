//! The chunk: code in a file of its own, which the browser loads when it is needed first, or soon
//! after the start.
//!
//! The build splits the client at the functions that `in_chunk` marks: what only they reach is in
//! that file (`client/splitter`).

use wasm_split_helpers::SplitLoaderError;

/// The file did not load, for example because there is no connection. The next use tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A part of Commonslate did not load. Check the connection and try again.")]
pub(crate) struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Puts a function into the chunk. To its callers it is `async`: the first call loads the chunk. A
/// build for tests or development has no chunk.
macro_rules! in_chunk {
    ($(#[$note:meta])* $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $output:ty $body:block) => {
        $(#[$note])*
        #[cfg(not(debug_assertions))]
        #[wasm_split_helpers::wasm_split(chunk, fallible)]
        $visibility fn $name($($argument: $kind),*) -> $output $body

        $(#[$note])*
        #[cfg(debug_assertions)]
        $visibility async fn $name($($argument: $kind),*) -> $output $body
    };
}
pub(crate) use in_chunk;
