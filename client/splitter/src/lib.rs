//! Splits the built client in two: what a browser needs at the start, and the chunk, which it loads
//! later (`client/src/chunk.rs`).
//!
//! Trunk does not split. So Trunk's files are replaced: the linked program is split first, then
//! wasm-bindgen connects its main part to the browser.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use wasm_split_cli_support::{Options, transform};
use xshell::{Shell, cmd};

/// The files that Trunk made of the client have this name with a hash.
const CLIENT: &str = "client-";
/// The ending of the script among them.
const SCRIPT: &str = ".js";
/// The name that the split gives to the code of the chunk.
const CHUNK: &str = "split_chunk.wasm";
/// The client in the folder of cargo.
const PROGRAM: &str = "wasm32-unknown-unknown/wasm-release/client.wasm";

/// Splits the client in a folder of files that Trunk made.
///
/// The client as the linker made it, with relocations, is in `target`, the folder of cargo. The page
/// gets a link to the script that loads the chunk, so that a browser loads it with the others.
///
/// # Errors
/// If a file is missing or cannot be written, the program has no relocations or no chunk, or
/// wasm-bindgen fails.
pub fn split(folder: &Path, target: &Path, wasm_bindgen: &Path) -> Result<()> {
    let shell = Shell::new()?;
    let name = client_in(&shell, folder)?;
    let parts = tempfile::tempdir()?;
    let main = parts.path().join("main.wasm");
    let loader = format!("{name}_chunk.js");
    let program = target.join(PROGRAM);
    cut(&program, &main, parts.path(), &name, &loader)?;

    let arguments = "--target web --no-typescript --keep-lld-exports --out-name".split(' ');
    cmd!(
        shell,
        "{wasm_bindgen} {main} {arguments...} {name} --out-dir {folder}"
    )
    .quiet()
    .run()?;
    let chunk = parts.path().join(CHUNK);
    if !chunk.exists() {
        bail!("nothing was split from {}", program.display());
    }
    let chunk_name = format!("{name}_chunk.wasm");
    shell.copy_file(chunk, folder.join(&chunk_name))?;
    let script = shell.read_file(parts.path().join(&loader))?;
    shell.write_file(folder.join(&loader), script.replace(CHUNK, &chunk_name))?;
    let page = folder.join("index.html");
    let with_link = link(&shell.read_file(&page)?, &name, &loader)?;
    Ok(shell.write_file(page, with_link)?)
}

/// The name of the client's files, without their endings.
fn client_in(shell: &Shell, folder: &Path) -> Result<String> {
    let names = shell.read_dir(folder)?.into_iter();
    let mut names =
        names.filter_map(|path| path.file_name().and_then(OsStr::to_str).map(str::to_owned));
    let found = names.find_map(|name| {
        let name = name.strip_suffix(SCRIPT)?;
        name.starts_with(CLIENT).then(|| name.to_owned())
    });
    found.with_context(|| format!("there is no client in {}", folder.display()))
}

/// Cuts a program into its main part and files in `folder`.
fn cut(program: &Path, main: &Path, folder: &Path, name: &str, loader: &str) -> Result<()> {
    let bytes = std::fs::read(program);
    let bytes = bytes.with_context(|| format!("{} is missing", program.display()))?;
    let (script, loader) = (format!("./{name}{SCRIPT}"), format!("./{loader}"));
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &script;
    options.link_name = &loader;
    let done = transform(options);
    done.map(drop)
        .map_err(|error| anyhow::anyhow!("{} cannot be split: {error:#}", program.display()))
}

/// A page that also links the script which loads the chunk, after that of the client.
fn link(page: &str, name: &str, loader: &str) -> Result<String> {
    let script = format!("{name}{SCRIPT}");
    let lines = page.split_inclusive('>');
    let mut linked = String::new();
    let mut is_linked = false;
    for tag in lines {
        linked.push_str(tag);
        if tag.contains("modulepreload") && tag.contains(&script) {
            linked.push_str(&tag.replace(&script, loader));
            is_linked = true;
        }
    }
    if !is_linked {
        bail!("the page does not link {script}");
    }
    Ok(linked)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn a_page_links_the_loader_after_the_script() {
        let page =
            "<head>\n<link rel=\"modulepreload\" href=\"./client-01.js\" crossorigin>\n</head>";
        let linked = link(page, "client-01", "client-01_chunk.js").unwrap();
        assert_eq!(linked.matches("modulepreload").count(), 2);
        let (script, loader) = (
            linked.find("client-01.js"),
            linked.find("client-01_chunk.js"),
        );
        assert!(script.is_some() && script < loader, "{linked}");
        assert!(link(page, "client-02", "x").is_err());
    }

    #[test]
    fn a_folder_without_a_client_and_a_program_that_is_missing_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let of = || split(folder.path(), &target, Path::new("false")).unwrap_err();
        assert!(of().to_string().contains("there is no client"));
        std::fs::write(folder.path().join("client-0123.js"), "").unwrap();
        assert!(of().to_string().contains("is missing"));
        let program = target.join(PROGRAM);
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::write(program, "no program").unwrap();
        assert!(of().to_string().contains("cannot be split"));
    }
}
