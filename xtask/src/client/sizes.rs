//! What a browser loads before it shows the first board, and how large that may be.

use super::precompress::{compressible, sibling};
use crate::report;
use anyhow::{Result, ensure};
use std::path::Path;

/// Page, wasm, scripts and styles together after brotli, in bytes: the goal, four seconds on a phone
/// that loads 1.3 Mbit/s, and the limit. Fonts do not count; each is loaded with its first letter.
const FIRST_LOAD_GOAL: u64 = 650_000;
const FIRST_LOAD_LIMIT: u64 = 800_000;

/// Endings of the files that the first board needs.
const NEEDED: [&str; 4] = ["wasm", "js", "css", "html"];

/// Prints what each file of the client in `dir` costs, in bytes, and fails if the sum after
/// brotli is above the limit. A file without a compressed sibling counts as it is.
pub(super) fn check(dir: &Path) -> Result<()> {
    let mut sum = 0;
    report::line("       raw     brotli       gzip  file of the first load");
    for path in compressible(dir)? {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| NEEDED.contains(&ending)) {
            let raw = std::fs::metadata(&path)?.len();
            let size = |end| std::fs::metadata(sibling(&path, end)).map_or(raw, |it| it.len());
            let (brotli, gzip) = (size("br"), size("gz"));
            let name = path.strip_prefix(dir).unwrap_or(&path).display();
            report::line(&format!("{raw:>10} {brotli:>10} {gzip:>10}  {name}"));
            sum += brotli;
        }
    }
    report::line(&format!(
        "A browser loads {sum} bytes before it shows a board."
    ));
    ensure!(sum > 0, "there is no built client");
    if sum > FIRST_LOAD_GOAL {
        report::warning(&format!(
            "that is above the goal of {FIRST_LOAD_GOAL} bytes"
        ));
    }
    ensure!(
        sum <= FIRST_LOAD_LIMIT,
        "the client is larger than the limit of {FIRST_LOAD_LIMIT} bytes"
    );
    Ok(())
}

#[test]
fn what_is_needed_counts_compressed_and_the_rest_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: u64| {
        let file = std::fs::File::create(dir.path().join(name)).unwrap();
        file.set_len(bytes).unwrap();
    };
    assert!(check(dir.path()).is_err(), "no client");
    write("client.wasm", 2 * FIRST_LOAD_LIMIT);
    write("client.wasm.br", FIRST_LOAD_LIMIT - 10);
    write("font.woff2", 1000);
    write("boot.js", 10);
    assert!(check(dir.path()).is_ok());
    write("index.html", 1);
    assert!(check(dir.path()).is_err(), "one byte too many");
}
