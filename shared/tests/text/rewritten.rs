//! The edits that lead from one text to another.

use proptest::prelude::*;
use shared::model::{Marks, RichText, StyledRun, TextEdit};

use crate::{A, B, insert, of};

/// The visible characters with their styles.
fn shown(text: &RichText) -> Vec<(char, Marks)> {
    text.chars().map(|one| (one.letter, one.marks)).collect()
}

fn text() -> impl Strategy<Value = RichText> {
    let run = ("[ab\n]{0,4}", any::<bool>(), any::<bool>());
    proptest::collection::vec(run, 0..5).prop_map(|runs| {
        let runs = runs.iter().map(|(text, bold, italic)| StyledRun {
            text,
            marks: Marks::NONE
                .set(Marks::BOLD, *bold)
                .set(Marks::ITALIC, *italic),
        });
        RichText::typed(A, runs)
    })
}

proptest! {
    #[test]
    fn the_edits_lead_to_the_wanted_text(from in text(), to in text(), place in 0_usize..9) {
        let mut now = from;
        now.edit(B, &insert(&now, B, place, "b"));
        for edit in now.edits_to(B, &to) {
            now.edit(B, &edit);
        }
        prop_assert_eq!(shown(&now), shown(&to));
        prop_assert!(now.edits_to(B, &to).is_empty());
    }
}

#[test]
fn what_both_texts_have_in_common_stays() {
    let now = of("one two three");
    let edits = now.edits_to(B, &of("one 2 three"));
    let names = |edit: &TextEdit| match edit {
        TextEdit::Insert { text, .. } => format!("+{text}"),
        TextEdit::Delete(spans) => format!("-{}", spans.iter().map(|it| it.len).sum::<u32>()),
        TextEdit::Restore(_) | TextEdit::Mark { .. } => "other".to_owned(),
    };
    let edits: Vec<String> = edits.iter().map(names).collect();
    assert_eq!(edits, ["+2", "-3"]);
}
