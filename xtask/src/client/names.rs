//! Short names for what the wasm file and its JavaScript know each other by.
//!
//! wasm-bindgen's names end in hashes, which no compression makes small.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// The pass of wasm-opt that shortens names and writes to standard output what became of
/// them.
pub(super) const PASS: &str = "--minify-imports-and-exports-and-modules";

/// What wasm-opt calls the one module that is imported from.
const MODULE: &str = "a";

/// Old names and their short ones.
#[derive(Debug, Default)]
struct Names {
    module: String,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// Renames in the script that belongs to a wasm file what [`PASS`] renamed in that file.
///
/// # Errors
/// The script cannot be read or written, or says a name that was not shortened with it.
pub(super) fn follow(script: &Path, told: &str) -> Result<()> {
    let names = Names::read(told)?;
    let old = std::fs::read_to_string(script).context("the client has no script")?;
    std::fs::write(script, names.put_into(&old)?).context("cannot write the script")
}

impl Names {
    fn read(told: &str) -> Result<Self> {
        let told: Value = serde_json::from_str(told).context("wasm-opt told no names")?;
        let mut names = Self::default();
        for entry in told
            .get("imports")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let [module, old, new] = words(entry)?;
            let is_alone = names.module.is_empty() || names.module == module;
            ensure!(is_alone, "the client imports from {module} too");
            names.module = module;
            names.imports.insert(old, new);
        }
        for entry in told
            .get("exports")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let [old, new] = words(entry)?;
            names.exports.insert(old, new);
        }
        Ok(names)
    }

    /// The script with the short names.
    fn put_into(&self, script: &str) -> Result<String> {
        let (old, new) = (
            format!("{:?}: import0", self.module),
            format!("{MODULE:?}: import0"),
        );
        ensure!(script.contains(&old), "the script does not say {old}");
        let script = script.replace(&old, &new);
        let mut out = String::with_capacity(script.len());
        let mut rest = script.as_str();
        while let Some(start) = rest.find(is_of_name) {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let end = from
                .find(|letter| !is_of_name(letter))
                .unwrap_or(from.len());
            let (name, after) = from.split_at(end);
            let known = if out.ends_with("wasm.") {
                let known = self.exports.get(name);
                ensure!(known.is_some(), "the wasm file does not export {name}");
                known
            } else {
                self.imports.get(name)
            };
            out.push_str(known.map_or(name, String::as_str));
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// Letters that names in JavaScript are made of, as far as wasm-bindgen uses them.
fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

fn words<const N: usize>(entry: &Value) -> Result<[String; N]> {
    let words = entry.as_array().into_iter().flatten();
    let words: Vec<String> = words.filter_map(Value::as_str).map(str::to_owned).collect();
    words
        .try_into()
        .map_err(|_| anyhow::anyhow!("wasm-opt told {entry}, not {N} names"))
}

#[cfg(test)]
mod tests {
    use super::Names;

    const TOLD: &str = r#"{
        "imports": [["./x_bg.js", "__wbg_now_0f", "a"], ["./x_bg.js", "__wbg_now_0", "b"]],
        "exports": [["memory", "c"], ["__wbindgen_start", "d"]]
    }"#;

    #[test]
    fn names_become_short_where_they_are_meant() {
        let script = "__wbg_now_0f: () => memory, __wbg_now_0: 1, x: wasm.memory.buffer,\n\
            \"./x_bg.js\": import0, wasm.__wbindgen_start();";
        let short = Names::read(TOLD).unwrap().put_into(script).unwrap();
        assert_eq!(
            short,
            "a: () => memory, b: 1, x: wasm.c.buffer,\n\"a\": import0, wasm.d();"
        );
    }

    #[test]
    fn a_script_of_another_client_is_refused() {
        let names = Names::read(TOLD).unwrap();
        assert!(names.put_into("\"./y_bg.js\": import0").is_err());
        let unknown = "\"./x_bg.js\": import0, wasm.unknown()";
        assert!(names.put_into(unknown).is_err());
    }
}
