//! Texts of nodes and edges.

use shared::id::ClientId;
use shared::model::text::StyledRun;
use shared::model::{Marks, RichText};

/// A text in runs of one style each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    runs: Vec<(String, Marks)>,
}

impl Label {
    /// A text in one style.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::of([(text.into(), Marks::NONE)])
    }

    /// A text of these runs, without blanks around it.
    pub(crate) fn of(runs: impl IntoIterator<Item = (String, Marks)>) -> Self {
        let mut runs: Vec<_> = runs.into_iter().collect();
        while let Some((text, _)) = runs.first_mut() {
            *text = text.trim_start().to_owned();
            if !text.is_empty() {
                break;
            }
            runs.remove(0);
        }
        while let Some((text, _)) = runs.last_mut() {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                break;
            }
            runs.pop();
        }
        Self { runs }
    }

    /// The same text with other text before it.
    pub(crate) fn after(&self, text: &str) -> Self {
        let first = (text.to_owned(), Marks::NONE);
        Self::of([first].into_iter().chain(self.runs.iter().cloned()))
    }

    /// The same text in bold letters.
    pub(crate) fn bold(&self) -> Self {
        let runs = self.runs.iter();
        Self {
            runs: runs
                .map(|(text, marks)| (text.clone(), marks.set(Marks::BOLD, true)))
                .collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(crate) fn chars(&self) -> usize {
        self.runs.iter().map(|(text, _)| text.chars().count()).sum()
    }

    /// The text without its styles.
    pub(crate) fn text(&self) -> String {
        self.runs.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// The text as `by` would have typed it.
    pub(crate) fn typed(&self, by: ClientId) -> RichText {
        let runs = self.runs.iter();
        RichText::typed(
            by,
            runs.map(|(text, marks)| StyledRun {
                text,
                marks: *marks,
            }),
        )
    }
}
