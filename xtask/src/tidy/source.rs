//! Reading Rust just well enough: code without comments and strings, functions, test modules.
//!
//! A scanner instead of a parser keeps xtask quick to compile. It keeps every line where it
//! is, so that findings point at the right place.

/// A Rust file, ready for rules.
#[derive(Debug)]
pub(super) struct Source {
    /// The text with comments and the insides of strings replaced by spaces.
    pub(super) code: String,
    /// For every line, whether it is part of a `#[cfg(test)]` item.
    test_lines: Vec<bool>,
}

/// One function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    /// First line, counted from 1.
    pub(super) line: usize,
    /// From the line of `fn` to that of the closing brace.
    pub(super) lines: usize,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let code = blanked(text);
        let test_lines = test_lines(&code);
        Self { code, test_lines }
    }

    /// Whether a line, counted from 1, is part of a test module.
    pub(super) fn is_test_line(&self, line: usize) -> bool {
        line.checked_sub(1)
            .and_then(|index| self.test_lines.get(index))
            .copied()
            .unwrap_or(false)
    }

    /// All lines of code with their numbers, tests left out.
    pub(super) fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self
            .code
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        numbered.filter(|(number, _)| !self.is_test_line(*number))
    }

    /// All functions that have a body.
    pub(super) fn functions(&self) -> Vec<Function> {
        words(&self.code, "fn")
            .filter_map(|at| function_at(&self.code, at))
            .collect()
    }
}

/// Positions of a whole word.
pub(super) fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = code.get(..*at).and_then(|text| text.chars().next_back());
            let after = code
                .get(at + word.len()..)
                .and_then(|text| text.chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn function_at(code: &str, at: usize) -> Option<Function> {
    let rest = code.get(at..)?;
    let name: String = rest
        .get(2..)?
        .trim_start()
        .chars()
        .take_while(|c| is_word(*c))
        .collect();
    let end = body_end(rest)?;
    let line = line_of(code, at);
    // A type such as `fn(u8) -> u8` has no name, a trait's method without body no end.
    (!name.is_empty()).then(|| Function {
        name,
        line,
        lines: newlines(rest.get(..end)) + 1,
    })
}

fn line_of(code: &str, at: usize) -> usize {
    newlines(code.get(..at)) + 1
}

fn newlines(text: Option<&str>) -> usize {
    text.unwrap_or_default().matches('\n').count()
}

/// Where the braces of the item that starts here close; `None` if it ends with a semicolon.
fn body_end(item: &str) -> Option<usize> {
    let (mut braces, mut others) = (0_usize, 0_usize);
    for (at, c) in item.char_indices() {
        match c {
            '(' | '[' => others += 1,
            ')' | ']' => others = others.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return (braces == 1).then_some(at),
            '}' => braces -= 1,
            ';' if braces == 0 && others == 0 => return None,
            _ => {}
        }
    }
    None
}

fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = vec![false; code.lines().count()];
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let Some(item) = code.get(at..) else { continue };
        let first = line_of(code, at) - 1;
        let last = match body_end(item) {
            Some(end) => first + newlines(item.get(..end)),
            None => first + newlines(item.split(';').next()),
        };
        marks
            .iter_mut()
            .take(last + 1)
            .skip(first)
            .for_each(|mark| *mark = true);
    }
    marks
}

/// Replaces comments and the insides of strings and characters by spaces, line by line.
pub(super) fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = blank_length(rest, out.chars().next_back());
        let taken = if length == 0 { c.len_utf8() } else { length };
        let (piece, tail) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        if length == 0 {
            out.push(c);
        } else {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = tail;
    }
    out
}

/// How many bytes from here on are a comment or a literal; 0 for code.
fn blank_length(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    if rest.starts_with('\'') {
        return character(rest);
    }
    if rest.starts_with('r') && !before.is_some_and(|c| is_word(c) && c != 'b' && c != 'c') {
        return raw_string(rest);
    }
    0
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// A character literal; a lifetime is code.
fn character(rest: &str) -> usize {
    let mut chars = rest.chars().skip(1);
    let first = chars.next();
    if first == Some('\\') || chars.next() == Some('\'') {
        quoted(rest, '\'')
    } else {
        0
    }
}

fn raw_string(rest: &str) -> usize {
    let hashes = rest.chars().skip(1).take_while(|c| *c == '#').count();
    let opening = 1 + hashes;
    if rest
        .get(opening..)
        .is_none_or(|tail| !tail.starts_with('"'))
    {
        return 0;
    }
    let closing = format!("\"{}", "#".repeat(hashes));
    let inside = rest.get(opening + 1..).unwrap_or_default();
    inside
        .find(&closing)
        .map_or(rest.len(), |at| opening + 1 + at + closing.len())
}
