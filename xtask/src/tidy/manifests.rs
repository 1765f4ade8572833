//! What every crate of ours has in its `Cargo.toml`, and what it must not have.

use super::Finding;
use super::tree::File;
use toml::Table;

/// Dependencies a crate must not have: another side of the arrow, or the world.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    (
        "shared",
        &[
            "tokio",
            "web-sys",
            "js-sys",
            "axum",
            "redis",
            "getrandom",
            "editor",
            "server",
        ],
    ),
    (
        "client/editor",
        &[
            "tokio",
            "web-sys",
            "js-sys",
            "leptos",
            "getrandom",
            "server",
        ],
    ),
    (
        "client",
        &["tokio", "axum", "redis", "leptos_axum", "server"],
    ),
    ("server", &["client", "editor", "web-sys"]),
];

/// Checks all manifests of crates.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let manifests = files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    manifests.flat_map(check_one).collect()
}

fn check_one(file: &File) -> Vec<Finding> {
    let table = match file.text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => return vec![Finding::error(&file.path, 1, error.message().to_owned())],
    };
    let mut findings = Vec::new();
    if !is_true(&table, "lints") {
        findings.push(Finding::error(
            &file.path,
            1,
            "no `[lints]` with `workspace = true`",
        ));
    }
    findings.extend(forbidden(file, &table));
    findings
}

fn is_true(table: &Table, section: &str) -> bool {
    let value = table
        .get(section)
        .and_then(|section| section.get("workspace"));
    value.and_then(toml::Value::as_bool) == Some(true)
}

fn forbidden(file: &File, table: &Table) -> Vec<Finding> {
    let folder = file.path.trim_end_matches("/Cargo.toml");
    let names = FORBIDDEN
        .iter()
        .filter(|(other, _)| *other == folder)
        .flat_map(|(_, names)| *names);
    let dependencies = table.get("dependencies").and_then(toml::Value::as_table);
    names
        .filter(|name| dependencies.is_some_and(|all| all.contains_key(**name)))
        .map(|name| {
            let line = line_of(&file.text, name);
            Finding::error(
                &file.path,
                line,
                format!("`{folder}` must not depend on `{name}`"),
            )
        })
        .collect()
}

fn line_of(text: &str, name: &str) -> usize {
    text.lines()
        .position(|line| line.starts_with(name))
        .map_or(1, |index| index + 1)
}
