//! Any text is drawn soundly or refused: texts of the corpus with random changes, and random texts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[allow(dead_code, reason = "each test file uses a part")]
mod drawn;

use std::path::Path;
use std::sync::LazyLock;

use diagrams::{Options, read};
use proptest::prelude::*;
use proptest::sample::Index;
use shared::id::ElementId;

/// Pieces of the languages, and of what breaks them.
const PIECES: [&str; 46] = [
    "-->",
    "---",
    "-.->",
    "==>",
    "~~~",
    "--x",
    "&",
    "|a|",
    "[",
    "]",
    "((",
    "))",
    "{",
    "}",
    "[/",
    "\"",
    "`",
    ":::",
    "@{ shape: cyl }",
    "@{",
    "subgraph a",
    "end",
    "\n",
    "\n    ",
    ";",
    ":",
    "%%",
    "---\n",
    "%%{init: {}}%%",
    "style a fill:#f00",
    "linkStyle 0 stroke:red",
    "classDef a fill:red",
    "direction LR",
    "mindmap",
    "sequenceDiagram",
    "flowchart LR",
    "->>",
    "loop x",
    "alt y",
    "else",
    "Note over a,b: c",
    "activate a",
    "\u{0}",
    "é🌸",
    "\u{202e}",
    "a",
];

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let kinds = ["flowcharts", "mindmaps", "sequences"];
    let entries = kinds
        .iter()
        .flat_map(|kind| std::fs::read_dir(root.join(kind)).unwrap());
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    texts.collect()
});

#[derive(Clone, Debug)]
enum Change {
    Insert(Index, usize),
    Delete(Index, usize),
    Repeat(Index, usize),
    Swap(Index, Index),
    Truncate(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        3 => (at(), 1_usize..8).prop_map(|(at, length)| Change::Delete(at, length)),
        2 => (at(), 1_usize..4).prop_map(|(line, times)| Change::Repeat(line, times)),
        2 => (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
        1 => at().prop_map(Change::Truncate),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.lines().collect();
    let place = |at: &Index| at.index(letters.len() + 1);
    match change {
        Change::Insert(at, piece) => {
            let (before, after) = letters.split_at(place(at));
            let inserted = PIECES[*piece].chars();
            before
                .iter()
                .copied()
                .chain(inserted)
                .chain(after.iter().copied())
                .collect()
        }
        Change::Delete(at, length) => {
            let at = place(at);
            let kept = letters.iter().enumerate();
            kept.filter(|(it, _)| !(at..at + length).contains(it))
                .map(|(_, it)| it)
                .collect()
        }
        Change::Truncate(at) => letters[..place(at)].iter().collect(),
        Change::Repeat(_, _) | Change::Swap(_, _) if lines.is_empty() => String::new(),
        Change::Repeat(at, times) => {
            let at = at.index(lines.len());
            (0..*times).for_each(|_| lines.insert(at, lines[at]));
            lines.join("\n")
        }
        Change::Swap(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.join("\n")
        }
    }
}

/// Reads and draws a text. What is drawn is sound, and what is refused has a reason.
fn check(text: &str) {
    let mut number = 0_u128;
    let mut next = || {
        number += 1;
        ElementId::from_bytes(number.to_be_bytes())
    };
    match read(text) {
        Ok(diagram) => match diagram.elements(&Options::default(), &mut next) {
            Ok(_) => drawn::draw(&diagram).check(),
            Err(error) => assert!(!error.message.is_empty()),
        },
        Err(error) => {
            assert!(!error.message.is_empty());
            let lines = text.lines().count().max(1);
            assert!(
                error.line.is_none_or(|line| (1..=lines).contains(&line)),
                "{error}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn a_changed_diagram_is_drawn_soundly_or_refused(
        which in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        let text = which.get(&CORPUS).clone();
        let text = changes.iter().fold(text, |text, change| changed(&text, change));
        check(&text);
    }

    #[test]
    fn pieces_in_any_order_are_drawn_soundly_or_refused(
        header in prop::sample::select(vec!["flowchart TD\n", "mindmap\n  a\n", "sequenceDiagram\n", ""]),
        pieces in proptest::collection::vec(0..PIECES.len(), 0..60),
    ) {
        let pieces: Vec<&str> = pieces.iter().map(|at| PIECES[*at]).collect();
        check(&format!("{header}{}", pieces.join(" ")));
        check(&format!("{header}{}", pieces.join("")));
    }

    #[test]
    fn any_letters_are_drawn_soundly_or_refused(text in "(flowchart TD|mindmap|sequenceDiagram|)\\PC{0,200}") {
        check(&text);
    }
}

/// A graph of nodes in groups and in groups of groups, with edges between any of them, as Mermaid.
fn nested_graph() -> impl Strategy<Value = String> {
    let direction = prop::sample::select(vec!["TB", "BT", "LR", "RL"]);
    let own = prop::sample::select(vec!["", "direction LR\n", "direction TB\n"]);
    let groups = proptest::collection::vec((0_usize..4, own), 1..5);
    let nodes = proptest::collection::vec(0_usize..6, 1..14);
    let edges = proptest::collection::vec((0_usize..18, 0_usize..18, 0_usize..4), 0..20);
    (direction, groups, nodes, edges).prop_map(|(direction, groups, nodes, edges)| {
        let mut text = format!("flowchart {direction}\n");
        let mut open = 0;
        for (at, (close, own)) in groups.iter().enumerate() {
            for _ in 0..open.min(*close) {
                text.push_str("end\n");
                open -= 1;
            }
            text.push_str(&format!("subgraph g{at} [Group {at}]\n{own}"));
            open += 1;
            for (node, _) in nodes.iter().enumerate().filter(|(_, group)| **group == at) {
                text.push_str(&format!("n{node}[Node number {node}]\n"));
            }
        }
        text.push_str(&"end\n".repeat(open));
        let end = |at: usize| {
            let count = nodes.len();
            if at < count {
                format!("n{at}")
            } else {
                format!("g{}", (at - count) % groups.len())
            }
        };
        for (from, to, label) in edges {
            let label = ["", "", "|some words|", "|ab|"][label];
            text.push_str(&format!("{} -->{label} {}\n", end(from), end(to)));
        }
        text
    })
}

proptest! {
    #[test]
    fn nothing_overlaps_in_any_nested_graph(text in nested_graph()) {
        let drawn = drawn::draw(&read(&text).unwrap());
        drawn.check();
        drawn.every_line_is_bound();
        drawn.nothing_overlaps();
    }
}
