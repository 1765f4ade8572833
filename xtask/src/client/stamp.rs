//! Naming the client's files by what is in them.
//!
//! Browsers keep a file with a hash in its name for ever. Trunk's hash is that of what it
//! wrote itself, and what becomes of that here depends on tools besides.

use super::optimise::{script_of, wasm_files};
use anyhow::{Context as _, Result};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

/// Gives every wasm file in `dir` and its script a name by what is in both, here and where
/// the page says it.
///
/// # Errors
/// A file cannot be read, written or renamed.
pub(super) fn rename_in(dir: &Path) -> Result<()> {
    let index = dir.join("index.html");
    for wasm in wasm_files(dir)? {
        let script = script_of(&wasm)?;
        let code = std::fs::read_to_string(&script).context("the client has no script")?;
        let stem = script.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.context("the script has no name")?;
        let name = stem.split_once('-').map_or(stem, |(name, _)| name);
        // The script may say its own name, which is Trunk's.
        let parts = [std::fs::read(&wasm)?, code.replace(stem, name).into_bytes()];
        let new = format!("{name}-{}", hash(&parts));
        let html = std::fs::read_to_string(&index).context("Trunk wrote no index.html")?;
        std::fs::write(&index, html.replace(stem, &new))?;
        std::fs::write(&script, code.replace(stem, &new))?;
        std::fs::rename(&script, dir.join(format!("{new}.js")))?;
        std::fs::rename(&wasm, dir.join(format!("{new}_bg.wasm")))?;
    }
    Ok(())
}

/// As long as Trunk's, which the server knows by its form.
fn hash(parts: &[Vec<u8>]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::rename_in;
    use std::path::Path;

    fn names(dir: &Path) -> Vec<String> {
        let names = std::fs::read_dir(dir).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn renamed(wasm: &str, trunk: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        put(&format!("client-{trunk}_bg.wasm"), wasm);
        put(
            &format!("client-{trunk}.js"),
            &format!("'client-{trunk}_bg.wasm'"),
        );
        put(
            "index.html",
            &format!("/client-{trunk}.js /client-{trunk}_bg.wasm"),
        );
        rename_in(dir.path()).unwrap();
        let names = names(dir.path());
        let html = std::fs::read_to_string(dir.path().join("index.html")).unwrap();
        assert_eq!(html, format!("/{} /{}", names[0], names[1]));
        let code = std::fs::read_to_string(dir.path().join(&names[0])).unwrap();
        assert_eq!(code, format!("'{}'", names[1]));
        names
    }

    #[test]
    fn a_name_says_what_is_in_both_files() {
        let names = renamed("one", "00000000000000aa");
        assert_eq!(renamed("one", "00000000000000bb"), names);
        assert_ne!(renamed("two", "00000000000000aa"), names);
    }
}
