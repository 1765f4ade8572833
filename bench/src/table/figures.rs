//! The figures of a run by name, as they are compared with those of an earlier one.

use super::target::Kind;

/// Names and values.
#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<(String, f64)>);

impl Figures {
    /// Adds a figure.
    pub(crate) fn add(&mut self, name: &str, value: f64) {
        self.0.push((name.to_owned(), value));
    }

    /// Adds the ratios of our servers to the tokio relay.
    pub(crate) fn compare(&mut self, name: &str, values: &[(Kind, f64)]) {
        let reference = values.iter().find(|(kind, _)| *kind == Kind::REFERENCE);
        let Some((_, reference)) = reference else {
            return;
        };
        for (kind, value) in values {
            if !matches!(kind, Kind::Relay(_)) {
                self.add(&format!("{name}, {}", kind.name()), value / reference);
            }
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[(String, f64)] {
        &self.0
    }
}
