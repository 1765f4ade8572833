//! Which other modules of its crate a Rust file names, read from its tokens: comments and
//! strings are no tokens, and what stands inside macros is seen too. Tests are left out.

use super::files::File;
use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One place where a module at the top of a crate names another one.
#[derive(Debug)]
pub(super) struct Use<'a> {
    /// `path:line` of the place.
    pub(super) place: String,
    /// Folder of the crate, such as `client/editor`.
    pub(super) folder: &'a str,
    /// The module that names.
    pub(super) from: &'a str,
    /// The module that is named.
    pub(super) to: String,
}

/// Finds all uses in the sources of crates. The root of a crate is no module.
pub(super) fn in_all(files: &[File]) -> Result<Vec<Use<'_>>> {
    let mut uses = Vec::new();
    let is_product = |file: &&File| file.path.ends_with(".rs") && !file.is_test();
    for file in files.iter().filter(is_product) {
        let Some((folder, inside)) = file.path.split_once("/src/") else {
            continue;
        };
        let tokens = file.text.parse::<TokenStream>();
        let tokens = tokens.map_err(|error| anyhow!("{}: {error}", file.path))?;
        let mut modules: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
        modules.retain(|name| !matches!(*name, "mod" | "lib" | "main"));
        let Some(from) = modules.first().copied() else {
            continue;
        };
        let mut flat = Vec::new();
        flatten(tokens, &mut flat);
        for (to, line) in named(&flat, modules.len()) {
            let is_module = to.starts_with(|c: char| c.is_ascii_lowercase());
            if is_module && to != from {
                uses.push(Use {
                    place: format!("{}:{line}", file.path),
                    folder,
                    from,
                    to,
                });
            }
        }
    }
    Ok(uses)
}

/// A word, a mark or a brace, with its line.
type Token = (String, usize);

/// Writes tokens one after the other, without attributes and without `#[cfg(test)]` items.
fn flatten(tokens: TokenStream, out: &mut Vec<Token>) {
    let mut is_test = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let line = token.span().start().line;
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if let Some(attribute) = tokens.next_if(|it| matches!(it, TokenTree::Group(_))) {
                    is_test |= attribute.to_string().replace(' ', "") == "[cfg(test)]";
                }
            }
            // An item ends with a semicolon or with braces.
            TokenTree::Punct(mark) if mark.as_char() == ';' => is_test = false,
            TokenTree::Group(group) if is_test => is_test = group.delimiter() != Delimiter::Brace,
            _ if is_test => {}
            TokenTree::Group(group) => {
                out.push(("{".to_owned(), line));
                flatten(group.stream(), out);
                out.push(("}".to_owned(), line));
            }
            other => out.push((other.to_string(), line)),
        }
    }
}

/// The first names after `crate::`, also in a list in braces, and after as many `super::` as
/// lead from a module at this depth to the root.
fn named(tokens: &[Token], depth: usize) -> Vec<Token> {
    let text = |at: usize| tokens.get(at).map_or("", |(text, _)| text);
    let is_path =
        |at: usize, name: &str| text(at) == name && text(at + 1) == ":" && text(at + 2) == ":";
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let is_root = (0..depth).all(|up| is_path(at + 3 * up, "super"));
        let skipped = match text(at) {
            "crate" if is_path(at, "crate") => 3,
            "super" if is_root => 3 * depth,
            _ => continue,
        };
        let mut level = 0_usize;
        let mut before = ",";
        for (text, line) in tokens.iter().skip(at + skipped) {
            match text.as_str() {
                "{" => level += 1,
                "}" => level = level.saturating_sub(1),
                name if before == "," && level <= 1 => found.push((name.to_owned(), *line)),
                _ => {}
            }
            before = if level == 1 && text == "{" { "," } else { text };
            if level == 0 {
                break;
            }
        }
    }
    found
}
