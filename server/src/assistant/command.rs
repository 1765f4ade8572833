//! What a question asks for that needs no language model.

/// What the assistant says if it cannot do more.
pub(super) const HELP: &str = "\
Without a language model I turn a list, an outline or Mermaid text (flowchart, sequence, mindmap) into a \
diagram, tidy up or cluster the elements that you select, and undo what I drew last. Write for example: \
@assistant tidy up";

/// The words that ask for a diagram.
const DIAGRAM: [&str; 6] = [
    "diagram",
    "draw",
    "draw this",
    "draw a diagram",
    "make a diagram",
    "turn into a diagram",
];

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Say what the assistant can do.
    Help,
    /// Align and space the selection.
    TidyUp,
    /// Group the selection by words.
    Cluster,
    /// Draw a diagram from this text.
    Diagram(String),
    /// Draw a diagram from the texts of the selection.
    DiagramOfSelection,
    /// Take back what the last answer drew.
    Undo,
    /// Ask the language model.
    Ask,
}

impl Command {
    /// The command in a question. With a language model, it decides about all that is not plainly a
    /// command or Mermaid text.
    pub(super) fn parse(question: &str, has_model: bool) -> Self {
        let (first, rest) = question.split_once('\n').unwrap_or((question, ""));
        let words = first
            .trim()
            .trim_end_matches([':', '.', '!'])
            .to_lowercase();
        let (words, rest) = (words.as_str(), without_fence(rest));
        let asks_for_diagram = DIAGRAM.contains(&words);
        match words {
            "" | "help" if rest.is_empty() => Self::Help,
            "tidy up" | "tidy" | "clean up" if rest.is_empty() => Self::TidyUp,
            "cluster" | "cluster by words" | "group by words" if rest.is_empty() => Self::Cluster,
            "undo" | "take it back" | "take that back" if rest.is_empty() => Self::Undo,
            _ if asks_for_diagram && diagrams::is_mermaid(rest) => Self::Diagram(rest.to_owned()),
            _ if diagrams::is_mermaid(without_fence(question)) => {
                Self::Diagram(without_fence(question).to_owned())
            }
            _ if has_model => Self::Ask,
            _ if asks_for_diagram && rest.is_empty() => Self::DiagramOfSelection,
            _ if asks_for_diagram => Self::Diagram(rest.to_owned()),
            _ if rest.is_empty() => Self::Ask,
            _ => Self::Diagram(question.to_owned()),
        }
    }
}

/// A text without the marks of a block of code around it.
fn without_fence(text: &str) -> &str {
    let text = text.trim();
    let inner = text
        .strip_prefix("```")
        .and_then(|text| text.strip_suffix("```"));
    inner
        .and_then(|inner| inner.split_once('\n'))
        .map_or(text, |(_, lines)| lines.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_need_no_language_model() {
        for has_model in [false, true] {
            for (question, command) in [
                ("", Command::Help),
                ("help", Command::Help),
                ("Tidy up!", Command::TidyUp),
                ("cluster", Command::Cluster),
                ("undo", Command::Undo),
                (
                    "flowchart LR\n  a --> b",
                    Command::Diagram("flowchart LR\n  a --> b".to_owned()),
                ),
                (
                    "draw:\n```mermaid\nmindmap\n  a\n    b\n```",
                    Command::Diagram("mindmap\n  a\n    b".to_owned()),
                ),
                ("what is this?", Command::Ask),
            ] {
                assert_eq!(Command::parse(question, has_model), command, "{question:?}");
            }
        }
    }

    #[test]
    fn a_language_model_decides_about_lists() {
        let list = "- tea\n- coffee";
        assert_eq!(
            Command::parse(list, false),
            Command::Diagram(list.to_owned())
        );
        assert_eq!(Command::parse(list, true), Command::Ask);
        assert_eq!(
            Command::parse("diagram:\n- tea\n- coffee", false),
            Command::Diagram(list.to_owned())
        );
        assert_eq!(
            Command::parse("turn into a diagram", false),
            Command::DiagramOfSelection
        );
        assert_eq!(Command::parse("turn into a diagram", true), Command::Ask);
    }
}
