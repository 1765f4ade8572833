//! Tables in plain text that people paste or drop.

use importer::Kind;

use crate::imported::take;

/// Reads the bytes as a table.
pub fn run(data: &[u8]) {
    take(data, Kind::Table, 1.0);
}

/// Tables with each separator.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let tables = [
        "a,\"b\"\"c\"\n1,2\n",
        "a;b\n1,5;2\n",
        "a\tb\n\"1\n2\"\t3\n",
        "\u{feff}a,b,c\r\n1\r\n,,3\r\n",
    ];
    tables.map(|table| table.as_bytes().to_vec()).into()
}
