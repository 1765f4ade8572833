//! The golden messages of all versions of the protocol.

const FILES: [&str; 4] = [
    include_str!("../../shared/tests/golden_wire/v1.txt"),
    include_str!("../../shared/tests/golden_wire/v2.txt"),
    include_str!("../../shared/tests/golden_wire/v3.txt"),
    include_str!("../../shared/tests/golden_wire/v4.txt"),
];

/// The bytes of all golden lines whose names begin with this.
pub(crate) fn samples(kind: &str) -> Vec<Vec<u8>> {
    let lines = FILES.iter().flat_map(|file| file.lines());
    let lines = lines.filter(|line| line.starts_with(kind));
    let mut samples: Vec<Vec<u8>> = lines
        .filter_map(|line| line.split_once(' '))
        .map(|(_, hex)| bytes(hex))
        .collect();
    samples.sort();
    samples.dedup();
    samples
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    let pairs = pairs.map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
