//! The examples as our documents have them.

use anyhow::{Context as _, Result, ensure};

/// How to host a server.
const HOSTING: &str = include_str!("../../../docs/hosting.md");
/// nginx in front of the servers of `deploy/compose.redis.yml`.
pub(super) const COMPOSE_NGINX: &str = include_str!("../../../deploy/nginx.conf");

/// The code block of a language.
pub(super) fn example(language: &str) -> Result<&'static str> {
    between(HOSTING, &format!("```{language}\n"), "```")
}

/// What the table "Below a path" says in the row of a proxy: how to keep and how to remove the path.
pub(super) fn below_a_path(proxy: &str) -> Result<[&'static str; 2]> {
    let (_, section) = HOSTING
        .split_once("\n## Below a path\n")
        .context("docs/hosting.md has no section \"Below a path\"")?;
    let begin = format!("| {proxy} |");
    let row = section.lines().find_map(|line| line.strip_prefix(&begin));
    let row = row.with_context(|| format!("the table \"Below a path\" has no row {proxy}"))?;
    let mut cells = row.split('|');
    Ok([
        cells.next().unwrap_or_default(),
        cells.next().unwrap_or_default(),
    ])
}

/// The code in a cell.
pub(super) fn code(cell: &str) -> Result<&str> {
    between(cell, "`", "`")
}

/// The text between two others.
pub(super) fn between<'a>(text: &'a str, begin: &str, end: &str) -> Result<&'a str> {
    let found = text
        .split_once(begin)
        .and_then(|(_, rest)| rest.split_once(end));
    let (found, _) = found.with_context(|| format!("no {begin:?} … {end:?} in:\n{text}"))?;
    Ok(found)
}

/// The text with another part in place of one that it must have.
pub(super) fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    ensure!(text.contains(part), "no {part:?} in:\n{text}");
    Ok(text.replace(part, by))
}
