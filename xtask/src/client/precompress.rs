//! Compressed siblings (`.br`, `.gz`) of the files the server serves.

use super::Quality;
use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of files that are worth compressing.
const KINDS: [&str; 7] = ["wasm", "js", "css", "html", "svg", "webmanifest", "txt"];

/// Writes siblings for every file in `dir`, unless they would be larger than the file.
pub(crate) fn siblings(dir: &Path, quality: Quality) -> Result<()> {
    let (brotli_level, gzip_level) = match quality {
        Quality::Quick => (5, 1),
        Quality::Shipped => (11, 9),
    };
    for path in compressible(dir)? {
        let raw = std::fs::read(&path)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::new(gzip_level));
        gzip.write_all(&raw)?;
        for (ending, small) in [("br", brotli(&raw, brotli_level)?), ("gz", gzip.finish()?)] {
            if small.len() < raw.len() {
                std::fs::write(path.with_added_extension(ending), small)?;
            }
        }
    }
    Ok(())
}

/// The files in `dir` with one of these endings, in the order of their names.
pub(super) fn compressible(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name() {
        let path = entry.context("cannot read the built client")?.into_path();
        let kind = path.extension().and_then(|ending| ending.to_str());
        if kind.is_some_and(|kind| KINDS.contains(&kind)) {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn brotli(raw: &[u8], quality: i32) -> Result<Vec<u8>> {
    let (size_hint, mut out) = (raw.len(), Vec::new());
    let params = BrotliEncoderParams {
        quality,
        size_hint,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*raw, &mut out, &params)?;
    Ok(out)
}

#[test]
fn siblings_unpack_to_the_same_bytes_and_none_is_larger_than_its_file() {
    use std::io::read_to_string;
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let text = "the same words again and again; ".repeat(200);
    for (name, text) in [("a.js", text.as_str()), ("a.txt", "x"), ("a.png", &text)] {
        std::fs::write(at(name), text).unwrap();
    }
    siblings(dir.path(), Quality::Shipped).unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 5);
    let open = |name: &str| std::fs::File::open(at(name)).unwrap();
    let brotli = brotli::Decompressor::new(open("a.js.br"), 4096);
    let gzip = flate2::read::GzDecoder::new(open("a.js.gz"));
    assert_eq!(read_to_string(brotli).unwrap(), text);
    assert_eq!(read_to_string(gzip).unwrap(), text);
}
