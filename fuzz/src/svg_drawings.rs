//! Drawings, scenes of Excalidraw, pages and tables that people paste or drop.

use importer::{Imported, Kind};
use shared::model::{Board, Element, ElementState};
use shared::op::Op;
use testkit::fixtures::client_id;

use crate::history;

/// Zooms of the view, the smallest and the largest among them.
const ZOOMS: [f64; 3] = [0.1, 1.0, 16.0];

/// Reads the bytes as a drawing at several zooms, as a page and as a table; a board takes all their
/// elements.
pub fn run(data: &[u8]) {
    for zoom in ZOOMS {
        take(importer::read(data, Kind::Drawing, zoom));
    }
    for kind in [Kind::Html, Kind::Table] {
        take(importer::read(data, kind, 1.0));
    }
}

fn take(imported: Option<Imported>) {
    let mut board = Board::new();
    for new in imported.into_iter().flat_map(|it| it.elements) {
        let put = Op::Put(Box::new(new.clone())).validate();
        assert!(put.is_ok(), "{put:?}");
        let element = Element::new(new, client_id(1));
        let before = board.set_state(element.id, ElementState::Present(element.into()));
        assert_eq!(before, ElementState::Absent, "ids are unique");
    }
    history::look_at(&board);
}

/// A drawing with each kind of shape, path, style and transform.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let shapes = [
        "<rect x='1' y='2' width='30' height='4em' rx='3' fill='red'/>",
        "<circle cx='5' cy='5' r='4' style='stroke:#0f0;stroke-width:2px'/>",
        "<ellipse cx='5' cy='5' rx='4' ry='9' transform='rotate(30 5 5) scale(2,-1)'/>",
        "<line x1='0' y1='0' x2='9' y2='9' stroke='hsl(10,50%,50%)' stroke-dasharray='4 2'/>",
        "<polyline points='0,0 5,5 1e3,-4'/><polygon points='0 0 5 5 9 1'/>",
        "<path d='M0 0 h9v9H0z m1 1 l2-3 q1 1 2 2 t3 3 c1 1 2 2 3 3 s1 2 3 4 a5 5 0 1 0 9 9' fill='none'/>",
        "<text x='3' y='9' font-weight='700'>one<tspan x='3' dy='9'>&amp; two</tspan></text>",
        "<g opacity='.5' transform='matrix(1 0 0 1 5 5) skewX(9)'><rect width='9' height='9'/></g>",
        "<defs><rect id='a' width='9' height='9'/></defs><use href='#a' x='3'/>",
        "<style>.a>g rect+path,#b{fill:red!important;font:bold 9px/1 x}</style><g class='a b' clip-path='url(#c)'/>",
        "<symbol id='s' viewBox='0 0 9 9'><circle r='3'/></symbol><use href='#s' width='9' height='9'/>",
        "<switch><foreignObject width='9' height='9'><div style='text-align:center'>a<br/><b>b</b></div></foreignObject></switch>",
        "<marker id='m'><path d='M0 0L6 3L0 6Z'/></marker><path d='M0 0Q5 5 9 9' fill='none' stroke='red' marker-end='url(#m)'/>",
        "<linearGradient id='l'><stop stop-color='red'/></linearGradient><path fill='url(#l)' fill-rule='evenodd' d='M0 0H9V9H0ZM3 3h3v3h-3z'/>",
    ];
    let drawing = |inner: &str| {
        format!(
            "<?xml version='1.0'?><!-- a --><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90' width='9cm'>{inner}</svg>"
        )
    };
    let all = shapes.concat();
    let alone = shapes.iter().copied().chain([all.as_str()]);
    let drawings = alone.map(|inner| drawing(inner).into_bytes());
    let others = [
        r##"{"type":"excalidraw","elements":[{"id":"a","type":"rectangle","width":9,"height":9,"backgroundColor":"#fff"},{"type":"arrow","points":[[0,0],[5,5]],"startBinding":{"elementId":"a","focus":0}}]}"##,
        "<table><tr><td colspan='2'><b>a</b></td></tr><tr><td>b</td><td>1</td></tr></table><ul><li>c</li></ul>",
        "a,\"b\"\n1;2\n",
    ];
    drawings
        .chain(others.map(|it| it.as_bytes().to_vec()))
        .collect()
}
