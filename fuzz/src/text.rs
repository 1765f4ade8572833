//! Edits of a text by several people, compared with a plain list of characters.

use arbitrary::Unstructured;
use shared::limits::MAX_SNAPSHOT_BYTES;
use shared::model::RichText;
use shared::protocol::{decode, encode};
use testkit::plain_text::PlainText;

use crate::generated;

/// Edits both texts, and compares them after each edit.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let (mut text, mut plain) = (RichText::default(), PlainText::default());
    while !bytes.is_empty() {
        let edit = generated::person(&mut bytes).and_then(|author| {
            let edit = generated::text_edit(&mut bytes)?;
            Ok((author, edit))
        });
        let Ok((author, edit)) = edit else { break };
        let before = text.clone();
        let inverse = text.inverse(author, &[author], &edit);
        let changed = text.edit(author, &edit);
        plain.edit(author, &edit);
        assert_eq!(changed, text != before);
        let stored = plain.stored();
        assert_eq!(encode(&text).unwrap(), stored);
        let read: RichText = decode(&stored, MAX_SNAPSHOT_BYTES).expect("a text can be read");
        assert_eq!((&read, read.len()), (&text, text.len()));
        let mut undone = text.clone();
        for edit in &inverse {
            undone.edit(author, edit);
        }
        assert_eq!(undone.plain(), before.plain(), "{edit:?} undone");
    }
}

/// Bytes without a pattern.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    crate::edits::seeds()
}
