//! Taking out what the client offers to JavaScript and no script asks for.
//!
//! Libraries may export classes: Leptos' server functions bring streams, which nothing here
//! uses, and each would keep its code alive in the wasm file.

use crate::report;
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::path::Path;

/// How the statement of a class begins.
const CLASS: &str = "export class ";

/// Takes the classes out of the script that belongs to a wasm file; returns the passes of
/// wasm-opt that take their functions out of that file. Where a class is used, all stay.
///
/// # Errors
/// The script cannot be read or written.
pub(super) fn take_out(script: &Path) -> Result<Vec<String>> {
    let old = std::fs::read_to_string(script).context("the client has no script")?;
    let classes = classes(&old);
    let (kept, taken) = parted(&old, &classes);
    if let Some(class) = classes.iter().find(|class| says(&kept, class)) {
        report::warning(&format!(
            "the script uses the class {class}; leaving it, which makes a larger client"
        ));
        return Ok(Vec::new());
    }
    std::fs::write(script, &kept).context("cannot write the script")?;
    let pass = |name: &str| format!("--remove-exports={name}");
    let functions = functions(&taken).into_iter();
    Ok(functions
        .filter(|name| !says(&kept, name))
        .map(pass)
        .collect())
}

fn classes(script: &str) -> Vec<&str> {
    let named = script.lines().filter_map(|line| line.strip_prefix(CLASS));
    named.filter_map(|rest| rest.split(' ').next()).collect()
}

/// The functions of the wasm file that a script names.
fn functions(script: &str) -> BTreeSet<&str> {
    let named = script.split("wasm.").skip(1);
    let name = |rest: &'_ str| rest.find(|c| !is_of_names(c)).unwrap_or(rest.len());
    named.filter_map(|rest| rest.get(..name(rest))).collect()
}

const fn is_of_names(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

/// Whether a script says a name, and not only as a part of another.
fn says(script: &str, name: &str) -> bool {
    script.match_indices(name).any(|(at, _)| {
        let before = script.get(..at).and_then(|text| text.chars().next_back());
        let behind = script.get(at + name.len()..);
        let behind = behind.and_then(|text| text.chars().next());
        !before.is_some_and(is_of_names) && !behind.is_some_and(is_of_names)
    })
}

/// The script without the statements that define the classes, and these statements.
fn parted(script: &str, classes: &[&str]) -> (String, String) {
    let (mut kept, mut taken) = (String::new(), String::new());
    // A comment goes with the statement that it stands before.
    let mut comment = String::new();
    let mut is_kept = true;
    for line in script.lines() {
        if line.starts_with("/**") || (!comment.is_empty() && line.starts_with(" *")) {
            comment.push_str(line);
            comment.push('\n');
            continue;
        }
        // Whatever is indented or closes belongs to the statement above.
        if !line.starts_with([' ', '}']) {
            is_kept = !classes.iter().any(|class| defines(line, class));
        }
        let part = if is_kept { &mut kept } else { &mut taken };
        part.push_str(&std::mem::take(&mut comment));
        part.push_str(line);
        part.push('\n');
    }
    (kept, taken)
}

/// Whether a statement that begins so makes a class or helps it to end.
fn defines(line: &str, class: &str) -> bool {
    let rest = line.strip_prefix(CLASS);
    let rest = rest.or_else(|| line.strip_prefix("const "));
    let rest = rest.or_else(|| line.strip_prefix("if (Symbol.dispose) "));
    let behind = rest.and_then(|rest| rest.strip_prefix(class));
    behind.is_some_and(|behind| {
        !behind.starts_with(is_of_names) || behind.starts_with("Finalization")
    })
}

#[cfg(test)]
mod tests {
    use super::take_out;

    const SCRIPT: &str = "/**\n * Of a Source.\n */\nexport class Source {\n    free() {\n        \
        wasm.source_free(0);\n        wasm.shared();\n    }\n}\n\
        if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;\n\n\
        /** Runs. */\nfunction run(SourceLine) {\n    wasm.shared();\n}\n\
        const SourceFinalization = (typeof F === 'undefined')\n    ? {}\n    : new F();\n\
        run();\n";

    fn taken_out(script: &str) -> (Vec<String>, String) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.js");
        std::fs::write(&file, script).unwrap();
        let passes = take_out(&file).unwrap();
        (passes, std::fs::read_to_string(file).unwrap())
    }

    #[test]
    fn a_class_goes_with_all_that_belongs_to_it() {
        let (passes, left) = taken_out(SCRIPT);
        assert_eq!(
            left,
            "\n/** Runs. */\nfunction run(SourceLine) {\n    wasm.shared();\n}\nrun();\n"
        );
        assert_eq!(passes, ["--remove-exports=source_free"]);
    }

    #[test]
    fn a_class_that_is_used_stays() {
        let script = format!("{SCRIPT}new Source();\n");
        assert_eq!(taken_out(&script), (Vec::new(), script));
    }
}
