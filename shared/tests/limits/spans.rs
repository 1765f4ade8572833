//! Spans of text: how many a commit may have, and in which order.

use super::*;

#[test]
fn adjacent_characters_form_one_span() {
    let mut text = of("abcdef");
    let single: Vec<CharSpan> = (0..6).map(|no| span(A, no, 1)).collect();
    let delete = TextEdit::Delete(single);
    let whole = vec![TextEdit::Restore(vec![span(A, 0, 6)])];
    assert_eq!(text.inverse(B, &[B], &delete), whole);
    // Also where the formatting differs.
    text.edit(B, &bold(vec![span(A, 2, 2)]));
    assert_eq!(text.inverse(B, &[B], &delete), whole);
}

#[test]
fn the_number_of_spans_in_a_commit_is_limited() {
    let commit = |ops: usize| Commit {
        cno: 1,
        guard: Guard::Any,
        ops: vec![
            Op::Text {
                id: ID,
                edit: TextEdit::Delete(every_other(A, 0, MAX_TEXT_SPANS)),
            };
            ops
        ],
    };
    let most = MAX_COMMIT_SPANS / MAX_TEXT_SPANS;
    assert_eq!(commit(most).validate(), Ok(()));
    assert!(commit(most + 1).validate().is_err());
}

proptest! {
    /// Spans may be in any order, overlap and repeat.
    #[test]
    fn spans_have_the_same_effect_together_and_one_by_one(
        spans in prop::collection::vec((0..3_usize, 0..30_u32, 0..9_u32), 0..12),
    ) {
        let spans: Vec<CharSpan> = spans
            .into_iter()
            .map(|(who, from, len)| span([A, B, C][who], from, len))
            .collect();
        let mut start = of("The quick brown fox.");
        start.edit(B, &insert(&start, B, 4, "very äöü 日本 "));
        start.edit(A, &bold(start.spans(3..12)));
        start.edit(B, &TextEdit::Delete(start.spans(7..9)));
        let kinds: [fn(Vec<CharSpan>) -> TextEdit; 3] = [TextEdit::Delete, TextEdit::Restore, bold];
        for kind in kinds {
            let mut together = start.clone();
            together.edit(B, &kind(spans.clone()));
            let mut alone = start.clone();
            for one in &spans {
                alone.edit(B, &kind(vec![*one]));
            }
            prop_assert_eq!(together, alone);
        }
    }
}
