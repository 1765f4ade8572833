//! Valid commits of several people on few elements, so that their changes meet.

use arbitrary::Unstructured;

use crate::{generated, history};

/// Makes commits of the bytes, and applies them.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let mut commits = Vec::new();
    while !bytes.is_empty() && commits.len() < 64 {
        let Ok(commit) = generated::commit(&mut bytes) else {
            break;
        };
        commits.push(commit);
    }
    history::check(&commits);
}

/// Bytes without a pattern, which choose one change of each kind.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mixed = |seed: u8| (0..200).map(move |at: u32| (at * 37 + u32::from(seed) * 91) as u8);
    (0..8).map(|seed| mixed(seed).collect()).collect()
}
