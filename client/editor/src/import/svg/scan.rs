//! The tags of an XML text, one after another, forgiving what is not well formed.
//!
//! Knows markup only. It must not know what tags mean.

/// What stands next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// A tag opens. If it is empty, it is closed at once.
    Open(Tag<'a>),
    /// The last tag of this name closes.
    Close(&'a str),
    /// Text between tags, as written.
    Text(&'a str),
}

/// A tag with its attributes, as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) empty: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// All attributes.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, behind) = after.strip_prefix(quote)?.split_once(quote)?;
            rest = behind;
            let name = name
                .rsplit(char::is_whitespace)
                .find(|part| !part.is_empty())?;
            Some((local(name), value))
        })
    }
}

/// The pieces of a text.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Passes over comments, declarations and instructions.
    fn pass_over(&mut self) -> bool {
        let ends = [("<!--", "-->"), ("<?", "?>"), ("<!", ">")];
        for (begin, end) in ends {
            if self.rest.starts_with(begin) {
                self.rest = self.rest.split_once(end).map_or("", |(_, after)| after);
                return true;
            }
        }
        false
    }

    fn tag(&mut self) -> Option<Piece<'a>> {
        let end = end_of_tag(self.rest)?;
        let inside = self.rest.get(1..end)?;
        self.rest = self.rest.get(end + 1..)?;
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Piece::Close(local(name.trim())));
        }
        let empty = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (name, attributes) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        Some(Piece::Open(Tag {
            name: local(name),
            empty,
            attributes,
        }))
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while self.pass_over() {}
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<') {
            return self.tag();
        }
        let end = self.rest.find('<').unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Piece::Text(text))
    }
}

/// Where a tag ends; a `>` within quotes does not end it.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some(_), _) => {}
        }
        None
    })
}

/// A name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Text with its entities resolved and its white space made single.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, behind)| {
            let letter = entity(name)?;
            rest = behind;
            Some(letter)
        });
        match known {
            Some(letter) => out.push(letter),
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// All numbers in a text, whatever stands between them.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        match number(rest) {
            Some((value, after)) => {
                found.push(value);
                rest = after;
            }
            None => {
                let mut letters = rest.chars();
                letters.next();
                rest = letters.as_str();
            }
        }
    }
    found
}

/// The number that a text begins with, and what follows it.
pub(super) fn number(text: &str) -> Option<(f64, &str)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let tail = bytes.iter().skip(from);
        from + tail.take_while(|byte| byte.is_ascii_digit()).count()
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let mut end = digits(sign);
    let mut count = end - sign;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        count += fraction - end - 1;
        end = fraction;
    }
    if count == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let from = end + 1 + signed;
        let exponent = digits(from);
        if exponent > from {
            end = exponent;
        }
    }
    let value: f64 = text
        .get(..end)?
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())?;
    Some((value, text.get(end..)?))
}
