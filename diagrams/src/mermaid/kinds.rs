//! The kinds of diagrams of Mermaid: those that are read, and those that are only known by name.

use crate::error::DiagramError;

/// The first words of the diagrams that are read.
const READ: [&str; 5] = [
    "flowchart",
    "graph",
    "flowchart-elk",
    "mindmap",
    "sequenceDiagram",
];

/// The directions that the header of a flowchart may name.
const DIRECTIONS: [&str; 9] = ["TB", "TD", "BT", "LR", "RL", ">", "<", "^", "v"];

/// The first words of the other diagrams of Mermaid, without those with which an outline may begin.
const OTHERS: [&str; 27] = [
    "architecture-beta",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "gantt",
    "gitGraph",
    "kanban",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar-beta",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
];

/// Whether a text begins with the name of a kind of Mermaid.
pub(crate) fn has_name(text: &str) -> bool {
    header(text).is_some_and(|(_, word)| READ.contains(&word) || OTHERS.contains(&word))
}

/// Whether a text begins with a whole header of a kind that is read: not with a sentence that begins
/// with the same word.
pub(crate) fn has_header(text: &str) -> bool {
    let Some((line, word)) = header(text).filter(|(_, word)| READ.contains(word)) else {
        return false;
    };
    let whole = text.lines().nth(line - 1).unwrap_or_default().trim();
    let rest = whole.strip_prefix(word).unwrap_or_default().trim_start();
    let rest = rest.split(';').next().unwrap_or_default().trim();
    match word {
        "mindmap" | "sequenceDiagram" => rest.is_empty(),
        _ => rest.is_empty() || DIRECTIONS.contains(&rest),
    }
}

/// Refuses a kind that is not read.
pub(super) fn check(text: &str) -> Result<(), DiagramError> {
    match header(text) {
        Some((_, word)) if READ.contains(&word) => Ok(()),
        _ => Err(unknown(text)),
    }
}

/// The error of a text whose kind is not read.
pub(super) fn unknown(text: &str) -> DiagramError {
    let Some((line, word)) = header(text) else {
        return DiagramError::whole("The text has no header of a diagram");
    };
    let message = format!(
        "`{word}` is not a kind of diagram that can be read; these are flowchart, graph, mindmap \
         and sequenceDiagram"
    );
    DiagramError::at_line(line, message)
}

/// The first word after settings and comments, and its line, counted from 1.
fn header(text: &str) -> Option<(usize, &str)> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()));
    let mut first = lines.find(|(_, line)| !line.is_empty())?;
    if first.1 == "---" {
        lines.find(|(_, line)| *line == "---")?;
        first = lines.find(|(_, line)| !line.is_empty())?;
    }
    while first.1.starts_with("%%") {
        let is_open = first.1.starts_with("%%{") && !first.1.contains("}%%");
        if is_open {
            lines.find(|(_, line)| line.contains("}%%"))?;
        }
        first = lines.find(|(_, line)| !line.is_empty())?;
    }
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ';' | ':');
    let word = first.1.split(ends).next()?;
    Some((first.0, word))
}
