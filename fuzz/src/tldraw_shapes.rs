//! Clipboards and files of tldraw that people paste or drop.

use importer::Kind;

use crate::imported::take;

/// Reads the bytes as a file, and as what the clipboard has between its tags.
pub fn run(data: &[u8]) {
    take(data, Kind::Drawing, 1.0);
    let clipboard = [b"<div data-tldraw=''>", data, b"</div>"].concat();
    take(&clipboard, Kind::Html, 1.0);
}

/// A clipboard with each kind of shape in plain text, packed ones, and a file.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let shapes = [
        r#"{"id":"a","type":"geo","props":{"geo":"ellipse","w":9,"h":9,"fill":"solid","color":"red","dash":"dotted","text":"a"}}"#,
        r#"{"id":"s","type":"geo","rotation":1,"props":{"geo":"cloud","w":90,"h":9,"scale":2,"richText":{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"b","marks":[{"type":"bold"}]}]}]}]}]}}}"#,
        r#"{"id":"r","type":"arrow","props":{"kind":"arc","bend":3,"start":{"x":0,"y":0},"end":{"x":9,"y":5},"arrowheadEnd":"arrow","text":"c","labelPosition":0.3}}"#,
        r#"{"id":"e","type":"arrow","props":{"start":{"boundShapeId":"a","normalizedAnchor":{"x":0,"y":1}},"end":{"x":9,"y":5}}}"#,
        r#"{"id":"l","type":"line","props":{"spline":"cubic","points":{"a":{"index":"a1","x":0,"y":0},"b":{"index":"a2","x":5,"y":9},"c":{"index":"a3","x":9,"y":0}}}}"#,
        r#"{"id":"d","type":"draw","props":{"segments":[{"type":"free","path":"AAAAAAAAAAAAAAA/AEkARQAA"}],"isPen":true,"scaleX":2}}"#,
        r#"{"id":"c","type":"draw","props":{"segments":[{"type":"straight","points":[{"x":0,"y":0},{"x":9,"y":0},{"x":0,"y":9}]}],"isClosed":true,"fill":"semi"}}"#,
        r#"{"id":"f","type":"frame","index":"a2","props":{"w":90,"h":90,"name":"f"}},{"id":"n","type":"note","parentId":"f","index":"a1","props":{"text":"d","growY":9}}"#,
        r#"{"id":"g","type":"group","opacity":0.5},{"id":"h","type":"highlight","parentId":"g","props":{"segments":[{"path":"AAAAAAAAAAAAAAA/AEkARQAA"}]}}"#,
        r#"{"id":"t","type":"text","props":{"w":50,"autoSize":false,"textAlign":"end","text":"e"}}"#,
    ];
    let binding = r#"{"type":"arrow","typeName":"binding","fromId":"r","toId":"a","props":{"terminal":"end","normalizedAnchor":{"x":0.5,"y":0}}}"#;
    let clipboard = |inner: &str| {
        format!(
            r#"{{"type":"application/tldraw","version":2,"data":{{"shapes":[{inner}],"bindings":[{binding}]}}}}"#
        )
    };
    let records: Vec<String> = shapes
        .iter()
        .map(|shape| shape.replace(r#","type""#, r#","parentId":"p","typeName":"shape","type""#))
        .collect();
    let file = format!(
        r#"{{"tldrawFileFormatVersion":1,"records":[{{"id":"p","typeName":"page","index":"a1"}},{}]}}"#,
        records.join(",")
    );
    let mut seeds: Vec<String> = shapes.iter().map(|shape| clipboard(shape)).collect();
    seeds.push(file);
    // Packed by lz-string: a whole clipboard, and the part of one.
    let packed = "N4IgLgngDgpiBcICGUoBsCWBjJYMHsA7AejDQBMAnJAdxABoRzckFQBnACxRnYQG1QGcgmQNw0OIgDmMfOKiV8UPvFCz5idmCSVxdeAE5GnBMfAwAHmFGsAvnYC6DoA=";
    seeds.push(packed.to_owned());
    seeds.push(format!(
        r#"{{"type":"application/tldraw","version":3,"data":{{"assets":[],"otherCompressed":"{}"}}}}"#,
        "N4IgzgFghgDgpmEAuA2qAlgE2SKIA0IALgJ7w4DmcA9gSDAE7UyJKhW1LhFQN0DuyAJyEIwwkTgAPIjjwBfeQF15QA=="
    ));
    seeds.into_iter().map(String::into_bytes).collect()
}
