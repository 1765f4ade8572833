//! The live region: sentences that screen readers announce.

use leptos::prelude::{ReadSignal, Set as _, WithUntracked as _, WriteSignal, signal};

/// The last sentence.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct LiveRegion {
    /// The text of the region.
    pub(in crate::page) text: ReadSignal<String>,
    write: WriteSignal<String>,
}

impl LiveRegion {
    pub(super) fn new() -> Self {
        let (text, write) = signal(String::new());
        Self { text, write }
    }

    /// Announces a sentence, also if it is the same as the last one.
    pub(in crate::page) fn announce(self, sentence: &str) {
        // Screen readers pass over a text that did not change; a trailing space changes it.
        let is_repeated = self.text.with_untracked(|last| last == sentence);
        let end = if is_repeated { "\u{a0}" } else { "" };
        self.write.set(format!("{sentence}{end}"));
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::GetUntracked as _;

    use super::*;

    #[test]
    fn a_repeated_sentence_changes_the_text() {
        let region = LiveRegion::new();
        let mut texts = Vec::new();
        for _ in 0..3 {
            region.announce("Copied.");
            texts.push(region.text.get_untracked());
        }
        assert_eq!(texts, ["Copied.", "Copied.\u{a0}", "Copied."]);
    }
}
