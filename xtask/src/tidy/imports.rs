//! Finds out which file needs which. If a module only re-exports a name (`pub use`), the needed
//! file is the one that declares it.

use super::uses::{Names, Source};
use std::collections::BTreeMap;

/// One place where a file needs another file of its crate.
#[derive(Debug)]
pub(super) struct Need<'a> {
    /// `path:line` of the place.
    pub(super) place: String,
    pub(super) from: &'a Source<'a>,
    pub(super) to: &'a Source<'a>,
}

/// The maximum number of re-exports of one name.
const MAX_REEXPORTS: u8 = 8;

/// The files of all crates, by the folder of the crate and their modules in it.
struct Crates<'a>(BTreeMap<(&'a str, &'a [&'a str]), &'a Source<'a>>);

/// Finds what the files of each crate need of each other.
pub(super) fn between<'a>(sources: &'a [Source<'a>]) -> Vec<Need<'a>> {
    // Of `lib.rs` and `main.rs` with the same module path, the first one is kept.
    let modules = sources.iter().rev();
    let crates = Crates(modules.map(|it| ((it.folder, &*it.module), it)).collect());
    let mut needs = Vec::new();
    for from in sources {
        for (path, line) in &from.paths {
            let place = format!("{}:{line}", from.file);
            let to = crates.declaration(from, path, MAX_REEXPORTS);
            let to = to.filter(|to| to.module != from.module);
            needs.extend(to.map(|to| Need { place, from, to }));
        }
    }
    needs
}

impl<'a> Crates<'a> {
    /// The file that declares the item at a path. None if another crate declares it, or if the
    /// path leads to a module.
    fn declaration(&self, from: &Source<'a>, path: &Names, left: u8) -> Option<&'a Source<'a>> {
        let mut module = from.module.clone();
        let mut is_ours = false;
        let mut names = path.iter();
        while let Some(name) = names.next() {
            match name.as_str() {
                "crate" => module.clear(),
                "super" => drop(module.pop()),
                "self" => {}
                name => module.push(name),
            }
            let is_name = module.last() == Some(&name.as_str());
            if is_name && !self.0.contains_key(&(from.folder, &*module)) {
                module.pop();
                let source = *self.0.get(&(from.folder, &*module))?;
                let Some(import) = source.imports.get(name) else {
                    return is_ours.then_some(source);
                };
                let path = import.iter().chain(names).cloned().collect();
                return self.declaration(source, &path, left.checked_sub(1)?);
            }
            is_ours = true;
        }
        None
    }
}
