//! Texts that consist of very many pieces.

use super::*;

/// A long text of this many pieces: single letters, and then a long plain piece.
pub(super) fn patchwork(pieces: usize) -> RichText {
    let mut text = of(&"a".repeat(MAX_TEXT_CHARS - 100));
    assert!(text.edit(B, &bold(every_other(A, 0, pieces / 2))));
    assert_eq!(text.pieces(), pieces);
    text
}

/// A stored text with one letter per piece.
fn stored(pieces: usize) -> Vec<u8> {
    let pieces: Vec<_> = (0..pieces as u32)
        .map(|no| (0_u16, no, "x", no % 2, None::<u16>))
        .collect();
    encode(&(vec![(A, pieces.len() as u32)], pieces))
        .unwrap()
        .to_vec()
}

#[test]
fn a_text_in_too_many_pieces_refuses_edits_that_add_pieces() {
    let full = patchwork(MAX_TEXT_PIECES);
    let mut text = full.clone();
    // An insert in the middle of a piece makes three of it.
    let inside = full.plain().len() - 50;
    assert!(!text.edit(B, &insert(&text, B, inside, "b")));
    assert!(!text.edit(B, &bold(text.spans(inside..inside + 1))));
    assert_eq!(text, full);
    // An edit that adds no pieces is still accepted.
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
fn a_new_text_in_too_many_pieces_is_refused() {
    for (pieces, is_valid) in [(MAX_TEXT_PIECES, true), (MAX_TEXT_PIECES + 1, false)] {
        let text: RichText = decode(&stored(pieces), 1 << 20).unwrap();
        assert_eq!(text.pieces(), pieces);
        let new = Box::new(element(text));
        assert_eq!(Op::Put(new.clone()).validate().is_ok(), is_valid);
        assert_eq!(Op::Restore(new).validate().is_ok(), is_valid);
    }
}

#[test]
fn a_text_stored_before_the_limit_can_be_read_and_edited() {
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
fn older_deletions_are_forgotten_first() {
    let mut text = patchwork(MAX_TEXT_PIECES);
    let old = TextEdit::Delete(every_other(A, 0, MAX_TEXT_PIECES / 2));
    assert!(text.edit(B, &old));
    let before: Vec<CharId> = text.chars().map(|letter| letter.id).collect();
    let now = TextEdit::Delete(text.spans(before.len() - 50..before.len() - 40));
    let back = text.inverse(C, &[C], &now);
    assert!(text.edit(C, &now));
    assert_eq!(text.plain().len(), before.len() - 10);
    for edit in back {
        assert!(text.edit(C, &edit));
    }
    assert!(text.chars().map(|letter| letter.id).eq(before));
}

#[test]
fn every_edit_can_be_undone_by_valid_edits() {
    let full = patchwork(MAX_TEXT_PIECES - 2);
    let letters = full.plain().len();
    let all = full.spans(0..letters);
    assert_eq!(all.len(), 1, "one person typed it in one go");
    // Spans of single letters in reverse order are the longest form.
    let last = letters as u32 - 1;
    let mut single: Vec<CharSpan> = (0..MAX_TEXT_SPANS as u32)
        .map(|no| span(A, last - no, 1))
        .collect();
    // Also with gaps between them, which are in the text.
    single.extend(every_other(A, 0, MAX_TEXT_PIECES / 2 - 1));
    let edits = [
        TextEdit::Delete(all.clone()),
        TextEdit::Delete(single[..MAX_TEXT_SPANS].to_vec()),
        TextEdit::Delete(single[MAX_TEXT_SPANS..].to_vec()),
        bold(all),
    ];
    for edit in edits {
        let mut text = full.clone();
        let back = text.inverse(B, &[B], &edit);
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
        assert!(text.chars().eq(full.chars()));
    }
}
