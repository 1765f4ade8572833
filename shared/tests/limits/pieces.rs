//! Texts in very many pieces.

use super::*;

/// A long text of so many pieces: single letters, and then a long plain stretch.
fn patchwork(pieces: usize) -> RichText {
    let mut text = of(&"a".repeat(MAX_TEXT_CHARS - 100));
    assert!(text.edit(B, &bold(every_other(A, 0, pieces / 2))));
    assert_eq!(text.pieces(), pieces);
    text
}

/// A text of one letter a piece, as it is stored.
fn stored(pieces: usize) -> Vec<u8> {
    let pieces: Vec<_> = (0..pieces as u32)
        .map(|no| (0_u16, no, "x", no % 2, None::<u16>))
        .collect();
    encode(&(vec![(A, pieces.len() as u32)], pieces))
        .unwrap()
        .to_vec()
}

#[test]
fn a_text_in_too_many_pieces_takes_no_edit_that_makes_more() {
    let full = patchwork(MAX_TEXT_PIECES);
    let mut text = full.clone();
    // In the middle of a plain stretch, one becomes three.
    let inside = full.plain().len() - 50;
    assert!(!text.edit(B, &insert(&text, B, inside, "b")));
    assert!(!text.edit(B, &bold(text.spans(inside..inside + 1))));
    assert_eq!(text, full);
    // What makes no more of them is still possible.
    assert!(text.edit(A, &insert(&text, A, full.plain().len(), "a")));
    assert!(text.edit(B, &bold(text.spans(0..20))));
    assert!(text.pieces() < MAX_TEXT_PIECES);
    assert!(text.edit(B, &insert(&text, B, inside, "b")));
}

#[test]
fn deleted_letters_are_forgotten_before_an_edit_is_refused() {
    let mut text = patchwork(MAX_TEXT_PIECES);
    let gone = TextEdit::Delete(every_other(A, 0, MAX_TEXT_PIECES / 2));
    assert!(text.edit(B, &gone));
    let shown = text.plain().len();
    assert_eq!(text.pieces(), MAX_TEXT_PIECES);
    assert!(text.edit(C, &insert(&text, C, shown - 50, "c")));
    assert_eq!(text.plain().len(), shown + 1);
    assert!(text.len() == shown + 1 && text.pieces() < MAX_TEXT_PIECES);
}

#[test]
fn nobody_puts_a_text_in_too_many_pieces() {
    for (pieces, is_sound) in [(MAX_TEXT_PIECES, true), (MAX_TEXT_PIECES + 1, false)] {
        let text: RichText = decode(&stored(pieces), 1 << 20).unwrap();
        assert_eq!(text.pieces(), pieces);
        let new = Box::new(element(text));
        assert_eq!(Op::Put(new.clone()).validate().is_ok(), is_sound);
        assert_eq!(Op::Restore(new).validate().is_ok(), is_sound);
    }
}

#[test]
fn a_text_that_was_in_more_pieces_before_there_was_a_limit_can_be_read_and_edited() {
    let pieces = MAX_TEXT_PIECES + 10;
    let full: RichText = decode(&stored(pieces), 1 << 20).unwrap();
    let mut text = full.clone();
    assert!(!text.edit(B, &insert(&text, B, 5, "b")));
    assert_eq!(text, full);
    assert!(text.edit(B, &TextEdit::Delete(text.spans(0..3))));
    assert_eq!(text.pieces(), pieces);
    assert!(text.edit(B, &insert(&text, B, 5, "b")));
    assert!(text.pieces() < pieces);
    assert!(decode::<RichText>(&stored(MAX_TEXT_CHARS), 1 << 20).is_ok());
    assert!(decode::<RichText>(&stored(MAX_TEXT_CHARS + 1), 1 << 20).is_err());
}

#[test]
fn what_was_deleted_long_ago_is_forgotten_before_what_is_deleted_now() {
    let mut text = patchwork(MAX_TEXT_PIECES);
    let old = TextEdit::Delete(every_other(A, 0, MAX_TEXT_PIECES / 2));
    assert!(text.edit(B, &old));
    let before: Vec<CharId> = text.letters().map(|letter| letter.id).collect();
    let now = TextEdit::Delete(text.spans(before.len() - 50..before.len() - 40));
    let back = text.inverse(C, &now);
    assert!(text.edit(C, &now));
    assert_eq!(text.plain().len(), before.len() - 10);
    for edit in back {
        assert!(text.edit(C, &edit));
    }
    assert!(text.letters().map(|letter| letter.id).eq(before));
}

#[test]
fn whatever_an_edit_did_can_be_taken_back_by_sound_edits() {
    let full = patchwork(MAX_TEXT_PIECES - 2);
    let letters = full.plain().len();
    let all = full.spans(0..letters);
    assert_eq!(all.len(), 1, "one person typed it in one go");
    // Letter by letter, backwards: the worst way to name them.
    let last = letters as u32 - 1;
    let mut single: Vec<CharSpan> = (0..MAX_TEXT_SPANS as u32)
        .map(|no| span(A, last - no, 1))
        .collect();
    // And with holes between them, which stand in the text anyway.
    single.extend(every_other(A, 0, MAX_TEXT_PIECES / 2 - 1));
    let edits = [
        TextEdit::Delete(all.clone()),
        TextEdit::Delete(single[..MAX_TEXT_SPANS].to_vec()),
        TextEdit::Delete(single[MAX_TEXT_SPANS..].to_vec()),
        bold(all),
    ];
    for edit in edits {
        let mut text = full.clone();
        let back = text.inverse(B, &edit);
        assert!(text.edit(B, &edit));
        let ops: Vec<Op> = back
            .iter()
            .map(|edit| Op::Text {
                id: ID,
                edit: edit.clone(),
            })
            .collect();
        let (cno, guard) = (1, Guard::MineOnly);
        assert_eq!(Commit { cno, guard, ops }.validate(), Ok(()));
        for edit in &back {
            text.edit(B, edit);
        }
        assert!(text.letters().eq(full.letters()));
    }
}
