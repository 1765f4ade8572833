//! Checks the size of what a browser loads before it shows the first board.

use super::precompress::compressible;
use crate::report;
use anyhow::{Context as _, Result, ensure};
use std::path::Path;

/// The page and the files that it names together after brotli, in bytes: the goal, four seconds on
/// a phone that loads 1.3 Mbit/s, and the limit. A font does not count: its first letter loads it.
const GOAL: u64 = 650_000;
const LIMIT: u64 = 800_000;

/// The page. A browser loads the files that it names at once, and other modules when needed.
const PAGE: &str = "index.html";

/// Prints the size of each file of the first load in `dir`, in bytes, and fails if the sum after
/// brotli is above the limit. A file without a compressed sibling counts as it is.
pub(super) fn check(dir: &Path) -> Result<()> {
    let mut sum = 0;
    let page = std::fs::read_to_string(dir.join(PAGE)).context("there is no built client")?;
    report::line("       raw     brotli       gzip  file of the first load");
    for path in compressible(dir)? {
        let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy();
        if name == PAGE || page.contains(&*name) {
            let raw = std::fs::metadata(&path)?.len();
            let size =
                |end| std::fs::metadata(path.with_added_extension(end)).map_or(raw, |it| it.len());
            let (brotli, gzip) = (size("br"), size("gz"));
            report::line(&format!("{raw:>10} {brotli:>10} {gzip:>10}  {name}"));
            sum += brotli;
        }
    }
    let goals = format!("the goal is {GOAL}, the limit {LIMIT}");
    report::line(&format!("{sum} bytes in the first load; {goals}"));
    if sum > GOAL {
        report::warning("the client is larger than the goal");
    }
    ensure!(sum <= LIMIT, "the client is larger than the limit");
    Ok(())
}

#[test]
fn only_files_of_the_first_load_count_with_their_compressed_size() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: u64| {
        let file = std::fs::File::create(dir.path().join(name)).unwrap();
        file.set_len(bytes).unwrap();
    };
    assert!(check(dir.path()).is_err(), "no client");
    let page = "client.wasm boot.js font.woff2";
    std::fs::write(dir.path().join(PAGE), page).unwrap();
    write("client.wasm", 2 * LIMIT);
    write("importer.wasm", LIMIT);
    write("client.wasm.br", LIMIT - page.len() as u64 - 10);
    write("font.woff2", 1000);
    write("boot.js", 10);
    assert!(check(dir.path()).is_ok());
    write("boot.js", 11);
    assert!(check(dir.path()).is_err(), "one byte too many");
}
