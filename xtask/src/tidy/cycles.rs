//! Modules at the top of a crate must not know each other in a circle.

use super::uses::Use;
use std::collections::{BTreeMap, BTreeSet};

/// Circles that are still there. Shorten this list, never lengthen it.
const KNOWN: [(&str, &str); 5] = [
    ("client", "canvas, page, session"),
    (
        "client/editor",
        "carry, copies, effect, style, survey, tool",
    ),
    ("client/editor", "editor, typing"),
    ("server", "broker, store"),
    ("server", "http, site, ws"),
];

/// For each module, those that it names.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Finds modules that know each other, directly or by way of others.
pub(super) fn find(uses: &[Use<'_>]) -> Vec<String> {
    let mut crates: BTreeMap<&str, Graph<'_>> = BTreeMap::new();
    for one in uses {
        let graph = crates.entry(one.folder).or_default();
        graph.entry(one.from).or_default().insert(&one.to);
    }
    let mut findings = Vec::new();
    for (folder, graph) in &crates {
        let circle = |module: &&str| -> Vec<&str> {
            let leads_back = |other: &&str| reach(graph, other).contains(module);
            reach(graph, module)
                .into_iter()
                .filter(leads_back)
                .collect()
        };
        let circles: BTreeSet<Vec<&str>> = graph.keys().map(circle).collect();
        for names in circles.into_iter().filter(|names| names.len() > 1) {
            let names = names.join(", ");
            if !KNOWN.contains(&(folder, &names)) {
                findings.push(format!("{folder}/src:1: modules in a circle: {names}"));
            }
        }
    }
    findings
}

/// All modules that can be reached from one.
fn reach<'a>(graph: &Graph<'a>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = graph.get(from).into_iter().flatten().copied().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(graph.get(module).into_iter().flatten());
        }
    }
    reached
}
