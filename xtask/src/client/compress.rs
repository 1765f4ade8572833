//! Compressed siblings (`.br`, `.gz`) of the files the server serves, and the table of sizes.

use super::Quality;
use crate::report;
use anyhow::{Context as _, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::{Compression, write::GzEncoder};
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Kinds of files that become smaller.
const KINDS: [&str; 8] = [
    "wasm",
    "js",
    "css",
    "html",
    "svg",
    "json",
    "webmanifest",
    "txt",
];

/// The largest window of brotli that every browser accepts, as a power of two.
const BROTLI_WINDOW: i32 = 22;

/// Writes the siblings of every file that gains by it.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn siblings(dir: &Path, quality: Quality) -> Result<()> {
    for path in compressible(dir)? {
        let content = std::fs::read(&path)?;
        write_if_smaller(&path, "br", &content, &brotli(&content, quality)?)?;
        write_if_smaller(&path, "gz", &content, &gzip(&content, quality)?)?;
    }
    Ok(())
}

fn compressible(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name() {
        let entry = entry.context("cannot read the built client")?;
        let kind = entry.path().extension().and_then(OsStr::to_str);
        if entry.file_type().is_file() && kind.is_some_and(|kind| KINDS.contains(&kind)) {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}

/// Ways of brotli to go to work: what it takes for the context of a byte, and how many bytes
/// it looks at in one go, as a power of two. None is best for every file: the high bits of
/// the byte before say most in wasm, which saves 1 in 90; nearly all else is text.
const WAYS: [(BrotliEncoderMode, i32); 3] = [
    (BrotliEncoderMode::BROTLI_MODE_GENERIC, 0),
    (BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR, 16),
];

fn brotli(content: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let (level, ways) = match quality {
        Quality::Quick => (5, &WAYS[..1]),
        Quality::Shipped => (11, &WAYS[..]),
    };
    let mut smallest: Option<Vec<u8>> = None;
    for (mode, lgblock) in ways {
        let params = BrotliEncoderParams {
            quality: level,
            lgwin: BROTLI_WINDOW,
            mode: *mode,
            lgblock: *lgblock,
            size_hint: content.len(),
            ..BrotliEncoderParams::default()
        };
        let mut out = Vec::new();
        brotli::BrotliCompress(&mut &*content, &mut out, &params)?;
        let mut back = Vec::with_capacity(content.len());
        brotli::BrotliDecompress(&mut &*out, &mut back)?;
        ensure!(back == content, "brotli does not read what it wrote");
        if smallest.as_ref().is_none_or(|best| out.len() < best.len()) {
            smallest = Some(out);
        }
    }
    smallest.context("there is no way to compress")
}

fn gzip(content: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = match quality {
        Quality::Quick => Compression::default(),
        Quality::Shipped => Compression::best(),
    };
    let mut writer = GzEncoder::new(Vec::new(), level);
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

fn write_if_smaller(path: &Path, ending: &str, raw: &[u8], compressed: &[u8]) -> Result<()> {
    if compressed.len() < raw.len() {
        std::fs::write(sibling(path, ending), compressed)?;
    }
    Ok(())
}

/// `client.js` becomes `client.js.br`.
fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Prints what each file costs, raw and over the wire.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn print_table(dir: &Path) -> Result<()> {
    report::line(&format!(
        "\n  {:>10}  {:>10}  {:>10}  file",
        "raw", "brotli", "gzip"
    ));
    let mut total = [0, 0, 0];
    for path in compressible(dir)? {
        let raw = std::fs::metadata(&path)?.len();
        let size = |ending| std::fs::metadata(sibling(&path, ending)).map_or(raw, |m| m.len());
        let sizes = [raw, size("br"), size("gz")];
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
        print_row(
            sizes,
            &path
                .strip_prefix(dir)
                .unwrap_or(&path)
                .display()
                .to_string(),
        );
    }
    print_row(total, "in all");
    let needed = needed_at_once(dir)?;
    report::line(&format!(
        "  a browser needs {needed} bytes before it shows a board"
    ));
    if needed > MOST_AT_ONCE {
        report::warning(&format!(
            "that is more than the {MOST_AT_ONCE} bytes that are wanted"
        ));
    }
    Ok(())
}

/// The most that wasm, scripts and styles may be after brotli, in bytes: seconds of a slow
/// phone.
const MOST_AT_ONCE: u64 = 350_000;

/// Bytes of all wasm, scripts and styles after brotli. Fonts are loaded when they are used.
fn needed_at_once(dir: &Path) -> Result<u64> {
    let needed = compressible(dir)?.into_iter().filter(|path| {
        let ending = path.extension().and_then(OsStr::to_str);
        matches!(ending, Some("wasm" | "js" | "css"))
    });
    needed
        .map(|path| {
            let small = std::fs::metadata(sibling(&path, "br"));
            Ok(small.or_else(|_| std::fs::metadata(&path))?.len())
        })
        .sum()
}

fn print_row([raw, brotli, gzip]: [u64; 3], name: &str) {
    report::line(&format!("  {raw:>10}  {brotli:>10}  {gzip:>10}  {name}"));
}

#[cfg(test)]
mod tests {
    use super::{Quality, siblings};
    use std::io::Read as _;

    #[test]
    fn siblings_unpack_to_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let text = "the same words again and again; ".repeat(200);
        std::fs::write(dir.path().join("a.js"), &text).unwrap();
        siblings(dir.path(), Quality::Shipped).unwrap();
        let mut out = String::new();
        let br = std::fs::read(dir.path().join("a.js.br")).unwrap();
        brotli::Decompressor::new(&br[..], 4096)
            .read_to_string(&mut out)
            .unwrap();
        assert_eq!(out, text);
        out.clear();
        let gz = std::fs::read(dir.path().join("a.js.gz")).unwrap();
        flate2::read::GzDecoder::new(&gz[..])
            .read_to_string(&mut out)
            .unwrap();
        assert_eq!(out, text);
    }

    #[test]
    fn a_file_that_would_grow_has_no_sibling() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::fs::write(dir.path().join("a.png"), [0; 5000]).unwrap();
        siblings(dir.path(), Quality::Quick).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
