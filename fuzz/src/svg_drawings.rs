//! Drawings that people paste or drop.

use importer::Kind;

use crate::imported::take;

/// Zooms of the view, the smallest and the largest among them.
const ZOOMS: [f64; 3] = [0.1, 1.0, 16.0];

/// Reads the bytes as a drawing at several zooms.
pub fn run(data: &[u8]) {
    for zoom in ZOOMS {
        take(data, Kind::Drawing, zoom);
    }
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
    alone.map(|inner| drawing(inner).into_bytes()).collect()
}
