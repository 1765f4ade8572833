//! Bundles all style sheets into one. Trunk copies and hashes a style sheet but keeps its
//! `@import`s, so the browser would load each file on its own.

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use std::path::Path;

/// The minified style sheet at `main` with the content of its imports.
pub(super) fn bundled(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default())?;
    let options = PrinterOptions {
        minify: true,
        ..Default::default()
    };
    Ok(sheet.to_css(options)?.code)
}

#[test]
fn imports_are_replaced_by_files_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    let main = dir.path().join("main.css");
    write(
        "main.css",
        "@layer x, y;\n@import \"a.css\";\n@import \"b.css\";",
    );
    write("a.css", "@layer y { a { color: red } }");
    assert!(bundled(&main).is_err(), "b.css is missing");
    write("b.css", "/* b */\n@layer x { b { color: var(--c) } }");
    assert_eq!(
        bundled(&main).unwrap(),
        "@layer x{b{color:var(--c)}}@layer y{a{color:red}}"
    );
}
