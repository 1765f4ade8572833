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

/// The first words of the other diagrams of Mermaid.
const OTHERS: [&str; 33] = [
    "architecture",
    "architecture-beta",
    "block",
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
    "info",
    "journey",
    "kanban",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar-beta",
    "requirement",
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

/// Whether a text begins with a header of Mermaid.
pub(crate) fn is_header(text: &str) -> bool {
    header(text).is_some_and(|(_, word)| READ.contains(&word) || OTHERS.contains(&word))
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
