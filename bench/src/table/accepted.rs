//! The figures that were accepted, and what became worse since.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use super::figures::Figures;
use crate::output::say;

/// A figure may be so many times worse.
const MOST: f64 = 1.25;
/// The head of the file.
const ABOUT: &str = "Figures of the server that `cargo xtask bench --quick` compares with. Less is better. A figure that \
     grows by more than a quarter fails the command; `cargo xtask bench --quick -- --accept` writes new ones. Those \
     of full, fixed, latency and quiet are ratios to the tokio relay in the same run.";

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct Accepted {
    about: String,
    figures: BTreeMap<String, f64>,
}

/// Compares the figures with those that were accepted, or accepts them.
///
/// # Errors
/// One is worse by more than a quarter, or the file cannot be read or written.
pub(super) fn check(figures: &Figures, accept: bool) -> Result<()> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/accepted.json"));
    let mut accepted = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{}", path.display()))?,
        Err(_) => Accepted {
            about: String::new(),
            figures: BTreeMap::new(),
        },
    };
    say("\nFigures beside those that were accepted (less is better):");
    let worse = compare(figures.all(), &accepted.figures);
    if accept {
        ABOUT.clone_into(&mut accepted.about);
        let rounded = |value: f64| (value * 1_000.0).round() / 1_000.0;
        let new = figures
            .all()
            .iter()
            .map(|(name, value)| (name.clone(), rounded(*value)));
        accepted.figures.extend(new);
        let text = serde_json::to_string_pretty(&accepted)? + "\n";
        std::fs::write(&path, text).with_context(|| format!("{}", path.display()))?;
        say(&format!("\n{} has these figures now.", path.display()));
        return Ok(());
    }
    ensure!(
        worse.is_empty(),
        "worse by more than a quarter: {}",
        worse.join("; ")
    );
    Ok(())
}

/// Prints all figures, and returns those that are too much worse.
fn compare(figures: &[(String, f64)], accepted: &BTreeMap<String, f64>) -> Vec<String> {
    let mut worse = Vec::new();
    for (name, value) in figures {
        let Some(before) = accepted.get(name) else {
            say(&format!("  {name:<60} {value:>10.3}, new"));
            continue;
        };
        let ratio = value / before;
        say(&format!(
            "  {name:<60} {value:>10.3}, accepted {before:.3}, ratio {ratio:.2}"
        ));
        if !value.is_finite() || ratio > MOST {
            worse.push(format!("{name} is {value:.3} and was {before:.3}"));
        }
    }
    worse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_grew_by_more_than_a_quarter_is_worse() {
        let accepted = BTreeMap::from([("a".to_owned(), 2.0)]);
        for (value, is_worse) in [(1.0, false), (2.4, false), (2.6, true), (f64::NAN, true)] {
            let worse = compare(&[("a".to_owned(), value)], &accepted);
            assert_eq!(!worse.is_empty(), is_worse, "{value}");
        }
        assert!(compare(&[("new".to_owned(), 9.0)], &accepted).is_empty());
    }
}
