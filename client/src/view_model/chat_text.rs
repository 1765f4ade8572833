//! The text of a message in pieces: plain text, links and names that are mentioned.

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Plain text.
    Text(String),
    /// An address of the web, which begins with `http://` or `https://`.
    Link(String),
    /// A person of the board, with the at sign before the name.
    Mention {
        /// The name with the sign.
        text: String,
        /// Whether it is this person.
        is_me: bool,
    },
}

/// The beginnings of addresses that become links. No other scheme does.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Splits a text. `names` are the names that can be mentioned, and `me` is the one of this person.
#[must_use]
pub(crate) fn pieces(text: &str, names: &[String], me: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let is_start = begins_word(text, at);
        let found = is_start.then(|| special(rest, names, me)).flatten();
        if let Some((piece, length)) = found {
            push_plain(&mut pieces, &text[plain_from..at]);
            pieces.push(piece);
            at += length;
            plain_from = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push_plain(&mut pieces, &text[plain_from..]);
    pieces
}

fn push_plain(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Whether no letter or digit is right before a position.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|letter| !letter.is_alphanumeric())
}

/// The link or name that a text begins with, and its length in bytes.
fn special(rest: &str, names: &[String], me: &str) -> Option<(Piece, usize)> {
    link(rest)
        .map(|address| (Piece::Link(address.to_owned()), address.len()))
        .or_else(|| mention(rest, names, me))
}

/// The address that a text begins with.
fn link(rest: &str) -> Option<&str> {
    let scheme = SCHEMES.iter().find(|scheme| {
        let start = rest.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let is_end = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '<' | '>' | '"' | '`')
    };
    let end = rest.find(is_end).unwrap_or(rest.len());
    let address = without_punctuation(&rest[..end]);
    let host = address.get(scheme.len()..)?;
    let is_host = host.starts_with(|first: char| first.is_alphanumeric() || first == '[');
    is_host.then_some(address)
}

/// An address without the punctuation of the sentence around it. A closing bracket stays if it was
/// opened in the address.
fn without_punctuation(address: &str) -> &str {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let opening = match last {
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            _ => None,
        };
        let is_dropped = opening.map_or_else(
            || ".,;:!?'*_".contains(last),
            |opening| address.matches(last).count() > address.matches(opening).count(),
        );
        if !is_dropped {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

/// The longest of the names that a text begins with, after an at sign.
fn mention(rest: &str, names: &[String], me: &str) -> Option<(Piece, usize)> {
    let after = rest.strip_prefix('@')?;
    let follows = |name: &&String| {
        let tail = after.strip_prefix(name.as_str());
        !name.is_empty()
            && tail.is_some_and(|tail| !tail.starts_with(|next: char| next.is_alphanumeric()))
    };
    let name = names.iter().filter(follows).max_by_key(|name| name.len())?;
    let piece = Piece::Mention {
        text: ["@", name].concat(),
        is_me: name == me,
    };
    Some((piece, 1 + name.len()))
}

/// The letters after an at sign right before the caret, from which a name can be completed, and where
/// the sign is in bytes. `before` is the text before the caret.
#[must_use]
pub(crate) fn mention_begun(before: &str) -> Option<(usize, &str)> {
    let at = before.rfind('@')?;
    let typed = &before[at + 1..];
    let is_short = typed.chars().count() <= shared::limits::MAX_NAME_CHARS;
    let is_open = begins_word(before, at) && !typed.contains('\n') && is_short;
    is_open.then_some((at, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let names = ["Ada".to_owned(), "Ada L".to_owned(), "Ben".to_owned()];
        let each = pieces(text, &names, "Ben")
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Link(address) => format!("[{address}]"),
                Piece::Mention { text, is_me: false } => format!("<{text}>"),
                Piece::Mention { text, is_me: true } => format!("<<{text}>>"),
            });
        each.collect()
    }

    #[test]
    fn addresses_of_the_web_are_links_without_the_punctuation_around_them() {
        for (text, expected) in [
            (
                "see https://a.example/b?c=d#e.",
                "see [https://a.example/b?c=d#e].",
            ),
            ("(HTTP://a.example)", "([HTTP://a.example])"),
            ("http://a.example/x_(y), ok", "[http://a.example/x_(y)], ok"),
            ("https://a.example<b>", "[https://a.example]<b>"),
            ("https://[::1]:80/ x", "[https://[::1]:80/] x"),
            ("https://مثال.example/أ", "[https://مثال.example/أ]"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "jhttps://a.example",
            "https://",
            "http:///x",
            "file:///etc/passwd",
            "www.a.example",
            "<a href=x>",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn the_longest_name_is_mentioned() {
        for (text, expected) in [
            ("@Ada L, look", "<@Ada L>, look"),
            ("@Ada Lovelace", "<@Ada> Lovelace"),
            ("hi @Ben!", "hi <<@Ben>>!"),
            ("@Benno a@Ben @ben", "@Benno a@Ben @ben"),
            ("@", "@"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn a_mention_begins_at_an_at_sign_that_begins_a_word() {
        assert_eq!(mention_begun("hi @Ad"), Some((3, "Ad")));
        assert_eq!(mention_begun("@"), Some((0, "")));
        for text in ["a@b", "no", "@a\nb"] {
            assert_eq!(mention_begun(text), None, "{text}");
        }
    }

    #[test]
    fn all_pieces_together_are_the_text() {
        for text in ["@Ada https://a.example/ä) 🙂@Ben", "", "é@é", "http://ö"] {
            let joined: String = pieces(text, &["Ada".to_owned()], "")
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Link(text) | Piece::Mention { text, .. } => text,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
