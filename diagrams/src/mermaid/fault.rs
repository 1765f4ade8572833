//! Errors of the parser as errors with a line.

use merman_core::Error;

use super::parser::parse;
use crate::error::DiagramError;

/// Names that a message lists at most. The parser lists all that could follow.
const MOST_EXPECTED: usize = 4;
/// Characters of a line that a message shows at most.
const SHOWN_CHARS: usize = 60;
/// Bytes that are parsed at most to find the line of an error: some hundred milliseconds.
const MAX_SEARCHED_BYTES: usize = 1_000_000;

/// The error of a source that names something that it does not have.
pub(super) fn missing(what: &str) -> DiagramError {
    DiagramError::whole(format!("The diagram names {what}, which it does not have"))
}

/// The error of the parser for a text.
pub(super) fn of(text: &str, error: Error) -> DiagramError {
    match error {
        Error::DiagramParse { diagnostic, .. } => {
            let message = shortened(diagnostic.message());
            match diagnostic.span() {
                Some(span) => at(text, first_letter(text, span.start, span.end), &message),
                None => DiagramError {
                    line: line_of(text, diagnostic.message()),
                    message,
                },
            }
        }
        Error::MalformedFrontMatter
        | Error::InvalidFrontMatterYaml { .. }
        | Error::InvalidDirectiveJson { .. } => {
            DiagramError::at_line(1, "The settings before the diagram cannot be read")
        }
        other => DiagramError::whole(shortened(&other.to_string())),
    }
}

/// The first byte of a part of a text that is no blank, or its first byte if it has only blanks.
fn first_letter(text: &str, start: usize, end: usize) -> usize {
    let part = text.get(start..end).unwrap_or_default();
    let written = part.trim_start();
    if written.is_empty() {
        start
    } else {
        end - written.len()
    }
}

/// The error at a byte of a text. The end of the text belongs to its last line with letters.
fn at(text: &str, byte: usize, message: &str) -> DiagramError {
    let written = text.trim_end().len();
    let before = text.get(..byte.min(written)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let shown = text.lines().nth(line - 1).unwrap_or_default().trim();
    let shown: String = shown.chars().take(SHOWN_CHARS).collect();
    DiagramError::at_line(line, format!("{message}, in `{shown}`"))
}

/// The line to which an error without a place belongs: the first one without which the text does not
/// have the error. `None` if there is no such line, or the search would take long.
fn line_of(text: &str, message: &str) -> Option<usize> {
    let count = text.lines().count();
    if count * text.len() > MAX_SEARCHED_BYTES {
        return None;
    }
    (0..count)
        .find(|left_out| {
            let lines = text.lines().enumerate();
            // The line stays as an empty one.
            let kept = lines.map(|(at, line)| if at == *left_out { "" } else { line });
            let kept: Vec<&str> = kept.collect();
            match parse(&kept.join("\n")) {
                Ok(found) => found.is_some(),
                Err(Error::DiagramParse { diagnostic, .. }) => {
                    diagnostic.span().is_none() && diagnostic.message() != message
                }
                Err(_) => false,
            }
        })
        .map(|at| at + 1)
}

/// The message with fewer names of what could follow, and in words of users.
fn shortened(message: &str) -> String {
    let message = message
        .replace("statement separator", "end of the line")
        .replace("signal type", "an arrow");
    let message = message.lines().next().unwrap_or_default();
    let Some((head, expected)) = message.split_once("; expected ") else {
        return message.to_owned();
    };
    let names: Vec<&str> = expected.split(", ").collect();
    match names.get(..MOST_EXPECTED) {
        Some(first) if names.len() > MOST_EXPECTED => {
            format!("{head}; expected {} or others", first.join(", "))
        }
        _ => message.to_owned(),
    }
}
