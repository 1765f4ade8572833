//! HTML of pages, documents and tables that people paste or drop.

use importer::Kind;

use crate::imported::take;

/// Reads the bytes as a page.
pub fn run(data: &[u8]) {
    take(data, Kind::Html, 1.0);
}

/// Pages with marks, lists, tables and links.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let pages = [
        "<table><tr><td colspan='2'><b>a</b></td></tr><tr><th align='right'>b</th><td>1</td></tr></table>",
        "<ul><li>c<ol><li>d</li></ol></li></ul><h1>e</h1><pre>f  g\nh</pre>",
        "<p style='font-weight:700;text-align:center'>i <i>j</i><br/>k &amp; &#x6c; <a href='https://a.b/'>m</a></p>",
        "<html><head><style>p{}</style></head><body><div hidden=''>n</div><img alt='o'/><span style='font-style:italic'>p</span></body></html>",
    ];
    pages.map(|page| page.as_bytes().to_vec()).into()
}
