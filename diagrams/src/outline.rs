//! Outlines and lists of plain text.
//!
//! Each line is an item. An item that stands further to the right than the one before it belongs to
//! that one. Bullets and numbers before items are dropped; numbers such as `2.1` also say how deep
//! an item is. A text without any depth is a list, which becomes a grid of cards.

use crate::diagram::Diagram;
use crate::error::DiagramError;
use crate::limits::{MAX_NODES, MAX_TREE_DEPTH};
use crate::model::{Content, Label, Look, Shape, Sides, Tree, TreeNode};

/// Columns that a tab counts for.
const TAB: usize = 4;

struct Item<'a> {
    line: usize,
    /// Blanks before the item.
    indent: usize,
    /// How deep its mark says that it is: 1 for `2.1`, or for a second `#`.
    depth: usize,
    text: &'a str,
}

/// Reads an outline or a list.
pub(crate) fn read(text: &str) -> Result<Diagram, DiagramError> {
    let lines = text.lines().enumerate();
    let items: Vec<Item<'_>> = lines.filter_map(|(at, line)| item(at + 1, line)).collect();
    if items.is_empty() {
        return Err(DiagramError::whole("The text is empty"));
    }
    if let Some(item) = items.get(MAX_NODES) {
        let message = format!("There are more than {MAX_NODES} items");
        return Err(DiagramError::at_line(item.line, message));
    }
    let parents = parents(&items)?;
    if parents.iter().all(Option::is_none) && items.len() > 1 {
        let labels = items.iter().map(|item| Label::plain(item.text));
        return Diagram::new(Label::default(), Content::Cards(labels.collect()));
    }
    let nodes = items.iter().zip(parents).map(|(item, parent)| TreeNode {
        key: item.text.to_owned(),
        label: Label::plain(item.text),
        shape: Shape::Rounded,
        look: Look::default(),
        parent,
    });
    let tree = Tree {
        nodes: nodes.collect(),
        sides: Sides::Right,
    };
    Diagram::new(Label::default(), Content::Tree(tree))
}

/// The item of a line, if it has letters.
fn item(line: usize, source: &str) -> Option<Item<'_>> {
    let text = source.trim_start();
    let blanks = source.get(..source.len() - text.len())?;
    let indent = blanks
        .chars()
        .map(|it| if it == '\t' { TAB } else { 1 })
        .sum();
    let (depth, text) = without_mark(text.trim_end());
    (!text.is_empty()).then_some(Item {
        line,
        indent,
        depth,
        text,
    })
}

/// The text without its bullet or number, and the depth that the mark says.
fn without_mark(text: &str) -> (usize, &str) {
    let (mark, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim_start();
    let rest = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|task| rest.strip_prefix(task))
        .unwrap_or(rest);
    if matches!(mark, "-" | "*" | "+" | "•" | "◦" | "▪" | "–" | "—") {
        return (0, rest);
    }
    if !mark.is_empty() && mark.chars().all(|letter| letter == '#') {
        return (mark.len() - 1, rest);
    }
    let number = mark.trim_end_matches(['.', ')', ':']);
    let is_closed = number.len() < mark.len();
    let parts: Vec<&str> = number.split('.').collect();
    let are_digits = |part: &&str| !part.is_empty() && part.chars().all(|it| it.is_ascii_digit());
    let is_number = parts.iter().all(are_digits) && (is_closed || parts.len() > 1);
    let is_letter =
        is_closed && number.len() == 1 && number.chars().all(|it| it.is_ascii_alphabetic());
    match rest {
        "" => (0, text),
        _ if is_number => (parts.len() - 1, rest),
        _ if is_letter => (0, rest),
        _ => (0, text),
    }
}

/// The parent of each item.
fn parents(items: &[Item<'_>]) -> Result<Vec<Option<usize>>, DiagramError> {
    let mut open: Vec<(usize, (usize, usize))> = Vec::new();
    let mut parents = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = (item.indent, item.depth);
        while open.last().is_some_and(|(_, above)| *above >= place) {
            open.pop();
        }
        parents.push(open.last().map(|(at, _)| *at));
        open.push((at, place));
        if open.len() > MAX_TREE_DEPTH {
            let message = format!("The outline is deeper than {MAX_TREE_DEPTH} levels");
            return Err(DiagramError::at_line(item.line, message));
        }
    }
    Ok(parents)
}
