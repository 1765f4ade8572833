//! Every rule catches what it is for, and leaves the rest alone.

use super::files::{self, File};
use super::{arrows, cycles, uses};
use crate::cargo::Package;

fn file(path: &str, text: &str) -> File {
    let (path, text) = (path.to_owned(), text.to_owned());
    File { path, text }
}

/// What is found about arrows.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<File> = files.iter().map(|(path, text)| file(path, text)).collect();
    let uses = uses::in_all(&files).unwrap();
    let mut findings = arrows::between_folders(&uses);
    findings.extend(cycles::find(&uses));
    findings
}

#[test]
fn a_long_file_is_found() {
    let is_found = |path, lines| files::too_long(&file(path, &"\n".repeat(lines))).is_some();
    assert!(!is_found("server/src/a.rs", 400) && is_found("server/src/a.rs", 401));
    assert!(!is_found("style/a.css", 400) && is_found("style/a.css", 401));
    assert!(!is_found("server/tests/a.rs", 600) && is_found("server/src/room/tests.rs", 601));
}

#[test]
fn the_lints_of_the_workspace_are_asked_for() {
    let is_found = |text| files::without_lints(&file("server/Cargo.toml", text)).is_some();
    assert!(is_found("[package]\n") && !is_found("[package]\n\n[lints]\nworkspace = true\n"));
}

#[test]
fn module_docs_are_asked_for() {
    let is_found = |text| files::without_docs(&file("server/src/a.rs", text)).is_some();
    assert!(is_found("use std::fmt;\n"));
    assert!(!is_found("#![recursion_limit = \"256\"]\n//! Docs.\n"));
}

/// A file and its code on each line.
const FINE: &str = "\
shared/src/model/a.rs   use crate::geometry::Point;
shared/src/op.rs        use crate::{model::Board, id::*};
shared/src/model/a.rs   use super::super::geometry::{self, op::Op};
shared/src/model/a/b.rs use super::super::op::Op;
server/src/model/a.rs   use crate::op::X;
shared/tests/model/a.rs use crate::op::X;
shared/src/model/a.rs   const A: &str = \"crate::op\"; // crate::op
shared/src/model/a.rs   #[cfg(test)] mod tests { use crate::op::Op; }
shared/src/model/a.rs   #[cfg(test)] use crate::op::Op;";

const WRONG: &str = "\
shared/src/model/a.rs   use crate::{id::{A, B}, op::{Op, Undo}, limits};
shared/src/paint/a.rs   fn f(op: &crate::op::Op) {}
shared/src/paint/a.rs   fn f() { assert!(crate::op::is_fine()); }
shared/src/paint/a/b.rs use super::super::super::op::Op;
shared/src/geometry.rs  #[cfg(test)] mod tests {} use crate::sync::Room;
shared/src/newcomer.rs  use crate::id::ElementId;
shared/src/model/a.rs   use crate::newcomer::Newcomer;";

#[test]
fn arrows_inside_shared_point_one_way() {
    for (lines, expected) in [(FINE, 0), (WRONG, 1)] {
        for line in lines.lines() {
            let file = line.split_once(' ').unwrap();
            assert_eq!(found(&[file]).len(), expected, "{line}");
        }
    }
    let message = "`model` must not know `op` (see xtask/src/tidy/arrows.rs)";
    let found = found(&[("shared/src/model/a.rs", "\nuse crate::op::Op;")]);
    assert_eq!(found, [format!("shared/src/model/a.rs:2: {message}")]);
}

#[test]
fn a_circle_of_modules_is_found() {
    let [a, b, c, d] = [
        ("bench/src/a.rs", "use crate::b::B;"),
        ("bench/src/b/mod.rs", "use crate::c::C;"),
        ("bench/src/c.rs", "use crate::a::A;"),
        ("bench/src/d.rs", "use crate::a::A;"),
    ];
    let message = "bench/src:1: modules in a circle: a, b, c";
    assert_eq!(found(&[a, b, c, d]), [message]);
    assert_eq!(found(&[b, c, d]).len(), 0);
}

#[test]
fn a_crate_respects_the_arrows() {
    let packages = [Package {
        folder: "shared".to_owned(),
        dependencies: vec!["serde".to_owned(), "tokio".to_owned()],
        ..Package::default()
    }];
    let message = "shared/Cargo.toml:1: `shared` must not know `tokio`";
    assert_eq!(arrows::between_crates(&packages), [message]);
}
