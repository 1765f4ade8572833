//! Every rule catches what it is for, and leaves the rest alone.

use super::source::{Function, Source, blanked};
use super::tree::File;
use super::{Finding, Severity, check_file, licences, links, manifests, styles};

/// Findings of all rules for one file.
fn found(path: &str, text: &str) -> Vec<Finding> {
    check_file(&File::new(path, text))
}

/// Findings as they are printed, for a file that has module docs.
fn printed(path: &str, code: &str) -> Vec<String> {
    found(path, &format!("//! Docs.\n{code}"))
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn body(lines: usize) -> String {
    format!(
        "//! Docs.\nfn long() {{\n{}}}\n",
        "    work();\n".repeat(lines)
    )
}

#[test]
fn a_long_file_is_a_warning_and_a_too_long_one_an_error() {
    let text = |lines: usize| format!("//! Docs.\n{}", "const A: u8 = 0;\n".repeat(lines - 1));
    assert_eq!(found("server/src/a.rs", &text(300)), []);
    let severity = |lines| {
        found("server/src/a.rs", &text(lines))
            .first()
            .map(|f| f.severity)
    };
    assert_eq!(severity(301), Some(Severity::Warning));
    assert_eq!(severity(401), Some(Severity::Error));
    assert_eq!(found("style/a.css", &"a {}\n".repeat(401)).len(), 1);
}

#[test]
fn tests_may_be_longer() {
    let text = |lines: usize| format!("//! Docs.\n{}", "const A: u8 = 0;\n".repeat(lines - 1));
    assert_eq!(found("server/tests/a.rs", &text(600)), []);
    assert_eq!(found("server/src/room/tests.rs", &text(600)), []);
    assert_eq!(found("server/tests/a.rs", &text(601)).len(), 1);
}

#[test]
fn a_long_function_is_a_warning_and_a_too_long_one_an_error() {
    assert_eq!(found("server/src/a.rs", &body(38)), []);
    let severity = |lines| {
        found("server/src/a.rs", &body(lines))
            .first()
            .map(|f| f.severity)
    };
    assert_eq!(severity(39), Some(Severity::Warning));
    assert_eq!(severity(69), Some(Severity::Error));
    assert_eq!(found("server/tests/a.rs", &body(60)), []);
}

#[test]
fn a_finding_names_path_and_line() {
    let lines = printed(
        "shared/src/model/a.rs",
        "fn f() {\n    let now = SystemTime::now();\n}\n",
    );
    assert_eq!(
        lines,
        ["shared/src/model/a.rs:3: `shared` must not know `SystemTime`"]
    );
}

#[test]
fn module_docs_are_asked_for() {
    let messages: Vec<String> = found("server/src/a.rs", "use std::fmt;\n")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        messages,
        ["server/src/a.rs:1: the file has no module docs (`//!`)"]
    );
    assert_eq!(
        found(
            "server/src/a.rs",
            "#![recursion_limit = \"256\"]\n//! Docs.\n"
        ),
        []
    );
}

#[test]
fn unfinished_work_is_found_in_code_and_comments() {
    for code in [
        "fn f() { todo!() }",
        "fn f() { unimplemented!() }",
        "fn f() { dbg!(1); }",
    ] {
        assert_eq!(printed("server/src/a.rs", code).len(), 1, "{code}");
    }
    assert_eq!(
        printed("server/tests/a.rs", "#[ignore = \"slow\"]\nfn f() {}").len(),
        1
    );
    for mark in [concat!("FIX", "ME"), concat!("XX", "X")] {
        assert_eq!(
            printed("server/src/a.rs", &format!("// {mark} later")).len(),
            1,
            "{mark}"
        );
    }
}

#[test]
fn the_core_does_not_know_the_world() {
    for code in [
        "use tokio::sync::mpsc;",
        "use web_sys::Window;",
        "use leptos::prelude::*;",
        "fn f() { std::time::Instant::now(); }",
        "fn f() { let x = rand::random(); }",
    ] {
        assert!(!printed("shared/src/sync/a.rs", code).is_empty(), "{code}");
        assert!(
            !printed("client/editor/src/a.rs", code).is_empty(),
            "{code}"
        );
        assert_eq!(printed("shared/tests/a.rs", code).len(), 0, "{code}");
    }
    assert_eq!(printed("client/src/a.rs", "use redis::Client;").len(), 1);
    assert_eq!(
        printed("client/src/a.rs", "use leptos::prelude::*;").len(),
        0
    );
}

#[test]
fn the_seam_tests_and_prose_may_name_what_the_core_must_not() {
    assert_eq!(
        printed("shared/src/api.rs", "use leptos::prelude::*;").len(),
        0
    );
    let in_tests = "#[cfg(test)]\nmod tests {\n    use rand::Rng;\n}\n";
    assert_eq!(printed("shared/src/sync/a.rs", in_tests).len(), 0);
    let prose = "// Not tokio.\nconst A: &str = \"tokio\";\nconst B: &str = r#\"leptos \"x\"\"#;\n";
    assert_eq!(printed("shared/src/sync/a.rs", prose).len(), 0);
    assert_eq!(
        printed(
            "shared/src/sync/a.rs",
            "struct Brand; fn f() { operand::x(); }"
        )
        .len(),
        0
    );
}

#[test]
fn arrows_inside_shared_point_one_way() {
    assert_eq!(
        printed("shared/src/model/a.rs", "use crate::geometry::Point;").len(),
        0
    );
    assert_eq!(
        printed("shared/src/op.rs", "use crate::{model::Board, id::*};").len(),
        0
    );
    assert_eq!(
        printed(
            "shared/src/model/a.rs",
            "use crate::{\n    id::ElementId,\n    op::{Op, Undo},\n};"
        ),
        ["shared/src/model/a.rs:2: `model` must not know `op`: arrows point the other way"]
    );
    assert_eq!(
        printed("shared/src/paint/a.rs", "fn f(op: &crate::op::Op) {}").len(),
        1
    );
    assert_eq!(
        printed("shared/src/geometry.rs", "use crate::sync::Room;").len(),
        1
    );
    assert_eq!(
        printed("server/src/model/a.rs", "use crate::op::X;").len(),
        0
    );
}

#[test]
fn strings_comments_and_characters_are_not_code() {
    let text = "a \"x\\\"y\" b /* c /* d */ e */ 'f' '\\'' 'life r\"g\" br##\"h\"#\"## // i\nj";
    let kept: String = blanked(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    assert_eq!(kept, "ab'lifebj");
    assert_eq!(blanked("\"a\nb\"\nc").matches('\n').count(), 2);
}

#[test]
fn functions_are_measured_from_fn_to_brace() {
    let code = "trait T { fn bare(&self, x: [u8; 2]); }\nfn one(f: fn(u8) -> u8)\nwhere\n{\n    if x { y }\n}\n";
    let functions = Source::new(code).functions();
    assert_eq!(
        functions,
        [Function {
            name: "one".to_owned(),
            line: 2,
            lines: 5
        }]
    );
}

#[test]
fn a_crate_opts_into_the_lints_and_respects_the_arrows() {
    let check = |path: &str, text: &str| manifests::check(&[File::new(path, text)]).len();
    let lints = "[lints]\nworkspace = true\n";
    assert_eq!(check("server/Cargo.toml", lints), 0);
    assert_eq!(
        check("server/Cargo.toml", "[package]\nname = \"server\"\n"),
        1
    );
    assert_eq!(
        check(
            "client/Cargo.toml",
            &format!("[dependencies]\nredis = \"1\"\n{lints}")
        ),
        1
    );
    assert_eq!(
        check(
            "shared/Cargo.toml",
            &format!("[dev-dependencies]\ntokio = \"1\"\n{lints}")
        ),
        0
    );
    assert_eq!(check("server/Cargo.toml", "not toml"), 1);
}

#[test]
fn licences_are_judged_by_their_expression() {
    let allowed: Vec<String> = [
        "MIT",
        "Apache-2.0",
        "Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ]
    .map(str::to_owned)
    .into();
    let permits = |expression| licences::permits(expression, &allowed);
    assert!(permits("MIT OR GPL-3.0"));
    assert!(permits("MIT/Apache-2.0"));
    assert!(permits("(GPL-2.0 OR MIT) AND Unicode-3.0"));
    assert!(permits("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
    assert!(!permits("GPL-3.0"));
    assert!(!permits("MIT AND GPL-3.0"));
    assert!(!permits("(MIT OR GPL-2.0) AND GPL-3.0"));
    assert!(!permits("none named"));
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("docs")).unwrap();
    std::fs::write(root.path().join("docs/protocol.md"), "").unwrap();
    let text = "[a](protocol.md#frames) [b](gone.md) `[c](code.md)`\n```\n[d](code.md)\n```\n\
                [e](https://example.org/x) [f](#here) [g](/docs/protocol.md)\n";
    let broken = links::broken(root.path(), &[File::new("docs/a.md", text)]);
    let printed: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert_eq!(
        printed,
        ["docs/a.md:1: the link to `gone.md` leads nowhere"]
    );
}

#[test]
fn style_sheets_are_imported_and_use_tokens() {
    let main = File::new("style/main.css", "@import \"a.css\";");
    let count = |path: &str, css: &str| styles::check(&[main.clone(), File::new(path, css)]).len();
    assert_eq!(count("style/a.css", "a { color: var(--color-ink); }"), 0);
    assert_eq!(
        count("style/tokens.css", "a { --x: #fff; }"),
        1,
        "not imported"
    );
    assert_eq!(count("style/b.css", ""), 1);
    for css in [
        "@import \"b.css\";",
        "a { color: #fff; }",
        "a { color: rgb(0 0 0); }",
        "a { top: 0 !important; }",
    ] {
        assert_eq!(count("style/a.css", css), 1, "{css}");
    }
}
