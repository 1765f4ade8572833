//! Reads from the tokens of a Rust file which paths it names. Comments and strings are no tokens,
//! and the tokens inside macros are read too. Tests are left out.

use super::files::File;
use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree, token_stream};
use std::collections::BTreeMap;
use std::iter::Peekable;

/// A path such as `crate::model::Board`.
pub(super) type Names = Vec<String>;

/// One Rust file of a crate, without its tests.
#[derive(Debug, Default)]
pub(super) struct Source<'a> {
    /// Path of the file from the root of the repository.
    pub(super) file: &'a str,
    /// Folder of the crate, such as `client/editor`. A program in `src/bin` is a crate too.
    pub(super) folder: &'a str,
    /// The modules that lead from the root of the crate to this file.
    pub(super) module: Vec<&'a str>,
    /// The path of each name that `use` brings into this file.
    pub(super) imports: BTreeMap<String, Names>,
    /// All paths with their lines, except public imports, which may only be for other files.
    pub(super) paths: Vec<(Names, usize)>,
}

/// Reads the sources of all crates.
pub(super) fn in_all(files: &[File]) -> Result<Vec<Source<'_>>> {
    let mut sources = Vec::new();
    for File { path: file, text } in files.iter().filter(|file| !file.is_test()) {
        let inside = file.split_once("/src/");
        let Some((mut folder, mut inside)) = inside.filter(|_| file.ends_with(".rs")) else {
            continue;
        };
        let program = inside.strip_prefix("bin/").unwrap_or_default();
        if let Some((_, rest)) = program.split_once('/') {
            (folder, inside) = (file.trim_end_matches(rest), rest);
        }
        let mut source = Source {
            file,
            folder,
            ..Source::default()
        };
        source.module = inside.trim_end_matches(".rs").split('/').collect();
        source
            .module
            .retain(|name| !matches!(*name, "mod" | "lib" | "main"));
        let tokens = text.parse::<TokenStream>();
        let tokens = tokens.map_err(|error| anyhow!("{file}: {error}"))?;
        source.read(tokens, &[], None);
        sources.push(source);
    }
    Ok(sources)
}

type Tokens = Peekable<token_stream::IntoIter>;

/// For whom a file imports a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Import {
    /// For itself.
    Own,
    /// For other files, and perhaps for itself.
    Public,
}

impl Source<'_> {
    /// Reads tokens, or the list of an import that begins with `start`.
    fn read(&mut self, stream: TokenStream, start: &[String], mut import: Option<Import>) {
        let (mut is_test, mut visibility) = (false, Import::Own);
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            // An item ends with a semicolon or with braces.
            let is_end = matches!(&token, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace)
                || matches!(&token, TokenTree::Punct(it) if it.as_char() == ';');
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let attribute = tokens.next_if(|it| matches!(it, TokenTree::Group(_)));
                    let attribute = attribute.map(|it| it.to_string().replace(' ', ""));
                    is_test |= attribute.is_some_and(|it| it == "[cfg(test)]");
                }
                TokenTree::Group(group) if !is_test => self.read(group.stream(), &[], None),
                TokenTree::Ident(word) if word == "pub" => visibility = Import::Public,
                TokenTree::Ident(word) if word == "use" => import = Some(visibility),
                TokenTree::Ident(word) if !is_test => self.path(&word, &mut tokens, start, import),
                _ => {}
            }
            if is_end {
                (is_test, visibility, import) = (false, Import::Own, None);
            }
        }
    }

    /// Reads one path, or all paths that end in a list.
    fn path(&mut self, first: &Ident, rest: &mut Tokens, to: &[String], import: Option<Import>) {
        let line = first.span().start().line;
        let mut path = [to, &[first.to_string()]].concat();
        let is_colon = |it: &TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == ':');
        while rest.next_if(is_colon).is_some() && rest.next_if(is_colon).is_some() {
            match rest.next() {
                Some(TokenTree::Ident(word)) => path.push(word.to_string()),
                Some(TokenTree::Group(list)) => return self.read(list.stream(), &path, import),
                _ => break,
            }
        }
        if path.len() > 1 {
            path.pop_if(|last| last == "self");
        }
        let Some(import) = import else {
            return self.paths.push((path, line));
        };
        let is_as = |it: &TokenTree| matches!(it, TokenTree::Ident(word) if word == "as");
        let alias = rest.next_if(is_as).and_then(|_| rest.next());
        let name = alias.map(|it| it.to_string()).or(path.last().cloned());
        self.imports.insert(name.unwrap_or_default(), path.clone());
        if import == Import::Own {
            self.paths.push((path, line));
        }
    }
}
