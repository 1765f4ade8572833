//! Names of frames: a new frame gets the number after the highest one, a copy the next free number
//! after that of the original.

use std::collections::{BTreeMap, BTreeSet};

use shared::limits::MAX_TITLE_CHARS;
use shared::model::{Board, Body, NewElement, Prop};

/// The name of a new frame: "Frame 1", or with the number after the highest one.
pub(crate) fn frame_name(board: &Board) -> Prop {
    let number = |name: &str| name.strip_prefix("Frame ")?.parse::<u32>().ok();
    let highest = names(board).filter_map(|name| number(&name)).max();
    let next = highest.unwrap_or(0).saturating_add(1);
    Prop::Name(["Frame ", &next.to_string()].concat())
}

/// Gives copies of frames names of their own: a numbered name that the board has already gets the
/// next free number. Other names stay.
pub(crate) fn number_frames(copies: &mut [NewElement], board: &Board) {
    let mut frames = copies
        .iter_mut()
        .filter(|copy| matches!(copy.body, Body::Frame))
        .peekable();
    if frames.peek().is_none() {
        return;
    }
    let mut names = Names {
        taken: names(board).collect(),
        passed: BTreeMap::new(),
    };
    for frame in frames {
        let name = names.free(frame.props.name());
        frame.props.set(Prop::Name(name));
    }
}

/// The names of all frames on a board.
fn names(board: &Board) -> impl Iterator<Item = String> {
    let frames = board
        .elements()
        .filter(|element| matches!(element.body, Body::Frame));
    frames.map(|frame| frame.props.name())
}

/// The names that copies cannot get.
struct Names {
    taken: BTreeSet<String>,
    /// Taken numbers by the words before them, each with the free number that a search found behind
    /// it, so that thousands of copies do not search the same numbers again.
    passed: BTreeMap<String, BTreeMap<u32, u32>>,
}

impl Names {
    /// A name as it is, or with the next number that makes it differ from all others. It is taken
    /// from now on.
    fn free(&mut self, name: String) -> String {
        let free = self.numbered(&name).unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }

    /// A taken name with the next free number. `None` if it is free, or has no number.
    fn numbered(&mut self, name: &str) -> Option<String> {
        let words = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let mut number: u32 = name.strip_prefix(words)?.parse().ok()?;
        let numbers = self.passed.entry(words.to_owned()).or_default();
        let mut passed = Vec::new();
        let mut free = name.to_owned();
        while self.taken.contains(&free) {
            passed.push(number);
            let last = numbers.get(&number).copied().unwrap_or(number);
            number = last.checked_add(1)?;
            free = [words, &number.to_string()].concat();
        }
        numbers.extend(passed.into_iter().map(|before| (before, number)));
        (free.chars().count() <= MAX_TITLE_CHARS).then_some(free)
    }
}
