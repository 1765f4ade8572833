//! Boards as text for language models.

use authoring::{MAX_COMPACT_BYTES, compact};
use proptest::prelude::*;
use serde_json::{Value, json};
use shared::model::Board;

use crate::{done_by, made, seed, words};

fn plan() -> Board {
    let (board, _) = made(&json!([
        {"kind": "frame", "name": "To do", "x": 0, "y": 0, "children": [
            {"kind": "sticky", "id": "a", "text": "Buy milk"},
            {"kind": "sticky", "id": "b", "text": "Call\n\"Ben\"", "color": "red", "groups": ["g"]},
        ]},
        {"kind": "arrow", "from": "a", "to": "b", "text": "then"},
        {"kind": "line", "x": 0, "y": 600, "points": [[0, 0], [90, 9]]},
        {"kind": "rectangle", "x": 3000, "y": 0, "filling": "tint", "fill": "blue", "locked": true},
        {"kind": "stroke", "points": [[3000, 200], [3010, 210]]},
        {"kind": "stroke", "points": [[3020, 200], [3030, 210]]},
    ]));
    board
}

/// The text with `#` and a number for each id.
fn without_ids(board: &Board, text: &str) -> String {
    let mut text = text.to_owned();
    for (number, element) in board.in_order().enumerate() {
        let id = element.id.to_string();
        for chars in (6..=22).rev() {
            text = text.replace(id.split_at(22 - chars).1, &format!("#{number}"));
        }
    }
    text
}

#[test]
fn each_element_has_a_line() {
    let board = plan();
    let expected = r##"board: 8 elements (1 arrow, 1 frame, 1 line, 1 rectangle, 2 sticky, 2 stroke), bounds -2,-24,3122,611
shown: 8 elements
#0 frame "To do" 0,0,614,280 members=3
#1 sticky "Buy milk" 40,40,240,240 frame=#0
#3 arrow #1 -> #2 "then" 242,121,372,159 frame=#0
#2 sticky "Call\n\"Ben\"" 374,40,574,240 red frame=#0 group=g1
#5 rectangle 3000,0,3120,80 fill=tint:blue locked
#6 stroke x2 2998,198,3032,212
#4 line (0,600) -- (90,609) -2,598,92,611
"##;
    assert_eq!(without_ids(&board, &compact(&board, None, 100)), expected);
}

#[test]
fn elements_outside_of_the_area_are_counted() {
    let board = plan();
    let text = compact(&board, Some([2900.0, -100.0, 3200.0, 100.0]), 100);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[1],
        "shown: 1 elements in 2900,-100,3200,100; 7 in clusters below"
    );
    assert!(lines[2].contains("rectangle"), "{text}");
    assert_eq!(lines[3], "clusters:");
    assert!(lines[4].ends_with("frames \"To do\""), "{text}");
    let text = compact(&board, None, 2);
    assert!(
        text.contains("shown: 2 elements; 6 in clusters below; 6 of these did not fit"),
        "{text}"
    );
    assert_eq!(
        compact(&Board::new(), None, 9),
        "board: empty\nshown: 0 elements\n"
    );
}

#[test]
fn short_ids_name_elements_in_requests() {
    let mut board = plan();
    let text = compact(&board, None, 100);
    let line = text.lines().find(|line| line.contains("Buy milk")).unwrap();
    let short = line.split(' ').next().unwrap();
    let work = json!({"change": [{"id": short, "color": "green"}]});
    let changed = done_by(&mut board, &seed(2), &work).changed;
    assert!(words(&changed)[0].ends_with(short));
}

#[test]
fn a_large_board_has_a_text_of_bounded_size() {
    let mut board = Board::new();
    let note = json!({"kind": "sticky", "text": "\u{202e}".repeat(300), "size": [10, 10]});
    for number in 0..3 {
        let notes: Value = vec![note.clone(); 150].into();
        done_by(&mut board, &seed(number), &json!({"create": notes}));
    }
    let text = compact(&board, None, usize::MAX);
    assert!(text.len() <= MAX_COMPACT_BYTES, "{}", text.len());
    assert!(text.len() > MAX_COMPACT_BYTES / 2, "{}", text.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_looks_like_structure(text in "[\"\\\\\n#a \u{2028}\u{202e}\u{e0041}]{0,12}") {
        let (board, _) = made(&json!([{"kind": "text", "text": text, "x": 0, "y": 0}]));
        let shown = compact(&board, None, 9);
        prop_assert_eq!(shown.lines().count(), 3);
        let line = shown.lines().last().unwrap();
        prop_assert!(line.chars().all(|letter| letter.is_ascii_graphic() || letter == ' '));
        // A quote within the text has a backslash before it.
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        let quotes = if text.is_empty() { 0 } else { 2 };
        prop_assert_eq!(bare.matches('"').count(), quotes);
    }
}
