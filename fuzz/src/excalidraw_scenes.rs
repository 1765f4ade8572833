//! Scenes of Excalidraw that people paste or drop.

use importer::Kind;

use crate::imported::take;

/// Reads the bytes as a scene: JSON, or an exported picture with a scene in it.
pub fn run(data: &[u8]) {
    take(data, Kind::Drawing, 1.0);
}

/// A scene with each kind of element, a library, and pictures with a scene.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let elements = [
        r##"{"id":"a","type":"rectangle","width":9,"height":9,"backgroundColor":"#fff","roundness":{"type":3}}"##,
        r#"{"id":"t","type":"text","text":"a\nb","originalText":"a b","containerId":"a","fontSize":9,"textAlign":"center"}"#,
        r#"{"id":"r","type":"arrow","points":[[0,0],[5,5],[9,0]],"startBinding":{"elementId":"a","focus":0},"endArrowhead":"dot","elbowed":true}"#,
        r#"{"id":"l","type":"text","x":3,"y":3,"width":5,"height":2,"text":"on it","containerId":"r"}"#,
        r##"{"type":"line","points":[[0,0],[5,0],[0,5],[0,0]],"backgroundColor":"#a00","angle":1.5}"##,
        r#"{"type":"freedraw","points":[[0,0],[5,5]],"pressures":[0.2,1],"simulatePressure":false}"#,
        r#"{"id":"f","type":"frame","width":90,"height":90,"name":"a"},{"type":"ellipse","frameId":"f","groupIds":["g"],"width":9,"height":9}"#,
    ];
    let scene = |inner: &str| format!(r#"{{"type":"excalidraw","elements":[{inner}]}}"#);
    let all = scene(&elements.join(","));
    let library = format!(
        r#"{{"type":"excalidrawlib","version":2,"libraryItems":[{{"elements":[{}]}}]}}"#,
        elements[0]
    );
    let payload = "eyJ0eXBlIjoiZXhjYWxpZHJhdyIsImVsZW1lbnRzIjpbXX0=";
    let picture =
        format!("<svg><!-- payload-start -->{payload}<!-- payload-end --><rect width='9'/></svg>");
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x29tEXtapplication/vnd.excalidraw+json\0".to_vec();
    png.extend(b"{\"a\": 3}\0\0\0\0");
    let texts = elements.map(scene).into_iter();
    let texts = texts.chain([all, library, picture]);
    texts.map(String::into_bytes).chain([png]).collect()
}
