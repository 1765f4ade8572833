//! Files with a fault: the error names it and its place.

use formats::json::{JsonError, read};
use shared::limits::{MAX_ELEMENTS, MAX_LINE_POINTS};

fn fault(elements: &str) -> String {
    let file = format!(r#"{{"type":"commonslate","version":1,"elements":[{elements}]}}"#);
    read(file.as_bytes()).unwrap_err().to_string()
}

/// Elements, the place of their fault, and a part of the reason.
const FAULTS: &[(&str, &str, &str)] = &[
    (r#"{}"#, "elements[0].kind: ", "missing"),
    (r#"{"kind":"star"}"#, "elements[0].kind: ", "star"),
    (r#"{"kind":7}"#, "elements[0].kind: ", "7"),
    (r#"{"kind":"line","colour":"red"}"#, "elements[0]", "colour"),
    (
        r#"{"kind":"line","color":"crimson"}"#,
        "elements[0].color: ",
        "crimson",
    ),
    (
        r##"{"kind":"line","color":"#12345g"}"##,
        "elements[0].color: ",
        "#12345g",
    ),
    (r#"{"kind":"line","x":1e8}"#, "elements[0].x: ", "100000000"),
    (
        r#"{"kind":"line","y":-1e300}"#,
        "elements[0].y: ",
        "not within",
    ),
    (
        r#"{"kind":"line","x":1e999}"#,
        "elements[0].x: ",
        "out of range",
    ),
    (r#"{"kind":"line","x":NaN}"#, "", "expected value"),
    (r#"{"kind":"line","x":null}"#, "elements[0].x: ", "null"),
    (
        r#"{"kind":"line","opacity":1.5}"#,
        "elements[0].opacity: ",
        "0 to 1",
    ),
    (
        r#"{"kind":"line","line_width":0}"#,
        "elements[0].line_width: ",
        "0.01",
    ),
    (
        r#"{"kind":"text","text_size":1e6}"#,
        "elements[0].text_size: ",
        "1000000",
    ),
    (r#"{"kind":"text","text":7}"#, "elements[0].text: ", "7"),
    (
        r#"{"kind":"text","text":[{"text":"a","big":true}]}"#,
        "elements[0].text[0]",
        "big",
    ),
    (
        r#"{"kind":"frame","text":"a"}"#,
        "elements[0]",
        "characters of text",
    ),
    (
        r#"{"kind":"line","points":[[0,0],[1]]}"#,
        "elements[0].points[1]",
        "invalid length 1",
    ),
    (r#"{"kind":"stroke"}"#, "elements[0].ink: ", "missing"),
    (
        r#"{"kind":"stroke","ink":[]}"#,
        "elements[0]",
        "without points",
    ),
    (
        r#"{"kind":"stroke","ink":[[0,0,2]]}"#,
        "elements[0].ink[0]",
        "pressure",
    ),
    (
        r#"{"kind":"stroke","ink":[[0,0,0.5,1]]}"#,
        "elements[0].ink[0]",
        "trailing",
    ),
    (
        r#"{"kind":"stroke","ink":[[1e9,0]]}"#,
        "elements[0].ink: ",
        "outside the board",
    ),
    (
        r#"{"kind":"stroke","precision":9,"ink":[[0,0]]}"#,
        "elements[0].precision: ",
        "9",
    ),
    (
        r#"{"kind":"path","path":"M0 0L"}"#,
        "elements[0].path: ",
        "",
    ),
    (
        r#"{"kind":"path","size":[9,9],"path":"M0 0L1e999 9"}"#,
        "elements[0].path: ",
        "out of range",
    ),
    (
        r#"{"kind":"path","size":[9,9],"path":""}"#,
        "elements[0].path: ",
        "",
    ),
    (
        r#"{"kind":"path","view":[-1,9],"path":"M0 0L9 9"}"#,
        "elements[0].view: ",
        "0 or more",
    ),
    (
        r#"{"kind":"line","start":{"to":"gone"}}"#,
        "elements[0].start: ",
        "no element",
    ),
    (
        r#"{"kind":"line","start":{"to":""}}"#,
        "elements[0].start: ",
        "1 to 64 bytes",
    ),
    (
        r#"{"kind":"line","frame":"gone"}"#,
        "elements[0].frame: ",
        "no element",
    ),
    (
        r#"{"kind":"rectangle","id":"a"},{"kind":"line","id":"a"}"#,
        "elements[1].id: ",
        "two elements",
    ),
];

#[test]
fn every_fault_is_named_with_its_place() {
    for (elements, place, reason) in FAULTS {
        let message = fault(elements);
        assert!(message.starts_with(place), "{elements}: {message}");
        assert!(message.contains(reason), "{elements}: {message}");
    }
}

#[test]
fn other_files_and_versions_are_told_apart() {
    let read = |file: &str| read(file.as_bytes()).unwrap_err();
    for foreign in [
        "",
        "{}",
        "[]",
        "\u{0}",
        r#"{"type":"excalidraw","version":2}"#,
        "<svg/>",
    ] {
        assert!(matches!(read(foreign), JsonError::Foreign(_)), "{foreign}");
    }
    let newer = r#"{"type":"commonslate","elements":[{"kind":"hologram"}],"version":2}"#;
    assert_eq!(read(newer), JsonError::Version(2));
    assert!(read(newer).to_string().contains("version 2"));
    let extra = read(r#"{"type":"commonslate","version":1,"pages":[]}"#);
    assert!(extra.to_string().contains("pages"), "{extra}");
    let long = format!(
        r#"{{"type":"commonslate","version":1,"title":"{}"}}"#,
        "x".repeat(121)
    );
    assert!(read(&long).to_string().starts_with("title: "));
}

#[test]
fn long_lists_and_deep_nesting_are_refused() {
    let points = vec!["[0,0]"; MAX_LINE_POINTS + 1].join(",");
    let message = fault(&format!(r#"{{"kind":"line","points":[{points}]}}"#));
    assert!(message.contains("at most 500"), "{message}");
    let many = vec![r#"{"kind":"line"}"#; MAX_ELEMENTS + 1].join(",");
    let message = fault(&many);
    assert!(
        message.starts_with("elements: ") && message.contains("200000"),
        "{message}"
    );
    let deep = ["[".repeat(100_000), "]".repeat(100_000)].concat();
    let message = fault(&deep);
    assert!(
        message.starts_with("elements[0]: invalid type"),
        "{message}"
    );
    let ink = vec!["[1,1]"; 20_001].join(",");
    let message = fault(&format!(r#"{{"kind":"stroke","ink":[{ink}]}}"#));
    assert!(message.contains("at most 20000"), "{message}");
}
