//! Finds cycles between the folders and between the files of a crate: parts that need each
//! other, directly or through others.

use super::imports::Need;
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::{fmt, slice};

/// A cycle of this many files is allowed: a type, its parts and its constructors.
const MOST_FILES: usize = 4;

/// Cycles that still exist: the crate, and the members of the cycle or the number of its files.
/// This list may only become shorter.
pub(super) const KNOWN: &[(&str, &str)] = &[];

/// Parts of a crate that need each other.
#[derive(Debug)]
pub(crate) struct Cycle<'a> {
    /// The folder of the crate.
    folder: &'a str,
    /// Folders and files beside each other, or paths of files.
    members: Vec<String>,
    /// What [`KNOWN`] calls it, unless it is allowed.
    refused: Option<String>,
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
    let mut found = in_graph(&neighbours, |parts, members| {
        parts.iter().any(is_folder).then(|| members.join(", "))
    });
    // Cycles of files without folders are found below.
    found.retain(|cycle| cycle.refused.is_some());
    found.extend(in_graph(&files, |parts, _| {
        (parts.len() > MOST_FILES).then(|| format!("{} files", parts.len()))
    }));
    found
}

fn in_graph<'a>(
    graph: &DiGraphMap<Part<'a>, &'a str>,
    refused: impl Fn(&[Part<'a>], &[String]) -> Option<String>,
) -> Vec<Cycle<'a>> {
    let mut cycles = tarjan_scc(graph);
    cycles.retain(|parts| parts.len() > 1);
    cycles.iter_mut().for_each(|parts| parts.sort_unstable());
    cycles.sort_unstable();
    let cycle = |parts: Vec<Part<'a>>| {
        let needs = graph.all_edges();
        let inside = needs.filter(|(from, to, _)| parts.contains(from) && parts.contains(to));
        let members: Vec<String> = parts.iter().map(|(_, path)| path.join("/")).collect();
        Cycle {
            folder: parts.first().map_or("", |(folder, _)| folder),
            refused: refused(&parts, &members),
            members,
            places: inside.map(|(_, _, place)| *place).collect(),
        }
    };
    cycles.into_iter().map(cycle).collect()
}

/// Findings: refused cycles that are not known, and known ones that do not exist any more.
pub(super) fn refused(cycles: &[Cycle<'_>], known: &[(&str, &str)]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut known = known.to_vec();
    for cycle in cycles {
        let Some(name) = cycle.refused.as_deref() else {
            continue;
        };
        match known.iter().position(|it| *it == (cycle.folder, name)) {
            Some(at) => drop(known.remove(at)),
            None => findings.push(cycle.to_string()),
        }
    }
    let gone = known
        .iter()
        .map(|it| format!("{}:1: no longer a cycle: {it:?}", file!()));
    findings.extend(gone);
    findings
}
