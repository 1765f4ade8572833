//! Labels of Mermaid: line breaks and letters of HTML, entities, icons, and emphasis of Markdown.

use merman_core::entities::decode_mermaid_entities_to_unicode;
use shared::model::Marks;

use crate::limits::MAX_LABEL_CHARS;
use crate::model::Label;

/// Prefixes of icons, which the board does not have.
const ICONS: [&str; 7] = ["fa:", "fas:", "fab:", "far:", "fal:", "fad:", "fak:"];

/// Reads a label. With `is_markdown`, asterisks and underscores emphasize.
pub(super) fn label(source: &str, is_markdown: bool) -> Label {
    if source.chars().nth(MAX_LABEL_CHARS).is_some() {
        // It is refused, and finding pairs of marks in it might take long.
        return Label::plain(source);
    }
    let mut scan = Scan::default();
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        let (before, tagged) = rest.split_at(start);
        scan.text(before, is_markdown);
        let Some((tag, after)) = tag(tagged) else {
            scan.text("<", false);
            rest = tagged.get(1..).unwrap_or_default();
            continue;
        };
        scan.tag(tag);
        rest = after;
    }
    scan.text(rest, is_markdown);
    Label::of(scan.runs)
}

/// A text of a source without markup.
pub(super) fn plain(text: &str) -> Label {
    label(text, false)
}

/// The tag at the beginning of a text, and the text after it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix('<')?.split_once('>')?;
    let name = inside.trim_start_matches('/');
    let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (is_tag && !inside.contains('<')).then_some((inside, after))
}

#[derive(Default)]
struct Scan {
    runs: Vec<(String, Marks)>,
    /// The marks of open tags.
    marks: Marks,
}

impl Scan {
    fn tag(&mut self, inside: &str) {
        let is_end = inside.starts_with('/');
        let name = inside.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "br" => self.push("\n", Marks::NONE),
            "b" | "strong" => self.marks = self.marks.set(Marks::BOLD, !is_end),
            "i" | "em" => self.marks = self.marks.set(Marks::ITALIC, !is_end),
            "p" | "div" | "li" if is_end => self.push("\n", Marks::NONE),
            _ => {}
        }
    }

    fn text(&mut self, source: &str, is_markdown: bool) {
        let source = source.replace("\\n", "\n");
        let lines: Vec<String> = source.split('\n').map(without_icons).collect();
        let text = lines.join("\n");
        let pieces = if is_markdown {
            emphasis(&text)
        } else {
            vec![(text, Marks::NONE)]
        };
        for (piece, marks) in pieces {
            self.push(&decode_mermaid_entities_to_unicode(&piece), marks);
        }
    }

    fn push(&mut self, text: &str, marks: Marks) {
        let marks = Marks::EACH.into_iter().fold(self.marks, |all, one| {
            all.set(one, all.has(one) || marks.has(one))
        });
        match self.runs.last_mut() {
            Some((last, same)) if *same == marks => last.push_str(text),
            _ => self.runs.push((text.to_owned(), marks)),
        }
    }
}

/// A line without the names of icons.
fn without_icons(line: &str) -> String {
    let is_icon = |word: &str| ICONS.iter().any(|prefix| word.starts_with(prefix));
    if !line.split(' ').any(is_icon) {
        return line.to_owned();
    }
    let words: Vec<&str> = line.split(' ').filter(|word| !is_icon(word)).collect();
    words.join(" ")
}

/// Splits a text at its marks of emphasis. A mark without a partner is a letter.
fn emphasis(text: &str) -> Vec<(String, Marks)> {
    let mut pieces: Vec<(String, Marks)> = vec![(String::new(), Marks::NONE)];
    let mut marks = Marks::NONE;
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        let found = ["**", "__", "*", "_"]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        if let Some(mark) = found {
            let after = rest.get(mark.len()..).unwrap_or_default();
            let closes = open.last() == Some(&mark) && can_close(mark, before, after);
            if closes || can_open(mark, before, after) {
                if closes {
                    open.pop();
                } else {
                    open.push(mark);
                }
                let flag = if mark.len() == 2 {
                    Marks::BOLD
                } else {
                    Marks::ITALIC
                };
                marks = marks.set(flag, !closes);
                pieces.push((String::new(), marks));
                before = mark.chars().next().unwrap_or(' ');
                rest = after;
                continue;
            }
        }
        if let Some((piece, _)) = pieces.last_mut() {
            piece.push(letter);
        }
        before = letter;
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

fn can_open(mark: &str, before: char, after: &str) -> bool {
    let is_before_word = after
        .chars()
        .next()
        .is_some_and(|next| !next.is_whitespace());
    let is_at_word = !mark.starts_with('_') || !before.is_alphanumeric();
    is_before_word && is_at_word && has_close(mark, after)
}

/// Whether a closing mark follows.
fn has_close(mark: &str, after: &str) -> bool {
    after.match_indices(mark).any(|(at, _)| {
        let inside = after.get(..at).unwrap_or_default();
        let rest = after.get(at + mark.len()..).unwrap_or_default();
        let last = inside.chars().next_back();
        last.is_some_and(|last| can_close(mark, last, rest))
    })
}

fn can_close(mark: &str, before: char, after: &str) -> bool {
    let next = after.chars().next();
    let is_at_word = !mark.starts_with('_') || !next.is_some_and(char::is_alphanumeric);
    !before.is_whitespace() && is_at_word
}
