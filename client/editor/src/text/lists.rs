//! Continues and ends lists while the user types.
//!
//! Enter at the end of an item begins the next one; on an empty item it ends the list. A hyphen or
//! an asterisk and a space at the start of a paragraph begin a list.

use std::ops::Range;

use shared::typeset::list_mark;

/// A change of the text after a character was typed; positions are in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FollowUp {
    /// Insert this after the typed character.
    Mark(String),
    /// Delete this range: the mark of an empty item and the end of its paragraph.
    End(Range<usize>),
    /// The first of these becomes a bullet.
    Bullet(Range<usize>),
}

/// The change that follows from a character that was typed before `caret`.
pub(super) fn follow_up(text: &str, caret: usize, typed: &str) -> Option<FollowUp> {
    let before: Vec<char> = text.chars().take(caret).collect();
    let (_, head) = before.split_last()?;
    match typed {
        "\n" => {
            let paragraph = last_paragraph(head);
            let mark = list_mark(&paragraph)?;
            let start = head.len() - paragraph.chars().count();
            if mark == paragraph {
                return Some(FollowUp::End(start..caret));
            }
            Some(FollowUp::Mark(next(mark)))
        }
        " " => {
            let paragraph = last_paragraph(head);
            let begins = matches!(paragraph.as_str(), "-" | "*");
            begins.then(|| FollowUp::Bullet(head.len() - 1..head.len()))
        }
        _ => None,
    }
}

fn last_paragraph(letters: &[char]) -> String {
    let last = letters.rsplit(|letter| *letter == '\n').next();
    last.unwrap_or_default().iter().collect()
}

/// The mark of the item that follows.
fn next(mark: &str) -> String {
    let number = mark
        .strip_suffix(". ")
        .and_then(|digits| digits.parse().ok());
    number.map_or(mark.to_owned(), |number: u16| {
        [&(number + 1).to_string(), ". "].concat()
    })
}
