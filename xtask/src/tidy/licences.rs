//! Whether everything we are built of may be published under our own licences.

use super::Finding;
use crate::process;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::path::Path;

/// Checks the licence of every dependency against the list in `deny.toml`.
///
/// # Errors
/// Cargo cannot read the workspace, or `deny.toml` has no list.
pub(super) fn check(root: &Path) -> Result<Vec<Finding>> {
    let allowed = allowed(root)?;
    let mut cargo = process::cargo();
    cargo
        .args(["metadata", "--format-version", "1"])
        .current_dir(root);
    let metadata: Value = serde_json::from_str(&process::output(&mut cargo)?)?;
    let packages = metadata.pointer("/packages").and_then(Value::as_array);
    Ok(packages
        .into_iter()
        .flatten()
        .filter_map(|one| judge(one, &allowed))
        .collect())
}

fn allowed(root: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
    let table: toml::Table = text.parse().context("deny.toml is not TOML")?;
    let list = table
        .get("licenses")
        .and_then(|section| section.get("allow"));
    let list = list
        .and_then(toml::Value::as_array)
        .context("deny.toml lists no licences")?;
    Ok(list
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect())
}

fn judge(package: &Value, allowed: &[String]) -> Option<Finding> {
    let name = package.get("name")?.as_str()?;
    let licence = package
        .get("license")
        .and_then(Value::as_str)
        .unwrap_or("none named");
    (!permits(licence, allowed)).then(|| {
        let message =
            format!("the licence of `{name}` ({licence}) is not on the list in deny.toml");
        Finding::error("Cargo.lock", 1, message)
    })
}

/// Whether a licence expression can be satisfied with allowed licences alone.
pub(super) fn permits(expression: &str, allowed: &[String]) -> bool {
    // Some older packages write a slash for `OR`.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let verdict = either(&mut words, allowed);
    verdict && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

/// `a OR b`; binds less than `AND`.
fn either(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut verdict = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        verdict |= both(words, allowed);
    }
    verdict
}

fn both(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut verdict = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        verdict &= one(words, allowed);
    }
    verdict
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let verdict = either(words, allowed);
        return words.next_if_eq(&")").is_some() && verdict;
    }
    let mut name = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        name = format!("{name} WITH {}", words.next().unwrap_or_default());
    }
    allowed.contains(&name)
}
