//! The results of a run.

use crate::invariant::Invariant;

/// What was decided about an invariant.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Which.
    pub invariant: Invariant,
    /// What broke it; empty if it held.
    pub broken: Vec<String>,
}

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// One for each invariant that was checked.
    pub verdicts: Vec<Verdict>,
    /// Figures by name.
    pub figures: Vec<(&'static str, String)>,
}

impl Outcome {
    /// The first line on each invariant that broke.
    #[must_use]
    pub fn broken(&self) -> Vec<String> {
        let broken = self.verdicts.iter().filter(|it| !it.broken.is_empty());
        broken
            .map(|it| {
                format!(
                    "{} ({} times): {}",
                    it.invariant.name(),
                    it.broken.len(),
                    it.broken[0]
                )
            })
            .collect()
    }

    /// Whether an invariant broke.
    #[must_use]
    pub fn breaks(&self, invariant: Invariant) -> bool {
        let mut verdicts = self.verdicts.iter();
        verdicts.any(|it| it.invariant == invariant && !it.broken.is_empty())
    }
}
