//! Taking out what the client offers to JavaScript and no script asks for.
//!
//! Libraries may export classes: Leptos' server functions bring streams, which nothing here
//! uses, and each would keep its code alive in the wasm file.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;

/// How the statement of a class begins.
const CLASS: &str = "export class ";

/// Takes the classes out of the script that belongs to a wasm file; returns the passes of
/// wasm-opt that take their functions out of that file.
///
/// # Errors
/// The script cannot be read or written, or uses a class.
pub(super) fn take_out(script: &Path) -> Result<Vec<String>> {
    let old = std::fs::read_to_string(script).context("the client has no script")?;
    let classes = classes(&old);
    let new = without(&old, &classes)?;
    std::fs::write(script, new).context("cannot write the script")?;
    let pass = |class: &&str| format!("--remove-exports=*{}*", class.to_lowercase());
    Ok(classes.iter().map(pass).collect())
}

fn classes(script: &str) -> Vec<&str> {
    let named = script.lines().filter_map(|line| line.strip_prefix(CLASS));
    named.filter_map(|rest| rest.split(' ').next()).collect()
}

/// The script without the statements that define the classes.
fn without(script: &str, classes: &[&str]) -> Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut is_kept = true;
    for line in script.lines() {
        // Whatever is indented or closes belongs to the statement above.
        if !line.starts_with([' ', '}']) {
            is_kept = !classes.iter().any(|class| defines(line, class));
        }
        if is_kept {
            out.push_str(line);
            out.push('\n');
        }
    }
    for class in classes {
        ensure!(!out.contains(class), "the script uses the class {class}");
    }
    Ok(out)
}

/// Whether a statement that begins so makes a class or helps it to end.
fn defines(line: &str, class: &str) -> bool {
    let rest = line.strip_prefix(CLASS);
    let rest = rest.or_else(|| line.strip_prefix("const "));
    let rest = rest.or_else(|| line.strip_prefix("if (Symbol.dispose) "));
    rest.is_some_and(|rest| rest.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::{classes, without};

    const SCRIPT: &str = "export class Source {\n    free() {\n        wasm.x();\n    }\n}\n\
        if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;\n\n\
        function run() {\n    wasm.y();\n}\n\
        const SourceFinalization = (typeof F === 'undefined')\n    ? {}\n    : new F();\n\
        run();\n";

    #[test]
    fn a_class_goes_with_all_that_belongs_to_it() {
        assert_eq!(classes(SCRIPT), ["Source"]);
        let left = without(SCRIPT, &["Source"]).unwrap();
        assert_eq!(left, "\nfunction run() {\n    wasm.y();\n}\nrun();\n");
    }

    #[test]
    fn a_class_that_is_used_is_not_taken_out() {
        let script = format!("{SCRIPT}new Source();\n");
        assert!(without(&script, &["Source"]).is_err());
    }
}
