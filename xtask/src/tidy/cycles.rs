//! Finds cycles between the folders and between the files of a crate: parts that need each
//! other, directly or through others.

use super::imports::Need;
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::{fmt, slice};

/// A cycle of this many files is allowed: a type, its parts and its constructors.
const MOST_FILES: usize = 4;

/// Parts of a crate that need each other.
#[derive(Debug)]
pub(crate) struct Cycle<'a> {
    /// The folder of the crate.
    folder: &'a str,
    /// Folders and files beside each other, or paths of files.
    members: Vec<String>,
    is_allowed: bool,
    /// `path:line` of one need for each pair of members.
    places: Vec<&'a str>,
}

impl fmt::Display for Cycle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (folder, members) = (self.folder, self.members.join(", "));
        let places = self.places.join("\n    ");
        write!(f, "{folder}/src:1: cycle of {members}\n    {places}")
    }
}

/// The folder of a crate, and the modules that lead to a part of it or the path of a file.
type Part<'a> = (&'a str, &'a [&'a str]);

/// Finds all cycles. Parts beside each other are folders, or files at the top of a crate.
pub(crate) fn find<'a>(needs: &'a [Need<'a>]) -> Vec<Cycle<'a>> {
    let (mut neighbours, mut files) = (DiGraphMap::new(), DiGraphMap::new());
    for Need { from, to, place } in needs.iter().rev() {
        let pairs = from.module.iter().zip(&to.module);
        let depth = pairs.take_while(|(one, other)| one == other).count();
        // The file of a folder and a file inside that folder are no neighbours.
        let ends = (from.module.get(..=depth), to.module.get(..=depth));
        if let (Some(one), Some(other)) = ends {
            neighbours.add_edge((from.folder, one), (to.folder, other), &**place);
        }
        let [one, other] = [from, to].map(|it| (it.folder, slice::from_ref(&it.file)));
        files.add_edge(one, other, &**place);
    }
    let is_folder = |(folder, path): &Part<'_>| {
        let ends = needs.iter().flat_map(|need| [need.from, need.to]);
        let mut inside = ends.filter(|it| it.folder == *folder && it.module.starts_with(path));
        path.len() == 1 || inside.any(|it| it.module.len() > path.len())
    };
    let mut found = in_graph(&neighbours, |parts| !parts.iter().any(is_folder));
    // Cycles of files without folders are found below.
    found.retain(|cycle| !cycle.is_allowed);
    found.extend(in_graph(&files, |parts| parts.len() <= MOST_FILES));
    found
}

fn in_graph<'a>(
    graph: &DiGraphMap<Part<'a>, &'a str>,
    is_allowed: impl Fn(&[Part<'a>]) -> bool,
) -> Vec<Cycle<'a>> {
    let mut cycles = tarjan_scc(graph);
    cycles.retain(|parts| parts.len() > 1);
    cycles.iter_mut().for_each(|parts| parts.sort_unstable());
    cycles.sort_unstable();
    let cycle = |parts: Vec<Part<'a>>| {
        let needs = graph.all_edges();
        let inside = needs.filter(|(from, to, _)| parts.contains(from) && parts.contains(to));
        Cycle {
            folder: parts.first().map_or("", |(folder, _)| folder),
            is_allowed: is_allowed(&parts),
            members: parts.iter().map(|(_, path)| path.join("/")).collect(),
            places: inside.map(|(_, _, place)| *place).collect(),
        }
    };
    cycles.into_iter().map(cycle).collect()
}

/// Findings: the cycles that are not allowed.
pub(super) fn refused(cycles: &[Cycle<'_>]) -> Vec<String> {
    let refused = cycles.iter().filter(|cycle| !cycle.is_allowed);
    refused.map(Cycle::to_string).collect()
}
