//! Bundling the style sheets into one file with a hash in its name.
//!
//! While developing, the browser follows the imports of `style/main.css` by itself. For
//! shipping, one file holds them all, so that the page waits for one request, not twenty.

use anyhow::{Context as _, Result, bail};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

/// The address of the style sheet that the page links, and that imports all others.
const MAIN: &str = "/style/main.css";

/// Bundles the style of the client in `dir`.
///
/// # Errors
/// A style sheet is missing, or imports in a way that is not understood here.
pub(crate) fn bundle_in(dir: &Path) -> Result<()> {
    let index = dir.join("index.html");
    let html = std::fs::read_to_string(&index).context("Trunk wrote no index.html")?;
    if !html.contains(MAIN) {
        bail!("index.html does not link {MAIN}");
    }
    let css = squeezed(&bundled(&dir.join(MAIN.trim_start_matches('/')), read)?);
    let name = format!("style-{}.css", hash(&css));
    std::fs::write(dir.join(&name), css)?;
    std::fs::write(index, html.replace(MAIN, &format!("/{name}")))?;
    std::fs::remove_dir_all(dir.join("style")).context("cannot remove the single style sheets")
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn hash(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    format!("{:016x}", hasher.finish())
}

/// The text of a style sheet with the text of others in place of their imports.
fn bundled(path: &Path, read: fn(&Path) -> Result<String>) -> Result<String> {
    let folder = path.parent().unwrap_or(path);
    let mut css = String::new();
    for line in read(path)?.lines() {
        if line.trim_start().starts_with("@import") {
            let name = imported(line).with_context(|| {
                format!(
                    "{}: only `@import \"file.css\";` is understood, not `{line}`",
                    path.display()
                )
            })?;
            css.push_str(&bundled(&folder.join(name), read)?);
        } else {
            css.push_str(line);
        }
        css.push('\n');
    }
    Ok(css)
}

/// The file in `@import "file.css";`; imports into layers or for media are not bundled.
fn imported(line: &str) -> Option<&str> {
    let name = line
        .trim()
        .strip_prefix("@import \"")?
        .strip_suffix("\";")?;
    (!name.contains(['"', ':'])).then_some(name)
}

/// The same style sheet without comments, and with single spaces; strings stay as they are.
fn squeezed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match quote {
            Some(open) => {
                out.push(c);
                if c == '\\' {
                    out.extend(chars.next());
                } else if c == open {
                    quote = None;
                }
            }
            None if c == '/' && chars.peek() == Some(&'*') => {
                skip_comment(&mut chars);
                push_space(&mut out);
            }
            None if c.is_whitespace() => push_space(&mut out),
            None => {
                quote = matches!(c, '"' | '\'').then_some(c);
                out.push(c);
            }
        }
    }
    out.trim().to_owned()
}

fn skip_comment(chars: &mut impl Iterator<Item = char>) {
    let mut last = ' ';
    // The star that opens the comment must not close it.
    for c in chars.skip(1) {
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}

fn push_space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{bundle_in, bundled, squeezed};
    use std::path::Path;

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let css = "/* a */ .b {\n    content: \"/* \\\" */  x\";\n    inset: calc(1px + 2px);\n}\n/*/ c */ .d {}";
        assert_eq!(
            squeezed(css),
            ".b { content: \"/* \\\" */  x\"; inset: calc(1px + 2px); } .d {}"
        );
    }

    #[test]
    fn imports_are_replaced_by_files_in_their_order() {
        let read = |path: &Path| {
            Ok(match path.to_string_lossy().as_ref() {
                "s/main.css" => "@layer a, b;\n@import \"x/a.css\";\n@import \"b.css\";\nc {}",
                "s/x/a.css" => "@import \"d.css\";\na {}",
                "s/x/d.css" => "d {}",
                "s/b.css" => "b {}",
                other => anyhow::bail!("asked for {other}"),
            }
            .to_owned())
        };
        let css = squeezed(&bundled(Path::new("s/main.css"), read).unwrap());
        assert_eq!(css, "@layer a, b; d {} a {} b {} c {}");
    }

    #[test]
    fn an_import_of_another_kind_is_an_error() {
        let read = |_: &Path| Ok("@import \"a.css\" layer(base);".to_owned());
        assert!(bundled(Path::new("main.css"), read).is_err());
    }

    #[test]
    fn the_page_links_the_bundle_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        std::fs::create_dir(dir.path().join("style")).unwrap();
        write(
            "index.html",
            "<link rel=\"stylesheet\" href=\"/style/main.css\">",
        );
        write("style/main.css", "@import \"a.css\";");
        write("style/a.css", "a { color: red }");
        bundle_in(dir.path()).unwrap();
        let html = std::fs::read_to_string(dir.path().join("index.html")).unwrap();
        let name = html
            .split("href=\"/")
            .nth(1)
            .unwrap()
            .trim_end_matches("\">");
        let css = std::fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!(css, "a { color: red }");
        assert!(!dir.path().join("style").exists());
    }
}
