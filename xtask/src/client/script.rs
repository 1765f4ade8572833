//! The script that wasm-bindgen writes, without what only people read.

/// The script without comments on lines of their own, indentation and empty lines. One with
/// text over several lines stays as it is, since spaces may matter there.
pub(super) fn squeezed(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            // What opens a comment does not close it as well.
            let inside = if in_comment {
                line
            } else {
                line.get(2..).unwrap_or_default()
            };
            let end = inside.find("*/");
            if end.is_some_and(|end| end + 2 < inside.len()) {
                return script.to_owned();
            }
            in_comment = end.is_none();
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.matches('`').count() % 2 == 1 {
                return script.to_owned();
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::squeezed;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/**\n * @param {number} a\n */\nf(a) {\n    // Why.\n    \
            return `//${a}  `; // here\n\n}\n/* b */\n";
        assert_eq!(squeezed(script), "f(a) {\nreturn `//${a}  `; // here\n}\n");
    }

    #[test]
    fn a_script_that_is_not_understood_stays_as_it_is() {
        for script in [
            "let a = `\n  b`;\n",
            "/* a\n */ let b;\n",
            "/* a */ let b;\n",
        ] {
            assert_eq!(squeezed(script), script);
        }
    }
}
