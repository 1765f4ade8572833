//! One case per test.

use super::*;

/// All interleavings of two sequences.
fn interleavings(a: usize, b: usize) -> Vec<Vec<bool>> {
    if a == 0 || b == 0 {
        return vec![vec![b == 0; a + b]];
    }
    let mut all = Vec::new();
    for (first, rest) in [
        (true, interleavings(a - 1, b)),
        (false, interleavings(a, b - 1)),
    ] {
        all.extend(rest.into_iter().map(|rest| {
            let mut order = vec![first];
            order.extend(rest);
            order
        }));
    }
    all
}

#[test]
fn concurrent_words_at_one_position_do_not_interleave() {
    let start = of("<>");
    let word = |by, letters: &str| {
        let mut view = start.clone();
        let mut edits = Vec::new();
        for (count, letter) in letters.chars().enumerate() {
            let edit = insert(&view, by, 1 + count, &letter.to_string());
            view.edit(by, &edit);
            edits.push(edit);
        }
        edits
    };
    for order in interleavings(4, 3) {
        let (mut left, mut right) = (word(B, "here").into_iter(), word(C, "too").into_iter());
        let mut text = start.clone();
        for is_left in order {
            let (by, edit) = if is_left {
                (B, left.next())
            } else {
                (C, right.next())
            };
            assert!(text.edit(by, &edit.unwrap()));
        }
        let shown = text.plain();
        assert!(
            ["<heretoo>", "<toohere>"].contains(&shown.as_str()),
            "{shown}"
        );
    }
}

#[test]
fn undo_does_not_restore_characters_that_others_deleted() {
    let mut text = of("abcdef");
    let mine = TextEdit::Delete(text.spans(1..3));
    let back = text.inverse(B, &[B], &mine);
    // C's deletion of a part comes first in the log.
    text.edit(C, &TextEdit::Delete(text.spans(2..4)));
    text.edit(B, &mine);
    assert_eq!(text.plain(), "aef");
    for edit in &back {
        text.edit(B, edit);
    }
    assert_eq!(text.plain(), "abef");
}

#[test]
fn undo_removes_only_ones_own_characters() {
    let mut text = of("");
    let typed = insert(&text, A, 0, "one two");
    let back = text.inverse(A, &[A], &typed);
    text.edit(A, &typed);
    text.edit(B, &insert(&text, B, 3, " and a half,"));
    text.edit(A, &back[0]);
    assert_eq!(text.plain(), " and a half,");
    assert!(!text.is_typed_by(&|by| by == A) && text.is_typed_by(&|by| by == B));
}

#[test]
fn a_repeated_insert_does_nothing() {
    let mut text = of("ab");
    let typed = insert(&text, B, 1, "x");
    assert!(text.edit(B, &typed) && !text.edit(B, &typed));
    assert!(text.inverse(B, &[B], &typed).is_empty());
    assert_eq!(text.plain(), "axb");
}

#[test]
fn a_full_text_drops_deleted_characters_and_then_refuses_more() {
    let mut text = of(&"a".repeat(MAX_TEXT_CHARS));
    assert!(!text.edit(B, &insert(&text, B, 0, "b")));
    let gone = CharId { by: A, no: 5 };
    text.edit(A, &TextEdit::Delete(text.spans(0..10)));
    assert_eq!(text.len(), MAX_TEXT_CHARS);
    assert!(text.edit(B, &insert(&text, B, 0, "b")));
    assert_eq!(text.len(), MAX_TEXT_CHARS - 9);
    assert_eq!(text.position_behind(gone), None);
    // An insert after a dropped character is not lost.
    let late = TextEdit::Insert {
        after: Some(gone),
        from: text.next_of(C),
        text: "c".to_owned(),
        marks: Marks::NONE,
    };
    assert!(text.edit(C, &late));
    assert!(text.plain().starts_with("baaa") && text.plain().ends_with('c'));
}

#[test]
fn marks_stay_with_their_letters_and_unknown_ones_are_dropped() {
    let mut text = of("abcd");
    let spans = text.spans(1..3);
    let bold = TextEdit::Mark {
        spans,
        marks: Marks::BOLD,
        on: true,
    };
    assert!(text.edit(B, &bold) && !text.edit(B, &bold));
    text.edit(C, &insert(&text, C, 2, "X"));
    let shown: Vec<(&str, Marks)> = text.runs().map(|s| (s.text, s.marks)).collect();
    let (plain, bold) = (Marks::NONE, Marks::BOLD);
    assert_eq!(
        shown,
        [
            ("a", plain),
            ("b", bold),
            ("X", plain),
            ("c", bold),
            ("d", plain)
        ]
    );
    let strange: Marks = rmp_serde::from_slice(&[0xCC, 0xFF]).unwrap();
    let text = RichText::typed(
        A,
        [StyledRun {
            text: "x",
            marks: strange,
        }],
    );
    assert_eq!(
        text.runs().next().unwrap().marks,
        bold.set(Marks::ITALIC, true)
    );
}

#[test]
fn a_copied_text_belongs_to_the_user_who_copied_it() {
    let mut text = of("ab");
    text.edit(B, &insert(&text, B, 1, "x"));
    text.edit(B, &TextEdit::Delete(text.spans(0..1)));
    let copy = text.retyped(C);
    assert_eq!(copy.plain(), "xb");
    assert!(copy.is_typed_by(&|by| by == C));
    assert_eq!(copy.next_of(C), 2);
    assert!(RichText::default().retyped(C).is_untouched());
}

#[test]
fn equal_texts_have_equal_pieces_whatever_their_history() {
    let mut slow = of("");
    for (count, letter) in "word".chars().enumerate() {
        slow.edit(A, &insert(&slow, A, count, &letter.to_string()));
    }
    assert_eq!(slow, of("word"));
    let spans = slow.spans(1..3);
    let bold = |on| TextEdit::Mark {
        spans: spans.clone(),
        marks: Marks::BOLD,
        on,
    };
    assert!(slow.edit(A, &bold(true)) && slow.edit(A, &bold(false)));
    assert!(slow.edit(A, &TextEdit::Delete(spans.clone())));
    assert!(slow.edit(A, &TextEdit::Restore(spans)));
    assert_eq!(slow, of("word"));
}
