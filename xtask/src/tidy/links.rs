//! Relative links in Markdown that lead nowhere.

use super::Finding;
use super::tree::File;
use std::path::Path;

/// Finds links to files that do not exist.
pub(super) fn broken(root: &Path, files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
        for (line, target) in links(&file.text) {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            let base = if path.starts_with('/') {
                Path::new("")
            } else {
                folder
            };
            let goal = root.join(base).join(path.trim_start_matches('/'));
            if !path.is_empty() && !is_elsewhere(&target) && !goal.exists() {
                let message = format!("the link to `{target}` leads nowhere");
                findings.push(Finding::error(&file.path, line, message));
            }
        }
    }
    findings
}

fn is_elsewhere(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:")
}

/// All `[text](target)` outside code, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if !in_code {
            let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("");
            let targets = prose
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split([')', ' ']).next());
            found.extend(targets.map(|target| (number + 1, target.to_owned())));
        }
    }
    found
}
