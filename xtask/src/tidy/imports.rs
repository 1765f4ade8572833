//! Which file needs which. Where a module only passes a name on (`pub use`), the file is needed
//! that declares it.

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

/// How many modules may pass a name on.
const PASSED_ON: u8 = 8;

/// The files of all crates, by the folder of the crate and their modules in it.
struct Crates<'a>(BTreeMap<(&'a str, &'a [&'a str]), &'a Source<'a>>);

/// Finds what the files of each crate need of each other.
pub(super) fn between<'a>(sources: &'a [Source<'a>]) -> Vec<Need<'a>> {
    // A `main.rs` beside a `lib.rs` has no modules of its own: the first stays.
    let modules = sources.iter().rev();
    let crates = Crates(modules.map(|it| ((it.folder, &*it.module), it)).collect());
    let mut needs = Vec::new();
    for from in sources {
        for (path, line) in &from.paths {
            let place = format!("{}:{line}", from.file);
            let to = crates.declaration(from, path, PASSED_ON);
            let to = to.filter(|to| to.module != from.module);
            needs.extend(to.map(|to| Need { place, from, to }));
        }
    }
    needs
}

impl<'a> Crates<'a> {
    /// The file that declares what a path in another file names. None for what another crate
    /// declares, and for a module as such.
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
