//! Tests of the house rules: each finds violations and accepts correct files.

use super::files::{self, File};
use super::{arrows, cycles, imports, uses};

fn file(path: &str, text: &str) -> File {
    let (path, text) = (path.to_owned(), text.to_owned());
    File { path, text }
}

/// Findings about arrows and cycles. Each line is the path of a file and its code; other modules
/// exist without code.
fn found(lines: &str) -> Vec<String> {
    let modules = "lib id geometry model op paint sync newcomer".split(' ');
    let modules = modules.map(|name| format!("shared/src/{name}.rs "));
    let others = ["lib", "x", "x/a", "x/c"].map(|name| format!("bench/src/{name}.rs "));
    let all: String = modules.chain(others).map(|line| line + "\n").collect();
    let all = format!("{lines}\n{all}");
    let cells = all.lines().filter_map(|line| line.split_once(' '));
    let files: Vec<File> = cells.map(|(path, text)| file(path, text)).collect();
    let sources = uses::in_all(&files).unwrap();
    let needs = imports::between(&sources);
    let mut findings = arrows::between_folders(&needs);
    findings.extend(cycles::refused(&cycles::find(&needs)));
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
fn missing_module_docs_and_missing_lints_are_found() {
    let has_docs = |text| files::without_docs(&file("server/src/a.rs", text)).is_none();
    assert!(!has_docs("use std::fmt;\n") && has_docs("#![no_std]\n//! Docs.\n"));
    let has_lints = |text| files::without_lints(&file("server/Cargo.toml", text)).is_none();
    assert!(!has_lints("[package]\n") && has_lints("[package]\n\n[lints]\nworkspace = true\n"));
}

/// A case on each line: files and their code, with `~` between them.
const FINE: &str = "\
shared/src/model/a.rs   use crate::geometry::Point;
shared/src/op.rs        use crate::{model::Board, id::Id};
shared/src/model/a.rs   use super::super::geometry::{self, op::Op};
shared/src/model/a/b.rs use super::super::op::Op;
shared/src/model.rs     pub use super::op::Op;
shared/tests/model/a.rs use crate::op::X;
shared/src/model/a.rs   const A: &str = \"crate::op\"; // crate::op
shared/src/model/a.rs   #[cfg(test)] mod tests { use crate::op::Op; }
shared/src/model/a.rs   #[cfg(test)] use crate::op::Op;
bench/src/x/a/b.rs use super::d::E; ~ bench/src/x/a/d.rs use crate::x::a::b::F;
bench/src/x/a/b.rs use crate::x::c::d::E; ~ bench/src/x/c/d.rs use std::fmt;";

const WRONG: &str = "\
shared/src/model/a.rs   use crate::{id::{A, B}, op::{Op, Undo}, limits};
shared/src/model.rs     pub use super::op::Op; const OP: Op = Op::New;
shared/src/model.rs     pub use super::op::Op; ~ shared/src/paint/a.rs use crate::model::Op;
shared/src/paint/a.rs   fn f(op: &crate::op::Op) {}
shared/src/paint/a.rs   fn f() { assert!(crate::op::is_fine()); }
shared/src/paint/a/b.rs use super::super::super::op::Op;
shared/src/geometry.rs  #[cfg(test)] mod tests {} use crate::sync::Room;
shared/src/newcomer.rs  use crate::id::ElementId;
shared/src/model/a.rs   use crate::newcomer::Newcomer;
bench/src/x/a/b.rs use crate::x::c::d::E; ~ bench/src/x/c/d.rs use super::super::a::b::F;";

#[test]
fn arrows_point_one_way() {
    for (cases, expected) in [(FINE, 0), (WRONG, 1)] {
        for case in cases.lines() {
            let found = found(&case.replace(" ~ ", "\n"));
            assert_eq!(found.len(), expected, "{case}: {found:?}");
        }
    }
    let message = "model/a.rs:1: `model` must not use `op` (see xtask/src/tidy/arrows.rs)";
    let found = found("shared/src/model/a.rs use crate::op::Op;");
    assert!(found.concat().ends_with(message), "{found:?}");
}

#[test]
fn a_cycle_of_more_than_four_files_is_refused() {
    let line = |(at, next)| format!("bench/src/x/f{at}.rs use super::f{next}::A{at};\n");
    let ring = |files: usize| (0..files).map(move |at| line((at, (at + 1) % files)));
    assert_eq!(found(&ring(4).collect::<String>()).len(), 0);
    assert_eq!(found(&ring(5).collect::<String>()).len(), 1);
}

#[test]
fn a_crate_respects_the_arrows() {
    let dependencies = ["serde", "tokio"].map(str::to_owned).to_vec();
    let found = arrows::between_crates(&[("shared".to_owned(), dependencies)]);
    let message = "Cargo.toml:1: `shared` must not depend on `tokio`";
    assert_eq!(found, [message]);
}
