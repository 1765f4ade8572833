//! Style sheets: every file is part of the bundle, and values come from tokens.

use super::Finding;
use super::tree::File;

/// The style sheet that imports all others.
const MAIN: &str = "style/main.css";

/// The only place where colours stand in numbers.
const TOKENS: &str = "style/tokens.css";

/// Checks all style sheets.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let main = files
        .iter()
        .find(|file| file.path == MAIN)
        .map_or("", |file| file.text.as_str());
    let is_sheet = |file: &&File| file.path.starts_with("style/") && file.path.ends_with(".css");
    let mut findings = Vec::new();
    for sheet in files.iter().filter(is_sheet) {
        let name = sheet.path.trim_start_matches("style/");
        if sheet.path != MAIN && !main.contains(&format!("@import \"{name}\";")) {
            let message = format!("{MAIN} does not import this file");
            findings.push(Finding::error(&sheet.path, 1, message));
        }
        findings.extend(sheet.text.lines().enumerate().filter_map(|(number, line)| {
            let message = bad_line(sheet, line)?;
            Some(Finding::error(&sheet.path, number + 1, message))
        }));
    }
    findings
}

fn bad_line(sheet: &File, line: &str) -> Option<&'static str> {
    if line.trim_start().starts_with("@import") && sheet.path != MAIN {
        return Some("only style/main.css imports");
    }
    if line.contains("!important") {
        return Some("no `!important`: the layers decide");
    }
    (sheet.path != TOKENS && names_a_colour(line)).then_some("a colour of its own: use a token")
}

/// Whether a line has a colour in numbers; names of selectors may begin with `#` too.
fn names_a_colour(line: &str) -> bool {
    let value = line.split_once(':').map_or("", |(_, value)| value);
    let hex = value.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = rest
            .chars()
            .nth(digits)
            .is_none_or(|c| !c.is_alphanumeric() && c != '-');
        matches!(digits, 3 | 4 | 6 | 8) && ends
    });
    hex || ["rgb(", "rgba(", "hsl("]
        .iter()
        .any(|function| value.contains(function))
}
