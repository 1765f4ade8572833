//! Reading what cargo says about what it built.

use super::TestProgram;
use crate::{process, workspace};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What a build produced.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The server, if it was asked for.
    pub(crate) server: Option<PathBuf>,
    /// Other binaries, by name.
    binaries: Vec<(String, PathBuf)>,
    /// Test programs, in the order in which they were finished.
    pub(crate) tests: Vec<TestProgram>,
}

impl Built {
    /// Where a binary is.
    ///
    /// # Errors
    /// It was not built.
    pub(crate) fn binary(&self, name: &str) -> Result<&Path> {
        let found = self.binaries.iter().find(|(other, _)| other == name);
        found
            .map(|(_, path)| path.as_path())
            .with_context(|| format!("cargo built no {name}"))
    }

    /// Takes one line of cargo's `--message-format=json`; lines of other kinds are ignored.
    pub(crate) fn read_message(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            return;
        };
        let Some(executable) = text(&message, "/executable") else {
            return;
        };
        let Some(name) = text(&message, "/target/name") else {
            return;
        };
        let path = PathBuf::from(executable);
        if message.pointer("/profile/test") == Some(&Value::Bool(true)) {
            self.tests.extend(test_program(&message, name, path));
        } else {
            if name == workspace::SERVER_BINARY {
                self.server = Some(path.clone());
            }
            self.binaries.push((name.to_owned(), path));
        }
    }
}

fn test_program(message: &Value, target: &str, program: PathBuf) -> Option<TestProgram> {
    let manifest = Path::new(text(message, "/manifest_path")?);
    let folder = manifest.parent()?.to_path_buf();
    let package = folder.file_name()?.to_string_lossy().into_owned();
    let kind = text(message, "/target/kind/0")?.to_owned();
    Some(TestProgram {
        package,
        target: target.to_owned(),
        kind,
        folder,
        program,
    })
}

fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str()
}

/// The integration tests of a package.
pub(super) fn test_names(package: &str) -> Result<Vec<String>> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&process::output(&mut cargo)?)?;
    let packages = metadata.pointer("/packages").and_then(Value::as_array);
    let found = packages
        .and_then(|all| all.iter().find(|one| text(one, "/name") == Some(package)))
        .with_context(|| format!("the workspace has no package {package}"))?;
    let targets = found.pointer("/targets").and_then(Value::as_array);
    Ok(targets
        .into_iter()
        .flatten()
        .filter(|target| text(target, "/kind/0") == Some("test"))
        .filter_map(|target| text(target, "/name").map(str::to_owned))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::Built;

    #[test]
    fn binaries_and_test_programs_are_told_apart() {
        let mut built = Built::default();
        built.read_message("   Compiling server v0.1.0");
        built.read_message(r#"{"reason":"build-finished","success":true}"#);
        built.read_message(
            r#"{"manifest_path":"/r/server/Cargo.toml","target":{"kind":["bin"],"name":"commonslate"},
                "profile":{"test":false},"executable":"/t/debug/commonslate"}"#,
        );
        built.read_message(
            r#"{"manifest_path":"/r/server/Cargo.toml","target":{"kind":["test"],"name":"ws"},
                "profile":{"test":true},"executable":"/t/debug/deps/ws-1"}"#,
        );
        assert_eq!(
            built.server.as_deref(),
            Some("/t/debug/commonslate".as_ref())
        );
        assert!(built.binary("commonslate").is_ok());
        assert!(built.binary("screenshots").is_err());
        let test = built.tests.first().unwrap();
        assert_eq!(built.tests.len(), 1);
        assert_eq!(
            (test.package.as_str(), test.kind.as_str()),
            ("server", "test")
        );
    }
}
